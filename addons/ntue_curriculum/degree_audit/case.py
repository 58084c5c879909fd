"""One student before one framework: the case that every question is asked of.

A case remembers what was worked out for it, so that a page, its guards and its papers may
ask as often as they like. Ticks change no placement (D17): a case with other ticks is
summed up anew and nothing of it is placed again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from decimal import Decimal
from operator import attrgetter
from typing import TypeVar

from .errors import DuplicateEnrolment
from .framework.asked import who
from .framework.prepared import FinerCredits, PreparedFramework, prepare
from .framework.succession import Succession
from .outcome.alike import Alike
from .outcome.beside import Audited, Beside, Program
from .outcome.certainty import Certainty, Fallen, Outlook, outlooks
from .outcome.flexible import may_be_ticked, savable_alone
from .outcome.milestones import milestones_of
from .outcome.sharing import share
from .outcome.suggest import most_together, suggest
from .outcome.summing_up import Figures, figures_of, in_finer_units, summed_up
from .result import AuditResult, EnrolmentResult, MilestoneResult, Reached, Reason
from .transcript.attempts import counting_attempts
from .transcript.decisions import Rulings, counting_for, is_refused, read_decisions
from .transcript.ledger import used_before
from .transcript.together import joined, told_together
from .values import (
    NO_BACKGROUND,
    Background,
    Decision,
    DecisionKind,
    Enrolment,
    Framework,
    Reading,
    Sharing,
)

_KEY = attrgetter("key")
_NO_TICKS: frozenset[int] = frozenset()
_Further = tuple[tuple[PreparedFramework, Sharing], ...]
_Answer = TypeVar("_Answer")
_Question = Callable[[PreparedFramework, list[Enrolment], list[Enrolment], Rulings], _Answer]


class Case:
    """What one student took and what was decided, before one framework.

    ``framework``: give a prepared one (``prepare``) when many students share it.
    ``decisions``: all that were ever recorded (A27). ``term``: of the application that is
    audited; recognitions and refusals of other terms do not count then (D20). ``background``: who
    the student is, and what was shown for milestones (A41). The order of
    ``enrolments`` and ``decisions`` changes nothing. Nothing changes a case: another
    framework or other courses make another.

    Raises ``EnrolmentError`` and ``FrameworkError`` (errors.py).
    """

    __slots__ = (
        "_audits",
        "_fallen",
        "_figures",
        "_in_units",
        "_joined",
        "_milestones",
        "_most_ticks",
        "_outlooks",
        "_rulings",
        "_savable",
        "_suggestion",
        "_tickable",
        "_together",
        "_used",
        "_withheld",
        "background",
        "decisions",
        "enrolments",
        "prepared",
        "term",
    )

    def __init__(
        self,
        framework: Framework | PreparedFramework,
        enrolments: Iterable[Enrolment],
        decisions: Iterable[Decision] = (),
        term: int | None = None,
        background: Background = NO_BACKGROUND,
        withheld: frozenset[int] = frozenset(),
    ) -> None:
        self.prepared = prepare(framework).asked_of(who(background))
        self.enrolments = tuple(enrolments)
        self.decisions = tuple(decisions)
        self.term = term
        self.background = background
        if len(set(map(_KEY, self.enrolments))) != len(self.enrolments):
            raise DuplicateEnrolment(_first_double(self.enrolments))
        self._audits: dict[tuple[frozenset[int], Reading], AuditResult] = {}
        self._figures: dict[Reading, Figures] = {}
        self._fallen: Fallen = {}
        self._milestones: dict[Reading, tuple[MilestoneResult, ...]] = {}
        self._outlooks: dict[tuple[frozenset[int], Decimal | None], tuple[Outlook, ...]] = {}
        self._tickable: frozenset[int] | None = None
        self._suggestion: frozenset[int] | None = None
        self._savable: frozenset[int] | None = None
        self._most_ticks: int | None = None
        self._together: dict[tuple[_Further, Reading, frozenset[int]], list[Beside]] = {}
        self._withheld = withheld
        self._used = used_before(self.prepared.matching, self.enrolments)
        self._work_with(self.prepared)

    def audit(
        self, ticks: Iterable[int] = _NO_TICKS, reading: Reading = Reading.EXPECTED
    ) -> AuditResult:
        """Compare what the student took with what the framework asks.

        ``ticks``: keys of enrolments that shall count as flexible credits. Raises
        ``TickNotAllowed`` for those that may not be ticked; limits that ticks exceed are no
        error: see ``AuditResult.ticks_allowed``.
        """
        key = frozenset(ticks), reading
        found = self._audits.get(key)
        if found is None:
            try:
                found = self._audited(*key)
            except FinerCredits:
                self._work_in_finer_units()
                found = self._audited(*key)
            self._audits[key] = found
        return found

    def outlook(
        self, ticks: Iterable[int] = _NO_TICKS, pass_mark: Decimal | None = None
    ) -> tuple[Outlook, ...]:
        """How sure every area is while grades are pending, in framework order; last the whole.

        ``ticks`` as of ``audit``; one on a course that fails is no longer made, and an area is as
        sure whatever is ticked. ``pass_mark``: nobody passes with less; without it a pass may be
        below any grade floor. The whole is certain only when its milestones are met, too.
        """
        key = frozenset(ticks), pass_mark
        found = self._outlooks.get(key)
        if found is None:
            self.audit(ticks)  # in units that make all credits whole
            placing = self._figures_of(Reading.EXPECTED).placing
            of_courses = outlooks(placing, key[0], pass_mark, self._fallen)
            found = self._outlooks[key] = self._with_milestones(of_courses)
        return found

    def _with_milestones(self, found: tuple[Outlook, ...]) -> tuple[Outlook, ...]:
        """A milestone that is not met keeps the whole open: it can still be shown (A41)."""
        *areas, whole = found
        met = all(one.reached is Reached.MET for one in self._reached(Reading.FINAL))
        if met or whole.certainty is Certainty.OUT_OF_REACH:
            return found
        return (*areas, Outlook(None, Certainty.OPEN, proven=whole.proven))

    @property
    def tickable(self) -> frozenset[int]:
        """Keys of the enrolments that may be ticked (D18), whatever the limits say."""
        if self._tickable is None:
            known = self._figures.get(Reading.EXPECTED)
            attempts = (
                counting_attempts(self._in_units, self._counting, self._rulings, Reading.EXPECTED)
                if known is None
                else known.placing.attempts
            )
            self._tickable = frozenset(
                e.key for e in attempts.outside if may_be_ticked(e, self._rulings)
            )
        return self._tickable

    @property
    def savable(self) -> frozenset[int]:
        """Those of ``tickable`` that the rules let be ticked, if nothing else is.

        The others lack their approval (114), or are by themselves more than what is left of a
        limit (138): no tick on them can ever be saved.
        """
        if self._savable is None:
            self._savable = self._of_the_choices(savable_alone)
        return self._savable

    @property
    def most_ticks(self) -> int:
        """How many courses may be ticked at once, whichever they are (141)."""
        if self._most_ticks is None:
            self._most_ticks = self._of_the_choices(most_together)
        return self._most_ticks

    def allowed(self, ticks: Iterable[int]) -> frozenset[int]:
        """Those of ``ticks`` that may be ticked.

        For ticks that may be older than the enrolments: a course that has failed since may
        not be ticked any more (D30).
        """
        asked = frozenset(ticks)
        return asked & self.tickable if asked else asked

    @property
    def suggestion(self) -> frozenset[int]:
        """The best legal choice of ticks: see suggest.py for what is best.

        Without what the decision in force refuses, of whatever term it is.
        """
        if self._suggestion is None:
            self._suggestion = self._of_the_choices(self._suggested)
        return self._suggestion

    def under(
        self, framework: Framework | PreparedFramework, succession: Succession | None = None
    ) -> Case:
        """The same student before another framework.

        ``succession``: how decisions read there; without it they stay as they are.
        """
        decisions = self.decisions
        if succession is not None:
            decisions = tuple(map(succession.carried, decisions))
        return Case(framework, self.enrolments, decisions, self.term, self.background)

    def beside(
        self,
        framework: Framework | PreparedFramework,
        sharing: Sharing,
        reading: Reading = Reading.EXPECTED,
        ticks: Iterable[int] = _NO_TICKS,
    ) -> Beside:
        """A further program of the same student, which shares courses with this one (A45).

        ``ticks`` as of ``together``.
        """
        return self.together([(framework, sharing)], reading, ticks)[0]

    def together(
        self,
        further: Iterable[tuple[Framework | PreparedFramework, Sharing]],
        reading: Reading = Reading.EXPECTED,
        ticks: Iterable[int] = _NO_TICKS,
    ) -> list[Beside]:
        """The further programs of the same student, placed jointly with this one (A45).

        ``further``: in the order in which they go before each other; each shares, as it says
        itself, with this one and with those before it. Decisions and ``ticks`` are about the main
        program and say nothing of the further ones. Of ``ticks`` those that may not be ticked
        count nowhere (D30).
        """
        asked = tuple((prepare(framework), sharing) for framework, sharing in further)
        key = asked, reading, self.allowed(ticks)
        if key not in self._together:
            self._together[key] = self._placed_jointly(*key)
        return self._together[key]

    def _placed_jointly(
        self, asked: _Further, reading: Reading, ticks: frozenset[int]
    ) -> list[Beside]:
        everyone = [(self.prepared, Sharing()), *asked]
        audits = [
            self._audited_without(self.prepared, self.decisions, reading, ticks),
            *(self._audited_without(prepared, (), reading, _NO_TICKS) for prepared, _ in asked),
        ]
        programs = [
            Program(audited, sharing, frozenset(key for _, key in prepared.required))
            for audited, (prepared, sharing) in zip(audits, everyone, strict=True)
        ]
        sizes = {one.key: one.credits for one in self.enrolments}
        student = who(self.background)
        tables = [prepared.asked_of(student) for prepared, _ in everyone]
        decided = {key for one in self.decisions for key in (one.enrolment, *one.others)} | ticks
        return share(programs, sizes, Alike(tables, self.enrolments, decided))

    def _audited_without(
        self,
        prepared: PreparedFramework,
        decisions: tuple[Decision, ...],
        reading: Reading,
        ticks: frozenset[int],
    ) -> Audited:
        """The audit of one program of the student, without what is withheld from it."""

        def audit(withheld: frozenset[int]) -> AuditResult:
            case = Case(prepared, self.enrolments, decisions, self.term, self.background, withheld)
            return case.audit(case.allowed(ticks), reading)

        return audit

    def taking(self, more: Iterable[Enrolment]) -> Case:
        """The same case with ``more`` enrolments; itself when there are none."""
        enrolments = (*self.enrolments, *more)
        if len(enrolments) == len(self.enrolments):
            return self
        return Case(self.prepared, enrolments, self.decisions, self.term, self.background)

    def deciding(self, decision: Decision) -> Case:
        """The same case with one more decision, recorded after all others."""
        latest = max((one.recorded for one in self.decisions), default=0)
        decided = replace(decision, recorded=latest + 1)
        return Case(
            self.prepared, self.enrolments, (*self.decisions, decided), self.term, self.background
        )

    def before_the_last(self) -> Case:
        """The same case without the decision that comes last in the order they were given in."""
        return Case(self.prepared, self.enrolments, self.decisions[:-1], self.term, self.background)

    def _audited(self, ticks: frozenset[int], reading: Reading) -> AuditResult:
        result = summed_up(self._figures_of(reading), ticks, self._reached(reading))
        if self._used or self._joined.parts:
            used = [EnrolmentResult(key, Reason.USED) for key in self._used]
            rows = {row.key: row for row in (*result.enrolments, *used)}
            by_key = told_together(rows, self._joined.parts)
            order = sorted(
                (e for e in self.enrolments if e.key in by_key), key=attrgetter("term", "key")
            )
            result.enrolments = tuple(by_key[one.key] for one in order)
        return result

    @property
    def _counting(self) -> tuple[Enrolment, ...]:
        """The courses that no earlier degree has used up (A46); those that are one as one (A55)."""
        return self._joined.enrolments

    @property
    def _not_used(self) -> tuple[Enrolment, ...]:
        left_out = self._used | self._withheld
        if not left_out:
            return self.enrolments
        return tuple(one for one in self.enrolments if one.key not in left_out)

    @property
    def _before(self) -> tuple[Enrolment, ...]:
        """What was taken and counts nowhere by itself; an order of courses knows it all the same.

        Courses that count as one are among these, each with its own term.
        """
        parts = self._joined.parts
        left_out = self._used.union(self._withheld, parts, parts.values())
        if not left_out:
            return ()
        return tuple(one for one in self.enrolments if one.key in left_out)

    def _reached(self, reading: Reading) -> tuple[MilestoneResult, ...]:
        """How far the milestones are; no tick changes that."""
        if not self.prepared.framework.milestones:
            return ()
        found = self._milestones.get(reading)
        if found is None:
            refused = frozenset(
                key
                for key, ruling in self._rulings.placing.items()
                if ruling.kind is DecisionKind.REFUSED
            )
            found = self._milestones[reading] = milestones_of(
                self.prepared.framework,
                tuple(e for e in self.enrolments if e.key not in self._used),
                self.background,
                reading,
                refused,
            )
        return found

    def _of_the_choices(self, ask: _Question[_Answer]) -> _Answer:
        """What ``ask`` says of what may be ticked, beside what is recognised already."""
        try:
            return self._asked(ask)
        except FinerCredits:
            self._work_in_finer_units()
            return self._asked(ask)

    def _asked(self, ask: _Question[_Answer]) -> _Answer:
        figures = self._figures_of(Reading.EXPECTED)
        outside = figures.placing.attempts.outside
        candidates = [e for e in outside if may_be_ticked(e, self._rulings)]
        return ask(self._in_units, figures.recognised, candidates, self._rulings)

    def _suggested(
        self,
        prepared: PreparedFramework,
        recognised: list[Enrolment],
        candidates: list[Enrolment],
        rulings: Rulings,
    ) -> frozenset[int]:
        # What an earlier application was refused may be ticked again (189), and is not advised.
        ever = read_decisions(prepared, self.decisions)
        advised = [e for e in candidates if not is_refused(e, ever)]
        figures = self._figures_of(Reading.EXPECTED)
        there = figures.tally.total_taken + sum(prepared.units(e.credits) for e in recognised)
        lacking = max(0, prepared.graduation - there)
        return suggest(prepared, recognised, advised, rulings, figures.held, lacking)

    def _figures_of(self, reading: Reading) -> Figures:
        figures = self._figures.get(reading)
        if figures is None:
            figures = figures_of(
                self._in_units, self._counting, self._rulings, reading, self._before
            )
            self._figures[reading] = figures
        return figures

    def _work_with(self, prepared: PreparedFramework) -> None:
        """Work in the units of ``prepared`` from now on, and with the minima that waivers leave."""
        decisions = counting_for(self.decisions, self.term)
        self._in_units = prepared
        self._rulings = read_decisions(prepared, decisions)
        lowered = prepared.lowered(self._rulings.waived)
        if lowered is not prepared:
            self._in_units, self._rulings = lowered, read_decisions(lowered, decisions)
        self._joined = joined(self._not_used, self._rulings)
        self._rulings = self._joined.rulings
        self._figures.clear()
        self._fallen.clear()

    def _work_in_finer_units(self) -> None:
        """Some enrolment's credits are not whole in the framework's units."""
        self._work_with(in_finer_units(self.prepared, self.enrolments))


def audit(
    framework: Framework | PreparedFramework,
    enrolments: Iterable[Enrolment],
    decisions: Iterable[Decision] = (),
    ticks: Iterable[int] = _NO_TICKS,
    reading: Reading = Reading.EXPECTED,
) -> AuditResult:
    """The one audit of a case that is asked nothing else; see ``Case`` and ``Case.audit``."""
    return Case(framework, enrolments, decisions).audit(ticks, reading)


def _first_double(enrolments: tuple[Enrolment, ...]) -> int:
    seen: set[int] = set()
    for enrolment in enrolments:
        if enrolment.key in seen:
            return enrolment.key
        seen.add(enrolment.key)
    raise AssertionError("no key occurs twice")
