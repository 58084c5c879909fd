"""Which audits are due stands in a table of its own; an older engine's are all made again."""


def migrate(cr, _version):
    cr.execute("ALTER TABLE ntue_audit DROP COLUMN IF EXISTS is_stale")
