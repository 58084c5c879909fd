"""The end of a national ID number, of which first passwords are made (60), kept by a mark only.

The mark is keyed with the key of ID numbers, which is kept outside of the database (``id_key``), so
that no dump gives the five characters away: there are few enough of them to be tried. Without a
key nothing is kept. What an uploaded list says waits for its turn sealed with the same key.
"""

import base64
import hashlib
import hmac

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from odoo.addons.ntue_curriculum import log_key

from . import id_key
from .password_rules import TAIL


def _derived(secret, purpose):
    return hmac.digest(secret, f"ntue_campus_login:{purpose}".encode(), "sha256")


def _hashed(secret, user_id, tail):
    text = f"{user_id}:{tail}".encode()
    return hmac.new(_derived(secret, "tail"), text, hashlib.sha256).hexdigest()


def has_key():
    """Whether the server has a key, without which nothing can be sealed."""
    return bool(id_key.keys())


def mark(user_id, tail):
    """What is kept of the end of the ID number of an account; empty without a key."""
    name, secret = next(iter(id_key.keys().items()), ("", b""))
    return f"{name}:{_hashed(secret, user_id, tail)}" if secret and tail else ""


def is_mark(user_id, tail, said):
    """Whether ``said``, as ``mark`` made it with any of the keys, is of ``tail``.

    Marks that were made before bear no name of a key: they are of the one that seals the logs.
    """
    name, _colon, digest = said.rpartition(":")
    secret = id_key.keys().get(name) if name else log_key.sealing()
    return bool(secret and tail) and hmac.compare_digest(_hashed(secret, user_id, tail), digest)


def tail_of(number):
    """The last characters of an ID number."""
    return number[-TAIL:]


def _box():
    keys = [_derived(secret, "waiting") for secret in id_key.keys().values()]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in keys])


def sealed(number):
    """``number`` as nobody reads it without the key of the server."""
    return _box().encrypt(number.encode()).decode()


def unsealed(text):
    """What was sealed with any of the keys; empty when there is no such key any more."""
    if not (text and has_key()):
        return ""
    try:
        return _box().decrypt(text.encode()).decode()
    except InvalidToken:
        return ""
