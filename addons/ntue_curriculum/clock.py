"""What day it is at the school: windows open and close in Taipei (D14)."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

TAIPEI = ZoneInfo("Asia/Taipei")


def taipei_today() -> date:
    """The calendar day in Taipei now, whatever the server's own time zone."""
    return datetime.now(TAIPEI).date()
