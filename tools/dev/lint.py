"""`make lint`: ruff, pylint-odoo and mypy, the same everywhere."""

import subprocess
from pathlib import Path

from dev import console, odoo, python_env
from dev.checkout import Checkout
from dev.errors import CommandError
from dev.product import ADDONS

TYPED = (
    "addons/ntue_curriculum/degree_audit",
    "addons/ntue_graduation/workflow.py",
    "addons/ntue_curriculum/log_chain.py",
    "addons/ntue_graduation/slip_number.py",
    "addons/ntue_campus_login/account_name.py",
    "addons/ntue_campus_login/backing_off.py",
    "addons/ntue_campus_login/national_id.py",
    "addons/ntue_campus_login/campus_mailbox.py",
    "addons/ntue_campus_login/id_digest.py",
    "addons/ntue_campus_login/initials.py",
    "addons/ntue_campus_login/web_address.py",
    "addons/ntue_campus_login/password_rules",
    "addons/ntue_campus_login/oidc",
)
"""What mypy checks strictly: the parts that decide and import nothing from Odoo."""


def commands() -> dict[str, list[str]]:
    """Return the arguments of each checker, by its name, as Python modules."""
    addons = [str(Path("addons") / name) for name in ADDONS]
    return {
        "ruff check": ["ruff", "check", "--output-format=concise", "."],
        "ruff format": ["ruff", "format", "--check", "--output-format=concise", "."],
        "pylint-odoo": ["pylint", *addons],
        "mypy, the product's core": ["mypy", *TYPED],
        "mypy, the tools": ["mypy", "tools/dev"],
    }


def run(checkout: Checkout) -> None:
    """Run every checker and show what it finds; raise CommandError when one found something."""
    python = str(python_env.interpreter(checkout))
    failed = []
    for name, arguments in commands().items():
        console.line(f"  {name}")
        command = [python, "-m", *arguments]
        if subprocess.run(
            command, cwd=checkout.root, env=odoo.environment(checkout), check=False
        ).returncode:
            failed.append(name)
    if failed:
        raise CommandError(f"These found something to correct, see above: {'; '.join(failed)}.")
