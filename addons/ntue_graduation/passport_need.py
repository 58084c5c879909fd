"""Until when a passport copy is kept: as long as an application of its student may need it (D9)."""

from .workflow import is_under_way


def keep_until(application, day):
    """Keep the copy until ``day``, or as long as another application may still need it."""
    student = application.student_id
    days = _last_days(student, besides=application) if student.passport_copy_ids else []
    student._needs_passport_copy_until(max([day, *days]))


def follow_windows(windows):
    """Keep the copies for which a final leaving date of ``windows`` decides until it."""
    applications = windows.env["ntue.graduation.application"].sudo()
    found = applications.search(
        [("window_id", "in", windows.ids), ("student_id.passport_copy_ids", "!=", False)]
    )
    for student in found.student_id:
        if days := _last_days(student):
            student._needs_passport_copy_until(max(days))


def _last_days(student, besides=None):
    """The final leaving dates of the student's applications that are under way."""
    applications = student._applications()
    if besides:
        applications -= besides
    under_way = applications.filtered(lambda row: is_under_way(row._position()))
    return under_way.window_id.mapped("date_leave")
