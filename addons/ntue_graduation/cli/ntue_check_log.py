"""``odoo ntue_check_log -d DB``: whether the log of applications is as it was written."""

# Odoo loads this file as odoo.cli.…, where relative imports lead nowhere.
# pylint: disable=odoo-addons-relative-import

import argparse

from odoo.cli.command import Command


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
        parsed, rest = parser.parse_known_args(cmdargs)
        with _database.command(parser, parsed, rest) as env:
            is_whole = check_log(env, dict(parsed.noted), _database.say)
        raise SystemExit(0 if is_whole else 1)


def head(text):
    """``(number, hash)`` of ``12/ntue1:…``; ValueError otherwise, which the parser tells."""
    number, slash, known = text.partition("/")
    if not slash or not known:
        raise argparse.ArgumentTypeError("Give it as it was printed: NUMBER/HASH.")
    return int(number), known


def check_log(env, noted, say):
    """Say what is wrong, then the head to note; whether nothing is wrong."""
    events = env["ntue.graduation.event"]
    problems = events._check_log(noted)
    for problem in problems:
        say(problem)
    number, known = events._last(env.cr)
    if problems:
        say(env._("Wrong with the log: %s.", len(problems)))
        return False
    say(env._("The log is as it was written: %s entries.", number))
    if number:
        say(
            env._(
                "Note this outside of the database for the next check: --noted %s",
                f"{number}/{known}",
            )
        )
    return True
