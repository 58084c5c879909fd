"""Whom a student asks, and where papers are handed in (22, 23, 193)."""

from typing import NamedTuple


class Office(NamedTuple):
    """Whom to ask, and the counter where papers are handed in."""

    name: str
    person: str
    phone: str
    email: str
    place: str = ""

    @property
    def line(self):
        """The office in one line, as it is printed after “where”."""
        return " ".join(filter(None, (self.name, self.place, self.person, self.phone, self.email)))


def department_office(student):
    """The assistants of the department, as students ask them (22)."""
    department = student.department_id
    return Office(
        student.env._("Assistant of %s", department.shown_name),
        "",
        department.phone or "",
        department.email or "",
        department.counter or "",
    )


def window_office(student, window):
    """Who answers about periods and limits: the window's contact (23, 193)."""
    return Office(
        window._contact_office() if window else window._division_office(student.division),
        window.contact_name or "",
        window.contact_phone or "",
        window.contact_email or "",
        window.contact_counter or "",
    )


def registrar_office(application):
    """The office of the second review and of leaving.

    Past the rules: of a kind of window that the program has left since, too.
    """
    return window_office(application.student_id, application.window_id.sudo())


def office_to_call(application):
    """Whom its student calls about ``application``: the office in charge, if it has a phone.

    Otherwise the other one, if that has one.
    """
    offices = [department_office(application.student_id), registrar_office(application)]
    if application.first_review == "passed":
        offices.reverse()
    return next((office for office in offices if office.phone), offices[0])
