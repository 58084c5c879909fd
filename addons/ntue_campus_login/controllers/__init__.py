from . import sso
from . import sso_pages
