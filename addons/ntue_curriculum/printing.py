"""Papers that never change are printed once a process; and who may have how many at a time."""

from odoo.exceptions import UserError
from odoo.tools.lru import LRU

MOST = 100
"""Papers in one request of staff: a class, in about a minute."""

MOST_OWN = 5
"""Papers in one request of a student, who has a slip or two."""

KEPT = LRU(100)
"""PDFs by all that they were drawn from; some 100 kB each."""


class PapersBusyError(UserError):
    """The user is being printed something already; to be asked again in some seconds."""
