# In the order in which they build on each other, not of the alphabet.
from . import (
    student_account,
    res_partner,
    password_request,
    res_users,
)
