"""What every model inherits: bounds of what is written, and of what a search may cost.

And that what a record works out is written by nobody, and words for people where Odoo has those of
a database: names of our records, why one of them cannot be deleted, and days in ROC years.
"""

from odoo import api, models
from odoo.exceptions import AccessError
from odoo.models import READ_GROUP_TIME_GRANULARITY
from psycopg2.errors import ForeignKeyViolation, RestrictViolation

from ...languages import as_kept
from ...roc import roc_period
from . import bounded_search
from .bounded import bounded


class Base(models.AbstractModel):
    _inherit = "base"

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            vals_list = [self._ntue_bounded(vals) for vals in vals_list]
            context = self.env.context
            self._ntue_bounded(
                {
                    name.removeprefix("default_"): value
                    for name, value in context.items()
                    if name.startswith("default_")
                }
            )
        return super().create(vals_list)

    def write(self, vals):
        if not self.env.su:
            self._ntue_check_worked_out(vals)
            vals = self._ntue_bounded(vals)
        return super().write(vals)

    @api.model
    def _ntue_check_worked_out(self, vals):
        """AccessError for a value that a record of ours works out and keeps.

        Odoo would keep the caller's until what it follows from changes; record rules go by some
        of these. A new record works them out whatever the caller sends.
        """
        for name in vals if self._name.startswith("ntue.") else ():
            field = self._fields.get(name)
            if field and field.store and field.compute and field.readonly and not field.inverse:
                raise AccessError(
                    self.env._(
                        "“%s” follows from other fields. Change those.",
                        field._description_string(self.env) or name,
                    )
                )

    @api.model
    def _ntue_bounded(self, vals):
        """``vals`` with every text short enough and whole; ValidationError otherwise."""
        return bounded(self, vals)

    @api.model
    def _search(self, domain, offset=0, limit=None, order=None, **kwargs):
        bounded_search.check_search(self.env, domain, order)
        return super()._search(domain, offset=offset, limit=limit, order=order, **kwargs)

    @api.model
    def _read_group(
        self, domain, groupby=(), aggregates=(), having=(), offset=0, limit=None, order=None
    ):
        bounded_search.check_search(self.env, domain, order)
        most = bounded_search.most_records(self.env, limit)
        rows = super()._read_group(
            domain, groupby, aggregates, having=having, offset=offset, limit=most, order=order
        )
        return bounded_search.check_records(self.env, rows)

    @api.model
    def _web_read_group_groupby_formatter(self, groupby_spec, values):
        """Groups of days and months have ROC years in our lists, as the days in them (I15)."""
        formatter = super()._web_read_group_groupby_formatter(groupby_spec, values)
        name, _colon, granularity = groupby_spec.partition(":")
        field = self._fields.get(name)
        if not (
            self._name.startswith("ntue.")
            and field
            and field.type in ("date", "datetime")
            and granularity in READ_GROUP_TIME_GRANULARITY
        ):
            return formatter

        def in_roc_years(value):
            group, domain = formatter(value)
            return (group[0], roc_period(value, granularity)) if group else group, domain

        return in_roc_years

    @api.model
    def _get_default_list_view(self):
        return self._ntue_named(super()._get_default_list_view())

    @api.model
    def _get_default_kanban_view(self):
        return self._ntue_named(super()._get_default_kanban_view())

    @api.model
    def _ntue_named(self, arch):
        """A view that Odoo makes of one field, as a phone's picker does: with the whole name.

        Odoo takes the field of the name, or the number of the record where no one field is it.
        """
        for node in arch.iter("field") if self._name.startswith("ntue.") else ():
            node.set("name", "display_name")
        return arch

    @api.model
    def _read_grouping_sets(self, domain, grouping_sets, aggregates=(), order=None):
        bounded_search.check_search(self.env, domain, order)
        return super()._read_grouping_sets(domain, grouping_sets, aggregates, order)

    @api.model
    @api.readonly
    def search_read(
        self, domain=None, fields=None, offset=0, limit=None, order=None, **read_kwargs
    ):
        most = bounded_search.most_records(self.env, limit)
        found = super().search_read(domain, fields, offset, most, order, **read_kwargs)
        return bounded_search.check_records(self.env, found)

    @api.model
    @api.readonly
    def name_search(self, name="", domain=None, operator="ilike", limit=100):
        most = bounded_search.most_records(self.env, limit)
        found = super().name_search(name, domain, operator, most)
        return bounded_search.check_records(self.env, found)

    @api.model
    @api.readonly
    def web_search_read(
        self, domain, specification, offset=0, limit=None, order=None, count_limit=None
    ):
        most = bounded_search.most_records(self.env, limit)
        found = super().web_search_read(domain, specification, offset, most, order, count_limit)
        bounded_search.check_records(self.env, found["records"])
        return found

    @api.readonly
    def read(self, fields=None, load="_classic_read"):
        bounded_search.check_records(self.env, self)
        return super().read(fields, load)

    @api.readonly
    def web_read(self, specification):
        bounded_search.check_records(self.env, self)
        return super().web_read(specification)

    def export_data(self, fields_to_export):
        bounded_search.check_records(self.env, self)
        found = super().export_data(fields_to_export)
        if self._name.startswith("ntue.") and self and not self.env.su:
            self.env["ntue.register.entry"]._enter_exported(
                as_kept(self)._ntue_kind(), len(self), map(str, fields_to_export)
            )
        return found

    def _compute_display_name(self):
        """A record of ours without a name of its own is called by its kind, not by its table."""
        result = super()._compute_display_name()
        if self._name.startswith("ntue.") and not self._rec_name:
            for record in self:
                record.display_name = " ".join(
                    filter(None, (self._ntue_kind(), str(record.id or "")))
                )
        return result

    @api.model
    def _ntue_kind(self):
        """What a record of this model is called, in the reader's language."""
        return self.env["ir.model"]._get(self._name).sudo().name or self._description

    @api.model
    def _sql_error_to_message_generic(self, exc):
        """What is in the way of deleting a record, in words; ``self`` is what refers to it."""
        detail = exc.diag.message_detail or ""
        is_ours = (exc.diag.table_name or "").startswith("ntue_")
        in_use = isinstance(exc, ForeignKeyViolation | RestrictViolation)
        if not (is_ours and in_use and "referenced" in detail):
            return super()._sql_error_to_message_generic(exc)
        if self._name == "base":  # a table between two models
            return self.env._("It is still in use. Take it out where it is used first.")
        return self.env._(
            "It is still in use: there are records of the kind “%s” that belong to it. Delete "
            "those first, or keep it.",
            self._ntue_kind(),
        )


class IrAttachment(models.Model):
    """Names of files come by forms, too, where Odoo writes with the rights of the system."""

    _inherit = "ir.attachment"

    @api.model
    def _index(self, bin_data, file_type, checksum=None):  # the names are Odoo's
        """No words of a file beside it: nobody searches for them, and they would be a second copy
        of what is personal, longer than any text may be."""

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._ntue_bounded(vals) for vals in vals_list])

    def write(self, vals):
        return super().write(self._ntue_bounded(vals))


class MailActivity(models.Model):
    """A task is mailed to the user who gets it."""

    _inherit = "mail.activity"

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._ntue_bounded(vals) for vals in vals_list])

    def _action_done(self, feedback=False, attachment_ids=None):
        self.env["mail.message"]._ntue_bounded({"body": feedback})
        return super()._action_done(feedback=feedback, attachment_ids=attachment_ids)
