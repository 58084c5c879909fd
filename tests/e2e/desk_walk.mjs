/* What menus and buttons of the desks open, one after the other, and what axe finds there.

Loaded into Odoo's client, together with axe: what a click asks of the client is asked of it directly, since
loading it anew takes longer than looking at what it shows. Nothing here waits for longer than `patience`
milliseconds, and what goes wrong on a page is told as found there. */

const WAITING = ".o_loading_indicator, .o_ntue_rests, .fa-spin"; // buttons that do not act yet are pale

const PHONE = 768; // pixels from which on Odoo draws as for a desk

window.ntueWalk = ({ axeOptions, ofOdoo, atADesk, own, most, patience }) => {
    const { root } = odoo.__WOWL_DEBUG__;
    const { action, menu, orm } = root.env.services;
    const { Domain } = odoo.loader.modules.get("@web/core/domain");
    const { user } = odoo.loader.modules.get("@web/core/user");
    const { rpcBus } = odoo.loader.modules.get("@web/core/network/rpc");
    const asked = new Set();
    rpcBus.addEventListener("RPC:REQUEST", ({ detail }) => asked.add(detail.data.id));
    rpcBus.addEventListener("RPC:RESPONSE", ({ detail }) => asked.delete(detail.data.id));

    /* Whether something still moves or fades in: it is pale until it is there. */
    function moves() {
        return document
            .getAnimations()
            .some(
                ({ effect, playState }) =>
                    playState === "running" && effect.getComputedTiming().endTime < Infinity,
            );
    }

    /* Wait until the server has answered everything and it is drawn. */
    async function settled() {
        const { tasks } = root.__owl__.app.scheduler;
        for (let quiet = 0; quiet < 3;) {
            await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
            const waits = asked.size || tasks.size || moves() || document.querySelector(WAITING);
            quiet = waits ? 0 : quiet + 1;
        }
    }

    /* Lists in a form that go past the edge of a phone, where cards are read whole. */
    function past(part) {
        const lists = document.querySelectorAll(`${part} .o_field_widget .o_list_renderer`);
        return [...(innerWidth < PHONE ? lists : [])]
            .filter((list) => list.checkVisibility() && list.scrollWidth > list.clientWidth + 1)
            .map((list) => list.closest(".o_field_widget").getAttribute("name"))
            .filter((name) => !atADesk.includes(name))
            .map((name) => `${name} goes past the edge`);
    }

    /* What axe finds in `part`, or on the whole page, that is not listed as Odoo's. */
    async function faults(part) {
        const listed = (id, target) =>
            ofOdoo[id] && document.querySelector(target.at(-1))?.matches(ofOdoo[id]);
        const { violations } = await axe.run(part || document, axeOptions);
        const found = violations.flatMap(({ id, impact, nodes }) =>
            nodes
                .filter(({ target }) => !listed(id, target))
                .map(({ html, target }) => `${impact} ${id} at ${target}: ${html.slice(0, 300)}`),
        );
        return [...found, ...past(part)];
    }

    /* What is found on the page, or in a part of it, as it opens and on each of its tabs. */
    async function eachTab(found, name, part = "") {
        found[name] = await faults(part);
        const heads = `${part} .o_notebook_headers .nav-link`;
        const tabs = [...document.querySelectorAll(`${heads}:not(.active)`)].map((tab) => tab.name);
        for (const tab of tabs) {
            document.querySelector(`${heads}[name="${tab}"]`).click();
            await settled();
            found[`${name} ${tab}`] = await faults(`${part} .o_notebook_content`);
        }
    }

    /* The records that are looked at: those made for this, then the first on record, which are the
    sample's. So it is the same whatever other tests leave. */
    async function looked({ res_model, domain }) {
        const listed = new Domain(domain || []).toList({ ...user.context, uid: user.userId });
        const first = { limit: most, order: "id" };
        const mine = [...listed, ["id", "in", own[res_model] || []]];
        const numbers = [
            ...(await orm.search(res_model, mine, first)),
            ...(await orm.search(res_model, listed, first)),
        ];
        return [...new Set(numbers)].slice(0, most);
    }

    /* A menu's action in one of its views. A phone would take cards where there are any. */
    async function opens(described, type, numbers) {
        const props = type === "form" ? { resId: numbers[0] } : {};
        const wanted = {
            ...described,
            domain: [["id", "in", numbers]],
            mobile_view_mode: type,
        };
        await action.doAction(wanted, { clearBreadcrumbs: true, viewType: type, props });
        await settled();
        const { view } = action.currentController;
        if (view.type !== type) {
            throw new Error(`${view.type} is shown`);
        }
    }

    /* A dialog that is opened by `open`, looked at and closed. */
    async function dialog(found, name, open) {
        await open();
        await settled();
        if (!document.querySelector(".o_dialog .o_form_view")) {
            throw new Error("no dialog is shown");
        }
        await eachTab(found, name, ".o_dialog");
        await action.doAction({ type: "ir.actions.act_window_close" });
        await settled();
    }

    let givenUp = "";

    /* Do it, and tell of what goes wrong as of a fault of `name`. After what does not end nothing is begun. */
    async function kept(found, name, work) {
        if (givenUp) {
            found[name] = [`not looked at, because ${givenUp} was not drawn in time`];
            return;
        }
        let timer;
        const late = new Promise((_, reject) => {
            timer = setTimeout(() => {
                givenUp = name;
                reject(new Error("it was not drawn in time"));
            }, patience);
        });
        try {
            await Promise.race([work(), late]);
        } catch (error) {
            found[name] = [`${error.message} ${error.data?.message || ""}`];
        } finally {
            clearTimeout(timer);
        }
        const refused = document.querySelector(".o_error_dialog");
        if (refused) {
            found[name] = [refused.innerText];
            refused.querySelector(".modal-footer .btn:last-child").click();
        }
    }

    /* Section, menu and action of every menu below `name` that leads somewhere. */
    function menus(name) {
        const rows = (entry, section) =>
            entry.childrenTree.flatMap((child) => [
                ...(child.actionID ? [[section || child.xmlid, child.xmlid, child.actionID]] : []),
                ...rows(child, section || child.xmlid),
            ]);
        const app = menu.getAll().find((one) => one.xmlid === name);
        return rows(menu.getMenuAsTree(app.id), "");
    }

    /* What an action opens: its model, whether in a dialog, and how the server describes its views. */
    async function about(id) {
        const { res_model: model, target, views } = await action.loadAction(id);
        const { context } = user;
        const got = await orm.call(model, "get_views", [], { context, views });
        const shown = Object.entries(got.views).filter(([type]) => type !== "search");
        const archs = Object.fromEntries(shown.map(([type, { arch }]) => [type, arch]));
        return { model, dialog: target === "new", archs };
    }

    /* Every view that a menu leads to which `views` names. */
    async function page(found, { name, id, views }) {
        const described = await action.loadAction(id);
        if (described.target === "new") {
            await kept(found, name, () => dialog(found, name, () => action.doAction(id)));
            return;
        }
        let numbers;
        for (const type of views) {
            const shown = `${name} ${type}`;
            await kept(found, shown, async () => {
                numbers ??= await looked(described);
                if (!numbers.length) {
                    throw new Error("there is no record to look at");
                }
                await opens(described, type, numbers);
                await eachTab(found, shown);
            });
        }
    }

    /* The dialog of a button on the first record of `domain`, which its field `fills` is given. */
    async function press(found, { name, model, domain, fills, button }) {
        await kept(found, name, async () => {
            const [resId] = await orm.search(model, domain, { limit: 1, order: "id" });
            if (!resId) {
                throw new Error("there is no record to look at");
            }
            const filled = fills ? { [`default_${fills}`]: resId } : {};
            await dialog(found, name, () =>
                action.doActionButton({
                    ...button,
                    resModel: model,
                    resId,
                    resIds: [resId],
                    context: { ...user.context },
                    buttonContext: { ...button.context, ...filled },
                }),
            );
        });
    }

    /* The part of the settings that is the product's. */
    async function settings(found, { name, id, module, part }) {
        await kept(found, name, async () => {
            const described = await action.loadAction(id);
            const context = { module, bin_size: false };
            await action.doAction({ ...described, context }, { clearBreadcrumbs: true });
            await settled();
            if (!document.querySelector(part)?.checkVisibility()) {
                throw new Error("they are not shown");
            }
            await eachTab(found, name, part);
        });
    }

    /* Faults by page. Each row is what one of the functions above is given. */
    async function walk(rows) {
        const found = {};
        for (const [way, row] of rows) {
            await { page, press, settings }[way](found, row);
        }
        return found;
    }

    const abouts = (ids) => Promise.all(ids.map(about));
    return { abouts, menus, walk };
};
