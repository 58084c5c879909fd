/** A field for a scanner, which sends Enter after the number: Enter does what the dialog says. */

import { CharField, charField } from "@web/views/fields/char/char_field";
import { registry } from "@web/core/registry";
import { useEffect } from "@odoo/owl";

export class ScanField extends CharField {
    setup() {
        super.setup();
        useEffect(
            (input) => {
                if (!input) {
                    return undefined;
                }
                const onKeydown = (event) => this.onKeydown(event);
                input.addEventListener("keydown", onKeydown);
                return () => input.removeEventListener("keydown", onKeydown);
            },
            () => [this.input.el],
        );
        // Once it is chosen what Enter does, the scanner alone is enough.
        useEffect(
            () => this.input.el?.focus(),
            () => [this.props.record.data.on_enter],
        );
    }

    async onKeydown(event) {
        if (event.key !== "Enter" || !event.target.value) {
            return;
        }
        event.preventDefault();
        const dialog = event.target.closest(".modal-content");
        await this.props.record.update({ [this.props.name]: event.target.value });
        dialog?.querySelector(".o_ntue_scan_enter")?.click();
    }
}

registry.category("fields").add("ntue_scan", { ...charField, component: ScanField });
