"""Further programs on the slip: whether each is met, and how much it shares (A45)."""

from odoo.addons.ntue_curriculum.labels import plain_number
from odoo.addons.ntue_curriculum.wording.programs import program_name, sharing_sentences


def further_of_slip(env, found):
    """What is frozen of each of the ``found`` standings, in the language of ``env``."""
    return [
        {
            "code": one.curriculum.code,
            "name": program_name(env, one.curriculum),
            "met": one.stands.met,
            "word": env._("Met") if one.stands.met else env._("Not met yet"),
            "taken": plain_number(one.stands.further.taken),
            "needed": plain_number(one.stands.further.graduation_credits),
            "sharing": sharing_sentences(env, one),
            "note": _note(env, one),
        }
        for one in found
    ]


def _note(env, one):
    """What it means that it is not met; nothing of one that is."""
    if one.stands.met:
        return ""
    if one.curriculum.needed_to_graduate:
        return env._("Needed to graduate.")
    return env._("Not noted on the diploma unless it is met.")
