from odoo.http import request, route

from .portal import CurriculumPortal


class AccountPortal(CurriculumPortal):
    """Where the link leads that confirms a student's e-mail for signing in."""

    @route(
        ["/my/profile/address"],
        type="http",
        auth="user",
        website=True,
        methods=["GET", "POST"],
        sitemap=False,
    )
    def account_email(self, token="", password="", **_post):
        """Both addresses and a field for the password; a post with it moves the account.

        Opening the link does nothing: programs that look through mails open it, too.
        """
        values = self._prepare_portal_layout_values()
        values["page_name"] = "ntue_profile"
        student = values["ntue_student"]
        if not student:
            return request.render("ntue_curriculum.portal_no_student", values)
        problem = None
        if request.httprequest.method == "POST":
            problem = student._confirm_account_email(token, password)
            if not problem:
                # The login may have moved with the address: this browser stays signed in.
                token = request.env.user._compute_session_token(request.session.sid)
                request.session.session_token = token
                return request.redirect("/my/profile?saved=account_email")
        usable = student._is_account_email_token(token)
        values.update(
            token=token if usable else None,
            pending_email=student._pending_account_email(),
            asks_password=student._asks_account_password(),
            problem=problem if usable else student._stale_link(),
        )
        return request.render("ntue_curriculum.portal_account_email", values)
