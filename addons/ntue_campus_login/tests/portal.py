"""A campus portal in the tests' own process: it signs what it is told to, and asks for nobody."""

import time
from contextlib import contextmanager
from unittest.mock import patch
from urllib.parse import parse_qs, urlsplit

from joserfc import jwk, jwt
from odoo.addons.ntue_campus_login import asking
from odoo.addons.ntue_campus_login.models.sso import sso_provider
from odoo.addons.ntue_campus_login.oidc import tokens
from odoo.addons.ntue_campus_login.oidc.reasons import Reason, Refused
from odoo.http import root

ISSUER, CLIENT = "https://portal.example.edu", "desk"
KEY = jwk.RSAKey.generate_key(2048, {"kid": "one", "use": "sig"})


class Portal:
    """What the portal answers; ``claims`` are changed by a test, None leaves one out."""

    def __init__(self):
        self.claims = {}
        self.userinfo = {}
        self.asked = []
        self.nonce = None
        self.key = KEY
        self.published = [KEY]
        self.description = {
            "issuer": ISSUER,
            "authorization_endpoint": f"{ISSUER}/auth",
            "token_endpoint": f"{ISSUER}/token",
            "jwks_uri": f"{ISSUER}/jwks",
            "userinfo_endpoint": f"{ISSUER}/me",
            "end_session_endpoint": f"{ISSUER}/end",
            "code_challenge_methods_supported": ["S256"],
        }

    def ask(self, address, **how):
        """In place of the network."""
        self.asked.append((address, how))
        match address.removeprefix(ISSUER):
            case "/.well-known/openid-configuration":
                return asking.Answer(200, self.description, time.time())
            case "/jwks":
                keys = [key.as_dict(private=False) for key in self.published]
                return asking.Answer(200, {"keys": keys}, time.time())
            case "/token" if how["form"]["code"] == "good":
                said = {"id_token": self.token(), "access_token": "an access token"}
                return asking.Answer(200, said, None)
            case "/token":
                return asking.Answer(400, {"error": "invalid_grant"}, None)
            case "/me":
                return asking.Answer(200, self.userinfo, None)
        raise Refused(Reason.UNREACHABLE)

    def signed(self, claims, **header):
        given = {name: value for name, value in claims.items() if value is not None}
        return jwt.encode({"alg": "RS256", "kid": self.key.get("kid"), **header}, given, self.key)

    def token(self):
        now = int(time.time())
        sound = {"iss": ISSUER, "sub": "person", "aud": CLIENT, "iat": now, "exp": now + 60}
        return self.signed({**sound, "nonce": self.nonce, "sid": "session", **self.claims})

    def logout_token(self, **changes):
        sound = {"iss": ISSUER, "sub": "person", "aud": CLIENT, "iat": int(time.time())}
        events = {tokens.LOGOUT_EVENT: {}}
        return self.signed({**sound, "jti": "j", "sid": "session", "events": events, **changes})


@contextmanager
def reached(portal):
    """The desk asks ``portal`` instead of the network, and remembers nothing of before."""
    asking.published.forget()
    with patch.object(asking, "ask", portal.ask), patch.object(sso_provider, "ask", portal.ask):
        yield portal
    asking.published.forget()


def switch_on(env, **values):
    """Set the campus portal up and switch it on; its record."""
    portal = env.ref("ntue_campus_login.provider_campus")
    sound = {"ntue_issuer": ISSUER, "client_id": CLIENT, "ntue_number_claim": "student_no"}
    portal.write({"enabled": True, **sound, **values})
    return portal


def query_of(address):
    """What an address asks, by name."""
    return {name: text for name, (text,) in parse_qs(urlsplit(address).query).items()}


class WithPortal:
    """Cases of a desk whose students sign in by the portal; before ``SchoolHttpCase``."""

    def setUp(self):
        super().setUp()
        self.env["ir.config_parameter"].set_param("web.base.url", self.base_url())
        self.campus = switch_on(self.env)
        self.portal = Portal()
        self.portal.claims = {"student_no": "210941001"}
        patched = reached(self.portal)
        patched.__enter__()
        self.addCleanup(patched.__exit__, None, None, None)
        self.authenticate(None, None)

    def begin(self, **query):
        """Begin to sign in; what the portal is asked."""
        answer = self.url_open("/auth/campus/start", params=query, allow_redirects=False)
        self.assertEqual(answer.status_code, 303, answer.text)
        asked = query_of(answer.headers["Location"])
        self.portal.nonce = asked.get("nonce")
        return asked

    def come_back(self, **answer):
        """What the desk answers to what the portal sends back."""
        came = self.url_open("/auth/campus/callback", params=answer, allow_redirects=False)
        if came.status_code == 303:  # forms are sent with a token of the session of now
            self.session = root.session_store.get(came.cookies["session_id"])
        return came

    def sign_in(self, **query):
        """Sign in by the portal; the answer to the callback."""
        return self.come_back(state=self.begin(**query)["state"], code="good")

    def is_in(self):
        return self.url_open("/my", allow_redirects=False).status_code == 200
