"""Milestones on the slip: what is asked beside courses, and how far it is (A41)."""

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
