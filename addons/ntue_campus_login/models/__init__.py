from . import (
    portal_app,
    portal_recent,
    portal_recent_keeping,
    frame,
    settings_frame,
)
