"""Working days: Monday to Friday (D12). Pure."""

from __future__ import annotations

from datetime import date, timedelta

SATURDAY = 5


def after(day: date, count: int) -> date:
    """The working day ``count`` working days after ``day``."""
    while count:
        day += timedelta(days=1)
        count -= day.weekday() < SATURDAY
    return day
