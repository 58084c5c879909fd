from odoo import api, models
from odoo.exceptions import AccessError

from ...erasing import is_erasing


class AddedOnly(models.AbstractModel):
    """A record that the product writes by itself: added, changed by nobody, erased in its time."""

    _name = "ntue.added.only"
    _description = "Only added to"

    def _adding_refused(self):
        """The sentence for somebody who adds one by a call of their own."""
        raise NotImplementedError

    def _changing_refused(self):
        """The sentence for somebody who changes or deletes one."""
        raise NotImplementedError

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            raise AccessError(self._adding_refused())
        return super().create(vals_list)

    # Nobody's write goes through, so none is passed on.
    # pylint: disable-next=method-required-super
    def write(self, vals):  # noqa: ARG002  # the name is Odoo's
        raise AccessError(self._changing_refused())

    @api.ondelete(at_uninstall=False)
    def _unlink_when_its_time_is_over(self):
        if not is_erasing(self):
            raise AccessError(self._changing_refused())
