"""Papers that never change are printed once a process; and who may have how many at a time."""

from odoo.exceptions import UserError
from odoo.tools.lru import LRU

BOTH = "ntue_both_languages"
"""In the context: the paper is to have English beside its Chinese."""

MOST = 100
"""Papers in one request of staff: a class, in about a minute."""

MOST_OWN = 5
"""Papers in one request of a student, who has a slip or two."""

KEPT = LRU(50)
"""PDFs by all that they were drawn from; some 350 kB each, mostly their typefaces."""


class PapersBusyError(UserError):
    """The user is being printed something already; to be asked again in some seconds."""
