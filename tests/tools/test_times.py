"""Where the time of a run went is measured, also where a test stops the clock."""

import json
import os
import subprocess
import sys
from pathlib import Path

from dev import times

TOOLS = Path(__file__).resolve().parents[2] / "tools"

TESTS = """
import time
import unittest
import pytest
from freezegun import freeze_time

@pytest.fixture(params=[1, 2])
def slow():
    time.sleep(0.05)

def test_with_a_fixture(slow):
    time.sleep(0.02)

@freeze_time("2025-11-10")
class TestFrozen(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        sum(range(300_000))

    def test_frozen(self):
        sum(range(3_000_000))
"""


def measured(folder: Path, *options: str) -> times.Times:
    """What a run of those tests wrote down."""
    (folder / "tests").mkdir()
    (folder / "tests" / "test_it.py").write_text(TESTS)
    file = folder / "times.json"
    command = [sys.executable, "-m", "pytest", "-q", "-p", "dev.pytest_times", *options]
    env = {**os.environ, "PYTHONPATH": str(TOOLS), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    subprocess.run(
        [*command, f"--times={file}", "--rootdir=.", "tests"], cwd=folder, env=env, check=True
    )
    return times.read([file, folder / "none.json"])


def assert_right(found: times.Times) -> None:
    assert len(found.tests) == 3
    one = found.tests["tests/test_it.py::test_with_a_fixture[1]"]
    assert one.set_up >= 0.05
    assert one.test >= 0.02
    frozen = found.tests["tests/test_it.py::TestFrozen::test_frozen"]
    assert frozen.processor > 0
    assert frozen.test > 0
    calls, seconds = found.fixtures["tests/test_it.py::slow"]
    assert calls == 2
    assert seconds >= 0.1


def test_set_up_and_test_are_measured_apart_and_a_frozen_clock_counts(tmp_path: Path) -> None:
    assert_right(measured(tmp_path))


def test_workers_measure_and_their_controller_writes(tmp_path: Path) -> None:
    assert_right(measured(tmp_path, "-p", "xdist", "-n2"))


def test_the_report_has_folders_slowest_tests_and_fixtures() -> None:
    found = times.Times(
        {
            "tests/engine/test_a.py::test_b": times.Spent(0.5, 2.0, 1.0),
            "tests/engine/test_a.py::test_c": times.Spent(0.5, 1.0, 1.0),
            "addons/ntue_curriculum/tests/test_d.py::TestD::test_e": times.Spent(3, 0.1, 1),
        },
        {"addons/x.py::TestD::_unittest_setUpClass_fixture_TestD": (1, 3.0)},
    )
    said = [line.split() for line in times.report(found).splitlines()]
    assert ["tests/engine", "2", "1.0", "s", "3.0", "s", "2.0", "s"] in said
    assert ["addons/ntue_curriculum", "1", "3.0", "s", "0.1", "s", "1.0", "s"] in said
    slowest = [line[-1] for line in said if line and "::test_" in line[-1]]
    assert slowest == [
        "addons/ntue_curriculum/tests/test_d.py::TestD::test_e",
        "tests/engine/test_a.py::test_b",
        "tests/engine/test_a.py::test_c",
    ]
    assert "addons/x.py::TestD::setUpClass of TestD" in times.report(found)


def test_what_was_written_is_json_of_plain_numbers(tmp_path: Path) -> None:
    measured(tmp_path)
    kept = json.loads((tmp_path / "times.json").read_text())
    assert set(kept) == {"tests", "fixtures"}
