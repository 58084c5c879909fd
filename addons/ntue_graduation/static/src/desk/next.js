/** From one decided application to the next that waits, within the desk one came from. */

import { registry } from "@web/core/registry";

async function openNext(env, { params }) {
    const actions = env.services.action;
    await actions.doAction({ type: "ir.actions.act_window_close" });
    if (params.next) {
        await actions.switchView("form", { resId: params.next, resIds: params.all });
    } else {
        await actions.switchView("list");
    }
}

registry.category("actions").add("ntue_graduation.next", openNext);
