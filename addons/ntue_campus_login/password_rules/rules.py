"""What a new password has to be (D45). Pure: knows no account but by what it is handed.

The page shows the same rules while one types (``static/src/interactions/new_password.js``);
this decides.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from enum import Enum

from . import common

SHORTEST, LONGEST = 8, 128
CLASSES = 3
"""Of the four: small letters, capital letters, digits, everything else."""

RUN = 4
"""Digits in a row that a password may not have in common with the account or the ID number."""

TAIL = 5
"""Characters at the end of an ID number of which first passwords are made (60)."""

DIGITS = "0123456789"

FEWEST = 5
"""Different characters, below which a password is as easily guessed as a common one."""

FIRST_ENDING = "@Ntue"
"""What follows the end of the ID number in a first password (60, 61)."""

_FIRST = re.compile(rf"[a-z0-9]{{{TAIL}}}{re.escape(FIRST_ENDING.casefold())}")
_ID_NUMBER = re.compile(r"[a-z][a-d1289][0-9]{8}")
_PLAIN = str.maketrans("013457@$!|", "oleastasii")


class Rule(Enum):
    """A rule by the name that pages, scripts and tests call it."""

    LENGTH = "length"
    CLASSES = "classes"
    MARKS = "marks"
    ACCOUNT = "account"
    ID_NUMBER = "id_number"
    COMMON = "common"
    FIRST = "first"
    RECENT = "recent"


def never(_text: str) -> bool:
    """The answer for anyone who cannot tell."""
    return False


def broken(
    password: str,
    *,
    account: str,
    national_id_digits: str = "",
    recent: Callable[[str], bool] = never,
    ends_id: Callable[[str], bool] = never,
) -> list[Rule]:
    """The rules that ``password`` breaks, in the order in which a page shows them.

    ``recent`` says whether it is one of the last passwords, and is asked only when nothing else
    is wrong, because that takes a while. ``ends_id`` says whether a text of five characters
    is the end of the owner's ID number, for anyone who knows it by a mark only.
    """
    found = [rule for rule, is_broken in _CHECKS.items() if is_broken(password)]
    if _is_of(account, password):
        found.append(Rule.ACCOUNT)
    if _has_id(password, national_id_digits, ends_id):
        found.append(Rule.ID_NUMBER)
    if not found and recent(password):
        found.append(Rule.RECENT)
    return sorted(found, key=list(Rule).index)


def _is_too_short_or_long(password: str) -> bool:
    return not SHORTEST <= len(password) <= LONGEST


def _is_of_few_classes(password: str) -> bool:
    kinds = {
        "a" if "a" <= mark <= "z" else "A" if "A" <= mark <= "Z" else "0" if mark in DIGITS else "*"
        for mark in password
    }
    return len(kinds) < CLASSES


def _has_odd_marks(password: str) -> bool:
    """Marks that nobody sees or types twice, and blanks at an end, which forms cut off."""
    if password != password.strip():
        return True
    return any(unicodedata.category(mark)[0] in "CZ" and mark != " " for mark in password)


def is_common(password: str) -> bool:
    """Whether many people have it, or it is a word of theirs with digits and marks around it."""
    text = password.casefold()
    if text in common.WHOLE or len(set(text)) < FEWEST:
        return True
    word = re.sub(r"^[^a-z]+|[^a-z]+$", "", text)
    words = {word, word.translate(_PLAIN), text.translate(_PLAIN)}
    return bool(words & common.WORDS)


def is_like_a_first_password(password: str) -> bool:
    """Whether it is made as first passwords are, no matter whose (D44)."""
    return bool(_FIRST.fullmatch(password.casefold()))


_CHECKS: dict[Rule, Callable[[str], bool]] = {
    Rule.LENGTH: _is_too_short_or_long,
    Rule.CLASSES: _is_of_few_classes,
    Rule.MARKS: _has_odd_marks,
    Rule.COMMON: is_common,
    Rule.FIRST: is_like_a_first_password,
}


def _is_of(account: str, password: str) -> bool:
    name, text = account.strip().casefold(), password.casefold()
    return bool(name) and (name in text or _share_digits(name, text))


def _share_digits(known: str, text: str) -> bool:
    return any(run in text for digits in re.findall(r"\d+", known) for run in _runs(digits, RUN))


def _runs(text: str, length: int) -> Iterable[str]:
    return (text[start : start + length] for start in range(len(text) - length + 1))


def _has_id(password: str, national_id_digits: str, ends_id: Callable[[str], bool]) -> bool:
    text = password.casefold()
    if _ID_NUMBER.search(text) or _share_digits(national_id_digits, text):
        return True
    return any(run.isalnum() and ends_id(run.upper()) for run in _runs(text, TAIL))
