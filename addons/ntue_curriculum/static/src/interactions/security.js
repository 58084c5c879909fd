import { registry } from "@web/core/registry";
import { Interaction } from "@web/public/interaction";

/**
 * Odoo's page “Connection and security” is put together by several addons, which begin their
 * parts with headings of the fourth level and leave heads of tables empty. People who listen to
 * the page jump by both. The parts need a script themselves.
 */
export class Security extends Interaction {
    static selector = ".o_portal_security_body";

    setup() {
        for (const heading of this.el.querySelectorAll("section > h4")) {
            heading.setAttribute("role", "heading");
            heading.setAttribute("aria-level", "2");
        }
        for (const head of this.el.querySelectorAll("th:empty")) {
            head.setAttribute("role", "presentation");
        }
    }
}

registry.category("public.interactions").add("ntue_curriculum.security", Security);
