"""Whether everything that the server needs is there, and figures of how it goes.

Figures and kinds only: who asks knows a token, and is nobody who reads records.
"""

import logging
from contextlib import closing
from time import monotonic, sleep

from odoo import SUPERUSER_ID, api, fields, models
from odoo.tools import config

from ... import anchor_key, database_clock, press

_logger = logging.getLogger(__name__)

LAG = 30
"""Seconds by which a replica may be behind."""

TRIES, MOMENT = 4, 0.25
"""How often it is asked whether it has what was just written, and the seconds in between."""

OVERDUE = 900
"""Seconds by which a job or a mail may be late."""

PRINTED_EVERY = 60
"""Seconds for which a page that was printed shows that papers are."""

_CRONS = """
    SELECT COALESCE(MAX(extract(epoch FROM now() AT TIME ZONE 'UTC' - nextcall))
                    FILTER (WHERE active), 0)::float8,
           COUNT(*) FILTER (WHERE active AND failure_count > 0),
           COUNT(*) FILTER (WHERE NOT active AND id IN (
               SELECT res_id FROM ir_model_data WHERE model = 'ir.cron' AND module LIKE 'ntue%'
           ))
      FROM ir_cron
"""
_MAILS = """
    SELECT COUNT(*) FILTER (WHERE state = 'outgoing'),
           COUNT(*) FILTER (WHERE state = 'exception'),
           COALESCE(MAX(extract(
               epoch FROM now() AT TIME ZONE 'UTC' - COALESCE(scheduled_date, create_date)
           )) FILTER (
               WHERE state = 'outgoing'
                 AND (scheduled_date IS NULL OR scheduled_date < now() AT TIME ZONE 'UTC')
           ), 0)::float8
      FROM mail_mail
"""
_ARCHIVER = """
    SELECT current_setting('archive_mode') <> 'off',
           COALESCE(last_failed_time > COALESCE(last_archived_time, '-infinity'), FALSE),
           COALESCE(extract(epoch FROM now() - last_archived_time), -1)::float8
      FROM pg_stat_archiver
"""
_WRITTEN = "SELECT CASE WHEN NOT pg_is_in_recovery() THEN pg_current_wal_lsn() END"
_REPLICA = """
    SELECT pg_is_in_recovery(), pg_last_wal_replay_lsn() >= %s::pg_lsn,
           COALESCE(extract(epoch FROM now() - pg_last_xact_replay_timestamp()), -1)::float8
"""
_printed = {"at": -float(PRINTED_EVERY), "ready": False}


