"""忘記登入密碼: ID number and campus mailbox, and the page that the mailed link leads to."""

from odoo.addons.ntue_curriculum.clock import taipei_today
from odoo.exceptions import UserError
from odoo.http import Controller, request, route

from .. import campus_mailbox
from ..national_id import is_accepted, normalise
from . import asking_captcha

PURPOSE = "forgotten"
EXAMPLE = "211300001"
"""A student number that is nobody's, for the example of a mailbox."""


class Forgotten(Controller):
    """Pages for anyone who is not signed in; they say the same to everybody (D46)."""

    @route(
        "/web/forgotten",
        type="http",
        auth="public",
        website=True,
        multilang=False,
        methods=["GET", "POST"],
        sitemap=False,
    )
    def forgotten(self, national_id="", mailbox="", **form):
        """The form; a sent one is put down, no matter who sent it, and answered by mail."""
        requests = request.env["ntue.forgotten.request"]
        values = {
            "is_open": requests._is_open(),
            "example": campus_mailbox.example(requests._setting(), EXAMPLE),
            "mailbox": mailbox,
        }
        if not values["is_open"] or request.httprequest.method != "POST":
            return self._page(values)
        if requests._is_too_many(request.httprequest.remote_addr or ""):
            return self._page({**values, "is_too_many": True}, 429)
        errors = self._errors(national_id, mailbox, form)
        if errors:
            return self._page({**values, "errors": errors})
        self._put_down(national_id, mailbox)
        return self._page({"is_asked": True})

    def _errors(self, number, mailbox, form):
        """What is wrong with a form by itself, by field; nothing of it depends on an account."""
        _ = request.env._
        errors = {}
        if not asking_captcha.accepts(PURPOSE, form):
            errors["captcha"] = asking_captcha.wrong()
        if not is_accepted(normalise(number), taipei_today()):
            errors["national_id"] = _(
                "This is no number of an identity card or a residence permit: look for a slip of "
                "the hand."
            )
        setting = request.env["ntue.forgotten.request"]._setting()
        if not campus_mailbox.student_number(campus_mailbox.normalise(mailbox), setting):
            errors["mailbox"] = _("This is no mailbox that the school gives to students.")
        return errors

    def _put_down(self, number, mailbox):
        request.env["ntue.forgotten.request"]._ask(
            normalise(number),
            campus_mailbox.normalise(mailbox),
            request.httprequest.remote_addr or "",
        )

    def _page(self, values, status=200):
        values = {"errors": {}, "login_card_classes": "o_ntue_forgotten", **values}
        if values.get("is_open") and not values.get("is_too_many"):
            values |= asking_captcha.values(PURPOSE)
        return _rendered("ntue_campus_login.forgotten", values, status)

    @route(
        "/web/forgotten/new",
        type="http",
        auth="public",
        website=True,
        multilang=False,
        methods=["GET", "POST"],
        sitemap=False,
    )
    def new_password(self, token="", password="", password_again="", **_form):
        """Where the link leads. Opening it does nothing: programs that look through mails do, too.

        The password is set by the form, once.
        """
        link = request.env["ntue.password.link"]._of(token)
        values = {"link": link, "token": token}
        if link and request.httprequest.method == "POST":
            values["error"] = self._set(link, password, password_again)
            values["is_done"] = not values["error"]
        return _rendered("ntue_campus_login.forgotten_new", values)

    def _set(self, link, password, again):
        """Set the password; a sentence about what is wrong with it, or None."""
        if not password.strip():
            return request.env._("Type the new password.")
        if password != again:
            return request.env._("The two are not the same. Type the new password twice.")
        user = link.user_id
        try:
            link._use(password)
        except UserError as error:
            return str(error)
        self._unlock(user)
        return None

    def _unlock(self, user):
        """Who has proved who she is may sign in again at once, no matter who has tried before."""
        address = request.httprequest.remote_addr or ""
        request.env["ntue.sign.in.limit"]._succeeded("sign_in", user.login, address)
        request.env["ntue.sign.in.event"]._record("reset", user.login, user, "success")


def _rendered(template, values, status=200):
    """A page of this part; its address goes to no other site, since it may be a link's."""
    response = request.render(template, {**values, "disable_footer": True}, status=status)
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
