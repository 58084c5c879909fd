"""One English word for one thing, in every text of the product (docs/glossary.md)."""

import re
from pathlib import Path

import polib
import pytest

ROOT = Path(__file__).parents[2]
GLOSSARY = ROOT / "docs" / "glossary.md"
HEADING = "## One English word for one thing"

OF_ODOO = re.compile(
    r"model:ir\.model,name:\S+\.model_mail_"
    r"|field_description:\S+__(?:my_)?activity_date_deadline"
)
"""Names that Odoo gives to what is its own."""

OTHERWISE = {
    "login": {
        "%(name)s, by the session of %(login)s": "a place in a sentence",
        "Login": "what Odoo calls the account's name",
    },
}
"""Texts that have a word of the last column and mean something else by it, and what."""

QUOTED = re.compile(r"“[^”]*”|<[^>]+>|%\(\w+\)s|\{\{.*?\}\}|object\.[\w.]+")
"""Names of files and fields, and what is no word."""


def banned():
    """Each word of the last column, with the word that is said instead."""
    table = GLOSSARY.read_text(encoding="utf-8").partition(HEADING)[2]
    rows = [[cell.strip() for cell in row.strip("|").split("|")] for row in table.splitlines()]
    return [
        (word.strip(), said)
        for row in rows
        if len(row) == 3 and row[0] not in ("school", "---")
        for said in [row[1]]
        for word in row[2].split(",")
    ]


def texts():
    """Every English text of the product, but those that are Odoo's own."""
    for file in sorted(ROOT.glob("addons/ntue_*/i18n/*.pot")):
        for entry in polib.pofile(str(file), wrapwidth=0):
            references = [reference for reference, _line in entry.occurrences]
            comments = f"{entry.comment} {' '.join(references)}"
            if not OF_ODOO.search(comments):
                yield entry.msgid


@pytest.mark.parametrize(("word", "said"), banned())
def test_no_text_calls_a_thing_by_another_name(word, said):
    pattern = re.compile(rf"\b{re.escape(word)}s?\b", re.IGNORECASE)
    found = {text for text in texts() if pattern.search(QUOTED.sub(" ", text))}
    assert found - set(OTHERWISE.get(word, ())) == set(), f"say “{said}”"


def test_the_list_is_read_and_says_each_thing_once():
    words = [word for word, _said in banned()]
    assert len(words) > 30
    assert len(words) == len(set(words))
    assert not set(words) & {said for _word, said in banned()}
