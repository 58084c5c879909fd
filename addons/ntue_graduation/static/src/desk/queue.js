/**
 * Lists and boards of applications hand the form their whole list, as filtered and sorted there:
 * its pager says how many there are, and the next one is the next of this list, past its page.
 *
 * On a phone, where one column fills the screen, the board of a desk opens at the desk's own.
 */

import { registry } from "@web/core/registry";
import { orderByToString } from "@web/search/utils/order_by";
import { kanbanView } from "@web/views/kanban/kanban_view";
import { listView } from "@web/views/list/list_view";
import { useEffect } from "@odoo/owl";

const LONGEST = 1000;

/** The list that a record stands in: of a group, where there are groups. */
function listOf(root, record) {
    if (!root.groups) {
        return root.records.some((other) => other.id === record.id) && root;
    }
    for (const group of root.groups) {
        const found = group.list && listOf(group.list, record);
        if (found) {
            return found;
        }
    }
    return false;
}

async function queueOf(model, record) {
    const list = listOf(model.root, record) || model.root;
    const found = await model.orm.search(list.resModel, list.domain, {
        order: orderByToString(list.orderBy),
        limit: LONGEST,
        context: list.context,
    });
    return found.includes(record.resId) ? found : list.records.map((other) => other.resId);
}

const withQueue = (Controller) =>
    class extends Controller {
        async openRecord(record, { force, newWindow } = {}) {
            const activeIds = await queueOf(this.model, record);
            this.props.selectRecord(record.resId, { activeIds, force, newWindow });
        }
    };

class DeskKanbanController extends withQueue(kanbanView.Controller) {
    setup() {
        super.setup();
        useEffect(
            (isReady) => isReady && this.showsOwnColumn(),
            () => [this.model.isReady],
        );
    }

    /** Who comes back to the board finds it where it was left, which Odoo sees to. */
    showsOwnColumn() {
        const { context, state } = this.props;
        if (this.env.isSmall && this.model.root.isGrouped && !state?.scrollPositions) {
            const { groups } = this.model.root;
            const own = groups.find((group) => group.serverValue === context.ntue_desk);
            const column = own && `.o_kanban_group[data-id=${own.id}]`;
            const options = { block: "nearest", inline: "start" };
            column && this.rootRef.el.querySelector(column).scrollIntoView(options);
        }
    }
}

const views = registry.category("views");
views.add("ntue_desk_list", { ...listView, Controller: withQueue(listView.Controller) });
views.add("ntue_desk_kanban", { ...kanbanView, Controller: DeskKanbanController });
