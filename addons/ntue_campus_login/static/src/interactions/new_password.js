import { Interaction } from "@web/public/interaction";
import { registry } from "@web/core/registry";

const PLAIN = {
    0: "o",
    1: "l",
    3: "e",
    4: "a",
    5: "s",
    7: "t",
    "@": "a",
    $: "s",
    "!": "i",
    "|": "i",
};
const FEWEST = 5;
const RUN = 4;

/** The rules of password_rules while one types; the server alone decides (D45). */
export const CHECKS = {
    length: (text) => [...text].length >= 8 && [...text].length <= 128,
    classes: (text) =>
        [/[a-z]/, /[A-Z]/, /[0-9]/, /[^a-zA-Z0-9]/].filter((kind) => kind.test(text)).length >= 3,
    marks: (text) => text === text.trim() && !/[\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}/u.test(text),
    account: (text, facts) => {
        const name = facts.account.trim().toLowerCase();
        return !(name && text.toLowerCase().includes(name)) && !sharesDigits(name, text);
    },
    id_number: (text) => !/[a-z][a-d1289][0-9]{8}/i.test(text),
    common: (text, facts) => !isCommon(text.toLowerCase(), facts),
    first: (text) => !/^[a-z0-9]{5}@ntue$/i.test(text),
};

function sharesDigits(known, text) {
    return (known.match(/\d+/g) || []).some((digits) => {
        for (let start = 0; start + RUN <= digits.length; start++) {
            if (text.includes(digits.slice(start, start + RUN))) {
                return true;
            }
        }
        return false;
    });
}

function isCommon(text, facts) {
    if (facts.whole.includes(text) || new Set(text).size < FEWEST) {
        return true;
    }
    const plain = (word) => [...word].map((mark) => PLAIN[mark] || mark).join("");
    const word = text.replace(/^[^a-z]+|[^a-z]+$/g, "");
    return [word, plain(word), plain(text)].some((found) => found && facts.words.includes(found));
}

export class NewPassword extends Interaction {
    static selector = "form.o_ntue_new_password";
    dynamicContent = {
        "input[name=password]": { "t-on-input": this.show },
        "input[name=password_again]": { "t-on-input": this.show },
        ".o_ntue_reveal": { "t-on-change": this.reveal },
    };

    setup() {
        this.facts = JSON.parse(this.el.dataset.facts);
        this.typed = this.el.querySelector("input[name=password]");
        this.again = this.el.querySelector("input[name=password_again]");
        this.el.querySelector(".o_ntue_revealing").classList.remove("d-none");
    }

    show() {
        const text = this.typed.value;
        const says = this.el.querySelector(".o_ntue_rules").dataset;
        let open = 0;
        for (const item of this.el.querySelectorAll("li[data-rule]")) {
            const check = CHECKS[item.dataset.rule];
            if (!check) {
                continue;
            }
            const kept = text !== "" && check(text, this.facts);
            open += kept ? 0 : 1;
            item.dataset.kept = text === "" ? "" : kept ? "1" : "0";
            const state = kept ? says.kept : says.open;
            item.querySelector(".o_ntue_state").textContent = text === "" ? "" : state;
        }
        const differs = this.again.value !== "" && this.again.value !== text;
        this.el.querySelector(".o_ntue_differs").classList.toggle("d-none", !differs);
        const said = this.el.querySelector(".o_ntue_open_rules");
        said.textContent =
            text === "" ? "" : said.dataset[open ? "open" : "none"].replace("%s", open);
    }

    reveal(event) {
        for (const input of [this.typed, this.again]) {
            input.type = event.currentTarget.checked ? "text" : "password";
        }
    }
}

registry.category("public.interactions").add("ntue_campus_login.new_password", NewPassword);
