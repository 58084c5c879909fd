from datetime import date, timedelta

from odoo.addons.ntue_curriculum.tests import school as school_of
from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common import GraduationCase, window

WINDOW = "ntue.graduation.window"
WIZARD = "ntue.graduation.window.copy"
ROW = "ntue.graduation.schedule"
CHINESE = r"[\u4e00-\u9fff]"

TEXTS = (
    "who_applies",
    "who_waits",
    "teacher_education",
    "conditions",
    "steps",
    "profile_notice",
    "flexible_notice",
    "caution",
    "submit_caution",
    "draft_caution",
    "validity_notice",
    "classification_help",
    "missed_help",
    "legacy_notice",
    "print_help",
    "slip_notice",
    "legal_basis",
)
"""Every text that students are shown and that begins with something to say."""

ALL_FIELDS = (
    *TEXTS,
    "division",
    "kind",
    "paper_reminder_days",
    "contact_unit",
    "contact_name",
    "contact_phone",
    "contact_email",
    "legal_basis_url",
    "portal_url",
    "romanization_url",
)
ROW_FIELDS = ("sequence", "basis", "date_note", "item", "content", "remark")

SPRING = {
    "term_id": "1132",
    "division": "continuing",
    "date_open": "2025-04-07",
    "date_close": "2025-05-02",
    "date_leave": "2025-07-31",
}


def told(record, names):
    """What ``record`` says in both languages."""
    return {
        (name, lang): record.with_context(lang=lang)[name]
        for name in names
        for lang in ("en_US", "zh_TW")
    }


