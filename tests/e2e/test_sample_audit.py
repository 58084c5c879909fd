"""The sample through the shell's commands, against expectations worked out by hand."""

import csv
import re

import pytest

from dev import console, databases, odoo, sample_school, workers
from dev.checkout import Checkout
from dev.product import SAMPLES


@pytest.fixture(scope="module")
def sample():
    """The checkout, and the name of a database in which nobody has done anything."""
    checkout = Checkout.here()
    name = workers.database(checkout, "audit")
    databases.fresh(checkout, name, console.ProgressLine())
    sample_school.add(checkout, name)
    yield checkout, name
    databases.drop(checkout, name)


def test_every_student_of_the_sample_is_audited_as_worked_out_by_hand(sample, tmp_path):
    checkout, name = sample
    file = tmp_path / "audit.csv"
    odoo.run(checkout, "Auditing", "ntue_audit", "-d", name, "-o", str(file))
    found = rows(file)
    expected = rows(checkout.root / "tests" / "oracle" / "ntue_expected.csv")
    assert len(expected) == 77
    assert found == expected


def rows(file):
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.reader(lines))


def test_the_sample_imported_again_changes_nothing(sample):
    checkout, name = sample
    folder = str(checkout.root / SAMPLES)
    said = odoo.run(checkout, "Importing again", "ntue_import", "-d", name, folder)
    written = re.findall(r"新增 (\d+) 筆、變更 (\d+) 筆", said)
    assert len(written) == 13
    assert set(written) == {("0", "0")}
