"""`make lint`: ruff, pylint-odoo and mypy, the same everywhere."""

import subprocess
from pathlib import Path

from house import odoo, python_env, say
from house.errors import MissingError
from house.place import Place
from house.product import ADDONS

TYPED = (
    "addons/ntue_curriculum/degree_audit",
    "addons/ntue_curriculum/addresses.py",
    "addons/ntue_curriculum/clock.py",
    "addons/ntue_curriculum/closed_addresses.py",
    "addons/ntue_curriculum/english_name.py",
    "addons/ntue_curriculum/groups.py",
    "addons/ntue_curriculum/labels.py",
    "addons/ntue_curriculum/log_chain.py",
    "addons/ntue_curriculum/log_head.py",
    "addons/ntue_curriculum/memory.py",
    "addons/ntue_curriculum/next_year.py",
    "addons/ntue_curriculum/paragraphs.py",
    "addons/ntue_curriculum/quiet_log.py",
    "addons/ntue_curriculum/request_size.py",
    "addons/ntue_curriculum/roc.py",
    "addons/ntue_curriculum/romanised.py",
    "addons/ntue_curriculum/turns.py",
    "addons/ntue_curriculum/turns_between.py",
    "addons/ntue_curriculum/uploads.py",
    "addons/ntue_curriculum/importer/context.py",
    "addons/ntue_curriculum/importer/columns.py",
    "addons/ntue_curriculum/importer/files.py",
    "addons/ntue_curriculum/importer/frameworks.py",
    "addons/ntue_curriculum/importer/outgoing.py",
    "addons/ntue_curriculum/importer/reading.py",
    "addons/ntue_curriculum/importer/problems.py",
    "addons/ntue_curriculum/importer/rows.py",
    "addons/ntue_curriculum/importer/rules.py",
    "addons/ntue_curriculum/importer/rules_students.py",
    "addons/ntue_curriculum/importer/school_files.py",
    "addons/ntue_curriculum/importer/sources.py",
    "addons/ntue_curriculum/importer/spec.py",
    "addons/ntue_curriculum/importer/states.py",
    "addons/ntue_curriculum/importer/student_files.py",
    "addons/ntue_curriculum/importer/tables.py",
    "addons/ntue_graduation/qr.py",
    "addons/ntue_graduation/slip_number.py",
    "addons/ntue_graduation/snapshot_difference.py",
    "addons/ntue_graduation/workbook.py",
    "addons/ntue_graduation/workflow.py",
    "addons/ntue_graduation/working_days.py",
    "addons/ntue_campus_login/account_name.py",
    "addons/ntue_campus_login/backing_off.py",
    "addons/ntue_campus_login/campus_mailbox.py",
    "addons/ntue_campus_login/id_digest.py",
    "addons/ntue_campus_login/initials.py",
    "addons/ntue_campus_login/national_id.py",
    "addons/ntue_campus_login/oidc",
    "addons/ntue_campus_login/password_rules",
    "addons/ntue_campus_login/web_address.py",
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
