"""Writing step of the importer: enrolments, of which there are hundreds of thousands."""

from functools import cache, partial
from operator import attrgetter, itemgetter

from ..problems import _
from ..rules_students import pass_mark_of
from ..same_rows import records_of
from ..states import RESULT, Result, Said, new_result, state_by_score
from ..student_files import ENROLLMENTS, apart, known_apart
from . import bulk
from .conflicts import Shelter
from .known import decimal
from .run import number

KEPT_AS_READ = tuple(
    column.name
    for column in ENROLLMENTS.columns
    if column.name not in (*ENROLLMENTS.key, *RESULT, "credits", "department", "is_pass")
)
"""Columns of ``enrollments`` that the field of the same name takes as they were read."""

NAMES = (
    "student_id",
    "term_id",
    "offering_no",
    "course_id",
    "offering_department_id",
    "credits",
    "is_graded",
    "score",
    "state",
    "withdrawn_on",
    "gone_missing",
    *KEPT_AS_READ,
)
"""Fields of an enrolment that a row says something of."""

SAID_OF = {
    "student_id": "student",
    "term_id": "term",
    "course_id": "course",
    "offering_department_id": "department",
}
"""The column of a field that names a record; others are called as their fields are."""

_TERM = NAMES.index("term_id")
_APART = itemgetter(*map(NAMES.index, ("name", "school", "state", "gone_missing")))
_GRADE = NAMES.index("grade")
_RESULT = slice(NAMES.index("is_graded"), NAMES.index("gone_missing") + 1)


def write_enrollments(run):
    if "enrollments" in run.context.tables:
        _Enrollments(run).go()


class _Enrollments:
    """The file of enrolments, and what its rows name."""

    def __init__(self, run):
        self.run = run
        rows = run.context.tables["enrollments"].rows
        terms = run.ids("ntue.term", rows.distinct("term"))
        departments = run.ids("ntue.department", rows.distinct("department"))
        self.ids = {
            "term": terms,
            "course": run.ids("ntue.course", rows.distinct("course")),
            "department": {**departments, "": None, None: None},
        }
        records = run.env["ntue.term"].browse({*terms.values()})
        self.numbers = numbers = {term.id: term.number for term in records}
        self.results = _Results(run)
        self.lines = bulk.Lines(
            run, "ntue.enrollment", NAMES, {"term_number": lambda row: numbers[row[_TERM]]}
        )
        self.kept_as_read = attrgetter(*KEPT_AS_READ)
        absent = run.absent("enrollments")
        if "department" in absent:
            absent |= {"offering_department_id"}
        self.absent = absent - {*RESULT}

    def go(self):
        """Compare and write them all."""
        how = self.run, "enrollments", self.lines, self.lines_of, self.one_by_one
        bulk.Comparison(*how).go()

    def lines_of(self, rows, students):
        """The lines of rows as of new enrolments."""
        columns = dict(zip(rows[0]._fields, zip(*rows, strict=True), strict=True))
        ids = {**self.ids, "student": students}
        values = {name: map(ids[said].__getitem__, columns[said]) for name, said in SAID_OF.items()}
        values["term_number"] = map(self.numbers.__getitem__, [*values["term_id"]])
        values["term_id"] = map(ids["term"].__getitem__, columns["term"])
        values.update(zip(NAMES[_RESULT], self._new_results(columns), strict=True))
        texts = [
            map(self.lines.texts[name].__getitem__, values.get(name, columns.get(name)))
            for name in (*NAMES, "term_number")
        ]
        return list(map("\t".join, zip(*texts, strict=True)))

    def _new_results(self, columns):
        """The columns of what became of new enrolments."""
        said = zip(*(columns[name] for name in Said._fields), strict=True)
        marks = map(self.results.mark, columns["student"])
        return zip(*map(self.results.new, said, marks), strict=True)

    def one_by_one(self, rows, students):
        """Compare rows with what is stored of their students, and write them."""
        ids = {students[row.student] for row in rows}
        keys = [
            (
                students[row.student],
                self.ids["term"][row.term],
                row.offering_no,
                self.ids["course"][row.course],
            )
            for row in rows
        ]
        stored = _stored_for(keys, rows, _stored(self.run, ids))
        wanted, of_key = [], {}
        for row, attempt in zip(rows, keys, strict=True):
            key = attempt, known_apart(row)
            known = stored.get(key)
            result = self.results.of(row, known and known[1][_RESULT], known and known[1][_GRADE])
            department, points = self.ids["department"][row.department], number(row.credits)
            wanted.append((key, (*attempt, department, points, *result, *self.kept_as_read(row))))
            of_key[key] = row
        counts, shelter = self.run.counts("enrollments"), Shelter(self.run, "enrollments", of_key)
        bulk.upsert(self.run, self.lines, wanted, stored, counts, self.absent, shelter=shelter)
        known = {key: stored[key][0] for key in of_key if key in stored}
        shelter.settle(self.lines.model, known)


