"""Spellings of an account's name: what people type without knowing, and what stays apart."""

import account_name
import pytest
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    "typed",
    [
        " 210941001",
        "210941001 ",
        "\u3000210941001\n",
        "２１０９４１００１",
        "2109 41001",
        "\u200b210941001\ufeff",
        "\u202d210941001\u202c",
    ],
)
def test_a_number_is_the_same_with_blanks_and_with_full_width_digits(typed):
    assert account_name.key(typed) == "210941001"


@pytest.mark.parametrize(
    ("typed", "same"),
    [("TA.SRD", "ta.srd"), ("Ａbc＠School.Example", "abc@school.example"), ("É", "é")],
)
def test_a_letter_is_the_same_large_and_small(typed, same):
    assert account_name.key(typed) == account_name.key(same)


@pytest.mark.parametrize("typed", ["", " ", "\u3000", "\x00", "1" * 255])
def test_what_is_no_name_is_none(typed):
    assert account_name.key(typed) == ""


@pytest.mark.parametrize("other", ["210941002", "21094100", "2109410011", "a210941001"])
def test_another_number_is_another_account(other):
    assert account_name.key(other) != account_name.key("210941001")


@given(st.text(max_size=60))
def test_the_name_of_a_name_is_that_name(text):
    assert account_name.key(account_name.key(text)) == account_name.key(text)
