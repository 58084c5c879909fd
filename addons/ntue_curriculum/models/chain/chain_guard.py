"""Chains against SQL: what the database itself refuses, the role of the application included.

A trigger refuses to change, delete or truncate entries, and another one leaves a mark of every
new one in a second table (``log_chain``). Dropping the table, as uninstalling does, fires
neither. No entry is ever deleted. Two things may be emptied by a transaction that says so
(``erasing_in``): a column that is not in an entry's hash, such as the snapshot, of which the hash
stays; and texts that the hash has commitments to, with their salts, for an entry of the register
that says so. What was emptied without one is found out by the check.

The marks may be given to another role of the database than the application's, in a schema of
that role (``tools/keep_marks.sql``): the application may then read and add marks and no more.
Its password lets nobody put their triggers to sleep or drop their tables.
"""

from contextlib import contextmanager

from odoo.tools import SQL

TOMBSTONE = "ntue.tombstone."
"""Setting by table: the head with which a log ended when its addon was uninstalled."""

KEEPERS = "ntue_kept"
"""The schema of the marks that another role keeps."""


def marks_of(cr, table):
    """The table with the marks of a chain's ``table``, as SQL."""
    if is_kept_by_another_role(cr, table):
        return SQL.identifier(KEEPERS, f"{table}_mark")
    return SQL.identifier(f"{table}_mark")


_REFUSAL = """
    RAISE EXCEPTION 'This log is only added to: % on % is refused.',
        TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege',
              HINT = 'What was wrong is put right by a further entry. '
                     'See ntue_check_log in the README.';
"""

_FUNCTIONS = """
CREATE OR REPLACE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN{refusal}END $$;
CREATE OR REPLACE FUNCTION {table}_keep() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO {table}_mark (number, entry_hash) VALUES (NEW.number, NEW.entry_hash);
    RETURN NULL;
END $$;
"""

_GUARD = """
CREATE OR REPLACE FUNCTION {table}_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    emptied text := '{emptied}';
    texts text[] := string_to_array('{texts}', ' ');
    loose text[] := texts || ARRAY['salts', 'erased_entry'];
BEGIN
    IF TG_OP = 'UPDATE'
       AND current_setting('ntue.erasing', true) = '{table}'
       AND to_jsonb(NEW) - loose = to_jsonb(OLD) - loose
       AND NEW.erased_entry IS NOT NULL
       AND EXISTS (SELECT FROM ntue_register_entry entry
                    WHERE entry.number = NEW.erased_entry AND entry.action = 'erased')
       AND COALESCE(NEW.salts, '{{}}')::jsonb <@ COALESCE(OLD.salts, '{{}}')::jsonb
       AND NOT EXISTS (
            SELECT FROM unnest(texts) name
             WHERE COALESCE(to_jsonb(NEW) ->> name, '')
                   NOT IN ('', COALESCE(to_jsonb(OLD) ->> name, '')))
    THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'UPDATE' AND emptied <> ''
       AND current_setting('ntue.erasing', true) = '{table}'
       AND to_jsonb(NEW) - emptied = to_jsonb(OLD) - emptied
       AND to_jsonb(NEW) -> emptied = 'null'::jsonb
    THEN
        RETURN NEW;
    END IF;{refusal}END $$;
"""

_GUARD_ENTRIES = "BEFORE UPDATE OR DELETE ON {on} FOR EACH ROW EXECUTE FUNCTION {table}_guard()"
_REFUSE_CHANGE = "BEFORE UPDATE OR DELETE ON {on} FOR EACH ROW EXECUTE FUNCTION {table}_refuse()"
_REFUSE_TRUNCATE = "BEFORE TRUNCATE ON {on} FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuse()"
_KEEP_MARK = "AFTER INSERT ON {on} FOR EACH ROW EXECUTE FUNCTION {table}_keep()"


def install(cr, table, emptied="", texts=()):
    """Put the guard of the chain in ``table`` up, or renew it.

    ``emptied``: the column that may be emptied by retention or erasure, if there is one; ``texts``:
    those that may be for an entry of the register that says so. Marks
    are made once, with their table. What another role keeps is left as it is: only
    a superuser of the database takes it down.
    """
    # pylint: disable-next=sql-injection  # our names
    cr.execute(_GUARD.format(table=table, emptied=emptied, texts=" ".join(texts), refusal=_REFUSAL))
    ours = [table]
    if not is_kept_by_another_role(cr, table):
        cr.execute("SELECT to_regclass(%s)", [f"{table}_mark"])
        if cr.fetchone() == (None,):
            _make_marks(cr, table)
        # pylint: disable-next=sql-injection  # our names
        cr.execute(_FUNCTIONS.format(table=table, refusal=_REFUSAL))
        ours.append(f"{table}_mark")
    for on in ours:
        change = _GUARD_ENTRIES if on == table else _REFUSE_CHANGE
        _add_trigger(cr, table, on, "refuse_change", change)
        _add_trigger(cr, table, on, "refuse_truncate", _REFUSE_TRUNCATE)
    _add_trigger(cr, table, table, "keep_mark", _KEEP_MARK)


def _make_marks(cr, table):
    marks = SQL.identifier(f"{table}_mark")
    cr.execute(SQL("CREATE TABLE %s (number integer NOT NULL, entry_hash varchar NOT NULL)", marks))
    cr.execute(
        SQL(
            "INSERT INTO %s (number, entry_hash) SELECT number, entry_hash FROM %s ORDER BY number",
            marks,
            SQL.identifier(table),
        )
    )


def _add_trigger(cr, table, on, name, what):
    trigger = SQL.identifier(name)
    cr.execute(SQL("DROP TRIGGER IF EXISTS %s ON %s", trigger, SQL.identifier(on)))
    cr.execute(SQL("CREATE TRIGGER %s %s", trigger, SQL(what.format(on=on, table=table))))


@contextmanager
def erasing_in(cr, table):
    """Let the column of ``table`` that may be emptied be emptied until the block ends."""
    cr.execute("SELECT set_config('ntue.erasing', %s, true)", [table])
    yield
    cr.execute("SELECT set_config('ntue.erasing', '', true)")


def is_kept_by_another_role(cr, table):
    """Whether the marks were given to another role."""
    cr.execute("SELECT to_regclass(%s)", [f"{KEEPERS}.{table}_mark"])
    return cr.fetchone() != (None,)


def remove(cr, table):
    """Take down what dropping the chain's own table would leave behind.

    Marks that another role keeps stay where they are: they are what is left to compare with.
    """
    guard = SQL.identifier(f"{table}_guard")
    cr.execute(SQL("DROP FUNCTION IF EXISTS %s() CASCADE", guard))
    if is_kept_by_another_role(cr, table):
        return
    cr.execute(SQL("DROP TABLE IF EXISTS %s", SQL.identifier(f"{table}_mark")))
    for function in (f"{table}_refuse", f"{table}_keep"):
        cr.execute(SQL("DROP FUNCTION IF EXISTS %s() CASCADE", SQL.identifier(function)))
