# In the order in which they build on each other, not of the alphabet. The parts of the student
# record come before the record, which is assembled from them.
from . import (
    guarded,
    batch,
    chain,
    school,
    framework,
    mail,
    register,
    imports,
    account,
    passport,
    privacy,
    audit,
    student,
    platform,
)
