"""The sample through the shell's commands, against expectations worked out by hand."""

import csv
import re

import pytest

from house import databases, odoo, sample_school, say, workers
from house.place import Place
from house.product import SAMPLES


@pytest.fixture(scope="module")
def sample():
    """The checkout, and the name of a database in which nobody has done anything."""
    place = Place.here()
    name = workers.database(place, "audit")
    databases.fresh(place, name, say.Detail())
    sample_school.add(place, name)
    yield place, name
    databases.drop(place, name)


def test_every_student_of_the_sample_is_audited_as_worked_out_by_hand(sample, tmp_path):
    place, name = sample
    file = tmp_path / "audit.csv"
    odoo.run(place, "Auditing", "ntue_audit", "-d", name, "-o", str(file))
    found = rows(file)
    expected = rows(place.root / "tests" / "oracle" / "ntue_expected.csv")
    assert len(expected) == 77
    assert found == expected


def rows(file):
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.reader(lines))


def test_the_sample_imported_again_changes_nothing(sample):
    place, name = sample
    folder = str(place.root / SAMPLES)
    said = odoo.run(place, "Importing again", "ntue_import", "-d", name, folder)
    written = re.findall(r"新增 (\d+) 筆、變更 (\d+) 筆", said)
    assert len(written) == 13
    assert set(written) == {("0", "0")}
