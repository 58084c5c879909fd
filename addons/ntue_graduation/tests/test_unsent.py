"""A form that is sent after its session ended comes back to its page, with what was typed in it.

The crossing walks every address of ours that takes the form of a signed-in person: a further one
is in it by itself.
"""

from types import SimpleNamespace
from unittest.mock import patch
from urllib.parse import parse_qs, urlsplit

from lxml import html
from odoo import http
from odoo.addons.ntue_curriculum.tests import school as school_of
from odoo.addons.ntue_curriculum.unsent import SECRET
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .common import APPLICATION, GraduationHttpCase
from .test_deferral import fail, undergraduate

OURS = "odoo.addons.ntue_"
SAID, TYPED = "尚未送出", "打到一半的文字"
NO_FORM_OF_ITS_OWN = {
    "/my/address/submit": "closed to students",
    "/my/deactivate_account": "closed to students",
    "/my/security": "leads students to /my/password",
    "/my/profile/address": "opens by a link in a mail, and asks for the password alone",
}
QUIET = ("odoo.http", "odoo.addons.base.models.ir_rule")
HERE = "odoo.addons.ntue_curriculum.models.platform.ir_http_unsent"


@tagged("post_install", "-at_install")
class TestUnsent(GraduationHttpCase):
    def signs_in(self, user):
        """A session as a browser has one: Odoo knows whose it is, and remembers it as a device."""
        self.env.flush_all()
        self.authenticate(user.login, user.login, session_extra={"_trace_disable": False})
        self.opener.get(f"{self.base_url()}/my/sign-ins", timeout=60)

    def signs_in_again(self, user):
        """The same browser after its session ended: what the server keeps of it stays."""
        store = http.root.session_store
        old = store.get(self.opener.cookies["session_id"])
        kept = {key: old[key] for key in old if key.startswith("ntue_")}
        self.signs_in(user)
        session = store.get(self.opener.cookies["session_id"])
        session.update(kept)
        store.save(session)

    def ends(self):
        """The session is over: its file is gone, as after a week, or after signing out."""
        sid = self.opener.cookies["session_id"]
        http.root.session_store.delete(http.root.session_store.get(sid))

    def sends(self, address, token, headers=None, **fields):
        self.env.flush_all()
        with mute_logger(*QUIET):
            answer = self.opener.post(
                self.base_url() + address,
                data={"csrf_token": token, **fields},
                headers=headers,
                allow_redirects=False,
                timeout=60,
            )
        self.env.invalidate_all()
        return answer

    def page_of(self, answer):
        """The page that a form was led to by way of the sign-in."""
        self.assertEqual(answer.status_code, 303)
        query = parse_qs(urlsplit(answer.headers["Location"]).query)
        self.assertEqual(query["expired"], ["kept"])
        return query["redirect"][0]

    def opens(self, address):
        with mute_logger(*QUIET):
            return self.opener.get(self.base_url() + address, timeout=60)

    def form(self, answer, address):
        """The form of a page that sends to ``address``, if there is one."""
        page = urlsplit(answer.url).path
        forms = html.fromstring(answer.content).forms
        posts = [form for form in forms if form.get("method") == "post"]
        return next((form for form in posts if (form.get("action") or page) == address), None)

    def said(self, answer):
        return [
            each.text_content() for each in html.fromstring(answer.content).cssselect("#unsent")
        ]

    # The crossing

    def rules(self):
        """Every address of ours at which a signed-in person's form arrives."""
        return [
            rule
            for rule in self.env["ir.http"].routing_map().iter_rules()
            if "POST" in (rule.methods or ())
            and rule.endpoint.func.__module__.startswith(OURS)
            and (rule.endpoint.routing["type"], rule.endpoint.routing["auth"]) == ("http", "user")
            and rule.rule.startswith("/my/")
        ]

    def address(self, rule, **ids):
        _host, path = rule.build({name: ids[name] for name in rule.arguments}) or (None, None)
        return path

    def new_plan(self):
        plan = self.env["ntue.study.plan"].with_user(self.way.account)
        vals = {"student_id": self.student.id, "framework_code": self.framework.code}
        return plan.create({**vals, "name": "Plan"}).id

    def stands(self):
        """(whose, ids) for each stand of an application in which some form is on its page."""
        plan_id = self.new_plan()
        if "ntue.portal.recent" in self.env:
            app = self.env["ntue.portal.app"].search([], limit=1)
            self.env["ntue.portal.recent"].with_user(self.way.account)._note(app)
        yield self.way.account, {"application_id": 0, "plan_id": plan_id}
        self.way.start().tick("0733")
        ids = {"application_id": self.way.record.id, "plan_id": plan_id}
        yield self.way.account, ids
        self.way.by_student("write", {"shortfall_acknowledged": True})
        self.way.submit()
        yield self.way.account, ids
        self.way.by_assistant("action_ask_supplement", "The certificate", "2025-11-13")
        yield self.way.account, ids
        day = fail(undergraduate(self))
        yield day.account, {"application_id": day.record.id, "plan_id": plan_id}

    def test_wherever_a_form_is_sent_too_late_it_is_found_again_after_the_sign_in(self):
        rules, met = self.rules(), set()
        self.assertGreater(len(rules), 8)
        for user, ids in self.stands():
            for rule in rules:
                if rule.rule in met:
                    continue
                address = self.address(rule, **ids)
                with self.subTest(address=rule.rule):
                    for again in (self.after_the_end, self.with_a_stale_token):
                        answer = again(user, address)
                        self.assertNotIn(answer.status_code, (400, 405, 422, 500), again)
                        if answer.status_code == 200 and self.form(answer, address) is not None:
                            self.assertIn(SAID, "".join(self.said(answer)), again)
                            met.add(rule.rule)
        self.assertEqual({rule.rule for rule in rules} - met, set(NO_FORM_OF_ITS_OWN))

    def after_the_end(self, user, address):
        self.signs_in(user)
        token = http.Request.csrf_token(self)
        self.ends()
        page = self.page_of(self.sends(address, token))
        self.signs_in_again(user)
        return self.opens(page)

    def with_a_stale_token(self, user, address):
        """Signed out and in again in another tab; the page of before is sent."""
        self.signs_in(user)
        token = http.Request.csrf_token(self)
        self.signs_in(user)
        answer = self.sends(address, token)
        self.assertEqual(answer.status_code, 303)
        return self.opens(answer.headers["Location"].removeprefix(self.base_url()))

    # What comes back, and to whom

    def sends_the_form_too_late(self, **fields):
        self.way.start().tick("0733")
        self.signs_in(self.way.account)
        self.token_of_before = token = http.Request.csrf_token(self)
        self.ends()
        fields = {"action": "save", "tick": self.numbers("0812"), **fields}
        return self.page_of(
            self.sends(f"/my/graduation/{self.way.record.id}/save", token, **fields)
        )

    def numbers(self, *offerings):
        return [school_of.enrolment(self.student, number).id for number in offerings]

    def ticked(self, answer):
        boxes = html.fromstring(answer.content).cssselect("input[name=tick][checked]")
        return [int(box.get("value")) for box in boxes]

    def test_the_boxes_are_ticked_as_they_were_sent_and_nothing_is_saved(self):
        page = self.sends_the_form_too_late()
        self.signs_in_again(self.way.account)
        answer = self.opens(page)
        self.assertEqual(self.ticked(answer), self.numbers("0812"))
        self.assertEqual(self.way.record.tick_ids.ids, self.numbers("0733"))
        self.assertIn("暫存", self.said(answer)[0])
        title = html.fromstring(answer.content).findtext(".//title")
        self.assertTrue(title.startswith(f"{SAID} · "), title)

    def test_a_page_that_is_opened_anew_still_has_it_until_something_is_sent(self):
        page = self.sends_the_form_too_late()
        self.signs_in_again(self.way.account)
        self.opens(page)
        self.assertEqual(self.ticked(self.opens(page)), self.numbers("0812"))
        address = f"/my/graduation/{self.way.record.id}/save"
        self.sends(address, http.Request.csrf_token(self), action="save")
        answer = self.opens(page)
        self.assertEqual((self.said(answer), self.ticked(answer)), ([], self.numbers("0733")))

    def test_a_second_person_at_the_same_browser_gets_nothing_of_it(self):
        page = self.sends_the_form_too_late()
        fellow = school_of.account_of(self.fellow)
        self.signs_in_again(fellow)
        self.assertEqual(self.opens(page).status_code, 404)
        self.assertIsNone(self.kept())

    def test_what_one_typed_in_the_profile_is_not_in_the_profile_of_the_next(self):
        self.signs_in(self.way.account)
        token = http.Request.csrf_token(self)
        self.ends()
        page = self.page_of(self.sends("/my/profile", token, action="save", phone="02-0000-0000"))
        self.assertEqual(page, "/my/profile")
        for user, seen in ((school_of.account_of(self.fellow), False), (self.way.account, False)):
            self.signs_in_again(user)
            self.assertEqual("02-0000-0000" in self.opens(page).text, seen)

    def test_what_was_typed_in_the_profile_is_there_again(self):
        self.signs_in(self.way.account)
        token = http.Request.csrf_token(self)
        self.ends()
        fields = {"phone": "02-0000-0000", "english_name": "WANG, TA", "use_alias": "1"}
        page = self.page_of(self.sends("/my/profile", token, action="save", **fields))
        self.signs_in_again(self.way.account)
        form = self.form(self.opens(page), "/my/profile")
        shown = {name: form.fields.get(name) for name in fields}
        self.assertEqual(shown, fields)

    def test_a_message_to_the_office_is_there_again(self):
        self.way.submitted()
        self.signs_in(self.way.account)
        token, address = (
            http.Request.csrf_token(self),
            f"/my/graduation/{self.way.record.id}/answer",
        )
        self.ends()
        page = self.page_of(self.sends(address, token, answer=f"<b>{TYPED}</b>\nA & B"))
        self.signs_in_again(self.way.account)
        form = self.form(self.opens(page), address)
        self.assertEqual(form.fields["answer"].strip(), f"<b>{TYPED}</b>\nA & B")

    def test_a_form_with_no_token_of_the_person_is_kept_for_nobody(self):
        for token in ("", "0" * 40, "é" * 40):
            self.signs_in(self.way.account)
            self.ends()
            answer = self.sends("/my/profile", token, phone="02-0000-0000")
            self.assertEqual(answer.status_code, 303)
            self.signs_in_again(self.way.account)
            self.assertNotIn("02-0000-0000", self.opens("/my/profile").text)

    def test_after_an_hour_it_is_gone(self):
        page = self.sends_the_form_too_late()
        with freeze_time("2025-11-10 06:00:00"):
            self.signs_in_again(self.way.account)
            self.assertEqual(self.said(self.opens(page)), [])

    def test_the_page_that_the_form_was_sent_from_is_come_back_to_with_its_address(self):
        self.signs_in(self.way.account)
        token = http.Request.csrf_token(self)
        for said, page in (
            ("/my/profile?back=graduation&saved=1", "/my/profile?back=graduation"),
            ("/my/graduation/new", "/my/profile"),
            ("https://elsewhere.example/my/progress", "/my/profile"),
        ):
            self.ends()
            referer = said if said.startswith("http") else self.base_url() + said
            answer = self.sends("/my/profile", token, {"Referer": referer}, phone="1")
            self.assertEqual(self.page_of(answer), page)

    def test_nothing_secret_and_nothing_endless_is_kept(self):
        self.signs_in(self.way.account)
        token = http.Request.csrf_token(self)
        for fields in ({"password": TYPED}, {"captcha": TYPED}, {"answer": "字" * 30_000}):
            self.ends()
            self.sends("/my/profile", token, **fields)
            self.assertEqual(self.kept()[-1]["values"], {})

    def test_every_field_for_a_password_has_a_name_that_is_never_kept(self):
        views = self.env["ir.ui.view"].search([("type", "=", "qweb"), ("key", "=like", "ntue_%")])
        fields = [
            field.get("name")
            for view in views
            for field in html.fromstring(view.arch_db).cssselect("input[type=password]")
        ]
        self.assertEqual([name for name in fields if not any(p in name for p in SECRET)], [])

    def test_a_form_from_another_site_is_taken_into_no_page(self):
        """The token is what another site cannot know: with none that is hers nothing is kept."""
        self.signs_in(school_of.account_of(self.fellow))
        foreign = http.Request.csrf_token(self)
        self.signs_in(self.way.account)
        answer = self.sends("/my/profile", foreign, phone="02-0000-0000")
        self.assertEqual(answer.status_code, 400)
        self.assertNotIn("02-0000-0000", self.opens("/my/profile").text)
        self.assertTrue(self.env[APPLICATION].search_count([]) == 0)

    # Two tabs

    def sends_both_too_late(self):
        """The pages of two tabs whose forms were sent after their session had ended."""
        first = self.sends_the_form_too_late()
        token = self.token_of_before
        return first, self.page_of(self.sends("/my/profile", token, phone="02-0000-0000"))

    def elsewhere(self, answer):
        """The pages on which more waits, as the page says it."""
        links = html.fromstring(answer.content).cssselect(".o_ntue_unsent_elsewhere a")
        return {link.get("href"): link.text_content() for link in links}

    def test_of_two_tabs_both_forms_are_there_and_each_page_tells_of_the_other(self):
        first, second = self.sends_both_too_late()
        self.signs_in_again(self.way.account)
        profile, application = self.opens(second), self.opens(first)
        self.assertEqual(self.form(profile, "/my/profile").fields["phone"], "02-0000-0000")
        self.assertEqual(self.ticked(application), self.numbers("0812"))
        self.assertEqual(self.elsewhere(profile), {first: "畢業資格申請"})
        self.assertEqual(list(self.elsewhere(application)), [second])

    def test_who_sends_the_one_is_told_once_more_of_the_other_which_stays(self):
        first, second = self.sends_both_too_late()
        self.signs_in_again(self.way.account)
        fields = self.form(self.opens(second), "/my/profile").fields
        token = http.Request.csrf_token(self)
        self.sends("/my/profile", token, **{**fields, "csrf_token": token, "action": "save"})
        self.assertEqual(list(self.elsewhere(self.opens(second))), [first])
        self.assertEqual(self.elsewhere(self.opens(second)), {}, "once is enough")
        self.assertEqual(self.said(self.opens(second)), [])
        self.assertEqual(self.ticked(self.opens(first)), self.numbers("0812"))

    def test_of_two_people_at_one_browser_each_finds_the_own_form_and_hears_of_no_other(self):
        fellow = school_of.account_of(self.fellow)
        self.signs_in(fellow)
        token = http.Request.csrf_token(self)
        first = self.sends_the_form_too_late()
        second = self.page_of(self.sends("/my/profile", token, phone="02-0000-0000"))
        self.assertEqual(len(self.kept()), 2)
        self.signs_in_again(fellow)
        answer = self.opens(second)
        self.assertIn("02-0000-0000", answer.text)
        self.assertEqual(self.elsewhere(answer), {})
        self.assertNotIn(first, answer.text)
        self.assertEqual([row["page"] for row in self.kept()], [second])

    def sends_trials_too_late(self):
        """The addresses of two trials side by side, each saved under a name after the session."""
        self.signs_in(self.way.account)
        token = http.Request.csrf_token(self)
        self.ends()
        pages = []
        for name, offering in (("First", "0733"), ("Second", "0812")):
            (tick,) = self.numbers(offering)
            referer = f"{self.base_url()}/my/progress/what-if?try=1&tick={tick}"
            sent = self.sends("/my/progress/plan", token, {"Referer": referer}, name=name)
            pages.append(self.page_of(sent))
        return pages

    def names(self, page):
        """What stands as the name of the trial on ``page``, and whether it was put there."""
        answer = self.opens(page)
        return self.form(answer, "/my/progress/plan").fields["name"], len(self.said(answer))

    def test_of_two_trials_side_by_side_each_finds_its_own_form(self):
        first, second = self.sends_trials_too_late()
        self.signs_in_again(self.way.account)
        self.assertEqual(self.names(first), ("First", 1))
        self.assertEqual(self.names(second), ("Second", 1))
        self.assertEqual(self.names(f"{first}&tick={self.numbers('0812')[0]}")[1], 0)
        token = http.Request.csrf_token(self)
        self.sends("/my/progress/plan", token, {"Referer": self.base_url() + second}, name="Second")
        self.assertEqual([row["page"] for row in self.kept()], [first])
        self.assertEqual(self.names(first), ("First", 1))

    def test_a_form_that_its_page_has_no_more_waits_nowhere_once_that_was_opened(self):
        plan_id = self.new_plan()
        self.signs_in(self.way.account)
        token = http.Request.csrf_token(self)
        self.ends()
        address = f"/my/progress/plan/{plan_id}"
        page = self.page_of(self.sends(address, token, action="share"))
        profile = self.page_of(self.sends("/my/profile", token, phone="02-0000-0000"))
        self.env["ntue.study.plan"].browse(plan_id).unlink()
        self.signs_in_again(self.way.account)
        self.assertEqual([row["page"] for row in self.kept()], [page, profile])
        self.assertIsNone(self.form(self.opens(page), address))
        self.assertEqual([row["page"] for row in self.kept()], [profile])

    def test_of_what_was_too_long_to_keep_nothing_waits_once_that_was_said(self):
        self.signs_in(self.way.account)
        token = http.Request.csrf_token(self)
        self.ends()
        page = self.page_of(self.sends("/my/profile", token, phone="字" * 30_000))
        self.signs_in_again(self.way.account)
        self.assertEqual(len(self.said(self.opens(page))), 1)
        self.assertIsNone(self.kept())
        self.assertEqual(self.said(self.opens(page)), [])

    def test_of_four_forms_the_latest_three_wait(self):
        self.signs_in(self.way.account)
        token = http.Request.csrf_token(self)
        self.ends()
        for number in range(4):
            headers = {"Referer": f"{self.base_url()}/my/profile?back={number}"}
            address = f"/my/graduation/{number}/save" if number else "/my/profile"
            self.page_of(self.sends(address, token, headers, phone="字" * 15_000))
        self.assertEqual(
            [row["address"] for row in self.kept()],
            [f"/my/graduation/{number}/save" for number in (1, 2, 3)],
        )

    # What nobody can do with it

    def kept(self):
        """What the session of this browser keeps on the server."""
        return http.root.session_store.get(self.opener.cookies["session_id"]).get("ntue_unsent")

    def test_for_a_visitor_who_was_never_signed_in_nothing_is_kept(self):
        self.opener.cookies.clear()
        self.opens("/web/login")
        session = SimpleNamespace(sid=self.opener.cookies["session_id"])
        own = http.Request.csrf_token(SimpleNamespace(env=self.env, session=session))
        for token in (own, "a" * 200_000, "字" * 64, f"{own}\n", f"{'0' * 40}o{own[41:]}"):
            with self.subTest(token=token[:60]):
                answer = self.sends("/my/profile", token, phone="字" * 9_000)
                self.assertNotIn("kept", answer.headers["Location"])
                self.assertIsNone(self.kept())

    def test_a_form_that_cannot_be_read_is_answered_by_the_sign_in(self):
        """Of more parts than are read."""
        self.opener.cookies.clear()
        with mute_logger(*QUIET):
            answer = self.opener.post(
                f"{self.base_url()}/my/profile",
                files=[("phone", (None, "1"))] * 1001,
                allow_redirects=False,
                timeout=60,
            )
        self.assertEqual(answer.status_code, 303)
        self.assertIn("/web/login", answer.headers["Location"])
        self.assertNotIn("kept", answer.headers["Location"])

    def test_signed_out_in_another_window_or_without_the_cookie_it_is_kept_all_the_same(self):
        for away in (lambda: self.opens("/web/session/logout?redirect=/"), self.drop_the_cookie):
            self.signs_in(self.way.account)
            token = http.Request.csrf_token(self)
            away()
            self.page_of(self.sends("/my/profile", token, phone="1"))
            self.assertEqual(self.kept()[-1]["values"]["phone"], ["1"])

    def drop_the_cookie(self):
        self.opener.cookies.clear()

    def test_after_an_hour_the_session_of_a_visitor_keeps_it_no_longer(self):
        self.sends_the_form_too_late()
        self.assertTrue(self.kept())
        with freeze_time("2025-11-10 06:00:00"):
            self.opens("/web/login")
        self.assertIsNone(self.kept())

    def test_a_page_that_it_cannot_be_put_back_on_is_shown_without_it(self):
        page = self.sends_the_form_too_late()
        self.signs_in_again(self.way.account)
        with patch(f"{HERE}.put_back", side_effect=ValueError), mute_logger(HERE):
            answer = self.opens(page)
        self.assertEqual((answer.status_code, self.said(answer)), (200, []))
        self.assertIsNone(self.kept())

    def test_what_another_page_saved_in_the_meantime_is_not_overwritten_by_it(self):
        page = self.sends_the_form_too_late(version="of the page that was open")
        self.way.tick("0812", "0733")
        self.signs_in_again(self.way.account)
        address = f"/my/graduation/{self.way.record.id}/save"
        fields = dict(self.form(self.opens(page), address).form_values())
        self.assertEqual(fields["version"], "of the page that was open")

    def test_the_box_that_something_is_missing_is_ticked_anew(self):
        self.way.start().tick("0733")
        self.signs_in(self.way.account)
        token = http.Request.csrf_token(self)
        self.ends()
        record = f"/my/graduation/{self.way.record.id}"
        headers = {"Referer": f"{self.base_url()}{record}/check"}
        page = self.page_of(
            self.sends(f"{record}/submit", token, headers, shortfall_acknowledged="1")
        )
        self.signs_in_again(self.way.account)
        answer = self.opens(page)
        self.assertEqual(len(self.said(answer)), 1)
        boxes = html.fromstring(answer.content).cssselect("input[name=shortfall_acknowledged]")
        self.assertEqual([box.get("checked") for box in boxes], [None])
