"""What a decision on a course of an application would change."""

from odoo.addons.ntue_curriculum.pages.mapping import effect_of

from ..mapping_trial import trial_of
from ..workflow import RECOGNISED_AS


def effect_text(line):
    """What the decision that is being filled in changes, in a few words; blank without one."""
    kind = RECOGNISED_AS.get(line.decision)
    area, subject = line.mapped_area_id, line.mapped_line_id
    if not kind or (line.decision == "mapped" and not (area or subject)):
        return ""
    return effect_of(trial_of(line), kind, area, subject)
