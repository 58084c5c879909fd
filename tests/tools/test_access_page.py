"""The page of who may do what says what the tests' tables say."""

from pathlib import Path

import pytest

from dev import access_page
from dev.checkout import Checkout

HERE = Checkout(Path(__file__).resolve().parents[2], Path("nowhere"), {})


def test_the_page_is_what_the_tables_of_the_tests_are_now() -> None:
    kept = (HERE.root / access_page.PAGE).read_text(encoding="utf-8")
    assert kept == access_page.page(HERE), "The tables have changed: `make access` draws the page."


def test_a_table_of_a_test_becomes_rows_with_a_cell_for_each_role() -> None:
    table = """
          | student assistant
    draft | rw      -
    slip  | r       rx
    """
    assert access_page.markdown(table).splitlines() == [
        "|  | student | assistant |",
        "| --- | --- | --- |",
        "| draft | rw | - |",
        "| slip | r | rx |",
    ]


def test_a_table_that_is_gone_is_named(tmp_path: Path) -> None:
    file = tmp_path / "test_x.py"
    file.write_text("OTHER = 'a'")
    with pytest.raises(KeyError, match="has no text TABLE"):
        access_page.text_of(file, "TABLE")
