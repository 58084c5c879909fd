import { Interaction } from "@web/public/interaction";
import { registry } from "@web/core/registry";

/** Says while one types what the server will make of it; the server alone decides (D8). */
export class Profile extends Interaction {
    static selector = "form.o_ntue_profile";
    dynamicContent = {
        "input[data-pattern]": {
            "t-on-input": (event) => this.showName(event.currentTarget, false),
            "t-on-change": (event) => this.showName(event.currentTarget, true),
        },
        "input[type=file]": { "t-on-change": this.showSize },
    };

    /** `done`: the field was left, so that what is still wrong may be said. */
    showName(input, done) {
        const name = this.normalised(input.value);
        const fits =
            name.length <= Number(input.dataset.longest) &&
            new RegExp(`^(?:${input.dataset.pattern})$`).test(name);
        const becomes = input.parentElement.querySelector(".o_ntue_becomes");
        becomes.querySelector("strong").textContent = name;
        becomes.classList.toggle("invisible", !fits || name === input.value);
        const notYet = input.parentElement.querySelector(".o_ntue_not_yet");
        if (done || fits || !name) {
            notYet.classList.toggle("invisible", fits || !name);
        }
    }

    normalised(text) {
        return text
            .normalize("NFKC")
            .replace(/[\u2018\u2019\u02bc]/g, "'")
            .replace(/[\u2010\u2011\u2013\u2014\u2212]/g, "-")
            .toUpperCase()
            .replace(/\s+/g, " ")
            .replace(/ ?, ?/g, ", ")
            .trim();
    }

    showSize(event) {
        const input = event.currentTarget;
        const size = input.files[0]?.size || 0;
        const tooLarge = input.parentElement.querySelector(".o_ntue_too_large");
        tooLarge.classList.toggle("d-none", size <= Number(input.dataset.largest));
    }
}

registry.category("public.interactions").add("ntue_curriculum.profile", Profile);
