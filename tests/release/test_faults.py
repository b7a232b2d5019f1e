"""Publishing, with every step of it failing or killed: readers never learn of it."""

import errno
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from queue import SimpleQueue
from typing import NamedTuple

import pytest

from pipelines.build import BuildSettings
from pipelines.build import build as publish_pages
from pipelines.engine import LocalEngine
from pipelines.settings import RELEASES_KEPT

AT_ONCE = min(4, os.cpu_count() or 1)
IS_FULL_RUN = "ARCHIVE_LISTINGS_TORTURE" in os.environ
TIMED_KILLS = 200 if IS_FULL_RUN else 8
COMMAND_KILLS = 20 if IS_FULL_RUN else 2
# What a build may end with where a file cannot be read or written: each is told in one line.
ERRORS = ("ReleaseError", "JudgementsError", "SettingsError")
CAUSES = ["ENOSPC", "EIO", "EACCES", "EMFILE"]
each_cause = pytest.mark.parametrize("cause", CAUSES)


class State(NamedTuple):
    current: str | None
    faults: list
    staging: list
    releases: dict

    @property
    def is_clean(self):
        return self.current is not None and not self.faults and not self.staging


class Outcome(NamedTuple):
    step: str
    answer: dict
    state: State
    next_state: State | None


@pytest.fixture(scope="module")
def order(sample):
    """Gives an order to a saboteur that is free."""
    command = [sys.executable, Path(__file__).with_name("saboteur.py"), sample]
    saboteurs = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(AT_ONCE)
    ]
    free = SimpleQueue()
    for saboteur in saboteurs:
        free.put(saboteur)

    def give(processed, **what):
        saboteur = free.get()
        try:
            print(json.dumps({"processed": str(processed), **what}), file=saboteur.stdin, flush=True)
            return json.loads(saboteur.stdout.readline())
        finally:
            free.put(saboteur)

    yield give
    for saboteur in saboteurs:
        saboteur.communicate()


@pytest.fixture(scope="module")
def look(faults, tree):
    known = {}

    def faults_of(release):
        content = (release.name, *tree(release).items())
        if content not in known:
            known[content] = faults(release)
        return known[content]

    def look_at(processed):
        current = processed / "current"
        name = current.readlink().name if current.is_symlink() else None
        staging = [path.name for path in processed.glob(".staging*")]
        return State(name, faults_of(current.resolve()) if name else [], staging, tree(processed / "releases"))

    return look_at


@pytest.fixture(scope="module")
def before(tmp_path_factory, sample):
    """A processed folder with a release of fewer pages than the saboteurs publish."""
    folder = tmp_path_factory.mktemp("before")
    raw = shutil.copytree(sample, folder / "raw", ignore=shutil.ignore_patterns("new-search-korean-war.txt"))
    publish_pages(BuildSettings(raw, folder / "processed"), LocalEngine())
    return folder / "processed"


@pytest.fixture(scope="module")
def attempt(order, look, before, tmp_path_factory):
    """What each order does to a copy of that folder, and where asked what the run after it makes of it."""
    folder = tmp_path_factory.mktemp("attempts")

    def attempt_all(orders, *, prepare=None, again=False):
        def attempt_one(name):
            processed = shutil.copytree(before, folder / name, symlinks=True)
            if prepare:
                prepare(processed)
            answer, state = order(processed, **orders[name]), look(processed)
            if again:
                order(processed)
            next_state = look(processed) if again else None
            shutil.rmtree(processed, ignore_errors=True)
            return Outcome(name, answer, state, next_state)

        with ThreadPoolExecutor(AT_ONCE) as pool:
            return list(pool.map(attempt_one, orders))

    return attempt_all


@pytest.fixture(scope="module")
def unharmed(attempt):
    return attempt({"unharmed": {}})[0]


@pytest.fixture(scope="module")
def steps(unharmed):
    return unharmed.answer["steps"]


@pytest.fixture(scope="module")
def new(unharmed):
    return unharmed.state


@pytest.fixture(scope="module")
def old(look, before):
    return look(before)


