"""Two people at the same thing at the same time: nothing is lost, doubled or done unseen."""

import json

import pytest
from playwright.sync_api import expect

from .shell import run

PROGRAM, ASSISTANT = "CICT-W", "ta.cict"
FORM = "/odoo/action-ntue_graduation.action_application_all/{}"
FRAMEWORKS = "/odoo/action-ntue_curriculum.action_curriculum"
PASS, ALL_THE_SAME = (
    f"button[name=action_pass_first].btn-{kind}" for kind in ("primary", "secondary")
)
ERROR = ".o_error_dialog, .modal:has(.o_dialog_error), .modal"


def students(school, first, stand, **values):
    """The number of a student of the program who lacks nothing, or of the application."""
    values |= {"FIRST": first, "COUNT": 1, "STAND": stand, "PROGRAM": PROGRAM}
    (made,) = run(school, "clean_students", **values)
    return made


def test_two_who_copy_one_framework_get_a_whole_draft_and_a_code_each(school):
    told = run(school, "at_once", CASE="copies")
    assert (told["waited"], told["second"]) == (True, "done")
    assert told["codes"] == ["CS-B-112-COPY", "CS-B-112-COPY2"]
    assert len(set(told["sizes"])) == 1


def test_of_two_blocks_that_are_published_at_once_a_framework_has_both(school):
    told = run(school, "at_once", CASE="blocks")
    assert (told["waited"], told["second"]) == (True, "done")
    assert (told["revision"], told["blocks"]) == (3, [2, 2])
    assert told["areas"] == ["G anew", "H anew", "O"]
    assert told["states"] == ["archived", "archived", "published", "published"]


def test_a_draft_that_takes_a_block_which_is_being_published_has_the_new_one(school):
    told = run(school, "at_once", CASE="taken")
    assert (told["waited"], told["second"]) == (True, "done")
    assert (told["blocks"], told["areas"]) == ([2], ["O", "T anew"])


def test_of_two_who_waive_one_subject_the_second_is_told_of_the_first(school):
    made = students(school, 8100, "may_apply")
    told = run(school, "at_once", CASE="waivers", STUDENT=made)
    assert told["waited"]
    assert "is waived already: 課程與教學傳播科技研究所助教" in told["second"]
    assert (told["by"], told["count"]) == ([ASSISTANT], 1)


def test_who_waives_a_subject_that_a_file_waives_meanwhile_is_told_of_it(school):
    made = students(school, 8170, "may_apply")
    told = run(school, "at_once", CASE="imported_waivers", FIRST="import", STUDENT=made)
    assert told["waited"]
    assert "is waived already" in told["second"]
    assert told["reasons"] == ["Meeting 4"]


def test_a_file_waives_no_subject_again_that_somebody_waives_meanwhile(school):
    made = students(school, 8180, "may_apply")
    told = run(school, "at_once", CASE="imported_waivers", FIRST="assistant", STUDENT=made)
    assert (told["waited"], told["second"], told["reasons"]) == (True, "done", ["Meeting 5"])


def test_a_file_of_waivers_is_not_repeated_because_a_student_of_it_saves_her_profile(school):
    made = students(school, 8390, "may_apply")
    told = run(school, "at_once", CASE="saved_profile", STUDENT=made)
    assert (told["second"], told["tries"], told["reasons"]) == ("done", 1, ["Meeting 4"])


def test_of_two_who_except_one_subject_the_second_is_told_of_the_first(school):
    made = students(school, 8110, "paper")
    told = run(school, "at_once", CASE="exceptions", APPLICATION=made)
    assert told["waited"]
    assert "already: 課程與教學傳播科技研究所助教" in told["second"]
    assert (told["by"], told["count"], told["events"]) == ([ASSISTANT], 1, 1)


def test_a_completion_is_not_taken_back_from_a_list_that_is_being_closed(school):
    made = students(school, 8120, "second_passed")
    told = run(school, "at_once", CASE="closing", APPLICATION=made)
    assert told["waited"]
    assert "diploma list was closed" in told["second"]
    assert (told["state"], told["actions"][-1]) == ("completed", "complete")


