"""What a window tells students: every text the registrar's, with a start from here (I14)."""

import re

from markupsafe import Markup
from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...pages.guide import guide_texts

PORTAL_URL = "https://protocol.ntue.edu.tw/"
"""The campus portal, by which students come in (54)."""

ROMANIZATION_URL = "https://www.boca.gov.tw/sp-natr-singleform-1.html"
"""Where the Ministry of Foreign Affairs spells names (51)."""

ADDRESS = re.compile(r"(https?://[\w\-.~:/?#@!$&()*+,;=%]*[\w/#=])", re.ASCII)
"""A web address within a text; what closes the sentence is no part of it."""

ADDRESS_FIELDS = ("legal_basis_url", "portal_url", "romanization_url")

LINK = Markup('<a href="{0}" target="_blank" rel="noopener">{0}</a>')


def _linked(line):
    """``line`` as HTML: its addresses can be followed, all else is text."""
    parts = ADDRESS.split(line)
    return Markup().join(LINK.format(part) if at % 2 else part for at, part in enumerate(parts))


def _text(name, **options):
    """A translatable text that begins as ``_default_texts`` has it."""
    return fields.Text(translate=True, default=lambda self: self._default_texts()[name], **options)


class WindowTexts(models.AbstractModel):
    """The part of a window that keeps its texts; see ``window``."""

    _name = "ntue.graduation.window.texts"
    _description = "Application window: texts"

    who_applies = _text(
        "who_applies",
        string="Who applies",
        help="Notice: who should apply. One sentence a line.",
    )
    who_waits = _text(
        "who_waits",
        string="Who need not apply",
        help="Notice: who need not, or should not yet. One sentence a line.",
    )
    teacher_education = _text(
        "teacher_education",
        string="Teacher education",
        help="Notice: where teacher-education students ask before applying.",
    )
    conditions = _text("conditions", help="Notice: what is asked of applicants. One a line.")
    steps = _text("steps", help="Notice: what to do in order. One a line; numbers are added.")
    profile_notice = _text(
        "profile_notice",
        string="English name and e-mail",
        help="Notice: what the diploma is made with. One sentence a line.",
    )
    flexible_notice = _text(
        "flexible_notice", string="Flexible courses", help="Notice: that rules differ."
    )
    caution = _text("caution", help="Shown to students before they save and submit.")
    submit_caution = _text(
        "submit_caution",
        string="Caution at submission",
        help="That nothing can be changed after submission.",
    )
    draft_caution = _text(
        "draft_caution", string="Caution on drafts", help="That a draft is no application."
    )
    validity_notice = _text(
        "validity_notice", string="Validity", help="How long the result of a review holds."
    )
    classification_help = _text(
        "classification_help",
        string="Help with classification",
        help="Whom to ask about courses and areas, in which order.",
    )
    missed_help = _text(
        "missed_help", string="Help after the period", help="Whom to ask when the period is over."
    )
    legacy_notice = _text(
        "legacy_notice",
        string="Early entry years",
        help="Shown to students whose classification is for reference only.",
    )
    slip_notice = _text(
        "slip_notice",
        string="Notice on the slip",
        help="Printed on the slip above the signature line.",
    )
    print_help = _text(
        "print_help",
        string="Help with printing",
        help="Shown beside the slip to who has no printer. One sentence a line.",
    )
    contact_unit = fields.Char(
        string="Office to contact",
        translate=True,
        help="The office that answers. Empty: the office of the division.",
    )
    contact_name = fields.Char(
        string="Person to contact", help="Case officer for questions on the application."
    )
    contact_phone = fields.Char(string="Phone of the contact")
    contact_email = fields.Char(string="Contact e-mail")
    contact_counter = fields.Char(
        string="Counter",
        translate=True,
        help="Where the office receives students and when it is open: building, room, days and "
        "hours.",
    )
    legal_basis = fields.Char(
        string="Legal basis",
        translate=True,
        default=lambda self: self._default_texts()["legal_basis"],
    )
    legal_basis_url = fields.Char(string="Address of the legal basis")
    portal_url = fields.Char(
        string="Campus portal", default=PORTAL_URL, help="Where students sign in."
    )
    romanization_url = fields.Char(
        string="Spelling of names",
        default=ROMANIZATION_URL,
        help="Where a name without a passport is looked up.",
    )

    @api.constrains(*ADDRESS_FIELDS)
    def _check_addresses(self):
        for window in self:
            for name in ADDRESS_FIELDS:
                if window[name] and not ADDRESS.fullmatch(window[name]):
                    raise ValidationError(
                        self.env._(
                            "“%s” is no web address: write it whole, beginning with https://.",
                            window[name],
                        )
                    )

    @api.model
    def _default_texts(self):
        """What every window says until the registrar writes it otherwise, by field."""
        return {
            **self._default_notice(),
            **self._default_cautions(),
            **self._default_help(),
            **guide_texts(self.env),
        }

    @api.model
    def _default_notice(self):
        return {
            "who_applies": self._joined(
                self.env._(
                    "Students who expect to leave the school and collect their diploma this term."
                ),
                self.env._(
                    "Students who take the degree examination and leave this term apply this term."
                ),
                self.env._(
                    "Whatever was applied for or handed in in an earlier term does not count: "
                    "apply anew in the term in which you leave."
                ),
            ),
            "who_waits": self._joined(
                self.env._("A student who does not leave this term has nothing to do."),
                self.env._(
                    "Please do not apply yet if you are in teacher education and still need "
                    "courses of it next term."
                ),
                self.env._(
                    "Please do not apply yet if you prepare for the school's next selection "
                    "examination for teacher education."
                ),
            ),
            "conditions": self._joined(
                self.env._("Enrolled for at least 2 terms; terms of leave do not count."),
                self.env._(
                    "The credits and courses that your department asks for are completed, or "
                    "will be with the courses of this term."
                ),
                self.env._("Where your department has other rules on terms or credits, they hold."),
            ),
            "steps": self._joined(
                self.env._("Look at your study progress, and ask about what seems wrong there."),
                self.env._("Check English name, e-mail and phone numbers in your profile."),
                self.env._(
                    "Choose New application, and tick the courses from elsewhere that shall count "
                    "as flexible credits, within the limit of your department."
                ),
                self.env._("Save the draft and read its slip."),
                self.env._("Submit the application."),
                self.env._(
                    "Print the official slip, sign it and hand it to the assistant of your "
                    "department: only then is the application complete."
                ),
            ),
            "legal_basis": self.env._("Directions for the review of graduation qualification"),
        }

    @api.model
    def _default_cautions(self):
        return {
            "profile_notice": self._joined(
                self.env._(
                    "The bilingual diploma is printed with the English name of your profile. It "
                    "has to be spelled as in your passport, as in WANG, TA-MING."
                ),
                self.env._("Without a passport, look the spelling up at the address below."),
                self.env._(
                    "Students who want an alias of the passport on the diploma add a copy of the "
                    "passport."
                ),
                self.env._(
                    "The digital diploma goes to the e-mail of your profile. If it does not "
                    "arrive, tell the office below the right address."
                ),
            ),
            "flexible_notice": self.env._(
                "How many credits from elsewhere count, and whether they need an approval "
                "beforehand, differs from department to department. Ask before you rely on them."
            ),
            "caution": self.env._(
                "If you do not submit, or do not hand in the signed slip, the delay of your "
                "graduation is your own responsibility. So is a wrong or missing English name."
            ),
            "submit_caution": self.env._(
                "After submission you cannot change anything yourself. If you find a mistake "
                "then, ask the assistant of your department to return the application to you."
            ),
            "draft_caution": self.env._(
                "A slip marked 暫存檔 is that of a draft: nothing has been submitted, nobody can "
                "review it, and it does not count as an application."
            ),
            "validity_notice": self.env._(
                "The result holds for this term only. Students who have not left by the final "
                "leaving date apply again in the term of leaving, as long as the study period "
                "lasts, and tick the flexible courses again."
            ),
        }

    @api.model
    def _default_help(self):
        return {
            "teacher_education": self.env._(
                "If you are about to finish teacher education and want to leave this term, you "
                "may apply. Ask the Office of Teacher Education first whether your courses and "
                "the internship allow it."
            ),
            "classification_help": self.env._(
                "Is a course in the wrong place? Look it up in the framework of your entry year "
                "first, then ask the assistant of your department."
            ),
            "missed_help": self.env._(
                "If you missed the period, ask the assistant of your department what can still "
                "be done."
            ),
            "legacy_notice": self.env._(
                "For entry year 98 and earlier the system may not sort the courses rightly: the "
                "classification is for reference only, and the manual review decides. You still "
                "apply on line."
            ),
            "print_help": self._joined(
                self.env._(
                    "On a phone: have the slip sent to your mailbox or save it, and print it at a "
                    "convenience store on A4 paper (upload the PDF with the store's printing app "
                    "and enter the pick-up code at the machine)."
                ),
                self.env._("Then sign it by hand and hand it in."),
            ),
            "slip_notice": self._joined(
                self.env._(
                    "1. Compare the English name and the e-mail above with your passport and "
                    "your mailbox: the diploma is made with them."
                ),
                self.env._(
                    "2. The application is complete only when this slip is signed and handed to "
                    "the assistant of your department."
                ),
                self.env._(
                    "3. The result holds for this term only. Students who have not left by the "
                    "final leaving date apply again in a later term, flexible courses included."
                ),
            ),
        }

    @api.model
    def _joined(self, *sentences):
        return "\n".join(sentences)

    def _sentences(self, name):
        """The lines of a text as HTML, addresses as links; blank lines are left out."""
        self.ensure_one()
        lines = (line.strip() for line in (self[name] or "").splitlines())
        return [_linked(line) for line in lines if line]

    def _contact_office(self):
        """Who answers questions on the application (23)."""
        self.ensure_one()
        return self.contact_unit or self._division_office(self.division)

    @api.model
    def _division_office(self, division):
        """The registrar's side of a division (2)."""
        offices = {
            "day": self.env._("Registrar's office"),
            "continuing": self.env._("Continuing Education Center"),
        }
        return offices[division]
