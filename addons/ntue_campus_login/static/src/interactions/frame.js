import { Interaction } from "@web/public/interaction";
import { registry } from "@web/core/registry";

/** Panels of the frame close when one goes on elsewhere; without this they close by their button. */
export class Frame extends Interaction {
    static selector = ".o_ntue_frame";
    dynamicContent = {
        _document: {
            "t-on-keydown": (event) => event.key === "Escape" && this.close(true),
            "t-on-click": (event) => !this.el.contains(event.target) && this.close(false),
        },
    };

    close(byKey) {
        for (const drop of this.el.querySelectorAll(".o_ntue_drop[open]")) {
            const inside = drop.contains(document.activeElement);
            drop.open = false;
            if (byKey && inside) {
                drop.querySelector("summary").focus();
            }
        }
    }
}

registry.category("public.interactions").add("ntue_campus_login.frame", Frame);
