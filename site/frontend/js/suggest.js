// <rv-suggest src="…">: suggestions below a search field while somebody types. Enter without a
// choice searches, as it does without script; a suggestion leads to the page itself.
const PAUSE = 150;
const FEWEST = 2;

class Suggest extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector("input");
    if (!this.input || this.list) return;
    this.asked = new Map();
    this.active = -1;
    this.build();
    this.input.addEventListener("input", () => this.later());
    this.input.addEventListener("keydown", (event) => this.key(event));
    // A press on a suggestion takes the focus away first: the list must outlive that.
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.input.addEventListener("blur", () => this.close());
  }

  disconnectedCallback() {
    this.stop();
  }

  build() {
    const id = `${this.input.id}-suggesties`;
    this.list = Object.assign(document.createElement("ul"), {
      id,
      className: "rv-suggest__list",
      hidden: true,
    });
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", this.dataset.list);
    this.status = Object.assign(document.createElement("span"), { className: "rv-visually-hidden" });
    this.status.setAttribute("role", "status");
    this.append(this.list, this.status);
    this.input.autocomplete = "off";
    for (const [name, value] of Object.entries({
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": id,
    })) {
      this.input.setAttribute(name, value);
    }
  }

  stop() {
    clearTimeout(this.timer);
    this.waiting?.abort();
  }

  later() {
    this.stop();
    const words = this.input.value.trim();
    if (words.length < FEWEST) {
      this.close();
      return;
    }
    this.timer = setTimeout(() => this.ask(words), PAUSE);
  }

  async ask(words) {
    if (!this.asked.has(words)) {
      this.waiting = new AbortController();
      try {
        const address = `${this.getAttribute("src")}?${new URLSearchParams({ q: words })}`;
        const answer = await fetch(address, { signal: this.waiting.signal });
        if (!answer.ok) throw new Error(String(answer.status));
        this.asked.set(words, (await answer.json()).suggestions);
      } catch (problem) {
        // Without an answer the field is what it was: a field. Whoever types on asks anew.
        if (problem.name !== "AbortError") this.close();
        return;
      }
    }
    if (this.input.value.trim() === words && document.activeElement === this.input) {
      this.show(this.asked.get(words));
    }
  }

  show(suggestions) {
    this.list.replaceChildren(...suggestions.map((each, number) => this.option(each, number)));
    this.mark(-1);
    this.open(suggestions.length > 0);
    const { none, one, many } = this.dataset;
    const said = [none, one][suggestions.length] ?? many;
    this.status.textContent = said.replace("#", suggestions.length);
  }

  option({ title, url, kind }, number) {
    const option = document.createElement("li");
    option.id = `${this.list.id}-${number}`;
    option.className = "rv-suggest__option";
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    const name = document.createElement("span");
    name.textContent = title;
    const what = Object.assign(document.createElement("span"), { className: "rv-suggest__kind" });
    what.textContent = kind;
    option.append(name, " ", what);
    option.addEventListener("click", () => {
      // Whoever comes back finds a field, not an old list.
      this.close();
      location.assign(url);
    });
    return option;
  }

  open(wanted) {
    this.list.hidden = !wanted;
    this.input.setAttribute("aria-expanded", String(wanted));
  }

  close() {
    this.open(false);
    this.mark(-1);
    this.status.textContent = "";
  }

  mark(number) {
    const options = [...this.list.children];
    options.forEach((option, at) => option.setAttribute("aria-selected", String(at === number)));
    this.active = number;
    const chosen = options[number];
    if (chosen) {
      this.input.setAttribute("aria-activedescendant", chosen.id);
      chosen.scrollIntoView({ block: "nearest" });
    } else {
      this.input.removeAttribute("aria-activedescendant");
    }
  }

  key(event) {
    // Letters that are still being put together have keys of their own.
    if (event.isComposing) return;
    const count = this.list.children.length;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && count) {
      event.preventDefault();
      this.open(true);
      // One place is the field itself, with no suggestion chosen.
      this.mark(((this.active + 1 + step + count + 1) % (count + 1)) - 1);
    } else if (event.key === "Enter" && !this.list.hidden && this.active >= 0) {
      event.preventDefault();
      this.list.children[this.active].click();
    } else if (event.key === "Escape") {
      // What is on its way comes no more. The first Escape closes the list, the next empties the field.
      this.stop();
      if (!this.list.hidden) event.preventDefault();
      this.close();
    }
  }
}

customElements.define("rv-suggest", Suggest);
