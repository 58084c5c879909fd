"""A registrar enters frameworks on screen, without a file: general education, a minor, a milestone.

The general education is that of a school's public page: eighteen credits, in five of its domains
at least (data/samples/rules/01).
"""

from playwright.sync_api import expect

from .copies import Copy, bring_in

REGISTRAR = "registrar.day"
PROGRAM = "資訊科學系學士班"
ORIGINAL, OWN = "411243001", "411270017"
FRAMEWORKS = "/odoo/action-ntue_curriculum.action_curriculum"
FURTHER = "/odoo/action-ntue_curriculum.action_student_programme"
DIALOG = ".modal:has(.o_form_view)"
DOMAINS = ("人文", "藝術", "社會", "自然", "資訊", "健康")


class Form:
    """A form of the backend, filled in as a person does."""

    def __init__(self, page, within=".o_form_view"):
        self.page, self.within = page, within

    def at(self, name):
        return self.page.locator(f"{self.within} .o_field_widget[name={name}]")

    def write(self, **values):
        """Type into fields by name; a choice from a list is made by its words."""
        for name, value in values.items():
            field = self.at(name)
            if isinstance(value, bool):
                field.locator("input").set_checked(value)
            elif field.locator(".o_select_menu").count():
                field.locator("input").click()
                self.page.locator(".o_select_menu_item", has_text=value).first.click()
            else:
                field.locator("input").fill(value)

    def choose(self, name, words):
        """Search a record by ``words`` and take what is found."""
        self.at(name).locator("input").fill(words)
        offered = ".o-autocomplete--dropdown-item:not(.o_m2o_dropdown_option)"
        self.page.locator(offered, has_text=words).first.click()

    def save(self):
        self.page.click(".o_form_button_save")
        expect(self.page.locator(".o_form_status_indicator_buttons.invisible")).to_have_count(1)


def begun(page, code, program, **values):
    """The form of a new framework, saved."""
    page.goto(FRAMEWORKS)
    page.locator(".o_list_button_add").click()
    form = Form(page)
    form.write(code=code)
    form.choose("program_id", program)
    form.write(**values)
    form.save()
    return form


def add_areas(page, *areas):
    """Add areas in their dialog, one after the other; ``parent`` is chosen by its name."""
    page.locator(".o_field_widget[name=area_ids] .o_field_x2many_list_row_add a").click()
    dialog = Form(page, DIALOG)
    for place, (parent, values) in enumerate(areas, 1):
        expect(dialog.at("code").locator("input")).to_have_value("")
        dialog.write(**values)
        if parent:
            dialog.choose("parent_id", parent)
        is_last = place == len(areas)
        page.locator(f"{DIALOG} .o_form_button_save{'' if is_last else '_new'}").click()
    expect(page.locator(DIALOG)).to_have_count(0)


def add_milestone(page, **values):
    """Add a way to a milestone in its line of the list."""
    page.locator(".o_field_widget[name=milestone_ids] .o_field_x2many_list_row_add a").click()
    Form(page, ".o_field_widget[name=milestone_ids] .o_selected_row").write(**values)


def previewed(page, number, words):
    """The draft as the student of this number would meet it."""
    page.locator(".o_statusbar_buttons button", has_text="以學生預覽").click()
    Form(page, DIALOG).choose("student_id", number)
    expect(page.locator(f"{DIALOG} div[name=panel]")).to_contain_text(words)


def publish(person, picture):
    page = person.page
    page.locator("button[name=action_review]:visible").click()
    page.locator(f"{DIALOG} button[name=action_publish]").wait_for()
    person.picture(picture)
    page.locator(f"{DIALOG} button[name=action_publish]").click()
    expect(page.locator(DIALOG)).to_have_count(0)
    done = ".o_statusbar_status button[data-value=published].o_arrow_button_current"
    page.locator(done).wait_for()


def test_general_education_a_milestone_and_a_minor_are_entered_and_published(
    school, enter, tmp_path
):
    bring_in(school, tmp_path, Copy(ORIGINAL, OWN))
    person = enter(REGISTRAR)
    page = person.page

    form = begun(page, "GE-115", PROGRAM, entry_year="115", graduation_credits="18")
    add_areas(page, (None, {"code": "G", "name": "通識", "min_credits": "18", "min_children": "5"}))
    form.save()
    add_areas(
        page,
        *(
            (
                "通識",
                {"code": f"G{at}", "name": name, "min_courses": "1", "select_domains": name},
            )
            for at, name in enumerate(DOMAINS, 1)
        ),
    )
    person.picture("70-framework-areas")
    page.locator(".o_notebook .nav-link", has_text="門檻").click()
    add_milestone(
        page, code="ENG", name="外語能力", way="TOEIC", measure="單次檢定分數", amount="600"
    )
    form.save()
    person.picture("71-framework-milestones")
    previewed(page, OWN, "外語能力")
    person.picture("72-framework-preview")
    page.locator(f"{DIALOG} button", has_text="關閉").click()
    publish(person, "73-framework-publish")

    form = begun(page, "EDU-M-115", PROGRAM, entry_year="115", graduation_credits="20")
    form.write(kind="輔系", class_name="教育學系輔系", has_max_shared=True)
    form.write(max_shared="8")
    add_areas(
        page,
        (None, {"code": "M", "name": "輔系課程", "min_credits": "20", "select_prefixes": "EDU"}),
    )
    form.save()
    previewed(page, OWN, "輔系")
    person.picture("74-minor-preview")
    page.locator(f"{DIALOG} button", has_text="關閉").click()
    publish(person, "75-minor-publish")

    page.goto(FURTHER)
    page.locator(".o_list_button_add").click()
    row = Form(page, ".o_selected_row")
    row.choose("student_id", OWN)
    row.choose("curriculum_id", "EDU-M-115")
    page.click(".o_list_button_save")
    expect(page.locator(".o_data_row", has_text="EDU-M-115")).to_have_count(1)
    student = enter(OWN).begins_at("/my/progress")
    expect(student.locator("[data-block=programme]")).to_contain_text("教育學系輔系")
