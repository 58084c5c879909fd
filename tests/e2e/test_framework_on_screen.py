"""A registrar enters what a framework asks on screen, without a file, and publishes it."""

import re

from playwright.sync_api import expect

from .copies import Copy, bring_in

REGISTRAR = "registrar.continuing"
FRAMEWORK = "/odoo/action-ntue_curriculum.action_curriculum/new"
STUDENTS = "/odoo/action-ntue_curriculum.action_student"
PROGRAMMES = "/odoo/action-ntue_curriculum.action_student_programme"
ORIGINAL, OWN = "209841009", "209870017"
DIALOG = ".modal:has(.o_form_view)"

DOMAINS = ("人文", "社會", "自然")
"""General education of three domains: 人文3 社會3 自然3, each selected and none listed (NCCU)."""


def field(scope, name):
    return scope.locator(f".o_field_widget[name={name}]").first


def fill(scope, **values):
    for name, value in values.items():
        field(scope, name).locator("input").first.fill(value)


def choose(page, scope, name, words):
    """Choose one of a few words."""
    field(scope, name).locator(".o_select_menu_toggler").click()
    page.locator(".o_select_menu_item", has_text=re.compile(f"^{words}$")).click()


def name(page, scope, name, typed):
    """Choose a record by what is typed of it."""
    field(scope, name).locator("input").fill(typed)
    page.locator(".o-autocomplete--dropdown-item", has_text=typed).first.click()


def add_row(page, table):
    """A new row of a table of the form, to be filled in."""
    field(page, table).locator(".o_field_x2many_list_row_add a").click()
    row = field(page, table).locator(".o_selected_row")
    row.wait_for()
    return row


def tab(page, words):
    page.locator(".o_notebook_headers a", has_text=re.compile(f"^{words}$")).click()


def head(page, code, size, program):
    page.goto(FRAMEWORK)
    page.wait_for_selector(".o_form_view .o_field_widget[name=code] input")
    fill(page, code=code, entry_year="115", graduation_credits=size)
    name(page, page, "program_id", program)


def save(page):
    page.click(".o_form_button_save")
    expect(page.locator(".o_form_status_indicator_buttons.invisible")).to_have_count(1)


def publish(page):
    """Press Publish, see what is found, and publish."""
    page.locator("button[name=action_review]:visible").first.click()
    page.locator(f"{DIALOG} button[name=action_publish]:visible").first.click()
    expect(page.locator(DIALOG)).to_have_count(0)
    chosen = page.locator(".o_field_widget[name=state] .o_arrow_button_current")
    expect(chosen).to_have_attribute("data-value", "published")


def test_general_education_a_milestone_and_a_minor_are_entered_previewed_and_published(
    school, enter, tmp_path
):
    bring_in(school, tmp_path, Copy(ORIGINAL, OWN))
    person = enter(REGISTRAR)
    page = person.page

    head(page, "SCREEN-GE-115", "9", "SRD-E")
    for domain in DOMAINS:
        row = add_row(page, "area_ids")
        fill(row, code=f"G{DOMAINS.index(domain)}", name=domain, min_credits="3")
        fill(row, select_domains=domain)
    tab(page, "畢業門檻")
    row = add_row(page, "milestone_ids")
    fill(row, code="ENG", name="外語能力", way="TOEIC")
    choose(page, row, "measure", "單次檢定分數")
    fill(row, amount="600")
    tab(page, "出處")
    row = add_row(page, "source_ids")
    fill(row, about="ENG", title="外語能力畢業標準", link="https://www.example.edu.tw/eng")
    save(page)
    person.picture("framework-on-screen")

    page.get_by_role("button", name="以學生預覽").click()
    dialog = page.locator(DIALOG)
    name(page, dialog, "student_id", OWN)
    panel = dialog.locator(".o_ntue_what_if")
    expect(panel).to_contain_text("畢業門檻「外語能力」尚未達成")
    expect(panel).to_contain_text("人文")
    person.picture("framework-preview")
    dialog.get_by_role("button", name="關閉").last.click()
    expect(page.locator(DIALOG)).to_have_count(0)
    publish(page)

    head(page, "SCREEN-MINOR-115", "3", "SRD-E")
    choose(page, page, "kind", "輔系")
    fill(page, class_name="輔系課程", min_exclusive="3")
    row = add_row(page, "area_ids")
    fill(row, code="M", name="輔系課程", min_credits="3", select_domains="輔系")
    save(page)
    publish(page)

    page.goto(PROGRAMMES)
    page.locator(".o_list_button_add").first.click()
    row = page.locator(".o_selected_row")
    name(page, row, "student_id", OWN)
    name(page, row, "curriculum_id", "SCREEN-MINOR-115")
    page.locator(".o_list_button_save").first.click()
    expect(page.locator(".o_data_row", has_text="SCREEN-MINOR-115")).to_have_count(1)

    page.goto(STUDENTS)
    page.locator(f".o_data_row:has(td:text-is('{OWN}'))").click()
    card = page.locator("[data-block=programme]")
    expect(card).to_contain_text("輔系")
    expect(card).to_contain_text("尚缺 3 個不計入主修的學分")
    card.scroll_into_view_if_needed()
    person.picture("further-programme")