@pytest.fixture(scope="module")
def failures(attempt, steps):
    return cache(lambda cause: attempt(share(at_each(steps, harm=cause), CAUSES.index(cause))))


@pytest.fixture(scope="module")
def killed(attempt, steps):
    return attempt(some(at_each(steps, harm="SIGKILL")), again=True)


def at_each(steps, **what):
    return {f"{number} {name}": {"step": number, **what} for number, name in enumerate(steps)}


def share(orders, offset):
    """One step in eight, so that the four causes together fail every second step; all of them in a full run."""
    return orders if IS_FULL_RUN else dict(list(orders.items())[2 * offset :: 2 * len(CAUSES)])


def some(orders):
    """Of the many alike one in twelve, and all from the last file on; all of them in a full run."""
    listed = list(orders.items())
    return orders if IS_FULL_RUN else dict(listed[:-12:12] + listed[-12:])


def keeps(state, old):
    return state.releases.items() >= old.releases.items()


def leave_orphan(processed):
    (processed / ".staging-4711").mkdir()
    (processed / ".staging-4711" / "pages.parquet").write_bytes(b"PAR1 half of a table")


def test_an_unharmed_run_switches_to_a_whole_release(old, new):
    assert new.is_clean
    assert new.current != old.current


def test_every_file_and_its_folder_is_synced_before_the_release_gets_its_name(steps, release_files):
    assert steps[: steps.index("rename")].count("fsync") >= len(release_files) + 1


def test_the_folder_of_current_is_synced_after_the_switch(steps):
    assert steps[::-1].index("fsync") < steps[::-1].index("replace")


@each_cause
def test_a_failed_step_leaves_the_release_before_it_unchanged(failures, old, cause):
    assert [outcome.step for outcome in failures(cause) if not keeps(outcome.state, old)] == []


@each_cause
def test_a_failed_step_leaves_current_at_the_release_before_it(failures, old, cause, steps, figure):
    moved = [outcome.step for outcome in failures(cause) if outcome.state.current != old.current]
    told = sum(os.strerror(getattr(errno, cause)) in outcome.answer["message"] for outcome in failures(cause))
    figure(
        f"the Nth file operation fails with {cause}",
        f"{len(failures(cause))} of {len(steps)} operations: {len(moved)} changed what is published, {told} told the cause in one line",
    )
    assert moved == []


@each_cause
def test_a_failed_step_is_a_release_error(failures, cause):
    errors = {outcome.step: outcome.answer["error"] for outcome in failures(cause)}
    assert {
        step: error
        for step, error in errors.items()
        if error not in ("ReleaseError", "JudgementsError", "SettingsError")
    } == {}


@each_cause
def test_a_failed_step_gives_its_cause_in_one_line(failures, cause):
    text = os.strerror(getattr(errno, cause))
    messages = {outcome.step: outcome.answer["message"] for outcome in failures(cause)}
    assert {step: message for step, message in messages.items() if text not in message or "\n" in message} == {}


@each_cause
def test_a_failed_step_leaves_no_staging_folder(failures, cause):
    assert {outcome.step: outcome.state.staging for outcome in failures(cause) if outcome.state.staging} == {}


def test_the_run_after_a_failed_step_publishes(attempt, steps, new):
    outcomes = attempt(some(at_each(steps, harm="EIO")), again=True)
    nexts = {outcome.step: outcome.next_state for outcome in outcomes}
    assert [step for step, state in nexts.items() if not state.is_clean or state.current != new.current] == []


def test_a_folder_that_cannot_be_made_is_a_release_error(attempt):
    alone = attempt({"unharmed": {}}, prepare=shutil.rmtree)[0]
    orders = {step: order for step, order in at_each(alone.answer["steps"], harm="EIO").items() if "mkdir" in step}
    outcomes = attempt(orders, prepare=shutil.rmtree)
    assert [outcome.answer["error"] for outcome in outcomes] == ["ReleaseError"] * 3


