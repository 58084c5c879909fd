from . import (
    test_account_found,
    test_captcha,
    test_door_access,
    test_enumeration,
    test_events,
    test_limits,
)
