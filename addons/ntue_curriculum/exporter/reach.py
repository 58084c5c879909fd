"""Whose records a user takes out as files: those whom it is the user's office to look after."""

from odoo.exceptions import AccessError
from odoo.fields import Domain

DIVISIONS = {
    "day": "ntue_curriculum.group_registrar_day",
    "continuing": "ntue_curriculum.group_registrar_continuing",
}


class Reach:
    """What ``env.user`` exports. Record rules hold besides; this leaves out what is one's own.

    Registrars: the students of their divisions, and the plain data of the school. Assistants:
    their departments. The shell, which has all rights: everything. AccessError for all others.
    ``departments``: if there are any, of students those of these alone.
    """

    def __init__(self, env, departments=None):
        user = env.user
        self.is_everything = env.su
        self.is_registrar = env.su or user.has_group("ntue_curriculum.group_registrar")
        self.is_assistant = user.has_group("ntue_curriculum.group_assistant")
        if not (self.is_registrar or self.is_assistant):
            raise AccessError(
                env._("Only registrars and assistants take tables out of the system as files.")
            )
        self._uid = user.id
        self._of_departments = (
            Domain("department_id", "in", departments.ids) if departments else Domain.TRUE
        )
        self._divisions = [name for name, group in DIVISIONS.items() if user.has_group(group)]

    def departments(self, path=""):
        """The departments, or what belongs to them by ``path``, as a search domain."""
        if self.is_registrar:
            return Domain.TRUE
        return Domain(f"{path}assistant_ids", "in", [self._uid])

    def students(self):
        """The students whom the user looks after, as a search domain."""
        if self.is_everything:
            return self._of_departments
        found = Domain("division", "in", self._divisions)
        if self.is_assistant:
            found |= Domain("department_id.assistant_ids", "in", [self._uid])
        return found & self._of_departments
