"""Which of the files' snapshots goes with the database of a moment, as backup.sh chooses it."""

import os
import subprocess
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "docker" / "postgres" / "backup.sh"
LISTED = """ID        Time                 Host  Tags
------------------------------------------
1111aaaa  2026-11-29 05:50:04  ntue
2222bbbb  2026-11-29 06:00:03  ntue
3333cccc  2026-11-29 06:10:02  ntue
------------------------------------------
3 snapshots
"""
"""As restic prints it, in UTC."""


@pytest.fixture
def restic(tmp_path: Path) -> Path:
    """The folder of a program of that name, which knows three snapshots."""
    program = tmp_path / "restic"
    program.write_text(f"#!/bin/sh\ncat <<END\n{LISTED}END\n")
    program.chmod(0o700)
    return tmp_path


def chosen(restic: Path, moment: str) -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ,
        "PATH": f"{restic}:{os.environ['PATH']}",
        "NTUE_BACKUP_KEY": "a key",
        "TZ": "Asia/Taipei",
    }
    command = ["sh", str(SCRIPT), "snapshot", moment]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("moment", "snapshot"),
    [
        ("2026-11-29 13:55:00+08", "2222bbbb"),
        ("2026-11-29 05:55:00+00", "2222bbbb"),
        # What came in the second in which a snapshot was begun may not be in it.
        ("2026-11-29 14:00:03+08", "3333cccc"),
        ("2026-11-29 14:00:03.5+08", "3333cccc"),
        ("2026-11-01 00:00:00+08", "1111aaaa"),
        ("2026-11-29 14:30:00+08", "latest"),
        ("latest", "latest"),
    ],
)
def test_the_files_are_those_of_the_first_snapshot_after_the_moment(
    restic: Path, moment: str, snapshot: str
) -> None:
    said = chosen(restic, moment)
    assert (said.returncode, said.stdout.split()) == (0, [snapshot]), said.stderr


def test_a_moment_that_cannot_be_read_restores_nothing(restic: Path) -> None:
    said = chosen(restic, "last Tuesdayish")
    assert said.returncode != 0
    assert said.stdout == ""


def test_where_the_snapshots_cannot_be_read_none_is_chosen(restic: Path) -> None:
    (restic / "restic").write_text("#!/bin/sh\nexit 1\n")
    assert chosen(restic, "2026-11-29 13:55:00+08").returncode != 0
