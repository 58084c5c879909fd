"""Upgrading: messages of records that have none any more move beside them."""

from odoo.tools import SQL

_MESSAGES = """
    UPDATE mail_message message SET model = %(target)s, res_id = place.id
      FROM %(table)s place WHERE message.model = %(source)s AND message.res_id = place.%(owner)s
"""
_FILES = """
    UPDATE ir_attachment file SET res_model = %(target)s, res_id = place.id
      FROM message_attachment_rel rel
      JOIN mail_message message ON message.id = rel.message_id
      JOIN %(table)s place ON place.%(owner)s = message.res_id
     WHERE file.id = rel.attachment_id AND message.model = %(source)s
       AND file.res_model = %(source)s
"""
_WAITING = """
    UPDATE mail_scheduled_message waiting SET model = %(target)s, res_id = place.id
      FROM %(table)s place WHERE waiting.model = %(source)s AND waiting.res_id = place.%(owner)s
"""
_FOLLOWERS = """
    UPDATE mail_followers follower SET res_model = %(target)s, res_id = place.id
      FROM %(table)s place
     WHERE follower.res_model = %(source)s AND follower.res_id = place.%(owner)s
       AND EXISTS (SELECT FROM res_users account
                    WHERE account.partner_id = follower.partner_id AND NOT account.share)
"""
_OTHERS = "DELETE FROM mail_followers WHERE res_model = %(source)s"
"""Those who are left are not staff, and may not follow a correspondence."""


def move(cr, source, target, owner):
    """Move messages, their files, waiting ones and followers of the model ``source``.

    ``target``: the model of the correspondences, of which each is beside the record in its
    field ``owner``. A follower who may not read there gets nothing: see ``_readers``.
    """
    names = {
        "source": source,
        "target": target,
        "table": SQL.identifier(target.replace(".", "_")),
        "owner": SQL.identifier(owner),
    }
    for query in (_FILES, _MESSAGES, _WAITING, _FOLLOWERS, _OTHERS):
        cr.execute(SQL(query, **names))
