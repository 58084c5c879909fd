"""Forged tokens of every kind: a sound one is taken, and one thing is changed at a time."""

import base64
import hmac
import json
import sys
from pathlib import Path

import pytest
from joserfc import jwk, jws, jwt
from joserfc.errors import SecurityWarning

FOLDER = str(Path(__file__).resolve().parents[2] / "addons" / "ntue_campus_login")
if FOLDER not in sys.path:
    sys.path.insert(0, FOLDER)

from oidc import tokens  # noqa: E402
from oidc.reasons import Reason, Refused  # noqa: E402

ISSUER, CLIENT, NONCE, NOW = "https://portal.example.edu", "desk", "n-1", 1_800_000_000
KEY = jwk.RSAKey.generate_key(2048, {"kid": "one", "use": "sig"})
OTHER = jwk.RSAKey.generate_key(2048, {"kid": "two", "use": "sig"})
EXPECTED = tokens.Expected(ISSUER, CLIENT, NOW)
LEAVE_OUT = object()


def published(*keys, **more):
    rows = [{**key.as_dict(private=False), **more} for key in keys or (KEY,)]
    return tokens.Keys({"keys": rows}, NOW)


def changed(sound, changes):
    claims = {**sound, **changes}
    return {name: value for name, value in claims.items() if value is not LEAVE_OUT}


def id_claims(**changes):
    sound = {"iss": ISSUER, "sub": "s-1", "aud": CLIENT, "nonce": NONCE}
    return changed({**sound, "iat": NOW - 5, "exp": NOW + 300}, changes)


def logout_claims(**changes):
    sound = {"iss": ISSUER, "sub": "s-1", "aud": CLIENT, "sid": "x", "jti": "j", "iat": NOW - 5}
    return changed({**sound, "events": {tokens.LOGOUT_EVENT: {}}}, changes)


def signed(claims, key=KEY, alg="RS256", **header):
    """A token as a provider makes it; ``key`` signs, and the header says ``header``."""
    header = changed({"alg": alg, "kid": key.get("kid")}, header)
    return jwt.encode(header, claims, key, algorithms=[alg])


def part(value):
    text = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64.urlsafe_b64encode(text).decode().rstrip("=")


def read(token, keys=None, expected=EXPECTED, nonce=NONCE, access_token=""):
    keys = published() if keys is None else keys
    return tokens.id_token(token, keys, expected, nonce=nonce, access_token=access_token)


def refused(token, **how):
    with pytest.raises(Refused) as caught:
        read(token, **how)
    assert caught.value.__cause__ is None or NONCE not in str(caught.value)
    return caught.value.reason


def test_a_sound_token_is_taken():
    assert read(signed(id_claims()))["sub"] == "s-1"


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"iss": "https://portal.example.edu/"}, Reason.ISSUER),
        ({"iss": "https://other.example.edu"}, Reason.ISSUER),
        ({"iss": LEAVE_OUT}, Reason.ISSUER),
        ({"aud": "another"}, Reason.AUDIENCE),
        ({"aud": ["another"]}, Reason.AUDIENCE),
        ({"aud": f"{CLIENT} another"}, Reason.AUDIENCE),
        ({"aud": LEAVE_OUT}, Reason.AUDIENCE),
        ({"aud": [CLIENT, "another"]}, Reason.PARTY),
        ({"aud": [CLIENT, "another"], "azp": "another"}, Reason.PARTY),
        ({"azp": "another"}, Reason.PARTY),
        ({"azp": [CLIENT]}, Reason.PARTY),
        ({"sub": LEAVE_OUT}, Reason.SUBJECT),
        ({"sub": ""}, Reason.SUBJECT),
        ({"sub": 7}, Reason.SUBJECT),
        ({"sub": "s" * 256}, Reason.SUBJECT),
        ({"nonce": LEAVE_OUT}, Reason.NONCE),
        ({"nonce": ""}, Reason.NONCE),
        ({"nonce": "n-2"}, Reason.NONCE),
        ({"nonce": [NONCE]}, Reason.NONCE),
        ({"exp": NOW - 60}, Reason.EXPIRED),
        ({"exp": LEAVE_OUT}, Reason.TIME),
        ({"exp": "soon"}, Reason.TIME),
        ({"exp": True}, Reason.TIME),
        ({"exp": float("nan")}, Reason.TIME),
        ({"exp": float("inf")}, Reason.TIME),
        ({"iat": NOW + 61}, Reason.EARLY),
        ({"iat": LEAVE_OUT}, Reason.TIME),
        ({"iat": None}, Reason.TIME),
        ({"nbf": NOW + 61}, Reason.EARLY),
    ],
)
def test_one_claim_changed_is_refused(changes, reason):
    assert refused(signed(id_claims(**changes))) is reason


