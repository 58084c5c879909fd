"""The log against SQL: what the database itself refuses, the role of the application included.

A trigger refuses to change, delete or truncate entries, and another one leaves a mark of every
new one in a second table (``log_chain``). Dropping the table, as uninstalling does, fires
neither. There is no exception for anybody: the house deletes no student who has applied (an
application with entries is never deleted), so there is no purge to let through.
"""

from odoo.tools import SQL

TABLE = "ntue_graduation_event"
MARKS = "ntue_graduation_event_mark"

_MARKS = f"CREATE TABLE {MARKS} (number integer NOT NULL, entry_hash varchar NOT NULL)"
_MARK_ALL = f"""
    INSERT INTO {MARKS} (number, entry_hash) SELECT number, entry_hash FROM {TABLE} ORDER BY number
"""  # noqa: S608  # both names are constants above

_FUNCTIONS = f"""
CREATE OR REPLACE FUNCTION ntue_graduation_event_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The log of graduation applications is only added to: % on % is refused.',
        TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege',
              HINT = 'What was wrong is put right by a further entry. '
                     'See ntue_check_log in the README.';
END $$;
CREATE OR REPLACE FUNCTION ntue_graduation_event_keep() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO {MARKS} (number, entry_hash) VALUES (NEW.number, NEW.entry_hash);
    RETURN NULL;
END $$;
"""  # noqa: S608

_REFUSE = "EXECUTE FUNCTION ntue_graduation_event_refuse()"
_TRIGGERS = (
    (TABLE, "refuse_change", f"BEFORE UPDATE OR DELETE ON {TABLE} FOR EACH ROW {_REFUSE}"),
    (TABLE, "refuse_truncate", f"BEFORE TRUNCATE ON {TABLE} FOR EACH STATEMENT {_REFUSE}"),
    (MARKS, "refuse_change", f"BEFORE UPDATE OR DELETE ON {MARKS} FOR EACH ROW {_REFUSE}"),
    (MARKS, "refuse_truncate", f"BEFORE TRUNCATE ON {MARKS} FOR EACH STATEMENT {_REFUSE}"),
    (
        TABLE,
        "keep_mark",
        f"AFTER INSERT ON {TABLE} FOR EACH ROW EXECUTE FUNCTION ntue_graduation_event_keep()",
    ),
)


def install(cr):
    """Put the guard up, or renew it; marks are made once, with the table they stand in."""
    cr.execute("SELECT to_regclass(%s)", [MARKS])
    if cr.fetchone() == (None,):
        cr.execute(_MARKS)
        cr.execute(_MARK_ALL)
    cr.execute(_FUNCTIONS)
    for table, name, what in _TRIGGERS:
        trigger = SQL.identifier(name)
        cr.execute(SQL("DROP TRIGGER IF EXISTS %s ON %s", trigger, SQL.identifier(table)))
        cr.execute(SQL("CREATE TRIGGER %s %s", trigger, SQL(what)))


def remove(cr):
    """Take down what dropping the log's own table would leave behind."""
    cr.execute(SQL("DROP TABLE IF EXISTS %s", SQL.identifier(MARKS)))
    cr.execute("DROP FUNCTION IF EXISTS ntue_graduation_event_refuse() CASCADE")
    cr.execute("DROP FUNCTION IF EXISTS ntue_graduation_event_keep() CASCADE")
