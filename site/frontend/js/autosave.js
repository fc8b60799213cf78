// <rv-autosave>: posts its form whenever an answer is chosen or written. What could not be sent is
// kept in this browser and sent again: after a while, when the connection is back, when the page
// returns. What was changed elsewhere meanwhile is shown when this window is looked at again.
const PAUSE = 800; // between the last key and the sending of what was written

class Autosave extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.status = this.querySelector("[data-status]");
    if (!this.form) return;
    this.key = `rv-answer:${this.form.action || location.pathname}`;
    this.form.addEventListener("change", () => this.save());
    this.form.addEventListener("input", (event) => {
      if (!event.target.matches("textarea, input[type=text]")) return;
      clearTimeout(this.typing);
      this.typing = setTimeout(() => this.save(), PAUSE);
    });
    this.form.addEventListener("submit", () => this.forget());
    addEventListener("online", () => this.retry());
    document.addEventListener("visibilitychange", () => this.look());
    addEventListener("focus", () => this.look());
    this.restore();
  }

  // What was answered: all fields but the token, as pairs.
  get given() {
    return [...new FormData(this.form)].filter(([name]) => name !== "csrfmiddlewaretoken");
  }

  say(text, state = "") {
    this.status.textContent = text;
    this.status.dataset.state = state;
  }

  async save() {
    clearTimeout(this.typing);
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
        this.forget();
        location.reload();
      } else if (response.status === 422) {
        this.forget();
        this.say(this.dataset.refused);
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

  // Back at this window: another device may have answered meanwhile.
  async look() {
    if (document.hidden || this.stored() || this.looking) return;
    this.looking = true;
    const turn = this.turn;
    try {
      const response = await fetch(location.href, { redirect: "manual" });
      if (response.type === "opaqueredirect" || !response.ok) return;
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const theirs = page.querySelector("rv-autosave [data-fields]");
      if (!theirs || turn !== this.turn) {
        if (!theirs) location.reload();
        return;
      }
      this.takeOver(new FormData(theirs.closest("form")));
    } catch {
      // No connection: what is shown stays.
    } finally {
      this.looking = false;
    }
  }

  takeOver(data) {
    const theirs = [...data].filter(([name]) => name !== "csrfmiddlewaretoken");
    if (JSON.stringify(theirs) === JSON.stringify(this.given)) return;
    if (this.fill(theirs)) this.say(this.dataset.elsewhere);
  }

  // Put answers into the fields. Says whether anything changed.
  fill(pairs) {
    let changed = false;
    const names = new Set(pairs.map(([name]) => name));
    for (const field of this.form.elements) {
      if (!/answer|certainty/.test(field.name)) continue;
      const values = pairs.filter(([name]) => name === field.name).map(([, value]) => value);
      if (field.type === "radio" || field.type === "checkbox") {
        const checked = values.includes(field.value);
        changed ||= checked !== field.checked;
        field.checked = checked;
      } else if (names.has(field.name)) {
        changed ||= field.value !== values[0];
        field.value = values[0];
      }
    }
    return changed;
  }

  // Storage may be full or forbidden; then there is still the form.
  keep() {
    try {
      localStorage.setItem(this.key, JSON.stringify(this.given));
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
    this.fill(stored);
    this.save();
  }
}

customElements.define("rv-autosave", Autosave);
