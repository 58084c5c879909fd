from odoo.addons.portal.controllers.portal import CustomerPortal
from odoo.http import request, route


class CurriculumPortal(CustomerPortal):
    def _prepare_portal_layout_values(self):
        values = super()._prepare_portal_layout_values()
        values["ntue_student"] = request.env["ntue.student"]._of_current_user()
        return values

    @route(["/my/progress"], type="http", auth="user", website=True, readonly=True)
    def progress(self, **_query):
        """修業進度管制: what the framework asks and what has been taken (86–112)."""
        values = self._prepare_portal_layout_values()
        values["page_name"] = "ntue_progress"
        student = values["ntue_student"]
        if not student:
            return request.render("ntue_curriculum.portal_no_student", values)
        values.update(student._progress())
        return request.render("ntue_curriculum.portal_progress", values)

    @route(["/my/profile"], type="http", auth="user", website=True, methods=["GET", "POST"])
    def profile(self, **post):
        """學生基本資料: the four things a student keeps up to date (32, D5, D6)."""
        values = self._prepare_portal_layout_values()
        values["page_name"] = "ntue_profile"
        student = values["ntue_student"]
        if not student:
            return request.render("ntue_curriculum.portal_no_student", values)
        values.update(profile=self._profile_values(student), errors={}, saved=False)
        if request.httprequest.method == "POST":
            values["profile"] = {key: post.get(key, "").strip() for key in values["profile"]}
            values["errors"] = student._save_profile(values["profile"])
            values["saved"] = not values["errors"]
            if values["saved"]:
                values["profile"] = self._profile_values(student)
        return request.render("ntue_curriculum.portal_profile", values)

    def _profile_values(self, student):
        return {key: student[key] or "" for key in ("english_name", "email", "mobile", "phone")}
