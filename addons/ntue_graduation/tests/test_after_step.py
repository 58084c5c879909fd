"""After a step: what reviewers are told, how they undo it, and what is next in their list."""

import itertools

from odoo.addons.ntue_curriculum.tests.common import crossing, unexplained
from odoo.exceptions import UserError
from odoo.tests import tagged

from .. import workflow
from .common import APPLICATION, LINE, GraduationCase, Way
from .stands import REASON
from .test_transitions import CALLS, TransitionCase

SCAN = "ntue.graduation.scan"
REASONS = "ntue.graduation.reason"
WAYS = ({}, {"ntue_desk": "first"}, {"ntue_desk": "second"}, {"ntue_scan": True})
"""What the client's context says of where one came from."""


def _buttons(steps):
    """Several steps are one button: whatever is taken back is taken back by it."""
    return {"take_back" if step.startswith("take_back") else step for step in steps}


@tagged("post_install", "-at_install")
class TestAfterEveryStep(TransitionCase):
    def answers(self):
        """``(step, way, user, action of the client)`` of everything that can be taken here.

        What was done is there while the answer is looked at, and taken back then.
        """
        calls = {step: call for step, call in CALLS.items() if call[0].startswith("action_")}
        calls["receive_paper"] = ("action_receive_paper",)
        for step, user in itertools.product(calls, (self.assistant, self.registrar)):
            method, *args = calls[step]
            call = (user, APPLICATION, method, self.way.record.ids, *args)
            yield from ((step, *rest) for rest in self.from_everywhere(*call))

    def from_everywhere(self, user, *call):
        for way in WAYS:
            with self.undone(), unexplained():
                try:
                    answer = self.rpc(user, *call, context=way)
                except UserError:
                    return
                yield way, user, answer

    @crossing
    def test_no_step_of_anybody_leaves_the_client_at_what_may_be_read_no_longer(self):
        """From wherever one came; what can be undone is undone by one call of who did it."""
        found, undone = set(), set()

        def look(_name):
            for step, way, user, answer in self.answers():
                if not answer:
                    continue  # nothing was left to do
                with self.subTest(step=step, way=way, user=user.name):
                    values = answer["params"]
                    found.add(step)
                    self.assert_leaves_at(user, answer)
                    if values["undo"]:
                        undone.add(step)
                        self.undo(user, values)

        self.at_each_stand(look)
        steps = {row.action for row in (*workflow.TRANSITIONS, *workflow.IN_PLACE)}
        self.assertEqual(found, _buttons(steps - {"submit", "lapse"} | {"receive_paper"}))
        self.assertEqual(undone, _buttons(workflow.UNDONE_BY.keys() | {"receive_paper"}))

    def assert_leaves_at(self, user, answer):
        values = answer["params"]
        self.assertEqual(answer["tag"], "ntue_graduation.after_step")
        self.assertIn("1141-210941001 王大明: ", values["told"])
        readable = self.way.record.with_user(user).has_access("read")
        self.assertLessEqual(values["stays"], readable)
        self.assertFalse(values["stays"] and (values["next"] or values["scan"]))
        self.assertNotEqual(values["next"], self.way.record.id)
        self.assertEqual(self.env.ref(values["desk"]).res_model, APPLICATION)

    def undo(self, user, values):
        ids, undo = self.way.record.ids, values["undo"]
        self.rpc(user, APPLICATION, undo["method"], ids, *undo["args"])


