import { Interaction } from "@web/public/interaction";
import { registry } from "@web/core/registry";

const SHOWN_AGAIN = "#unsent, [aria-invalid=true]"; // typed before, and not saved by the server

/**
 * Asks before a page is left, for another language or another page, on which something was typed
 * or chosen that was not sent. A form that knows better what is saved asks for itself.
 */
export class Typed extends Interaction {
    static selector = "main form[method=post]:not(.o_ntue_draft):not(:has(input[type=password]))";
    dynamicContent = {
        _root: { "t-on-submit": this.leaving },
        _window: { "t-on-beforeunload": this.warn },
    };

    setup() {
        this.sent = false;
    }

    get fields() {
        return [...this.el.elements].filter((field) => field.name && field.type !== "hidden");
    }

    get changed() {
        return this.fields.some((field) => {
            if (field.type === "checkbox" || field.type === "radio") {
                return field.checked !== field.defaultChecked;
            }
            if (field.type === "file") {
                return field.files.length > 0;
            }
            if (field.options) {
                const begun = [...field.options].findIndex((one) => one.defaultSelected);
                return field.selectedIndex !== Math.max(begun, 0);
            }
            return "defaultValue" in field && field.value !== field.defaultValue;
        });
    }

    /** What a page shows again after it was refused is as unsent as what is typed now. */
    get shownAgain() {
        const words = this.fields.some((field) => field.value && field.type !== "submit");
        return words && Boolean(document.querySelector(SHOWN_AGAIN));
    }

    leaving() {
        this.sent = true;
    }

    warn(event) {
        if (!this.sent && (this.changed || this.shownAgain)) {
            event.preventDefault();
        }
    }
}

registry.category("public.interactions").add("ntue_curriculum.typed", Typed);
