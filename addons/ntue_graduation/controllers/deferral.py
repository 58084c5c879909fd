from odoo.exceptions import UserError
from odoo.http import request, route

from ..pages.deferral import deferrable_application
from .portal import GraduationPortal


class DeferralPortal(GraduationPortal):
    @route(
        "/my/graduation/deferral", type="http", auth="user", website=True, methods=["GET", "POST"]
    )
    def graduation_deferral(self, reason="", **_post):
        """延畢 on line: what it means, then the student's word for it (191, D36)."""
        values = self._graduation_values("ntue_deferral")
        student = values["ntue_student"]
        application = student and deferrable_application(student)
        if not application:
            return request.redirect("/my/graduation")  # the list says why
        values.update(to_defer=application, reason=reason, problem="")
        if request.httprequest.method == "POST":
            try:
                request.env["ntue.graduation.deferral"].create(
                    {"student_id": student.id, "reason": reason}
                )
            except UserError as error:
                values["problem"] = str(error)
            else:
                return request.redirect("/my/graduation")
        return request.render("ntue_graduation.portal_deferral", values)
