"""The student's profile and the question about teacher education, as a person meets them."""

import io

from PIL import Image
from playwright.sync_api import expect

STUDENT, TEACHER = "210941004", "211342003"
ASSISTANT, OF_TEACHER, REGISTRAR = "ta.srd", "ta.cict", "registrar.continuing"
DESK = "/odoo/action-ntue_graduation.action_application_all"
NAME = "#profile_english_name"


def passport():
    """An invented picture, to be chosen as the passport copy."""
    file = io.BytesIO()
    Image.new("RGB", (600, 400), (200, 210, 230)).save(file, "JPEG")
    return {"name": "護照.jpg", "mimeType": "image/jpeg", "buffer": file.getvalue()}


def test_a_student_corrects_the_profile_with_an_alias_and_sees_what_became_of_it(enter):
    student = enter(STUDENT)
    page = student.begins_at("/my/profile")
    student.picture("20-profile-blank")
    says_live_what_a_name_becomes(page)
    is_told_of_errors_and_lands_on_them(student)
    asks_for_the_copy_when_the_box_is_ticked(student)
    page.set_input_files("#profile_passport_copy", passport())
    page.click("button[value=save]")
    page.wait_for_url("**saved=1**")
    expect(page.locator(".alert-success")).to_contain_text("CHENG, HSIAO-YUN", use_inner_text=True)
    page.click("summary:has-text('變更紀錄')")
    student.picture("23-profile-alias")
    copy = student.context.request.get("/my/profile/passport")
    assert copy.headers["content-type"] == "image/jpeg"
    assert copy.body() == passport()["buffer"]
    looks_at_the_student_as_the_assistant(enter(ASSISTANT))


def says_live_what_a_name_becomes(page):
    """With JavaScript the page says while one types what will be saved (D8)."""
    page.fill(NAME, "cheng,hsiao-yun")
    becomes = page.locator(".o_ntue_becomes strong").first
    expect(becomes).to_have_text("CHENG, HSIAO-YUN", use_inner_text=True)
    page.fill(NAME, "cheng")
    below = page.locator("#profile_use_alias").bounding_box()
    page.locator(NAME).blur()
    expect(page.locator(".o_ntue_not_yet").first).to_be_visible()
    # Nothing moves under the finger that leaves the field by pressing what is next.
    assert page.locator("#profile_use_alias").bounding_box() == below


def is_told_of_errors_and_lands_on_them(student):
    page = student.page
    page.fill("#profile_mobile", "沒有")
    page.click("button[value=save]")
    summary = page.locator("#profile_errors")
    summary.wait_for()
    assert summary.evaluate("node => node === document.activeElement")
    expect(summary.locator("a")).to_have_count(2)
    assert page.input_value("#profile_mobile") == "沒有"
    student.picture("21-profile-errors")
    summary.locator("a").last.click()
    assert page.evaluate("document.activeElement.id") == "profile_mobile"


def asks_for_the_copy_when_the_box_is_ticked(student):
    page = student.page
    expect(page.locator("#profile_alias_name")).to_be_hidden()
    page.fill(NAME, "cheng,hsiao-yun")
    page.fill("#profile_mobile", "0900-000-004")
    page.check("#profile_use_alias")
    page.fill("#profile_alias_name", "cheng, cloud")
    page.click("button[value=save]")
    page.locator("#profile_passport_copy_error").wait_for()
    student.picture("22-profile-copy-missing")


def looks_at_the_student_as_the_assistant(assistant):
    page = assistant.page
    page.goto("/odoo/action-ntue_curriculum.action_student")
    page.click(f".o_data_row:has-text('{STUDENT}')")
    page.click("a[name=profile]")
    page.wait_for_selector("text=CHENG, HSIAO-YUN")
    with page.expect_download() as download:
        page.click("div[name=passport_copy_ids] a.o_form_uri")
    assert download.value.suggested_filename == f"passport-{STUDENT}.jpg"
    assert download.value.path().read_bytes() == passport()["buffer"]
    assistant.picture("24-student-profile")


def test_without_javascript_the_profile_is_saved_and_errors_are_told(school, browser, enter):
    somebody = enter("210941005")
    plain = browser.new_context(
        locale="zh-TW",
        base_url=school.url,
        java_script_enabled=False,
        storage_state=somebody.context.storage_state(),
    )
    page = plain.new_page()
    page.goto("/my/profile")
    page.fill(NAME, "wang")
    page.click("button[value=save]")
    expect(page.locator("#profile_english_name_error")).to_be_visible()
    assert page.input_value(NAME) == "wang"
    page.fill(NAME, "wang,da-ming")
    page.click("button[value=save]")
    expect(page.locator(".alert-success")).to_contain_text("WANG, DA-MING", use_inner_text=True)
    plain.close()


