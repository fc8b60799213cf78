// <rv-leave>: *Snel weg*. Without script its link leads away, and the page stays in the tab's
// history. With it the page is emptied at once, the neutral page takes its place in the history,
// and going back within this tab to any page of ours leads away again.
const KEY = "rv-left";
const MOST_MS_BETWEEN = 1000;

// A browser may refuse storage altogether: then only this page leaves the history.
const store = {
  get() {
    try {
      return sessionStorage.getItem(KEY);
    } catch {
      return null;
    }
  },
  set(url) {
    try {
      if (url) sessionStorage.setItem(KEY, url);
      else sessionStorage.removeItem(KEY);
    } catch {
      // Nothing is lost but the guard.
    }
  },
};

function leave(url) {
  store.set(url);
  document.title = new URL(url).hostname;
  document.body.replaceChildren();
  location.replace(url);
}

// Who comes here anew, by an address or a link, is welcome.
function guard(wentBack) {
  const url = store.get();
  if (!url) return;
  if (wentBack) leave(url);
  else store.set(null);
}

guard(performance.getEntriesByType("navigation")[0]?.type === "back_forward");
addEventListener("pageshow", (event) => {
  if (event.persisted) guard(true);
});

class Leave extends HTMLElement {
  connectedCallback() {
    const link = this.querySelector("a");
    let pressed = 0;
    link.addEventListener("click", (event) => {
      event.preventDefault();
      leave(link.href);
    });
    this.querySelector("[hidden]")?.removeAttribute("hidden");
    // Listens first, so that it knows whether a press of Escape closed something that was open.
    document.addEventListener(
      "keydown",
      (event) => {
        const closes = document.querySelector("details.rv-menu[open], dialog[open]");
        if (event.key !== "Escape" || event.repeat || closes) {
          pressed = 0;
          return;
        }
        if (pressed && event.timeStamp - pressed < MOST_MS_BETWEEN) leave(link.href);
        pressed = event.timeStamp;
      },
      { capture: true },
    );
  }
}

customElements.define("rv-leave", Leave);
