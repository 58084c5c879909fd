"""Decisions keep no place that their kind is not about: an audit would read it.

The form sent what had been chosen before another kind was, and nobody saw that it is kept.
"""

from odoo import SUPERUSER_ID, api
from odoo.addons.ntue_curriculum.models.guarded.decisive import because
from odoo.addons.ntue_curriculum.models.student.recognition import USED_BY


def migrate(cr, _version):
    why = "A decision keeps no area, subject or course that its kind is not about."
    env = api.Environment(cr, SUPERUSER_ID, because(why))
    for name, kinds in USED_BY.items():
        left_over = [(name, "!=", False), ("kind", "not in", list(kinds))]
        env["ntue.recognition"].search(left_over)._set({name: False})
