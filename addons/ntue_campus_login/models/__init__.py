from . import (
    national_id,
    id_importer,
    id_uploads,
    password_link,
    forgotten_request,
    id_keeping,
    settings_forgotten,
)