def test_a_sweep_that_fails_is_a_release_error(attempt, old):
    alone = attempt({"unharmed": {}}, prepare=leave_orphan)[0]
    sweep = alone.answer["steps"][: alone.answer["steps"].index("write_table")]
    outcomes = attempt(at_each(sweep, harm="EIO"), prepare=leave_orphan)
    assert {"unlink", "rmdir"} <= set(sweep)
    assert [outcome.step for outcome in outcomes if outcome.state.current != old.current] == []
    errors = {outcome.step: outcome.answer["error"] for outcome in outcomes}
    assert {
        step: error
        for step, error in errors.items()
        if error not in ("ReleaseError", "JudgementsError", "SettingsError")
    } == {}


def test_a_disk_that_stays_broken_leaves_a_whole_release_current(attempt, steps, old, new):
    outcomes = attempt(some(at_each(steps, harm="EIO", lasts=True)))
    whole = [(old.current, []), (new.current, [])]
    assert [outcome.step for outcome in outcomes if outcome.state[:2] not in whole] == []
    assert [outcome.step for outcome in outcomes if not keeps(outcome.state, old)] == []


@pytest.mark.parametrize("most", [0, 1_000, 10_000, 25_000])
def test_a_file_that_grows_past_a_limit_of_the_system_is_a_release_error(attempt, old, new, most):
    outcome = attempt({"limited": {"limit": ["RLIMIT_FSIZE", most]}}, again=True)[0]
    assert outcome.answer["error"] == "ReleaseError"
    assert "\n" not in outcome.answer["message"]
    assert outcome.state == old
    assert (outcome.next_state.is_clean, outcome.next_state.current) == (True, new.current)


def test_a_step_that_is_to_be_killed_is_killed(killed):
    assert [outcome.answer["signal"] for outcome in killed] == [signal.SIGKILL] * len(killed)


def test_a_killed_run_leaves_the_release_before_it_in_place(killed, old):
    assert [outcome.step for outcome in killed if not keeps(outcome.state, old)] == []


def test_a_killed_run_leaves_a_whole_release_current(killed, old, new, figure, steps):
    whole = [(old.current, []), (new.current, [])]
    torn = [outcome.step for outcome in killed if outcome.state[:2] not in whole]
    figure("kill -9 at the steps of publishing", _of_kills(killed, torn, f"{len(killed)} of {len(steps)} steps"))
    assert torn == []


def test_current_moves_at_one_step_and_never_back(killed, old, new):
    currents = [outcome.state.current for outcome in killed]
    assert set(currents) == {old.current, new.current}
    assert sorted(currents, key=[old.current, new.current].index) == currents


def test_the_run_after_a_killed_run_publishes_and_leaves_no_orphan(killed, new):
    nexts = {outcome.step: outcome.next_state for outcome in killed}
    assert [step for step, state in nexts.items() if not state.is_clean or state.current != new.current] == []


def _of_kills(outcomes, torn, what):
    clean = sum(outcome.next_state.is_clean for outcome in outcomes)
    return f"{what}: {len(torn)} torn, the next run clean after {clean} of {len(outcomes)}"


def test_a_run_killed_at_any_moment_leaves_a_whole_release_and_the_next_one_publishes(
    attempt, unharmed, old, new, figure
):
    chance = random.Random(9)
    moments = sorted(unharmed.answer["seconds"] * chance.random() for _ in range(TIMED_KILLS))
    outcomes = attempt(
        {f"{number} after {moment:.5f} s": {"killed_after": moment} for number, moment in enumerate(moments)},
        again=True,
    )
    whole = [(old.current, []), (new.current, [])]
    torn = [outcome.step for outcome in outcomes if outcome.state[:2] not in whole]
    figure("kill -9 at random moments", _of_kills(outcomes, torn, f"{len(outcomes)} kills"))
    assert torn == []
    assert [outcome.step for outcome in outcomes if not keeps(outcome.state, old)] == []
    assert [outcome.step for outcome in outcomes if not outcome.next_state.is_clean] == []


