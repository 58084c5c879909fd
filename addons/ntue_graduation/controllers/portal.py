from datetime import datetime

from odoo.addons.ntue_curriculum.clock import taipei_day
from odoo.addons.ntue_curriculum.controllers.portal import CurriculumPortal
from odoo.addons.ntue_curriculum.roc import roc_date
from odoo.exceptions import UserError
from odoo.http import request, route


class GraduationPortal(CurriculumPortal):
    """Parse, call, render: the rules are in the models and in ``workflow``."""

    def _graduation_values(self, page="ntue_graduation"):
        return {**self._prepare_portal_layout_values(), "page_name": page, "roc": self._roc}

    def _roc(self, moment):
        """A day, or the Taipei day of a moment, in ROC years (I15)."""
        if isinstance(moment, datetime):
            moment = taipei_day(moment)
        return roc_date(moment)

    def _own_application(self, application_id):
        """The application if it is the signed-in student's, else an empty one."""
        return request.env["ntue.graduation.application"].search(
            [
                ("id", "=", application_id),
                ("student_id.partner_id", "=", request.env.user.partner_id.id),
            ]
        )

    @route("/my/graduation", type="http", auth="user", website=True, readonly=True)
    def graduation(self, **query):
        """畢業資格申請: the list in its three situations (115–127)."""
        values = self._graduation_values()
        student = values["ntue_student"]
        if not student:
            return request.render("ntue_curriculum.portal_no_student", values)
        values.update(
            rows=student._application_rows(),
            refusals=student._may_not_apply(),
            window=request.env["ntue.graduation.window"]._for_student(student),
            submitted=query.get("submitted") == "1",
        )
        return request.render("ntue_graduation.portal_list", values)

    @route("/my/graduation/new", type="http", auth="user", website=True, methods=["POST"])
    def graduation_new(self, **_post):
        """新增; an application of this term that exists already is opened instead."""
        student = self._prepare_portal_layout_values()["ntue_student"]
        try:
            application = student._start_application()
        except UserError:
            return request.redirect("/my/graduation")  # the list says why
        return request.redirect(f"/my/graduation/{application.id}")

    @route(
        "/my/graduation/<int:application_id>", type="http", auth="user", website=True, readonly=True
    )
    def graduation_form(self, application_id, **query):
        """The form of a draft, or what was submitted, to read (128–144)."""
        application = self._own_application(application_id)
        if not application:
            return request.redirect("/my/graduation")
        return self._render_form(application, saved=query.get("saved") == "1")

    def _render_form(self, application, problems=(), ticks=None, saved=False, answers=None):
        values = self._graduation_values()
        values.update(
            application=application,
            problems=problems,
            saved=saved,
            **application._form(ticks),
        )
        values["teacher_ed"].update(answers or {})
        return request.render("ntue_graduation.portal_form", values)

    @route(
        "/my/graduation/<int:application_id>/save",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def graduation_save(self, application_id, **post):
        """暫存, 送出申請 or 離開, by the button pressed (145–160)."""
        application = self._own_application(application_id)
        if not application:
            return request.redirect("/my/graduation")
        if application.state != "draft":  # a second click, or another tab
            return request.redirect("/my/graduation?submitted=1")
        action = post.get("action")
        if action == "discard":
            if application.first_review == "pending":
                application.unlink()
            return request.redirect("/my/graduation")
        ticks = request.httprequest.form.getlist("tick", type=int)
        acknowledged = post.get("shortfall_acknowledged") == "1"
        answers = application._teacher_ed_sent(post)
        problems = application._save_draft(
            ticks, acknowledged, submit=action == "submit", **answers
        )
        if problems:
            return self._render_form(application, problems, ticks, answers=answers)
        if action == "submit":
            return request.redirect("/my/graduation?submitted=1")
        return request.redirect(f"/my/graduation/{application.id}?saved=1")

    @route("/my/graduation/<int:application_id>/slip", type="http", auth="user", website=True)
    def graduation_slip(self, application_id, **_query):
        """主修畢業學分審核確認單 as PDF: draft copy or official copy (163–181)."""
        application = self._own_application(application_id)
        if not application:
            return request.redirect("/my/graduation")
        if application._is_draft_copy() and not application.saved_at:
            return self._render_no_slip(application)
        return self._pdf("ntue_graduation.report_slip", application, application._slip_name())

    def _render_no_slip(self, application):
        """Why there is nothing to print, instead of a blank slip (124, D25)."""
        values = {**self._graduation_values(), "application": application}
        return request.render("ntue_graduation.portal_no_slip", values)
