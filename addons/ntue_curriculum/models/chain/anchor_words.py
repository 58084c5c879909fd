"""What anchors tell, in sentences."""

from odoo import api, models

from ...log_anchor import RESTORED, Finding


class AnchorWords(models.AbstractModel):
    """The sentences of the anchors; see ``chained_anchor``."""

    _name = "ntue.chained.anchor.words"
    _description = "Anchors of a chain: sentences"

    @api.model
    def _told_text(self, told):
        anchor = told.anchor
        said = {
            "anchor": anchor.number,
            "at": anchor.at,
            "key": anchor.key,
            "expected": told.number,
            "number": told.number,
            "last": told.last,
            "log": self._log_name(told.table),
            "reason": self._restored_reason(anchor),
            "agreed": told.agreed.at if told.agreed else self.env._("none"),
        }
        return self._told_sentence(told.finding) % said

    @api.model
    def _told_sentence(self, finding):
        _ = self.env._
        return {
            Finding.FORGED: _(
                "Anchor %(anchor)s of %(at)s was altered or made by somebody without the key: its "
                "signature is wrong."
            ),
            Finding.UNKNOWN_KEY: _(
                "Anchor %(anchor)s of %(at)s is signed with the key %(key)s, which is not known "
                "here. Give its public half with --anchor-key."
            ),
            Finding.LEFT_OUT: _(
                "Before anchor %(anchor)s of %(at)s anchor %(expected)s and perhaps more are "
                "missing, or another one is in its place."
            ),
            Finding.TRUNCATED: _(
                "%(log)s was cut: anchor %(anchor)s of %(at)s has entry %(number)s, and the log "
                "ends with entry %(last)s. Last anchor that agrees: %(agreed)s."
            ),
            Finding.RESTORED: _(
                "This database is an earlier one, as of a backup: what was entered between "
                "%(agreed)s and anchor %(anchor)s of %(at)s is not in it. If it was restored on "
                "purpose, sign that with --restored and the reason."
            ),
            Finding.REWRITTEN: _(
                "%(log)s was rewritten: entry %(number)s is not the one that anchor %(anchor)s of "
                "%(at)s has. Last anchor that agrees: %(agreed)s."
            ),
            Finding.SET_ASIDE: _(
                "By anchor %(anchor)s of %(at)s the database was restored from a backup on "
                "purpose: %(reason)s. What was anchored before is not in it."
            ),
        }[finding]

    @api.model
    def _log_name(self, table):
        names = {chain._table: chain._ntue_kind() for chain in self._chains()}
        return names.get(table, table)

    @api.model
    def _restored_reason(self, anchor):
        found = [text for text in anchor.purposes if text.startswith(RESTORED)]
        return found[0][len(RESTORED) :] if found else ""

    @api.model
    def _stamp_text(self, anchor, fault):
        return self.env._(
            "The time stamp of anchor %(anchor)s is not good. %(fault)s",
            anchor=anchor.number,
            fault=fault,
        )

    @api.model
    def _no_key_text(self):
        return self.env._("There are anchors, and no key here to compare them with.")

    @api.model
    def _untrusted_text(self):
        return self.env._(
            "The time stamps were compared with the certificates that are in them. Name the "
            "authority's certificate with --timestamp-ca to know whose they are."
        )
