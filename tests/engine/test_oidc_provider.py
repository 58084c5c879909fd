"""What a provider may say of itself, and what is sent to it."""

import sys
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

FOLDER = str(Path(__file__).resolve().parents[2] / "addons" / "ntue_campus_login")
if FOLDER not in sys.path:
    sys.path.insert(0, FOLDER)

from oidc import provider  # noqa: E402
from oidc.reasons import Reason, Refused  # noqa: E402

ISSUER = "https://portal.example.edu/oidc"
SOUND = {
    "issuer": ISSUER,
    "authorization_endpoint": f"{ISSUER}/auth?tenant=a",
    "token_endpoint": f"{ISSUER}/token",
    "jwks_uri": f"{ISSUER}/jwks",
    "userinfo_endpoint": f"{ISSUER}/me",
    "end_session_endpoint": f"{ISSUER}/end",
    "response_types_supported": ["code", "id_token"],
    "id_token_signing_alg_values_supported": ["HS256", "none", "ES256"],
}


def described(**changes):
    return provider.metadata({**SOUND, **changes}, ISSUER)


def refused(*arguments, of=provider.metadata, **values):
    with pytest.raises(Refused) as caught:
        of(*arguments, **values)
    return caught.value


def test_a_description_is_read_with_what_the_standard_says_of_parts_that_are_left_out():
    found = described()
    assert found.algorithms == ("ES256",)
    assert found.auth_methods == ("client_secret_basic",)
    short = {name: SOUND[name] for name in list(SOUND)[:4]}
    found = provider.metadata(short, ISSUER)
    assert (found.algorithms, found.userinfo_endpoint) == (("RS256",), "")
    assert not found.names_itself
    assert provider.end_address(found, "desk", "https://desk.example.edu/") == ""


@pytest.mark.parametrize(
    ("changes", "reason", "detail"),
    [
        ({"issuer": f"{ISSUER}/"}, Reason.ISSUER, "description"),
        ({"issuer": None}, Reason.ISSUER, "description"),
        ({"token_endpoint": None}, Reason.ADDRESS, "token_endpoint"),
        ({"token_endpoint": "http://portal.example.edu/t"}, Reason.ADDRESS, "token_endpoint"),
        ({"jwks_uri": "https://127.0.0.1/jwks"}, Reason.ADDRESS, "jwks_uri"),
        ({"jwks_uri": "file:///etc/passwd"}, Reason.ADDRESS, "jwks_uri"),
        ({"userinfo_endpoint": "javascript:alert(1)"}, Reason.ADDRESS, "userinfo_endpoint"),
        ({"response_types_supported": ["id_token token"]}, Reason.METADATA, "code"),
        ({"response_types_supported": "code"}, Reason.METADATA, "response_types_supported"),
        ({"id_token_signing_alg_values_supported": ["HS256"]}, Reason.METADATA, "algorithm"),
    ],
)
def test_a_description_with_one_thing_wrong_is_refused_and_says_which(changes, reason, detail):
    error = refused({**SOUND, **changes}, ISSUER)
    assert error.reason is reason
    assert detail in error.detail


@pytest.mark.parametrize("document", [None, [], "x", 7])
def test_what_is_no_description_is_refused(document):
    assert refused(document, ISSUER).reason is Reason.METADATA


@pytest.mark.parametrize(
    "address",
    [
        *(None, "", "portal.example.edu", "//portal.example.edu", "ftp://portal.example.edu"),
        *("http://portal.example.edu", "https://", "https://user:word@portal.example.edu"),
        *("https://localhost/x", "https://[::1]/x", "http://127.0.0.2/x"),
        *("https://portal.example.edu:0/", "https://portal.example.edu:x/", "https://[::1"),
        *("https://portal.example.edu/\n", "https://portal.example.edu/a b", "https://a\\b"),
        f"https://portal.example.edu/{'a' * 2000}",
    ],
)
def test_an_address_that_may_not_be_asked_is_refused(address):
    assert refused(address, of=provider.checked_address).reason is Reason.ADDRESS


