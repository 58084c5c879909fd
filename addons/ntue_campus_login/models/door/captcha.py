"""The captcha: made here, bound to the visitor's session, good for one answer (59, D48).

A picture of some digits, which are spoken for anyone who does not see it; or work for the browser,
for schools that want to ask people nothing. What is right stays in the session, on the server.
"""

import base64
import json
import secrets
import time
import unicodedata
from functools import cache
from pathlib import Path

import altcha
from captcha.audio import AudioCaptcha
from captcha.image import ImageCaptcha
from odoo import api, models
from odoo.http import request

SESSION = "ntue_captcha"
"""Key of the session: the challenges that wait for an answer, by number."""

FAILED = "ntue_sign_in_failed"
"""Key of the session: somebody failed to sign in here."""

NO_WORK = "ntue_captcha_no_work"
"""Key of the session: the browser cannot work. A form came without, or it asked for a picture."""

OPEN = 5
"""Challenges that wait in one session: pages open beside each other, and Back."""

SECONDS = 900
DIGITS = 5
SOUNDS = 3
"""How often one challenge is spoken: it takes the server half a second each time."""

WORK = 60_000
"""Numbers that a browser tries at most; a phone takes less than a second."""

INK, PAPER = (28, 45, 82, 255), (246, 248, 252)
"""Dark on light: what is hard for a machine need not be hard to see."""

VOICES = Path(__file__).parents[2] / "static" / "voices"
"""Spoken digits by language; of a language that is not there the library's own, in English."""

KINDS = [("picture", "A picture of digits, spoken on request"), ("work", "Work for the browser")]
TIMES = [("always", "Always"), ("failure", "After a failure")]


WIDTH, HEIGHT = 240, 70
"""Pixels of a picture; the page says them too, so that nothing moves when it comes."""


@cache
def _pictures():
    pictures = ImageCaptcha(width=WIDTH, height=HEIGHT, font_sizes=(42, 46, 50))
    # Beside each other: digits that lie over one another nobody reads. A gap now and then.
    pictures.word_offset_dx, pictures.word_space_probability = 0, 0.9
    # How much ink a point gets by its brightness: the library lets dark ink almost vanish.
    pictures.lookup_table = [min(255, value * 6) for value in range(256)]
    return pictures


@cache
def _voice(folder):
    """Anyone who speaks the digits; ``folder`` is of a language, or empty."""
    return AudioCaptcha(voicedir=folder or None)


def _folder_of(lang):
    folder = VOICES / (lang or "")[:2]
    return str(folder) if lang and folder.is_dir() else ""


def typed_digits(text):
    """What was typed, without blanks and with the digits that a picture shows."""
    whole = unicodedata.normalize("NFKC", text or "")[:100]
    return "".join(whole.split())


class Captcha(models.AbstractModel):
    _name = "ntue.captcha"
    _description = "Captcha"

    # What a page asks

    @api.model
    def _needed(self, purpose, account=None):
        """Whether the form for ``purpose`` has to carry an answer.

        ``account`` is what somebody typed as theirs. Of an account that is none it is told
        alike, since failures are counted alike.
        """
        if purpose != "sign_in" or self._when() == "always":
            return True
        if request.session.get(FAILED):
            return True
        address = request.httprequest.remote_addr
        limits = self.env["ntue.sign.in.limit"]
        if limits._crowded(purpose, address):
            return True
        return bool(account) and limits._has_failed(purpose, account, address)

    @api.model
    def _values(self, purpose):
        """A new challenge of the session, as ``ntue_campus_login.captcha`` shows it."""
        number = secrets.token_urlsafe(9)
        make = self._new_work if self._kind() == "work" else self._new_picture
        challenge, shown = make()
        kept = dict(request.session.get(SESSION) or {})
        for oldest in list(kept)[: max(0, len(kept) - OPEN + 1)]:
            del kept[oldest]
        kept[number] = {**challenge, "purpose": purpose, "until": int(time.time()) + SECONDS}
        request.session[SESSION] = kept
        return {"captcha": {**shown, "number": number}}

    @api.model
    def _accept(self, purpose, form):
        """Whether ``form`` answers a challenge of this session for ``purpose``; it is used up."""
        number = str(form.get("captcha_number") or "")
        kept = dict(request.session.get(SESSION) or {})
        challenge = kept.pop(number, None)
        request.session[SESSION] = kept
        if not challenge or challenge["purpose"] != purpose or challenge["until"] < time.time():
            return False
        if not self.env["ntue.captcha.used"]._is_first(number):
            return False
        if "text" in challenge:
            answer = typed_digits(form.get("captcha"))
            return secrets.compare_digest(answer.encode(), challenge["text"].encode())
        done = str(form.get("captcha") or "")
        if not done:
            request.session[NO_WORK] = True
        return self._is_done(challenge, done)

    @api.model
    def _sound(self, number):
        """The digits of a waiting challenge, spoken, as the bytes of a WAV file; or None."""
        kept = dict(request.session.get(SESSION) or {})
        challenge = kept.get(number)
        spoken = challenge and challenge.get("spoken", 0)
        if not challenge or "text" not in challenge or spoken >= SOUNDS:
            return None
        kept[number] = {**challenge, "spoken": spoken + 1}
        request.session[SESSION] = kept
        return bytes(_voice(_folder_of(self.env.lang)).generate(challenge["text"]))

    # Its two kinds

    @api.model
    def _when(self):
        said = self.env["ir.config_parameter"].sudo().get_param("ntue_campus_login.captcha_when")
        return said if said in dict(TIMES) else "always"

    @api.model
    def _kind(self):
        """The kind that the school chose; the picture for a browser that cannot work."""
        if request.httprequest.args.get("captcha") == "picture":
            request.session[NO_WORK] = True  # on the pages that answer its forms, too
        if request.session.get(NO_WORK):
            return "picture"
        said = self.env["ir.config_parameter"].sudo().get_param("ntue_campus_login.captcha")
        return said if said in dict(KINDS) else "picture"

    @api.model
    def _new_picture(self):
        text = "".join(secrets.choice("0123456789") for _digit in range(DIGITS))
        drawn = _pictures().generate(text, bg_color=PAPER, fg_color=INK).getvalue()
        picture = f"data:image/png;base64,{base64.b64encode(drawn).decode()}"
        size = {"width": WIDTH, "height": HEIGHT}
        return {"text": text}, {"kind": "picture", "picture": picture, **size}

    @api.model
    def _new_work(self):
        key = secrets.token_hex(16)
        options = altcha.ChallengeOptionsV1(max_number=WORK, hmac_key=key)
        made = altcha.create_challenge_v1(options)
        asked = {"kind": "work", "work": json.dumps(made.to_dict())}
        return {"key": key, "challenge": made.challenge}, asked

    @api.model
    def _is_done(self, challenge, payload):
        """Whether the browser did the work of this very challenge."""
        try:
            done = json.loads(base64.b64decode(payload, validate=True))
            if not isinstance(done, dict) or done.get("challenge") != challenge["challenge"]:
                return False
            return altcha.verify_solution_v1(done, challenge["key"])[0]
        except (AttributeError, TypeError, ValueError):
            return False
