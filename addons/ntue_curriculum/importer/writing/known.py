"""What the database has, as the importer's checks ask for it (``check.Known``)."""

from collections import defaultdict
from decimal import Decimal
from functools import lru_cache

from odoo.fields import Domain
from odoo.tools import split_every

from ...counting import SOURCES
from ...labels import plain_number
from ...selecting import SELECTING
from ..counting_files import COUNTING_RULES
from ..framework_files import FLEXIBLE_RULES, FRAMEWORK_AREAS, FRAMEWORK_COURSES, FRAMEWORKS
from ..frameworks import Stored
from ..milestone_files import FRAMEWORK_MILESTONES, FRAMEWORK_SOURCES
from ..rules_milestones import SELECTING as WAY_SELECTING

STUDENTS_AT_ONCE = 400
"""Students whose enrolments are looked at together."""

_ENROLLMENTS = """
    SELECT s.student_no, t.code, COALESCE(e.offering_no, ''), c.code,
           e.state, e.offering_department_id IS NOT NULL, COALESCE(e.school, '')
      FROM ntue_enrollment e
      JOIN ntue_student s ON s.id = e.student_id
      JOIN ntue_term t ON t.id = e.term_id
      JOIN ntue_course c ON c.id = e.course_id
     WHERE s.student_no = ANY(%s)
"""
"""Key of an enrolment in the files, then its state, whether it has a department, and its school.

As plain rows: a file without the column of departments asks about each of its rows.
"""


_FRAMEWORKS = """
    SELECT s.student_no, c.code
      FROM ntue_student s JOIN ntue_curriculum c ON c.id = s.curriculum_id
     WHERE s.student_no = ANY(%s)
"""


class DatabaseKnown:
    """Answers in bulk: one or two queries for all the keys of a file."""

    def __init__(self, env):
        self.env = env(context={**env.context, "active_test": False})

    def find(self, target, keys):
        """Those of ``keys`` that exist; see ``check.Known.find`` for the values."""
        return getattr(self, f"_{target}")(list(keys))

    def _search(self, model, domain, fields):
        return self.env[model].search_fetch(domain, fields)

    def _by_code(self, model, keys, field="code"):
        domain = [(field, "in", [key[0] for key in keys])]
        return {(record[field],): record for record in self._search(model, domain, [field])}

    def _terms(self, keys):
        return dict.fromkeys(self._by_code("ntue.term", keys), True)

    def _departments(self, keys):
        return dict.fromkeys(self._by_code("ntue.department", keys), True)

    def _department_names(self, keys):
        found = defaultdict(list)
        domain = [("name", "in", [key[0] for key in keys])]
        for department in self._search("ntue.department", domain, ["name", "code"]):
            found[(department.name,)].append(department.code)
        return found

    def _programs(self, keys):
        return {
            key: decimal(program.pass_mark)
            for key, program in self._by_code("ntue.program", keys).items()
        }

    def _courses(self, keys):
        return dict.fromkeys(self._by_code("ntue.course", keys), True)

    def _users(self, keys):
        """Accounts of staff: a student's portal account is no assistant's."""
        domain = [
            ("login", "in", [key[0] for key in keys]),
            ("share", "=", False),
            ("active", "=", True),
        ]
        return {(user.login,): user.id for user in self._search("res.users", domain, ["login"])}

    def _students(self, keys):
        self.env.flush_all()
        self.env.cr.execute(_FRAMEWORKS, [[key[0] for key in keys]])
        return {(number,): code for number, code in self.env.cr.fetchall()}

    def _accepted_names(self, keys):
        domain = [
            ("student_no", "in", [key[0] for key in keys]),
            ("english_name_accepted", "=", True),
        ]
        found = self._search("ntue.student", domain, ["student_no", "english_name"])
        return {(student.student_no,): student.english_name for student in found}

    def _entry_years(self, keys):
        domain = [("student_no", "in", [key[0] for key in keys])]
        found = self._search("ntue.student", domain, ["student_no", "entry_year"])
        return {(student.student_no,): student.entry_year for student in found}

    def _people(self, keys):
        domain = [("name", "in", list({name for name, _email in keys})), ("email", "!=", False)]
        fields = ["student_no", "name", "email"]
        found = self._search("ntue.student", domain, fields)
        people = {(one.name, one.email.lower()): one.student_no for one in found}
        return {key: people[key] for key in keys if key in people}

    def _contacts(self, keys):
        domain = [("email_normalized", "in", [key[0] for key in keys])]
        found = self._search("res.partner", domain, ["email_normalized"])
        students = self.env["ntue.student"].search([("partner_id", "in", found.ids)]).partner_id
        return {(contact.email_normalized,): True for contact in found - students}

    def _enrollments(self, keys):
        self.env.flush_all()
        wanted, found = set(keys), {}
        for numbers in split_every(STUDENTS_AT_ONCE, {key[0] for key in keys}, list):
            self.env.cr.execute(_ENROLLMENTS, [numbers])
            rows = ((row[:4], row[4:]) for row in self.env.cr.fetchall())
            found.update((key, said) for key, said in rows if key in wanted)
        return found

    def _framework_areas(self, keys):
        domain = Domain("curriculum_id.code", "in", list({key[0] for key in keys})) & Domain(
            "curriculum_id.state", "=", "published"
        )
        domain &= Domain("block_id", "=", False)  # what is a block's is in the block's own rows
        areas = self._search("ntue.curriculum.area", domain, ["code", "curriculum_id"])
        found = {(area.curriculum_id.code, area.code) for area in areas}
        return dict.fromkeys(found.intersection(keys), True)

    def _frameworks(self, keys):
        domain = [
            ("code", "in", [key[0] for key in keys]),
            ("state", "in", ["published", "draft"]),
        ]
        by_code = defaultdict(dict)
        for curriculum in self.env["ntue.curriculum"].search(domain):
            by_code[curriculum.code][curriculum.state] = curriculum
        return {(code,): stored_framework(found) for code, found in by_code.items()}


