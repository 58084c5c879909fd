"""Codes that were typed by hand take the form in which codes are kept (F25).

Where two would become one they stay as they are, and the log names them: people merge courses and
students, no upgrade does.
"""

import logging

from odoo import SUPERUSER_ID, api
from odoo.addons.ntue_curriculum import codes

_logger = logging.getLogger(__name__)

FIELDS = (
    ("ntue.course", "code"),
    ("ntue.department", "code"),
    ("ntue.program", "code"),
    ("ntue.curriculum", "code"),
    ("ntue.curriculum.area", "code"),
    ("ntue.student", "student_no"),
    ("ntue.enrollment", "offering_no"),
)


def migrate(cr, _version):
    env = api.Environment(cr, SUPERUSER_ID, {})
    for model, name in FIELDS:
        table = env[model]._table
        # Names of our own tables and columns, from the list above.
        cr.execute(f'SELECT DISTINCT "{name}" FROM "{table}" WHERE "{name}" IS NOT NULL')  # noqa: S608
        stored = {code for (code,) in cr.fetchall()}
        for code in sorted(stored):
            tidied = codes.tidy(code)
            if tidied == code:
                continue
            if tidied in stored:
                _logger.error("%s: %r and %r are one code. Merge the two.", model, code, tidied)
                continue
            cr.execute(f'UPDATE "{table}" SET "{name}" = %s WHERE "{name}" = %s', [tidied, code])  # noqa: S608
            stored.add(tidied)
