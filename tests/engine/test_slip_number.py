"""What a scanner reads off a slip, and what a person types off it."""

import importlib.util
import sys
from pathlib import Path

import pytest

FILE = Path(__file__).resolve().parents[2] / "addons" / "ntue_graduation" / "slip_number.py"


def load():
    """The module by its path: its package needs Odoo, it does not."""
    spec = importlib.util.spec_from_file_location("ntue_slip_number", FILE)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


slip_number = load()


@pytest.mark.parametrize(
    ("text", "application", "submission"),
    [
        ("1141-210941001", "1141-210941001", 0),
        (" 981-209841009\t", "981-209841009", 0),
        ("1141-210941001-2", "1141-210941001", 2),
        ("王大明 1141-210941001-2", "1141-210941001", 2),
        ("https://school.example.com/graduation/slip/1141-210941001-1", "1141-210941001", 1),
        ("http://127.0.0.1:8069/graduation/slip/1141-210941001-12/", "1141-210941001", 12),
    ],
)
def test_163_the_number_at_the_end_names_application_and_submission(text, application, submission):
    assert slip_number.parse(text) == (application, submission)


@pytest.mark.parametrize("student", ["21-09", "21_09", "21.09", "21/09", "A.21-09/B_1"])
@pytest.mark.parametrize("before", ["", "https://school.example.com/graduation/slip/"])
def test_F25_a_students_number_may_have_every_mark_of_codes(student, before):
    assert slip_number.parse(f"{before}1141-{student}-2") == (f"1141-{student}", 2)


def test_what_an_address_writes_in_another_way_is_read_as_it_is():
    address = "https://school.example.com/graduation/slip/1141-21%2F09-1"
    assert slip_number.written(address) == "1141-21/09-1"


@pytest.mark.parametrize(
    "text", ["", "210941001", "1141", "1141-", "11411-210941001", "a1141-2 x", "1141-2;1"]
)
def test_163_what_is_no_number_of_a_slip_is_none(text):
    assert slip_number.parse(text) is None