def test_this_very_machine_is_asked_by_tests_only():
    for address in ("http://127.0.0.1:9/x", "http://localhost:9/x", "http://[::1]:9/x"):
        assert provider.checked_address(address, localhost=True) == address
    outside = "http://portal.example.edu"
    assert refused(outside, of=provider.checked_address, localhost=True).reason is Reason.ADDRESS


def test_an_issuer_has_no_question():
    assert refused(f"{ISSUER}?a=b", of=provider.checked_issuer).reason is Reason.ADDRESS
    well_known = "/.well-known/openid-configuration"
    assert provider.description_address(f"{ISSUER}/") == f"{ISSUER}{well_known}"


def test_the_visitor_is_sent_with_a_challenge_and_values_that_are_new_each_time():
    begun, again = provider.SignIn.new(), provider.SignIn.new()
    assert len({begun.state, begun.nonce, begun.verifier, again.state, again.nonce}) == 5
    assert min(map(len, (begun.state, begun.nonce, begun.verifier))) >= 43
    address = provider.authorization_address(
        described(), begun, "desk", "https://desk.example.edu/back", "profile", ui_locales="zh-TW"
    )
    asked = {name: value for name, (value,) in parse_qs(urlsplit(address).query).items()}
    assert asked == {
        "tenant": "a",
        "response_type": "code",
        "client_id": "desk",
        "redirect_uri": "https://desk.example.edu/back",
        "scope": "openid profile",
        "state": begun.state,
        "nonce": begun.nonce,
        "code_challenge": begun.challenge,
        "code_challenge_method": "S256",
        "ui_locales": "zh-TW",
    }
    assert begun.verifier not in address


def test_the_challenge_is_that_of_the_standards_example():
    # RFC 7636, appendix B.
    begun = provider.SignIn("s", "n", "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")
    assert begun.challenge == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"


def test_a_client_says_who_it_is_as_the_provider_takes_it():
    secret = "a:b c"
    assert provider.client_words(described(), "d:k", secret) == ({}, ("d%3Ak", "a%3Ab%20c"))
    posted = described(token_endpoint_auth_methods_supported=["client_secret_post"])
    words = {"client_id": "desk", "client_secret": secret}
    assert provider.client_words(posted, "desk", secret) == (words, None)
    assert provider.client_words(described(), "desk", "") == ({"client_id": "desk"}, None)


def test_an_answer_of_another_provider_is_refused():
    provider.check_answered_by(described(), None)
    provider.check_answered_by(described(), ISSUER)
    for issuer in ("https://other.example.edu", ""):
        error = refused(described(), issuer, of=provider.check_answered_by)
        assert error.reason is Reason.ISSUER
    silent = described(authorization_response_iss_parameter_supported=True)
    assert refused(silent, None, of=provider.check_answered_by).reason is Reason.ISSUER


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("number", "210941001"),
        ("school.number", "7"),
        ("a.b", "dotted"),
        ("none", ""),
        ("number.more", ""),
        ("list", ""),
        ("truth", ""),
        ("long", ""),
        ("", ""),
    ],
)
def test_a_number_is_found_at_its_path(path, found):
    claims = {
        "number": " 210941001 ",
        "school": {"number": 7},
        "a.b": "dotted",
        "list": ["210941001"],
        "truth": True,
        "long": "1" * 256,
    }
    assert provider.claim(claims, path) == found


@pytest.mark.parametrize("target", ["/my", "/my/progress?a=b#c", "/odoo/action-7"])
def test_a_page_of_this_site_is_led_to(target):
    assert provider.inside(target) == target


@pytest.mark.parametrize(
    "target",
    [
        *(None, "", "my", "//evil.example.com", "/\\evil.example.com", "\\\\evil.example.com"),
        *("https://evil.example.com", "javascript:alert(1)", "/my\r\nSet-Cookie: a=b", " /my"),
        *("/\t/evil.example.com", "/" + "a" * 2001, ["/my"]),
    ],
)
def test_nobody_is_led_outside(target):
    assert provider.inside(target) == "/my"
