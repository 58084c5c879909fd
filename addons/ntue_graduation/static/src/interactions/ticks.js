import { Interaction } from "@web/public/interaction";
import { registry } from "@web/core/registry";

const ONCE = 10000; // milliseconds in which a second press of the same button is one too many

/**
 * Counts ticks and limits as they change, takes the suggestion over at once, and says
 * whether what is shown is what is saved (D10, 138, 142). The server decides all of it again.
 */
export class Ticks extends Interaction {
    static selector = "form.o_ntue_draft";
    dynamicContent = {
        _root: { "t-on-change": this.recount, "t-on-submit": this.leaving },
        "button[value=suggest]": { "t-on-click": this.adopt },
        _window: { "t-on-beforeunload": this.warn, "t-on-pageshow": this.recount },
        ".o_ntue_tick": {
            "t-att-class": (row) => ({
                o_ntue_ticked: Boolean(row.querySelector("input[name=tick]")?.checked),
            }),
        },
    };

    setup() {
        this.saved = JSON.parse(this.el.dataset.saved);
        this.suggested = JSON.parse(this.el.dataset.suggested || "[]");
        this.counter = this.el.querySelector("#ntue_tick_count");
        this.words = this.counter?.textContent;
        this.sent = false;
    }

    start() {
        this.recount();
    }

    get boxes() {
        return [...this.el.querySelectorAll("input[name=tick]")];
    }

    get ticked() {
        return this.boxes.filter((box) => box.checked);
    }

    sum(boxes) {
        const tenths = boxes.reduce((total, box) => total + Number(box.dataset.credits) * 10, 0);
        return Math.round(tenths) / 10;
    }

    /** Whether the page shows anything else than what is saved. */
    get changed() {
        const { answers, saved, ticks } = this.saved;
        const shown = this.ticked.map((box) => Number(box.value));
        if (!saved) {
            return shown.length > 0 || Boolean(this.answer);
        }
        const same = shown.length === ticks.length && shown.every((id) => ticks.includes(id));
        return !same || !this.sameAnswers(answers);
    }

    get answer() {
        return this.el.querySelector("input[name=teacher_ed_answer]:checked")?.value || false;
    }

    sameAnswers(saved) {
        if (!this.el.querySelector("input[name=teacher_ed_answer]")) {
            return true;
        }
        const holdOff = this.answer && this.answer !== "finishing";
        const box = this.el.querySelector("input[name=teacher_ed_confirmed]");
        return (
            (saved.teacher_ed_answer || false) === this.answer &&
            Boolean(saved.teacher_ed_confirmed) === Boolean(holdOff && box?.checked)
        );
    }

    adopt(event) {
        event.preventDefault();
        for (const box of this.boxes) {
            box.checked = this.suggested.includes(Number(box.value));
        }
        this.recount();
    }

    recount() {
        const ticked = this.ticked;
        if (this.counter) {
            // The sentence of the server, with its first number counted anew.
            this.counter.textContent = this.words.replace(/\d+/, ticked.length);
        }
        const caps = [...this.el.querySelectorAll(".o_ntue_cap")];
        const over = caps.filter((cap) => this.measure(cap, ticked));
        const broken = over.length > 0;
        this.announce(over);
        this.foresee(ticked, broken || ticked.some((box) => box.dataset.never));
        this.showState();
    }

    /** Say aloud what the colour of a limit shows: that it is exceeded, and that it no longer is. */
    announce(over) {
        const said = this.el.querySelector("#ntue_over_said");
        const words = over.map((cap) => cap.textContent.trim().replace(/\s+/g, " ")).join(" ");
        if (said && said.textContent !== words) {
            said.textContent = words;
        }
    }

    /** What is expected; ticks that cannot be saved add nothing to it. */
    foresee(ticked, over) {
        const expected = document.querySelector("#ntue_expected");
        if (expected) {
            const added = over ? 0 : this.sum(ticked);
            const tenths = Number(expected.dataset.base) * 10 + added * 10;
            expected.textContent = Math.round(tenths) / 10;
            document.querySelector("#ntue_not_expected")?.classList.toggle("d-none", !over);
        }
    }

    /** How much of a limit is used; whether ticks that count against it are too many. */
    measure(cap, ticked) {
        const { origin, unit, base, limit } = cap.dataset;
        const counted = ticked.filter(
            (box) => !box.dataset.exempt && (origin === "all" || box.dataset.origin === origin),
        );
        const more = unit === "courses" ? counted.length : this.sum(counted);
        const used = Math.round((Number(base) + more) * 10) / 10;
        cap.querySelector(".o_ntue_used").textContent = used;
        const over = used > Number(limit);
        cap.classList.toggle("o_ntue_over", over);
        return over && counted.length > 0;
    }

    showState() {
        const changed = this.changed;
        this.el.querySelector(".o_ntue_as_saved")?.classList.toggle("d-none", changed);
        this.el.querySelector(".o_ntue_not_as_saved")?.classList.toggle("d-none", !changed);
        const submit = this.el.querySelector("button[value=check]");
        if (submit) {
            submit.disabled = changed;
        }
        const adopt = this.el.querySelector("button[value=suggest]");
        if (adopt) {
            const same = this.boxes.every(
                (box) => box.checked === this.suggested.includes(Number(box.value)),
            );
            adopt.disabled = same;
        }
    }

    leaving() {
        this.sent = true;
    }

    warn(event) {
        if (this.changed && !this.sent) {
            event.preventDefault();
        }
    }
}

/** A form that is sent once, however often its button is pressed. */
export class Once extends Interaction {
    static selector = "form.o_ntue_once";
    dynamicContent = { _root: { "t-on-submit": this.send } };

    setup() {
        this.sentAt = -Infinity;
    }

    send(event) {
        const now = performance.now();
        if (now - this.sentAt < ONCE) {
            event.preventDefault();
        } else {
            this.sentAt = now;
        }
    }
}

/** Lists of courses are open where there is room, and begin closed on a phone (130–135). */
export class Roomy extends Interaction {
    static selector = "details.o_ntue_roomy";

    setup() {
        if (window.matchMedia("(max-width: 767px)").matches) {
            this.el.open = false;
        }
    }
}

registry.category("public.interactions").add("ntue_graduation.ticks", Ticks);
registry.category("public.interactions").add("ntue_graduation.roomy", Roomy);
registry.category("public.interactions").add("ntue_graduation.once", Once);