def run_and_kill(raw, processed, seconds):
    """Kills the command some time after it began to stage."""
    command = [sys.executable, "-m", "pipelines", "build", "--no-prefect", "--raw", raw, "--processed", processed]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL) as process:
        while process.poll() is None and not any(processed.glob(".staging-*")):
            time.sleep(0.001)
        time.sleep(seconds)
        process.kill()


def test_a_killed_command_leaves_a_whole_release_and_the_next_run_publishes(look, before, sample, tmp_path, figure):
    old = look(before)

    def kill_one(number):
        processed = shutil.copytree(before, tmp_path / str(number), symlinks=True)
        run_and_kill(sample, processed, number / 100)
        state = look(processed)
        publish_pages(BuildSettings(sample, processed), LocalEngine())
        return (state.faults, keeps(state, old), look(processed).is_clean)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        found = list(pool.map(kill_one, range(COMMAND_KILLS)))
    figure("kill -9 of the command", f"{len(found)} kills: {sum(bool(faults) for faults, _, _ in found)} torn")
    assert found == [([], True, True)] * COMMAND_KILLS


def many_releases(processed):
    """As many releases as are kept, older than the one that is there, so that the next build sweeps the oldest."""
    for number in range(RELEASES_KEPT - 1):
        shutil.copytree(processed / "current", processed / "releases" / f"r1-{number:016x}")


@pytest.fixture(scope="module")
def sweeping(attempt):
    """The steps of a run that sweeps an old release, from the one on with which the switch is made to last."""
    alone = attempt({"unharmed": {}}, prepare=many_releases)[0]
    steps = alone.answer["steps"]
    switched = steps.index("fsync", len(steps) - steps[::-1].index("replace"))
    assert "r1-0000000000000000/manifest.json" not in alone.state.releases
    return {name: order for name, order in at_each(steps, harm="SIGKILL").items() if order["step"] > switched}


def test_a_run_that_is_killed_while_it_sweeps_leaves_no_half_of_a_release_under_its_name(
    attempt, sweeping, new, release_files, figure
):
    outcomes = attempt(
        sweeping if IS_FULL_RUN else dict(list(sweeping.items())[::3]), prepare=many_releases, again=True
    )
    halves = {}
    for outcome in outcomes:
        files = Counter(name.split("/")[0] for name in outcome.state.releases)
        halves |= {f"{outcome.step} {name}": count for name, count in files.items() if count != len(release_files)}
    figure(
        "kill -9 while an old release is swept",
        _of_kills(outcomes, halves, f"{len(outcomes)} of {len(sweeping)} steps"),
    )
    assert halves == {}
    assert {outcome.state.current for outcome in outcomes} == {new.current}
    assert [outcome.step for outcome in outcomes if not outcome.next_state.is_clean] == []
    assert {len({name.split("/")[0] for name in outcome.next_state.releases}) for outcome in outcomes} == {
        RELEASES_KEPT
    }


def test_a_sweep_of_old_releases_that_fails_fails_no_run_that_has_published(attempt, sweeping, new):
    orders = {name: {**order, "harm": "EIO"} for name, order in sweeping.items()}
    outcomes = attempt(orders if IS_FULL_RUN else dict(list(orders.items())[1::6]), prepare=many_releases, again=True)
    assert [(outcome.step, outcome.answer["error"]) for outcome in outcomes if outcome.answer["error"]] == []
    assert {outcome.state.current for outcome in outcomes} == {new.current}
    assert [outcome.step for outcome in outcomes if not outcome.next_state.is_clean] == []


def test_the_check_catches_a_publisher_that_writes_straight_to_the_final_name(attempt, figure):
    alone = attempt({"unharmed": {"naive": True}})[0]
    assert (alone.answer["error"], alone.state.faults) == (None, [])
    killed = attempt(at_each(alone.answer["steps"], harm="SIGKILL", naive=True))
    torn = [outcome.step.split()[1] for outcome in killed if outcome.state.faults]
    figure(
        "baseline: a publisher that writes straight to the final name, kill -9",
        f"{len(killed)} kills: {len(torn)} torn",
    )
    assert torn.count("write_bytes") == 19
