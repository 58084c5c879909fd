"""`make lint`: ruff, pylint-odoo, mypy and prettier, the same everywhere."""

import subprocess
from pathlib import Path

from dev import console, formatter, odoo, python_env
from dev.checkout import Checkout
from dev.errors import CommandError
from dev.product import ADDONS

TYPED = (
    "addons/ntue_curriculum/degree_audit",
    "addons/ntue_curriculum/addresses.py",
    "addons/ntue_curriculum/clock.py",
    "addons/ntue_curriculum/closed_addresses.py",
    "addons/ntue_curriculum/codes.py",
    "addons/ntue_curriculum/english_name.py",
    "addons/ntue_curriculum/grading.py",
    "addons/ntue_curriculum/groups.py",
    "addons/ntue_curriculum/labels.py",
    "addons/ntue_curriculum/log_anchor.py",
    "addons/ntue_curriculum/log_chain.py",
    "addons/ntue_curriculum/log_commitment.py",
    "addons/ntue_curriculum/log_head.py",
    "addons/ntue_curriculum/marks.py",
    "addons/ntue_curriculum/memory.py",
    "addons/ntue_curriculum/next_year.py",
    "addons/ntue_curriculum/paragraphs.py",
    "addons/ntue_curriculum/observing/json_log.py",
    "addons/ntue_curriculum/observing/request_number.py",
    "addons/ntue_curriculum/press",
    "addons/ntue_curriculum/quiet_log.py",
    "addons/ntue_curriculum/request_size.py",
    "addons/ntue_curriculum/roc.py",
    "addons/ntue_curriculum/romanised.py",
    "addons/ntue_curriculum/selecting.py",
    "addons/ntue_curriculum/year_spans.py",
    "addons/ntue_curriculum/turns.py",
    "addons/ntue_curriculum/turns_between.py",
    "addons/ntue_curriculum/uploads.py",
    "addons/ntue_curriculum/exporter/writing.py",
    "addons/ntue_curriculum/importer/cells.py",
    "addons/ntue_curriculum/importer/common_columns.py",
    "addons/ntue_curriculum/importer/data_package.py",
    "addons/ntue_curriculum/importer/framework_files.py",
    "addons/ntue_curriculum/importer/columns",
    "addons/ntue_curriculum/importer/context.py",
    "addons/ntue_curriculum/importer/csv_files.py",
    "addons/ntue_curriculum/importer/files.py",
    "addons/ntue_curriculum/importer/frameworks.py",
    "addons/ntue_curriculum/importer/grouping.py",
    "addons/ntue_curriculum/importer/headers.py",
    "addons/ntue_curriculum/importer/leaving_out.py",
    "addons/ntue_curriculum/importer/mapped.py",
    "addons/ntue_curriculum/importer/milestone_files.py",
    "addons/ntue_curriculum/importer/marked.py",
    "addons/ntue_curriculum/importer/outgoing.py",
    "addons/ntue_curriculum/importer/reading.py",
    "addons/ntue_curriculum/importer/problems.py",
    "addons/ntue_curriculum/importer/repairs.py",
    "addons/ntue_curriculum/importer/row_store.py",
    "addons/ntue_curriculum/importer/rows.py",
    "addons/ntue_curriculum/importer/rules.py",
    "addons/ntue_curriculum/importer/rules_milestones.py",
    "addons/ntue_curriculum/importer/rules_people.py",
    "addons/ntue_curriculum/importer/rules_decisions.py",
    "addons/ntue_curriculum/importer/rules_students.py",
    "addons/ntue_curriculum/importer/school_files.py",
    "addons/ntue_curriculum/importer/same_rows.py",
    "addons/ntue_curriculum/importer/sources.py",
    "addons/ntue_curriculum/importer/spec.py",
    "addons/ntue_curriculum/importer/stages.py",
    "addons/ntue_curriculum/importer/states.py",
    "addons/ntue_curriculum/importer/student_files.py",
    "addons/ntue_curriculum/importer/counting_files.py",
    "addons/ntue_curriculum/importer/rules_counting.py",
    "addons/ntue_curriculum/importer/tables.py",
    "addons/ntue_curriculum/importer/template.py",
    "addons/ntue_curriculum/importer/workbook_parts.py",
    "addons/ntue_curriculum/importer/workbooks.py",
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
"""What mypy checks strictly: the parts that decide and import nothing from Odoo."""


def commands(checkout: Checkout) -> dict[str, list[str]]:
    """Return the command line of each checker, by its name."""
    python = str(python_env.interpreter(checkout))
    found = {name: [python, "-m", *words] for name, words in _modules().items()}
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
