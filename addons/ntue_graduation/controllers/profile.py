from odoo.addons.ntue_curriculum.controllers.profile import ProfilePortal
from odoo.http import request


class GraduationProfile(ProfilePortal):
    """The profile page also tells what a change means to an application under review (D6)."""

    def _profile_values(self, student):
        values = super()._profile_values(student)
        values["under_review"] = student._under_review_sentence()
        return values

    def _ways_back(self, student):
        name = request.env._("Graduation application")
        ways = {"graduation": {"address": "/my/graduation", "name": name}}
        draft = student._open_draft()
        if draft:
            form = f"/my/graduation/{draft.id}"
            ways["form"] = {"address": form, "name": f"{name} {draft._number()}"}
            ways["check"] = {"address": f"{form}/check", "name": request.env._("Check and submit")}
        return {**super()._ways_back(student), **ways}
