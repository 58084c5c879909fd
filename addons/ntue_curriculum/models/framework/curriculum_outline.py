"""A framework as pages show it: plain values, made once for everybody who reads it."""

from datetime import date
from typing import NamedTuple

from odoo import models
from odoo.tools import ormcache

from ... import labels
from ...selecting import SELECTING, selector_words
from ...year_spans import year_spans


class SubjectOutline(NamedTuple):
    """One line of a framework: its key, its name and credits in words, its planned year/term.

    ``code``: of its course; lines of one course in several areas have it in common.
    ``repeats``: how often it counts (A36).
    """

    key: int
    code: str
    name: str
    credits: float
    credits_text: str
    required: bool
    in_total: bool
    planned: str
    repeats: int = 1

    @property
    def label(self) -> str:
        """科目名稱（學分數）, as a taken course's label ends (95)."""
        return f"{self.name}（{self.credits_text}）"


class Listing(NamedTuple):
    """A place where a course is listed; ``area`` is the area's code, empty for none."""

    area: str
    subject: SubjectOutline


class AreaOutline(NamedTuple):
    """One area: ``depth`` is the number of areas it is in.

    ``cap`` and ``floor`` in words, empty without one; ``min_children``: 0 for all of them.
    ``selecting``: by what it selects courses that are not listed, each with its words (A35).
    ``student_kinds``, ``entry_years``, ``departments``: for whom it is there, in words; empty for
    everybody (A43).
    """

    code: str
    name: str
    depth: int
    subjects: tuple[SubjectOutline, ...]
    cap: str
    floor: str
    min_children: int
    selecting: tuple[tuple[str, tuple[str, ...]], ...] = ()
    student_kinds: tuple[str, ...] = ()
    entry_years: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()


class SourceOutline(NamedTuple):
    """Where a rule is written; ``about``: code of its area or milestone, empty for the whole."""

    about: str
    title: str
    link: str
    approved_on: date | None
    verified_on: date | None


class Outline(NamedTuple):
    """``areas`` in framework order; ``subjects``: those of no area (A12, D40)."""

    areas: tuple[AreaOutline, ...]
    subjects: tuple[SubjectOutline, ...]
    sources: tuple[SourceOutline, ...] = ()

    def of(self, result) -> "Outline":
        """What of it is asked of a student, by an audit of the framework (A43)."""
        codes = {area.code for area in result.areas}
        areas = tuple(area for area in self.areas if area.code in codes)
        if len(areas) == len(self.areas):
            return self
        gone = {area.code for area in self.areas} - codes
        sources = tuple(source for source in self.sources if source.about not in gone)
        return self._replace(areas=areas, sources=sources)

    def by_key(self) -> dict[int, SubjectOutline]:
        """Every subject by the key of its line."""
        everywhere = [*(area.subjects for area in self.areas), self.subjects]
        return {subject.key: subject for subjects in everywhere for subject in subjects}

    def places(self) -> dict[str, list[Listing]]:
        """By course code, where it is listed."""
        places: dict[str, list[Listing]] = {}
        for area in self.areas:
            for subject in area.subjects:
                places.setdefault(subject.code, []).append(Listing(area.code, subject))
        for subject in self.subjects:
            places.setdefault(subject.code, []).append(Listing("", subject))
        return places


class CurriculumOutline(models.AbstractModel):
    """A framework as plain values."""

    _name = "ntue.curriculum.outline"
    _description = "Outline of a framework"

    def _outline(self):
        """The framework's areas and subjects; a published one's never change (I3)."""
        self.ensure_one()
        return self._build_outline() if self.state == "draft" else self._cached_outline()

    @ormcache("self.id")
    def _cached_outline(self):
        return self._build_outline()

    def _build_outline(self):
        framework = self.sudo()
        subjects = {}
        for line in framework.line_ids.sorted("sequence"):
            subjects.setdefault(line.area_id, []).append(_subject(line))
        return Outline(
            tuple(
                _area(area, tuple(subjects.get(area, ())))
                for area in framework.area_ids.sorted("sequence")
            ),
            tuple(subjects.get(framework.area_ids.browse(), ())),
            tuple(map(_source, framework.source_ids.sorted("sequence"))),
        )


def _area(area, subjects):
    return AreaOutline(
        area.code,
        area.name,
        area._depth(),
        subjects,
        labels.plain_number(area.max_credits) if area.has_cap else "",
        labels.plain_number(area.min_score) if area.has_floor else "",
        area.min_children,
        tuple(
            (name, selector_words(area[name]))
            for name in SELECTING
            if area[name] and any(area[one] for one in SELECTING if one != "select_exceptions")
        ),
        selector_words(area.student_kinds),
        tuple(map(str, year_spans(area.entry_years))),
        selector_words(area.departments),
    )


def _subject(line):
    planned = f"{line.planned_year or '–'}/{line.planned_term or '–'}"
    return SubjectOutline(
        line.id,
        line.course_id.code,
        line.name,
        line.credits,
        labels.plain_number(line.credits),
        line.requirement == "required",
        line.counts_in_total,
        planned if line.planned_year or line.planned_term else "",
        line.repeats,
    )


def _source(source):
    return SourceOutline(
        source.about or "",
        source.title,
        source.link or "",
        source.approved_on or None,
        source.verified_on or None,
    )
