"""The texts of a window in every language from its start, and which were changed in one alone."""

from odoo import api, fields, models
from odoo.tools.i18n import format_list


class WindowLanguages(models.AbstractModel):
    """The part of a window that keeps its texts in all languages; see ``window``."""

    _name = "ntue.graduation.window.languages"
    _description = "Application window: languages"

    one_sided_texts = fields.Char(
        string="Texts changed in one language alone",
        compute="_compute_one_sided_texts",
        help="Who reads the other language still reads there what every window begins with.",
    )

    @api.depends_context("lang")
    def _compute_one_sided_texts(self):
        """The texts that were changed in one language and in another are as they began."""
        begun = {lang: self.with_context(lang=lang)._default_texts() for lang in self._languages()}
        fields_of = self.fields_get(list(self._default_texts()), ["string"])
        for window in self:
            names = [
                values["string"]
                for name, values in fields_of.items()
                if len({window._as_begun(name, lang, texts) for lang, texts in begun.items()}) > 1
            ]
            window.one_sided_texts = format_list(self.env, names) if names else False

    def _as_begun(self, name, lang, texts):
        return (self._origin or self).with_context(lang=lang)[name] == texts[name]

    @api.model
    def _languages(self):
        return [code for code, _name in self.env["res.lang"].get_installed()]

    @api.model_create_multi
    def create(self, vals_list):
        blank = self._blank()
        windows = super().create([{**blank, **vals} for vals in vals_list])
        others = set(self._languages()) - {self.env.lang or "en_US"}
        windows._translate_defaults(self._default_texts(), others)
        windows.schedule_ids._translate_defaults(others)
        return windows

    def _begin_in(self, languages):
        """Say in ``languages``, which are new here, what still reads in another as it began."""
        for known in set(self._languages()) - set(languages):
            there = self.with_context(lang=known)
            there._translate_defaults(self._default_texts(), languages)
            there.schedule_ids._translate_defaults(languages)

    @api.model
    def _blank(self):
        """Every stored field's own start: an importer's user defaults do not count."""
        return {
            name: field.default(self) if field.default else False
            for name, field in self._fields.items()
            if field.store and not field.compute and name not in models.MAGIC_COLUMNS
        }

    def _translate_defaults(self, names, languages):
        """Give the texts of ``names`` that still read here as they began the same in others."""
        mine = self._default_texts()
        for lang in languages:
            there = self.with_context(lang=lang)
            theirs = there._default_texts()
            for window in there:
                original = window.with_env(self.env)
                window.write({name: theirs[name] for name in names if original[name] == mine[name]})
