from datetime import date
from unittest.mock import patch

from odoo.tests import freeze_time, tagged

from . import papers, records
from . import school as school_of
from .common import CHANGED, REFUSED, SchoolCase, SchoolHttpCase

COPY = "ntue.passport.copy"
SECRET = papers.pdf(b"the page with the photo")
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<html><script>alert(1)</script></html>"


@tagged("post_install", "-at_install")
class TestPassportCopy(SchoolCase):
    """A file of the student's: what it may be, whose it is, how long it stays (43, D9)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        records.people(cls)
        cls.account = school_of.account_of(cls.student)

    def send(self, content, user=None, **vals):
        vals = {"student_id": self.student.id, "content": papers.sent(content), **vals}
        return self.rpc(user or self.account, COPY, "create", vals)

    def history(self):
        rows = self.student.change_ids.filtered(lambda row: row.field == "passport_copy")
        return [(row.action, row.old or "", row.new or "") for row in rows.sorted("id")]

    def test_D9_pdf_jpeg_and_png_are_taken_by_their_content(self):
        for content, ending, kind in (
            (papers.PDF, "pdf", "application/pdf"),
            (papers.picture("JPEG"), "jpg", "image/jpeg"),
            (papers.picture("PNG"), "png", "image/png"),
        ):
            with self.subTest(kind=kind), self.undone():
                self.send(content)
                copy = self.student.passport_copy_ids
                self.assertEqual(
                    (copy.name, copy.mimetype, copy.size),
                    (f"passport-210941001.{ending}", kind, len(content)),
                )

    def test_D9_what_only_pretends_to_be_one_is_refused(self):
        broken = papers.picture("PNG")[:40]
        for content in (
            b"",
            b"hello",
            SVG,
            HTML,
            b"\n" + papers.PDF,
            HTML + papers.PDF,
            b"GIF89a" + papers.picture("PNG"),
            papers.picture("GIF"),
            papers.picture("BMP"),
            broken,
            b"\xff\xd8\xff" + HTML,
            b"MZ" + papers.PDF,
        ):
            with self.subTest(content=content[:20]):
                vals = {"student_id": self.student.id, "content": papers.sent(content)}
                self.refused(self.account, COPY, "create", vals)
        for content in (False, "not base64!", "%PDF-1.4", 7):
            with self.subTest(content=content):
                vals = {"student_id": self.student.id, "content": content}
                self.refused(self.account, COPY, "create", vals)

    def test_D9_a_file_larger_than_the_setting_is_refused(self):
        parameters = self.env["ir.config_parameter"].sudo()
        parameters.set_param("ntue_curriculum.passport_copy_max_mb", 1)
        most = 1024 * 1024
        fits = papers.PDF + b"\n" * (most - len(papers.PDF))
        with self.undone():
            self.send(fits)
        vals = {"student_id": self.student.id, "content": papers.sent(fits + b"\n")}
        self.assertIn("1 MB", self.refused(self.account, COPY, "create", vals))

    def test_D9_without_a_setting_a_copy_may_have_5_mb(self):
        self.assertEqual(self.env[COPY]._max_mb(), 5)

    def test_D9_a_student_replaces_and_removes_the_copy_and_the_history_tells_it(self):
        self.send(papers.PDF)
        self.send(papers.picture("PNG"))
        copy = self.student.passport_copy_ids
        self.assertEqual(copy.mimetype, "image/png")
        self.rpc(self.account, COPY, "unlink", copy.ids)
        self.assertEqual(
            self.history(),
            [
                ("uploaded", "", "PDF, 1 kB"),
                ("uploaded", "PDF, 1 kB", "PNG, 1 kB"),
                ("removed", "PNG, 1 kB", ""),
            ],
        )

    def test_D9_students_upload_for_themselves_and_set_nothing_else(self):
        content = papers.sent(papers.PDF)
        for user in (
            school_of.account_of(self.fellow),
            self.assistant,
            self.registrar,
            self.operator,
        ):
            vals = {"student_id": self.student.id, "content": content}
            self.refused(user, COPY, "create", vals)
        for extra in (
            {"purge_on": "2099-01-01"},
            {"name": "x.html"},
            {"mimetype": "text/html"},
            {"size": 1},
        ):
            vals = {"student_id": self.student.id, "content": content, **extra}
            self.refused(self.account, COPY, "create", vals)
        context = {"default_purge_on": "2099-01-01", "default_mimetype": "text/html"}
        vals = {"student_id": self.student.id, "content": content}
        self.rpc(self.account, COPY, "create", vals, context=context)
        copy = self.student.passport_copy_ids
        self.assertEqual(copy.mimetype, "application/pdf")
        self.assertEqual(copy.purge_on, date(2026, 11, 10))

    def test_D9_nothing_of_a_copy_is_rewritten_by_anybody(self):
        copy = papers.upload(self.student)
        inside = [
            {"passport_copy_ids": [(1, copy.id, {"purge_on": "2099-01-01"})]},
            {"passport_copy_ids": [(2, copy.id)]},
            {"passport_copy_ids": [(5,)]},
            {"passport_copy_ids": [(0, 0, {"content": papers.sent(papers.PDF)})]},
        ]
        for user in (self.account, self.assistant, self.registrar, self.operator):
            for vals in (
                {"content": papers.sent(SECRET)},
                {"purge_on": "2099-01-01"},
                {"student_id": self.fellow.id},
            ):
                with self.subTest(user=user.login, vals=sorted(vals)):
                    self.assertEqual(self.outcome(user, COPY, "write", copy.ids, vals), REFUSED)
            for vals in inside:
                vals = {**vals, "correction_reason": "Asked"}
                found = self.outcome(user, "ntue.student", "write", self.student.ids, vals)
                self.assertNotEqual(found, CHANGED)

    def test_D9_no_attachment_and_no_message_is_made_of_a_copy(self):
        """An attachment has rights, a token and a public flag of its own: there is none."""
        models = ("ir.attachment", "mail.message", "mail.mail")
        before = [self.env[model].sudo().search_count([]) for model in models]
        self.send(SECRET)
        self.assertEqual([self.env[model].sudo().search_count([]) for model in models], before)

    def test_D9_a_call_that_odoo_repeats_finds_its_values_as_they_were(self):
        vals = {"student_id": self.student.id, "content": papers.sent(papers.PDF)}
        kept = dict(vals)
        for _again in range(2):
            with self.undone():
                self.rpc(self.account, COPY, "create", vals)
        self.assertEqual(vals, kept)

    # Until when

    def purge(self):
        cron = type(self.env["ir.cron"])
        with patch.object(cron, "_commit_progress", lambda _self, *_args, **_kwargs: 60.0):
            self.env[COPY]._purge_due()

    def test_D9_a_copy_is_deleted_on_its_day_and_the_history_says_so(self):
        papers.upload(self.student, SECRET)
        self.student._needs_passport_copy_until(date(2025, 11, 20))
        self.assertEqual(self.student.passport_copy_ids.purge_on, date(2026, 2, 18))
        with freeze_time("2026-02-17 04:00:00"):
            self.purge()
            self.assertTrue(self.student.passport_copy_ids)
        with freeze_time("2026-02-17 16:30:00"):  # past midnight in Taipei
            self.purge()
        self.assertFalse(self.student.passport_copy_ids)
        self.assertEqual(self.history()[-1], ("purged", "PDF, 1 kB", ""))
        self.env.cr.execute("SELECT COUNT(*) FROM ntue_passport_copy")
        self.assertEqual(self.env.cr.fetchone(), (0,))

    def test_D9_the_days_a_copy_is_kept_are_a_setting(self):
        self.env["ir.config_parameter"].sudo().set_param(
            "ntue_curriculum.passport_copy_keep_days", 7
        )
        papers.upload(self.student)
        self.student._needs_passport_copy_until(date(2025, 11, 20))
        self.assertEqual(self.student.passport_copy_ids.purge_on, date(2025, 11, 27))

    def test_D9_the_purge_takes_every_copy_that_is_due_in_batches(self):
        for student in (self.student, self.fellow, self.stranger):
            papers.upload(student)
            student._needs_passport_copy_until(date(2025, 1, 1))
        papers.upload(self.undergraduate)
        with patch("odoo.addons.ntue_curriculum.models.passport.passport_copy.BATCH", 2):
            self.purge()
        self.assertEqual(self.env[COPY].search([]).student_id, self.undergraduate)

    def test_D9_a_purge_that_runs_out_of_time_goes_on_later(self):
        for student in (self.student, self.fellow):
            papers.upload(student)
            student._needs_passport_copy_until(date(2025, 1, 1))
        cron = type(self.env["ir.cron"])
        with (
            patch("odoo.addons.ntue_curriculum.models.passport.passport_copy.BATCH", 1),
            patch.object(cron, "_commit_progress", lambda _self, *_args, **_kwargs: 0.0),
        ):
            self.env[COPY]._purge_due()
        self.assertEqual(self.env[COPY].search_count([]), 1)


@tagged("post_install", "-at_install")
class TestPassportCopyByHttp(SchoolHttpCase):
    """Who gets the file by which address; and the page that takes it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        records.people(cls)
        cls.account = school_of.account_of(cls.student)
        groups = f"{school_of.STAFF},base.group_system"
        cls.employee = school_of.user(cls.env, "employee@staff.example.com", school_of.STAFF)
        cls.technician = school_of.user(cls.env, "technician@staff.example.com", groups)

    def send(self, content=None, **fields):
        typed = {
            "english_name": "WANG, TA-MING",
            "email": "new@mail.example.com",
            "mobile": "0911-111-111",
            "phone": "",
            "action": "save",
            "use_alias": "1",
            "alias_name": "wang, david",
            **fields,
        }
        files = {"passport_copy": ("x.exe", content, "text/html")} if content else None
        return self.post("/my/profile", files=files, **typed)

    def addresses(self, copy):
        return (
            "/my/profile/passport",
            f"/web/content/{COPY}/{copy.id}/content",
            f"/web/content?model={COPY}&id={copy.id}&field=content",
            f"/web/content/{COPY}/{copy.id}/content?access_token=1",
            f"/web/content/{COPY}/{copy.id}/content?download=true",
            f"/web/image/{COPY}/{copy.id}/content",
            f"/web/image?model={COPY}&id={copy.id}&field=content",
            f"/odoo/{COPY}/{copy.id}",
        )

    def test_D9_a_copy_is_had_by_its_owner_and_the_staff_concerned_only(self):
        copy = papers.upload(self.student, SECRET)
        strangers = (
            school_of.account_of(self.fellow),
            school_of.account_of(self.stranger),
            self.other_assistant,
            self.registrar_day,
            self.operator,
            self.employee,
            self.technician,
        )
        for user in strangers:
            self.enter(user)
            for address in self.addresses(copy):
                with self.subTest(user=user.login, address=address):
                    self.assert_shows_nothing(address, "the page with the photo", "passport-2109")
            for method, *args in (
                ("read", copy.ids, ["content"]),
                ("web_read", copy.ids, {"content": {}}),
                ("export_data", copy.ids, ["content"]),
            ):
                self.assert_refused(COPY, method, *args)
            self.assertEqual(self.call(COPY, "search_count", []).get("result", 0), 0)
        for user in (self.account, self.assistant, self.registrar):
            self.enter(user)
            answer = self.url_open(self.addresses(copy)[1])
            self.assertEqual(answer.content, SECRET, user.login)

    def test_D9_somebody_who_is_not_signed_in_gets_no_copy(self):
        copy = papers.upload(self.student, SECRET)
        self.authenticate(None, None)
        for address in self.addresses(copy):
            with self.subTest(address=address):
                self.assert_shows_nothing(address, "the page with the photo", "passport-2109")

    def test_D9_the_student_opens_the_copy_from_the_page_and_no_cache_keeps_it(self):
        papers.upload(self.student, SECRET)
        self.enter(self.account)
        self.assertIn("/my/profile/passport", self.url_open("/my/profile").text)
        answer = self.url_open("/my/profile/passport")
        self.assertEqual(answer.content, SECRET)
        self.assertEqual(answer.headers["Content-Type"], "application/pdf")
        self.assertIn("no-store", answer.headers["Cache-Control"])
        self.assertEqual(answer.headers["X-Content-Type-Options"], "nosniff")

    def test_43_an_alias_is_saved_with_its_copy(self):
        self.enter(self.account)
        answer = self.send(papers.picture("JPEG"))
        self.assertIn("WANG, DAVID", answer.text)
        self.assertEqual(self.student.alias_name, "WANG, DAVID")
        self.assertEqual(self.student.passport_copy_ids.name, "passport-210941001.jpg")
        self.assertEqual(self.student._diploma_problems(), {})

    def test_43_an_alias_without_a_copy_is_not_saved(self):
        self.enter(self.account)
        before = self.fingerprint()
        for content, fields, place in (
            (None, {}, "passport_copy"),
            (HTML, {}, "passport_copy"),
            (papers.PDF, {"alias_name": ""}, "alias_name"),
            (papers.PDF, {"alias_name": "大衛"}, "alias_name"),
        ):
            with self.subTest(place=place, fields=fields):
                page = self.send(content, **fields).text
                self.assertIn(f'id="profile_{place}_error"', page)
                self.assertEqual(self.fingerprint(), before)

    def test_43_a_right_file_beside_a_wrong_field_has_to_be_chosen_again(self):
        self.enter(self.account)
        page = self.send(papers.PDF, mobile="call me").text
        self.assertIn('id="profile_passport_copy_error"', page)
        self.assertIn("wang, david", page)
        self.assertFalse(self.student.passport_copy_ids)

    def test_43_the_copy_that_is_there_serves_the_next_saving_too(self):
        papers.upload(self.student)
        self.enter(self.account)
        self.send()
        self.assertEqual(self.student.alias_name, "WANG, DAVID")
        self.assertTrue(self.student.passport_copy_ids)

    def test_43_without_the_box_alias_and_copy_are_taken_away(self):
        papers.upload(self.student)
        self.student.alias_name = "WANG, DAVID"
        self.enter(self.account)
        self.send(use_alias="")
        self.assertFalse(self.student.alias_name)
        self.assertFalse(self.student.passport_copy_ids)

    def test_43_the_copy_alone_is_deleted_by_its_button(self):
        papers.upload(self.student)
        self.student.alias_name = "WANG, DAVID"
        self.enter(self.account)
        answer = self.post("/my/profile", action="delete_copy")
        self.assertTrue(answer.url.endswith("saved=copy_deleted"), answer.url)
        self.assertIn("alert-success", answer.text)
        self.assertEqual(self.student.alias_name, "WANG, DAVID")
        self.assertEqual(set(self.student._diploma_problems()), {"passport_copy"})

    def test_D9_a_larger_file_is_refused_on_the_page(self):
        self.env["ir.config_parameter"].sudo().set_param("ntue_curriculum.passport_copy_max_mb", 1)
        self.enter(self.account)
        page = self.send(papers.PDF + b"\n" * 1024 * 1024).text
        self.assertIn('id="profile_passport_copy_error"', page)
        self.assertFalse(self.student.passport_copy_ids)
