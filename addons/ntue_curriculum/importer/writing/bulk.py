"""Records of students by the hundred thousand: compared as lines of text, new ones sent by COPY.

For models of which a new record means nothing but itself and an audit to be made anew: what their
``create`` does for an import is done here for many at once. A test compares the two. Where a
further addon has a say in it the models make new records (``makers``).

A row of a file that says what is stored is the same line as that: it is left alone without being
looked at any closer. So is a row of a student of whom nothing is stored: it is sent as it is.
"""

import io
from collections import deque

from odoo.tools import SQL, split_every

from ...importing import import_of
from ...labels import plain_number
from ..grouping import by_student
from .aside import Aside
from .makers import are_columns_only

STAMPS = ("create_uid", "create_date", "write_uid", "write_date")

NOTHING = {"char": "''", "boolean": "FALSE", "float": "0", "integer": "0"}
"""What an empty field of a kind is as good as, as SQL; of other kinds it is NULL."""

NULL = "\\N"
ESCAPED = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})

STUDENTS_AT_ONCE = 400
"""Students whose records are read and compared together: some 20,000 rows."""

PARTS_TO_TELL = 8
"""Parts of so many students after which it is said how far the file is."""

OUTDATED_AT_ONCE = 2000
"""Students whose audits are marked together."""

REMEMBERED = 100_000
"""Different values of a column whose texts are remembered."""


class Texts(dict):
    """Values of one column as the texts that a line has for them, each worked out once."""

    def __init__(self, written):
        super().__init__()
        self._written = written

    def __missing__(self, value):
        if len(self) > REMEMBERED:
            self.clear()
        text = self[value] = self._written(value)
        return text


def _as_text(value):
    return str(value).translate(ESCAPED) if value else NULL


def _as_truth(value):
    return "t" if value else "f"


def _as_number(value):
    return plain_number(float(value or 0))


WRITTEN = {"boolean": _as_truth, "float": _as_number, "integer": _as_number}


class Lines:
    """Records of a model as lines of the values of ``names``, and of ``computed``.

    ``computed``: columns that the database keeps beside those of a file, each with a function of
    the values of ``names``. ``may_be_sent``: whether new ones are nothing but that; where a further
    addon has a say in them the model makes them.
    """

    def __init__(self, run, model, names, computed=None):
        self.env = run.env
        self.model = model
        self.names = names
        self.computed = computed or {}
        fields = self.env[model]._fields
        self.texts = {
            name: Texts(WRITTEN.get(fields[name].type, _as_text))
            for name in (*names, *self.computed)
        }
        self._constant = self._constants()
        known = {*names, *self.computed, *self._constant}
        self.may_be_sent = are_columns_only(self.env[model], known)

    def _constants(self):
        """The columns that are the same in all new records, with the texts of their values."""
        records, env = self.env[self.model], self.env
        found = dict(zip(STAMPS, (env.uid, env.cr.now(), env.uid, env.cr.now()), strict=True))
        if "import_id" in records._fields:
            found["import_id"] = import_of(records) or None
        return {name: _as_text(value) for name, value in found.items()}

    def of(self, rows):
        """The lines of rows of values."""
        if not rows:
            return []
        columns = [*zip(*rows, strict=True)]
        columns += [[value_of(row) for row in rows] for value_of in self.computed.values()]
        texts = (
            map(self.texts[name].__getitem__, column)
            for name, column in zip((*self.names, *self.computed), columns, strict=True)
        )
        return list(map("\t".join, zip(*texts, strict=True)))

    def stored(self, student_ids):
        """The lines of the records of these students, as ``of`` would have written them.

        One with a tab or a line break in it is not as that would be.
        """
        records = self.env[self.model]
        columns = SQL(", ").join(
            SQL("COALESCE(%s, %s)", _line_column(records._fields[name]), NULL)
            for name in (*self.names, *self.computed)
        )
        table = SQL.identifier(records._table)
        query = SQL(
            "SELECT string_agg(concat_ws(E'\\t', %s), E'\\n') FROM %s WHERE student_id = ANY(%s)",
            columns,
            table,
            [*student_ids],
        )
        self.env.cr.execute(query)
        (text,) = self.env.cr.fetchone()
        return set(text.split("\n")) if text else set()

    def send(self, lines):
        """Add the records of these lines with one COPY."""
        records, constant = self.env[self.model], self._constant
        end = "\t" + "\t".join(constant.values())
        text = f"{end}\n".join(lines) + end
        copy_in(records, [*self.names, *self.computed, *constant], text)


def copy_in(records, names, text):
    """Add rows to the table of a model. ``text``: lines of its columns ``names``."""
    columns = SQL(", ").join(map(SQL.identifier, names))
    copy = SQL("COPY %s (%s) FROM STDIN", SQL.identifier(records._table), columns)
    records.env.cr.copy_expert(copy.code, io.StringIO(text), size=len(text) + 1)


def _line_column(field):
    """A column as text, as ``Lines.of`` writes it."""
    column = SQL.identifier(field.name)
    if field.type == "boolean":
        return SQL("CASE WHEN %s THEN 't' ELSE 'f' END", column)
    if field.type == "float":
        return SQL("COALESCE(%s, 0)::float8::text", column)
    if field.type == "integer":
        return SQL("COALESCE(%s, 0)::text", column)
    if field.type == "selection":
        return SQL("NULLIF(%s, '')", column)
    if field.type == "char":
        # With the marks of a line, so that no other text looks like it.
        escaped = SQL(r"translate(replace(%s, '\', '\\'), E'\n', E'\r')", column)
        return SQL("NULLIF(%s, '')", escaped)
    return SQL("%s::text", column)


