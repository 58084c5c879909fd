"""Applications whose slip cannot be printed as it was submitted know it, as later ones do."""

from odoo import SUPERUSER_ID, api
from odoo.addons.ntue_graduation.papers.unprintable import unprintable_texts
from odoo.tools import split_every

AT_ONCE = 200
"""Applications whose snapshots are in memory together."""


def migrate(cr, _version):
    env = api.Environment(cr, SUPERUSER_ID, {})
    applications = env["ntue.graduation.application"]
    submitted = applications.search([("submitted_at", "!=", False)])
    for part in split_every(AT_ONCE, submitted.ids, applications.browse):
        for application in part:
            snapshot = application._submission().snapshot
            if snapshot and (found := unprintable_texts(snapshot)):
                application._set({"unprintable_text": found})
        env.flush_all()
        env.invalidate_all()
