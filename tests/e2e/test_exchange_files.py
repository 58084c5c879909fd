"""Tables out of the product and the workbook to fill in, as people get them in a browser."""

import re

import openpyxl
from playwright.sync_api import expect

REGISTRAR = "registrar.continuing"
EXPORT = "/odoo/action-ntue_curriculum.action_export_wizard"
IMPORT = "/odoo/action-ntue_curriculum.action_import_wizard"


def downloaded(page, click, folder):
    """What the browser saves after ``click``, as a workbook, and the name it was given."""
    with page.expect_download() as waiting:
        click()
    file = folder / waiting.value.suggested_filename
    waiting.value.save_as(file)
    return openpyxl.load_workbook(file, read_only=True), file.name


def test_a_registrar_exports_the_students_of_the_division_as_a_workbook(enter, tmp_path):
    person = enter(REGISTRAR)
    page = person.page
    page.goto(EXPORT)
    dialog = page.locator(".modal .o_form_view")
    expect(dialog).to_be_visible()
    page.click(".modal div[name=table] .o_select_menu_toggler")
    page.locator(".o_select_menu_item", has_text=re.compile("^學生$")).click()
    person.picture("61-export")
    download = page.locator(".modal button[name=action_download]")
    book, name = downloaded(page, download.click, tmp_path)
    assert name == "students.xlsx"
    rows = list(book["students"].iter_rows(values_only=True))
    assert rows[0][:2] == ("學號", "姓名")
    assert len(rows) > 10


def test_the_workbook_to_fill_in_is_offered_where_files_are_imported(enter, tmp_path):
    person = enter(REGISTRAR)
    page = person.page
    page.goto(IMPORT)
    link = page.locator(".modal a[href='/ntue_curriculum/template.xlsx']")
    expect(link).to_be_visible()
    person.picture("62-template")
    book, name = downloaded(page, link.click, tmp_path)
    assert name == "template.xlsx"
    assert book.sheetnames[:2] == ["填寫說明", "terms"]
