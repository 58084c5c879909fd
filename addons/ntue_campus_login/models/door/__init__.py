# In the order in which they build on each other, not of the alphabet.
from . import (
    account_door,
    captcha,
    captcha_used,
    ir_http_door,
    sign_in_event,
    sign_in_limit,
    sign_in_retention,
)