class Readiness(models.AbstractModel):
    """What an operator is told of the server."""

    _name = "ntue.readiness"
    _description = "Readiness of the server"

    @api.model
    def _checks(self):
        """Each check by name: whether it is ``ready``, and its figures; a hook."""
        system = self.with_user(SUPERUSER_ID)
        return {
            "database": {"ready": True},
            "clock": system._check_clock(),
            "replica": system._check_replica(),
            "mails": system._check_mails(),
            "jobs": system._check_jobs(),
            "papers": system._check_papers(),
            "backups": system._check_backups(),
            "anchors": system._check_anchors_kept(),
        }

    @api.model
    def _check_clock(self):
        """The database's clock decides; this server's may not be far from it."""
        drift = abs(database_clock.measured(self.env.cr))
        return {"ready": drift <= database_clock.DRIFT, "drift_seconds": drift}

    @api.model
    def _check_replica(self):
        """How far behind a replica is; ready where there is none.

        It has all when it has what the primary has written; a moment later, since that is on its
        way. One that is cut off replays nothing, however little it received. -1: it never has.
        """
        if not config["db_replica_host"]:
            return {"ready": True, "lag_seconds": 0}
        self.env.cr.execute(_WRITTEN)
        (written,) = self.env.cr.fetchone()
        for _try in range(TRIES):
            with closing(self.env.registry.cursor(readonly=True)) as replica:
                replica.execute(_REPLICA, [written])
                is_replica, has_all, lag = replica.fetchone()
            if not is_replica or has_all:
                return {"ready": is_replica, "lag_seconds": 0}
            sleep(MOMENT)
        return {"ready": 0 <= lag <= LAG, "lag_seconds": lag}

    @api.model
    def _check_mails(self):
        self.env.cr.execute(_MAILS)
        waiting, failed, oldest = self.env.cr.fetchone()
        figures = {"waiting": waiting, "failed": failed, "oldest_seconds": oldest}
        return {"ready": oldest <= OVERDUE + self._hour(), **figures}

    @api.model
    def _hour(self):
        """The queue of mails runs so many seconds apart."""
        cron = self.env.ref("mail.ir_cron_mail_scheduler_action", raise_if_not_found=False)
        hours = {"minutes": 60, "hours": 3600}
        return cron.interval_number * hours.get(cron.interval_type, 86400) if cron else 0

    @api.model
    def _check_jobs(self):
        self.env.cr.execute(_CRONS)
        late, failing, off = self.env.cr.fetchone()
        figures = {"late_seconds": max(late, 0), "failing": failing, "switched_off": off}
        return {"ready": late <= OVERDUE, **figures}

    @api.model
    def _check_papers(self):
        """Whether papers are printed: a page is, from time to time."""
        if monotonic() - _printed["at"] >= PRINTED_EVERY:
            try:
                _printed["ready"] = press.printed("<p>可列印</p>").startswith(b"%PDF")
            except press.PressError:
                _logger.exception("The page of the readiness check is not printed.")
                _printed["ready"] = False
            _printed["at"] = monotonic()
        return {"ready": _printed["ready"]}

    @api.model
    def _check_backups(self):
        """Whether the database's log reaches the backup; ready where it does not go there.

        ``age_seconds``: since the last piece of it did; -1: none has.
        """
        self.env.cr.execute(_ARCHIVER)
        is_on, is_failing, age = self.env.cr.fetchone()
        if not is_on:
            return {"ready": True, "failing": 0, "age_seconds": 0}
        return {"ready": not is_failing, "failing": int(is_failing), "age_seconds": age}

    @api.model
    def _check_anchors_kept(self):
        """Whether the last anchors agree with the logs; ready where none are made."""
        if not anchor_key.place():
            return {"ready": True, "faults": 0, "age_seconds": 0}
        chains = self.env["ntue.chained"]
        try:
            anchors = chains._kept_anchors()
        except OSError:
            _logger.exception("The file of the anchors cannot be read.")
            return {"ready": False, "faults": 1, "age_seconds": -1}
        told = chains._check_anchors(anchors)
        faults = sum(is_fault for _text, is_fault in told)
        last = anchors and fields.Datetime.to_datetime(anchors[-1].at[:19].replace("T", " "))
        age = (fields.Datetime.now() - last).total_seconds() if last else -1
        return {"ready": not faults, "faults": faults, "age_seconds": age}

    @api.model
    def _figures(self, checks):
        """Gauges of Prometheus by name: what each says, its labels, and its rows."""
        ready = [([name], int(check["ready"])) for name, check in checks.items()]
        figures = {"ntue_ready": ("Whether a part of the server is ready.", ["part"], ready)}
        for part, check in checks.items():
            for name, figure in check.items():
                if name != "ready":
                    text = f"Of the readiness of {part}: {name.replace('_', ' ')}."
                    figures[f"ntue_{part}_{name}"] = (text, [], [([], figure)])
        entries = [([chain._table], chain._last(self.env.cr)[0]) for chain in self._logs()]
        figures["ntue_log_entries"] = ("Entries of each log.", ["log"], entries)
        figures["ntue_audits_due"] = (
            "Stored audits that are out of date.",
            [],
            [([], self._audits_due())],
        )
        return figures

    @api.model
    def _logs(self):
        return self.env["ntue.chained"].with_user(SUPERUSER_ID)._chains()

    @api.model
    def _audits_due(self):
        audits = self.env["ntue.audit"].with_user(SUPERUSER_ID)
        return audits.search_count(~audits._fresh())
