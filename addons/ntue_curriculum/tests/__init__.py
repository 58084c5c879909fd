from . import (
    test_access,
    test_audit_models,
    test_curriculum,
    test_forgery,
    test_http,
    test_import_cells,
    test_import_files,
    test_import_frameworks,
    test_import_readings,
    test_import_screen,
    test_import_sources,
    test_stored_audits,
)
