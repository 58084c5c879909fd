"""What a line of the log for programs says, and that it says nothing of anybody."""

import json
import logging
import sys

from observing.json_log import JsonFormatter, said
from observing.request_number import current

PERSONAL = ("王大明", "210941001", "mei@example.com", "0912345678", "192.0.2.7", "WANG", "91.5")


def line(words, *filled, exc_info=None, **more):
    record = logging.LogRecord("odoo.addons.x", logging.ERROR, __file__, 1, words, filled, exc_info)
    record.__dict__.update(more)
    return json.loads(JsonFormatter().format(record))


def test_a_line_has_the_words_of_the_code_and_small_numbers_and_nothing_else_of_what_is_filled_in():
    text = "%s (%s) wrote %s, %d of %(unused)s %s: %.1f %s %5s"
    found = line(text.replace("%(unused)s ", ""), *PERSONAL[:3], 7, *PERSONAL[3:5], 42, "x", "y")
    assert "wrote" in found["message"]
    assert "7 of" in found["message"]
    assert not [word for word in PERSONAL if word in json.dumps(found, ensure_ascii=False)]
    assert said("%(name)s of %(count)s", {"name": "王大明", "count": 3}) == "… of 3"
    assert said(ValueError("王大明"), ()) == "…"


def test_words_that_were_put_together_before_lose_what_may_be_personal():
    for word in PERSONAL:
        if word not in ("WANG", "91.5"):
            assert word not in said(f"Failed for {word} today", ())
    assert "91.5" not in said('Value "91.5" of "WANG" at /my/graduation/41', ())


def test_an_exception_has_its_kind_and_its_places_and_not_what_it_says():
    try:
        int("Key (login)=(210941001) of 王大明")
    except ValueError:
        found = line("Exception during request", exc_info=sys.exc_info())
    assert found["error"] == "ValueError"
    assert found["where"]
    text = json.dumps(found, ensure_ascii=False)
    assert not [word for word in PERSONAL if word in text]
    assert "Key (login)" not in text


def test_a_line_of_a_request_has_its_number_and_its_figures():
    mark = current.set("ab" * 8)
    try:
        found = line("Request answered", ntue_figures={"route": "/my/graduation", "status": 200})
    finally:
        current.reset(mark)
    assert (found["request"], found["route"], found["status"]) == ("ab" * 8, "/my/graduation", 200)
    assert "request" not in line("Nothing asked for this")