@tagged("post_install", "-at_install")
class TestAfterStep(GraduationCase):
    def new(self, number, name):
        return Way(self, self.new_student(number, name)).reviewed()

    def passed(self, way, **context):
        answer = way.by_assistant("action_pass_first", context=context)
        return answer["params"]

    def test_what_was_done_to_whom_is_said_with_the_way_back(self):
        values = self.passed(self.way.reviewed())
        self.assertEqual(values["told"], "1141-210941001 王大明: First review passed")
        undo = values["undo"]
        self.rpc(self.assistant, APPLICATION, undo["method"], self.way.record.ids, *undo["args"])
        self.assertEqual(self.way.position(), "submitted/pending/pending")
        last = self.way.record.event_ids[-1]
        self.assertEqual(last.action, "take_back_first")
        self.assertIn("by mistake", last.reason)

    def test_paper_taken_in_by_mistake_is_undone(self):
        values = self.way.submitted().by_assistant("action_receive_paper")["params"]
        undo = values["undo"]
        self.rpc(self.assistant, APPLICATION, undo["method"], self.way.record.ids, *undo["args"])
        self.way.record.invalidate_recordset()
        self.assertFalse(self.way.record.paper_received_on)

    def test_a_return_has_no_undo_since_the_draft_is_the_students_again(self):
        self.way.submitted().by_assistant(
            "write", {"review_reason": REASON, "return_deadline": "2025-12-05"}
        )
        values = self.way.by_assistant("action_return")["params"]
        self.assertFalse(values["undo"] or values["stays"])

    def test_the_next_one_is_the_next_of_the_list_that_one_came_from(self):
        """Its order and its filter, not the desk's own; past what no longer waits."""
        second, third = self.new("210941002", "二"), self.new("210941003", "三")
        other = self.new("210941004", "四")
        self.way.reviewed()
        listed = [third.record.id, self.way.record.id, other.record.id, second.record.id]
        other.pass_first()
        context = {"ntue_desk": "first", "ntue_queue": listed}
        values = self.passed(self.way, **context)
        self.assertEqual(values["next"], second.record.id)
        self.assertEqual(values["all"], [third.record.id, second.record.id])
        self.assertIn("2 more in this list", values["told"])
        values = self.passed(second, **context)
        self.assertEqual(values["next"], third.record.id, "from the end to what was left out")
        values = self.passed(third, **context)
        self.assertEqual((values["next"], values["all"]), (False, []))
        self.assertIn("Nothing more waits", values["told"])

    def test_next_without_a_decision_keeps_to_the_list_too(self):
        second, third = self.new("210941002", "二"), self.new("210941003", "三")
        self.way.reviewed()
        listed = [third.record.id, self.way.record.id, second.record.id]
        for way, following in ((self.way, second), (second, third), (third, self.way)):
            context = {"ntue_desk": "first", "ntue_queue": listed}
            values = way.by_assistant("action_next", context=context)["params"]
            self.assertEqual(values["next"], following.record.id)
            self.assertIn("2 more in this list", values["told"])

    def test_the_only_one_of_a_list_is_followed_by_nothing_of_the_rest_of_the_desk(self):
        self.new("210941002", "二")
        self.way.reviewed()
        context = {"ntue_desk": "first", "ntue_queue": self.way.record.ids}
        values = self.way.by_assistant("action_next", context=context)["params"]
        self.assertFalse(values["next"])
        values = self.passed(self.way, **context)
        self.assertEqual((values["next"], values["all"]), (False, []))
        self.assertTrue(values["listed"], "undone, it is the only one of its list again")

    def test_a_step_that_goes_nowhere_leaves_the_list_as_it_was(self):
        second = Way(self, self.new_student("210941002", "二")).submitted()
        listed = [second.record.id, self.way.submitted().record.id]
        for queue, found in ((listed, listed), (None, [])):
            with self.undone():
                context = {"ntue_desk": "first", "ntue_queue": queue}
                values = self.way.by_assistant("action_receive_paper", context=context)["params"]
                self.assertTrue(values["stays"])
                self.assertEqual((values["all"], values["listed"]), (found, bool(found)))

    def test_what_follows_waits_for_the_review_of_the_one_that_was_there(self):
        """The desk of first reviews shows second ones too, once its own filter is taken off."""
        ways = [self.way.first_passed()]
        for number in ("210941002", "210941003"):
            ways.append(Way(self, self.new_student(number, "複審")).first_passed())
        waiting = self.new("210941004", "初審")
        first, second, third = ways
        first.grade(85)
        listed = [first.record.id, waiting.record.id, second.record.id, third.record.id]
        context = {"ntue_desk": "first", "ntue_queue": listed}
        for method in ("action_next", "action_pass_second"):
            with self.subTest(method=method):
                values = first.by_registrar(method, context=context)["params"]
                self.assertEqual(values["next"], second.record.id)
                self.assertIn("2 more in this list", values["told"])
        values = waiting.by_assistant("action_next", context=context)["params"]
        self.assertIn("Nothing more waits", values["told"], "no other one waits for a first review")

    def test_next_of_what_went_out_of_sight_meanwhile_is_what_waits_still(self):
        second = self.new("210941002", "二")
        self.way.submitted().send_back()
        context = {"ntue_desk": "first", "ntue_queue": [self.way.record.id, second.record.id]}
        values = self.way.by_assistant("action_next", context=context)["params"]
        self.assertEqual(values["next"], second.record.id)

    def test_next_without_a_list_is_what_waits_for_the_same_review(self):
        self.new("210941002", "初審")
        second = Way(self, self.new_student("210941003", "複審")).first_passed()
        values = self.way.first_passed().by_registrar("action_next")["params"]
        self.assertEqual(values["next"], second.record.id)

    def test_a_list_that_no_client_sends_is_not_followed(self):
        second = self.new("210941002", "二")
        self.way.reviewed()
        own = self.way.record.id
        for queue in ("all", [own, "1"], [own, True], [own] * 1001, {"a": own}, [[own]]):
            with self.subTest(queue=str(queue)[:30]), self.undone():
                values = self.passed(self.way, ntue_desk="first", ntue_queue=queue)
                self.assertEqual(values["next"], second.record.id)

    def test_the_list_of_the_client_shows_nobody_who_is_out_of_sight(self):
        hidden = Way(self, self.new_student("210941002", "草稿")).drafted()
        self.way.reviewed()
        listed = [self.way.record.id, hidden.record.id]
        values = self.passed(self.way, ntue_desk="first", ntue_queue=listed)
        self.assertEqual((values["next"], values["all"]), (False, []))

    def test_after_a_supplement_was_asked_for_the_next_one_opens_and_not_the_same(self):
        second = Way(self, self.new_student("210941002", "二")).submitted()
        self.way.submitted()
        answer = self.way.by_assistant(
            "action_ask_supplement", REASON, "2025-12-05", context={"ntue_desk": "first"}
        )
        self.assertEqual(answer["params"]["next"], second.record.id)

    # A click meant for one application

    def test_a_click_meant_for_one_application_never_acts_on_another(self):
        """Whatever the button: the form had gone on to the next one before the call was made."""
        other = self.new("210941002", "下一位")
        self.way.reviewed()
        meant = {"ntue_meant": other.record.id}
        ids, rows = self.way.record.ids, self.way.record.line_ids.filtered("ticked").ids
        wizard = self.rpc(
            self.assistant,
            REASONS,
            "create",
            {"application_id": ids[0], "action": "return", "reason": REASON},
        )
        before = set(self.fingerprint())
        for model, method, records, *args in (
            (APPLICATION, "action_pass_first", ids),
            (APPLICATION, "action_receive_paper", ids),
            (APPLICATION, "action_ask_supplement", ids, REASON, "2025-12-05"),
            (APPLICATION, "write", ids, {"first_review": "passed"}),
            (LINE, "action_accept", rows),
            (REASONS, "action_confirm", [wizard]),
        ):
            with self.subTest(method=method), self.undone():
                with self.assertRaisesRegex(UserError, "Nothing was done to 1141-210941001"):
                    self.rpc(self.assistant, model, method, records, *args, context=meant)
                self.assertEqual(set(self.fingerprint()), before)
        self.passed(self.way, ntue_meant=ids[0])
        self.assertEqual(self.way.position(), "submitted/passed/pending")


@tagged("post_install", "-at_install")
class TestThreadOutOfSight(GraduationCase):
    def test_the_messages_of_a_record_out_of_sight_are_none_and_not_those_of_others(self):
        """The chatter of a form that stayed open asks for them."""
        other = Way(self, self.new_student("210941002", "另一位")).submitted()
        self.way.returned()
        self.assertTrue(other.record.correspondence_ids.message_ids)
        reader = self.env["mail.message"].with_user(self.assistant)
        threads = reader.env["ntue.graduation.correspondence"]
        for place, seen in ((other.record, True), (self.way.record, False)):
            number = place.correspondence_ids.id
            thread = threads._get_thread_with_access(number, mode="read")
            found = reader._message_fetch(domain=None, thread=thread)["messages"]
            self.assertEqual(bool(found), seen)
