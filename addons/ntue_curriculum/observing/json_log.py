"""Lines of the log as JSON, for programs, without personal data. Pure.

Messages of the server are written by many hands, and what they fill in may be a name, a number or
an address. So a line has the words that are in the code, and of what was filled in numbers up to
six digits alone; of an exception its kind and where it was raised, and not what it says.
"""

from __future__ import annotations

import json
import logging
import re
import traceback
from datetime import UTC, datetime

from .request_number import current

DROPPED = "…"
LONGEST_NUMBER = 999_999
"""A larger one could be the number of a student, a telephone or an identity card."""

_PLACE = re.compile(r"%(?:\((\w+)\))?[#0\- +]*(?:\*|\d+)?(?:\.(?:\*|\d+))?[diouxXeEfFgGcrsa]")
_MADE = re.compile(
    r"""['"“‘«].*?['"”’»]|\S*@\S*|\S*\d{4,}\S*|(?:\d{1,3}\.){3}\d{1,3}|[^\x00-\x7f]+|/\S*"""
)
"""In words that were put together before they came here: what is quoted, an address, a long
number, a path, and what is not in the language of the code."""


class JsonFormatter(logging.Formatter):
    """A record as one line."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "process": record.process,
            "message": said(record.msg, record.args),
        }
        if number := current.get():
            line["request"] = number
        if isinstance(figures := getattr(record, "ntue_figures", None), dict):
            line |= figures
        if record.exc_info and record.exc_info[0]:
            line["error"] = record.exc_info[0].__name__
            frames = traceback.extract_tb(record.exc_info[2])
            line["where"] = [f"{_module(f.filename)}:{f.lineno} {f.name}" for f in frames]
        return json.dumps(line, ensure_ascii=False)


def said(words: object, filled: object) -> str:
    """The words of a message, and of what they are filled with small numbers.

    >>> said("user %s: application %s is not theirs", (7, 12))
    'user 7: application 12 is not theirs'
    >>> said("Login failed for login:%s from %s", ("mei", "192.0.2.1"))
    'Login failed for login:… from …'
    >>> said("Mail to mei@example.com of 王美玲 (210941001) failed", ())
    'Mail to … of … … failed'
    """
    text = words if isinstance(words, str) else DROPPED
    text = _MADE.sub(DROPPED, text)
    if not filled:
        return text
    values = filled if isinstance(filled, tuple | dict) else (filled,)
    order = iter(values) if isinstance(values, tuple) else iter(())

    def put(place: re.Match[str]) -> str:
        value = values.get(place[1]) if isinstance(values, dict) else next(order, None)
        is_small = isinstance(value, int | float) and abs(value) <= LONGEST_NUMBER
        return str(value) if is_small else DROPPED

    return _PLACE.sub(put, text)


def _module(path: str) -> str:
    """The end of a file's path: where it lies on this machine is nobody's business."""
    return "/".join(path.replace("\\", "/").split("/")[-3:])


def install() -> None:
    """Write every line so, whatever handlers the server has."""
    for handler in logging.getLogger().handlers:
        handler.setFormatter(JsonFormatter())
