"""A request that no page and no program sends is its sender's fault, and answered as such.

Odoo would fall over it: a parameter that is missing, a number that no database holds. Those
who read the log for faults of the server find none that anybody may cause at will.
"""

import inspect
import json
import logging
import re
import traceback
from functools import cache
from pathlib import Path
from xml.parsers.expat import ExpatError

import psycopg2
from odoo import models
from odoo.http import request
from odoo.tools import config
from odoo.tools.translate import LazyTranslate
from PIL import UnidentifiedImageError
from werkzeug.exceptions import BadRequest, NotFound, RequestURITooLarge
from werkzeug.wrappers import Response

_lt = LazyTranslate(__name__)


_logger = logging.getLogger(__name__)

OURS = "odoo.addons.ntue_"
"""Our addresses have to know what they are sent; what they fall over is a fault of ours."""

FALLS = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    ExpatError,
    FileNotFoundError,
    IsADirectoryError,
    LookupError,
    NotImplementedError,
    RecursionError,
    TypeError,
    UnboundLocalError,
    UnidentifiedImageError,
    ValueError,
    psycopg2.ProgrammingError,
)
"""What Odoo's own addresses come to with a text where a number belongs, a list for a text, …"""

SENSELESS = _lt("The request holds something that cannot be used.")


CATCH_THEMSELVES = ("/base_import_module/login_upload", "/web/set_profiling")
"""Addresses of Odoo that answer 500 to whatever was sent, a wrong password too."""

DATABASES = "/web/database/"
"""Closed where no databases are listed: Odoo would try the password first, and log a traceback."""

FONT = re.compile(r"/web/static/(?:[\w-]+/)+[\w-]+\.(?:ttf|woff2?)")
"""Where a picture of a letter takes its font from; Odoo would open any file there."""

IN_NO_ADDRESS = re.compile(r"[\r\n\0]")
"""Odoo would lead on to such an address, in a header, or look for an attachment of that name."""

HALF = re.compile(r"\\u[dD][89a-fA-F]")
"""How JSON writes half of a pair; whole pairs are written so too."""

LOGGED = ("error", "error_description")
"""Odoo's addresses for mail servers write these into the log as they are: no line of its own."""

SIZES = ("width", "height", "size")
LONGEST = 4000
"""Characters of an address that somebody is led on to: a proxy and a browser take no header of
any length, and would call it a fault of the server."""

LARGEST = 2048
"""Pixels of a side: Odoo draws pictures for visitors, as large as the address says."""


def is_large(size):
    """Whether a side of a picture is larger than any page shows."""
    return str(size).isdecimal() and int(str(size)[:9]) > LARGEST


def name_of(function):
    return f"{function.__module__}.{function.__name__}"


def is_ours(function, error):
    """Whether the address is one of ours, or our code raised the error behind one of Odoo's."""
    classes = reversed(type(getattr(function, "__self__", None)).mro())
    first = next((found for found in classes if function.__name__ in vars(found)), None)
    if first is None or first.__module__.startswith(OURS):
        return True
    return is_raised_by_us(error)


def is_raised_by_us(error):
    """Whether code of ours raised the error."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    return any(part.startswith("ntue_") for part in Path(last.filename).parts)


def warn(function, error):
    """Say in the log what an address of Odoo's fell over, without what was sent."""
    _logger.warning("%s falls over what it was sent: %s", name_of(function), where(error))
    _logger.debug("It fell there.", exc_info=True)


