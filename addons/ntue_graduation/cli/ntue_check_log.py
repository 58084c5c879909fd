"""``odoo ntue_check_log -d DB``: whether the log of applications is as it was written."""

# Odoo loads this file as odoo.cli.…, where relative imports lead nowhere.
# pylint: disable=odoo-addons-relative-import

import argparse
import os

from odoo.cli.command import Command

LOG = "ntue_graduation_event"


class NtueCheckLog(Command):
    """Check the chain of the log: prints what was altered, removed, moved or inserted."""

    name = "ntue_check_log"

    def run(self, cmdargs):
        # Only now: the addon may not be imported before Odoo is configured.
        from odoo.addons.ntue_curriculum.cli import _database

        parser = self.parser
        _database.add_arguments(parser)
        parser.add_argument(
            "--noted",
            type=head,
            action="append",
            default=[],
            metavar="NUMBER/HASH",
            help="a head that an earlier check printed and that was kept outside of the database",
        )
        parser.add_argument(
            "--head",
            type=argparse.FileType(encoding="utf-8"),
            metavar="FILE",
            help="heads that were sent out daily: the file, or mails saved as text",
        )
        parser.add_argument(
            "--export",
            metavar="FILE",
            help="write every entry to a new file, a line of JSON each; asked for before "
            "uninstalling",
        )
        parsed, rest = parser.parse_known_args(cmdargs)
        with _database.command(parser, parsed, rest) as env:
            noted = read_noted(parsed)
            is_whole = check_log(env, noted.pop(LOG, {}), _database.say, noted)
            if parsed.export:
                export_log(env, parsed.export, _database.say)
        raise SystemExit(0 if is_whole else 1)


def head(text):
    """``(number, hash)`` of ``12/ntue1:…``; ValueError otherwise, which the parser tells."""
    number, slash, known = text.partition("/")
    if not slash or not known:
        raise argparse.ArgumentTypeError("Give it as it was printed: NUMBER/HASH.")
    return int(number), known


def read_noted(parsed):
    """Hashes by number by table, of everything that was given."""
    from odoo.addons.ntue_curriculum.log_head import read_heads

    found = read_heads(parsed.head) if parsed.head else {}
    found.setdefault(LOG, {}).update(parsed.noted)
    return found


def check_log(env, noted, say, others=None):
    """Say what is wrong, then the head to note; whether nothing is wrong.

    ``noted``: hashes by number of the log of applications; ``others``: of the other logs, by
    table.
    """
    events, *chains = sorted(env["ntue.chained"]._chains(), key=lambda row: row._table != LOG)
    problems = events._check_log(noted)
    for chain in chains:
        name = chain._description
        for problem in chain._check_log((others or {}).get(chain._table)):
            problems.append(f"{name}: {problem}")
    for problem in problems:
        say(problem)
    if problems:
        say(env._("Wrong with the log: %s.", len(problems)))
        return False
    number, known = events._last(env.cr)
    say(env._("The log is as it was written: %s entries.", number))
    if number:
        say(
            env._(
                "Note this outside of the database for the next check: --noted %s",
                f"{number}/{known}",
            )
        )
    for chain in chains:
        count, _hash = chain._last(env.cr)
        say(env._("%(name)s: %(count)s entries as written.", name=chain._description, count=count))
    for notice in dict.fromkeys(note for row in (events, *chains) for note in row._check_notices()):
        say(notice)
    return True


def export_log(env, path, say):
    """Write all logs to a new file that only its owner reads."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        env["ntue.chained"]._export(lambda line: file.write(f"{line}\n"))
    env.cr.commit()
    say(env._("Everything was exported. Keep the file outside of this server."))
