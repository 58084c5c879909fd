"""What a student reads of her data, and what a registrar sees before erasing anything."""

import pytest

from .shell import run
from .test_profile import NAME, passport

STUDENT, REGISTRAR = "210941007", "registrar.continuing"


def test_a_student_reads_what_is_kept_and_who_opened_her_passport_copy(enter):
    student = enter(STUDENT)
    page = student.page
    page.goto("/my/profile")
    page.fill(NAME, "lin,mei")
    page.fill("#profile_email", "mei@mail.example.com")
    page.fill("#profile_mobile", "0900-000-007")
    page.check("#profile_use_alias")
    page.fill("#profile_alias_name", "lin, may")
    page.set_input_files("#profile_passport_copy", passport())
    page.click("button[value=save]")
    page.wait_for_url("**saved=1**")
    assert student.context.request.get("/my/profile/passport").ok
    opens_the_copy_as_the_registrar(enter(REGISTRAR))
    page.click("a[href='/my/profile/privacy']")
    page.wait_for_selector("#openings li")
    openings = page.locator("#openings li").all_inner_texts()
    assert [text.split()[2] for text in openings] == ["註冊單位", "您本人"]
    assert "registrar" not in page.content()
    assert "學校留存您的哪些資料" in page.locator("h1").inner_text()
    with page.expect_download() as download:
        page.click("a[href='/my/profile/export']")
    assert download.value.suggested_filename == f"{STUDENT}.zip"
    student.picture("27-privacy")
    for width in (320, 390, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def opens_the_copy_as_the_registrar(registrar):
    page = registrar.page
    page.goto("/odoo/action-ntue_curriculum.action_student")
    page.click(f".o_data_row:has-text('{STUDENT}')")
    page.click("a[name=profile]")
    with page.expect_download():
        page.click("div[name=passport_copy_ids] a.o_form_uri")
    page.reload()
    page.click("a[name=profile]")
    page.wait_for_selector("div[name=passport_opening_ids] .o_data_row")
    registrar.picture("28-openings")
    page.click("button[name=action_erasure]")
    page.wait_for_selector(".modal .alert-danger")
    assert not page.locator("button[name=action_erase]").is_visible()
    registrar.picture("29-erasure")
    page.click(".modal button[special=cancel], .modal button:has-text('取消')")
    page.goto("/odoo/action-ntue_curriculum.action_retention_plan")
    page.wait_for_selector(".modal table, .o_form_view table")
    assert not page.locator(".o_datetime_picker").is_visible()
    registrar.picture("30-retention-plan")


@pytest.mark.parametrize(("number", "by"), [(5000, "job"), (5010, "registrar")])
def test_who_applies_before_an_erasure_has_ended_has_it_or_is_told_that_there_is_no_account(
    school, number, by
):
    """Two transactions at once: neither goes on without what the other one did."""
    for place, first in enumerate(("student", "eraser")):
        (made,) = run(school, "clean_students", FIRST=number + place, COUNT=1, STAND="may_apply")
        told = run(school, "applies_while_erased", NUMBER=made, FIRST=first, BY=by)
        kept = first == "student" and by == "job"
        assert told["waited"], "the second one waits for the first"
        assert told["applications"] == (["draft"] if kept else [])
        assert (told["email"], told["account"]) == (kept, kept)
        assert bool(told["student"]) == (first == "eraser")
