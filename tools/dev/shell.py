"""Running other programs: their words go to a log, their failures become one sentence."""

import errno
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from dev.errors import CommandError

FULL = "No space left on device"
UNREACHABLE = (
    "Temporary failure in name resolution",
    "Temporary failure resolving",
    "Could not resolve",
    "Failed to establish a new connection",
    "NewConnectionError",
    "Connection refused",
    "Connection timed out",
    "Network is unreachable",
    "Unable to connect",
    "Failed to fetch",
    "ReadTimeoutError",
    "ProxyError",
    "ENOTFOUND",
    "EAI_AGAIN",
    "ECONNREFUSED",
    "(from versions: none)",
    "Could not connect to",
)


def disk_full(folder: Path) -> CommandError:
    """Return the sentence for a full disk."""
    return CommandError(
        f"The disk that holds {folder} is full: make room, "
        "or name a folder on another disk with `NTUE_CACHE=/path`, and run it again."
    )


def foreseen(error: OSError) -> CommandError:
    """Return the sentence for a refusal of the operating system; raise `error` if it is none."""
    if error.errno == errno.ENOSPC:
        return disk_full(Path(error.filename or "the cache"))
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS) and error.filename:
        return CommandError(
            f"{error.filename} may not be written: `make clean` as its owner, "
            "or name another folder with `NTUE_CACHE=/path`."
        )
    raise error


def need_space(folder: Path, gigabytes: float) -> None:
    """Raise CommandError when `folder` has less than `gigabytes` left; called before writing."""
    if shutil.disk_usage(folder).free < gigabytes * 1e9:
        raise CommandError(
            f"{gigabytes:g} GB are needed below {folder} and the disk has less: make room, "
            "or name a folder on another disk with `NTUE_CACHE=/path`."
        )


def explain(what: str, output: str, log: Path) -> CommandError:
    """Return the sentence for a program that failed with `output`."""
    if FULL in output:
        return disk_full(log.parent)
    if any(sign in output for sign in UNREACHABLE):
        return CommandError(
            f"{what}: the package registry is out of reach; check the network or the mirror "
            f"set for apt and pip, and run it again (details in {log})."
        )
    return CommandError(f"{what} failed: {_reason(output)} (all of it in {log}).")


def _reason(output: str) -> str:
    """Return the line that says most about a failure: an exception, an error, or the last one."""
    lines = [text.strip() for text in output.splitlines() if text.strip()]
    for pattern in (r"[\w.]*(Error|Exception|Invalid)\b.*", r".* (ERROR|CRITICAL) .*|E: .*", r".*"):
        found = [text for text in lines if re.fullmatch(pattern, text)]
        if found:
            return found[-1].rstrip(".")[:300]
    return "it said nothing"


def run(
    what: str,
    command: Sequence[str | Path],
    log: Path,
    *,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    user: str | None = None,
    stdin: Path | None = None,
    umask: int = -1,
    on_line: Callable[[str], None] | None = None,
) -> str:
    """Run `command`, append its output to `log` and return it; raise CommandError when it fails.

    `on_line` sees each line as it comes.  `user` runs it as another user (root only).  `umask`
    is what its files are withheld from others by; unless given, this process's own.
    """
    if shutil.which(str(command[0]), path=(env or os.environ).get("PATH")) is None:
        raise CommandError(f"{what} needs the program {command[0]}: install it and run this again.")
    lines = []
    try:
        with (
            log.open("a") as copy,
            (stdin or Path(os.devnull)).open() as source,
            subprocess.Popen(
                [str(part) for part in command],
                stdin=source,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                env=env,
                cwd=cwd,
                user=user,
                group=user,
                extra_groups=None if user is None else [],
                umask=umask,
                text=True,
                errors="replace",
            ) as process,
        ):
            for text in process.stdout or ():
                lines.append(text)
                copy.write(text)
                if on_line:
                    on_line(text.rstrip())
    except OSError as error:
        raise foreseen(error) from error
    output = "".join(lines)
    if process.returncode:
        raise explain(what, output, log)
    return output
