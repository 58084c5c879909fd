import { Interaction } from "@web/public/interaction";
import { registry } from "@web/core/registry";
import { sha256 } from "./sha256";

const AT_A_TIME = 1500;

/** Does the work of a captcha while one types; a form that is sent earlier waits for it (D48). */
export class CaptchaWork extends Interaction {
    static selector = ".o_ntue_captcha_work";

    setup() {
        this.work = JSON.parse(this.el.dataset.work);
        this.form = this.el.closest("form");
        this.isDone = false;
        this.isSent = false;
    }

    start() {
        this.addListener(this.form, "submit", (event) => this.hold(event));
        this.tryFrom(0);
    }

    hold(event) {
        if (!this.isDone) {
            event.preventDefault();
            this.isSent = true;
        }
    }

    tryFrom(first) {
        const { challenge, salt, maxNumber } = this.work;
        const last = Math.min(first + AT_A_TIME, maxNumber + 1);
        for (let number = first; number < last; number++) {
            if (sha256(salt + number) === challenge) {
                return this.finish(number);
            }
        }
        if (last <= maxNumber) {
            this.waitForTimeout(() => this.tryFrom(last), 0);
        }
    }

    finish(number) {
        const { algorithm, challenge, salt, signature } = this.work;
        const done = { algorithm, challenge, number, salt, signature };
        this.el.querySelector("input[name=captcha]").value = btoa(JSON.stringify(done));
        this.el.querySelector(".o_ntue_captcha_waits").classList.add("d-none");
        this.el.querySelector(".o_ntue_captcha_done").classList.remove("d-none");
        this.isDone = true;
        if (this.isSent) {
            this.form.requestSubmit();
        }
    }
}

registry.category("public.interactions").add("ntue_campus_login.captcha_work", CaptchaWork);
