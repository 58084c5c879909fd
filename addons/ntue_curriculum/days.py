"""Days and moments as a reader writes them; the one place where pages and mails get theirs (I15).

In ROC years for all, and for who reads another language than Chinese with the Western day
beside: ``114-10-27 (2025-10-27)``. Where no reader is known, as in the logs, ROC years alone.
Papers and logs, which are the school's own, take ``roc`` itself.
"""

from datetime import date, datetime

from .languages import reads_chinese
from .roc import roc_date, roc_midnight, roc_minute


def day_text(env, day: date | None) -> str:
    """``day`` for the reader of ``env``; empty for none."""
    return _beside(env, roc_date(day), day)


def midnight_text(env, day: date | None) -> str:
    """The end of ``day``, until which something may be done; empty for none."""
    return _beside(env, roc_midnight(day), day)


def minute_text(env, moment: datetime) -> str:
    """``moment``, as the clocks in Taipei show it."""
    return _beside(env, roc_minute(moment), moment)


def _beside(env, text, day):
    return text if not day or reads_chinese(env) else f"{text} ({day:%Y-%m-%d})"
