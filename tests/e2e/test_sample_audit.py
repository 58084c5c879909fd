"""The sample through the shell's commands, against expectations worked out by hand."""

import csv
import re


def test_every_student_of_the_sample_is_audited_as_worked_out_by_hand(school):
    oracle = school.place.root / "tests" / "oracle" / "ntue_expected.csv"
    with oracle.open(encoding="utf-8-sig", newline="") as file:
        expected = list(csv.reader(file))
    assert len(expected) == 77
    assert school.audit == expected


def test_the_sample_imported_again_changes_nothing(school):
    written = re.findall(r"新增 (\d+) 筆、變更 (\d+) 筆", school.imported_again)
    assert len(written) == 13
    assert set(written) == {("0", "0")}