@pytest.mark.parametrize(
    "changes",
    [
        {"exp": NOW - 59},
        {"iat": NOW + 60},
        {"nbf": NOW + 60},
        {"aud": [CLIENT]},
        {"azp": CLIENT},
        {"aud": [CLIENT, "another"], "azp": CLIENT},
    ],
)
def test_clocks_may_differ_by_the_leeway_and_a_list_may_name_us(changes):
    assert read(signed(id_claims(**changes)))


def test_a_sign_in_without_a_nonce_takes_no_token():
    assert refused(signed(id_claims(nonce="")), nonce="") is Reason.NONCE


@pytest.mark.parametrize("alg", ["none", "None", "NONE", "", None, 7, ["RS256"]])
def test_an_unsigned_token_is_refused(alg):
    token = f"{part({'alg': alg, 'kid': 'one'})}.{part(id_claims())}."
    assert refused(token) is Reason.ALGORITHM


@pytest.mark.parametrize("form", ["pem", "json", "modulus"])
def test_a_token_signed_with_the_public_key_as_a_shared_secret_is_refused(form):
    public = KEY.as_dict(private=False)
    secret = {
        "pem": KEY.as_pem(private=False),
        "json": json.dumps(public).encode(),
        "modulus": public["n"].encode(),
    }[form]
    said = f"{part({'alg': 'HS256', 'kid': 'one'})}.{part(id_claims())}"
    token = f"{said}.{part(hmac.digest(secret, said.encode(), 'sha256'))}"
    assert refused(token) is Reason.ALGORITHM
    both = tokens.Expected(ISSUER, CLIENT, NOW, algorithms=("HS256", "RS256", "none"))
    assert refused(token, expected=both) is Reason.ALGORITHM


def test_a_shared_secret_in_the_list_of_keys_is_no_key():
    secret = jwk.OctKey.generate_key(256, {"kid": "one"})
    assert len(tokens.Keys({"keys": [secret.as_dict(private=True)]}, NOW)) == 0


def test_only_algorithms_that_the_provider_says_it_uses_count():
    narrow = tokens.Expected(ISSUER, CLIENT, NOW, algorithms=("ES256",))
    assert refused(signed(id_claims()), expected=narrow) is Reason.ALGORITHM


@pytest.mark.parametrize(
    ("alg", "key"),
    [
        ("PS256", KEY),
        ("ES256", jwk.ECKey.generate_key("P-256", {"kid": "e"})),
        ("ES384", jwk.ECKey.generate_key("P-384", {"kid": "e"})),
    ],
)
def test_other_signatures_of_public_keys_count(alg, key):
    keys = tokens.Keys({"keys": [key.as_dict(private=False)]}, NOW)
    assert read(signed(id_claims(), key, alg), keys=keys)


def test_a_token_of_another_key_under_the_name_of_ours_is_refused():
    assert refused(signed(id_claims(), OTHER, kid="one")) is Reason.SIGNATURE


def test_a_key_in_the_token_itself_is_not_looked_at():
    forged = signed(id_claims(), OTHER, kid="one", jwk=OTHER.as_dict(private=False))
    assert refused(forged) is Reason.SIGNATURE


def test_a_rotated_key_is_unknown_until_it_is_published():
    token = signed(id_claims(), OTHER)
    assert refused(token) is Reason.UNKNOWN_KEY
    assert read(token, keys=published(KEY, OTHER))
    assert refused(signed(id_claims()), keys=published(OTHER)) is Reason.UNKNOWN_KEY


def test_a_token_without_the_name_of_its_key_is_taken_where_there_is_one_key_only():
    token = signed(id_claims(), kid=LEAVE_OUT)
    assert read(token)
    assert refused(token, keys=published(KEY, OTHER)) is Reason.UNKNOWN_KEY


@pytest.mark.parametrize(
    "more",
    [{"exp": NOW - 1}, {"exp": "x"}, {"nbf": NOW + 1}, {"use": "enc"}, {"alg": "PS256"}],
)
def test_a_key_that_is_over_or_for_something_else_does_not_count(more):
    assert refused(signed(id_claims()), keys=published(**more)) is Reason.UNKNOWN_KEY


