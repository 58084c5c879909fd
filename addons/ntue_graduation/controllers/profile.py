from odoo.addons.ntue_curriculum.controllers.profile import ProfilePortal
from odoo.http import request

from ..pages.applications import open_draft
from ..pages.profile import under_review_sentence


class GraduationProfile(ProfilePortal):
    """The profile page also tells what a change means to an application under review (D6)."""

    def _profile_values(self, student):
        values = super()._profile_values(student)
        values["under_review"] = under_review_sentence(student)
        return values

    def _ways_back(self, student):
        name = request.env._("Graduation application")
        ways = {"graduation": {"address": "/my/graduation", "name": name}}
        draft = open_draft(student)
        if draft:
            form = f"/my/graduation/{draft.id}"
            ways["form"] = {"address": form, "name": f"{name} {draft._number()}"}
            ways["check"] = {"address": f"{form}/check", "name": request.env._("Check and submit")}
        return {**super()._ways_back(student), **ways}
