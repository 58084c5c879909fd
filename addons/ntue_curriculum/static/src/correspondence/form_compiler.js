/**
 * The messages beside a record: `<chatter correspondence="MODEL"/>` shows those of the record
 * in the field `correspondence_ids` of the form, not messages of the form's own record.
 */

import { patch } from "@web/core/utils/patch";
import { setAttributes } from "@web/core/utils/xml";
import { FormCompiler } from "@web/views/form/form_compiler";

const CHATTER = "t[t-component='__comp__.mailComponents.Chatter']";

patch(FormCompiler.prototype, {
    compile(key, params) {
        const compiled = super.compile(key, params);
        const asked = this.templates[key]?.querySelector("chatter[correspondence]");
        if (asked) {
            const model = asked.getAttribute("correspondence");
            for (const chatter of compiled.querySelectorAll(CHATTER)) {
                setAttributes(chatter, {
                    threadModel: `'${model}'`,
                    threadId: "__comp__.props.record.data.correspondence_ids.currentIds[0]",
                    has_activities: "false",
                });
            }
        }
        return compiled;
    },
});
