import { Interaction } from "@web/public/interaction";
import { registry } from "@web/core/registry";
import { sha256 } from "./sha256";

const AT_A_TIME = 1500;

/**
 * Does the work of a captcha while one types (D48). The page itself makes a form wait that is sent
 * earlier: that happens before this is there, too.
 */
export class CaptchaWork extends Interaction {
    static selector = ".o_ntue_captcha_work";

    setup() {
        this.work = JSON.parse(this.el.dataset.work);
        this.form = this.el.closest("form");
    }

    start() {
        this.tryFrom(0);
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
        if (this.form.dataset.ntueWaits) {
            this.form.requestSubmit();
        }
    }
}

registry.category("public.interactions").add("ntue_campus_login.captcha_work", CaptchaWork);
