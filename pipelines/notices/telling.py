"""A notice goes to every place that the environment names; a place that does not take it is only said."""

import logging
from collections.abc import Callable, Mapping

from pipelines.logs import say
from pipelines.notices.mail import Mailbox
from pipelines.notices.notice import Notice
from pipelines.posting import PostingError, post_json

WEBHOOK = "ARCHIVE_LISTINGS_WEBHOOK_URL"


def tell(notice: Notice, environ: Mapping[str, str]) -> int:
    """Say a notice in the log, send it to the webhook and by mail where these are configured; how many places took it."""
    say("notice", notice.line, level=logging.ERROR, what=notice.what)
    return sum(_is_taken(place, way, notice, environ) for place, way in _WAYS.items())


def _is_taken(
    place: str, way: Callable[[Notice, Mapping[str, str]], bool], notice: Notice, environ: Mapping[str, str]
) -> bool:
    try:
        return way(notice, environ)
    except PostingError as error:
        say("notice_not_sent", f"{place}: the notice was not taken: {error}", level=logging.WARNING, place=place)
        return False


def _by_webhook(notice: Notice, environ: Mapping[str, str]) -> bool:
    address = environ.get(WEBHOOK)
    if address:
        post_json(address, notice.as_json())
    return bool(address)


def _by_mail(notice: Notice, environ: Mapping[str, str]) -> bool:
    mailbox = Mailbox.of(environ)
    if mailbox:
        mailbox.send(notice)
    return mailbox is not None


_WAYS = {"webhook": _by_webhook, "mail": _by_mail}
