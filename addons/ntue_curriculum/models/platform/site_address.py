"""The address of this desk, as QR codes and mails name it: a setting, checked, and nobody else's.

The setting is Odoo's own ``web.base.url``, from which every mail of Odoo takes it, too. A request
never changes it (``res_users``); what is written is checked, and logged at every start.
"""

import ipaddress
import logging
from urllib.parse import urlsplit

from odoo.tools import config

_logger = logging.getLogger(__name__)

KEY = "web.base.url"


def is_loopback(host):
    """Whether ``host`` is this very machine."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def is_web_address(text):
    """Whether ``text`` is an address of the web that names nobody's password."""
    try:
        parts = urlsplit(text)
        port_is_right = parts.port is None or parts.port > 0
    except ValueError:
        return False
    return bool(
        port_is_right
        and parts.scheme in ("http", "https")
        and parts.hostname
        and not (parts.username or parts.password)
        and text.isascii()
        and text.isprintable()
        and " " not in text
    )


def is_address(text):
    """Whether ``text`` is a web address of a site: scheme, host, port, and nothing else."""
    if not is_web_address(text):
        return False
    parts = urlsplit(text)
    return parts.path in ("", "/") and not (parts.query or parts.fragment)


def log_where_links_lead(address):
    """Say in the log where QR codes and mails lead, louder if nobody can follow."""
    parts = urlsplit(address if is_address(address) else "")
    here = is_loopback(parts.hostname or "")
    if not parts.hostname:
        _logger.error("The address of this desk, %s, is no address of a site.", KEY)
    elif here and config["proxy_mode"]:
        _logger.warning(
            "QR codes and mails lead to %s, where nobody else finds this desk. Set its "
            "address under Settings, Graduation desk.",
            address,
        )
    elif parts.scheme == "http" and not here:
        _logger.warning("QR codes and mails lead to %s, without encryption.", address)
    else:
        _logger.info("QR codes and mails lead to %s.", address)
