"""Rows by the hundred thousand stay what they were: packed, read many at a time, or sorted out."""

import csv
import io
from decimal import Decimal
from itertools import groupby
from unittest.mock import patch

from drawn_files import importer
from hypothesis import given
from hypothesis import strategies as st

row_store, reading, grouping = map(importer, ("row_store", "rows", "grouping"))
csv_files, cells = map(importer, ("csv_files", "cells"))
ENROLLMENTS = importer("student_files").ENROLLMENTS
Source, Report = importer("sources").Source, importer("problems").Report

HEADER = ("學號", "學年期", "開課號", "科目代碼", "科目名稱", "學分", "開課系所代碼", "成績")
WORDS = ("", " ", "1141", "0101", "EDU", "王", "3", "3.0", "2.25", "88", "101", "a\u200b", "x,y")

texts = st.one_of(st.sampled_from(WORDS), st.text(st.characters(codec="utf-8"), max_size=4))
lines = st.lists(st.lists(texts, min_size=6, max_size=9), max_size=40)
many_lines = st.one_of(
    lines,
    st.lists(
        st.tuples(
            st.sampled_from(["A1", "A2", "A3"]),
            st.sampled_from(["1131", "1132", "1141"]),
            st.sampled_from(["0101", "0102", ""]),
            st.sampled_from(["C1", "C2", "c1"]),
            st.sampled_from(["名", "稱"]),
            st.sampled_from(["2", "3", "3.0", "2.3"]),
            st.sampled_from(["EDU", "", "MATH"]),
            st.sampled_from(["", "60", "99.5", "抵"]),
        ).map(list),
        max_size=80,
    ),
)


def as_csv(rows):
    stream = io.StringIO(newline="")
    csv.writer(stream, lineterminator="\n").writerows([HEADER, *rows])
    return stream.getvalue().replace("\x00", "").encode()


def table_of(data, *, few=16, block=4096):
    """The table of a file, and what was said of it."""
    report = Report()
    with patch.multiple(reading, _FEW=few, BLOCK=block), patch.object(row_store, "BLOCK", block):
        table = reading.read_table(ENROLLMENTS, Source("enrollments.csv"), data, report)
    return table, [(one.severity, one.row, one.column, str(one.message)) for one in report.problems]


def all_of(table):
    return [repr(row) for row in table.rows], table.bad, table.whole, table.present


@given(many_lines)
def test_rows_read_many_at_a_time_are_those_that_are_read_one_by_one(rows):
    data = as_csv(rows)
    one_by_one, said = table_of(data, few=10**6)
    for few, block in ((1, 4096), (1, 3), (2, 7)):
        many, said_of_many = table_of(data, few=few, block=block)
        assert all_of(many) == all_of(one_by_one)
        assert said_of_many == said


@given(st.lists(st.lists(texts, max_size=4), max_size=30), st.sampled_from(["\n", "\r\n", "\r"]))
def test_a_file_without_quotation_marks_is_read_as_one_with_them(rows, end):
    rows = [[cell.strip('\r\n"\x00').replace(",", "") for cell in row] for row in rows]
    text = end.join(",".join("".join(cell.splitlines()) for cell in row) for row in rows)
    plain = text.replace('"', "")
    quoted = f'{plain}{end}"a mark"'

    def read(what):
        pieces = csv_files.pieces(what.encode(), lambda *_said: None)
        return [row for piece in pieces for row in piece.rows]

    assert read(quoted)[: len(read(plain))] == read(plain)


@given(st.lists(st.tuples(st.integers(0, 3), st.sampled_from([1, Decimal("1.0"), "1", None]))))
def test_what_is_packed_comes_back_as_it_was_written(values):
    row_type = ENROLLMENTS.row_type
    blank = dict.fromkeys(row_type._fields)
    made = [
        row_type(**{**blank, "number": number, "student": f"S{who}", "score": score})
        for number, (who, score) in enumerate(values, 2)
    ]
    with patch.object(row_store, "BLOCK", 5), patch.object(row_store, "IN_MEMORY", 64):
        rows = row_store.Rows(row_type)
        for row in made:
            rows.append(row)
        assert list(map(repr, rows)) == list(map(repr, made))
        assert rows.distinct("student") == {row.student for row in made}
        rows.rewrite(lambda row: row if row.student != "S0" else None, bool)
        left = [row for row in made if row.student != "S0"]
        assert (list(rows), len(rows)) == (left, len(left))


@given(many_lines, st.integers(1, 3), st.integers(1, 9))
def test_rows_of_a_student_come_together_in_the_order_of_the_file(rows, at_once, loose):
    table, _said = table_of(as_csv(rows), few=1, block=4)
    with patch.object(grouping, "LOOSE", loose):
        parts = list(grouping.by_student(table, at_once))
    sound = list(table.sound_rows)
    students = list(dict.fromkeys(row.student for row in sound))
    assert [row.student for part in parts for row in part if part] == [
        one for one in students for row in sound if row.student == one
    ]
    for part in parts:
        runs = [one for one, _rows in groupby(part, lambda row: row.student)]
        assert len(runs) == len(set(runs)) <= at_once
    mine = [row for part in parts for row in part]
    assert mine == sorted(sound, key=lambda row: (students.index(row.student), row.number))


@given(many_lines, st.integers(2, 20))
def test_keys_that_come_twice_are_found_in_shares_as_in_one_go(rows, at_once):
    data = as_csv(rows)
    with patch.object(reading, "AT_ONCE", at_once):
        in_shares = table_of(data)[1]
    assert in_shares == table_of(data)[1]
