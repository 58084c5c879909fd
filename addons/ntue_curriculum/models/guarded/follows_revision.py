from odoo import api, models

from ...marked_rows import mark_rows_at_end


class FollowsRevision(models.AbstractModel):
    """Records that go over to the next revision of a framework when that is published.

    Who publishes takes over what there is (``CurriculumSuccession._take_over``), and does not see
    what another transaction enters meanwhile; that one does not see the revision. So both write
    one row, the archived framework or a student of it: the second is repeated and sees the first.
    """

    _name = "ntue.follows.revision"
    _description = "Follows the revisions of a framework"

    _following_fields = frozenset({"curriculum_id"})
    """The fields that say to which revision a record belongs."""

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records._follow_revisions()
        return records

    def write(self, vals):
        result = super().write(vals)
        if self._following_fields & set(vals):
            self._follow_revisions()
        return result

    def _follow_revisions(self):
        """Mark what whoever publishes the next revision writes as well; a hook.

        Of records bound to a framework it is the framework, of which no student's row is written.
        """
        mark_rows_at_end(self.curriculum_id)
