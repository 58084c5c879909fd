# In the order in which they build on each other, not of the alphabet.
from . import (
    door,
    identity,
    password,
    account,
    frame,
    sso,
    assembled,
)
