import { Interaction } from "@web/public/interaction";
import { registry } from "@web/core/registry";

/** Opens the slip in a new tab from the click itself; says so when the browser forbids it (D43). */
export class SlipLink extends Interaction {
    static selector = ".o_ntue_slip";
    dynamicContent = {
        "a.btn": { "t-on-click": this.open },
        ".o_ntue_blocked": { "t-att-class": () => ({ o_ntue_shown: this.blocked }) },
    };
    blocked = false;

    open(ev) {
        if (ev.ctrlKey || ev.metaKey || ev.shiftKey) {
            return; // the reader has a tab or window of their own in mind
        }
        ev.preventDefault();
        const tab = window.open(ev.currentTarget.href, "_blank");
        this.blocked = !tab;
        if (tab) {
            tab.opener = null;
        }
    }
}

registry.category("public.interactions").add("ntue_graduation.slip", SlipLink);
