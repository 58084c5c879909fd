"""Whatever is uploaded, the importer's readers answer with findings and never with a traceback."""

from unittest.mock import patch

from drawn_files import files, importer, read
from hypothesis import given
from hypothesis import strategies as st

PIECE = 64
"""Bytes that are decoded in one go, here; a file's megabyte would take longer and show no more."""


@given(files)
def test_any_file_leads_to_findings_that_can_be_said(file):
    name, data = file
    for problem in read(name, data):
        assert problem.severity in ("error", "warning", "note")
        assert str(problem.message)
        assert problem.row is None or problem.row > 0


@given(st.text(max_size=20), st.integers(0, 3), st.sampled_from(["utf-8", "cp950"]))
def test_a_character_that_lies_across_two_pieces_is_read_whole(text, before, encoding):
    line = "學號\n" + "x" * (PIECE - 8 - before) + "\n" + text
    data = line.encode(encoding, "replace")
    with patch.object(importer("csv_files"), "_CHUNK", PIECE):
        assert importer("csv_files")._fault(data, encoding) is None
