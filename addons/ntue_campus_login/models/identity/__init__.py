# In the order in which they build on each other, not of the alphabet.
from . import (
    identity_check,
    national_id,
    id_importer,
    id_uploads,
    id_keeping,
)
