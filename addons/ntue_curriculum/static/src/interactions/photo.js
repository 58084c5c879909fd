import { Interaction } from "@web/public/interaction";
import { registry } from "@web/core/registry";

const LONGEST = 3000; // pixels of the longer side: an open passport stays readable
const QUALITIES = [0.85, 0.7, 0.5];
const PHOTO = /^image\/(jpeg|png|webp|avif|hei[cf])$/;
const APPLE = /\.hei[cf]$/i;

/**
 * A photo of a telephone is made a JPEG that the server takes: smaller, and of another format where
 * this browser can open it. The server looks at what it is sent all the same (43, D9).
 */
export class Photo extends Interaction {
    static selector = "form:has(input[type=file][data-largest])";
    dynamicContent = {
        "input[type=file]": { "t-on-change": this.choose },
        _root: { "t-on-submit": this.hold },
    };

    setup() {
        this.working = null;
    }

    get input() {
        return this.el.querySelector("input[type=file][data-largest]");
    }

    choose() {
        const file = this.input.files[0];
        this.say("");
        if (file && (PHOTO.test(file.type) || APPLE.test(file.name))) {
            const working = this.waitFor(this.fit(file));
            this.working = working;
            working.finally(() => {
                if (this.working === working) {
                    this.working = null;
                }
            });
        }
    }

    /** Sent before the photo is ready, the form waits for it, with the button that was pressed. */
    async hold(event) {
        if (!this.working) {
            return;
        }
        event.preventDefault();
        const pressed = event.submitter;
        await this.waitFor(this.working);
        this.working = null;
        this.el.requestSubmit(pressed);
    }

    async fit(file) {
        const largest = Number(this.input.dataset.largest);
        const taken = /^image\/(jpeg|png)$/.test(file.type);
        let image;
        try {
            image = await this.open(file);
        } catch {
            this.say(taken ? "" : "format");
            return;
        }
        const pixels = image.naturalWidth * image.naturalHeight;
        const mostPixels = Number(this.input.dataset.pixels);
        if (taken && file.size <= largest && pixels <= mostPixels) {
            return;
        }
        this.say("working");
        const smaller = await this.draw(image, largest);
        if (!smaller || this.input.files[0] !== file) {
            this.say(smaller ? "" : "large");
            return;
        }
        const name = file.name.replace(/\.[^.]*$/, "") || "passport";
        const chosen = new DataTransfer();
        chosen.items.add(new File([smaller], `${name}.jpg`, { type: "image/jpeg" }));
        this.input.files = chosen.files;
        this.say("done", { before: file.size, after: smaller.size });
    }

    /** The picture as this browser opens it; an error where it cannot. */
    async open(file) {
        const image = new Image();
        image.src = URL.createObjectURL(file);
        try {
            await image.decode();
        } finally {
            URL.revokeObjectURL(image.src);
        }
        return image;
    }

    /** A JPEG of no more than `largest` bytes, or nothing. */
    async draw(image, largest) {
        const { naturalWidth: width, naturalHeight: height } = image;
        const scale = Math.min(1, LONGEST / Math.max(width, height));
        const canvas = document.createElement("canvas");
        canvas.width = Math.round(width * scale);
        canvas.height = Math.round(height * scale);
        const context = canvas.getContext("2d");
        context.fillStyle = "white"; // under what a PNG lets through
        context.fillRect(0, 0, canvas.width, canvas.height);
        context.drawImage(image, 0, 0, canvas.width, canvas.height);
        for (const quality of QUALITIES) {
            const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", quality));
            if (blob && blob.size <= largest) {
                return blob;
            }
        }
        return null;
    }

    /** Show one sentence of those that the page has for this. */
    say(key, { before, after } = {}) {
        for (const each of this.el.querySelectorAll("[data-photo]")) {
            each.classList.toggle("d-none", each.dataset.photo !== key);
        }
        const sizes = this.el.querySelector("[data-photo=done] [data-sizes]");
        if (before && sizes) {
            const mega = (size) => (size / 1024 / 1024).toFixed(1);
            sizes.textContent = `${mega(before)} MB → ${mega(after)} MB`;
        }
        if (key) {
            this.el.querySelector(".o_ntue_too_large")?.classList.add("d-none");
        }
    }
}

registry.category("public.interactions").add("ntue_curriculum.photo", Photo);
