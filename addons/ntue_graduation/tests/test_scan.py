"""The box for a slip's number or a student's: what it finds, and a pile of slips by scanner."""

from odoo.tests import Form, tagged

from .common import APPLICATION, GraduationCase, Way

SCAN = "ntue.graduation.scan"


@tagged("post_install", "-at_install")
class TestScan(GraduationCase):
    def scan(self, number, method="action_enter", **values):
        wizard = self.rpc(self.assistant, SCAN, "create", {"number": number, **values})
        return self.rpc(self.assistant, SCAN, method, [wizard])

    def following(self, answer):
        return self.env[SCAN].browse(answer["res_id"])

    def test_a_students_number_opens_the_application_as_the_slips_does(self):
        self.way.submitted()
        for number in ("210941001", " 210941001 ", "1141-210941001"):
            with self.subTest(number=number):
                self.assertEqual(self.scan(number, "action_open")["res_id"], self.way.record.id)

    def test_a_students_number_names_nobodys_draft_and_no_other_departments(self):
        self.way.drafted()
        told = self.refused(self.assistant, SCAN, "action_open", [self.wizard("210941001")])
        self.assertIn("No submitted application", told)
        self.way.submit()
        foreign = self.rpc(self.other_assistant, SCAN, "create", {"number": "210941001"})
        self.refused(self.other_assistant, SCAN, "action_open", [foreign])

    def wizard(self, number):
        return self.rpc(self.assistant, SCAN, "create", {"number": number})

    def test_the_box_says_what_it_found_before_anything_is_done(self):
        self.way.submitted()
        with Form(self.env[SCAN].with_user(self.assistant)) as form:
            self.assertFalse(form.found)
            for number in ("210941001", "1141-210941001-1"):
                form.number = number
                for words in ("1141-210941001 王大明", "First review", "No paper"):
                    self.assertIn(words, form.found)
            form.number = "999"
            self.assertIn(
                "No submitted application of your departments has the number 999", form.found
            )

    def test_D27_a_pile_of_slips_is_taken_in_by_the_scanner_alone(self):
        """What Enter does is chosen once; a slip that is not taken in stops nobody."""
        other = Way(self, self.new_student("210941002", "下一位")).submitted()
        self.way.submitted()
        answer = self.scan("1141-210941001-1", on_enter="take")
        first = self.following(answer)
        self.assertEqual((first.on_enter, first.is_refused, first.number), ("take", False, False))
        self.assertIn("王大明: paper received", first.message)
        for number, words in (
            ("1141-210941001-1", "was there already"),
            ("1141-999999999-1", "No submitted application"),
        ):
            with self.subTest(number=number):
                following = self.following(self.scan(number))
                self.assertIn(words, following.message)
                self.assertEqual(following.on_enter, "take", "as chosen last")
        self.assertTrue(following.is_refused)
        self.scan("1141-210941002-1")
        self.assertTrue(other.record.paper_received_on)

    def test_Enter_opens_where_that_was_chosen(self):
        self.way.submitted()
        self.assertEqual(self.scan("210941001")["res_model"], APPLICATION)

    def test_a_choice_is_ones_own(self):
        self.way.submitted()
        self.scan("210941001", on_enter="take")
        theirs = self.env[SCAN].with_user(self.other_assistant)
        self.assertEqual(theirs.default_get(["on_enter"])["on_enter"], "open")
        mine = self.env[SCAN].with_user(self.assistant)
        self.assertEqual(mine.default_get(["on_enter"])["on_enter"], "take")
