"""The checks before a commit, which take seconds: ruff on its files, and the engine's tests.

`make lint` and `make test` check everything; this finds most mistakes while they are fresh.
"""

import subprocess
from collections.abc import Sequence

from dev import console, lint, odoo, pytest_command, python_env
from dev.checkout import Checkout
from dev.errors import CommandError

ENGINE = "tests/engine"
PURE = (*lint.TYPED, "addons/ntue_curriculum/romanised.py", ENGINE)
"""Files and folders whose change the engine's tests look at."""

LARGE = tuple(f"{ENGINE}/test_{name}.py" for name in ("budget", "kept_solver", "large_optimum"))
"""Tests on many courses, which take as long as all others together."""

PLACING = ("framework", "transcript", "placement")
PLACING_OR_LARGE = (
    *(f"addons/ntue_curriculum/degree_audit/{room}/" for room in PLACING),
    f"{ENGINE}/stress.py",
    *LARGE,
)
"""Files whose change those look at."""

EXAMPLES = "--hypothesis-profile=quick"
"""A tenth of the cases that `make test` draws."""


def tests(files: Sequence[str]) -> list[str]:
    """Return the tests that a change of `files` asks for: all of the engine's, or its tools'."""
    engine = [ENGINE] if any(file.startswith(PURE) for file in files) else []
    return [*engine, *(file for file in files if file.startswith("tests/tools/test_"))]


def commands(checkout: Checkout, files: Sequence[str]) -> list[list[str]]:
    """Return the commands that check `files`, paths from the checkout's root."""
    python = str(python_env.interpreter(checkout))
    ruff = [
        [python, "-m", "ruff", "check", "--force-exclude", *files],
        [python, "-m", "ruff", "format", "--check", "--force-exclude", *files],
    ]
    found = tests(files)
    if not found:
        return ruff
    options = ["-q", "--numprocesses=auto", "--dist=worksteal"]
    if ENGINE in found:
        options.append(EXAMPLES)
        if not any(file.startswith(PLACING_OR_LARGE) for file in files):
            options += [f"--ignore={file}" for file in LARGE]
    return [*ruff, pytest_command.command(checkout, [*options, *found])]


def run(checkout: Checkout, files: Sequence[str]) -> None:
    """Run the checks; raise CommandError when one of them found something."""
    env = odoo.environment(checkout)
    failed = [
        command
        for command in (commands(checkout, files) if files else [])
        if subprocess.run(command, cwd=checkout.root, env=env, check=False).returncode
    ]
    if failed:
        raise CommandError("Something has to be corrected before this is committed, see above.")
    console.line("Nothing to correct.")
