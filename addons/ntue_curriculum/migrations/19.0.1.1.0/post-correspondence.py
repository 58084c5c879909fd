"""What was said about students moves beside their records, where staff alone reads it."""

from odoo.addons.ntue_curriculum.moved_messages import move

BEGIN = """
    INSERT INTO ntue_student_correspondence
           (student_id, create_uid, write_uid, create_date, write_date)
    SELECT owner.id, 1, 1, NOW() AT TIME ZONE 'UTC', NOW() AT TIME ZONE 'UTC'
      FROM ntue_student owner
        ON CONFLICT DO NOTHING
"""


def migrate(cr, _version):
    cr.execute(BEGIN)
    move(cr, "ntue.student", "ntue.student.correspondence", "student_id")