def stored_rows(env, model, whose, names, by="student_id"):
    """``(id, values)`` of the records whose field ``by`` is one of ``whose``, of ``names``.

    As the database has them, a many2one by its number; what is empty as a row of a file has it.
    """
    records = env[model]
    records.flush_model()
    columns = SQL(", ").join(_column(records._fields[name]) for name in names)
    table = SQL.identifier(records._table)
    query = SQL(
        "SELECT id, %s FROM %s WHERE %s = ANY(%s)", columns, table, SQL.identifier(by), [*whose]
    )
    env.cr.execute(query)
    return ((row[0], row[1:]) for row in env.cr.fetchall())


def _column(field):
    column = SQL.identifier(field.name)
    nothing = NOTHING.get(field.type)
    return SQL("COALESCE(%s, %s)", column, SQL(nothing)) if nothing else column


def upsert(run, lines, wanted, stored, counts, left_alone=frozenset(), *, shelter=None):
    """As ``ImportRun.upsert``, of plain rows of the fields of ``lines``.

    ``wanted``: values by key; ``stored``: ``(id, values)`` by key.
    """
    fresh, changed = [], []
    for key, values in wanted:
        record = stored.get(key)
        if record is None:
            fresh.append(values)
        elif record[1] != values:
            changed.append((key, values))
    counts.unchanged += len(wanted) - len(fresh) - len(changed)
    records = {key: run.env[lines.model].browse(stored[key][0]) for key, _values in changed}
    said = [(key, _as_written(lines.names, values)) for key, values in changed]
    run.upsert(lines.model, said, records, counts, left_alone, shelter=shelter)
    counts.created += len(fresh)
    if fresh and lines.may_be_sent:
        lines.send(lines.of(fresh))
    elif fresh:
        run.made(lines.model, [_as_written(lines.names, values) for values in fresh])
    place = lines.names.index("student_id")
    run.outdated |= {row[place] for row in fresh}


def _as_written(names, values):
    return {
        name: False if value in (None, "") else value
        for name, value in zip(names, values, strict=True)
    }


class Comparison:
    """A file of which most rows are new or say what is stored.

    ``lines_of``: the lines of rows as if nothing were stored; ``one_by_one``: compares and writes
    the rows of students of whom something else is stored or a conflict is open, or all that differ
    where new ones are not to be sent.
    """

    def __init__(self, run, name, lines, lines_of, one_by_one):
        self.run = run
        self.name = name
        self.lines = lines
        self.lines_of = lines_of
        self.one_by_one = one_by_one
        self.ids = {}
        self._asked_about = frozenset()
        self._asked = deque()
        self._parts = self._done = 0

    def go(self):
        """Compare and write the whole file; the numbers of the students who have new rows."""
        run, table = self.run, self.run.context.tables[self.name]
        records = run.env[self.lines.model]
        self.ids = run.ids("ntue.student", table.rows.distinct("student"), "student_no")
        self._asked_about = run.open_conflicts(self.lines.model).students
        run.env.flush_all()
        before = _last_number(records) if run.preview.shows else None
        with Aside() as aside:
            for rows in by_student(table, STUDENTS_AT_ONCE):
                self._ask(rows, aside)
                if len(self._asked) > 1:
                    self._take(aside)
            while self._asked:
                self._take(aside)
        run.release()
        changed = list(run.outdated)
        for part in split_every(OUTDATED_AT_ONCE, changed, list):
            run.env["ntue.audit"]._outdate(run.env["ntue.student"].browse(part))
        run.outdated.clear()
        if before is not None:
            run.preview.created(records.search([("id", ">", before)], order="id"))
        return changed

    def _ask(self, rows, aside):
        """Have the database say what it has of the students of a part."""
        ids = {self.ids[number] for number in dict.fromkeys(row.student for row in rows)}
        known = ids - self.run.fresh
        self._asked.append((rows, aside.do(self.lines.stored, known) if known else None))

    def _take(self, aside):
        """Work on the part that was asked about first."""
        rows, answer = self._asked.popleft()
        is_slow = self._one(rows, aside.answer(answer) if answer else frozenset(), aside)
        self._parts += 1
        self._done += len(rows)
        if is_slow or not self._asked or self._parts % PARTS_TO_TELL == 0:
            aside.settle()
            self.run.tell(self.name, self._done, len(self.run.context.tables[self.name].rows))

    def _one(self, rows, stored, aside):
        """One part: what is as it is stored, what is new, and what has to be looked at.

        Whether rows were looked at, which takes its time.
        """
        counts = self.run.counts(self.name)
        wanted = self.lines_of(rows, self.ids)
        differ = [(row, line) for row, line in zip(rows, wanted, strict=True) if line not in stored]
        known = {line.partition("\t")[0] for line in stored} if differ else ()
        others = self._asked_about and self._asked_about.intersection(row.student for row in rows)
        fresh, others = [], {*others}
        for row, line in differ:
            is_known = line.partition("\t")[0] in known or row.student in others
            if is_known or not self.lines.may_be_sent:
                others.add(row.student)
            else:
                fresh.append(line)
                self.run.outdated.add(self.ids[row.student])
        looked_at = [row for row in rows if row.student in others] if others else []
        counts.created += len(fresh)
        counts.unchanged += len(rows) - len(fresh) - len(looked_at)
        if fresh:
            aside.do(self.lines.send, fresh)
        if looked_at:
            aside.settle()
            self.one_by_one(looked_at, self.ids)
            self.run.release()
        return bool(looked_at)


def _last_number(records):
    table = SQL.identifier(records._table)
    records.env.cr.execute(SQL("SELECT COALESCE(MAX(id), 0) FROM %s", table))
    return records.env.cr.fetchone()[0]
