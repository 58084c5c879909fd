"""Names and numbers of the product that Makefile, demo, tests and compose file share."""

ADDONS = ("ntue_curriculum", "ntue_graduation", "ntue_campus_login")
"""Our addons, each after those that it depends on."""

BASE_MODULES = ("base", "web", "portal", "mail")
"""Odoo's own modules in the template database that every other one is copied from."""

LANGUAGE = "zh_TW"
"""Loaded before our addons, so that installing them loads their translations too."""

DATABASE_ROLE = "ntue"
"""Role that owns the databases; Odoo refuses to run as `postgres`."""

SAMPLES = "data/samples/ntue"
"""Folder that the demo imports through the product's own importer."""

DEFAULT_PORT = 8069


def install_arguments(database: str) -> list[str]:
    """Return Odoo's arguments that put the product into `database` and stop."""
    return [
        *("--database", database),
        *("--init", ",".join(ADDONS)),
        *("--load-language", LANGUAGE),
        "--stop-after-init",
    ]


def serve_arguments(database: str) -> list[str]:
    """Return Odoo's arguments that serve `database` and no other.

    Without a filter: with one, Odoo asks PostgreSQL for all databases at every visitor's request.
    """
    return ["server", f"--database={database}", "--no-database-list"]
