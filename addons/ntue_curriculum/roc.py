"""The Republic of China calendar: years, dates and term codes as people write them.

Pure: no clock and no database. A ROC year is the Western year less 1911. A term code
is the ROC year and one digit: 1 first, 2 second, 3 summer (I1): ``1141``, ``981``.
"""

import re
from datetime import date, datetime
from typing import NamedTuple

ROC_OFFSET = 1911

_TERM = re.compile(r"0?(\d{2,3})([123])")
_ISO = re.compile(r"([1-9]\d{3})[-/.](\d{1,2})[-/.](\d{1,2})")
_ROC = re.compile(r"(?:民國)?0?(\d{2,3})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")


class TermCode(NamedTuple):
    """A ROC academic year and the digit of the term in it."""

    year: int
    digit: int

    def __str__(self) -> str:
        return f"{self.year}{self.digit}"

    @property
    def number(self) -> int:
        """The code as an integer: terms compare in time (981 < 1091)."""
        return self.year * 10 + self.digit


def parse_term(text: str) -> TermCode:
    """Read ``1141``, ``981``, ``0981`` or ``114-1`` (docs/readings.md F8).

    ValueError when it is none of these.
    """
    match = _TERM.fullmatch(text.strip().replace("-", ""))
    if not match or int(match[1]) == 0:
        raise ValueError(text)
    return TermCode(int(match[1]), int(match[2]))


def parse_year(text: str) -> int:
    """Read a ROC year, ``98``, ``098`` or ``114`` (docs/readings.md F8); ValueError otherwise."""
    if not re.fullmatch(r"0?\d{2,3}", text.strip()) or not 1 <= int(text) <= 200:
        raise ValueError(text)
    return int(text)


def parse_date(text: str) -> date:
    """Read an ISO date or a ROC date: ``2025-10-27``, ``114-10-27``, ``0114/10/27``.

    ValueError when it is neither, or no day of the calendar.
    """
    text = text.strip()
    if match := _ISO.fullmatch(text):
        year = int(match[1])
    elif match := _ROC.fullmatch(text):
        year = int(match[1]) + ROC_OFFSET
    else:
        raise ValueError(text)
    return date(year, int(match[2]), int(match[3]))


def roc_minute(moment: datetime) -> str:
    """``114-10-27 17:00`` for people who read ROC years; ``moment`` as the clocks show it."""
    return f"{roc_date(moment.date())} {moment:%H:%M}"


def roc_midnight(day: date | None) -> str:
    """``114-10-27 24:00``, the end of a day until which something may be done; empty for none."""
    return f"{roc_date(day)} 24:00" if day else ""


def roc_date(day: date | None) -> str:
    """``114-10-27`` for people who read ROC years (I15); empty for no date."""
    if not day:
        return ""
    return f"{day.year - ROC_OFFSET}-{day.month:02d}-{day.day:02d}"


def roc_period(start: date, granularity: str) -> str:
    """The hour, day, week, month, quarter or year that begins at ``start`` (I15).

    ``114-10-27 17:00``, ``114-10-27``, ``114 W44``, ``114-10``, ``114 Q4``, ``114``; the week is
    that of ISO, of the year that has its Thursday. ValueError for another granularity.
    """
    match granularity:
        case "hour" if isinstance(start, datetime):
            return roc_minute(start)
        case "day":
            return roc_date(start)
        case "week":
            year, week, _day = start.isocalendar()
            return f"{year - ROC_OFFSET} W{week}"
        case "month":
            return roc_date(start)[:-3]
        case "quarter":
            return f"{start.year - ROC_OFFSET} Q{(start.month + 2) // 3}"
        case "year":
            return str(start.year - ROC_OFFSET)
    raise ValueError(granularity)
