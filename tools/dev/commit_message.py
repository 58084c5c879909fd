"""What pre-commit asks of a commit's message: a short subject, and the reason apart from it."""

from pathlib import Path

from dev.errors import CommandError

LONGEST = 72
BY_GIT = ("fixup! ", "squash! ", "amend! ")
"""What git puts before the subject of a commit that it will fold into another one."""


def faults(message: str) -> list[str]:
    """Return what is wrong with `message`; comments that git will leave out do not count."""
    lines = [line for line in message.splitlines() if not line.startswith("#")]
    subject = lines[0] if lines else ""
    for prefix in BY_GIT:
        subject = subject.removeprefix(prefix)
    found = []
    if not subject.strip():
        found.append("The first line is empty: say what the commit changes.")
    if len(subject) > LONGEST:
        found.append(f"The subject has {len(subject)} characters, {LONGEST} at most: shorten it.")
    if subject.endswith("."):
        found.append("The subject ends with a full stop: leave it out.")
    if len(lines) > 1 and lines[1].strip():
        found.append("The second line is not empty: the reason follows after a blank line.")
    return found


def check(file: Path) -> None:
    """Check the message in `file`; raise CommandError with all that is wrong."""
    found = faults(file.read_text(encoding="utf-8"))
    if found:
        raise CommandError("\n".join(found))
