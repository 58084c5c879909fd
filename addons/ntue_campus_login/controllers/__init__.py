from . import (
    applications,
    captcha,
    forgotten,
    password,
    reset,
    sign_in,
    sign_ins,
    sso,
    sso_pages,
)
