"""Every request: its number, how long it took, and by which route it was answered."""

import functools
import logging
import os
from time import perf_counter

from odoo import http
from odoo.tools import config

from . import json_log
from .metrics import REQUESTS
from .request_number import HEADER, current, taken

_logger = logging.getLogger(__name__)

VARIABLE, OPTION = "NTUE_LOG_JSON", "ntue_log_json"
NONE = "none"
"""The route of an address that is none; what was asked for is not said."""

METHODS = ("GET", "HEAD", "POST", "OPTIONS")


def writes_json():
    """Whether the log is written for programs."""
    said = str(os.environ.get(VARIABLE) or config.options.get(OPTION) or "")
    return said.lower() in ("1", "true", "yes")


def _observed(serve):
    @functools.wraps(serve)
    def observed(self):
        number = taken(self.httprequest.headers.get(HEADER))
        mark, begun, status = current.set(number), perf_counter(), 500
        try:
            answer = serve(self)
        except Exception as error:
            status = _noted(getattr(error, "error_response", None), number, _code(error))
            raise
        else:
            status = _noted(answer, number, 200)
            return answer
        finally:
            _count(self, status, perf_counter() - begun)
            current.reset(mark)

    observed.ntue_observed = True
    return observed


def _code(error):
    """The status that an exception becomes."""
    return error.code or 500 if isinstance(error, http.HTTPException) else 500


def _noted(answer, number, otherwise):
    """Put the request's number on an answer, if it is one; its status."""
    if hasattr(answer, "headers"):
        answer.headers[HEADER] = number
    return getattr(answer, "status_code", otherwise)


def _count(request, status, seconds):
    route = getattr(request, "ntue_route", NONE)
    asked = request.httprequest.method
    method = asked if asked in METHODS else "other"
    REQUESTS.labels(route, method, str(status)).observe(seconds)
    if writes_json():
        figures = {
            "route": route,
            "method": method,
            "status": status,
            "milliseconds": round(seconds * 1000),
        }
        _logger.info("Request answered", extra={"ntue_figures": figures})


class WithoutAddresses(logging.Filter):
    """The list of requests has addresses of people and machines; each is a line of ours already."""

    def filter(self, record):
        return record.levelno > logging.INFO


def install():
    """Observe every request of this server, and write its log as is set; once."""
    if not hasattr(http.Request._serve_db, "ntue_observed"):
        http.Request._serve_db = _observed(http.Request._serve_db)
        if writes_json():
            json_log.install()
            logging.getLogger("werkzeug").addFilter(WithoutAddresses())