def test_a_weak_key_does_not_count_and_a_damaged_one_does_no_harm():
    with pytest.warns(SecurityWarning):
        weak = jwk.RSAKey.generate_key(1024, {"kid": "weak"})
    rows = [
        weak.as_dict(private=False),
        {"kty": "RSA", "kid": "one", "n": "!", "e": "AQAB"},
        {"kty": "EC", "crv": "P-999", "x": "a", "y": "b"},
        {"kty": "RSA", "n": 7},
        "no key",
    ]
    assert len(tokens.Keys({"keys": rows}, NOW)) == 0
    assert len(tokens.Keys({"keys": [*rows, KEY.as_dict(private=False)]}, NOW)) == 1


@pytest.mark.parametrize("document", [None, [], {}, {"keys": {}}, "keys"])
def test_what_is_no_list_of_keys_is_refused(document):
    with pytest.raises(Refused) as caught:
        tokens.Keys(document, NOW)
    assert caught.value.reason is Reason.METADATA


@pytest.mark.parametrize(
    "token",
    [
        *(None, 7, b"a.b.c", "", "a.b", "a.b.c", "a.b.c.d", "a.b.c.d.e", "\ud800.b.c"),
        f"{part([])}.{part({})}.",
        f"{part(b'[' * 9000)}.{part({})}.",
        "x" * 40_000 + ".b.c",
    ],
)
def test_what_is_no_token_is_refused_as_such(token):
    assert refused(token) is Reason.TOKEN


def test_a_changed_letter_anywhere_is_refused():
    head, body, signature = signed(id_claims()).split(".")
    other = part(id_claims(sub="s-2"))
    assert refused(f"{head}.{other}.{signature}") is Reason.SIGNATURE
    assert refused(f"{head}.{body}.{'A' * len(signature)}") is Reason.SIGNATURE
    assert refused(f"{head}.{body}.") is Reason.SIGNATURE


def test_claims_that_are_no_claims_are_refused():
    token = jws.serialize_compact({"alg": "RS256", "kid": "one"}, b"[]", KEY, algorithms=["RS256"])
    assert refused(token) is Reason.SIGNATURE


@pytest.mark.parametrize("kind", ["logout+jwt", "at+jwt", "secevent+jwt"])
def test_a_token_of_another_kind_is_no_id_token(kind):
    assert refused(signed(id_claims(), typ=kind)) is Reason.KIND


def test_a_token_that_names_its_access_token_is_refused_with_another():
    # The example of OpenID Connect Core 1.0, A.3.
    access = "jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y"
    token = signed(id_claims(at_hash="77QmUPtjPfzWtF2AnpK9RQ"))
    assert read(token, access_token=access)
    assert refused(token, access_token=access[:-1]) is Reason.ACCESS_TOKEN
    assert refused(signed(id_claims(at_hash=7)), access_token=access) is Reason.ACCESS_TOKEN


def ends(token):
    return tokens.logout_token(token, published(), EXPECTED)


def test_a_sound_logout_token_names_whose_sessions_end():
    order = ends(signed(logout_claims(), typ="logout+jwt"))
    assert order == tokens.LogoutOrder("s-1", "x")
    assert ends(signed(logout_claims(sid=LEAVE_OUT))) == tokens.LogoutOrder("s-1", "")
    assert ends(signed(logout_claims(sub=LEAVE_OUT))) == tokens.LogoutOrder("", "x")


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"iss": "https://other.example.edu"}, Reason.ISSUER),
        ({"aud": "another"}, Reason.AUDIENCE),
        ({"events": LEAVE_OUT}, Reason.EVENT),
        ({"events": {"http://schemas.openid.net/event/other": {}}}, Reason.EVENT),
        ({"events": [tokens.LOGOUT_EVENT]}, Reason.EVENT),
        ({"events": {tokens.LOGOUT_EVENT: "x"}}, Reason.EVENT),
        ({"nonce": NONCE}, Reason.KIND),
        ({"jti": LEAVE_OUT}, Reason.KIND),
        ({"iat": NOW - 661}, Reason.EXPIRED),
        ({"iat": NOW + 61}, Reason.EARLY),
        ({"iat": LEAVE_OUT}, Reason.TIME),
        ({"exp": NOW - 60}, Reason.EXPIRED),
        ({"sub": LEAVE_OUT, "sid": LEAVE_OUT}, Reason.SUBJECT),
        ({"sid": 7}, Reason.SUBJECT),
    ],
)
def test_a_logout_token_with_one_thing_changed_ends_nothing(changes, reason):
    with pytest.raises(Refused) as caught:
        ends(signed(logout_claims(**changes)))
    assert caught.value.reason is reason


def test_an_id_token_is_no_logout_token():
    with pytest.raises(Refused) as caught:
        ends(signed(id_claims()))
    assert caught.value.reason is Reason.EVENT
