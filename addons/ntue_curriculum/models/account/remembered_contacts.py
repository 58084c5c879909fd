"""Whose contact was whose, kept while the addons are away: a school that comes back doubles nobody.

Contacts and accounts outlive uninstalling; the records that named them do not. A system parameter
keeps numbers of students and of contacts, which only an administrator of settings may write, and
a name or an address alone binds nobody: anyone may give a contact those.
"""

import json

KEY = "ntue_curriculum.contacts"


def remember(env):
    """Uninstalling: keep which contact belongs to which student number."""
    students = env["ntue.student"].with_context(active_test=False).search([])
    kept = {row.student_no: row.partner_id.id for row in students if row.partner_id}
    env["ir.config_parameter"].set_param(KEY, json.dumps(kept, sort_keys=True) if kept else False)


def take(env, numbers):
    """Contacts by student number that were kept for ``numbers``, kept no longer.

    None that is gone, is a student's by now, or belongs to an employee. ``env``: the system's.
    """
    parameters = env["ir.config_parameter"]
    kept = json.loads(parameters.get_param(KEY) or "{}")
    ids = {number: kept.pop(number) for number in numbers if number in kept}
    if not ids:
        return {}
    parameters.set_param(KEY, json.dumps(kept, sort_keys=True) if kept else False)
    contacts = env["res.partner"].with_context(active_test=False).browse(ids.values()).exists()
    taken = env["ntue.student"].with_context(active_test=False)
    taken = taken.search([("partner_id", "in", contacts.ids)]).partner_id
    free = contacts.filtered(lambda row: row not in taken and all(row.user_ids.mapped("share")))
    return {number: free.browse(ids[number]) for number in ids if ids[number] in free.ids}
