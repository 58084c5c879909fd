"""Every page of every desk, on a phone and at a desk: nothing of any weight in what is ours."""

from __future__ import annotations

import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

import pytest

from .conftest import WIDTHS, Person
from .desk_walk import OF_THE_DEVICE, Desk
from .shell import run

PROGRAM, FIRST = "LCW-S", 9940
ASSISTANT, REGISTRAR, ADMINISTRATOR = "ta.lcw", "registrar.continuing", "admin"
GRADUATION, FRAMEWORKS, STUDY, SETTINGS = (
    "ntue_graduation.menu_graduation",
    "ntue_curriculum.menu_curricula",
    "ntue_curriculum.menu_study",
    "ntue_curriculum.menu_settings",
)
SECTIONS = {
    ASSISTANT: {GRADUATION, FRAMEWORKS, STUDY},
    REGISTRAR: {GRADUATION, FRAMEWORKS, STUDY, SETTINGS},
    ADMINISTRATOR: {GRADUATION, FRAMEWORKS, STUDY, SETTINGS},
}
"""What each of them has in the menu."""


class Opened(NamedTuple):
    """A dialog that a button opens: whose it is, on which record, and what the button says.

    `fills` is the dialog's field into which the button puts the record.
    """

    who: str
    model: str
    domain: list[object]
    name: str
    kind: str = "action"
    context: Mapping[str, object] = MappingProxyType({})
    fills: str = ""


APPLICATION, STUDENT, FRAMEWORK = "ntue.graduation.application", "ntue.student", "ntue.curriculum"
DRAFT = (FRAMEWORK, [("code", "=", "DESK-DRAFT")])
PUBLISHED = (FRAMEWORK, [("code", "=", "DESK")])
OWN = (STUDENT, [("student_no", "=", f"7{FIRST:08d}")])
FILED = (APPLICATION, [("student_id.student_no", "=", f"7{FIRST + 10:08d}")])
WINDOW = ("ntue.graduation.window", [("term_id.code", "=", "1141")])
TEXTS = ("mail.template", [("model", "=", APPLICATION)])
REVOKED = ("ntue.graduation.deferral", [("student_id.student_no", "=", f"7{FIRST:08d}")])
BUTTONS = {
    "ntue.graduation.reason": Opened(
        ASSISTANT,
        *FILED,
        "ntue_graduation.action_graduation_reason",
        context={"default_action": "return"},
        fills="application_id",
    ),
    "ntue.graduation.take.back": Opened(
        REGISTRAR, *FILED, "ntue_graduation.action_graduation_take_back"
    ),
    "ntue.graduation.window.copy": Opened(REGISTRAR, *WINDOW, "ntue_graduation.action_window_copy"),
    "ntue.graduation.window.extend": Opened(
        REGISTRAR, *WINDOW, "ntue_graduation.action_window_extend"
    ),
    "ntue.graduation.mail.preview": Opened(
        REGISTRAR, *TEXTS, "ntue_graduation.action_mail_preview"
    ),
    "ntue.graduation.deferral": Opened(ASSISTANT, *REVOKED, "action_revoke", "object"),
    "ntue.national.id.dialog": Opened(REGISTRAR, *OWN, "ntue_campus_login.action_national_id"),
    "ntue.curriculum.publish": Opened(REGISTRAR, *DRAFT, "action_review", "object"),
    "ntue.curriculum.revise": Opened(
        REGISTRAR, *PUBLISHED, "ntue_curriculum.action_curriculum_revise"
    ),
    "ntue.curriculum.copy": Opened(REGISTRAR, *PUBLISHED, "action_next_year", "object"),
    "ntue.curriculum.compare": Opened(ASSISTANT, *PUBLISHED, "action_compare", "object"),
    "ntue.student.what.if": Opened(ASSISTANT, *OWN, "action_what_if", "object"),
    "ntue.student.erasure": Opened(REGISTRAR, *OWN, "action_erasure", "object"),
    "ntue.recognition": Opened(ASSISTANT, *OWN, "action_decide", "object"),
    "ntue.milestone.evidence": Opened(
        ASSISTANT, *OWN, "ntue_curriculum.action_milestone_evidence_new", fills="student_id"
    ),
}
"""Dialogs that no menu opens, by the model that they show."""

KEPT = {"ntue.graduation.deferral", "ntue.recognition", "ntue.milestone.evidence"}
"""Models of those that are more than a dialog: their rows stay."""

OWN_SETTINGS = {
    "name": "settings",
    "id": "base_setup.action_general_configuration",
    "module": "ntue_curriculum",
    "part": ".app_settings_block[data-key=ntue_curriculum]",
}


