"""Pytest's command line and environment in this checkout."""

from collections.abc import Sequence

from dev import odoo, python_env
from dev.checkout import Checkout

WITHOUT_ODOO = ("-p", "no:odoo")

WITH_ODOO = (
    # pytest-odoo by its module's name, so that our plugin comes after it and its fixture counts.
    *("-p", "no:odoo", "-p", "pytest_odoo", "-p", "dev.pytest_database", "--odoo-http"),
    # Odoo limits its process's memory; a browser that a test starts would inherit that and die.
    "--odoo-extra=limit-memory-hard=0",
)


def environment(checkout: Checkout) -> dict[str, str]:
    """Return pytest's environment; pytest-odoo would take ODOO_RC for a database to load."""
    return {key: text for key, text in odoo.environment(checkout).items() if key != "ODOO_RC"}


def command(checkout: Checkout, arguments: Sequence[str]) -> list[str]:
    """Return pytest's command line; pytest-odoo is loaded only when a database is named."""
    options: tuple[str, ...] = WITHOUT_ODOO
    if any(argument.startswith("--odoo-database") for argument in arguments):
        options = (*WITH_ODOO, f"--odoo-config={odoo.write_configuration(checkout)}")
    # The same order in every run, unless an argument asks for another one.
    if not any(argument.startswith("--randomly-seed") for argument in arguments):
        options = (*options, "-p", "no:randomly")
    return [str(python_env.interpreter(checkout)), "-m", "pytest", *options, *arguments]
