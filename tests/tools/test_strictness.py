"""What makes `make test` fail although every test that ran has passed."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from dev import logscan, testrun, workers
from dev.checkout import Checkout
from dev.result import RunResult, read_junit, read_odoo

STAMP = "2026-11-22 19:00:00,123 4711"
INFO = f"{STAMP} INFO school odoo.modules.loading: 33 modules loaded"
WARNING = f"{STAMP} WARNING school odoo.models: _sql_constraints is ignored"
ERROR = f"{STAMP} ERROR school odoo.http: Exception during request handling."
TRACEBACK = "Traceback (most recent call last):\n  File x, line 1\nKeyError: 'x'"


def faults(*entries: str) -> list[str]:
    return logscan.faults("\n".join(entries).splitlines())


def test_a_warning_in_the_log_is_found() -> None:
    assert faults(INFO, WARNING, INFO) == [WARNING]


@pytest.mark.parametrize("level", ["WARNING", "ERROR", "CRITICAL"])
def test_every_level_from_warning_up_is_a_fault(level: str) -> None:
    assert len(faults(INFO.replace("INFO", level))) == 1


def test_a_traceback_below_an_innocent_entry_is_found() -> None:
    assert faults(INFO, TRACEBACK) == ["Traceback (most recent call last):"]


def test_a_traceback_in_the_words_of_an_entry_is_found() -> None:
    assert len(faults(f"{INFO} {TRACEBACK}")) == 1


def test_an_error_and_its_traceback_are_one_fault() -> None:
    assert faults(ERROR, TRACEBACK, INFO) == [ERROR]


def test_a_log_without_faults_has_none() -> None:
    assert faults(INFO, "Running as user 'root' is a security risk.", INFO) == []


def test_an_allowed_entry_is_passed_over_with_its_traceback_and_no_other() -> None:
    found = logscan.faults([ERROR, *TRACEBACK.splitlines(), WARNING], {"request handling": "why"})
    assert found == [WARNING]


def test_a_query_is_a_fault_unless_it_met_another_one_at_once() -> None:
    query = f"{STAMP} ERROR school odoo.sql_db: bad query: b'UPDATE \"ntue_student\"'"
    at_once = "ERROR: could not serialize access due to concurrent update"
    null = 'ERROR: null value in column "name" violates not-null constraint'
    assert faults(query, at_once, INFO, query, null, INFO, at_once) == [query]
    assert faults(WARNING, query, at_once, TRACEBACK, ERROR, at_once) == [WARNING, ERROR]


def test_a_fault_is_told_with_the_test_it_fell_in() -> None:
    starting = f"{STAMP} INFO ? dev.tests: Starting tests/test_x.py::test_y ..."
    assert faults(starting, WARNING) == [f"{WARNING} [in tests/test_x.py::test_y]"]


def test_every_entry_that_is_allowed_has_its_reason() -> None:
    assert all(len(reason) > 20 for reason in logscan.ALLOWED.values())


def test_a_warning_of_ours_that_is_allowed_is_allowed_where_it_is_written() -> None:
    folder = Path(__file__).resolve().parents[2] / "addons" / "ntue_curriculum"
    module = next(folder.rglob("site_address.py")).relative_to(folder).with_suffix("")
    logger = ".".join(("odoo.addons.ntue_curriculum", *module.parts))
    entry = f"{STAMP} WARNING school {logger}: QR codes and mails lead to http://localhost:8069"
    assert faults(entry) == []


def test_all_logs_of_the_run_are_read(checkout: Checkout) -> None:
    log = workers.log(checkout, "e2e")
    log.write_text(f"{INFO}\n{WARNING}\n")
    assert testrun.read_logs(checkout).faults == [f"{log.name}: {WARNING}"]


def run_pytest(folder: Path, source: str) -> RunResult:
    (folder / "test_it.py").write_text(f"import pytest\n{source}")
    report = folder / "report.xml"
    command = [sys.executable, "-m", "pytest", "-q", f"--junitxml={report}", "--rootdir=."]
    alone = {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    subprocess.run([*command, "test_it.py"], cwd=folder, env=alone, check=False)
    return read_junit(report)


@pytest.mark.parametrize(
    "source",
    [
        "@pytest.mark.skip\ndef test_it(): pass",
        "def test_it(): pytest.skip('later')",
        "@pytest.mark.xfail\ndef test_it(): assert False",
        "pytest.importorskip('no_such_module')",
        "import unittest\nclass It(unittest.TestCase):\n"
        "    def test_it(self): raise unittest.SkipTest('later')",
    ],
)
def test_a_skipped_or_expected_failure_fails_the_run(tmp_path: Path, source: str) -> None:
    result = run_pytest(tmp_path, f"def test_good(): pass\n{source}")
    assert len(result.skipped) == 1
    assert testrun.report(result, [], 1) == 1


def test_a_run_of_passing_tests_passes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    result = run_pytest(tmp_path, "def test_good(): pass\ndef test_better(): pass")
    assert testrun.report(result, [("tests", "2", "passed", "1 s", "1 s")], 61) == 0
    assert capsys.readouterr().out.endswith("2 tests in 61 s\n2 passed, 0 failed, 0 skipped\n")


def test_a_failing_test_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    result = run_pytest(tmp_path, "def test_bad(): assert False")
    assert testrun.report(result, [], 1) == 1
    assert "failed: test_it::test_bad" in capsys.readouterr().out


def test_a_test_file_that_cannot_be_imported_fails_the_run(tmp_path: Path) -> None:
    assert testrun.report(run_pytest(tmp_path, "import no_such_module"), [], 1) == 1


def test_a_runner_without_tests_fails_the_run(tmp_path: Path) -> None:
    assert testrun.report(run_pytest(tmp_path, ""), [], 1) == 1
    assert testrun.report(read_odoo(INFO), [], 1) == 1


def test_a_pytest_that_wrote_no_report_fails_the_run(tmp_path: Path) -> None:
    assert read_junit(tmp_path / "none.xml").problems() == ["pytest wrote no none.xml"]


def test_odoos_own_runner_is_counted_with_its_skipped_and_failed_tests() -> None:
    where = "odoo.addons.ntue_curriculum.tests.test_x"
    log = f"""{STAMP} INFO school {where}: Starting TestX.test_good ...
{STAMP} INFO school {where}: Starting TestX.test_bad ...
{STAMP} ERROR school {where}: FAIL: TestX.test_bad
{STAMP} INFO school {where}: Starting TestX.test_later ...
{STAMP} INFO school {where}: skipped TestX.test_later : no browser
{STAMP} ERROR school {where}: ERROR: setUpClass (odoo.addons.x.TestY)
"""
    result = read_odoo(log)
    assert (result.tests, result.failed) == (3, 2)
    assert result.skipped == ["TestX.test_later"]
    assert result.faults == ["failed: TestX.test_bad", "failed: setUpClass"]
