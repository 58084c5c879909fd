from . import (
    account_door,
    captcha,
    captcha_used,
    identity_check,
    ir_http_door,
    settings_door,
    sign_in_event,
    sign_in_limit,
    sign_in_retention,
)
