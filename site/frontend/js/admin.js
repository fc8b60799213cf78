// Starts in Wagtail's admin what Wagtail itself starts by scripts in its pages, which our policy
// refuses (home/admin_scripts.py). The page names one of these and says with what.
const { Controller } = window.StimulusModule;
const constructors = new Set([
  "Chooser",
  "DocumentChooser",
  "ImageChooser",
  "InlinePanel",
  "MultipleChooserPanel",
  "PageChooser",
  "SnippetChooser",
]);
const functions = new Set([
  "createTaskChooser",
  "initDateChooser",
  "initDateTimeChooser",
  "initTimeChooser",
]);

class Start extends Controller {
  connect() {
    const { name } = this.element.dataset;
    const args = JSON.parse(this.element.dataset.args);
    // Moved within the page, it has started already.
    this.element.remove();
    if (constructors.has(name)) new window[name](...args);
    else if (functions.has(name)) window[name](...args);
    else throw new Error(`Nothing of Wagtail's is called ${name}.`);
  }
}

window.wagtail.app.register("rv-start", Start);

// The addresses of the choosers on a page of wagtail-localize, and its box for all languages.
document.addEventListener("DOMContentLoaded", () => {
  const choosers = document.querySelector("[data-chooser-urls]");
  if (choosers) window.chooserUrls ??= JSON.parse(choosers.dataset.chooserUrls);
});
document.addEventListener("change", ({ target }) => {
  if (!target.matches('[name="select_all"]')) return;
  for (const box of document.querySelectorAll('[name="locales"]')) box.checked = target.checked;
});

// The one heading of wagtail-localize's editor that its own catalogue cannot say in Dutch.
document.addEventListener("DOMContentLoaded", () => {
  const words = document.querySelector("[data-translation-heading]")?.dataset.translationHeading;
  const editor = document.querySelector(".js-translation-editor");
  if (!words || !editor) return;
  const english = /^(.+) to (.+) translation$/;
  const translate = () => {
    for (const { firstChild } of editor.querySelectorAll("section h3")) {
      const found = english.exec(firstChild?.nodeValue ?? "");
      if (found) {
        firstChild.nodeValue = words.replace("{source}", found[1]).replace("{target}", found[2]);
      }
    }
  };
  new MutationObserver(translate).observe(editor, { childList: true, subtree: true });
  translate();
});

// The one button of Wagtail's that says in English what it does, to who cannot see it.
document.addEventListener("DOMContentLoaded", () => {
  for (const button of document.querySelectorAll('input[type="submit"][value="Search"]')) {
    const label = button.form?.querySelector("label");
    if (label) button.value = label.textContent.trim();
  }
});

// The hints beside the editor, anew for what is typed (home/editing/checking.py).
class Hints extends Controller {
  static targets = ["list", "status"];
  static values = { url: String };

  async check() {
    const form = document.querySelector("form[data-edit-form]");
    const { words, failed } = this.statusTarget.dataset;
    this.statusTarget.textContent = "";
    try {
      const body = new FormData(form);
      const response = await fetch(this.urlValue, { method: "POST", body });
      if (!response.ok) throw new Error(response.status);
      this.listTarget.innerHTML = await response.text();
      this.say(words);
    } catch {
      this.say(failed, true);
    }
  }

  say(words, isBad = false) {
    this.statusTarget.textContent = words;
    this.statusTarget.classList.toggle("w-sr-only", !isBad);
  }
}

window.wagtail.app.register("rv-hints", Hints);

// Wagtail saves by itself while one writes, also while the button is pressed: then one new page
// would be made twice, and the second time fail. The button waits until that is done, and nothing
// is saved by itself any more.
let saving = false;
document.addEventListener("w-autosave:save", (event) => {
  // What somebody decides of a page goes along with the form: that is done once, by them.
  if (event.detail.formData.has("action-workflow-action")) event.preventDefault();
  else saving = true;
});
for (const end of ["w-autosave:success", "w-autosave:error"]) {
  document.addEventListener(end, () => {
    saving = false;
  });
}
document.addEventListener(
  "submit",
  (event) => {
    const form = event.target;
    if (!form.matches('[data-controller~="w-autosave"]')) return;
    form.dataset.wAutosaveActiveValue = "false";
    if (!saving) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const { name, value } = event.submitter ?? {};
    const press = () => {
      // What was saved may have brought other buttons in place of the one that was pressed.
      if (name) {
        const pressed = Object.assign(document.createElement("input"), { name, value });
        pressed.hidden = true;
        form.append(pressed);
      }
      form.requestSubmit();
    };
    const ends = new AbortController();
    for (const end of ["w-autosave:success", "w-autosave:error"]) {
      const then = () => {
        ends.abort();
        press();
      };
      document.addEventListener(end, then, { signal: ends.signal });
    }
  },
  true,
);
