"""Notices to a webhook: small, without secrets in what is said of a failure, and never a reason to fail."""

import shutil
import socket
from pathlib import Path

import pytest

from pipelines import posting
from pipelines.cli import main
from pipelines.notices.notice import Notice
from pipelines.notices.telling import WEBHOOK, tell
from pipelines.posting import PostingError, is_address, post_json

SAMPLE = Path(__file__).parents[2] / "raw" / "sample"
NOTICE = Notice("rejected", "too few\npages\x1b[2J", "the run of today", "http://127.0.0.1/run", "r1-0123456789abcdef")


def test_a_notice_is_a_small_object_that_chat_programs_can_show(receiver):
    server = receiver()
    assert tell(NOTICE, {WEBHOOK: server.address}) == 1
    ((headers, body),) = server.taken
    assert headers["Content-Type"] == "application/json"
    assert body == {
        "text": "archive-listings: rejected: r1-0123456789abcdef: too few pages\\x1b[2J",
        "project": "archive-listings",
        "what": "rejected",
        "reason": "too few pages\\x1b[2J",
        "run": "the run of today",
        "run_url": "http://127.0.0.1/run",
        "release_id": "r1-0123456789abcdef",
    }


def test_of_a_long_reason_one_line_is_told(receiver):
    server = receiver()
    tell(Notice("failed", "word " * 10_000, "run"), {WEBHOOK: server.address})
    assert len(server.taken[0][1]["reason"]) == 301


def test_nobody_is_told_where_nobody_is_named():
    assert tell(NOTICE, {}) == 0


@pytest.mark.parametrize("status", [302, 404, 500])
def test_a_webhook_that_refuses_is_only_said_and_followed_nowhere(receiver, status, capsys):
    server = receiver(status)
    assert tell(NOTICE, {WEBHOOK: server.address}) == 0
    assert len(server.taken) == 1
    said = capsys.readouterr().err
    assert f"webhook: the notice was not taken: http://127.0.0.1:{server.server_port}/…: HTTP {status}" in said
    assert "secret" not in said
    assert "word" not in said


def test_a_webhook_that_is_away_is_only_said(capsys):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{free.getsockname()[1]}/secret"
        assert tell(NOTICE, {WEBHOOK: address}) == 0
    said = capsys.readouterr().err
    assert "was not taken" in said
    assert "secret" not in said


def test_a_webhook_that_does_not_answer_is_not_waited_for(monkeypatch, capsys):
    monkeypatch.setattr(posting, "SECONDS_TO_ANSWER", 0.2)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        assert tell(NOTICE, {WEBHOOK: f"http://127.0.0.1:{silent.getsockname()[1]}/"}) == 0
    assert "timed out" in capsys.readouterr().err


@pytest.mark.parametrize(
    "address", ["file:///etc/passwd", "ftp://example.org/", "http://", "http://[", "http://a:b/", "hook", "HTTP:x"]
)
def test_only_http_and_https_are_addresses(address):
    assert not is_address(address)
    with pytest.raises(PostingError, match="not an address of http or https"):
        post_json(address, {})


def test_a_build_tells_of_a_rejected_release_where_it_is_asked_to(receiver, tmp_path, monkeypatch):
    server = receiver()
    monkeypatch.setenv(WEBHOOK, server.address)
    raw = shutil.copytree(SAMPLE, tmp_path / "raw")
    command = ["build", "--no-prefect", "--notify", "--raw", str(raw), "--processed", str(tmp_path / "processed")]
    assert main(command) == 0
    assert server.taken == []
    for page in raw.glob("old-*"):
        page.unlink()
    assert main(command) == 1
    ((_, body),) = server.taken
    assert (body["what"], body["run_url"]) == ("rejected", None)
    assert body["run"].startswith("the run of 20")
    assert body["reason"].startswith(f"quality gate: release {body['release_id']} is not published: ")


def test_a_build_that_is_not_asked_to_tells_nobody(receiver, tmp_path, monkeypatch):
    server = receiver()
    monkeypatch.setenv(WEBHOOK, server.address)
    (tmp_path / "raw").mkdir()
    assert main(["build", "--no-prefect", "--raw", str(tmp_path / "raw"), "--processed", str(tmp_path / "p")]) == 1
    assert server.taken == []
