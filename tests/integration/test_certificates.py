from __future__ import annotations

import ssl
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from newscrawl.outcomes import Reason
from tests.hostile.server import Asked, HostileSite
from tests.probe import probe


async def page(asked: Asked) -> None:
    await asked.send("a story")


@pytest.fixture
def self_signed(tmp_path):
    """A certificate for 127.0.0.1 that nobody but itself has signed."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path / "server.pem"
    file.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return context


def test_a_certificate_that_nobody_signed_is_refused(self_signed):
    with HostileSite({"*": page}, tls=self_signed) as site:
        found = probe([f"{site.url}/story"], named=[site.authority])

    assert found.answers[f"{site.url}/story"]["reason"] == Reason.CERTIFICATE.value
    assert not site.hits


def test_it_is_taken_where_the_person_says_so(self_signed):
    with HostileSite({"*": page}, tls=self_signed) as site:
        found = probe([f"{site.url}/story"], named=[site.authority], DOWNLOAD_VERIFY_CERTIFICATES=False)

    assert found.answers[f"{site.url}/story"]["body"] == "a story"
