/** Reads a form again every other second while its work is under way. */

import { registry } from "@web/core/registry";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";
import { Component, onWillUnmount, xml } from "@odoo/owl";

const EVERY = 2000;
const UNDER_WAY = ["waiting", "running"];

export class AutoRefresh extends Component {
    static template = xml`<span/>`;
    static props = { ...standardWidgetProps };

    setup() {
        const timer = setInterval(() => {
            if (UNDER_WAY.includes(this.props.record.data.state)) {
                this.props.record.load();
            }
        }, EVERY);
        onWillUnmount(() => clearInterval(timer));
    }
}

registry.category("view_widgets").add("ntue_auto_refresh", { component: AutoRefresh });
