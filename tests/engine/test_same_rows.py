"""Which record a row is about, where nothing tells several of them apart (F6)."""

import pytest
from drawn_files import importer
from hypothesis import given
from hypothesis import strategies as st

same_rows = importer("same_rows")

pieces = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), max_size=5)


@given(pieces, st.randoms())
def test_what_is_given_back_in_any_order_is_about_what_says_the_same(records, chance):
    rows = chance.sample(records, len(records))
    places = same_rows.pieces_of(rows, records)
    assert sorted(places) == list(range(len(records)))
    assert [records[place] for place in places] == rows


@given(pieces, pieces)
def test_no_record_is_that_of_two_rows(rows, records):
    places = [place for place in same_rows.pieces_of(rows, records) if place is not None]
    assert len(places) == len(set(places))
    assert len(places) == len(records) or len(rows) < len(records)


@pytest.mark.parametrize(
    ("rows", "records", "found"),
    [
        ([(5, "open")], [(7, "open")], [0]),
        ([(5, "open")], [(5, "accepted")], [0]),
        ([(6, "open")], [(5, "open"), (7, "open")], [None]),
        ([(7, "open")], [(5, "open"), (7, "accepted")], [1]),
        ([(6, "open"), (7, "open")], [(7, "accepted"), (5, "open")], [1, 0]),
        ([(5, "open"), (5, "open")], [(5, "open")], [0, None]),
        ([], [(5, "open")], []),
        ([(5, "open")], [], [None]),
    ],
)
def test_a_row_takes_what_is_nearest_and_is_new_where_the_list_is_not_whole(rows, records, found):
    assert same_rows.pieces_of(rows, records) == found
