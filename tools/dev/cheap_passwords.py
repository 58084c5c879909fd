"""Cheap password hashing for the servers and shells that tests start.

Odoo hashes a password in 600,000 rounds, a quarter of a second each time somebody signs in.  The
options load a module that no configuration of the product names (tests/manners proves it).
"""

from dev import odoo
from dev.checkout import Checkout

MODULE = "ntue_cheap_passwords"
ROUNDS = 1
"""As many as the module sets."""


def options(checkout: Checkout) -> tuple[str, ...]:
    """Return Odoo's options that load the module."""
    folders = [*odoo.addons_path(checkout), checkout.root / "tests" / "addons"]
    return (f"--addons-path={','.join(map(str, folders))}", f"--load=base,web,{MODULE}")