def _stored(run, student_ids):
    """``(id, values)`` of the enrolments there are, several of one attempt (A31), by attempt."""
    found = {}
    for record, values in bulk.stored_rows(run.env, "ntue.enrollment", student_ids, NAMES):
        found.setdefault(values[:4], []).append((record, values))
    return found


def _stored_for(keys, rows, stored):
    """The enrolment that each row is about, by its attempt and what tells it apart (F6)."""
    of_attempt, own = {}, {}
    for key, row in zip(keys, rows, strict=True):
        if key in stored:
            of_attempt.setdefault(key, []).append(known_apart(row))
    for key, several in of_attempt.items():
        there = stored[key]
        places = records_of(several, [_known_apart(values) for _record, values in there])
        for mine, place in zip(several, places, strict=True):
            if place is not None:
                own[key, mine] = there[place]
    return own


def _known_apart(values):
    """As ``apart``, of stored values; one that was missing may have been 抵免 (F24)."""
    name, school, state, gone_missing = _APART(values)
    return apart(name, school, "transferred" if gone_missing else state)


class _Results:
    """What became of enrolments, by their rows and by what is stored (F21, F22).

    Rows that say the same of the same are common: each is worked out once.
    """

    def __init__(self, run):
        self.run = run
        self._table = run.context.tables.get("enrollments")
        self.mark = cache(partial(pass_mark_of, run.context))
        self.new = cache(partial(_as_new, run))  # of no method: a run is not kept by a circle
        self._found = {}

    def of(self, row, stored, grade):
        """``is_graded`` to ``gone_missing`` as they shall be.

        ``stored``: as they are, or None; ``grade``: the letter that is stored.
        """
        if self._keeps_points(row, stored, grade):
            row = row._replace(score=decimal(stored[1]))
        mark = self.mark(row.student)
        said = (row.score, row.state, row.withdrawn_on, row.is_pass, mark, stored)
        found = self._found.get(said)
        if found is None:
            found = self._found[said] = _worked_out(self.run, row, stored, mark)
        values, kept = found
        for name in kept:
            message = _(
                "The cell is empty, and what is stored stays. Let blanks erase if it shall go."
            )
            self.run.warn("enrollments", row, name, message)
        return values

    def _keeps_points(self, row, stored, grade):
        """Whether the points of before stay: the row has a letter alone, and it is the same.

        Points within the band of a letter say more than its middle does.
        """
        return (
            stored
            and stored[0]
            and row.grade == grade
            and row.number in self._table.by_letter
            and not ("score" in self._table.present and self.run.choices.blanks_erase)
        )


def _as_new(run, said, mark):
    """The values of a new enrolment, of what its row says."""
    return _worked_out(run, Said(*said), None, mark)[0]


def _worked_out(run, row, stored, mark):
    old = stored and _stored_result(stored)
    known = old and _known_result(old, mark, gone_missing=stored[-1])
    present = run.context.tables["enrollments"].present
    erase = run.choices.blanks_erase
    result, kept = new_result(row, mark, known, present, blanks_erase=erase)
    # Of one that was missing the row may say just what is stored, as an export of it does;
    # with another state, or on another day, the list has it again (F24).
    is_missing = bool(stored and stored[-1]) and result == old and result.state == "withdrawn"
    points = number(result.score)
    values = (result.score is not None, points, result.state, result.withdrawn_on, is_missing)
    return values, kept


def _stored_result(stored):
    is_graded, score, state, withdrawn_on, _gone_missing = stored
    return Result(decimal(score) if is_graded else None, state, withdrawn_on)


def _known_result(stored, mark, *, gone_missing):
    """What is stored; of what an import withdrew for lack of a row, what there was before (F24)."""
    if gone_missing:
        return Result(stored.score, state_by_score(stored.score, mark), None)
    return stored
