"""The record of what decides against SQL: the database refuses to change or delete a row of it.

A trigger does, for the role of the application too. Dropping the table, as uninstalling does,
fires none.
"""

from odoo.tools import SQL

TABLE = "ntue_decision_change"

_FUNCTION = """
CREATE OR REPLACE FUNCTION ntue_decision_change_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The record of what decides is only added to: % on % is refused.',
        TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege',
              HINT = 'Change the setting itself again, with a reason: that is a further row.';
END $$;
"""

_TRIGGERS = {
    "refuse_change": "BEFORE UPDATE OR DELETE ON %s FOR EACH ROW",
    "refuse_truncate": "BEFORE TRUNCATE ON %s FOR EACH STATEMENT",
}


def install(cr):
    """Put the guard up, or renew it."""
    cr.execute(_FUNCTION)
    table = SQL.identifier(TABLE)
    for name, when in _TRIGGERS.items():
        cr.execute(SQL("DROP TRIGGER IF EXISTS %s ON %s", SQL.identifier(name), table))
        cr.execute(
            SQL(
                "CREATE TRIGGER %s %s EXECUTE FUNCTION ntue_decision_change_refuse()",
                SQL.identifier(name),
                SQL(when, table),
            )
        )


def remove(cr):
    """Take down what dropping the table would leave behind."""
    cr.execute("DROP FUNCTION IF EXISTS ntue_decision_change_refuse() CASCADE")
