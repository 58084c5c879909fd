"""Entries that were written before the log was a chain are bound to each other, in their order."""

from odoo.addons.ntue_curriculum import log_key
from odoo.addons.ntue_curriculum.log_chain import BEGINNING, Content, digest

COLUMNS = (
    ("number", "integer"),
    ("previous_hash", "varchar"),
    ("entry_hash", "varchar"),
    ("actor", "varchar"),
)


def migrate(cr, _version):
    for name, kind in COLUMNS:
        cr.execute(f"ALTER TABLE ntue_graduation_event ADD COLUMN IF NOT EXISTS {name} {kind}")
    cr.execute(
        "SELECT id, application_id, action, user_id, happened_at, position_from, position_to,"
        " reason, snapshot_hash, actor FROM ntue_graduation_event ORDER BY id"
    )
    previous, sealing = BEGINNING, log_key.sealing()
    for number, (key, application, action, user, moment, *texts) in enumerate(cr.fetchall(), 1):
        content = Content(
            application, action, user, moment.isoformat(" "), *(text or "" for text in texts)
        )
        known = digest(number, content, previous, sealing)
        cr.execute(
            "UPDATE ntue_graduation_event SET number = %s, previous_hash = %s, entry_hash = %s"
            " WHERE id = %s",
            (number, previous, known, key),
        )
        previous = known
