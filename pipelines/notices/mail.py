"""Notices by mail, over TLS or not at all. The password comes from the environment alone; no parameter of a flow holds it."""

import smtplib
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import formatdate, make_msgid

from pipelines.notices.notice import Notice
from pipelines.posting import SECONDS_TO_ANSWER, PostingError

PREFIX = "ARCHIVE_LISTINGS_SMTP_"
_PORTS = {"starttls": 587, "tls": 465}


@dataclass(frozen=True, slots=True)
class Mailbox:
    """A mail server, and from whom to whom it takes notices."""

    host: str
    port: int
    security: str
    sender: str
    recipients: str
    user: str | None
    password: str | None

    @classmethod
    def of(cls, environ: Mapping[str, str]) -> "Mailbox | None":
        """The mailbox that the environment names; None where it names no server.

        Raises:
            PostingError: it names one, and leaves out or mistakes what else is needed.
        """
        host = environ.get(f"{PREFIX}HOST")
        if not host:
            return None
        security = environ.get(f"{PREFIX}SECURITY") or "starttls"
        if security not in _PORTS:
            message = f"{PREFIX}SECURITY: {security!r}: neither starttls nor tls"
            raise PostingError(message)
        port = environ.get(f"{PREFIX}PORT") or str(_PORTS[security])
        if not port.isdecimal():
            message = f"{PREFIX}PORT: {port!r}: not a number"
            raise PostingError(message)
        sender, recipients = _needed(environ, "FROM"), _needed(environ, "TO")
        user = environ.get(f"{PREFIX}USER") or None
        return cls(
            host, int(port), security, sender, recipients, user, environ.get(f"{PREFIX}PASSWORD") if user else None
        )

    def send(self, notice: Notice) -> None:
        """Send a notice.

        Raises:
            PostingError: the server did not take it, or cannot prove who it is.
        """
        try:
            with self._connection() as server:
                if self.user:
                    server.login(self.user, self.password or "")
                server.send_message(self._message(notice))
        except (OSError, smtplib.SMTPException, ValueError) as error:
            message = f"{self.host}:{self.port}: {error}"
            raise PostingError(message) from None

    def _connection(self) -> smtplib.SMTP:
        context = ssl.create_default_context()
        if self.security == "tls":
            return smtplib.SMTP_SSL(self.host, self.port, timeout=SECONDS_TO_ANSWER, context=context)
        server = smtplib.SMTP(self.host, self.port, timeout=SECONDS_TO_ANSWER)
        try:
            server.starttls(context=context)
        except BaseException:
            server.close()
            raise
        return server

    def _message(self, notice: Notice) -> EmailMessage:
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = self.sender, self.recipients, notice.subject
        message["Date"], message["Message-ID"] = formatdate(), make_msgid(domain="archive-listings")
        message.set_content(notice.as_mail())
        return message


def _needed(environ: Mapping[str, str], name: str) -> str:
    value = environ.get(f"{PREFIX}{name}")
    if not value:
        message = f"{PREFIX}{name}: not set, though {PREFIX}HOST is"
        raise PostingError(message)
    return value
