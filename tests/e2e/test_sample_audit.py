"""The audit from the shell against expectations worked out by hand from the sample's page."""

import csv


def test_every_student_of_the_sample_is_audited_as_worked_out_by_hand(school):
    oracle = school.place.root / "tests" / "oracle" / "ntue_expected.csv"
    with oracle.open(encoding="utf-8-sig", newline="") as file:
        expected = list(csv.reader(file))
    assert len(expected) == 77
    assert school.audit == expected
