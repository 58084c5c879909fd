/**
 * After a step: says what was done to whom, with a button that undoes it, and goes on.
 *
 * An application that may be read no longer is left without being read again: the dialog closes,
 * and what is next opens, or the list that one came from.
 */

import { registry } from "@web/core/registry";

const MODEL = "ntue.graduation.application";
const CLOSE = { type: "ir.actions.act_window_close" };
const TOLD_FOR = 10000;

async function openApplication(env, resId, resIds) {
    const actions = env.services.action;
    if (actions.currentController?.action.res_model === MODEL) {
        return actions.switchView("form", { resId, resIds });
    }
    return actions.doAction({
        type: "ir.actions.act_window",
        res_model: MODEL,
        res_id: resId,
        views: [[false, "form"]],
    });
}

async function undo(env, params) {
    const { method, args } = params.undo;
    const id = params.application;
    const answer = await env.services.orm.call(MODEL, method, [[id], ...args]);
    if (answer?.params) {
        tell(env, answer.params);
    }
    const { all, listed } = params;
    const queue = all.includes(id) ? all : [id, ...all];
    await openApplication(env, id, listed || all.length ? queue : undefined);
}

function tell(env, params) {
    const buttons = [];
    if (params.undo) {
        const onClick = () => {
            close();
            return undo(env, params);
        };
        buttons.push({ name: params.undo.name, onClick });
    }
    const close = env.services.notification.add(params.told, {
        type: params.undo ? "success" : "info",
        autocloseDelay: TOLD_FOR,
        className: "o_ntue_told",
        buttons,
    });
}

/** Back to where one came from: a list with its filters, a board, or the desk. */
async function leave(env, params) {
    const actions = env.services.action;
    if (actions.currentController?.config?.breadcrumbs?.length > 1) {
        return actions.restore();
    }
    return actions.doAction(params.desk, { clearBreadcrumbs: true });
}

async function afterStep(env, { params }) {
    const actions = env.services.action;
    tell(env, params);
    if (params.stays) {
        return CLOSE; // the form behind it is read again
    }
    await actions.doAction({ ...CLOSE, infos: { noReload: true } });
    if (params.scan) {
        await actions.doAction(params.desk, { clearBreadcrumbs: true });
        await actions.doAction(params.scan);
    } else if (params.next) {
        await openApplication(env, params.next, params.all);
    } else {
        await leave(env, params);
    }
    return undefined;
}

registry.category("actions").add("ntue_graduation.after_step", afterStep);
