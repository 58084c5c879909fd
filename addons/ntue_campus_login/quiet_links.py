"""No token of a mailed link is in the server's own log of requests.

Anyone who reads a log is not the one whom the link was mailed to. (A web server before this one
keeps a log of its own: README.)
"""

import logging
import re

LOGGER = "werkzeug"

TOKEN = re.compile(r"([?&]token=)[^&\s\"']+")


class WithoutTokens(logging.Filter):
    """Takes tokens out of the addresses that a record was given."""

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, tuple):
            record.args = tuple(
                TOKEN.sub(r"\1…", value) if isinstance(value, str) else value
                for value in record.args
            )
        return True


def install() -> None:
    """Put the filter on the logger of requests, once."""
    logger = logging.getLogger(LOGGER)
    if not any(isinstance(found, WithoutTokens) for found in logger.filters):
        logger.addFilter(WithoutTokens())
