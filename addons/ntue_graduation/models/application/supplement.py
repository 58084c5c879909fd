"""What the department asks a student to hand in besides, until when, and whether it came (190)."""

from odoo import api, fields, models
from odoo.fields import Domain

from ...workflow import POSITION_FIELDS, SUBMITTED

SUPPLEMENT_OPEN = Domain.AND(
    [
        *(Domain(name, "=", value) for name, value in zip(POSITION_FIELDS, SUBMITTED, strict=True)),
        Domain("supplement_requested_on", "!=", False),
        Domain("supplement_received_on", "=", False),
    ]
)
"""Whether a supplement is still asked for: the one place that says it."""


class ApplicationSupplement(models.AbstractModel):
    """The part of an application that is about its supplement (補件); see ``application``."""

    _name = "ntue.graduation.application.supplement"
    _description = "Graduation application: supplement"

    supplement_requested_on = fields.Date(
        string="Supplement asked for", readonly=True, help="Day on which the student was asked."
    )
    supplement_text = fields.Char(string="What is to be handed in", readonly=True)
    supplement_deadline = fields.Date(string="To be handed in by", readonly=True)
    supplement_uploaded_at = fields.Datetime(
        string="Supplement uploaded", readonly=True, help="When the student last uploaded it."
    )
    supplement_received_on = fields.Date(string="Supplement received", readonly=True)
    supplement_is_open = fields.Boolean(
        compute="_compute_supplement_is_open",
        search="_search_supplement_is_open",
        string="Supplement still to come",
        help="The student has to hand something in now: only while the first review goes on.",
    )

    @api.depends(*POSITION_FIELDS, "supplement_requested_on", "supplement_received_on")
    def _compute_supplement_is_open(self):
        for application in self:
            application.supplement_is_open = bool(application.filtered_domain(SUPPLEMENT_OPEN))

    def _search_supplement_is_open(self, operator, value):
        if operator != "in" or set(value) - {True, False}:
            return NotImplemented
        return Domain.OR(SUPPLEMENT_OPEN if wanted else ~SUPPLEMENT_OPEN for wanted in value)
