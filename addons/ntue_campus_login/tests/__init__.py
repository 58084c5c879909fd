from . import (
    test_forgotten_access,
    test_forgotten_answers,
    test_forgotten_page,
    test_id_column,
    test_id_files,
    test_ids_kept,
    test_password_links,
    test_reset_page,
)
