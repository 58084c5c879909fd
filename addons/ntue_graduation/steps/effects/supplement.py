"""補件中: what is to be handed in, until when, and whether it came (D24)."""

from odoo.addons.ntue_curriculum.clock import taipei_today

from ..registry import effect


@effect
def open_supplement(step):
    application = step.application
    application._set(
        {
            "supplement_requested_on": taipei_today(),
            "supplement_text": application.step_reason,
            "supplement_deadline": application.step_deadline,
            "supplement_uploaded_at": False,
            "supplement_received_on": False,
        }
    )


@effect
def receive_supplement(step):
    step.application._set({"supplement_received_on": taipei_today()})


@effect
def drop_supplement(step):
    """Nothing is asked for any more."""
    step.application._set(
        {
            "supplement_requested_on": False,
            "supplement_text": False,
            "supplement_deadline": False,
            "supplement_uploaded_at": False,
            "supplement_received_on": False,
        }
    )
