"""What stands for a person without a picture, and which addresses students are led to."""

import doctest
import importlib.util
import sys
from pathlib import Path

import pytest

ADDON = Path(__file__).resolve().parents[2] / "addons" / "ntue_campus_login"


def load(name):
    """The module by its path: its package needs Odoo, it does not."""
    spec = importlib.util.spec_from_file_location(f"campus_{name}", ADDON / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", ["initials", "web_address"])
def test_the_examples_of_the_module_hold(name):
    found = doctest.testmod(load(name))
    assert found.attempted > 1
    assert found.failed == 0


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("王大明", "大明"),
        ("王　大明", "大明"),
        ("𠮷田明", "田明"),
        ("司徒明", "徒明"),
        ("李", "李"),
        ("WANG, TA-MING", "WM"),
        ("maria garcía-lópez", "ML"),
        ("O'Neil", "O"),
        (", -", ""),
        ("", ""),
    ],
)
def test_initials_are_two_characters_at_most(name, shown):
    assert load("initials").initials(name) == shown
