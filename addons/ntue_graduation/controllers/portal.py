import logging
from datetime import datetime
from urllib.parse import urlencode

from odoo.addons.ntue_curriculum.clock import taipei_day
from odoo.addons.ntue_curriculum.controllers.portal import CurriculumPortal
from odoo.addons.ntue_curriculum.days import day_text
from odoo.exceptions import UserError
from odoo.http import request, route

from ..pages import draft, teacher_ed
from ..pages.applications import applications_page
from ..pages.form import form
from ..pages.next_steps import day_to_submit, next_steps
from ..pages.offices import office_to_call
from ..papers.slip import slip_name

_logger = logging.getLogger(__name__)

UNNOTICED = ("kept", "unheard")
"""What is told of a file and of a message of which nobody could be notified."""


class GraduationPortal(CurriculumPortal):
    """Parse, call, render: the rules are in the models and in ``workflow``."""

    def _graduation_values(self, page="ntue_graduation"):
        return {
            **self._prepare_portal_layout_values(),
            "page_name": page,
            "day_text": self._day_text,
        }

    def _day_text(self, moment):
        """A day, or the Taipei day of a moment, as the reader writes it (I15)."""
        if isinstance(moment, datetime):
            moment = taipei_day(moment)
        return day_text(request.env, moment)

    def _own_application(self, application_id):
        """The application if it is the signed-in student's, else an empty one."""
        return request.env["ntue.graduation.application"].search_fetch(
            [
                ("id", "=", application_id),
                ("student_id.partner_id", "=", request.env.user.partner_id.id),
            ]
        )

    def _not_theirs(self, application_id):
        """The page for a number that is no application of the signed-in student's."""
        _logger.info("user %s: application %s is not theirs", request.env.uid, application_id)
        return request.render(
            "ntue_graduation.portal_no_application", self._graduation_values(), status=404
        )

    @route("/my/graduation", type="http", auth="user", website=True, readonly=True)
    def graduation(self, **query):
        """畢業資格申請: the list in its three situations (115–127)."""
        return self._render_list(query)

    def _to_list(self, application, **told):
        """The list, told what has just happened to ``application``.

        It is named by its term, which is looked up among the student's own: the address leads
        nobody to another one's.
        """
        return request.redirect(f"/my/graduation?{urlencode(told)}&term={application.term_number}")

    def _render_list(self, query, problems=()):
        """The list; ``query``: what has just happened, and the term of what it happened to."""
        values = self._graduation_values()
        student = values["ntue_student"]
        if not student:
            return request.render("ntue_curriculum.portal_no_student", values)
        values.update(applications_page(student, query.get("term")))
        values.update(problems=problems, mails_saved=query.get("mails"))
        state, left = values["told_of"].state, query.get("left")
        values["submitted"] = query.get("submitted") if state == "submitted" else None
        values["left"] = left if left != "kept" or state == "draft" else None
        status = 422 if problems else 200
        return request.render("ntue_graduation.portal_list", values, status=status)

    @route("/my/graduation/new", type="http", auth="user", website=True, methods=["POST"])
    def graduation_new(self, **_post):
        """新增; an application of this term that exists already is opened instead."""
        student = self._prepare_portal_layout_values()["ntue_student"]
        if not student:
            return request.redirect("/my/graduation")
        try:
            application = student._start_application()
        except UserError as error:
            return self._render_list({}, str(error).split("\n"))
        return request.redirect(f"/my/graduation/{application.id}")

    @route(
        "/my/graduation/<int:application_id>", type="http", auth="user", website=True, readonly=True
    )
    def graduation_form(self, application_id, **query):
        """The form of a draft, or what was submitted, to read (128–144)."""
        application = self._own_application(application_id)
        if not application:
            return self._not_theirs(application_id)
        return self._render_form(application, told=query.get("told"))

    def _render_form(
        self, application, problems=(), told=None, ticks=None, answers=None, written=""
    ):
        """The form; ``told``: what has just happened, if it was saved or suggested.

        ``written``: what the student was about to send to the office.
        """
        values = self._graduation_values()
        values.update(
            application=application,
            problems=problems,
            told=told,
            written=written,
            to_call=office_to_call(application).line if told in UNNOTICED else "",
            **form(application, ticks),
        )
        values["teacher_ed"].update(answers or {})
        status = 422 if problems else 200
        return request.render("ntue_graduation.portal_form", values, status=status)

    @route(
        "/my/graduation/<int:application_id>/save",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def graduation_save(self, application_id, **post):
        """暫存, 送出申請, 離開 or the suggestion taken over, by the button pressed (145–154)."""
        application = self._own_application(application_id)
        if not application:
            return self._not_theirs(application_id)
        if application.state != "draft":  # another tab has submitted it
            return self._to_list(application, submitted="already")
        application._wait_turn()
        ticks = request.httprequest.form.getlist("tick", type=int)
        answers = teacher_ed.sent(application, post)
        action = post.get("action")
        if action == "leave":
            return self._leave(application)
        if action == "suggest":
            ticks = draft.suggested_ticks(application)
            return self._render_form(application, told="suggested", ticks=ticks, answers=answers)
        if action == "check":
            problems = draft.differs_from_saved(application, ticks, answers)
            address = f"/my/graduation/{application.id}/check"
        else:
            problems = draft.save(application, ticks, post.get("version"), answers)
            address = f"/my/graduation/{application.id}?told=saved"
        if problems:
            return self._render_form(application, problems, ticks=ticks, answers=answers)
        return request.redirect(address)

    def _leave(self, application):
        """離開: what was never saved is gone; about a saved draft one is asked (145)."""
        if application.saved_at or application.first_review != "pending":
            return request.redirect(f"/my/graduation/{application.id}/leave")
        application.unlink()
        return request.redirect("/my/graduation?left=nothing")

    @route(
        "/my/graduation/<int:application_id>/leave",
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def graduation_leave(self, application_id, **_query):
        """Keep the saved draft, or discard it?"""
        application = self._own_application(application_id)
        if not application:
            return self._not_theirs(application_id)
        if application.state != "draft":
            return request.redirect("/my/graduation")
        values = self._graduation_values()
        values.update(application=application, until=day_to_submit(next_steps(application)))
        return request.render("ntue_graduation.portal_leave", values)

    @route(
        "/my/graduation/<int:application_id>/discard",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
        ntue_form_on="/my/graduation/{application_id}/leave",
    )
    def graduation_discard(self, application_id, **_post):
        """Give the application up for this term, draft and all (145)."""
        application = self._own_application(application_id)
        if not application:
            return self._not_theirs(application_id)
        if application.state != "draft":
            return self._to_list(application, submitted="already")
        application._wait_turn()
        problems = draft.attempt(application, application.unlink)
        if problems:
            return self._render_list({}, problems)
        return request.redirect("/my/graduation?left=discarded")

    @route("/my/graduation/<int:application_id>/slip", type="http", auth="user", website=True)
    def graduation_slip(self, application_id, both=None, **_query):
        """主修畢業學分審核確認單 as PDF: draft copy or official copy (163–181).

        With ``both`` it has English beside its Chinese.
        """
        application = self._own_application(application_id)
        if not application:
            return self._not_theirs(application_id)
        if application._is_draft_copy() and not application.saved_at:
            return self._render_no_slip(application)
        name = slip_name(application)
        return self._pdf("ntue_graduation.report_slip", application, name, both=both)

    def _render_no_slip(self, application, *, begins=False):
        """Why there is nothing to print, instead of a blank slip (124, D25).

        ``begins``: without an application, whether one may be begun now.
        """
        steps = next_steps(application) if application else []
        values = {**self._graduation_values(), "application": application, "begins": begins}
        values.update(next_steps=steps, until=day_to_submit(steps))
        return request.render("ntue_graduation.portal_no_slip", values)
