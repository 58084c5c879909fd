from . import (
    account,
    calls,
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
