"""Days of a window and of an application as a calendar file (.ics), for people's own calendars."""

from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

import vobject
from odoo.addons.ntue_curriculum.clock import taipei_today

MIMETYPE = "text/calendar"


class Entry(NamedTuple):
    """Whole days, both included; ``key`` names the entry for good: a newer file replaces it."""

    key: str
    title: str
    first: date
    last: date
    place: str = ""
    text: str = ""


def window_calendar(window):
    """The bytes of the calendar of ``window``: every row of its schedule that has days."""
    window.ensure_one()
    return calendar_file(window, _of_window(window))


def application_calendar(application):
    """The bytes of the calendar of ``application``: what its student still has to do by a day.

    Days that have passed are left out.
    """
    application.ensure_one()
    return calendar_file(application, deadlines(application))


def deadlines(application):
    """What has a day for the student of ``application``, as ``Entry``."""
    # As in the steps: her window may be another one when her kind of program has changed.
    env, window = application.env, application.window_id.sudo()
    number, department = application._number(), application.department_id
    place = department.counter or department.name
    entries = []
    if application.state == "submitted" and application.first_review == "pending":
        if application._awaits_paper():
            due = window._first_due()
            title = env._("Hand in the signed slip %s", number)
            entries.append(Entry(f"paper-{number}", title, due, due, place))
        if application.supplement_is_open and not application.supplement_uploaded_at:
            due = application.supplement_deadline
            title = env._("Hand in the supplement for %s", number)
            text = application.supplement_text or ""
            entries.append(Entry(f"supplement-{number}", title, due, due, place, text))
    if application.state == "submitted":
        title = env._("Final leaving date, term %s", application.term_id._short_name())
        day = window.date_leave
        entries.append(Entry(f"leave-{number}", title, day, day, window._contact_office()))
    return [entry for entry in entries if entry.last >= taipei_today()]


def _of_window(window):
    """The schedule; of a window without one its period and its final leaving date."""
    env, term = window.env, window.term_id._short_name()
    rows = [
        Entry(
            f"schedule-{row.id}",
            f"{row.item} ({term})",
            row.date_from or row.date_to,
            row.date_to or row.date_from,
            text="\n".join(filter(None, (row.content, row.remark))),
        )
        for row in window.schedule_ids
        if row.date_from or row.date_to
    ]
    return rows or [
        Entry(
            f"window-{window.id}",
            env._("Graduation applications, term %s", term),
            window.date_open,
            window.date_close,
        ),
        Entry(
            f"leave-{window.id}",
            env._("Final leaving date, term %s", term),
            window.date_leave,
            window.date_leave,
        ),
    ]


def calendar_file(record, entries):
    """The bytes of a calendar of ``entries``; ``record`` is what it is about."""
    host = record.get_base_url().partition("://")[2]
    calendar = vobject.iCalendar()
    calendar.add("method").value = "PUBLISH"
    for entry in entries:
        event = calendar.add("vevent")
        event.add("uid").value = f"{entry.key}@{host}"
        _written(event.add("dtstamp"), f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}")
        _written(event.add("dtstart"), f"{entry.first:%Y%m%d}", "DATE")
        _written(event.add("dtend"), f"{entry.last + timedelta(days=1):%Y%m%d}", "DATE")
        event.add("summary").value = entry.title
        if entry.place:
            event.add("location").value = entry.place
        if entry.text:
            event.add("description").value = entry.text
    return calendar.serialize().encode()


def _written(line, text, kind=None):
    """A moment as the file has it: vobject guesses days and zones by the exact type of a value."""
    line.isNative, line.value = False, text
    if kind:
        line.value_param = kind