@tagged("post_install", "-at_install")
class TestWindow(GraduationCase):
    """What the registrar keeps per term, division and kind of program, in two languages."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("en_US")
        cls.window.unlink()
        cls.window = window(cls.school)

    def made(self, context=None, **values):
        vals = {**SPRING, "term_id": self.terms["1132"].id, **values}
        number = self.rpc(self.registrar, WINDOW, "create", vals, context=context)
        return self.env[WINDOW].browse(number)

    def days(self, record):
        return [(row.date_from, row.date_to) for row in record.schedule_ids]

    # What it begins with

    def test_I14_a_window_begins_with_every_text_in_both_languages(self):
        for lang in (None, "en_US", "zh_TW"):
            with self.subTest(lang=lang), self.undone():
                record = self.made(context={"lang": lang} if lang else None)
                for (name, language), text in told(record, TEXTS).items():
                    chinese = self.assertRegex if language == "zh_TW" else self.assertNotRegex
                    chinese(text.replace("暫存檔", ""), CHINESE, name)

    def test_I14_a_form_saved_as_it_opens_says_everything_in_both_languages(self):
        env = self.env(user=self.registrar.id, context={"lang": "zh_TW"})
        form = Form(env[WINDOW])
        form.term_id = self.terms["1132"]
        form.division = "continuing"
        form.date_open, form.date_close, form.date_leave = "2025-04-07", "2025-05-02", "2025-07-31"
        record = form.save()
        self.assertIn("leave", record.with_context(lang="en_US").who_applies)
        self.assertRegex(record.who_applies, CHINESE)
        self.assertEqual(len(record.schedule_ids), 5)
        self.assertEqual(
            record.with_context(lang="en_US").schedule_ids[1].item, "Hand in the signed slip"
        )
        self.assertRegex(record.schedule_ids[1].item, CHINESE)

    def test_I14_what_the_registrar_writes_stays_and_the_rest_begins_as_ever(self):
        record = self.made(context={"lang": "zh_TW"}, caution="請儘早送出。", who_waits=False)
        self.assertEqual(set(told(record, ["caution"]).values()), {"請儘早送出。"})
        self.assertEqual(set(told(record, ["who_waits"]).values()), {False})
        self.assertIn("Print the official slip", record.with_context(lang="en_US").steps)

    def test_I14_every_text_is_changed_by_the_registrar_of_the_division_only(self):
        vals = dict.fromkeys(TEXTS, "New")
        for user in (self.registrar_day, self.assistant, self.operator, self.way.account):
            self.refused(user, WINDOW, "write", self.window.ids, vals)
            row = self.window.schedule_ids[:1].ids
            self.refused(user, ROW, "write", row, {"remark": "New"})
        self.rpc(self.registrar, WINDOW, "write", self.window.ids, vals)
        self.assertEqual({self.window[name] for name in TEXTS}, {"New"})

    def test_somebody_who_imports_windows_puts_no_words_into_them(self):
        """Their own defaults do not speak where the code acts with the importer's rights."""
        for model, name, value in (
            (WINDOW, "caution", "Forged"),
            (WINDOW, "contact_name", "Forged"),
            (WINDOW, "paper_reminder_days", 0),
            (ROW, "date_note", "Forged"),
            (ROW, "date_to", "2001-01-01"),
        ):
            self.rpc(self.operator, "ir.default", "set", model, name, value, True)
        env = self.env(user=self.operator.id, context={"default_remark": "Forged"})
        record = env[WINDOW].sudo().create({**SPRING, "term_id": self.terms["1132"].id})
        self.assertNotIn("Forged", str(record.read() + record.schedule_ids.read()))
        self.assertEqual(record.paper_reminder_days, 3)
        self.assertEqual(record.schedule_ids[0].date_to, date(2025, 5, 2))

    def test_7_the_legal_basis_and_every_link_is_an_address_of_the_web(self):
        self.window.legal_basis_url = "https://www.example.com/rules.pdf?a=1"
        for name in ("legal_basis_url", "portal_url", "romanization_url"):
            for address in ("javascript:alert(1)", "www.example.com", "https://a b"):
                with self.subTest(address=address), self.assertRaises(ValidationError):
                    self.window[name] = address

    def test_a_text_keeps_its_lines_and_its_addresses_can_be_followed(self):
        self.window.missed_help = "請見 https://www.example.com/a?b=1。\n\n <b>或洽助教</b> "
        first, second = self.window._sentences("missed_help")
        self.assertEqual(
            first,
            '請見 <a href="https://www.example.com/a?b=1" target="_blank" rel="noopener">'
            "https://www.example.com/a?b=1</a>。",
        )
        self.assertEqual(second, "&lt;b&gt;或洽助教&lt;/b&gt;")

    # Dates and the schedule table

    def test_14_the_schedule_begins_with_the_days_of_the_window(self):
        period = (date(2025, 10, 27), date(2025, 11, 21))
        leave = (date(2026, 2, 13), date(2026, 2, 13))
        self.assertEqual(self.days(self.window), [period, period, period, leave, leave])

    def test_15_handing_in_the_slip_is_a_row_of_the_schedule(self):
        self.assertIn("Hand in the signed slip", self.window.schedule_ids.mapped("item"))

    def test_14_a_window_that_moves_takes_its_schedule_along(self):
        own = self.env[ROW].create(
            {"window_id": self.window.id, "item": "典禮", "date_from": "2026-01-10"}
        )
        self.window.write({"date_close": "2025-11-28", "date_leave": "2026-02-20"})
        period = (date(2025, 10, 27), date(2025, 11, 28))
        leave = (date(2026, 2, 20), date(2026, 2, 20))
        rows = [period, period, period, leave, leave]
        self.assertCountEqual(self.days(self.window), [*rows, (own.date_from, False)])
        self.assertEqual(own.date_from, date(2026, 1, 10))
        self.window.first_review_due = "2025-12-05"
        row = self.window.schedule_ids.filtered(lambda row: row.basis == "first_review")
        self.assertEqual(row.date_to, date(2025, 12, 5))

    def test_14_a_row_that_follows_the_window_has_no_days_of_its_own(self):
        row = self.window.schedule_ids[0]
        row.date_to = "2099-01-01"
        self.assertEqual(row.date_to, date(2025, 11, 21))
        row.write({"basis": "own", "date_to": "2025-11-20"})
        self.assertEqual((row.date_from, row.date_to), (date(2025, 10, 27), date(2025, 11, 20)))

    def test_I15_the_schedule_tells_days_in_roc_years(self):
        first, *_rest, last = self.window.schedule_ids
        self.assertEqual(first._days_text(), "114-10-27 – 114-11-21")
        self.assertEqual(last._days_text(), "115-02-13")
        first.write({"basis": "own", "date_to": False, "date_note": "起"})
        self.assertEqual(first._days_text(), "114-10-27 起")

    def test_26_a_review_is_due_on_a_day_and_nothing_stops_then(self):
        self.assertEqual(self.window._first_due(), date(2025, 11, 21))
        self.window.write({"first_review_due": "2025-11-05", "second_review_due": "2025-11-06"})
        self.way.second_passed()
        self.assertEqual(self.way.position(), "submitted/passed/passed")

    @mute_logger("odoo.sql_db")
    def test_26_reviews_are_due_in_their_order_and_within_the_term(self):
        self.window.write({"first_review_due": "2025-12-05", "second_review_due": "2025-12-05"})
        self.env.flush_all()
        for vals in (
            {"first_review_due": "2025-10-26"},
            {"first_review_due": "2026-02-14"},
            {"first_review_due": "2025-12-05", "second_review_due": "2025-12-04"},
            {"paper_reminder_days": -1},
        ):
            broken = self.assertRaisesRegex(Exception, "check constraint")
            with self.subTest(vals=vals), self.undone(), broken:
                self.window.write(vals)
                self.env.flush_all()

    # To the next term

    def full(self):
        """The window of 1141 with something of its own in every field."""
        self.terms["1142"] = self.env["ntue.term"].create(
            {"code": "1142", "date_start": "2026-02-01", "date_end": "2026-07-31"}
        )
        self.window.write(
            {
                **{name: f"{name} 1" for name in TEXTS},
                "kind": "evening",
                "first_review_due": "2025-12-05",
                "paper_reminder_days": 5,
                "contact_unit": "Office",
                "contact_name": "承辦人",
                "contact_phone": "82203",
                "contact_email": "office@example.com",
                "legal_basis_url": "https://www.example.com/rules",
                "portal_url": "https://www.example.com/portal",
                "romanization_url": "https://www.example.com/names",
                "who_waits": False,
            }
        )
        self.window.with_context(lang="zh_TW").steps = "一步"
        self.window.schedule_ids[4].unlink()
        row = {"window_id": self.window.id, "item": "Rehearsal", "date_from": "2026-01-10"}
        own = self.env[ROW].create({**row, "sequence": 99, "date_note": "all day"})
        own.with_context(lang="zh_TW").item = "預演"
        return self.window

    def wizard(self, user=None, **values):
        vals = {"window_id": self.window.id, **values}
        number = self.rpc(user or self.registrar, WIZARD, "create", vals)
        return self.env[WIZARD].browse(number)

    def copied(self, **values):
        wizard = self.wizard(**values)
        action = self.rpc(self.registrar, WIZARD, "action_copy", wizard.ids)
        return self.env[WINDOW].browse(action["res_id"])

    def test_I14_one_action_copies_everything_to_the_next_term(self):
        old = self.full()
        before = self.env[WINDOW].search_count([])
        new = self.copied()
        self.assertEqual(new.term_id.code, "1142")
        self.assertEqual(self.env[WINDOW].search_count([]), before + 1)
        self.assertEqual(told(new, ALL_FIELDS), told(old, ALL_FIELDS))
        self.assertEqual(len(new.schedule_ids), len(old.schedule_ids))
        for mine, theirs in zip(new.schedule_ids, old.schedule_ids, strict=True):
            self.assertEqual(told(mine, ROW_FIELDS), told(theirs, ROW_FIELDS))

    def test_I14_the_dates_are_as_far_on_as_the_terms_are_apart(self):
        old = self.full()
        distance = date(2026, 2, 1) - date(2025, 8, 1)
        new = self.copied()
        for name in ("date_open", "date_close", "date_leave", "first_review_due"):
            self.assertEqual(new[name] - old[name], distance, name)
        self.assertFalse(new.second_review_due)
        for mine, theirs in zip(new.schedule_ids, old.schedule_ids, strict=True):
            self.assertEqual(mine.date_from - theirs.date_from, distance)

    def test_I14_the_dates_are_the_registrars_before_anything_is_made(self):
        self.full()
        vals = {"date_open": "2026-04-06", "date_close": "2026-04-30", "date_leave": "2026-08-14"}
        new = self.copied(**vals, first_review_due=False)
        self.assertEqual({name: str(new[name]) for name in vals}, vals)
        self.assertEqual(new.schedule_ids[0].date_to, date(2026, 4, 30))

    def test_I14_a_window_that_stands_already_is_not_made_again(self):
        self.full()
        wizard = self.wizard()
        self.rpc(self.registrar, WIZARD, "action_copy", wizard.ids)
        before = self.fingerprint()
        told = self.refused(self.registrar, WIZARD, "action_copy", wizard.ids)
        self.assertIn("Term 1142 has a window of this division and kind already", told)
        self.assertEqual(self.fingerprint(), before)

    def test_the_next_term_of_a_window_is_a_summer_term_in_summer_programs_only(self):
        terms = self.env["ntue.term"]
        summer = terms.create({"code": "1133", "date_start": "2025-07-01"})
        spring = window(self.school, term_id=self.terms["1132"].id, kind="weekend")
        self.assertEqual(spring._next_term(), self.terms["1141"])
        spring.kind = "summer"
        self.assertEqual(spring._next_term(), summer)
        self.assertFalse(self.window._next_term())

    def test_dates_are_left_to_the_registrar_where_a_term_has_no_first_day(self):
        self.terms["1141"].date_start = False
        self.terms["1142"] = self.env["ntue.term"].create(
            {"code": "1142", "date_start": "2026-02-01"}
        )
        wizard = self.wizard()
        self.assertEqual((wizard.term_id.code, wizard.date_open), ("1142", False))
        own = self.window.schedule_ids[0]
        own.basis = "own"
        vals = {"date_open": "2026-04-06", "date_close": "2026-04-30", "date_leave": "2026-08-14"}
        moved = self.copied(**vals).schedule_ids.filtered(lambda row: row.basis == "own")
        self.assertEqual(moved.date_from - own.date_from, date(2026, 4, 6) - self.window.date_open)
        self.assertGreater(moved.date_to - moved.date_from, timedelta())

    def test_a_window_is_copied_by_the_registrar_of_its_division_only(self):
        self.full()
        term = self.terms["1142"].id
        dates = {"date_open": "2026-04-06", "date_close": "2026-04-30", "date_leave": "2026-08-14"}
        for user in (self.registrar_day, self.assistant, self.operator, self.way.account):
            vals = {"window_id": self.window.id, "term_id": term, **dates}
            self.refused(user, WIZARD, "create", vals)
            self.refused(user, WINDOW, "copy", self.window.ids, {"term_id": term, **dates})
        wizard = self.wizard()
        self.refused(self.registrar_day, WIZARD, "action_copy", wizard.ids)

    def test_23_the_office_that_answers_is_that_of_the_division(self):
        self.assertEqual(self.window._contact_office(), "Continuing Education Center")
        self.window.division = "day"
        self.assertEqual(self.window._contact_office(), "Registrar's office")
        self.window.contact_unit = "註冊組"
        self.assertEqual(self.window._contact_office(), "註冊組")

    def test_1_a_student_reads_the_windows_of_the_own_kind_of_program_only(self):
        """Another kind's, and its schedule, is not found by any way of asking."""
        other = window(self.school, kind="weekend")
        account = school_of.account_of(self.student)
        self.assertEqual(self.rpc(account, WINDOW, "search", []), self.window.ids)
        self.assertEqual(
            set(self.rpc(account, ROW, "search", [])), set(self.window.schedule_ids.ids)
        )
        found = [("schedule_ids.item", "!=", False), ("id", "=", other.id)]
        self.assertEqual(self.rpc(account, WINDOW, "search_count", found), 0)
        with self.assertRaises(UserError):
            self.rpc(account, ROW, "read", other.schedule_ids.ids, ["item"])
