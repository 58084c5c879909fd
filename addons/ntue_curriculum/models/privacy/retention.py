"""What is due, and the nightly job that erases it.

What is erased is entered in the register: which kind, how
many, by which rule and when; never whose. Nothing that is still needed goes: see
``Student._needed``.
"""

import logging
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from psycopg2.errors import LockNotAvailable

from ...clock import TAIPEI, taipei_today
from ...languages import as_kept
from ..passport.passport_copy import KEEP_DAYS, KEEP_UNUSED_DAYS
from .retention_kinds import MOST_DAYS, DataKind

_logger = logging.getLogger(__name__)

PATIENCE = "3s"
"""How long the job waits for whoever writes records of students."""


@dataclass(slots=True)
class Planned:
    """What the job will do to one kind: how many records on which day, and how many wait."""

    kind: DataKind
    days: int
    on: Counter[date] = field(default_factory=Counter)
    held: int = 0


class Retention(models.AbstractModel):
    """How long data are kept, what is due, and the job that erases it."""

    _name = "ntue.retention"
    _description = "Retention"
    _inherit = ["ntue.retention.kinds", "ntue.retention.erasing"]

    # Days

    @api.model
    def _parameter(self, key):
        return f"ntue_curriculum.keep_{key}_days"

    @api.model
    def _days(self, kind):
        """Days that a kind is kept; 0 is for good. A setting that makes no sense is none."""
        settings = self.env["ir.config_parameter"]
        days = settings._ntue_number(self._parameter(kind.key), kind.default)
        if days > MOST_DAYS:
            return kind.default
        return max(days, kind.least) if days else 0

    @api.model
    def _set_days(self, kind, days):
        """Keep a kind for so many days from now on; UserError for a slip of the hand."""
        if days and not kind.least <= days <= MOST_DAYS:
            raise UserError(
                self.env._(
                    "“%(kind)s” are kept for %(least)s to %(most)s days, or for good: 0.",
                    kind=kind.label,
                    least=kind.least,
                    most=MOST_DAYS,
                )
            )
        if days != self._days(kind):
            self.env["ir.config_parameter"].set_param(self._parameter(kind.key), str(days))

    @api.model
    def _rule_sentence(self, kind):
        """The rule of a kind in a sentence."""
        _ = self.env._
        days = self._days(kind)
        if kind.key == "passport_copies":
            return _(
                "Deleted %(days)s days after the application ended; after %(unused)s days where "
                "nobody applied.",
                days=self.env["ntue.passport.copy"]._setting("keep_days", KEEP_DAYS),
                unused=KEEP_UNUSED_DAYS,
            )
        return _("Deleted after %s days.", days) if days else _("Kept for good.")

    @api.model
    def _backup_days(self):
        """Days that backups of this database are kept; 0 where nobody has said so."""
        return self.env["ir.config_parameter"]._ntue_number("ntue_curriculum.backup_days", 0)

    @api.model
    def _backup_sentence(self):
        """How long what was erased may still be found in backups."""
        days = self._backup_days()
        if not days:
            return self.env._(
                "Backups: nobody has said in the settings for how long they are kept. What is "
                "erased stays in them until they are deleted; ask the operator of the system."
            )
        return self.env._(
            "Backups are kept for %s days: until then what is erased remains in them. They are "
            "opened after a failure only, and what was erased is erased again then.",
            days,
        )

    # What is due

    @api.model
    def _due(self, kind, day, needed):
        """Domain of what may be erased on ``day``; ``needed``: students whose data stay.

        None for what is kept for good.
        """
        days = self._days(kind)
        if kind.has_setting and not days:
            return None
        domain = kind.domain & self._older(kind, day - timedelta(days=days))
        if kind.student and needed:
            domain &= Domain(kind.student, "not in", needed.ids)
        if kind.by_correspondence and needed:
            domain &= self._not_of(kind, needed)
        return domain

    @api.model
    def _older(self, kind, last):
        """Domain of records whose time began on ``last``, a day in Taipei, or before."""
        first, _dot, rest = kind.moment.partition(".")
        model = self.env[kind.model]
        if rest:
            model = self.env[model._fields[first].comodel_name]
        if model._fields[rest or first].type == "date":
            return Domain(kind.moment, "<=", last)
        midnight = datetime.combine(last + timedelta(days=1), time.min, TAIPEI)
        return Domain(kind.moment, "<", midnight.astimezone(UTC).replace(tzinfo=None))

    @api.model
    def _not_of(self, kind, needed):
        """Domain without what belongs to the correspondences of students whose data stay."""
        model = "res_model" if kind.model == "ir.attachment" else "model"
        domain = Domain.TRUE
        for name in self._correspondences():
            places = self.env[name].search([("student_id", "in", needed.ids)])
            domain &= ~(Domain(model, "=", name) & Domain("res_id", "in", places.ids))
        return domain

    @api.model
    def _records(self, kind):
        return self.env[kind.model].with_context(active_test=False)

    # The job

    @api.model
    def _run(self):
        """The cron: erase what is due of every kind that has no job of its own."""
        kinds = [kind for kind in self._kinds() if kind.has_setting]
        for number, kind in enumerate(kinds, 1):
            if not self._run_kind(kind.key, kind.at_once, more=len(kinds) - number):
                return

    @api.model
    def _run_kind(self, key, batch, more=0):
        """Erase what is due of one kind, a batch a transaction; whether there was time for all.

        ``more`` kinds come after it: with nothing remaining the cron would not come back for them.
        """
        kind, cron = self._kind(key), self.env["ir.cron"]
        due = self._due_now(kind)
        if due is None:
            return True
        number = self._records(kind).search_count(due)
        cron._commit_progress(remaining=number + more)
        if not number:
            return True
        seen = set()
        # Asked anew for each batch: somebody may have applied since the one before.
        while records := self._next(kind, batch):
            if seen & set(records.ids):
                raise UserError(self.env._("“%s” stay although they were erased.", kind.label))
            seen |= set(records.ids)
            number = len(records)
            getattr(self, f"_erase_{key}")(records)
            self._enter(kind, number)
            if not cron._commit_progress(number):
                return False
        cron._commit_progress(remaining=more)  # what somebody is at is left for the next night
        return True

    @api.model
    def _next(self, kind, batch):
        """The next records that are due, while nobody begins to need them.

        A student who applies at this moment refers to the student record: an application that was
        begun before is waited for and seen, a later one waits until these are gone. Therefore the
        lock comes before anything is asked: with the first question a transaction sees what was
        there then, and nothing that is written while it waits.
        """
        if (kind.student or kind.by_correspondence) and not self._is_alone():
            return self._records(kind).browse()
        return self._records(kind).search(self._due_now(kind), limit=batch)

    @api.model
    def _is_alone(self):
        """Whether nobody else writes what refers to a student until this transaction ends.

        Who comes while it is waited for waits as well, so that is not for long: an import may be at
        it for an hour.
        """
        cr = self.env.cr
        try:
            with cr.savepoint(flush=False):
                cr.execute("SET LOCAL lock_timeout = %s", [PATIENCE])
                cr.execute("LOCK TABLE ntue_student IN EXCLUSIVE MODE", log_exceptions=False)
        except LockNotAvailable:
            _logger.info("Nothing is erased while somebody writes records of students.")
            return False
        cr.execute("SET LOCAL lock_timeout TO DEFAULT")
        return True

    @api.model
    def _due_now(self, kind):
        return self._due(kind, taipei_today(), self.env["ntue.student"]._needed())

    @api.model
    def _enter(self, kind, number):
        """Enter in the register what was erased, without whose it was."""
        days = self._days(kind) if kind.has_setting else None
        self.env["ntue.register.entry"]._enter_erased(
            as_kept(self)._kind(kind.key).label,
            {"erased_number": number, "kept_days": days, "kind": kind.key},
        )

    # What may come on which day

    @api.model
    def _plan(self, until):
        """A ``Planned`` for each kind: what the job does from tonight up to ``until``.

        Asked with all rights: only numbers come of it.
        """
        needed, today = self.env["ntue.student"]._needed(), taipei_today()
        plan = []
        for kind in self._kinds():
            planned = Planned(kind, self._days(kind))
            due = self._due(kind, until, needed)
            if due is not None:
                for day, number in self._counted(kind, due):
                    planned.on[max(day + timedelta(days=planned.days), today)] += number
                everybody = self._due(kind, today, needed.browse())
                all_due = self._records(kind).search_count(everybody)
                free = self._records(kind).search_count(self._due(kind, today, needed))
                planned.held = all_due - free
            plan.append(planned)
        return plan

    @api.model
    def _counted(self, kind, domain):
        """(day from which the time is counted, number of records) of ``domain``."""
        records = self._records(kind).with_context(tz=str(TAIPEI))
        first, _dot, rest = kind.moment.partition(".")
        group = first if rest else f"{first}:day"
        for start, number in records._read_group(domain, [group], ["__count"]):
            day = start[rest] if rest else start
            yield (day.date() if isinstance(day, datetime) else day), number
