"""Whether a token of an OpenID Connect provider may be believed: no Odoo, no network, no clock.

What is checked is OpenID Connect Core 1.0 (3.1.3.7) of an ID token and Back-Channel Logout 1.0
(2.6) of a logout token. Signatures are joserfc's; which algorithms and which keys count is decided
here. Whatever is not as it must be raises ``Refused`` with its reason, and never says what the
token held.
"""

import base64
import hmac
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256, sha384, sha512

from joserfc import jwk, jwt
from joserfc.errors import JoseError

from .reasons import Reason, Refused

LEEWAY = 60
"""Seconds by which the clocks of two servers may differ."""

LONGEST = 32_768
"""Characters of a token; a longer one is not even read."""

LOGOUT_AGE = 600
"""Seconds after which a logout token is too old, whatever else it says."""

LEAST_RSA_BITS = 2048

FOR_EVER = 1e12
"""Seconds; no moment lies beyond."""

KEY_TYPES = {
    **dict.fromkeys(("RS256", "RS384", "RS512", "PS256", "PS384", "PS512"), "RSA"),
    **dict.fromkeys(("ES256", "ES384", "ES512"), "EC"),
    "EdDSA": "OKP",
}
"""Algorithms that count, by the kind of key each needs: never ``none``, never a shared secret."""

HASHES = {"256": sha256, "384": sha384, "512": sha512}

LOGOUT_EVENT = "http://schemas.openid.net/event/backchannel-logout"

Claims = Mapping[str, object]


@dataclass(frozen=True)
class Expected:
    """What a token must be made by, for and when; ``now`` in seconds since 1970."""

    issuer: str
    client_id: str
    now: float
    algorithms: tuple[str, ...] = tuple(KEY_TYPES)
    leeway: int = LEEWAY


@dataclass(frozen=True)
class LogoutOrder:
    """Whose sessions end: those of the session ``sid``, or all of the ``subject``."""

    subject: str
    sid: str


class Keys:
    """The keys of a provider that count: public, for signatures, strong enough, in force."""

    def __init__(self, document: object, now: float) -> None:
        rows = document.get("keys") if isinstance(document, dict) else None
        if not isinstance(rows, list):
            raise Refused(Reason.METADATA, "no list of keys")
        found = (_imported(row, now) for row in rows if isinstance(row, dict))
        self._keys = [key for key in found if key]

    def __len__(self) -> int:
        return len(self._keys)

    def fitting(self, algorithm: str, kid: object) -> jwk.Key:
        """The one key that a token of this header is signed with."""
        fit = [
            key
            for key in self._keys
            if key.key_type == KEY_TYPES[algorithm] and key.get("alg") in (None, algorithm)
        ]
        if kid is not None:
            fit = [key for key in fit if key.get("kid") == kid]
        if len(fit) != 1:
            raise Refused(Reason.UNKNOWN_KEY)
        return fit[0]


def _imported(row: dict[str, object], now: float) -> jwk.Key | None:
    """A key of a provider's list, or None for one that does not count."""
    usable = row.get("kty") in KEY_TYPES.values() and row.get("use") in (None, "sig")
    if not usable or not _in_force(row, now):
        return None
    public: dict[str, str | list[str]] = {
        name: value for name, value in row.items() if isinstance(value, str)
    }
    try:
        if row.get("kty") == "RSA" and _bits(row.get("n")) < LEAST_RSA_BITS:
            return None
        return jwk.import_key(public)
    except (JoseError, ValueError, TypeError, KeyError):
        return None


def _in_force(row: dict[str, object], now: float) -> bool:
    """Whether a key that says from when and until when it holds does so now."""
    begins, ends = _time(row.get("nbf", 0)), _time(row.get("exp", FOR_EVER))
    return begins is not None and ends is not None and begins <= now < ends


def _bits(number: object) -> int:
    text = str(number)
    return len(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)).lstrip(b"\0")) * 8


def id_token(
    token: object, keys: Keys, expected: Expected, *, nonce: str, access_token: str = ""
) -> Claims:
    """The claims of an ID token that was made for this sign-in; Refused for any other."""
    header, claims = _verified(token, keys, expected, kinds=("jwt",))
    _check_party(claims, expected)
    _check_subject(claims)
    _check_times(claims, expected, must_expire=True)
    given = claims.get("nonce")
    if not nonce or not isinstance(given, str) or not _same(given, nonce):
        raise Refused(Reason.NONCE)
    if "at_hash" in claims and access_token:
        _check_access_token(claims["at_hash"], access_token, str(header["alg"]))
    return claims


