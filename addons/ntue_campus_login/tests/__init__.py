from . import test_sso
from . import test_sso_asking
from . import test_sso_passwords
