from odoo.http import Controller, request, route
from werkzeug.exceptions import NotFound


class CaptchaController(Controller):
    """The spoken alternative to a picture; the picture itself is in its page."""

    @route(
        "/web/captcha/<string:number>.wav",
        type="http",
        auth="public",
        methods=["GET"],
        sitemap=False,
        readonly=True,
    )
    def captcha_sound(self, number):
        """The digits of a challenge that waits in this session; of no other one."""
        sound = request.env["ntue.captcha"]._sound(number)
        if sound is None:
            raise NotFound()
        headers = [("Content-Type", "audio/wav"), ("Content-Length", len(sound))]
        return request.make_response(sound, headers)
