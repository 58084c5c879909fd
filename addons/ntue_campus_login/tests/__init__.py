from . import (
    test_applications,
    test_frame,
    test_portal_access,
)
