"""What day it is at the school: windows open and close in Taipei (D14).

Of several servers whose clocks differ each would close a window at another moment. The database's
clock decides: a server that has asked it (``database_clock``) goes by how far it is ahead.
"""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

TAIPEI = ZoneInfo("Asia/Taipei")

_ahead = timedelta()
"""How far the database's clock is ahead of this machine's."""


def set_by(moment: datetime) -> timedelta:
    """Go by a clock that shows ``moment`` now; how far it is ahead of this machine's."""
    global _ahead
    _ahead = moment - datetime.now(UTC)
    return _ahead


def taipei_today() -> date:
    """The calendar day in Taipei now, whatever the server's own time zone."""
    return (datetime.now(TAIPEI) + _ahead).date()


def taipei_day(moment: datetime) -> date:
    """The calendar day in Taipei of a naive UTC moment, as the database keeps them."""
    return taipei_time(moment).date()


def taipei_time(moment: datetime) -> datetime:
    """What the clocks in Taipei show at a naive UTC moment."""
    return moment.replace(tzinfo=UTC).astimezone(TAIPEI)
