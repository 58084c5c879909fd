/**
 * A form of ours that its reader may not write is shown to be read. Odoo asks what the reader may
 * do with records of a kind; what the record rules say of this one is asked here.
 */

import { patch } from "@web/core/utils/patch";
import { FormController } from "@web/views/form/form_controller";

patch(FormController.prototype, {
    get modelParams() {
        const params = super.modelParams;
        params.hooks.onRootLoaded = (root) => this.ntueShowAsAllowed(root);
        return params;
    },

    async ntueShowAsAllowed(root) {
        if (!root.resModel.startsWith("ntue.") || !this.canEdit || this.props.readonly) {
            return;
        }
        // What is being made is edited, also where the form before it was only read.
        const asked = [[root.resId], "write"];
        const allowed =
            !root.resId || (await root.model.orm.call(root.resModel, "has_access", asked));
        const mode = allowed ? "edit" : "readonly";
        if (root.config.mode !== mode) {
            // Not `switchMode`: that waits for what loads the record, which waits for this.
            root._switchMode(mode);
        }
    },
});