@pytest.fixture(scope="session")
def own(school):
    """Something in every list, made once for the process: the numbers of the records by model."""

    def clean(place, count, stand):
        given = {"FIRST": FIRST + place, "COUNT": count, "STAND": stand, "PROGRAM": PROGRAM}
        return json.dumps(run(school, "clean_students", **given))

    return run(
        school,
        "desk_rows",
        STUDENTS=clean(0, 1, "may_apply"),
        FILED=clean(10, 1, "submitted"),
        RETURNED=clean(11, 1, "submitted"),
        REVIEWED=clean(20, 2, "first_passed"),
    )


@pytest.fixture(scope="module")
def desks(school, windows, screens, own):
    """Everybody's desk on each screen, by sign-in and width: one sign-in for each of them."""
    people = {login: Person(school, windows, login, screens) for login in SECTIONS}
    yield {
        (login, width): Desk(
            person.page if width == WIDTHS[-1] else person.context.new_page(), width, own
        )
        for login, person in people.items()
        for width in WIDTHS
    }
    for person in people.values():
        person.leave()


@pytest.fixture(scope="module")
def menus(desks):
    """The menus that each of them has."""
    return {login: desks[login, WIDTHS[-1]].menus() for login in SECTIONS}


@pytest.fixture(scope="module")
def abouts(desks, menus):
    """What each menu opens, for each of them."""
    return {login: desks[login, WIDTHS[-1]].abouts(menus[login]) for login in SECTIONS}


@pytest.fixture(scope="module")
def found(desks, menus, abouts):
    """What is found on every page, by sign-in, width and page: all of them walk at once."""
    for (login, _width), desk in desks.items():
        pages = [
            ("page", {"name": menu.name, "id": menu.action, "views": views})
            for menu in menus[login]
            if (views := looked_at(abouts, login, menu))
        ]
        buttons = [
            ("press", pressed(model, opened))
            for model, opened in BUTTONS.items()
            if opened.who == login
        ]
        settings = [("settings", OWN_SETTINGS)] if login == ADMINISTRATOR else []
        desk.begins([*pages, *buttons, *settings])
    return {place: desk.found() for place, desk in desks.items()}


def looked_at(abouts, login, menu):
    """The views of a menu that are looked at.

    The administrator is a registrar of both divisions. Of the others' views those are left that
    the server describes in other words than to the administrator, and where an assistant reviews.
    """
    archs = abouts[login][menu.name]["archs"]
    if login == ADMINISTRATOR or (login == ASSISTANT and menu.section == GRADUATION):
        return list(archs)
    others = abouts[ADMINISTRATOR].get(menu.name, {"archs": {}})["archs"]
    return [view for view, arch in archs.items() if arch != others.get(view)]


def pressed(model, opened):
    """A button as the walk in the browser is told of it."""
    return {
        "name": model,
        "model": opened.model,
        "domain": opened.domain,
        "fills": opened.fills,
        "button": {"type": opened.kind, "name": opened.name, "context": dict(opened.context)},
    }


@pytest.mark.parametrize("login", SECTIONS)
def test_the_walk_knows_every_section_of_the_menu(menus, login):
    assert {menu.section for menu in menus[login]} == SECTIONS[login]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("login", SECTIONS)
def test_no_page_of_a_desk_has_a_fault_of_any_weight(found, login, width):
    rows = [
        f"{page}, {width} px: {fault}"
        for page, faults in found[login, width].items()
        for fault in faults
    ]
    if rows:
        pytest.fail("\n".join([f"{login}, {len(rows)} faults:", *rows]), pytrace=False)


@pytest.mark.parametrize("width", WIDTHS)
def test_whatever_the_administrators_menu_leads_to_was_looked_at(menus, found, width):
    """And every dialog: of the others' pages only what is not the same was looked at."""
    pages = {page.split()[0] for page in found[ADMINISTRATOR, width]}
    assert pages == {menu.name for menu in menus[ADMINISTRATOR]} | {OWN_SETTINGS["name"]}
    dialogs = {page.split()[0] for login in SECTIONS for page in found[login, width]}
    assert set(BUTTONS) <= dialogs


def test_every_dialog_with_a_form_is_walked(school, abouts):
    """One that is new is opened by a menu, or has a row above."""
    opened = {about["model"] for about in abouts[ADMINISTRATOR].values() if about["dialog"]}
    assert set(run(school, "dialogs")) - opened == set(BUTTONS) - KEPT


def test_whoever_looks_at_the_desks_in_the_dark_sees_what_was_looked_at(desks, found):  # noqa: ARG001  # every page has drawn what it has
    """So what is found in the light holds in the dark as well."""
    for desk in desks.values():
        desk.page.emulate_media(color_scheme="dark")
        assert desk.page.evaluate(OF_THE_DEVICE) == []
