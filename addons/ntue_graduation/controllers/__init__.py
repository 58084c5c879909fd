from . import (
    portal,
    answer,
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
