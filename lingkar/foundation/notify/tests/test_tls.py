"""A mail server that wants TLS and a password."""

import datetime as dt
import socket
import ssl
from collections.abc import Iterator
from uuid import UUID

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from lingkar.foundation.notify.channels import Letter, NotSent, Server, Smtp
from lingkar.foundation.notify.tests.conftest import NOW

pytestmark = pytest.mark.xdist_group("tls")  # what its fixture made is there for one worker


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A certificate for ``localhost`` that nobody trusts unless told to, and its key: two files."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    today = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(today - dt.timedelta(days=1))
        .not_valid_after(today + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    folder = tmp_path_factory.mktemp("tls")
    (folder / "cert.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    plain = serialization.NoEncryption()
    (folder / "key.pem").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    )
    return folder


class Keep:
    """Takes every letter."""

    def __init__(self) -> None:
        self.taken: list[bytes] = []

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        self.taken.append(envelope.content)
        return "250 taken"


@pytest.fixture
def server(certificate) -> Iterator[tuple[int, Keep]]:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate / "cert.pem", certificate / "key.pem")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]

    def known(server, session, envelope, mechanism, data):
        right = isinstance(data, LoginPassword) and (data.login, data.password) == (b"lingkar", b"rahasia")
        return AuthResult(success=right)

    keep = Keep()
    controller = Controller(
        keep, hostname="127.0.0.1", port=port, tls_context=context, require_starttls=True, auth_required=True,
        authenticator=known,
    )  # fmt: skip
    controller.start()
    yield port, keep
    controller.stop()


@pytest.fixture
def trusted(monkeypatch, certificate):
    make = ssl.create_default_context
    monkeypatch.setattr(ssl, "create_default_context", lambda: make(cafile=certificate / "cert.pem"))


def send(port, password="rahasia"):
    letter = Letter(
        id=UUID(int=1), sender="Kota", address="siti@example.com", subject="x", text="x", html="x",
        language="id", written_at=NOW,
    )  # fmt: skip
    Smtp(Server("localhost", port, "lingkar", password, is_tls=False), seconds=5).send(letter)


def test_a_letter_travels_encrypted_with_a_password(server, trusted):
    port, keep = server
    send(port)
    assert len(keep.taken) == 1


def test_a_wrong_password_is_a_clear_failure(server, trusted):
    port, keep = server
    with pytest.raises(NotSent, match=r"smtp_535|smtpserverdisconnected") as no:  # some servers hang up
        send(port, "salah")
    assert not no.value.is_final
    assert keep.taken == []


def test_a_certificate_that_nobody_vouches_for_is_not_believed(server):
    port, keep = server
    with pytest.raises(NotSent, match="sslcertverificationerror"):
        send(port)
    assert keep.taken == []
