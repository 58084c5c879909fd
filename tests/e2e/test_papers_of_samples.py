"""Papers of every student of the sample: what is stored is what a reader copies from them."""

import csv
import subprocess
from functools import cache
from pathlib import Path

import pytest

from .shell import run

SAMPLE = Path(__file__).parents[2] / "data" / "samples" / "ntue"
NUMBERS = [
    row["學號"]
    for row in csv.DictReader((SAMPLE / "students.csv").read_text("utf-8-sig").splitlines())
]


@cache
def copied(file):
    """The text of a PDF as it is copied, in the order in which it was written; blanks left out."""
    command = ["pdftotext", "-raw", str(file), "-"]
    text = subprocess.run(command, capture_output=True, check=True, text=True).stdout
    return "".join(text.split())


@pytest.fixture(scope="module")
def papers(school, tmp_path_factory):
    """The folder with the papers, and for each of them the texts that are in it."""
    folder = tmp_path_factory.mktemp("papers")
    return folder, run(school, "papers_of_samples", FOLDER=folder, NUMBERS=" ".join(NUMBERS))


def test_every_sample_student_has_a_sheet_and_some_have_a_slip(papers):
    _folder, expected = papers
    assert {f"{number}-sheet.pdf" for number in NUMBERS} <= set(expected)
    assert any(name.endswith("-slip.pdf") for name in expected)


def test_names_courses_and_areas_are_copied_as_they_are_stored(papers):
    folder, expected = papers
    lost = {
        name: missing
        for name, texts in expected.items()
        if (missing := [one for one in texts if "".join(one.split()) not in copied(folder / name)])
    }
    assert lost == {}


def test_no_paper_is_written_in_characters_that_nobody_types(papers):
    folder, expected = papers
    radicals = {
        mark for name in expected for mark in copied(folder / name) if 0x2E80 <= ord(mark) <= 0x2FDF
    }
    assert radicals == set()
