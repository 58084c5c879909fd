"""`make compose-test`: docker-compose.yml run by Docker Compose, as docs/operations says it."""

import os
import re
import shutil
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from dev import (
    console,
    containers,
    crowd_python,
    provision,
    pytest_command,
    stand_ins,
    system,
    tasks,
)
from dev.checkout import Checkout
from dev.errors import CommandError

TESTS = "tests/compose"
KEEP = "NTUE_KEEP_STACK"
"""In the environment of the tests: go on with the stack that an earlier run left."""

COPIED = ("docker-compose.yml", ".env.example", "docker", "data", "tools/keep_marks.sql")
"""What the file needs of the checkout, beside the images that are built of it."""

PATIENCE = 900
"""Seconds after which a command is given up."""


@dataclass(frozen=True)
class Stack:
    """A copy of what a school has, and a project of Docker Compose in it."""

    folder: Path
    env: Mapping[str, str]

    def run(self, commands: str, *, fails: bool = False, **more: str) -> str:
        """Run `commands` in the folder as somebody types them; return what they print.

        Raises CommandError when one fails, or none does where `fails`.
        """
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", commands],
            cwd=self.folder,
            env={**self.env, **more},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            timeout=PATIENCE,
            check=False,
        )
        if (done.returncode != 0) is not fails:
            end = "\n".join(done.stdout.splitlines()[-40:])
            raise CommandError(f"This ended with {done.returncode}:\n{commands}\n{end}")
        return done.stdout

    def sql(self, query: str, project: str = "") -> str:
        """Ask the database as its superuser; rows as lines, columns with | between."""
        chosen = f"--project-name {project}" if project else ""
        ask = 'psql --no-psqlrc --tuples-only --no-align --username postgres "$NTUE_DATABASE"'
        typed = (
            f"docker compose {chosen} exec -T db sh -c '{ask}' 2>/dev/null <<'SQL'\n{query}\nSQL"
        )
        return self.run(typed).strip()

    def wait_until(self, commands: str, seconds: float = 120) -> None:
        """Repeat `commands` until they succeed."""
        limit = time.monotonic() + seconds
        while True:
            try:
                self.run(commands)
            except CommandError:
                if time.monotonic() > limit:
                    raise
                time.sleep(0.5)
            else:
                return


def prepare(checkout: Checkout, env: Mapping[str, str], settings: Mapping[str, str]) -> Stack:
    """Copy what a school has and write its `.env`, with the images that are here."""
    folder = containers.home(checkout) / "school"
    for name in COPIED:
        source, target = checkout.root / name, folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, dirs_exist_ok=True)
        else:
            shutil.copy2(source, target)
    lines = {**stand_ins.variables(), **settings, "COMPOSE_PROJECT_NAME": "ntue"}
    text = "".join(f"{key}={value}\n" for key, value in lines.items())
    (folder / ".env").write_text(text, encoding="utf-8")
    return Stack(folder, env)


def set_line(stack: Stack, name: str, value: str) -> None:
    """Change one line of `.env`, as somebody does by hand."""
    file = stack.folder / ".env"
    text = re.sub(rf"(?m)^{name}=.*\n", "", file.read_text(encoding="utf-8"))
    file.write_text(f"{text}{name}={value}\n", encoding="utf-8")


def test(checkout: Checkout, arguments: list[str]) -> int:
    """Provide everything, run the tests of the stack, print what it took; the exit code."""
    started = time.monotonic()
    chosen = [word for word in arguments if "=" not in word] or [TESTS]
    if any("=" in word and word != "KEEP=1" for word in arguments):
        raise CommandError("`make compose-test` takes KEEP=1 and ONLY=path.")
    wanted = [
        *provision.with_system(*system.PDF, *system.TESTING),
        *containers.TASKS,
        *stand_ins.TASKS,
        crowd_python.TASK,
    ]
    with tasks.locked(checkout):
        tasks.run(checkout, wanted)
    env = pytest_command.environment(checkout)
    if "KEEP=1" in arguments:
        env[KEEP] = "1"
    command = pytest_command.command(checkout, ["-v", "--durations=0", *chosen])
    code = subprocess.run(command, cwd=checkout.root, env=env, check=False).returncode
    console.line(f"compose-test: {time.monotonic() - started:.0f} s on {os.cpu_count()} processors")
    return code