def where(error):
    """The kind of an error and the place that raised it; not what was sent."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} in {Path(last.filename).name}, line {last.lineno}"


@cache
def needed(function):
    """The parameters without which ``function`` cannot be called."""
    return tuple(
        name
        for name, one in inspect.signature(function).parameters.items()
        if one.default is one.empty
        and one.kind in (one.POSITIONAL_OR_KEYWORD, one.KEYWORD_ONLY)
        and name != "self"
    )


class HttpNonsense(models.AbstractModel):
    """A request that nobody sends by a page is answered as its sender's fault."""

    _name = "ntue.http.nonsense"
    _description = "Requests without sense"

    @classmethod
    def _match(cls, path_info):
        if IN_NO_ADDRESS.search(path_info):
            raise BadRequest(request.env._(SENSELESS))
        return super()._match(path_info)

    @classmethod
    def _pre_dispatch(cls, rule, args):
        if rule.rule.startswith(DATABASES) and not config["list_db"]:
            raise NotFound()
        try:
            result = super()._pre_dispatch(rule, args)
        except psycopg2.DataError as error:  # a record's number in the address
            raise BadRequest(request.env._(SENSELESS)) from error
        if rule.endpoint.routing["type"] in ("jsonrpc", "json2"):
            cls._refuse_halves_of_characters()
        if rule.endpoint.routing["type"] == "jsonrpc":
            cls._refuse_what_is_no_call()
        if rule.endpoint.routing["type"] == "http":
            cls._refuse_what_is_no_token()
        return result

    @classmethod
    def _refuse_what_is_no_token(cls):
        """400 for a form's token with letters of no token: Odoo cannot compare it with its own."""
        sent = request.httprequest
        if not str(sent.form.get("csrf_token") or sent.args.get("csrf_token") or "").isascii():
            raise BadRequest(request.env._(SENSELESS))

    @classmethod
    def _refuse_halves_of_characters(cls):
        """400 for half of a surrogate pair: no database takes it and no answer can repeat it."""
        if not HALF.search(request.httprequest.get_data(as_text=True)):
            return
        try:
            json.dumps(request.get_json_data(), ensure_ascii=False).encode()
        except UnicodeEncodeError as error:
            raise BadRequest(request.env._(SENSELESS)) from error
        except ValueError:  # no JSON at all: Odoo says so
            return

    @classmethod
    def _refuse_what_is_no_call(cls):
        """400 for parameters without names; Odoo sees to what is no JSON at all."""
        try:
            params = request.get_json_data().get("params", {})
        except (AttributeError, ValueError):
            return
        if not isinstance(params, dict):
            raise BadRequest(request.env._(SENSELESS))

    @classmethod
    def _dispatch(cls, endpoint):
        function = endpoint.func
        missing = set(needed(getattr(function, "__func__", function))) - set(request.params)
        if missing:
            raise BadRequest(request.env._("The request lacks: %s.", ", ".join(sorted(missing))))
        cls._refuse_lines_of_the_log(function.__name__)
        font = request.params.get("font") if function.__name__ == "export_icon_to_png" else None
        if any(is_large(request.params.get(name)) for name in SIZES) or (
            font is not None and not FONT.fullmatch(str(font))
        ):
            raise BadRequest(request.env._(SENSELESS))
        try:
            return cls._as_senders(endpoint, super()._dispatch(endpoint))
        except psycopg2.DataError as error:
            raise BadRequest(request.env._(SENSELESS)) from error
        except FALLS as error:
            if is_ours(function, error):
                raise
            warn(function, error)
            raise BadRequest(request.env._(SENSELESS)) from error

    @classmethod
    def _refuse_lines_of_the_log(cls, name):
        """400 for what Odoo would write into the log line by line: as many as anybody likes."""
        texts = [str(request.params.get(key) or "") for key in LOGGED]
        refused = any(IN_NO_ADDRESS.search(text) for text in texts)
        addons = request.params.get("mods")
        if name == "bootstrap_translations" and addons is not None:
            # A name that is no addon's is a line each, and visitors may ask.
            known = list(request.env.registry._init_modules)
            refused = not isinstance(addons, list) or any(addon not in known for addon in addons)
        if refused:
            raise BadRequest(request.env._(SENSELESS))

    @classmethod
    def _post_dispatch(cls, response):
        if isinstance(response, Response) and len(response.headers.get("Location", "")) > LONGEST:
            raise RequestURITooLarge()
        return super()._post_dispatch(response)

    @classmethod
    def _as_senders(cls, endpoint, response):
        """``response``, of what an address caught that it was sent wrongly with 400."""
        caught = set(endpoint.routing["routes"]) & set(CATCH_THEMSELVES)
        if caught and getattr(response, "status_code", None) == 500:
            response.status_code = 400
        return response
