"""The table of who may move an application where, without a database."""

import ast
import importlib.util
import itertools
import sys
from pathlib import Path

import pytest

FILE = Path(__file__).resolve().parents[2] / "addons" / "ntue_graduation" / "workflow.py"


def load():
    """The module by its path: its package needs Odoo, it does not."""
    spec = importlib.util.spec_from_file_location("ntue_workflow", FILE)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


workflow = load()
Position, Role = workflow.Position, workflow.Role

STATES = ("draft", "submitted", "completed", "lapsed")
REVIEWS = ("pending", "passed", "failed", "returned")
STEPS = (*workflow.TRANSITIONS, *workflow.IN_PLACE)
POSITIONS = [Position(*row) for row in itertools.product(STATES, REVIEWS, REVIEWS[:3])]

# The table of docs/architecture.md, written out by hand: who, from where, to where.
ALLOWED = {
    ("student", "draft", "submitted"): "submit",
    ("student", "draft/returned", "submitted"): "submit",
    ("assistant", "submitted", "submitted/passed"): "pass_first",
    ("assistant", "submitted", "submitted/failed"): "fail_first",
    ("assistant", "submitted", "draft/returned"): "return",
    ("registrar", "submitted/passed", "submitted/passed/passed"): "pass_second",
    ("registrar", "submitted/passed", "submitted/passed/failed"): "fail_second",
    ("registrar", "submitted/passed", "submitted"): "hand_back",
    ("assistant", "submitted/passed", "submitted"): "take_back_first",
    ("assistant", "submitted/failed", "submitted"): "take_back_first",
    ("registrar", "submitted/passed/passed", "submitted/passed"): "take_back_second",
    ("registrar", "submitted/passed/failed", "submitted/passed"): "take_back_second",
    ("registrar", "submitted/passed/passed", "completed/passed/passed"): "complete",
    ("system", "draft", "lapsed"): "lapse",
    ("system", "draft/returned", "lapsed/returned"): "lapse",
    ("system", "submitted", "lapsed"): "lapse",
    ("system", "submitted/passed", "lapsed/passed"): "lapse",
    ("system", "submitted/failed", "lapsed/failed"): "lapse",
    ("system", "submitted/passed/passed", "lapsed/passed/passed"): "lapse",
    ("system", "submitted/passed/failed", "lapsed/passed/failed"): "lapse",
    ("registrar", "completed/passed/passed", "submitted/passed/passed"): "take_back_completion",
    ("registrar", "lapsed/returned", "submitted"): "take_back_lapse",
    ("registrar", "lapsed", "submitted"): "take_back_lapse",
    ("registrar", "lapsed/passed", "submitted/passed"): "take_back_lapse",
    ("registrar", "lapsed/failed", "submitted/failed"): "take_back_lapse",
    ("registrar", "lapsed/passed/passed", "submitted/passed/passed"): "take_back_lapse",
    ("registrar", "lapsed/passed/failed", "submitted/passed/failed"): "take_back_lapse",
}

# Steps that leave it where it is (D24): who, where.
IN_PLACE = {
    "ask_supplement": ("assistant", "submitted"),
    "supplement_received": ("assistant", "submitted"),
    "withdraw_supplement": ("assistant", "submitted"),
}

