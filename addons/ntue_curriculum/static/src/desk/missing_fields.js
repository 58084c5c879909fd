/** What is to be filled in before a form can be saved, by name: Odoo says only that something is. */

import { _t } from "@web/core/l10n/translation";
import { formatList } from "@web/core/l10n/utils/format_list";
import { patch } from "@web/core/utils/patch";
import { Record } from "@web/model/relational_model/record";

patch(Record.prototype, {
    _displayInvalidFieldNotification() {
        const names = [...this._invalidFields].map(
            (name) => this.activeFields[name]?.string || this.fields[name]?.string || name,
        );
        const told = _t("Fill in, or correct: %s", formatList(names));
        return this.model.notification.add(told, { type: "danger" });
    },
});
