"""Notices by mail, to a server of this machine that speaks TLS with a certificate made for the test."""

import datetime as dt
import email
import ipaddress
import socketserver
import ssl
import threading

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from pipelines.notices.mail import Mailbox
from pipelines.notices.notice import Notice
from pipelines.notices.telling import tell
from pipelines.posting import PostingError

NOTICE = Notice("failed", "the disk is full", "nightly\r\nBcc: all@example.org")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A file with a certificate for 127.0.0.1 and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("certificate") / "both.pem"
    path.write_bytes(
        made.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return path


class _Conversation(socketserver.StreamRequestHandler):
    def _say(self, text):
        self.wfile.write(f"{text}\r\n".encode())
        self.wfile.flush()

    def _begin_tls(self):
        self.request = self.server.context.wrap_socket(self.request, server_side=True)
        self.rfile, self.wfile = self.request.makefile("rb"), self.request.makefile("wb")
        self.is_safe = True

    def handle(self):
        self.is_safe = False
        try:
            if self.server.security == "tls":
                self._begin_tls()
            self._say("220 ready")
            while line := self.rfile.readline().decode().strip():
                self.server.said.append((self.is_safe, line))
                if not self._answer(line.split()[0].upper()):
                    return
        except (OSError, ssl.SSLError):
            return

    def _answer(self, word):
        if word == "EHLO":
            offers = ["127.0.0.1", "AUTH PLAIN"] if self.is_safe else ["127.0.0.1", "STARTTLS"]
            self._say("\r\n".join(f"250{'-' if offer != offers[-1] else ' '}{offer}" for offer in offers))
        elif word == "STARTTLS":
            if self.server.security == "none":
                self._say("454 not now")
            else:
                self._say("220 go on")
                self._begin_tls()
        elif word == "AUTH":
            self._say("235 welcome")
        elif word == "DATA":
            self._say("354 go on")
            lines = iter(self.rfile.readline, b".\r\n")
            self.server.mails.append(email.message_from_bytes(b"".join(lines)))
            self._say("250 taken")
        elif word == "QUIT":
            self._say("221 bye")
            return False
        else:
            self._say("250 fine")
        return True


@pytest.fixture
def server(certificate):
    """Starts a mail server."""
    started = []

    def start(security):
        made = socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Conversation)
        made.security, made.said, made.mails = security, [], []
        made.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        made.context.load_cert_chain(certificate)
        threading.Thread(target=made.serve_forever, daemon=True).start()
        started.append(made)
        return made

    yield start
    for made in started:
        made.shutdown()
        made.server_close()


def environ(server, **more):
    known = {
        "HOST": "127.0.0.1",
        "PORT": str(server.server_address[1]),
        "SECURITY": "starttls" if server.security == "none" else server.security,
        "FROM": "archive-listings@example.org",
        "TO": "keeper@example.org",
        "USER": "somebody",
        "PASSWORD": "word",
        **more,
    }
    return {f"ARCHIVE_LISTINGS_SMTP_{name}": value for name, value in known.items()}


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_mail_goes_over_tls_and_so_does_the_password(server, security, certificate, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    made = server(security)
    assert tell(NOTICE, environ(made)) == 1
    (mail,) = made.mails
    assert mail["To"] == "keeper@example.org"
    assert mail["From"] == "archive-listings@example.org"
    assert mail["Subject"] == "archive-listings: failed: nightly Bcc: all@example.org"
    assert mail["Bcc"] is None
    assert mail.get_payload().splitlines()[0] == "the disk is full"
    assert all(is_safe for is_safe, line in made.said if line.startswith(("AUTH", "MAIL", "RCPT", "DATA")))
    assert any(line.startswith("AUTH") for _, line in made.said)


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_server_that_cannot_prove_who_it_is_gets_nothing(server, security, capsys):
    made = server(security)
    assert tell(NOTICE, environ(made)) == 0
    assert made.mails == []
    assert not any(line.startswith("AUTH") for _, line in made.said)
    assert "mail: the notice was not taken: 127.0.0.1:" in capsys.readouterr().err


def test_a_server_without_tls_gets_nothing(server, capsys):
    made = server("none")
    assert tell(NOTICE, environ(made)) == 0
    assert {line.split()[0] for _, line in made.said} <= {"ehlo", "EHLO", "STARTTLS", "QUIT"}
    assert "was not taken" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"SECURITY": "none"}, "SMTP_SECURITY: 'none': neither starttls nor tls"),
        ({"PORT": "smtp"}, "SMTP_PORT: 'smtp': not a number"),
        ({"FROM": ""}, "SMTP_FROM: not set"),
        ({"TO": ""}, "SMTP_TO: not set"),
    ],
)
def test_a_mailbox_that_cannot_be_is_named(changes, fault):
    known = {"HOST": "127.0.0.1", "FROM": "a@example.org", "TO": "b@example.org", **changes}
    with pytest.raises(PostingError, match=fault):
        Mailbox.of({f"ARCHIVE_LISTINGS_SMTP_{name}": value for name, value in known.items()})


def test_without_a_server_there_is_no_mailbox():
    assert Mailbox.of({}) is None


def test_ports_follow_from_how_it_is_secured():
    of = {"HOST": "mail.example.org", "FROM": "a@example.org", "TO": "b@example.org"}
    known = {f"ARCHIVE_LISTINGS_SMTP_{name}": value for name, value in of.items()}
    assert Mailbox.of(known).port == 587
    assert Mailbox.of(known | {"ARCHIVE_LISTINGS_SMTP_SECURITY": "tls"}).port == 465
