from . import test_password_guard
from . import test_must_change
from . import test_password_pages
