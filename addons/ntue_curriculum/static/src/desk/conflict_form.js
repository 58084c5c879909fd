/**
 * The form of a conflict: what is decided is what was on the screen.
 *
 * A click saves the reason first, and reads anew what file and record say. So what was shown before
 * goes along with it, and the server compares (`_check_as_seen`).
 */

import { registry } from "@web/core/registry";
import { FormController } from "@web/views/form/form_controller";
import { formView } from "@web/views/form/form_view";

export class ConflictController extends FormController {
    async beforeExecuteActionButton(clickParams) {
        const seen = this.model.root.data.stamp;
        const saved = await super.beforeExecuteActionButton(clickParams);
        clickParams.buttonContext = { ...clickParams.buttonContext, ntue_seen: seen };
        return saved;
    }
}

registry
    .category("views")
    .add("ntue_conflict_form", { ...formView, Controller: ConflictController });