def test_a_completion_while_the_list_is_being_closed_is_on_that_list(school):
    made = students(school, 8140, "second_passed")
    told = run(school, "at_once", CASE="completing", APPLICATION=made)
    assert (told["waited"], told["second"]) == (True, "done")
    assert (told["state"], told["is_on_it"]) == ("completed", True)


def test_nobody_defers_a_term_that_is_being_completed(school):
    made = students(school, 8160, "second_passed")
    told = run(school, "at_once", CASE="deferring", APPLICATION=made)
    assert told["waited"]
    assert "application of term 114-1 is completed" in told["second"]
    assert (told["state"], told["deferred"]) == ("completed", [])


@pytest.mark.parametrize(("kind", "first"), [("copy", 8190), ("plan", 8200)])
def test_what_a_student_keeps_while_she_is_being_erased_is_not_there_afterwards(
    school, kind, first
):
    made = students(school, first, "may_apply")
    told = run(school, "erased_beside", KIND=kind, FIRST="student", STUDENT=made)
    assert told == {"waited": True, "second": "done", "left": 0, "is_open": False}


@pytest.mark.parametrize(("kind", "first"), [("copy", 8210), ("plan", 8220)])
def test_a_student_who_is_being_erased_keeps_nothing_more(school, kind, first):
    made = students(school, first, "may_apply")
    told = run(school, "erased_beside", KIND=kind, FIRST="eraser", STUDENT=made)
    assert (told["waited"], told["left"], told["is_open"]) == (True, 0, False)
    assert "account was closed" in told["second"]


def test_a_change_while_the_audit_is_being_stored_is_in_the_next_one(school):
    made = students(school, 8150, "may_apply")
    told = run(school, "at_once", CASE="audits", STUDENT=made)
    assert (told["waited"], told["second"]) == (False, "done")
    assert (told["freshness"], told["earned"]) == ("fresh", 0)


def test_a_waiver_taken_back_while_the_form_is_open_is_told_before_the_review_passes(school, enter):
    made = students(school, 8130, "paper", CODE="WAIVED")
    run(school, "waived", ACT="grant", APPLICATION=made)
    page = (person := enter(ASSISTANT)).page
    page.goto(FORM.format(made))
    page.locator(PASS).wait_for()
    page.wait_for_selector(".o_ntue_rests", state="detached")
    run(school, "waived", ACT="withdraw", APPLICATION=made)
    page.locator(PASS).click()
    told = page.locator(".modal", has_text="測試科目")
    expect(told).to_contain_text("重新載入")
    person.picture("27-short-since")
    assert run(school, "first_reviews", IDS=json.dumps([made])) == ["pending"]
    page.goto(FORM.format(made))
    page.locator(ALL_THE_SAME).wait_for()
    page.wait_for_selector(".o_ntue_rests", state="detached")
    page.locator(ALL_THE_SAME).click()
    page.locator(".modal .btn-primary").click()
    page.locator(".o_ntue_told").first.wait_for()
    assert run(school, "first_reviews", IDS=json.dumps([made])) == ["passed"]


def test_another_departments_block_is_duplicated_on_screen_by_that_department_alone(school, enter):
    block = run(school, "block", CODE="ONCE-B")
    for login, is_theirs in (("ta.lcw", False), ("ta.cs", True)):
        page = (person := enter(login)).page
        page.goto(f"{FRAMEWORKS}/{block}")
        page.locator(".o_form_view .o_field_widget[name=code]").wait_for()
        page.locator(".o_cp_action_menus button").first.click()
        page.locator(".o_menu_item", has_text="複製").first.click()
        if is_theirs:
            expect(page.locator(".o_field_widget[name=code] input")).to_have_value("ONCE-B-COPY")
        else:
            expect(page.locator(".modal")).to_contain_text("其他系所")
            person.picture("76-not-theirs-to-copy")
