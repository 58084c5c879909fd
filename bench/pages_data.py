"""Give the student of the pages more enrolments: repeats, and courses from elsewhere."""

import sys

from odoo_env import environment
from pages import ENROLMENTS, LOGIN


def main(database):
    """Add what is missing to ``ENROLMENTS``, passed and failed in turn."""
    with environment(database) as env:
        student = env["ntue.student"].search([("student_no", "=", LOGIN)])
        taken = student.enrollment_ids
        missing = ENROLMENTS - len(taken)
        courses = env["ntue.course"].search([], limit=missing)
        env["ntue.enrollment"].create(
            [
                {
                    "student_id": student.id,
                    "term_id": taken[number % len(taken)].term_id.id,
                    "offering_no": f"9{number:03d}",
                    "course_id": course.id,
                    "name": course.name,
                    "credits": 3,
                    "state": "failed" if number % 3 == 0 else "passed",
                    "is_graded": True,
                    "score": 50 if number % 3 == 0 else 90,
                    "grade_locked": True,
                }
                for number, course in enumerate(courses)
            ]
        )
        assert len(student.enrollment_ids) == ENROLMENTS
        env.cr.commit()


if __name__ == "__main__":
    main(sys.argv[1])
