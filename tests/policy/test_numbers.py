"""Every numbered item of the notice is proved by a test here, looked at by an eye, or open."""

import re
from collections import Counter
from pathlib import Path

HERE = Path(__file__).parent
EVERY = {
    *(f"{number:03d}" for number in range(1, 195)),
    *(f"I{number}" for number in range(1, 21)),
    *(f"D{number}" for number in range(1, 51)),
}
TESTED = re.compile(r"def test_((?:(?:\d{3}|[DI]\d+)_)+)")
LISTED = re.compile(r"^- (\d{3}|[DI]\d+): (eye|open): (\S.*)$", re.MULTILINE)


def proved():
    """The numbers that a test's name begins with."""
    sources = (file.read_text(encoding="utf-8") for file in sorted(HERE.glob("test_*.py")))
    names = (name for source in sources for name in TESTED.findall(source))
    return {number for name in names for number in name.strip("_").split("_")}


def listed():
    """Number, `eye` or `open`, and the reason, as README.md has them."""
    return LISTED.findall((HERE / "README.md").read_text(encoding="utf-8"))


def test_every_number_is_tested_or_listed_with_its_reason():
    missing = EVERY - proved() - {number for number, _kind, _why in listed()}
    assert sorted(missing) == []


def test_no_number_is_listed_twice_or_both_tested_and_open():
    numbers = Counter(number for number, _kind, _why in listed())
    assert [number for number, times in numbers.items() if times > 1] == []
    open_ones = {number for number, kind, _why in listed() if kind == "open"}
    assert sorted(open_ones & proved()) == []


def test_every_number_that_is_used_exists():
    used = proved() | {number for number, _kind, _why in listed()}
    assert sorted(used - EVERY) == []
