"""A regulation is named once for each area, milestone or framework.

The later ones of before get a number behind their title, so that nothing that students read is
gone: staff put together what is one, in the next revision.
"""

from odoo.tools import SQL
from odoo.tools.sql import column_exists, table_exists

TABLE = "ntue_curriculum_source"


def migrate(cr, _version):
    if not table_exists(cr, TABLE):
        return
    block = SQL("COALESCE(block_id, 0)" if column_exists(cr, TABLE, "block_id") else "0")
    numbered = SQL(
        "SELECT id, ROW_NUMBER() OVER ("
        "PARTITION BY curriculum_id, %s, COALESCE(about, ''), title ORDER BY sequence, id"
        ") AS place FROM ntue_curriculum_source",
        block,
    )
    cr.execute(
        SQL(
            "UPDATE ntue_curriculum_source source SET title = title || ' (' || place || ')'"
            " FROM (%s) numbered WHERE numbered.id = source.id AND place > 1",
            numbered,
        )
    )
