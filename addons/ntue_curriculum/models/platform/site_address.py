"""The address of this desk, as QR codes and mails name it: a setting, checked, and nobody else's.

The setting is Odoo's own ``web.base.url``, from which every mail of Odoo takes it, too. A request
never changes it (account_doors); what is written is checked, and said at every start.
"""

import ipaddress
import logging
from urllib.parse import urlsplit

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import config

_logger = logging.getLogger(__name__)

KEY = "web.base.url"


def is_loopback(host):
    """Whether ``host`` is this very machine."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def is_address(text):
    """Whether ``text`` is a web address of a site: scheme, host, port, and nothing else."""
    try:
        parts = urlsplit(text)
        port_is_right = parts.port is None or parts.port > 0
    except ValueError:
        return False
    return bool(
        port_is_right
        and parts.scheme in ("http", "https")
        and parts.hostname
        and not (parts.username or parts.password or parts.query or parts.fragment)
        and parts.path in ("", "/")
        and text.isascii()
        and text.isprintable()
        and " " not in text
    )


class IrConfigParameter(models.Model):
    _inherit = "ir.config_parameter"

    @api.constrains("key", "value")
    def _check_site_address(self):
        for parameter in self:
            if parameter.key == KEY and not is_address(parameter.value or ""):
                raise ValidationError(
                    self.env._(
                        "“%s” is no address of a site. Write it as people type it into a browser, "
                        "without a page: https://desk.example.edu.tw",
                        parameter.value,
                    )
                )

    def _register_hook(self):
        """Say at every start where QR codes and mails lead, louder if nobody can follow."""
        super()._register_hook()
        address = self.sudo().get_param(KEY) or ""
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


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    ntue_site_address = fields.Char(
        string="Address of this desk",
        config_parameter=KEY,
        help="Where QR codes on slips and links in mails lead, for as long as papers are kept.",
    )
