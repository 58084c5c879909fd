"""What was said about students moves beside their records, where staff alone reads it."""

BEGIN = """
    INSERT INTO ntue_student_correspondence
           (student_id, create_uid, write_uid, create_date, write_date)
    SELECT owner.id, 1, 1, NOW() AT TIME ZONE 'UTC', NOW() AT TIME ZONE 'UTC'
      FROM ntue_student owner
"""
ATTACHMENTS = """
    UPDATE ir_attachment file SET res_model = 'ntue.student.correspondence', res_id = place.id
      FROM message_attachment_rel rel
      JOIN mail_message message ON message.id = rel.message_id
      JOIN ntue_student_correspondence place ON place.student_id = message.res_id
     WHERE file.id = rel.attachment_id AND message.model = 'ntue.student'
"""
MESSAGES = """
    UPDATE mail_message message SET model = 'ntue.student.correspondence', res_id = place.id
      FROM ntue_student_correspondence place
     WHERE message.model = 'ntue.student' AND message.res_id = place.student_id
"""
FOLLOWERS = """
    UPDATE mail_followers follower SET res_model = 'ntue.student.correspondence', res_id = place.id
      FROM ntue_student_correspondence place
     WHERE follower.res_model = 'ntue.student' AND follower.res_id = place.student_id
       AND EXISTS (SELECT FROM res_users account
                    WHERE account.partner_id = follower.partner_id AND NOT account.share)
"""
OTHERS = "DELETE FROM mail_followers WHERE res_model = 'ntue.student'"
"""Whoever is left was subscribed by people who may not."""


def migrate(cr, _version):
    for query in (BEGIN, ATTACHMENTS, MESSAGES, FOLLOWERS, OTHERS):
        cr.execute(query)
