"""What is frozen of milestones (A41) and of rules across areas (A51), and how far they are."""

from odoo.addons.ntue_curriculum.degree_audit import Reached
from odoo.addons.ntue_curriculum.wording.milestones import status_words, way_sentence


def milestones_of_slip(env, result):
    """What is frozen of each milestone, in the language of ``env``."""
    words = status_words(env)
    return [
        {
            "code": one.code,
            "name": one.name,
            "reached": one.reached.value,
            "word": words[one.reached],
            "ways": [way_sentence(env, way) for way in one.ways],
        }
        for one in result.milestones
    ]


def rules_of_slip(result):
    """What is frozen of each rule across areas that asks for something."""
    return [
        {
            "code": rule.code,
            "name": rule.name,
            "reached": (Reached.MET if rule.met else Reached.MISSING).value,
        }
        for rule in result.rules
        if rule.asks
    ]
