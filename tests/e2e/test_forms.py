"""Forms of the backend: what they invite to is what they take, and what they lack they name."""

PROGRAMS = "/odoo/action-ntue_curriculum.action_program"
REGISTRAR = "registrar.continuing"
NAME = ".o_field_widget[name=name]"


def program(page, code):
    page.goto(PROGRAMS)
    page.locator(f".o_data_row:has(td:text-is('{code}'))").click()
    page.wait_for_selector(f".o_form_view {NAME}")


def test_a_form_that_would_be_refused_is_shown_to_be_read(enter):
    """A registrar reads the programs of every division, and keeps those of the own."""
    page = enter(REGISTRAR).page
    program(page, "CS-B")
    page.wait_for_selector(f"{NAME}:not(:has(input))")
    program(page, "SRD-E")
    page.wait_for_selector(f"{NAME} input")


def test_what_is_missing_is_named(enter):
    page = enter(REGISTRAR).page
    program(page, "SRD-E")
    page.fill(f"{NAME} input", "")
    page.click(".o_form_button_save")
    told = page.locator(".o_notification", has_text="請填寫或修正")
    told.wait_for()
    assert "名稱" in told.inner_text()
