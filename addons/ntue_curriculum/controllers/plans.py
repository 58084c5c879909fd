from odoo.exceptions import UserError
from odoo.http import request, route

from ..pages.plans import plan_values
from .portal import CurriculumPortal

FORM_ON = "/my/progress/what-if"
TRIAL = f"{FORM_ON}?try=1"


class PlanPortal(CurriculumPortal):
    """Trials that a student keeps: saved, shared with the department, deleted."""

    @route(
        "/my/progress/plan",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
        ntue_form_on=TRIAL,
    )
    def plan_save(self, **post):
        """The trial on the page, under a name."""
        student = self._prepare_portal_layout_values()["ntue_student"]
        if not student:
            return request.redirect("/my/progress")
        sent = request.httprequest.form
        ticks, lines = sent.getlist("tick", type=int), sent.getlist("plan", type=int)
        framework = self._framework_to_try(student, post.get("framework"))
        name = post.get("name")
        name = name.strip() if isinstance(name, str) else ""
        vals = plan_values(student, framework, ticks, lines, name)
        vals["is_shared"] = post.get("shared") == "1"
        try:
            request.env["ntue.study.plan"].create(vals)
        except UserError as error:
            return self._render_what_if(
                student, framework, ticks, lines, refused=str(error), status=422
            )
        return request.redirect("/my/progress/what-if?told=saved#plans")

    @route(
        "/my/progress/plan/<int:plan_id>",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
        ntue_form_on=FORM_ON,
    )
    def plan_change(self, plan_id, **post):
        """Share a plan, take it back, or delete it; one that is gone is no fault."""
        domain = [
            ("id", "=", plan_id),
            ("student_id.partner_id", "=", request.env.user.partner_id.id),
        ]
        plan = request.env["ntue.study.plan"].search(domain)
        action = post.get("action")
        if action == "delete":
            plan.unlink()
        elif plan and action in ("share", "unshare"):
            plan.write({"is_shared": action == "share"})
        return request.redirect("/my/progress/what-if#plans")
