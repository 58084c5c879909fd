from odoo.addons.web.controllers.dataset import DataSet
from odoo.http import route

NO_CALL = (AttributeError, KeyError, TypeError, ValueError)


def _read_only_call(controller, rule, args):
    """Whether the call needs no cursor that writes; one that is no call at all is refused later.

    Odoo reads the body here, before anything is prepared for what is wrong with it.
    """
    try:
        return controller._call_kw_readonly(rule, args)
    except NO_CALL:
        return False


class CallsController(DataSet):
    """Remote calls of the browser's session."""

    @route(readonly=_read_only_call)
    def call_kw(self, model, method, args, kwargs, path=None):
        return super().call_kw(model, method, args, kwargs, path)

    @route(readonly=_read_only_call)
    def call_button(self, model, method, args, kwargs, path=None):
        return super().call_button(model, method, args, kwargs, path)
