"""What is wrong with a framework, in the reader's language, and what to do about it (F18)."""

from typing import Any

from odoo import fields, models
from odoo.exceptions import UserError, ValidationError

from ...audit_adapter import findings_in, findings_of
from ...groups import STAFF
from ...labels import plain_number


class CurriculumFindings(models.AbstractModel):
    """What is wrong with a framework, and whether it may be published."""

    _name = "ntue.curriculum.findings"
    _description = "Findings about a framework"

    findings_panel = fields.Html(
        compute="_compute_findings_panel", sanitize=False, string="Check", groups=STAFF
    )

    def _compute_findings_panel(self):
        for curriculum in self:
            # One that is being entered and was never saved has nothing to be checked yet.
            if not curriculum._origin:
                curriculum.findings_panel = False
                continue
            curriculum.findings_panel = self.env["ir.qweb"]._render(
                "ntue_curriculum.framework_findings", {"rows": curriculum._finding_rows()}
            )

    def action_review(self) -> dict[str, Any]:
        """What is to be seen before publishing; nothing is published yet."""
        self.check_access("read")
        return self.env["ntue.curriculum.publish"]._opened_for(self)

    def _check_publishable(self, reason=None):
        """The sentences that ``reason`` accepts; hook for stricter schools.

        ValidationError when the engine cannot read the framework; UserError when it cannot
        be fulfilled as it is and nobody said why it is published all the same.
        """
        self.ensure_one()
        rows = self._rows_to_publish()
        fatal = [row["text"] for row in rows if row["fatal"]]
        if fatal:
            raise ValidationError("\n".join(fatal))
        sentences = [row["text"] for row in rows]
        if sentences and not (reason or "").strip():
            raise UserError(
                self.env._(
                    "Framework %(code)s is doubtful:\n%(findings)s\nCorrect it, or press "
                    "Publish on its form and say why it is published all the same.",
                    code=self.code,
                    findings="\n".join(sentences),
                )
            )
        return sentences

    def _finding_rows(self):
        """Dicts with ``fatal``, ``text`` and ``advice`` for everything found."""
        self.ensure_one()
        return [self._finding_row(finding) for finding in findings_of(self)]

    def _finding_row(self, finding, parts=None):
        """One finding for people; ``parts`` as ``framework_of`` has them."""
        return {
            "fatal": finding.fatal,
            "text": self._finding_sentence(finding, parts),
            "advice": "" if finding.fatal else self._finding_advice(finding),
        }

    def _rows_to_publish(self):
        """As ``_finding_rows``, of all that is published with this draft.

        With a shared block's revision that is one of every framework that has it, whoever keeps
        it: who publishes the block answers for them.
        """
        self.ensure_one()
        rows = self._finding_rows()
        block = self.sudo()
        for user in block._replaced() if block.kind == "block" else ():
            if block._called_alike(user):
                continue  # refused by name, ``_check_apart``
            parts = block._parts_in(user)
            for finding in findings_in(block._framework_in(user)):
                row = user._finding_row(finding, parts)
                text = self.env._(
                    "Framework %(code)s with it: %(finding)s", code=user.code, finding=row["text"]
                )
                rows.append({**row, "text": text})
        return rows

    def _finding_sentence(self, finding, parts=None):
        """A finding of the engine in the reader's language; ``path`` names the place."""
        parts = parts or (lambda name: self[name].sorted("sequence"))
        place = finding.path.removeprefix(f"{self.code}/").removeprefix("milestone/")
        if finding.path == self.code:
            place = ""
        numbers = {
            "place": self._finding_place(place, parts),
            "asks": "" if finding.asks is None else plain_number(finding.asks),
            "offers": "" if finding.offers is None else plain_number(finding.offers),
        }
        texts = {
            **self._texts_of_places(place),
            **self._texts_of_numbers(numbers),
            **self._texts_of_checks(numbers),
        }
        return texts.get(finding.kind, finding.message)

    def _texts_of_places(self, place):
        """What is wrong at ``place``, by kind of finding."""
        _ = self.env._
        return {
            "DuplicateArea": _("There are two areas %s. Give one of them another code.", place),
            "UnknownParent": _("The parent of area %s is not in this framework.", place),
            "AreaCycle": _("Area %s is inside itself. Give it another parent.", place),
            "AreaTooDeep": _("Area %s is inside too many areas. Move it further up.", place),
            "UnknownArea": _("The area of %s is not in this framework.", place),
            "LineInParent": _(
                "%s is in an area that has areas of its own. Put it into one of those.", place
            ),
            "SelectorInParent": _(
                "Area %s has areas inside and selects no courses itself: let those select.", place
            ),
            "UnsoundRule": _(
                "%s says nothing as it is. A limit needs a number, one at least in all only; the "
                "other kinds name two courses of the framework or more.",
                place,
            ),
            "DuplicateLine": _("%s is in one area twice. Delete one of them.", place),
            "DuplicateWay": _("%s is there twice. Delete one of the two.", place),
            "SelectsNothing": _(
                "%s asks for courses and does not say for which. Write their codes or names.", place
            ),
            "BadNumber": _("%s has a number that cannot be. Correct it.", place or self.code),
            "NoLines": _("The framework has no subject."),
            "CountsOnce": _(
                "%s: one course stands for the other. A student who passes both has one counted.",
                place,
            ),
        }

    def _texts_of_numbers(self, numbers):
        """What cannot be reached, by kind of finding; ``numbers``: place, asks, offers."""
        _ = self.env._
        return {
            "TooFewChildren": _(
                "%(place)s: %(asks)s of the areas inside it must be met, but it has %(offers)s.",
                **numbers,
            ),
            "FloorAboveTop": _(
                "%(place)s: the least score is %(asks)s, but nobody can have more than %(offers)s.",
                **numbers,
            ),
            "CapBelowMinimum": _(
                "%(place)s: %(asks)s credits are needed, but only %(offers)s may count.", **numbers
            ),
            "RequiredAboveCap": _(
                "%(place)s: its required subjects have %(asks)s credits, "
                "but only %(offers)s may count.",
                **numbers,
            ),
            "AreaAsksTooMuch": _(
                "%(place)s: %(asks)s credits are needed, but its subjects offer %(offers)s.",
                **numbers,
            ),
            "TooFewCourses": _(
                "%(place)s: %(asks)s courses are needed, but it offers %(offers)s.", **numbers
            ),
            "TotalAsksTooMuch": _(
                "%(asks)s credits are needed to graduate, but subjects and flexible credits "
                "offer %(offers)s.",
                **numbers,
            ),
            "AreasAboveTotal": _(
                "The areas ask %(asks)s credits, more than the %(offers)s needed to graduate.",
                **numbers,
            ),
            "RequiredAboveTotal": _(
                "The required subjects have %(asks)s credits, more than the %(offers)s needed "
                "to graduate.",
                **numbers,
            ),
            "RuleNeverUsed": _(
                "Flexible credits, %(place)s: its limit of %(asks)s never decides, because "
                "another rule does.",
                **numbers,
            ),
            "RuleSaysNothing": _(
                "Flexible credits, %(place)s: it has neither a limit nor a condition.", **numbers
            ),
            "ShareAboveWhole": _(
                "Flexible credits, %(place)s: a share of %(asks)s is more than the whole.",
                **numbers,
            ),
        }

    def _texts_of_checks(self, numbers):
        """What a check leaves open, by kind of finding; ``numbers``: place, asks, offers."""
        _ = self.env._
        return {
            "NotProvenBest": _(
                "The subjects can be placed in so many ways that the best placement of a "
                "student's courses cannot always be proven."
            ),
            "NotAllChecked": _(
                "Areas are there for some students only, in more ways than can be checked: it was "
                "checked for %(offers)s kinds of students.",
                **numbers,
            ),
        }

    def _finding_advice(self, finding):
        """What to do about it, in one sentence."""
        _ = self.env._
        return {
            "NoLines": _("Add the subjects, or copy a framework that has them."),
            "TooFewChildren": _("Lower the minimum child areas, or add areas inside it."),
            "FloorAboveTop": _("Correct the least score."),
            "CapBelowMinimum": _("Raise the cap, or lower the minimum."),
            "RequiredAboveCap": _("Raise the cap, or make a subject elective."),
            "AreaAsksTooMuch": _(
                "Lower the minimum, or add subjects. A subject that is in two areas "
                "counts in one of them."
            ),
            "TooFewCourses": _("Lower the minimum courses, or add subjects."),
            "TotalAsksTooMuch": _(
                "Lower the graduation credits, add subjects, or allow more flexible credits."
            ),
            "AreasAboveTotal": _("One of the two is wrong: correct it."),
            "RequiredAboveTotal": _("One of the two is wrong: correct it."),
            "NotProvenBest": _(
                "Let fewer subjects count in several areas at once, or take a cap away. "
                "Otherwise reviewers see “Not proven best” beside such audits and decide."
            ),
            "NotAllChecked": _(
                "Preview the framework with students of the others, or make a framework of its own "
                "for some of them."
            ),
            "CountsOnce": _(
                "Keep one of the two, or let the courses stand for each other no more."
            ),
            "RuleNeverUsed": _("Delete the limit, or make it stricter than the other rule."),
            "RuleSaysNothing": _("Delete the rule, or give it a limit."),
            "ShareAboveWhole": _("Write a quarter as 0.25."),
        }.get(finding.kind, "")

    def _finding_place(self, place, parts):
        """An area by code and name, a flexible rule by its origin and unit."""
        head, _slash, number = place.partition("/")
        if head == "flexible" and number.isdigit():
            rule = parts("flexible_rule_ids")[int(number)]
            return rule._label()
        if head == "rule":
            rules = parts("counting_rule_ids").filtered(lambda rule: rule.code == number)
            return self.env._("Counting rule %s", rules[:1].display_name or number)
        area = parts("area_ids").filtered(lambda area: area.code == place)
        return area.display_name if len(area) == 1 else place
