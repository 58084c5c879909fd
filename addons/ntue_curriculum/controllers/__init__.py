from . import (
    account,
    calls,
    export,
    operations,
    papers,
    passport,
    plans,
    platform,
    portal,
    privacy,
    profile,
    spreadsheets,
)
