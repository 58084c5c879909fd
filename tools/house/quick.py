"""What is checked before a commit, in seconds: ruff on its files, and the engine's tests.

`make lint` and `make test` check everything; this finds most of it while one still knows what one
did.
"""

import subprocess
from collections.abc import Sequence

from house import lint, odoo, pytest_command, python_env, say
from house.errors import MissingError
from house.place import Place

ENGINE = "tests/engine"
PURE = (*lint.TYPED, "addons/ntue_curriculum/romanised.py", ENGINE)
"""Files and folders whose change the engine's tests look at."""

EXAMPLES = "--hypothesis-profile=quick"
"""A tenth of the examples that `make test` draws."""


def tests(files: Sequence[str]) -> list[str]:
    """Return the tests that a change of `files` asks for: all of the engine's, or its tools'."""
    engine = [ENGINE] if any(file.startswith(PURE) for file in files) else []
    return [*engine, *(file for file in files if file.startswith("tests/tools/test_"))]


def commands(place: Place, files: Sequence[str]) -> list[list[str]]:
    """Return the commands that check `files`, paths from the checkout's root."""
    python = str(python_env.interpreter(place))
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
    return [*ruff, pytest_command.command(place, [*options, *found])]


def run(place: Place, files: Sequence[str]) -> None:
    """Run the checks; raise MissingError when one of them found something."""
    env = odoo.environment(place)
    failed = [
        command
        for command in (commands(place, files) if files else [])
        if subprocess.run(command, cwd=place.root, env=env, check=False).returncode
    ]
    if failed:
        raise MissingError("Something is to be mended before this is committed, see above.")
    say.line("Nothing to mend.")
