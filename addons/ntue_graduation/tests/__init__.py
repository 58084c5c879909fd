from . import (
    test_access,
    test_application,
    test_causes,
    test_drafts,
    test_forgery,
    test_framework_change,
    test_guards,
    test_http,
    test_import_windows,
    test_rows,
    test_slip,
    test_way,
)
