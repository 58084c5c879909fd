from . import sso_provider
from . import sso_connection
from . import sso_users
from . import sso_session
from . import sso_student
from . import sso_http
from . import settings_sso
