"""What day it is at the school: windows open and close in Taipei (D14)."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

TAIPEI = ZoneInfo("Asia/Taipei")


def taipei_today() -> date:
    """The calendar day in Taipei now, whatever the server's own time zone."""
    return datetime.now(TAIPEI).date()


def taipei_day(moment: datetime) -> date:
    """The calendar day in Taipei of a naive UTC moment, as the database keeps them."""
    return taipei_time(moment).date()


def taipei_time(moment: datetime) -> datetime:
    """The time in Taipei of a naive UTC moment, as the database keeps them."""
    return moment.replace(tzinfo=UTC).astimezone(TAIPEI)
