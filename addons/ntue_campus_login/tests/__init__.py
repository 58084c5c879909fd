from . import (
    test_access,
    test_account_found,
    test_captcha,
    test_enumeration,
    test_events,
    test_limits,
)
