# In the order in which they build on each other, not of the alphabet.
from . import (
    res_partner,
    res_users,
    department,
)
