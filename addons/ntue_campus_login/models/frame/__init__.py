# In the order in which they build on each other, not of the alphabet.
from . import (
    portal_app,
    portal_recent,
    portal_recent_keeping,
    frame,
    school,
)
