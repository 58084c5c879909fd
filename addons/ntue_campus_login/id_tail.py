"""The end of a national ID number, of which first passwords are made (60), kept by a mark only.

The mark is keyed with the key that is kept outside of the database (``log_key``), so that no
dump gives the five characters away: there are few enough of them to be tried. Without a key
nothing is kept. What an uploaded list says waits for its turn sealed with the same key.
"""

import base64
import hashlib
import hmac

from cryptography.fernet import Fernet, InvalidToken
from odoo.addons.ntue_curriculum import log_key

from .password_rules import TAIL


def _key(purpose):
    secret = log_key.sealing()
    return hmac.digest(secret, f"ntue_campus_login:{purpose}".encode(), "sha256") if secret else b""


def has_key():
    """Whether the server has a key, without which nothing can be sealed."""
    return bool(log_key.sealing())


def mark(user_id, tail):
    """What is kept of the end of the ID number of an account; empty without a key."""
    key = _key("tail")
    text = f"{user_id}:{tail}".encode()
    return hmac.new(key, text, hashlib.sha256).hexdigest() if key and tail else ""


def tail_of(number):
    """The last characters of an ID number."""
    return number[-TAIL:]


def _box():
    return Fernet(base64.urlsafe_b64encode(_key("waiting")))


def sealed(number):
    """``number`` as nobody reads it without the key of the server."""
    return _box().encrypt(number.encode()).decode()


def unsealed(text):
    """What was sealed; empty when there is no such key any more."""
    if not (text and has_key()):
        return ""
    try:
        return _box().decrypt(text.encode()).decode()
    except InvalidToken:
        return ""
