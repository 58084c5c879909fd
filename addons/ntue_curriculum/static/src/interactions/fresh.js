import { Interaction } from "@web/public/interaction";
import { registry } from "@web/core/registry";

/**
 * A page that a browser took out of its memory is asked for anew: after submitting, Back shows what
 * holds now, and no button that was live before.
 */
export class Fresh extends Interaction {
    static selector = "#ntue_content:has(form[method=post])";
    dynamicContent = { _window: { "t-on-pageshow": this.renew } };

    renew(event) {
        if (event.persisted) {
            window.location.reload();
        }
    }
}

/** After an action the focus is on what became of it, for readers who do not see the page. */
export class Outcome extends Interaction {
    static selector = "#ntue_content";

    start() {
        const said = this.el.querySelector("#unsent, #problems, .alert[role=status]");
        if (said && !window.location.hash && document.activeElement === document.body) {
            said.tabIndex = -1;
            said.focus({ preventScroll: said.getBoundingClientRect().top < window.innerHeight });
        }
    }
}

registry.category("public.interactions").add("ntue_curriculum.fresh", Fresh);
registry.category("public.interactions").add("ntue_curriculum.outcome", Outcome);
