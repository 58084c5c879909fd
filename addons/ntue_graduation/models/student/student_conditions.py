"""May I apply? Every condition with its evidence, for the page and for the guard alike."""

import logging
from enum import StrEnum
from typing import NamedTuple

from odoo import models
from odoo.addons.ntue_curriculum.clock import taipei_today
from odoo.addons.ntue_curriculum.labels import plain_number
from odoo.addons.ntue_curriculum.lists import in_words
from odoo.addons.ntue_curriculum.roc import roc_date
from odoo.exceptions import UserError

_logger = logging.getLogger(__name__)

PROFILE = ("english_name", "email", "mobile")
"""What the diploma and the department need of the profile (49)."""


class Verdict(StrEnum):
    """``NO`` keeps from starting an application; ``CAREFUL`` does not."""

    YES = "yes"
    CAREFUL = "careful"
    NO = "no"


class Condition(NamedTuple):
    """One condition: ``evidence`` says what it was judged by, or what to do.

    ``office``: whom to ask when it does not hold (name, person, phone, email). ``link``:
    the page where it is looked up or put right, and what its link says.
    """

    key: str
    verdict: Verdict
    title: str
    evidence: str
    office: dict | None = None
    link: tuple | None = None


class Student(models.Model):
    _inherit = "ntue.student"

    def _conditions(self):
        """Every condition of an application now, in the order of the page.

        Those of ``_start_conditions`` decide; the others tell what the form will ask.
        """
        self.ensure_one()
        window = self.env["ntue.graduation.window"]._for_student(self)
        rows = self._start_conditions(window)
        if not window:
            return rows
        refused = any(row.verdict is Verdict.NO for row in rows)
        return [*rows, *self._form_conditions(window, refused)]

    def _may_not_apply(self):
        """Why this student cannot start an application now: sentences; empty when they can."""
        self.ensure_one()
        return [row.evidence for row in self._missing_conditions()]

    def _missing_conditions(self):
        window = self.env["ntue.graduation.window"]._for_student(self)
        return [row for row in self._start_conditions(window) if row.verdict is Verdict.NO]

    def _check_may_apply(self):
        """UserError with every reason at once, when an application cannot be started."""
        missing = self._missing_conditions()
        if missing:
            _logger.info(
                "user %s refused an application of student %s: %s",
                self.env.uid,
                self.id,
                ", ".join(row.key for row in missing),
            )
            raise UserError("\n".join(row.evidence for row in missing))

    # Whom to ask

    def _department_office(self):
        """The assistants of the department, as students ask them (22)."""
        department = self.department_id
        return {
            "name": self.env._("Assistant of %s", department.name),
            "person": "",
            "phone": department.phone or "",
            "email": department.email or "",
        }

    def _window_office(self, window):
        """Who answers about periods and limits: the window's contact (23, 193)."""
        return {
            "name": window._contact_office() if window else window._division_office(self.division),
            "person": window.contact_name or "",
            "phone": window.contact_phone or "",
            "email": window.contact_email or "",
        }

    # What decides whether one may start

    def _start_conditions(self, window):
        if not window:
            return [
                Condition(
                    "window",
                    Verdict.NO,
                    self.env._("Application period"),
                    self.env._(
                        "No application period has been announced for your program. "
                        "Ask the registrar's office."
                    ),
                    office=self._window_office(window),
                )
            ]
        rows = [
            self._once_condition(window),
            self._window_condition(window),
            self._enrolled_condition(window),
            self._limit_condition(window),
        ]
        return [row for row in rows if row]

    def _once_condition(self, window):
        """One application a term (I8); nothing to tell while there is none."""
        applied = self._applications().filtered(lambda row: row.term_id == window.term_id)
        if not applied:
            return None
        return Condition(
            "once",
            Verdict.NO,
            self.env._("One application a term"),
            self.env._("You have an application for this term already."),
        )

    def _window_condition(self, window):
        """Open today, both days included, or kept open by a late permit (5, 6, D13, D14)."""
        title, today = self.env._("Application period"), taipei_today()
        days = {"first": roc_date(window.date_open), "last": roc_date(window.date_close)}
        permit = self._permit_sentence(window)
        if window._is_open_on(today):
            evidence = f"{window._period_sentence()} {window._state_sentence()}"
            return Condition("window", Verdict.YES, title, evidence)
        if permit:
            return Condition("window", Verdict.YES, title, permit)
        if today < window.date_open:
            evidence = self.env._(
                "Applications are taken from %(first)s to %(last)s. Come back then.", **days
            )
            return Condition("window", Verdict.NO, title, evidence, self._window_office(window))
        evidence = self.env._(
            "Applications are taken from %(first)s to %(last)s. If you missed the "
            "period, ask the assistant of your department what can still be done.",
            **days,
        )
        return Condition("window", Verdict.NO, title, evidence, self._department_office())

    def _enrolled_condition(self, window):
        """Enrolled terms up to the window's own, leave excluded (9, D15)."""
        enrolled = self._enrolled_terms_until(window.term_id)
        values = {"count": enrolled, "needed": self.program_id.min_enrolled_terms}
        title = self.env._("Enrolled terms")
        if enrolled >= self.program_id.min_enrolled_terms:
            evidence = self.env._(
                "You have been enrolled for %(count)s terms; %(needed)s are needed. "
                "Terms of leave do not count.",
                **values,
            )
            return Condition("enrolled", Verdict.YES, title, evidence)
        evidence = self.env._(
            "You have been enrolled for %(count)s terms; %(needed)s are needed. Terms of leave "
            "do not count. Ask the assistant of your department if you think this is wrong.",
            **values,
        )
        return Condition("enrolled", Verdict.NO, title, evidence, self._department_office())

    def _limit_condition(self, window):
        """Only while the study period lasts (188, D32)."""
        title, limit = self.env._("Study period"), self._study_limit()
        year = self._year_of_study(window.term_id)
        if self._study_limit_passed(window.term_id):
            evidence = self.env._(
                "Your study period of %s years is over. Ask the registrar's office.", limit
            )
            return Condition("limit", Verdict.NO, title, evidence, self._window_office(window))
        if not limit:
            evidence = self.env._("Year %s of study; your program sets no limit.", year)
            return Condition("limit", Verdict.YES, title, evidence)
        values = {"year": year, "limit": limit}
        if year == limit:
            evidence = self.env._(
                "Year %(year)s of at most %(limit)s: the last one in which you can apply.",
                **values,
            )
            return Condition("limit", Verdict.CAREFUL, title, evidence, self._window_office(window))
        evidence = self.env._("Year %(year)s of at most %(limit)s.", **values)
        return Condition("limit", Verdict.YES, title, evidence)

    # What the form will ask

    def _form_conditions(self, window, refused):
        rows = [
            self._credits_condition(window, refused),
            *self._profile_conditions(window),
            self._teacher_ed_condition(),
        ]
        return [row for row in rows if row]

    def _credits_condition(self, window, refused):
        """What will be there when everything in progress is passed (10, D16).

        ``refused``: for another reason; then nothing is said of applying all the same.
        """
        case = self._case(window.term_id)
        now, best = case.audit(), case.audit(case.suggestion)
        suggestion = self._tick_suggestion(case)
        met = self.env._(
            "You are expected to have %(expected)s of %(needed)s credits, courses in progress "
            "included.",
            expected=plain_number(now.expected),
            needed=plain_number(now.graduation_credits),
        )
        link = ("/my/progress", self.env._("Study progress"))
        title = self.env._("Credits expected")
        if now.met:
            return Condition("credits", Verdict.YES, title, met, link=link)
        parts = [met]
        if suggestion:
            parts += [suggestion["sentence"], self.env._("Tick them in the form.")]
        if not best.met:
            parts += self._shortfall_sentences(best)
            if not refused:
                parts.append(self._shortfall_policy_sentence())
        return Condition("credits", Verdict.CAREFUL, title, " ".join(parts), link=link)

    def _shortfall_policy_sentence(self):
        if self.program_id.shortfall_policy == "block":
            return self.env._(
                "Your program takes applications only when nothing is missing: you can save a "
                "draft, but not submit it."
            )
        return self.env._("You may apply all the same; your department decides.")

    def _shortfall_sentences(self, result):
        """What ``result`` still lacks, a sentence each; empty when it is met (A1)."""
        self.ensure_one()
        sentences = []
        if result.missing_credits:
            sentences.append(
                self.env._(
                    "%s credits are missing to the graduation credits.",
                    plain_number(result.missing_credits),
                )
            )
        names = {area.code: area.name for area in self.curriculum_id._outline().areas}
        for area in result.areas:
            missing = self._missing_text(area)
            if missing:
                sentences.append(
                    self.env._(
                        "Area %(code)s %(name)s: still missing %(missing)s.",
                        code=area.code,
                        name=names[area.code],
                        missing=missing,
                    )
                )
        subjects = self.curriculum_id._outline().by_key()
        lines = [subjects[key].name for key in result.missing_lines]
        if lines:
            sentences.append(
                self.env._("Required subjects not taken yet: %s.", in_words(self.env, lines))
            )
        return sentences

    def _profile_conditions(self, window):
        """English name, e-mail, mobile, and the copy that an alias needs (31, 39–49, D7)."""
        problems = self._diploma_problems(window.term_id)
        titles = self.fields_get(PROFILE, ["string"])
        link = ("/my/profile?back=graduation", self.env._("Correct my profile"))
        rows = []
        for key in PROFILE:
            verdict = Verdict.CAREFUL if key in problems else Verdict.YES
            evidence = problems.get(key) or self[key] or self.env._("Not needed.")
            rows.append(Condition(key, verdict, titles[key]["string"], evidence, link=link))
        for key in problems.keys() - set(PROFILE):
            title = self.env._("Alias on the diploma")
            rows.append(Condition(key, Verdict.CAREFUL, title, problems[key], link=link))
        return rows

    def _teacher_ed_condition(self):
        """Who is in teacher education will be asked, and perhaps advised to wait (16, D35)."""
        if not self.is_teacher_ed:
            return None
        return Condition(
            "teacher_ed",
            Verdict.CAREFUL,
            self.env._("Teacher education"),
            self.env._(
                "You will be asked about it in the form. Who still needs courses of teacher "
                "education next term, or prepares for its next selection exam, should not apply "
                "yet."
            ),
        )
