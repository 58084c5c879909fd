"""What a provider says of itself, and what is sent to it: no Odoo, no network.

OpenID Connect Discovery 1.0, the authorization code flow with PKCE (RFC 7636, S256) and the
issuer in the answer (RFC 9207).
"""

import base64
import ipaddress
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from urllib.parse import quote, urlencode, urlsplit

from .reasons import Reason, Refused
from .tokens import KEY_TYPES

WELL_KNOWN = "/.well-known/openid-configuration"

BASIC, POST, PUBLIC = "client_secret_basic", "client_secret_post", "none"
"""Ways in which a client says to the token endpoint who it is."""


@dataclass(frozen=True)
class Metadata:
    """A provider's description, as far as it is used; every address in it was checked."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    userinfo_endpoint: str
    end_session_endpoint: str
    algorithms: tuple[str, ...]
    auth_methods: tuple[str, ...]
    challenge_methods: tuple[str, ...]
    names_itself: bool
    signs_out: bool


@dataclass(frozen=True)
class SignIn:
    """What one sign-in keeps in the visitor's session until the provider sends them back."""

    state: str
    nonce: str
    verifier: str

    @classmethod
    def new(cls) -> "SignIn":
        """Three values that nobody guesses."""
        return cls(*(secrets.token_urlsafe(32) for _each in range(3)))

    @property
    def challenge(self) -> str:
        """What the provider is told of the verifier beforehand (RFC 7636, S256)."""
        digest = sha256(self.verifier.encode()).digest()
        return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def is_localhost(host: str) -> bool:
    """Whether ``host`` is this very machine."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def checked_address(text: object, *, localhost: bool = False) -> str:
    """An address that may be asked: HTTPS, no sign-in in it. Refused for any other.

    ``localhost`` lets plain HTTP to this very machine pass, for tests.
    """
    if not isinstance(text, str) or len(text) > 2000 or not text.isprintable() or " " in text:
        raise Refused(Reason.ADDRESS)
    try:
        parts = urlsplit(text)
        port_is_right = parts.port is None or parts.port > 0
    except ValueError as error:
        raise Refused(Reason.ADDRESS) from error
    host = parts.hostname or ""
    safe = parts.scheme == "https" or (localhost and parts.scheme == "http" and is_localhost(host))
    if not safe or not host or not port_is_right or "@" in parts.netloc or "\\" in text:
        raise Refused(Reason.ADDRESS, f"{parts.scheme}://{host}")
    if is_localhost(host) and not localhost:
        raise Refused(Reason.ADDRESS, host)
    return text


def checked_issuer(text: object, *, localhost: bool = False) -> str:
    """An issuer: an address without a question or a place on the page (Discovery, 2)."""
    issuer = checked_address(text, localhost=localhost)
    if "?" in issuer or "#" in issuer:
        raise Refused(Reason.ADDRESS, "an issuer has no ? and no #")
    return issuer


def description_address(issuer: str) -> str:
    """Where the provider ``issuer`` describes itself."""
    return f"{issuer.rstrip('/')}{WELL_KNOWN}"


def metadata(document: object, issuer: str, *, localhost: bool = False) -> Metadata:
    """The description of the provider ``issuer``; Refused where it cannot be used."""
    if not isinstance(document, dict):
        raise Refused(Reason.METADATA)
    if document.get("issuer") != issuer:
        raise Refused(Reason.ISSUER, "the description names another")
    if "code" not in _texts(document, "response_types_supported", ("code",)):
        raise Refused(Reason.METADATA, "no authorization code flow")
    algorithms = _texts(document, "id_token_signing_alg_values_supported", ("RS256",))
    counting = tuple(name for name in algorithms if name in KEY_TYPES)
    if not counting:
        raise Refused(Reason.METADATA, "no algorithm that counts")

    def address(name: str, *, needed: bool = True) -> str:
        if not needed and not document.get(name):
            return ""
        try:
            return checked_address(document.get(name), localhost=localhost)
        except Refused as error:
            raise Refused(error.reason, name) from error

    return Metadata(
        issuer=issuer,
        authorization_endpoint=address("authorization_endpoint"),
        token_endpoint=address("token_endpoint"),
        jwks_uri=address("jwks_uri"),
        userinfo_endpoint=address("userinfo_endpoint", needed=False),
        end_session_endpoint=address("end_session_endpoint", needed=False),
        algorithms=counting,
        auth_methods=_texts(document, "token_endpoint_auth_methods_supported", (BASIC,)),
        challenge_methods=_texts(document, "code_challenge_methods_supported", ()),
        names_itself=document.get("authorization_response_iss_parameter_supported") is True,
        signs_out=document.get("backchannel_logout_supported") is True,
    )


def _texts(document: Mapping[str, object], name: str, missing: tuple[str, ...]) -> tuple[str, ...]:
    """A list of texts of the description; ``missing`` where it is left out."""
    value = document.get(name)
    if value is None:
        return missing
    if not isinstance(value, list):
        raise Refused(Reason.METADATA, name)
    return tuple(text for text in value if isinstance(text, str))


def with_question(address: str, values: Mapping[str, str]) -> str:
    """``address`` with ``values`` after whatever it asks already."""
    return f"{address}{'&' if '?' in address else '?'}{urlencode(values)}"


def authorization_address(
    provider: Metadata, begun: SignIn, client_id: str, redirect_uri: str, scope: str, **more: str
) -> str:
    """Where the visitor is sent to sign in."""
    words = scope.split()
    values = {
        "response_type": "code",
        "client_id": client_id,
        "redirect_uri": redirect_uri,
        "scope": " ".join(words if "openid" in words else ["openid", *words]),
        "state": begun.state,
        "nonce": begun.nonce,
        "code_challenge": begun.challenge,
        "code_challenge_method": "S256",
        **{name: value for name, value in more.items() if value},
    }
    return with_question(provider.authorization_endpoint, values)


def code_question(code: str, begun: SignIn, redirect_uri: str) -> dict[str, str]:
    """What the token endpoint is asked with a code."""
    return {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": redirect_uri,
        "code_verifier": begun.verifier,
    }


def client_words(
    provider: Metadata, client_id: str, secret: str
) -> tuple[dict[str, str], tuple[str, str] | None]:
    """How a client says who it is: values for the form, and name and password for the header.

    Name and password are encoded as RFC 6749 (2.3.1) has it.
    """
    if not secret:
        return {"client_id": client_id}, None
    if BASIC not in provider.auth_methods and POST in provider.auth_methods:
        return {"client_id": client_id, "client_secret": secret}, None
    return {}, (quote(client_id, safe=""), quote(secret, safe=""))


def check_answered_by(provider: Metadata, issuer: object) -> None:
    """The answer comes from the provider that was asked, where it says so (RFC 9207)."""
    if issuer is None and not provider.names_itself:
        return
    if issuer != provider.issuer:
        raise Refused(Reason.ISSUER, "of the answer")


def end_address(provider: Metadata, client_id: str, back: str, token: str = "") -> str:
    """Where the visitor is sent to end the provider's session too; empty where it has no such."""
    if not provider.end_session_endpoint:
        return ""
    values = {"client_id": client_id, "post_logout_redirect_uri": back}
    if token:
        values["id_token_hint"] = token
    return with_question(provider.end_session_endpoint, values)


def claim(claims: Mapping[str, object], path: str) -> str:
    """The text or whole number at ``path``, which may lead through parts (``school.number``).

    Empty where there is none: a claim that is no text and no number is nobody's number.
    """
    value: object = claims.get(path)
    if value is None:
        value = claims
        for name in path.split("."):
            value = value.get(name) if isinstance(value, Mapping) else None
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    return str(value).strip() if len(str(value)) <= 255 else ""


def inside(target: object, otherwise: str = "/my") -> str:
    """``target`` where it is a page of this site, else ``otherwise``."""
    if not isinstance(target, str) or len(target) > 2000 or not target.isprintable():
        return otherwise
    if not target.startswith("/") or target.startswith("//") or "\\" in target:
        return otherwise
    try:
        parts = urlsplit(target)
    except ValueError:
        return otherwise
    return otherwise if parts.scheme or parts.netloc else target
