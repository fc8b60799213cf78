// <rv-autosave>: posts its form whenever an answer is chosen. What could not be sent is kept in
// this browser and sent again: after a while, when the connection is back, when the page returns.
class Autosave extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.status = this.querySelector("[data-status]");
    if (!this.form) return;
    this.key = `rv-answer:${this.form.action || location.pathname}`;
    this.form.addEventListener("change", () => this.save());
    this.form.addEventListener("submit", () => this.forget());
    addEventListener("online", () => this.retry());
    this.restore();
  }

  get chosen() {
    return new FormData(this.form).getAll("answer");
  }

  say(text, state = "") {
    this.status.textContent = text;
    this.status.dataset.state = state;
  }

  async save() {
    const turn = (this.turn = (this.turn ?? 0) + 1);
    this.keep();
    this.say(this.dataset.saving);
    try {
      const response = await fetch(this.form.action || location.href, {
        method: "POST",
        body: new FormData(this.form),
        headers: { "X-Requested-With": "fetch" },
        redirect: "manual",
        keepalive: true,
      });
      if (turn !== this.turn) return;
      if (response.status === 204) {
        this.forget();
        this.say(this.dataset.saved, "saved");
      } else if (response.type === "opaqueredirect" || response.status === 403) {
        // Signed out: the form itself, posted as a page, leads through signing in.
        this.say(this.dataset.signin);
      } else if (response.status === 409) {
        location.reload();
      } else {
        this.later();
      }
    } catch {
      if (turn === this.turn) this.later();
    }
  }

  later() {
    this.say(this.dataset.offline);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.retry(), 5000);
  }

  retry() {
    if (this.stored()) this.save();
  }

  // Storage may be full or forbidden; then there is still the form.
  keep() {
    try {
      localStorage.setItem(this.key, JSON.stringify(this.chosen));
    } catch {}
  }

  stored() {
    try {
      return JSON.parse(localStorage.getItem(this.key));
    } catch {
      return null;
    }
  }

  forget() {
    try {
      localStorage.removeItem(this.key);
    } catch {}
  }

  restore() {
    const stored = this.stored();
    if (!stored) return;
    for (const input of this.form.querySelectorAll("[name=answer]")) {
      input.checked = stored.includes(input.value);
    }
    this.save();
  }
}

customElements.define("rv-autosave", Autosave);
