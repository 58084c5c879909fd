from . import (
    account,
    calls,
    exchange,
    export,
    papers,
    passport,
    plans,
    platform,
    portal,
    privacy,
    profile,
    spreadsheets,
)
