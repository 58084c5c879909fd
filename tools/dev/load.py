"""`make load`: many students at one moment, the last hour of a period, and too many of them."""

import subprocess
from collections.abc import Callable, Sequence

from dev import console, crowd_python, hour, pytest_command, tasks, testrun
from dev.checkout import Checkout
from dev.errors import CommandError
from dev.selection import Needs

MANY = "500"
"""Submissions in the middle of which a part is killed, unless SUBMISSIONS says otherwise."""


def crowd(checkout: Checkout) -> bool:
    """Press at once, guess, be killed: the tests of tests/load, which print what they saw."""
    env = {"SUBMISSIONS": MANY, **pytest_command.environment(checkout)}
    command = pytest_command.command(checkout, ["-q", "-s", "tests/load"])
    return not subprocess.run(command, cwd=checkout.root, env=env, check=False).returncode


PARTS: dict[str, Callable[[Checkout], bool]] = {
    "crowd": crowd,
    "hour": hour.hour,
    "rush": hour.rush,
}


def run(checkout: Checkout, parts: Sequence[str]) -> int:
    """Run `parts`, or all; 1 when one found something wrong."""
    unknown = set(parts) - set(PARTS)
    if unknown:
        raise CommandError(f"`make load` knows {', '.join(PARTS)}; not {', '.join(unknown)}.")
    with tasks.locked(checkout):
        tasks.run(checkout, [*testrun.all_tasks([Needs.SERVERS]), crowd_python.TASK])
    with tasks.locked(checkout, "bench.lock"):
        right = [PARTS[name](checkout) for name in parts or PARTS]
    console.line(
        "Everything is as it has to be." if all(right) else "Something is wrong, see above."
    )
    return 0 if all(right) else 1
