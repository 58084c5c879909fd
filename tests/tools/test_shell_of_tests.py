"""The shell of the browser's tests: when it does not come, its own words say why."""

import importlib.util
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[1] / "e2e" / "shell.py"

spec = importlib.util.spec_from_file_location("shell_of_tests", SOURCE)
shell_of_tests = importlib.util.module_from_spec(spec)
spec.loader.exec_module(shell_of_tests)


@pytest.fixture
def listener(tmp_path: Path) -> Iterator[socket.socket]:
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "socket"))
        listening.listen(1)
        yield listening


def started(said: Path, code: str) -> subprocess.Popen[str]:
    with said.open("w") as output:
        return subprocess.Popen(
            [sys.executable, "-c", code], stdout=output, stderr=output, text=True
        )


@pytest.mark.parametrize(
    ("code", "patience", "why"),
    [
        ("print('No module named odoo'); raise SystemExit(3)", 60, "ended with 3"),
        ("import time; print('Waits', flush=True); time.sleep(600)", 3, "not ready in 3 seconds"),
    ],
)
def test_a_shell_that_does_not_connect_is_ended_and_its_words_are_in_the_error(
    listener: socket.socket, tmp_path: Path, code: str, patience: int, why: str
) -> None:
    said = tmp_path / "said.log"
    process = started(said, code)
    with pytest.raises(AssertionError) as caught:
        shell_of_tests.accepted(listener, process, said, patience)
    assert why in str(caught.value)
    assert str(said) in str(caught.value)
    assert ("No module named odoo" in str(caught.value)) or ("Waits" in str(caught.value))
    assert process.poll() is not None


def test_a_shell_that_connects_is_spoken_with(listener: socket.socket, tmp_path: Path) -> None:
    code = (
        "from multiprocessing.connection import Client;"
        f"c = Client({str(tmp_path / 'socket')!r}, 'AF_UNIX'); c.send(c.recv() + 1)"
    )
    process = started(tmp_path / "said.log", code)
    connection = shell_of_tests.accepted(listener, process, tmp_path / "said.log")
    connection.send(41)
    assert connection.recv() == 42
    connection.close()
    assert process.wait() == 0
