"""``odoo ntue_check_log -d DB``: whether the log of applications is as it was written."""

# Odoo loads this file as odoo.cli.…, where relative imports lead nowhere.
# pylint: disable=odoo-addons-relative-import

import argparse
import os
from pathlib import Path

from odoo.cli.command import Command
from odoo.exceptions import UserError

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
        add_anchor_arguments(parser)
        parsed, rest = parser.parse_known_args(cmdargs)
        with _database.command(parser, parsed, rest) as env:
            noted = read_noted(parsed)
            is_whole = check_log(env, noted.pop(LOG, {}), _database.say, noted)
            if parsed.restored:
                sign_restored(env, parsed.restored, _database.say)
            if parsed.anchors is not None:
                is_whole &= check_anchors(env, read_anchor_files(env, parsed), _database.say)
            if parsed.export:
                export_log(env, parsed.export, _database.say)
        raise SystemExit(0 if is_whole else 1)


def add_anchor_arguments(parser):
    """The options about the heads that were signed."""
    parser.add_argument(
        "--anchors",
        nargs="?",
        const="",
        metavar="FILE",
        help="compare with the signed heads: those of the file that the configuration names, or "
        "of FILE, which may also be mails saved as text",
    )
    parser.add_argument(
        "--anchor-key",
        metavar="FILE",
        help="the public keys they are signed with, in PEM; otherwise those of the configuration",
    )
    parser.add_argument(
        "--timestamp-ca",
        metavar="FILE",
        help="certificates, in PEM, of the authority that stamps the time",
    )
    parser.add_argument(
        "--restored",
        metavar="REASON",
        help="sign that this database was restored from a backup on purpose, and why",
    )


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
        name = chain._ntue_kind()
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
        say(env._("%(name)s: %(count)s entries as written.", name=chain._ntue_kind(), count=count))
    for notice in dict.fromkeys(note for row in (events, *chains) for note in row._check_notices()):
        say(notice)
    return True


def sign_restored(env, reason, say):
    """Sign that the database is an earlier one on purpose."""
    env["ntue.chained"]._anchor_restored(" ".join(reason.split()))
    say(env._("It is signed that this database was restored on purpose."))


def read_anchor_files(env, parsed):
    """The anchors, the keys and the authorities that the arguments name."""
    from odoo.addons.ntue_curriculum import anchor_key, log_anchor, trusted_time

    path = parsed.anchors or anchor_key.place()
    try:
        if not path:
            raise UserError(env._("Name the file of the anchors: --anchors FILE."))
        known = anchor_key.keys(parsed.anchor_key).known
        if not known:
            raise UserError(env._("Name the file of the public key: --anchor-key FILE."))
        anchors = log_anchor.read_anchors(Path(path).read_text(encoding="utf-8", errors="replace"))
        authorities = (
            trusted_time.read_authorities(Path(parsed.timestamp_ca).read_bytes())
            if parsed.timestamp_ca
            else ()
        )
    except (log_anchor.AnchorKeyError, trusted_time.StampError) as fault:
        raise UserError(str(fault)) from fault
    return anchors, known, authorities


def check_anchors(env, given, say):
    """Say what the anchors tell; whether they agree with the logs."""
    anchors, known, authorities = given
    chains = env["ntue.chained"]
    if not anchors:
        say(env._("There is no anchor in the file: it was emptied, or is another one."))
        return False
    told = chains._check_anchors(anchors, known, authorities)
    for text, _is_fault in told:
        say(text)
    faults = sum(is_fault for _text, is_fault in told)
    if faults:
        say(env._("The anchors disagree with the logs: %s.", faults))
        return False
    say(
        env._(
            "The logs are as they were anchored: %(count)s anchors, the last of %(moment)s.",
            count=len(anchors),
            moment=anchors[-1].at,
        )
    )
    return True


def export_log(env, path, say):
    """Write all logs to a new file that only its owner reads."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        env["ntue.chained"]._export(lambda line: file.write(f"{line}\n"))
    env.cr.commit()
    say(env._("Everything was exported. Keep the file outside of this server."))
