from . import test_password_guard
from . import test_must_change
from . import test_password_pages
from . import test_invitation
from . import test_accounts
from . import test_access