# What must hold for each step; the order is the order of the sentences.
GUARDS = {
    "submit": (
        "window_open",
        "draft_saved",
        "profile_complete",
        "ticks_allowed",
        "flexible_rules_hold",
        "shortfall_acknowledged",
        "teacher_ed_answered",
    ),
    "pass_first": (
        "not_own",
        "paper_received",
        "rows_decided",
        "checked_by_hand",
        "no_supplement_open",
        "short_as_seen",
    ),
    "fail_first": ("not_own", "reason_given"),
    "return": ("not_own", "reason_given", "return_deadline_given"),
    "pass_second": (
        "not_own",
        "nothing_in_progress",
        "milestones_decided",
        "final_audit_met",
        "further_programs_met",
    ),
    "fail_second": ("not_own", "reason_given"),
    "hand_back": ("not_own", "hand_back_reason_given"),
    "complete": (
        "not_own",
        "nothing_in_progress",
        "milestones_decided",
        "final_audit_met",
        "further_programs_met",
        "not_deferred",
        "left_by_today",
    ),
    "take_back_first": ("not_own", "step_reason_given"),
    "take_back_second": ("not_own", "step_reason_given"),
    "ask_supplement": (
        "not_own",
        "no_supplement_open",
        "step_reason_given",
        "step_deadline_given",
    ),
    "supplement_received": ("not_own", "supplement_open"),
    "withdraw_supplement": ("not_own", "supplement_open", "step_reason_given"),
    "lapse": ("leave_passed",),
    "take_back_completion": ("not_own", "step_reason_given", "diploma_list_open"),
    "take_back_lapse": ("not_own", "step_reason_given", "diploma_list_open", "leave_to_come"),
}

# What follows each step, in order; a lapse by where the application was.
EFFECTS = {
    "submit": (
        "freeze_and_log",
        "begin_correspondence",
        "follow_tasks",
        "keep_profile",
        "keep_passport_copy",
        "drop_supplement",
        "announce_in_digest",
        "tell_student",
    ),
    "pass_first": (
        "stamp_first",
        "follow_tasks",
        "drop_hand_back",
        "recognise",
        "log",
        "tell_student",
    ),
    "fail_first": (
        "stamp_first",
        "follow_tasks",
        "drop_hand_back",
        "log_reason",
        "tell_student",
    ),
    "return": (
        "stamp_first",
        "unsave_draft",
        "follow_tasks",
        "log_reason",
        "tell_student",
    ),
    "pass_second": ("stamp_second", "log_grades", "tell_student"),
    "fail_second": ("stamp_second", "log_reason", "tell_student"),
    "hand_back": (
        "withdraw_recognitions",
        "log_reason",
        "keep_hand_back",
        "unstamp_first",
        "follow_tasks",
        "announce_in_digest",
        "tell_student",
    ),
    "complete": (
        "release_passport_copy",
        "stamp_leaving",
        "follow_tasks",
        "log_leaving",
        "tell_student",
    ),
    "take_back_first": (
        "withdraw_recognitions",
        "log_step_reason",
        "unstamp_first",
        "follow_tasks",
        "tell_student",
    ),
    "take_back_second": ("log_step_reason", "unstamp_second", "tell_student"),
    "take_back_completion": (
        "log_step_reason",
        "unstamp_leaving",
        "keep_passport_copy",
        "tell_student",
    ),
    "ask_supplement": ("open_supplement", "log_supplement_asked", "tell_student"),
    "supplement_received": (
        "receive_supplement",
        "follow_tasks",
        "log_supplement",
        "tell_student",
    ),
    "withdraw_supplement": (
        "log_step_reason",
        "drop_supplement",
        "follow_tasks",
        "tell_student",
    ),
}
LAPSED = {
    "draft": ("keep_passport_copy", "log"),
    "draft/returned": ("keep_passport_copy", "log", "restore_submitted", "tell_student"),
    **dict.fromkeys(
        (
            "submitted",
            "submitted/passed",
            "submitted/failed",
            "submitted/passed/passed",
            "submitted/passed/failed",
        ),
        ("keep_passport_copy", "follow_tasks", "log", "tell_student"),
    ),
}

UNLAPSED = {
    "lapsed": ("log_step_reason", "keep_passport_copy", "follow_tasks", "tell_student"),
    "lapsed/returned": (
        "log_step_reason",
        "keep_passport_copy",
        "unstamp_first",
        "follow_tasks",
        "tell_student",
    ),
    **dict.fromkeys(
        ("lapsed/passed", "lapsed/failed", "lapsed/passed/passed", "lapsed/passed/failed"),
        ("log_step_reason", "keep_passport_copy", "tell_student"),
    ),
}

