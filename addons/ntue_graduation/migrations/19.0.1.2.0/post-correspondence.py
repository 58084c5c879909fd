"""What was said on applications moves beside them, where staff alone reads it.

On a draft, too: messages on a record that its student may read stay open to the student.
Nobody reads the correspondence beside a draft, and nobody learns by it that there is one.
"""

from odoo.addons.ntue_curriculum.moved_messages import move

BEGIN = """
    INSERT INTO ntue_graduation_correspondence
           (application_id, student_id, create_uid, write_uid, create_date, write_date)
    SELECT owner.id, owner.student_id, 1, 1, NOW() AT TIME ZONE 'UTC', NOW() AT TIME ZONE 'UTC'
      FROM ntue_graduation_application owner
     WHERE owner.submitted_at IS NOT NULL
        OR EXISTS (SELECT FROM mail_message message
                    WHERE message.model = 'ntue.graduation.application'
                      AND message.res_id = owner.id)
        ON CONFLICT DO NOTHING
"""


def migrate(cr, _version):
    cr.execute(BEGIN)
    move(cr, "ntue.graduation.application", "ntue.graduation.correspondence", "application_id")
