from odoo.addons.ntue_curriculum.controllers.profile import ProfilePortal


class GraduationProfile(ProfilePortal):
    """The profile page also tells what a change means to an application under review (D6)."""

    def _profile_values(self, student):
        values = super()._profile_values(student)
        values["under_review"] = student._under_review_sentence()
        return values
