# In the order in which they build on each other, not of the alphabet.
from . import (
    guarded,
    chain,
    school,
    framework,
    student,
    mail,
    register,
    account,
    passport,
    privacy,
    audit,
    platform,
)
