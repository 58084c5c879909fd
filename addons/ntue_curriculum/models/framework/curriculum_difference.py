"""In what a framework differs from another, as rows that people read (I3)."""

from typing import Any

from odoo import fields, models
from odoo.tools.i18n import format_list

from ...audit_adapter import differences, origin_of
from ...degree_audit import EQUIVALENTS, About, How
from ...groups import STAFF
from ...labels import plain_number
from ...wording.milestones import asked

BADGES = {
    How.ADDED: "o_ntue_good",
    How.DROPPED: "o_ntue_bad",
    How.MOVED: "text-bg-primary",
    How.CHANGED: "text-bg-warning",
}
SIGNS = {How.ADDED: "＋", How.DROPPED: "－", How.MOVED: "→", How.CHANGED: "≠"}


class CurriculumDifference(models.AbstractModel):
    """In what a framework differs from another."""

    _name = "ntue.curriculum.difference"
    _description = "Differences of a framework"

    difference_panel = fields.Html(
        compute="_compute_difference_panel", sanitize=False, string="Differences", groups=STAFF
    )

    def _compute_difference_panel(self):
        for curriculum in self:
            origin = curriculum._origin_framework()
            curriculum.difference_panel = curriculum._difference_html(origin) if origin else False

    def action_compare(self) -> dict[str, Any]:
        """Compare with what it was made from, or two selected ones with each other."""
        return self.env["ntue.curriculum.compare"]._opened_for(self)

    def _origin_framework(self):
        """What this one was made from: the revision before it, or last year's; or empty."""
        self.ensure_one()
        return self.revises_id or self.copied_from_id

    def _paper_language(self):
        """Papers of the school are in Chinese where it is installed, for every reader."""
        return self.env["ntue.student"]._paper_language()

    def _difference_html(self, before):
        """The difference from ``before``, drawn."""
        return self.env["ir.qweb"]._render(
            "ntue_curriculum.framework_difference", self._difference_page(before)
        )

    def _difference_page(self, before):
        """What ``framework_difference`` draws."""
        self.ensure_one()
        return {"before": before, "after": self, "groups": self._difference_groups(before)}

    def _difference_groups(self, before):
        """Titled groups of rows; groups in which nothing differs are left out."""
        _ = self.env._
        rows = [
            (change.about, self._difference_row(change)) for change in differences(before, self)
        ]
        titles = {
            About.WHOLE: _("The framework as a whole"),
            About.AREA: _("Areas"),
            About.COURSE: _("Subjects"),
            About.RULE: _("Flexible credits"),
            About.COUNTING: _("Rules across areas"),
            About.MILESTONE: _("Milestones"),
        }
        groups = []
        for about, title in titles.items():
            own = [row for kind, row in rows if kind is about]
            if own:
                groups.append({"title": title, "rows": own})
        return groups

    def _difference_row(self, change):
        """``what`` happened ``to`` whom, in which respect, from ``before`` to ``after``."""
        _ = self.env._
        words = {
            How.ADDED: _("Added"),
            How.DROPPED: _("Dropped"),
            How.MOVED: _("Moved"),
            How.CHANGED: _("Changed"),
        }
        side = {How.ADDED: "after", How.DROPPED: "before"}.get(change.how)
        row = {
            "word": words[change.how],
            "sign": SIGNS[change.how],
            "badge": BADGES[change.how],
            "to": self._difference_subject(change),
            "field": "",
            "before": "",
            "after": "",
        }
        if side:
            row[side] = self._difference_whole(change)
        else:
            row["field"] = self._difference_fields()[change.about, change.field]
            row["before"] = self._difference_value(change, change.before)
            row["after"] = self._difference_value(change, change.after)
        return row

    def _difference_subject(self, change):
        if change.about is About.RULE:
            return self._rule_label(change.rule)
        return f"{change.code} {change.name}".strip()

    def _rule_label(self, rule):
        rules = self.env["ntue.flexible.rule"]
        return rules.new({"origin": origin_of(rule), "unit": rule.unit.value})._label()

    def _difference_whole(self, change):
        """What was added or dropped, in short."""
        _ = self.env._
        if change.about is About.AREA:
            return _("asks %s credits", plain_number(change.credits))
        if change.about is About.COUNTING:
            return change.name
        if change.about is About.RULE:
            if change.rule.exempt:
                return _("uses up no limit")
            limit = change.rule.limit
            return _("no limit") if limit is None else _("at most %s", plain_number(limit))
        if change.about is About.MILESTONE:
            return asked(self.env, change.way)
        required = _("Required") if change.required else _("Elective")
        return _(
            "%(credits)s credits, %(requirement)s, %(areas)s",
            credits=plain_number(change.credits),
            requirement=required,
            areas=self._areas_text(change.areas),
        )

    def _areas_text(self, codes):
        if not codes:
            return self.env._("in no area")
        return self.env._("area %s", format_list(self.env, codes))

    def _difference_fields(self):
        """The words for everything that can change."""
        _ = self.env._
        return {
            (About.WHOLE, "graduation_credits"): _("Graduation credits"),
            (About.WHOLE, "order"): _("Order of the areas"),
            (About.AREA, "name"): _("Name"),
            (About.AREA, "parent"): _("Parent area"),
            (About.AREA, "min_credits"): _("Minimum credits"),
            (About.AREA, "min_courses"): _("Minimum courses"),
            (About.AREA, "min_children"): _("Minimum child areas"),
            (About.AREA, "max_children"): _("Counts in so many areas inside"),
            (About.AREA, "max_credits"): _("Cap in credits"),
            (About.AREA, "min_score"): _("Least score of a course"),
            (About.AREA, "student_kinds"): _("Only for kinds of students"),
            (About.AREA, "entry_years"): _("Only for years of entry"),
            (About.AREA, "departments"): _("Only for departments"),
            (About.AREA, "waivers_lower"): _("Waivers lower its minima"),
            **{
                (about, field): word
                for about in (About.AREA, About.COUNTING)
                for field, word in self._selecting_fields().items()
            },
            **self._counting_fields(),
            (About.COURSE, "area"): _("Area"),
            (About.COURSE, "code"): _("Course code"),
            (About.COURSE, "name"): _("Name"),
            (About.COURSE, "credits"): _("Credits"),
            (About.COURSE, "required"): _("Required/elective"),
            (About.COURSE, "counts_in_total"): _("Counts towards graduation credits"),
            (About.COURSE, "shareable"): _("May count in several areas"),
            (About.COURSE, "repeats"): _("Counts so many times"),
            (About.COURSE, "planned"): _("Planned year/term"),
            (About.COURSE, EQUIVALENTS): _("Courses that stand for it"),
            **self._milestone_fields(),
            (About.RULE, "limit"): _("Limit"),
            (About.RULE, "prior_approval"): _("Prior approval"),
            (About.RULE, "exempt"): _("Uses up no limit"),
        }

    def _selecting_fields(self):
        _ = self.env._
        return {
            "select_domains": _("Selects domains"),
            "select_departments": _("Selects departments"),
            "select_levels": _("Selects levels"),
            "select_languages": _("Selects languages"),
            "select_prefixes": _("Selects codes"),
            "select_names": _("Selects names"),
            "select_distance": _("Selects distance learning"),
            "select_exceptions": _("But not the courses"),
        }

    def _counting_fields(self):
        """The words for what can change in a rule across areas."""
        _ = self.env._
        words = {
            "name": _("Name"),
            "kind": _("Kind"),
            "courses": _("Courses"),
            "sources": _("Where courses come from"),
            "area": _("Counts in the area"),
            "per": _("The most holds"),
            "min_credits": _("Minimum credits"),
            "min_courses": _("Minimum courses"),
            "max_credits": _("Cap in credits"),
            "max_courses": _("Cap in courses"),
            "max_share": _("Cap as a share"),
            "min_score": _("Least score of the prerequisite"),
        }
        return {(About.COUNTING, field): word for field, word in words.items()}

    def _counting_value(self, field, value):
        """A value of a rule across areas that is one of a few words."""
        rules = self.env["ntue.counting.rule"]
        if field == "sources":
            words = rules.fields_get([f"from_{one}" for one in value], ["string"])
            return format_list(self.env, [word["string"] for word in words.values()])
        if field in ("kind", "per"):
            return dict(rules._fields[field]._description_selection(self.env))[value]
        return value or "–"

    def _milestone_fields(self):
        _ = self.env._
        return {
            (About.MILESTONE, "name"): _("Name"),
            (About.MILESTONE, "measure"): _("What is counted"),
            (About.MILESTONE, "amount"): _("At least"),
            (About.MILESTONE, "credits"): _("Credits at least"),
            (About.MILESTONE, "student_kinds"): _("Only for kinds of students"),
            (About.MILESTONE, "select_prefixes"): _("Courses with codes"),
            (About.MILESTONE, "select_names"): _("Courses with names"),
            (About.MILESTONE, "select_departments"): _("Courses of departments"),
            (About.MILESTONE, "select_languages"): _("Courses in languages"),
        }

    def _difference_value(self, change, value):
        """A value as people read it; a dash for none."""
        _ = self.env._
        if change.about is About.COUNTING and change.field in ("sources", "kind", "per", "area"):
            return self._counting_value(change.field, value) if value else "–"
        if change.field == "area":
            return self._areas_text(value)
        if change.field == "select_distance" and value:
            return _("Distance learning only") if value == "yes" else _("No distance learning")
        if change.field == "measure":
            ways = self.env["ntue.curriculum.milestone"]
            return dict(ways._fields["measure"]._description_selection(self.env))[value]
        if change.field == "required":
            return _("Required") if value else _("Elective")
        if isinstance(value, bool):
            return _("Yes") if value else _("No")
        if isinstance(value, tuple) and value:
            return format_list(self.env, list(map(str, value)))
        if value is None or value in ("", ()):
            return "–"
        return value if isinstance(value, str) else plain_number(value)
