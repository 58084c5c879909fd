/** A field for a scanner: Enter, which a scanner sends after the number, opens what it names. */

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
    }

    async onKeydown(event) {
        if (event.key !== "Enter" || !event.target.value) {
            return;
        }
        event.preventDefault();
        const dialog = event.target.closest(".modal-content");
        await this.props.record.update({ [this.props.name]: event.target.value });
        dialog?.querySelector(".o_ntue_scan_open")?.click();
    }
}

registry.category("fields").add("ntue_scan", { ...charField, component: ScanField });