def logout_token(token: object, keys: Keys, expected: Expected) -> LogoutOrder:
    """Whose sessions a logout token of the provider ends; Refused for any other token."""
    _header, claims = _verified(token, keys, expected, kinds=("jwt", "logout+jwt"))
    _check_party(claims, expected)
    _check_times(claims, expected, must_expire=False)
    events = claims.get("events")
    if not isinstance(events, dict) or not isinstance(events.get(LOGOUT_EVENT), dict):
        raise Refused(Reason.EVENT)
    if "nonce" in claims or not claims.get("jti"):
        raise Refused(Reason.KIND)
    issued = _time(claims["iat"])
    if issued is None or issued < expected.now - LOGOUT_AGE - expected.leeway:
        raise Refused(Reason.EXPIRED)
    subject, sid = claims.get("sub", ""), claims.get("sid", "")
    if not isinstance(subject, str) or not isinstance(sid, str) or not (subject or sid):
        raise Refused(Reason.SUBJECT)
    return LogoutOrder(subject, sid)


def _verified(
    token: object, keys: Keys, expected: Expected, kinds: Iterable[str]
) -> tuple[Claims, Claims]:
    """Header and claims of a token that the provider signed, and made as one of ``kinds``."""
    if not isinstance(token, str) or len(token) > LONGEST or token.count(".") != 2:
        raise Refused(Reason.TOKEN)
    header = _header(token)
    if str(header.get("typ") or "jwt").lower() not in kinds:
        raise Refused(Reason.KIND)
    algorithm = header.get("alg")
    # Before any key is looked at: a token does not choose to be unsigned, nor to be
    # signed with what everybody may read.
    if not isinstance(algorithm, str) or algorithm not in set(expected.algorithms) & set(KEY_TYPES):
        raise Refused(Reason.ALGORITHM)
    key = keys.fitting(algorithm, header.get("kid"))
    try:
        claims = jwt.decode(token, key, algorithms=[algorithm]).claims
    except (JoseError, ValueError, TypeError) as error:
        raise Refused(Reason.SIGNATURE) from error
    return header, claims


def _header(token: str) -> Claims:
    part = token.split(".", 1)[0]
    try:
        header = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    except (ValueError, RecursionError) as error:
        raise Refused(Reason.TOKEN) from error
    if not isinstance(header, dict):
        raise Refused(Reason.TOKEN)
    return header


def _check_party(claims: Claims, expected: Expected) -> None:
    """The issuer is the one that was set up, and we are whom it speaks to."""
    if claims.get("iss") != expected.issuer:
        raise Refused(Reason.ISSUER)
    audience = claims.get("aud")
    parties = audience if isinstance(audience, list) else [audience]
    if not expected.client_id or expected.client_id not in parties:
        raise Refused(Reason.AUDIENCE)
    party = claims.get("azp")
    if party is None and len(parties) > 1:
        raise Refused(Reason.PARTY, "several audiences and no authorized party")
    if party is not None and party != expected.client_id:
        raise Refused(Reason.PARTY)


def _check_subject(claims: Claims) -> None:
    subject = claims.get("sub")
    if not isinstance(subject, str) or not 0 < len(subject) <= 255:
        raise Refused(Reason.SUBJECT)


def _check_times(claims: Claims, expected: Expected, *, must_expire: bool) -> None:
    """Made by now, not over: each within the leeway."""
    times = {name: _time(claims[name]) for name in ("exp", "iat", "nbf") if name in claims}
    known = {name: moment for name, moment in times.items() if moment is not None}
    wanted = {"iat", "exp"} if must_expire else {"iat"}
    if len(known) < len(times) or wanted - set(known):
        raise Refused(Reason.TIME)
    if expected.now >= known.get("exp", FOR_EVER) + expected.leeway:
        raise Refused(Reason.EXPIRED)
    if max(known["iat"], known.get("nbf", 0)) > expected.now + expected.leeway:
        raise Refused(Reason.EARLY)


def _time(value: object) -> float | None:
    """A moment in seconds, or None for what is none: a truth value, NaN, what has no end."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return value if abs(value) <= FOR_EVER else None


def _check_access_token(at_hash: object, access_token: str, algorithm: str) -> None:
    digest = HASHES.get(algorithm[-3:], sha512)(access_token.encode()).digest()
    half = base64.urlsafe_b64encode(digest[: len(digest) // 2]).decode().rstrip("=")
    if not isinstance(at_hash, str) or not _same(at_hash, half):
        raise Refused(Reason.ACCESS_TOKEN)


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode())
