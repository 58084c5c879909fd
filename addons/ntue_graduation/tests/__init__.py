from . import test_access
from . import test_import_windows
