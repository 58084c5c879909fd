# In the order in which they build on each other, not of the alphabet.
from . import (
    password_link,
    forgotten_request,
    password_state,
    password_guard,
    password_keeping,
    invitation_link,
    must_change,
)
