"""Odoo's environment in a script: the superuser's, in one database, without a server."""

from contextlib import contextmanager

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.tools import config


@contextmanager
def environment(database):
    """The environment of the database; what is to stay must be committed."""
    config.parse_config([f"--database={database}", "--log-level=warn"], setup_logging=True)
    with Registry(database).cursor() as cr:
        yield api.Environment(cr, SUPERUSER_ID, {})
