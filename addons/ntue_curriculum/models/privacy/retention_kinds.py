"""How long each kind of personal data is kept.

A kind says which records, from which day their time is counted, how long it is unless the
school says otherwise, and why.
"""

from dataclasses import dataclass

from odoo import api, models
from odoo.fields import Domain

MOST_DAYS = 36500
"""What is meant to be kept longer is kept for good: 0."""

AT_ONCE = 200
"""Records erased in one transaction."""

ACCOUNTS_AT_ONCE = 5
"""Accounts closed in one: each is given a password, which takes time, and until the end of it who
begins or saves something as a student waits, and at the door everybody."""


OF_SCHOOL = (
    "ntue.curriculum.area",
    "ntue.curriculum.line",
    "ntue.flexible.rule",
    "ntue.counting.rule",
    "ntue.curriculum.milestone",
    "ntue.curriculum.source",
)
"""Models that hold people by their authors alone."""


@dataclass(frozen=True, slots=True)
class DataKind:
    """One kind of personal data and its rule."""

    key: str
    model: str
    label: str
    why: str
    moment: str
    """Field from whose day the time is counted; ``window_id.date_leave`` is one."""
    default: int = 0
    """Days; 0 is kept for good. Without a setting where the record itself has the day."""
    least: int = 1
    """Fewer days are a slip of the hand."""
    domain: Domain = Domain.TRUE
    student: str = ""
    """Path to the student, where there is one whose needs keep the record."""
    by_correspondence: bool = False
    """Whether the student is the one whose correspondence the record belongs to."""
    has_setting: bool = True
    at_once: int = AT_ONCE