def stored_framework(found):
    """A framework as rows of its files. ``found``: its published and draft revision."""
    state = "published" if "published" in found else "draft"
    curriculum = found[state]
    return Stored(
        header=FRAMEWORKS.row_type(
            number=None,
            code=curriculum.code,
            program=curriculum.program_id.code,
            entry_year=curriculum.entry_year,
            class_name=curriculum.class_name or "",
            graduation_credits=decimal(curriculum.graduation_credits),
            kind=curriculum.kind,
            max_shared=decimal(curriculum.max_shared) if curriculum.has_max_shared else None,
            min_exclusive=decimal(curriculum.min_exclusive),
            needed_to_graduate=curriculum.needed_to_graduate,
            blocks=";".join(sorted(curriculum.block_ids.mapped("code"))),
        ),
        parts={
            "framework_areas": list(map(area_row, in_order(curriculum.area_ids))),
            "framework_courses": list(map(line_row, in_order(curriculum.line_ids))),
            "flexible_rules": list(map(rule_row, in_order(curriculum.flexible_rule_ids))),
            "counting_rules": list(map(counting_row, in_order(curriculum.counting_rule_ids))),
            "framework_milestones": list(map(milestone_row, in_order(curriculum.milestone_ids))),
            "framework_sources": list(map(source_row, in_order(curriculum.source_ids))),
        },
        state=state,
        draft_open=len(found) > 1,
    )


def in_order(parts):
    """The framework's own parts in their order, without those of shared blocks (A54)."""
    return parts.filtered(lambda part: not part.block_id).sorted(
        lambda part: (part.sequence, part.id)
    )


def area_row(area):
    return FRAMEWORK_AREAS.row_type(
        number=None,
        framework=area.curriculum_id.code,
        area=area.code,
        parent=area.parent_id.code or "",
        name=area.name,
        min_credits=decimal(area.min_credits),
        min_courses=area.min_courses,
        max_credits=decimal(area.max_credits) if area.has_cap else None,
        min_children=area.min_children,
        max_children=area.max_children,
        waivers_lower=area.waivers_lower,
        min_score=decimal(area.min_score) if area.has_floor else None,
        **{name: area[name] or "" for name in SELECTING},
        student_kinds=area.student_kinds or "",
        entry_years=area.entry_years or "",
        departments=area.departments or "",
    )


def line_row(line):
    return FRAMEWORK_COURSES.row_type(
        number=None,
        framework=line.curriculum_id.code,
        area=line.area_id.code or "",
        course=line.course_id.code,
        name=line.name,
        credits=decimal(line.credits),
        requirement=line.requirement,
        planned_year=line.planned_year,
        planned_term=line.planned_term or "",
        counts_in_total=line.counts_in_total,
        shareable=line.shareable,
        repeats=line.repeats,
    )


def rule_row(rule):
    return FLEXIBLE_RULES.row_type(
        number=None,
        framework=rule.curriculum_id.code,
        origin=rule.origin,
        unit=rule.unit,
        limit=decimal(rule.limit) if rule.has_limit else None,
        prior_approval=rule.prior_approval,
        exempt=rule.exempt,
    )


def counting_row(rule):
    return COUNTING_RULES.row_type(
        number=None,
        framework=rule.curriculum_id.code,
        code=rule.code,
        name=rule.name,
        kind=rule.kind,
        courses=rule.courses or "",
        area=rule.area_id.code or "",
        per=rule.per,
        min_credits=decimal(rule.min_credits),
        min_courses=rule.min_courses,
        max_credits=decimal(rule.max_credits) if rule.has_cap else None,
        max_courses=rule.max_courses if rule.has_course_cap else None,
        max_share=decimal(rule.max_share) if rule.max_share else None,
        min_score=decimal(rule.min_score) if rule.has_floor else None,
        **{name: rule[name] or "" for name in SELECTING},
        **{name: rule[name] for name in SOURCES},
    )


def milestone_row(way):
    return FRAMEWORK_MILESTONES.row_type(
        number=None,
        framework=way.curriculum_id.code,
        code=way.code,
        name=way.name,
        way=way.way,
        measure=way.measure,
        amount=decimal(way.amount),
        min_credits=decimal(way.min_credits),
        student_kinds=way.student_kinds or "",
        **{name: way[name] or "" for name in WAY_SELECTING},
    )


def source_row(source):
    return FRAMEWORK_SOURCES.row_type(
        number=None,
        framework=source.curriculum_id.code,
        about=source.about or "",
        title=source.title,
        link=source.link or "",
        approved_on=source.approved_on or None,
        verified_on=source.verified_on or None,
    )


@lru_cache(maxsize=4096)
def decimal(value):
    """A float of a field as the number that was typed."""
    return Decimal(plain_number(round(value, 4)))
