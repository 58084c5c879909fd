from odoo.addons.ntue_curriculum.controllers.papers import busy
from odoo.addons.ntue_curriculum.printing import PapersBusyError
from odoo.exceptions import UserError
from odoo.http import request, route

from ..mail.slip import mail_slip
from ..pages.conditions import may_begin
from ..pages.in_work import present
from ..papers.slip import application_of, document_number, is_former_paper
from .portal import GraduationPortal


class SlipPortal(GraduationPortal):
    """Ways to the slip that are not the slip itself."""

    @route("/my/graduation/slip", type="http", auth="user", website=True, readonly=True)
    def graduation_slip_of_term(self, **_query):
        """The slip of the application in work; while there is none, why (D25)."""
        student = self._prepare_portal_layout_values()["ntue_student"]
        application = present(student).of_slip if student else student
        if application and not application._is_draft_copy():
            return request.redirect(f"/my/graduation/{application.id}/slip")
        begins = bool(student) and not application and may_begin(student)
        return self._render_no_slip(application, begins=begins)

    @route(
        "/my/graduation/<int:application_id>/slip/mail",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
        ntue_form_on="/my/graduation/{application_id}",
    )
    def graduation_slip_mail(self, application_id, **_post):
        """The slip to the student's own mailbox (170–176)."""
        application = self._own_application(application_id)
        if not application:
            return self._not_theirs(application_id)
        try:
            mail_slip(application)
        except PapersBusyError:
            return busy()
        except UserError as error:
            return self._render_form(application, problems=[str(error)])
        return request.redirect(f"/my/graduation/{application.id}?told=mailed#mailed")

    @route(
        "/graduation/slip/<path:document>",
        type="http",
        auth="public",
        website=True,
        readonly=True,
        sitemap=False,
    )
    def graduation_slip_scanned(self, document, **_query):
        """What the QR code of a slip opens: the application, for its reviewers.

        Everybody else gets the same page, whether there is such a slip or not.
        """
        application = application_of(request.env, document)
        if not application:
            values = {"address": request.httprequest.path}
            return request.render("ntue_graduation.portal_slip_scanned", values, status=404)
        form = f"/odoo/ntue.graduation.application/{application.id}"
        if is_former_paper(application, document):
            valid = document_number(application)
            values = {"scanned": document, "valid": valid, "form": form}
            return request.render("ntue_graduation.portal_slip_replaced", values)
        return request.redirect(form)
