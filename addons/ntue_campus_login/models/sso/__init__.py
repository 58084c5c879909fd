# In the order in which they build on each other, not of the alphabet.
from . import (
    sso_provider,
    sso_register,
    sso_connection,
    sso_users,
    sso_session,
    sso_student,
    sso_http,
)
