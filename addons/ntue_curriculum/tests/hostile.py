"""What a text field may be sent by anyone who means ill, or has a broken program."""

import unicodedata

TEXTS = (
    "",
    "   ",
    "\x00",
    "a\x00b",
    "\x07\x1b[31m",
    "\ud800",
    "a\ud83d",
    "\ufeff\u200b\u2060",
    "\u202egro.elpmaxe@a",
    "a\u0301" * 200,
    "\N{ARABIC LIGATURE SALLALLAHOU ALAYHE WASALLAM}" * 200,
    "x" * 256,
    "😀" * 300,
    "x\r\ny",
    "a@b..com",
    "張@b.con",
    "a@b.com, c@d.com",
    "a@b.com\r\nBcc: c@d.com",
    "Ann <a@b.com>",
    "a@" + "b." * 120 + "com",
    '=HYPERLINK("http://example.com")',
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "<script>alert(1)</script>",
    "{{7*7}}${7*7}%(x)s%s{0}",
    "' OR '1'='1'; --",
    "../../etc/passwd",
    "0912-345-67",
    "+886" * 30,
    "\N{ARABIC-INDIC DIGIT ZERO}\N{ARABIC-INDIC DIGIT NINE}12345678",
    "-",
)
HUGE = "x" * 3_000_000
OTHERS = (7, True, 1.5, ["a"], {"a": "b"}, [[6, 0, [1]]])
"""No text at all, where JSON allows it."""


def looks_sound(text, most=255):
    """Whether ``text`` may be in a record: short, whole, nothing unseen in it."""
    hidden = {"Cc", "Cf", "Cs"}
    return len(text) <= most and not any(
        unicodedata.category(mark) in hidden and mark != "\n" for mark in text
    )
