from . import (
    portal,
    answer,
    calendar,
    check,
    deferral,
    guide,
    notice,
    profile,
    review,
    roster,
    slip,
    supplement,
)
