/**
 * The form on which applications are decided: a click acts on what was on the screen.
 *
 * For a second after another application appears its buttons do not act, because hands are
 * quicker than eyes. Each click takes along which application it was meant for, what was shown as
 * short in it, and the list that it is one of: the server compares the first (`_check_meant`) and
 * the second (`short_as_seen`), and goes on in the third. The only one of a list is a list too; who
 * came by an address or with a slip came from none.
 */

import { browser } from "@web/core/browser/browser";
import { serializeDateTime } from "@web/core/l10n/dates";
import { registry } from "@web/core/registry";
import { FormController } from "@web/views/form/form_controller";
import { formView } from "@web/views/form/form_view";
import { onWillUnmount, useEffect, useExternalListener, useState } from "@odoo/owl";

const REST = 1000;
const UPDATE = 1;
const OPENING = ["action_see_as_student", "action_see_progress"];

export class ReviewController extends FormController {
    setup() {
        super.setup();
        this.rest = useState({ on: true });
        this.shown = this.meant = false;
        this.short = "";
        useEffect(
            (resId) => this.rests(resId),
            () => [this.model.root.resId],
        );
        onWillUnmount(() => browser.clearTimeout(this.timer));
        // Before the button itself hears of it, and whatever the form does meanwhile.
        useExternalListener(window, "click", (event) => this.notes(event), { capture: true });
    }

    rests(resId) {
        this.shown = resId;
        this.rest.on = true;
        browser.clearTimeout(this.timer);
        this.timer = browser.setTimeout(() => (this.rest.on = false), REST);
    }

    notes(event) {
        if (this.rootRef.el?.contains(event.target)) {
            this.meant = this.shown;
            this.short = this.shortText;
        }
    }

    get shortText() {
        return this.model.root.data.short_text || "";
    }

    get className() {
        return { ...super.className, o_ntue_rests: this.rest.on };
    }

    /** Each decision on a course says which decision was on the screen when it was made. */
    async onWillSaveRecord(record, changes) {
        const rows = record.data.outside_line_ids?.records || [];
        for (const command of changes.outside_line_ids || []) {
            const row = command[0] === UPDATE && rows.find(({ resId }) => resId === command[1]);
            if (row) {
                const seen = row.data.decided_at;
                command[2].seen_at = seen ? serializeDateTime(seen) : false;
            }
        }
        return super.onWillSaveRecord(record, changes);
    }

    async beforeExecuteActionButton(clickParams) {
        if (OPENING.includes(clickParams.name)) {
            return super.beforeExecuteActionButton(clickParams);
        }
        if (this.rest.on) {
            return false;
        }
        const { meant, short } = this;
        const decides = await this.model.root.isDirty();
        const saved = await super.beforeExecuteActionButton(clickParams);
        const { resIds } = this.model.root;
        clickParams.buttonContext = {
            ...clickParams.buttonContext,
            ntue_meant: meant,
            // Who was told that it is short has been asked; what is decided with this click counts.
            ntue_short: short && decides ? this.shortText : short,
            ...((this.props.resIds || resIds.length > 1) && { ntue_queue: resIds }),
        };
        return saved;
    }
}

registry.category("views").add("ntue_review_form", { ...formView, Controller: ReviewController });