def test_211342003_a_student_of_teacher_education_is_asked_to_wait_and_may_apply(enter):
    student = enter(TEACHER)
    page = student.page
    page.goto("/my/graduation")
    page.click("button:has-text('新增')")
    question = page.locator("#teacher_ed")
    student.picture("25-teacher-question")
    page.check("#teacher_ed_finishing")
    expect(question.locator(".o_ntue_ask_office")).to_be_visible()
    expect(question.locator(".o_ntue_hold_off")).to_be_hidden()
    page.check("#teacher_ed_continuing")
    expect(question.locator(".o_ntue_hold_off")).to_be_visible()
    expect(question.locator(".o_ntue_ask_office")).to_be_hidden()
    expect(question).to_contain_text("請暫勿提出畢業資格申請", use_inner_text=True)
    page.click("button:has-text('暫存')")
    page.wait_for_url("**told=saved")
    student.picture("26-teacher-wait")
    page.click("button:has-text('送出申請')")
    page.wait_for_url("**/check")
    expect(page.locator(".alert-danger")).to_contain_text("請勾選確認", use_inner_text=True)
    page.click("#check_teacher_ed a")
    page.check("#teacher_ed_confirmed")
    page.click("button:has-text('暫存')")
    page.wait_for_url("**told=saved")
    page.click("button:has-text('送出申請')")
    page.wait_for_url("**/check")
    shortfall = page.locator("#shortfall")
    if shortfall.count():
        shortfall.check()
    page.click("button:has-text('確認送出')")
    page.wait_for_url("**/my/graduation?submitted=1&term=1141")
    changes_the_profile_after_submitting(student)
    passes_the_first_review(enter(OF_TEACHER))
    takes_the_change_over(enter(REGISTRAR))


def changes_the_profile_after_submitting(student):
    page = student.page
    page.goto("/my/profile")
    expect(page.locator("main")).to_contain_text("不會更動已送出的申請", use_inner_text=True)
    page.fill(NAME, "huang,hsiao wen")
    page.fill("#profile_email", "new06@example.com")
    page.click("button[value=save]")
    page.wait_for_url("**saved=1**")


def opens_the_changed_one(person):
    page = person.page
    page.goto(DESK)
    page.click(".o_searchview_dropdown_toggler")
    page.click(".o_filter_menu .o_menu_item:has-text('送出後基本資料有變更')")
    page.wait_for_selector(".o_facet_value:has-text('送出後基本資料有變更')")
    page.keyboard.press("Escape")  # the menu hangs over the list
    page.wait_for_selector(".o_filter_menu", state="detached")
    page.click(f".o_data_row td[name=student_id]:has-text('{TEACHER}')")
    page.wait_for_selector("[name=profile_differences]:has-text('HUANG, HSIAO WEN')")


def passes_the_first_review(assistant):
    page = assistant.page
    opens_the_changed_one(assistant)
    expect(page.locator("button[name=action_accept_profile]")).to_be_hidden()
    assistant.picture("27-changed-assistant")
    page.click("button[name=action_receive_paper]")
    # It is short, so that the button asks first.
    page.click("button[name=action_pass_first].btn-secondary:visible")
    page.click(".modal-footer .btn-primary")
    page.wait_for_selector("button[name=action_pass_first]", state="detached")


def takes_the_change_over(registrar):
    page = registrar.page
    opens_the_changed_one(registrar)
    registrar.picture("28-changed-registrar")
    page.click("button[name=action_accept_profile]")
    page.click(".modal-dialog button.btn-primary")
    page.wait_for_selector("[name=profile_differences]:has-text('✓ 已採用')")
    page.click("a[name=events]")
    page.wait_for_selector("text=HUANG, HSIAO-WEN → HUANG, HSIAO WEN")
    registrar.picture("29-accepted-registrar")
    hands_it_back(page)


def hands_it_back(page):
    """The desk of the second review is as it was for the tests that follow."""
    page.click("button:has-text('退回系所')")
    page.fill(".modal-dialog [name=reason] input", "測試結束")
    page.click(".modal-dialog button[name=action_confirm]")
    page.wait_for_selector(".modal-dialog", state="detached")
    page.wait_for_selector("button[name=action_pass_second]", state="detached")