# Where each position is: step of the desk, stage without the signed slip, and with it.
STAGES = {
    "draft": ("", "draft", "draft"),
    "draft/returned": ("", "returned", "returned"),
    "submitted": ("first", "waiting_paper", "waiting_first"),
    "submitted/passed": ("second", "waiting_second", "waiting_second"),
    "submitted/failed": ("failed", "failed", "failed"),
    "submitted/passed/passed": ("leaving", "waiting_leave", "waiting_leave"),
    "submitted/passed/failed": ("failed", "failed", "failed"),
    "completed/passed/passed": ("completed", "completed", "completed"),
}


def position(text):
    return Position(*text.split("/"))


def expected(role, source, target):
    for (who, start, end), action in ALLOWED.items():
        if (who, position(start), position(end)) == (role.value, source, target):
            return action
    return None


@pytest.mark.parametrize("role", list(Role), ids=lambda role: role.value)
def test_every_step_is_allowed_exactly_when_the_table_has_it(role):
    for source, target in itertools.product(POSITIONS, POSITIONS):
        found = workflow.find(source, target, {role})
        assert (found.action if found else None) == expected(role, source, target)


def test_without_a_role_nothing_is_allowed():
    for source, target in itertools.product(POSITIONS, POSITIONS):
        assert workflow.find(source, target, frozenset()) is None
    assert all(not list(workflow.open_actions(source, ())) for source in POSITIONS)


def test_a_person_of_several_roles_may_what_each_of_them_may():
    for count in range(len(Role) + 1):
        for roles in itertools.combinations(Role, count):
            for source in POSITIONS:
                found = {row.action for row in workflow.open_actions(source, roles)}
                single = {
                    row.action for role in roles for row in workflow.open_actions(source, {role})
                }
                assert found == single


@pytest.mark.parametrize("action", GUARDS)
def test_every_step_is_guarded_as_the_table_says(action):
    rows = [row for row in STEPS if row.action == action]
    assert rows
    assert {row.guards for row in rows} == {GUARDS[action]}


def test_no_step_is_without_a_guard_and_no_reviewer_decides_on_themselves():
    assert {row.action for row in STEPS} == set(GUARDS)
    for row in STEPS:
        assert row.guards
        if row.role in (Role.ASSISTANT, Role.REGISTRAR):
            assert row.guards[0] == "not_own"


@pytest.mark.parametrize("action", EFFECTS)
def test_what_follows_a_step_is_as_the_table_says_and_in_its_order(action):
    rows = [row for row in STEPS if row.action == action]
    assert rows
    assert {row.effects for row in rows} == {EFFECTS[action]}


def test_D31_what_follows_a_lapse_is_by_where_the_application_was():
    found = {row.source: row.effects for row in STEPS if row.action == "lapse"}
    assert found == {position(place): effects for place, effects in LAPSED.items()}


def test_D31_what_follows_a_lapse_taken_back_is_by_where_it_leads():
    found = {row.source: row.effects for row in STEPS if row.action == "take_back_lapse"}
    assert found == {position(place): effects for place, effects in UNLAPSED.items()}


def test_every_lapse_of_what_was_submitted_and_every_completion_can_be_taken_back():
    for row in STEPS:
        if row.action == "complete" or (row.action == "lapse" and row.source.state != "draft"):
            assert workflow.take_back_of(row.target)
            (back,) = [one for one in STEPS if one.source == row.target]
            assert back.target == row.source


def test_every_step_is_in_the_log_once_and_before_the_student_is_told_of_it():
    for row in STEPS:
        (entry,) = [at for at, name in enumerate(row.effects) if "log" in name.split("_")]
        told = [at for at, name in enumerate(row.effects) if name == "tell_student"]
        assert all(entry < at for at in told)


def test_I10_of_a_draft_that_lapses_unsubmitted_nobody_is_told_and_of_all_else_its_student():
    for row in STEPS:
        if row.action == "lapse":
            assert ("tell_student" in row.effects) is not workflow.is_new(row.source)


