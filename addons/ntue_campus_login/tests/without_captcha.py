"""For tests of what comes after the captcha: no page asks for one."""

from unittest.mock import patch


class WithoutCaptcha:
    """A mixin over cases; ``test_captcha`` and ``asks_for_captcha`` prove that pages ask."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        captcha = type(cls.env["ntue.captcha"])
        cls.startClassPatcher(patch.object(captcha, "_needed", lambda *_args, **_kw: False))
