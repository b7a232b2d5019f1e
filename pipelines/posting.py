"""JSON sent to an address that the configuration names: http or https, no redirect followed, in a few seconds or not at all."""

import json
from collections.abc import Mapping
from http.client import HTTPException
from typing import Any, NoReturn
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from pipelines.errors import ListingsError

# Whoever is told of a run answers at once; a run must not wait for one that hangs.
SECONDS_TO_ANSWER = 10


class PostingError(ListingsError):
    """What was sent was not taken: the address, and why. No run fails by it."""


class _NoRedirect(HTTPRedirectHandler):
    """What is told goes where the configuration says, and nowhere else."""

    def redirect_request(self, req: Request, fp: Any, code: int, msg: str, headers: Any, newurl: str) -> NoReturn:  # noqa: ANN401, PLR0913, PLR0917 urllib's own signature
        del newurl
        raise HTTPError(req.full_url, code, f"{msg} (a redirect, which is not followed)", headers, fp)


def is_address(text: str) -> bool:
    """Whether a text is an address that something can be sent to.

    >>> is_address("https://example.org/hook"), is_address("file:///etc/passwd"), is_address("events.jsonl"), is_address("http://[")
    (True, False, False, False)
    """
    try:
        parts = urlsplit(text)
        is_port = parts.port is None or parts.port > 0
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and is_port


def told_place(address: str) -> str:
    """An address without what may be a secret in it: the path and the query of a webhook are its password.

    >>> told_place("https://user:word@hooks.example.org:8443/services/T0/B0?token=1")
    'https://hooks.example.org:8443/…'
    """
    parts = urlsplit(address)
    port = f":{parts.port}" if parts.port else ""
    return f"{parts.scheme}://{parts.hostname}{port}/…"


def post_json(address: str, content: Mapping[str, Any], headers: Mapping[str, str] | None = None) -> None:
    """Send one JSON object.

    Raises:
        PostingError: it is no address of http or https, nobody took it in time, or what answered refused it.
    """
    if not is_address(address):
        message = "not an address of http or https"
        raise PostingError(message)
    data = json.dumps(content).encode("ascii")
    sent = {"Content-Type": "application/json", "User-Agent": "archive-listings", **(headers or {})}
    request = Request(address, data, sent, method="POST")  # noqa: S310 http and https alone, as checked
    try:
        with build_opener(_NoRedirect).open(request, timeout=SECONDS_TO_ANSWER):
            return
    except HTTPError as error:
        message = f"{told_place(address)}: HTTP {error.code} {error.reason}"
        raise PostingError(message) from None
    except (OSError, HTTPException, ValueError) as error:  # the exception of urllib is an OSError
        message = f"{told_place(address)}: {getattr(error, 'reason', None) or error}"
        raise PostingError(message) from None
