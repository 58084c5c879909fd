"""The rules for a password, without a database: one thing is changed of a good one at a time."""

import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

ADDON = Path(__file__).resolve().parents[2] / "addons" / "ntue_campus_login"
if str(ADDON) not in sys.path:
    sys.path.insert(0, str(ADDON))

from password_rules import LONGEST, Rule, broken, is_common  # noqa: E402  # found by its path

GOOD = "Kestrel-on-7-roofs"
ACCOUNT = "210941001"


def rules(password, **known):
    return broken(password, **{"account": ACCOUNT, **known})


def test_a_good_password_breaks_no_rule():
    assert rules(GOOD) == []
    assert rules("紅嘴黑鵯 on 7 roofs") == []


@pytest.mark.parametrize(
    ("password", "rule"),
    [
        ("Ab-7xyz", Rule.LENGTH),
        ("Kestrel-7" * 15, Rule.LENGTH),
        ("kestrel-on-roofs", Rule.CLASSES),
        ("KESTREL77", Rule.CLASSES),
        (" Kestrel-on-7", Rule.MARKS),
        ("Kestrel-on-7 ", Rule.MARKS),
        ("Kestrel\u200b-on-7", Rule.MARKS),
        ("Kestrel\t-on-7", Rule.MARKS),
        ("Kestrel\0-on-7", Rule.MARKS),
        ("Kestrel-210941001", Rule.ACCOUNT),
        ("Kestrel-0941", Rule.ACCOUNT),
        ("Passw0rd!2026", Rule.COMMON),
        ("1qaz@WSX", Rule.COMMON),
        ("Ji32k7au4a83", Rule.COMMON),
        ("NTUE2026!", Rule.COMMON),
        ("Aa1-Aa1-Aa1-", Rule.COMMON),
        ("3A445@nTUE", Rule.FIRST),
        ("Kestrel-F298765430", Rule.ID_NUMBER),
    ],
)
def test_each_rule_is_broken_by_its_own_slip_and_by_nothing_else(password, rule):
    assert rules(password) == [rule]


def test_no_password_is_made_as_first_passwords_are_no_matter_who_it_is_of():
    assert rules("33445@Ntue") == [Rule.COMMON, Rule.FIRST]
    assert Rule.FIRST not in rules("334455@Ntue")


def test_three_of_the_four_classes_are_enough_whichever():
    for password in ("kestrel-on-7", "KESTREL-ON-7", "Kestrelon7", "Kestrel-on-roofs"):
        assert rules(password) == []


def test_an_account_that_is_a_name_may_not_stand_in_it_either():
    assert rules("Chen.Hsiao-7", account="chen.hsiao") == [Rule.ACCOUNT]
    assert rules(GOOD, account="") == []


def test_digits_of_the_id_number_may_not_stand_in_it():
    assert rules("Kestrel-8765", national_id_digits="298765430") == [Rule.ID_NUMBER]
    assert rules("Kestrel-8764", national_id_digits="298765430") == []


def test_the_end_of_the_id_number_is_found_by_somebody_who_knows_its_mark_only():
    assert rules("Kestrel-65430", ends_id={"65430"}.__contains__) == [Rule.ID_NUMBER]
    assert rules("Kestrel-65431", ends_id={"65430"}.__contains__) == []


def test_one_of_the_last_passwords_is_refused_and_asked_about_only_when_all_else_is_right():
    assert rules(GOOD, recent={GOOD}.__contains__) == [Rule.RECENT]
    asked = []
    rules("short", recent=lambda password: asked.append(password) or True)
    assert asked == []


@given(st.text(max_size=2 * LONGEST))
def test_whatever_is_typed_gets_an_answer_in_the_order_of_the_page(password):
    found = rules(password)
    assert found == [rule for rule in Rule if rule in found]


@given(st.sampled_from(["password", "qwerty", "taipei"]), st.integers(0, 99999))
def test_a_common_word_stays_common_with_digits_and_marks_around_it(word, number):
    assert is_common(f"{word.capitalize()}{number}!")
    assert is_common(f"!{number}{word.upper()}")