def test_every_position_of_the_table_is_in_exactly_one_stage():
    reached = {place for row in STEPS for place in (row.source, row.target)}
    for place, paper in itertools.product(reached, (False, True)):
        found = [
            stage
            for stage in workflow.STAGES
            if stage.paper in (None, paper) and any(one.has(place) for one in stage.places)
        ]
        assert found == [workflow.stage_of(place, paper=paper)]


def test_each_position_is_at_the_stage_and_step_that_desks_and_lists_have_for_it():
    lapsed = {row.target for row in STEPS if row.action == "lapse"}
    expected = {position(place): names for place, names in STAGES.items()}
    expected |= dict.fromkeys(lapsed, ("lapsed", "lapsed", "lapsed"))
    assert expected.keys() == {place for row in STEPS for place in (row.source, row.target)}
    for place, (step, *names) in expected.items():
        stages = [workflow.stage_of(place, paper=paper) for paper in (False, True)]
        assert [stage.name for stage in stages] == names
        assert {stage.step for stage in stages} == {step}


def test_every_stage_but_a_students_own_draft_is_in_exactly_one_count():
    found = [stage.name for stages in workflow.counted().values() for stage in stages]
    assert sorted(found) == sorted(stage.name for stage in workflow.STAGES if stage.name != "draft")
    assert "with_student" in workflow.counted()
    assert {"waiting_paper", "waiting_first"} <= set(workflow.counted())


def test_a_stage_may_be_counted_with_another(monkeypatch):
    between = workflow.Stage(
        "waiting_head", "second", (workflow.Place("submitted", "seen"),), count="waiting_second"
    )
    before = workflow.counted()
    monkeypatch.setattr(workflow, "STAGES", (*workflow.STAGES, between))
    second = (*before["waiting_second"], between)
    assert workflow.counted() == {**before, "waiting_second": second}


def test_the_last_decision_is_taken_back_by_the_step_that_the_table_has_for_it():
    for source in POSITIONS:
        open_ones = {row.action for row in workflow.open_actions(source, set(Role))}
        taken = {action for action in open_ones if action.startswith("take_back")}
        found = workflow.take_back_of(source)
        assert ({found} if found else set()) == taken, "a position has one way back at most"


def test_D11_what_is_returned_or_waits_for_somebody_is_under_way():
    places = {place for row in workflow.TRANSITIONS for place in (row.source, row.target)}
    assert {place for place in places if workflow.is_under_way(place)} == {
        Position("draft", "returned"),
        Position("submitted"),
        Position("submitted", "passed"),
        Position("submitted", "passed", "passed"),
    }


def test_a_position_that_no_step_leads_to_is_in_no_stage():
    assert workflow.stage_of(Position("submitted", "returned"), paper=True) is None


def test_a_stage_that_there_is_not_is_an_error():
    with pytest.raises(KeyError):
        workflow.stages("waiting_for_nothing")


def test_D11_a_student_withdraws_nothing_alone():
    for source in POSITIONS:
        if source.state != "draft":
            assert not list(workflow.open_actions(source, {Role.STUDENT}))


def test_D21_no_second_review_passes_before_the_first():
    for row in workflow.TRANSITIONS:
        if row.target.second == "passed":
            assert row.target.first == "passed"


def test_D24_a_supplement_is_asked_for_by_the_assistant_and_moves_nothing():
    found = {row.action: (row.role.value, row.source) for row in workflow.IN_PLACE}
    assert found == {action: (role, position(place)) for action, (role, place) in IN_PLACE.items()}
    assert all(row.source == row.target for row in workflow.IN_PLACE)
    assert not {row.action for row in workflow.TRANSITIONS} & set(found)


ENDS = ("completed", "lapsed")


