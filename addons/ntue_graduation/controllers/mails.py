from odoo.http import request, route

from .portal import GraduationPortal


class MailsPortal(GraduationPortal):
    """Which steps of an application a student is mailed of, and in which language."""

    @route("/my/graduation/mails", type="http", auth="user", website=True, methods=["POST"])
    def graduation_mails(self, **post):
        student = self._prepare_portal_layout_values()["ntue_student"]
        if student:
            pressing = post.get("mails") == "pressing"
            student._choose_mails(only_pressing=pressing, lang=post.get("language"))
        return request.redirect("/my/graduation?mails=saved#mails")
