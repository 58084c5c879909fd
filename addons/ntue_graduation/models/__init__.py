# In the order in which they build on each other, not of the alphabet.
from . import (
    school,
    window,
    grants,
    application,
    log,
    bulk,
    mail,
    lists,
    privacy,
    student,
    platform,
)
