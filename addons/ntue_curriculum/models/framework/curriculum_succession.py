"""What becomes of students and decisions when a revision takes the place of the older one.

How a decision reads on the revision is the engine's rule (``degree_audit.Succession``), the
same for the audits that show beforehand what would change. A decision whose subject or area
is there no more stays as it was written, names the archived revision and is void.
"""

from contextlib import suppress
from typing import NamedTuple

from odoo import models

from ...audit_adapter import framework_of, sharing_of, target_of
from ...degree_audit import FrameworkError, PreparedFramework, Sharing, Succession, prepare


class Coming(NamedTuple):
    """What comes in the place of a framework; ``succession``: how decisions read there."""

    prepared: PreparedFramework
    sharing: Sharing
    succession: Succession


class CurriculumSuccession(models.AbstractModel):
    """What becomes of students and decisions when a revision is published."""

    _name = "ntue.curriculum.succession"
    _description = "Succession of revisions"

    def _succession(self, other):
        """How decisions on ``other`` read here: as they are, carried to this revision, or void."""
        self.ensure_one()
        older = other._prepared()[0].framework if other in (self, self.revises_id) else None
        return Succession(older, self._prepared()[0].framework)

    def _succession_of_parts(self, older):
        """As ``_succession`` of a revision, of a draft that is not legal yet as well.

        Nothing is remembered for later audits: this framework may not be committed yet.
        """
        return Succession(framework_of(older), framework_of(self))

    def _carried(self, area, line):
        """The area and the subject that a decision names, as they are in this framework.

        It may have been taken on an earlier revision; both may be empty. None where what it names
        is gone, or is of another framework.
        """
        self.ensure_one()
        named = line.curriculum_id or area.curriculum_id
        if not named or named == self:
            return area, line
        since, revision = [], self
        while revision and revision != named:
            since.append(revision)
            revision = revision.revises_id
        target = target_of(area, line) if revision else None
        for later in reversed(since):
            target = target and later._succession(later.revises_id).target(target)
        if target is None:
            return None
        there = self.area_ids.filtered(lambda row: bool(area) and row.code == target.area)
        return there, line.browse(target.line or ())

    def _take_over(self, older):
        """Bind the students and the decisions of ``older`` to this revision."""
        self.ensure_one()
        students = older.student_ids
        decided = self._decisions_on(older)
        succession = self._succession_of_parts(older)
        students.write({"curriculum_id": self.id})
        areas = {area.code: area.id for area in self.area_ids}
        for recognition in decided:
            target = succession.target(target_of(recognition.area_id, recognition.line_id))
            if target:
                named = recognition.area_id and target.area
                recognition._set(
                    {
                        "line_id": target.line or False,
                        "area_id": areas[target.area] if named else False,
                    }
                )

        self._take_evidence_over(older)
        further = self.env["ntue.student.programme"].search([("curriculum_id", "=", older.id)])
        further._set({"curriculum_id": self.id})

    def _take_evidence_over(self, older):
        """What was shown for a way to a milestone is for the way of that name from now on (A41)."""
        ways = {(way.code, way.way): way for way in self.milestone_ids}
        for former in older.milestone_ids:
            if way := ways.get((former.code, former.way)):
                shown = self.env["ntue.milestone.evidence"].search(
                    [("milestone_id", "=", former.id), ("student_id.curriculum_id", "=", self.id)]
                )
                shown._set({"milestone_id": way.id})

    def _decisions_on(self, older):
        """Decisions about students of ``older`` that name a subject or an area of it."""
        return self.env["ntue.recognition"].search(
            [
                ("student_id.curriculum_id", "=", older.id),
                "|",
                ("line_id.curriculum_id", "=", older.id),
                ("area_id.curriculum_id", "=", older.id),
            ]
        )

    def _lost_decisions(self):
        """Decisions that would name something that is not in this revision any more.

        Of a shared block: those about students of the frameworks that get a revision with it.
        """
        self.ensure_one()
        older = self.revises_id
        if not older:
            return self.env["ntue.recognition"]
        if self.kind == "block":
            return self._lost_in_users(older)
        succession = self._succession_of_parts(older)
        return self._decisions_on(older).filtered(
            lambda recognition: (
                not succession.target(target_of(recognition.area_id, recognition.line_id))
            )
        )

    def _lost_in_users(self, older):
        """As ``_lost_decisions``, in the frameworks that have the shared block ``older``."""
        lost = self.env["ntue.recognition"]
        for user in self._renewed_with(older):
            succession = self._succession_in(user)
            lost |= self._decisions_on(user).filtered(
                lambda recognition, found=succession: (
                    not found.target(target_of(recognition.area_id, recognition.line_id))
                )
            )
        return lost

    def _renewed_with(self, older):
        """The frameworks that get a revision when this one of the block ``older`` is published.

        One that is being edited is not among them: its draft tells what is lost when it is
        published itself.
        """
        users = self.search(older._having())
        return users.filtered(lambda row: row.state == "published" and not row._open_draft())

    def _succession_in(self, user):
        """How decisions on ``user`` read when it has this revision of its block."""
        return Succession(framework_of(user), self._framework_in(user))

    def _replaced(self):
        """The published frameworks in whose place another revision comes with this draft."""
        self.ensure_one()
        older = self.revises_id
        return self._renewed_with(older) if older and self.kind == "block" else older

    def _coming(self):
        """By each framework of ``_replaced`` what comes in its place, ``Coming``.

        One that would be no legal framework is left out: publishing refuses it.
        """
        replaced, coming = self._replaced(), {}
        if replaced and self.kind != "block":
            succession = self._succession(replaced)
            return {replaced: Coming(self._prepared()[0], sharing_of(self), succession)}
        for user in replaced:
            framework = self._framework_in(user)
            with suppress(FrameworkError):
                succession = Succession(framework_of(user), framework)
                coming[user] = Coming(prepare(framework), sharing_of(user), succession)
        return coming