def test_a_decision_is_taken_back_by_who_may_take_it_and_only_until_the_next_step():
    for row in workflow.TRANSITIONS:
        if row.action.startswith("take_back") and row.source.state not in ENDS:
            forth = workflow.find(row.target, row.source, {row.role})
            assert forth is not None
            assert forth.action in ("pass_first", "fail_first", "pass_second", "fail_second")
            assert row.source.state == "submitted"


def test_D31_whatever_is_not_completed_lapses_and_keeps_its_reviews():
    """Every position that the steps lead to, the two ends aside."""
    reached = {workflow.DRAFT, *(row.target for row in workflow.TRANSITIONS)}
    ends = {source for source in reached if source.state in ("completed", "lapsed")}
    lapsing = {row.source: row.target for row in workflow.TRANSITIONS if row.action == "lapse"}
    assert set(lapsing) == reached - ends
    for source, target in lapsing.items():
        assert target == source._replace(state="lapsed")


def test_no_step_leads_to_a_new_application_and_none_but_a_submission_or_a_lapse_from_it():
    """So that it has no entry in the log, no rows of a review and no letters."""
    for row in (*workflow.TRANSITIONS, *workflow.IN_PLACE):
        assert not workflow.is_new(row.target)
        if workflow.is_new(row.source):
            assert row.action in ("submit", "lapse")
    logged = {*workflow.FIELD_EFFECTS, *workflow.FIELD_CLEARING}
    assert workflow.writable(workflow.DRAFT, set(Role)).isdisjoint(logged)


def test_the_two_ends_are_left_by_the_registrar_alone_who_takes_them_back():
    for source in POSITIONS:
        if source.state in ENDS:
            for row in workflow.open_actions(source, set(Role)):
                assert row.role is Role.REGISTRAR
                assert row.action in ("take_back_completion", "take_back_lapse")
                assert "diploma_list_open" in row.guards


def test_each_role_fills_in_its_own_fields_at_its_own_step_only():
    draft = {"tick_ids", "shortfall_acknowledged", "teacher_ed_answer", "teacher_ed_confirmed"}
    may_write = {
        ("student", "draft"): draft,
        ("student", "draft/returned"): draft,
        ("assistant", "submitted"): {
            "paper_received_on",
            "hand_checked",
            "review_reason",
            "return_deadline",
            "outside_line_ids",
            "exception_ids",
        },
        ("registrar", "submitted/passed"): {
            "review_reason",
            "override_reason",
            "profile_accepted_at",
        },
        ("registrar", "submitted/passed/passed"): {
            "override_reason",
            "profile_accepted_at",
            "left_on",
        },
        ("registrar", "completed/passed/passed"): {"profile_accepted_at"},
    }
    table = {(role, position(place)): fields for (role, place), fields in may_write.items()}
    for role, source in itertools.product(Role, POSITIONS):
        assert workflow.writable(source, {role}) == table.get((role.value, source), frozenset())
    assert workflow.writable(workflow.DRAFT, set()) == frozenset()


def test_D6_a_changed_profile_is_accepted_by_somebody_else_and_when_it_will_do():
    assert workflow.FIELD_GUARDS == {
        "profile_accepted_at": ("not_own", "profile_differs", "profile_complete")
    }
    writers = {
        role
        for (role, _place), names in workflow.WRITABLE.items()
        if "profile_accepted_at" in names
    }
    assert writers == {Role.REGISTRAR}


def test_rows_are_decided_by_the_assistant_while_the_first_review_is_open():
    assert (Role.ASSISTANT, workflow.SUBMITTED) == workflow.DECIDES_ROWS


def test_a_transition_cannot_be_changed_at_run_time():
    with pytest.raises(AttributeError):
        workflow.TRANSITIONS[0].role = Role.REGISTRAR


def test_the_module_imports_nothing_of_odoo():
    tree = ast.parse(FILE.read_text(encoding="utf-8"))
    names = {
        name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in (
            [node.module] if isinstance(node, ast.ImportFrom) else [a.name for a in node.names]
        )
    }
    assert names <= {"__future__", "collections.abc", "dataclasses", "enum", "typing"}
