from . import (
    account,
    calls,
    export,
    papers,
    passport,
    platform,
    portal,
    privacy,
    profile,
    spreadsheets,
)
