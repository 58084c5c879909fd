"""What a screen reader is given, compared with what is kept of it in ``heard/``.

After a change that is meant: ``HEARD=renew tools/pytest tests/e2e/test_by_keyboard.py``, and
read what became of the files.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

from playwright.sync_api import Page

KEPT = Path(__file__).parent / "heard"
RENEW = "renew"

CHANGING = (
    (re.compile(r"\b\d{2,4}[-/]\d{1,2}[-/]\d{1,2}(?: \d{1,2}:\d{2}(?::\d{2})?)?"), "DAY"),
    (re.compile(r"(?<=/)\d+(?=[/?#\s\"]|$)", re.MULTILINE), "NUMBER"),
    (re.compile(r"(?<=\btick[=_])\d+"), "NUMBER"),
    (re.compile(r"(?<=- cell \")-?\d{1,3}(?=\")|-?\b\d{1,3}(?= [\d.]+ / [\d.]+)"), "DAYS"),
    (re.compile(r"(?<=剩餘天數\n- definition: \")-?\d+"), "DAYS"),
    (re.compile(r"\b(?=[0-9a-f]*\d)[0-9a-f]{8}\b(?!-)"), "SEAL"),
    (re.compile(r"\d+ (?=天|days?\b)"), "N "),
    (re.compile(r"(?<=csrf_token=)\w+"), "TOKEN"),
    (re.compile(r"(?<=尚有 )\d+(?= 件)"), "N"),
)
"""What is another one in each run: days, numbers of records in addresses, seals, tokens, how many
more wait on a desk.
"""


def heard(page: Page, selector: str) -> str:
    """Roles, names and states in the part of the page, as a screen reader is given them."""
    text = page.locator(selector).first.aria_snapshot()
    for pattern, word in CHANGING:
        text = pattern.sub(word, text)
    return text + "\n"


def assert_heard(page: Page, name: str, selector: str) -> None:
    """The part of the page is heard as is kept under ``name``."""
    file, text = KEPT / f"{name}.yml", heard(page, selector)
    if os.environ.get("HEARD") == RENEW:
        file.write_text(text, encoding="utf-8")
    assert file.exists(), f"{file} is missing: HEARD={RENEW} writes it"
    assert text == file.read_text(encoding="utf-8"), f"{name}: HEARD={RENEW} if this is meant"
