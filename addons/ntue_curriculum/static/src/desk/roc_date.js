/** A day as the school writes it, in ROC years (I15); it is still chosen in a calendar. */

import { DateTimeField, dateTimeField } from "@web/views/fields/datetime/datetime_field";
import { registry } from "@web/core/registry";

const ROC_OFFSET = 1911;

export function rocDate(value) {
    const two = (number) => String(number).padStart(2, "0");
    return `${value.year - ROC_OFFSET}-${two(value.month)}-${two(value.day)}`;
}

export class RocDateField extends DateTimeField {
    getFormattedValue(valueIndex) {
        const value = this.values[valueIndex];
        if (!value) {
            return "";
        }
        const isMoment = this.field.type === "datetime" && this.props.showTime;
        return isMoment ? `${rocDate(value)} ${value.toFormat("HH:mm")}` : rocDate(value);
    }
}

registry.category("fields").add("ntue_roc_date", {
    ...dateTimeField,
    component: RocDateField,
    supportedTypes: ["date", "datetime"],
});
