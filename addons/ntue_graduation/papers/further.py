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
            "note": " ".join(_notes(env, one)),
        }
        for one in found
    ]


def _notes(env, one):
    """What it means that it is not met, and that a better way to share may exist (A33)."""
    if not one.stands.met and one.curriculum.needed_to_graduate:
        yield env._("Needed to graduate.")
    elif not one.stands.met:
        yield env._("Not noted on the diploma unless it is met.")
    if not one.stands.proven:
        yield env._("Not proven best: a better way to share courses may exist.")