class RetentionKinds(models.AbstractModel):
    """Every kind of personal data, with its rule."""

    _name = "ntue.retention.kinds"
    _description = "Kinds of personal data"

    # The rules

    @api.model
    def _kinds(self):
        """Every kind, in the order of the settings; addons add theirs."""
        return [*self._kinds_of_people(), *self._kinds_of_messages(), *self._kinds_of_use()]

    @api.model
    def _kinds_of_people(self):
        _ = self.env._
        return [
            DataKind(
                key="passport_copies",
                model="ntue.passport.copy",
                label=_("Passport copies"),
                why=_(
                    "They show the name on the diploma and nothing else: nobody needs them once "
                    "it is made."
                ),
                moment="purge_on",
                student="student_id",
                has_setting=False,
            ),
            DataKind(
                key="contacts",
                model="ntue.student",
                label=_("E-mail, phone numbers and account of people who left"),
                why=_(
                    "The office writes to students, and to graduates about their diploma for two "
                    "years; afterwards nobody is written to."
                ),
                moment="left_on",
                default=730,
                least=180,
                domain=self._has_contacts(),
                student="id",
                at_once=ACCOUNTS_AT_ONCE,
            ),
            DataKind(
                key="history",
                model="ntue.student.change",
                label=_("History of the profile"),
                why=_(
                    "It settles who changed a name or an address of the diploma; after three "
                    "years nobody asks."
                ),
                moment="changed_at",
                default=1095,
                least=180,
                student="student_id",
            ),
            DataKind(
                key="plans",
                model="ntue.study.plan",
                label=_("Saved study plans"),
                why=_("A plan that nobody has changed for three years is of no use to anybody."),
                moment="changed_at",
                default=1095,
                least=180,
                student="student_id",
            ),
        ]

    @api.model
    def _kinds_of_messages(self):
        _ = self.env._
        return [
            DataKind(
                key="messages",
                model="mail.message",
                label=_("Messages between students and the office, with their files"),
                why=_(
                    "They explain decisions; decisions and reasons stay in the log without them."
                ),
                moment="date",
                default=1095,
                least=365,
                domain=Domain("model", "in", self._correspondences()),
                by_correspondence=True,
            ),
            DataKind(
                key="files",
                model="ir.attachment",
                label=_("Files at messages that are gone"),
                why=_("A file is of no use without its message."),
                moment="create_date",
                default=1095,
                least=365,
                domain=Domain("res_model", "in", self._correspondences())
                & Domain("res_field", "=", False),
                by_correspondence=True,
            ),
            DataKind(
                key="mails",
                model="mail.mail",
                label=_("Copies of mails that were sent or failed"),
                why=_(
                    "The message is in the correspondence; the copy only says whether it was sent."
                ),
                moment="create_date",
                default=30,
                least=7,
                domain=Domain("state", "in", ("sent", "exception", "cancel"))
                & Domain("model", "=like", "ntue.%"),
                by_correspondence=True,
            ),
            DataKind(
                key="imports",
                model="ir.attachment",
                label=_("Files of imports"),
                why=_("Everything in them is in the records once they are imported."),
                moment="create_date",
                default=7,
                domain=Domain("res_model", "=", "ntue.import.wizard")
                & Domain("res_field", "=", False)
                | Domain("res_model", "in", ["ntue.import", "ntue.import.file"])
                & Domain("res_field", "in", ["findings", "content"]),
            ),
        ]

    @api.model
    def _kinds_of_use(self):
        _ = self.env._
        return [
            DataKind(
                key="sign_ins",
                model="res.device.log",
                label=_("Where students signed in from"),
                why=_("It shows a stranger in the account; after half a year nobody looks."),
                moment="last_activity",
                default=180,
                least=30,
                domain=Domain("user_id.partner_id.ntue_record_ids", "!=", False),
                student="user_id.partner_id.ntue_record_ids",
            ),
            DataKind(
                key="openings",
                model="ntue.passport.opening",
                label=_("Who opened a passport copy"),
                why=_(
                    "Records of use are evidence that data were protected; five years are what "
                    "rules on the protection of personal data usually ask for."
                ),
                moment="opened_at",
                default=1825,
                least=365,
                student="student_id",
            ),
        ]

    @api.model
    def _kind(self, key):
        """The kind of this key."""
        return next(kind for kind in self._kinds() if kind.key == key)

    @api.model
    def _held_models(self):
        """For each of our models that holds people: the key of its kind, or why it has none.

        A crossing by introspection asks for every model (``test_retention``).
        """
        _ = self.env._
        study = _(
            "School records are kept for good by the school's own rules: what was studied, with "
            "which grade, and who decided. What people wrote on it goes with the name."
        )
        derived = _("Made from the school records again at any time; goes with them.")
        dialog = _("A dialog: Odoo deletes it within hours.")
        return {
            "ntue.student": study,
            "ntue.student.term": study,
            "ntue.enrollment": study,
            "ntue.recognition": study,
            "ntue.milestone.evidence": study,
            "ntue.student.programme": study,
            "ntue.register.entry": _(
                "Entries are one chain, and what decided stays accountable. Addresses and phone "
                "numbers are not in it; of somebody erased nobody reads it any more."
            ),
            "ntue.import.conflict": _(
                "Says how a value of the school record was decided, and is kept with it; what is "
                "about the profile goes with the contacts."
            ),
            "ntue.audit": derived,
            "ntue.audit.due": derived,
            "ntue.audit.run": _("Names the employee who asked for it, nobody else."),
            "ntue.department": _("Names the assistants who work there."),
            "ntue.program": _("Says which department's assistants see it; of the school."),
            "ntue.curriculum": _("Of the school; names who published it."),
            "ntue.failed.mail": "mails",
            "ntue.student.change": "history",
            "ntue.study.plan": "plans",
            "ntue.passport.copy": "passport_copies",
            "ntue.passport.opening": "openings",
            "ntue.student.correspondence": "messages",
            "ntue.password.request": _(
                "Emptied of what was typed as soon as it is answered, within the hour; that a link "
                "was mailed to the account counts for a day."
            ),
            "ntue.kept.paper": _(
                "A print of what was submitted: deleted after sixty days, and with it before."
            ),
            "ntue.import.wizard": "imports",
            "ntue.import.file": "imports",
            "ntue.import": _(
                "Says who imported and how much came of it; what was in the files and what was "
                "found in them goes with the files."
            ),
            "ntue.import.progress": _("Names files; deleted as soon as the import has ended."),
            **dict.fromkeys(OF_SCHOOL, _("Of the school.")),
            **dict.fromkeys(self._dialogs(), dialog),
        }

    @api.model
    def _dialogs(self):
        """Names of our transient models."""
        return [
            name
            for name, model in self.env.registry.items()
            if name.startswith("ntue.") and model._transient and name != "ntue.import.wizard"
        ]

    @api.model
    def _correspondences(self):
        """Names of the models that bear messages."""
        return sorted(
            name
            for name, model in self.env.registry.items()
            if getattr(model, "_is_correspondence", False) and not model._abstract
        )

    @api.model
    def _has_contacts(self):
        """Students of whom there is still something by which they are reached."""
        written = Domain.OR(Domain(name, "!=", False) for name in ("email", "mobile", "phone"))
        is_open = [("share", "=", True), ("active", "=", True)]
        account = Domain("partner_id.user_ids", "any", is_open)
        return written | account
