"""Addresses and numbers in the form that is kept, whichever way is taken to it."""

import unicodedata

import addresses
import pytest
from hypothesis import given
from hypothesis import strategies as st

PLAIN = st.text("abcXYZ019._+-", max_size=8)
DOMAINS = st.text("abcxn019.-", max_size=12)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("ta.ming+1@example.com", "ta.ming+1@example.com"),
        (" Ta.Ming@Example.COM ", "Ta.Ming@example.com"),
        ("ming@台灣.example.com", "ming@xn--kpry57d.example.com"),
        ("Ming <ming@example.com>", "Ming <ming@example.com>"),
        ("nobody", "nobody"),
    ],
)
def test_an_address_is_kept_with_its_domain_in_small_letters(typed, kept):
    assert addresses.email(typed) == kept


@given(PLAIN, DOMAINS)
def test_what_is_kept_as_it_is_has_no_other_form(local, domain):
    text = f"{local}@{domain}"
    kept = addresses.email(text)
    try:
        assert kept == addresses._checked(text).ascii_email
    except addresses.EmailNotValidError:
        assert kept == text


@given(st.text(st.characters(max_codepoint=0x17F), max_size=20))
def test_a_plain_text_is_seen_as_any_other(text):
    marks = unicodedata.normalize("NFKC", text)
    marks = "".join(" " if mark in "\t\n\r" else mark for mark in marks)
    shown = [mark for mark in marks if unicodedata.category(mark) not in ("Cc", "Cf", "Cs", "Cn")]
    assert addresses.visible(text) == " ".join("".join(shown).split())
