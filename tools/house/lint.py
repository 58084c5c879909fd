"""`make lint`: ruff, pylint-odoo and mypy, the same everywhere."""

import subprocess
from pathlib import Path

from house import odoo, python_env, say
from house.errors import MissingError
from house.place import Place
from house.product import ADDONS

TYPED = (
    "addons/ntue_curriculum/degree_audit",
    "addons/ntue_graduation/workflow.py",
    "addons/ntue_curriculum/log_chain.py",
    "addons/ntue_graduation/slip_number.py",
    "addons/ntue_campus_login/password_rules",
)
"""What mypy checks strictly: the parts that decide and import nothing of Odoo."""


def commands() -> dict[str, list[str]]:
    """Return the arguments of each checker, by its name, as Python modules."""
    addons = [str(Path("addons") / name) for name in ADDONS]
    return {
        "ruff check": ["ruff", "check", "--output-format=concise", "."],
        "ruff format": ["ruff", "format", "--check", "--output-format=concise", "."],
        "pylint-odoo": ["pylint", *addons],
        "mypy, the product's core": ["mypy", *TYPED],
        "mypy, the tools": ["mypy", "tools/house"],
    }


def run(place: Place) -> None:
    """Run every checker, show what they find and raise MissingError when any found something."""
    python = str(python_env.interpreter(place))
    failed = []
    for name, arguments in commands().items():
        say.line(f"  {name}")
        command = [python, "-m", *arguments]
        if subprocess.run(
            command, cwd=place.root, env=odoo.environment(place), check=False
        ).returncode:
            failed.append(name)
    if failed:
        raise MissingError(f"These found something to mend, see above: {'; '.join(failed)}.")
