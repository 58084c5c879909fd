"""Time stamps of RFC 3161: an authority's word that something was there at a moment.

The authority is asked for the SHA-256 of some bytes and answers with a token, which it signed.
Nothing but that hash leaves the server.
"""

import hashlib
import re
import secrets
from time import monotonic

import requests
from asn1crypto import tsp, x509
from cryptography import x509 as certificates
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

SECONDS = 10
"""How long an authority is waited for; the anchor is made without it then."""

LARGEST = 64 * 1024
"""Bytes of an answer; a token with its certificates has about five thousand."""

PEM = re.compile(rb"-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----", re.DOTALL)


UNREADABLE = (
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    InvalidSignature,
    UnsupportedAlgorithm,
)
"""What an answer that is no token ends in where it is taken apart."""


class StampError(ValueError):
    """An answer that is no time stamp of what was asked, in one sentence."""


def ask(address, content):
    """The answer of the authority at ``address`` on ``content``, as bytes; StampError otherwise."""
    nonce = secrets.randbits(63)
    asked = tsp.TimeStampReq(
        {
            "version": "v1",
            "message_imprint": {
                "hash_algorithm": {"algorithm": "sha256"},
                "hashed_message": hashlib.sha256(content).digest(),
            },
            "nonce": nonce,
            "cert_req": True,
        }
    )
    answer = _post(address, asked.dump())
    verify(answer, content, nonce=nonce)
    return answer


def _post(address, asked):
    try:
        with requests.post(
            address,
            data=asked,
            headers={"Content-Type": "application/timestamp-query"},
            timeout=SECONDS,
            stream=True,
            allow_redirects=False,
        ) as answer:
            answer.raise_for_status()
            return _whole(answer)
    except StampError:
        raise
    except (requests.RequestException, ValueError) as error:
        raise StampError(f"The authority did not answer ({type(error).__name__}).") from error


def _whole(answer):
    """The body, in a few seconds altogether: the caller holds a lock meanwhile."""
    until, body = monotonic() + SECONDS, b""
    for part in answer.iter_content(16):
        body += part
        if len(body) > LARGEST or monotonic() > until:
            raise StampError("The authority's answer is too long, or takes too long.")
    return body


def verify(answer, content, authorities=(), nonce=None):
    """The moment that ``answer`` attests for ``content``, in UTC; StampError where it does not.

    ``authorities``: certificates that are trusted; the one that signed is one of them or was
    issued by one. With none, the token is only compared with the certificate that is in it.
    """
    try:
        return _verified(answer, content, authorities, nonce)
    except StampError:
        raise
    except UNREADABLE as error:
        raise StampError("The time stamp cannot be read, or its signature is wrong.") from error


def _verified(answer, content, authorities, nonce):
    response = tsp.TimeStampResp.load(answer, strict=True)
    if response["status"]["status"].native not in ("granted", "granted_with_mods"):
        raise StampError("The authority refused a time stamp.")
    signed = response["time_stamp_token"]["content"]
    info = signed["encap_content_info"]["content"].parsed
    imprint = info["message_imprint"]
    if (
        imprint["hash_algorithm"]["algorithm"].native != "sha256"
        or imprint["hashed_message"].native != hashlib.sha256(content).digest()
        or (nonce is not None and info["nonce"].native != nonce)
    ):
        raise StampError("The time stamp is of something else.")
    (signer,) = signed["signer_infos"]
    certificate = _certificate(signed, signer)
    _check_signature(signed, signer, certificate)
    if authorities and not any(_vouches(one, certificate) for one in authorities):
        raise StampError("The time stamp is of an authority that is not trusted here.")
    return info["gen_time"].native


def _certificate(signed, signer):
    """The certificate of the signer, which has to be one for time stamps."""
    for choice in signed["certificates"]:
        one = choice.chosen
        if isinstance(one, x509.Certificate) and one.serial_number == _serial(signer):
            usage = one.extended_key_usage_value
            if usage and "time_stamping" in usage.native:
                return certificates.load_der_x509_certificate(one.dump())
    raise StampError("The time stamp has no certificate of an authority for time stamps.")


def _serial(signer):
    return signer["sid"].chosen["serial_number"].native


def _check_signature(signed, signer, certificate):
    """StampError or InvalidSignature unless the signer signed exactly this."""
    attributes = signer["signed_attrs"]
    digest = signer["digest_algorithm"]["algorithm"].native
    kept = {one["type"].native: one["values"][0].native for one in attributes}
    inside = bytes(signed["encap_content_info"]["content"])
    if kept.get("message_digest") != hashlib.new(digest, inside).digest():
        raise StampError("The time stamp was altered.")
    # Signed is the set of attributes as such, not as the part of a signature that it is here.
    text = attributes.untag().dump()
    made, key = signer["signature"].native, certificate.public_key()
    method = getattr(hashes, digest.upper())()
    way = signer["signature_algorithm"]["algorithm"].native
    if isinstance(key, rsa.RSAPublicKey) and "pss" not in way:
        key.verify(made, text, padding.PKCS1v15(), method)
    elif isinstance(key, ec.EllipticCurvePublicKey):
        key.verify(made, text, ec.ECDSA(method))
    else:
        raise StampError("The time stamp is signed in a way that is not known here.")


def _vouches(authority, certificate):
    if authority == certificate:
        return True
    try:
        certificate.verify_directly_issued_by(authority)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True


def read_authorities(content):
    """The certificates of a file in PEM, as bytes; StampError where there is none."""
    try:
        found = [certificates.load_pem_x509_certificate(part) for part in PEM.findall(content)]
    except ValueError as error:
        raise StampError("A certificate in the file cannot be read.") from error
    if not found:
        raise StampError("There is no certificate in the file.")
    return found
