"""ID numbers and campus mailboxes, drawn by hypothesis: what is taken for one, and what is not."""

import importlib.util
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

ADDON = Path(__file__).resolve().parents[2] / "addons" / "ntue_campus_login"


def load(name):
    """A module of the addon by its path: its package needs Odoo, it does not."""
    spec = importlib.util.spec_from_file_location(f"ntue_{name}", ADDON / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


ids, mailboxes, digests = load("national_id"), load("campus_mailbox"), load("id_digest")
Kind = ids.Kind
TODAY, LAST, AFTER = date(2026, 11, 28), date(2030, 12, 31), date(2031, 1, 1)
SECOND = {Kind.NATIONAL: "12", Kind.RESIDENT: "89", Kind.OLD_RESIDENT: "ABCD"}
KEY, OTHER_KEY = b"a key of the tests", b"another key of the tests"

stems = st.sampled_from(Kind).flatmap(
    lambda kind: st.tuples(
        st.just(kind),
        st.builds(
            lambda letter, second, digits: f"{letter}{second}{digits:07d}",
            st.sampled_from(sorted(ids.LETTERS)),
            st.sampled_from(SECOND[kind]),
            st.integers(0, 9_999_999),
        ),
    )
)


@given(stems)
def test_of_ten_last_digits_one_is_right(drawn):
    kind, stem = drawn
    right = [digit for digit in "0123456789" if ids.kind_of(stem + digit) is kind]
    assert right == [ids.check_digit(stem)]


@given(stems, st.sampled_from((TODAY, LAST, AFTER)))
def test_an_old_residence_permit_is_accepted_until_the_end_of_2030(drawn, today):
    kind, stem = drawn
    number = stem + ids.check_digit(stem)
    assert ids.is_accepted(number, today) is (kind is not Kind.OLD_RESIDENT or today < AFTER)


@given(stems)
def test_width_case_and_blanks_are_put_right(drawn):
    _kind, stem = drawn
    number = stem + ids.check_digit(stem)
    wide = "".join(chr(ord(mark) + 0xFEE0) for mark in number)
    for typed in (wide, number.lower(), f" {number[:1]} {number[1:]}\u3000\u200b\n"):
        assert ids.normalise(typed) == number
    assert ids.normalise(ids.normalise(number)) == number


@given(stems, st.data())
def test_two_neighbours_that_change_places_are_noticed(drawn, data):
    """The slip of the hand that weights of neighbours, which differ by one, are made for."""
    _kind, stem = drawn
    number = stem + ids.check_digit(stem)
    place = data.draw(st.integers(2, 7))
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    assert (ids.kind_of(swapped) is None) is (swapped != number)


@given(st.text(max_size=80))
def test_any_text_at_all_is_answered(text):
    number = ids.normalise(text)
    assert len(number) <= 80 * 18  # NFKC makes much of a few marks, and nothing falls over
    assert ids.is_accepted(number, TODAY) in (True, False)


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        # Weights by hand: A is 1 and 0; 1·1 + 0·9 + 2·8 + 3·7 = 38, so the check digit is 2.
        ("A230000002", Kind.NATIONAL),
        # 8·8 + 1·1 = 65, with the letter's 1 makes 66: 4.
        ("A800000014", Kind.RESIDENT),
        # C is 12, of which 2 counts: 2·8 = 16, with the letter's 1 makes 17: 3.
        ("AC00000003", Kind.OLD_RESIDENT),
        ("A230000003", None),
        ("A300000000", None),
        ("AE00000000", None),
        ("A23000000", None),
        ("A2300000022", None),
        ("1230000002", None),
        ("A23000000２", None),
        ("", None),
    ],
)
def test_numbers_reckoned_by_hand(number, kind):
    assert ids.kind_of(number) is kind


def test_what_is_no_beginning_of_a_number_has_no_check_digit():
    for stem in ("A3000000", "A30000000", "", "AA0000000\n"):
        with pytest.raises(ValueError, match="beginning"):
            ids.check_digit(stem)


@pytest.mark.parametrize(
    ("address", "setting", "number"),
    [
        ("a211300001@grad.ntue.edu.tw", mailboxes.PATTERN, "211300001"),
        ("s110300001@stu.example.edu.tw", "a#@grad.example.edu.tw, s#@stu.example.edu.tw", None),
        ("b211300001@grad.ntue.edu.tw", mailboxes.PATTERN, ""),
        ("a211300001@grad.ntue.edu.tw.evil.example", mailboxes.PATTERN, ""),
        ("a211300001@gradxntue.edu.tw", mailboxes.PATTERN, ""),
        ("a@grad.ntue.edu.tw", mailboxes.PATTERN, ""),
        ("a1,b@evil.example,2@grad.ntue.edu.tw", mailboxes.PATTERN, ""),
        ("a1%@grad.ntue.edu.tw", mailboxes.PATTERN, ""),
        ("a1_@grad.ntue.edu.tw", mailboxes.PATTERN, ""),
        ("a211300001@grad.ntue.edu.tw", "no pattern # at all", ""),
    ],
)
def test_the_student_number_stands_in_the_mailbox(address, setting, number):
    wanted = "110300001" if number is None else number
    assert mailboxes.student_number(mailboxes.normalise(address), setting) == wanted


@given(st.from_regex(r"\A[a-z0-9][a-z0-9-]{0,20}\Z"))
def test_the_example_of_a_number_is_read_back_as_that_number(number):
    setting = "none, a#@grad.example.edu.tw"
    assert mailboxes.student_number(mailboxes.example(setting, number), setting) == number


@given(st.text(max_size=300), st.text(max_size=60))
def test_any_mailbox_and_any_setting_is_answered(address, setting):
    found = mailboxes.student_number(mailboxes.normalise(address), setting)
    assert found == found.lower()


def test_a_typed_mailbox_is_put_right():
    assert mailboxes.normalise(" Ａ２１１３@Grad.NTUE.edu.tw\n") == "a2113@grad.ntue.edu.tw"


@pytest.mark.parametrize("text", ["a@b.tw", "a#b", "a##@b.tw", "a#@b", "a#@", "A#@b.tw", "a #@b.c"])
def test_what_has_no_place_for_the_number_or_is_no_address_is_no_pattern(text):
    assert not mailboxes.is_pattern(text)


def test_a_hash_tells_key_student_and_step_apart():
    first = digests.typed("A230000002", KEY)
    kept = digests.kept(7, first, KEY)
    others = {
        digests.typed("A230000002", OTHER_KEY),
        digests.typed("A800000014", KEY),
        digests.kept(8, first, KEY),
        digests.kept(7, first, OTHER_KEY),
        first,
    }
    assert len(others | {kept}) == 6
    assert digests.same(kept, digests.kept(7, digests.typed("A230000002", KEY), KEY))
    assert "230000002" not in kept + first
