"""No name that somebody typed is written to the server's log (個資法).

Odoo writes there who signed in, who failed to and what was typed, passwords in the wrong field
among it. Each name is replaced by a mark: the same for the same name while the server runs,
so that a reader of the log still sees that somebody tries again; nothing to look up.

Nor does the secret of a link that was mailed, which the list of requests would have.
"""

import hashlib
import ipaddress
import logging
import re
import secrets

ABOUT_ACCOUNTS = (
    "odoo.addons.auth_passkey.models.auth_passkey_key",
    "odoo.addons.auth_signup.controllers.main",
    "odoo.addons.auth_signup.models.res_users",
    "odoo.addons.auth_totp.models.res_users",
    "odoo.addons.auth_totp_mail.models.res_users",
    "odoo.addons.base.models.res_users",
)
"""Loggers that speak of accounts: every text in what they say is marked, addresses of
machines aside."""

OF_REQUESTS = "werkzeug"
"""The logger that has the address of every request."""

_SECRET = re.compile(r"([?&;](?:access_)?token=)[^&\s\"';]+")

_KEY = secrets.token_bytes(16)


def mark(text: str) -> str:
    """Eight digits that stand for ``text`` as long as this server runs."""
    return f"[{hashlib.blake2b(text.encode(), key=_KEY, digest_size=4).hexdigest()}]"


def _is_no_name(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return text in ("", "n/a")
    return True


class WithoutNames(logging.Filter):
    """Puts marks for the texts that a record was given; what it says itself stays."""

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, tuple):
            record.args = tuple(
                mark(value) if isinstance(value, str) and not _is_no_name(value) else value
                for value in record.args
            )
        return True


class WithoutSecrets(logging.Filter):
    """Takes the secrets of links out of the addresses that a record has."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = _unsaid(record.msg)
        if isinstance(record.args, tuple):
            record.args = tuple(map(_unsaid, record.args))
        return True


def _unsaid(value: object) -> object:
    return _SECRET.sub(r"\1[…]", value) if isinstance(value, str) else value


def install() -> None:
    """Put the filters on the loggers about accounts and on the one of requests, once."""
    for name in ABOUT_ACCOUNTS:
        _filter(name, WithoutNames)
    _filter(OF_REQUESTS, WithoutSecrets)


def _filter(name: str, kind: type[logging.Filter]) -> None:
    logger = logging.getLogger(name)
    if not any(isinstance(found, kind) for found in logger.filters):
        logger.addFilter(kind())
