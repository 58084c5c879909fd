import { Interaction } from "@web/public/interaction";
import { registry } from "@web/core/registry";

/** Recounts ticks as they change; the server checks again when the draft is saved (142). */
export class Ticks extends Interaction {
    static selector = "form.o_ntue_draft";
    dynamicContent = {
        "input[name=tick]": { "t-on-change": this.recount },
        ".o_ntue_tick": {
            "t-att-class": (row) => ({
                o_ntue_ticked: row.querySelector("input[name=tick]")?.checked,
            }),
        },
    };

    start() {
        this.recount();
    }

    recount() {
        const ticked = [...this.el.querySelectorAll("input[name=tick]:checked")];
        const sum = (boxes) => boxes.reduce((total, box) => total + Number(box.dataset.credits), 0);
        const count = this.el.querySelector("#ntue_tick_count");
        if (count) {
            count.textContent = ticked.length;
        }
        const expected = document.querySelector("#ntue_expected");
        if (expected) {
            expected.textContent = Number(expected.dataset.base) + sum(ticked);
        }
        for (const cap of this.el.querySelectorAll(".o_ntue_cap")) {
            const counted = ticked.filter(
                (box) => cap.dataset.origin === "all" || box.dataset.origin === cap.dataset.origin
            );
            const used = cap.dataset.unit === "courses" ? counted.length : sum(counted);
            cap.classList.toggle("text-danger", used > Number(cap.dataset.limit));
            cap.classList.toggle("fw-bold", used > Number(cap.dataset.limit));
        }
    }
}

registry.category("public.interactions").add("ntue_graduation.ticks", Ticks);
