"""The published format does what it is for: a school's own tools check its files with it."""

import shutil
from pathlib import Path

import pytest
from frictionless import Package

ROOT = Path(__file__).resolve().parents[2]
KEPT = ROOT / "data/templates/datapackage.json"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The sample's files beside the description of their format; what it lacks is empty."""
    for of in ("data/templates", "data/samples/ntue"):
        for file in (ROOT / of).glob("*.csv"):
            shutil.copy(file, tmp_path)
    shutil.copy(KEPT, tmp_path)
    return tmp_path


def found(folder: Path) -> list[tuple[str, int | None, str]]:
    """What the library finds wrong, as file, row and column."""
    report = Package(str(folder / "datapackage.json")).validate()
    return [
        (
            task.name,
            getattr(error, "row_number", None),
            getattr(error, "field_name", "") or error.type,
        )
        for task in report.tasks
        for error in task.errors
    ]


def test_the_description_is_a_data_package() -> None:
    assert Package.validate_descriptor(str(KEPT)).valid


def test_the_samples_files_are_as_described(folder: Path) -> None:
    assert found(folder) == []


@pytest.mark.parametrize(
    ("name", "old", "new", "column"),
    [
        ("enrollments", ",82,是,", ",101,是,", "成績"),
        ("enrollments", ",82,是,", ",82,對,", "成績鎖定"),
        ("terms", "981,2009-08-01", "984,2009-08-01", "學年期"),
        ("terms", "981,2009-08-01", "981,2009/8", "開始日"),
        ("students", "劉大同", "", "姓名"),
        ("programs", ",進修,", ",進修部,", "學制"),
    ],
)
def test_a_cell_that_the_import_refuses_is_found_before(
    folder: Path, name: str, old: str, new: str, column: str
) -> None:
    file = folder / f"{name}.csv"
    text = file.read_text(encoding="utf-8-sig")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    assert (name, column) in {(where, what) for where, _row, what in found(folder)}
