"""`make lint`: ruff, pylint-odoo and mypy, the same everywhere."""

import subprocess
from pathlib import Path

from dev import console, formatter, odoo, python_env
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


def commands(checkout: Checkout) -> dict[str, list[str]]:
    """Return the command line of each checker, by its name."""
    python = str(python_env.interpreter(checkout))
    found = {name: [python, "-m", *words] for name, words in _modules().items()}
    if formatter.CHECKED:
        found["prettier"] = formatter.command(checkout, "--check", formatter.files(checkout))
    return found


def _modules() -> dict[str, list[str]]:
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
    env = odoo.environment(checkout)
    failed = []
    for name, command in commands(checkout).items():
        console.line(f"  {name}")
        if subprocess.run(command, cwd=checkout.root, env=env, check=False).returncode:
            failed.append(name)
    if failed:
        raise CommandError(f"These found something to correct, see above: {'; '.join(failed)}.")
