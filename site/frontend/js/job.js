// <rv-job>: looks every few seconds how far background work is, and shows what has changed. The
// part with role=status stays in place, so that a change of its words is read aloud, once.
class Job extends HTMLElement {
  connectedCallback() {
    this.pause = 1500;
    if (this.unfinished) this.timer = setTimeout(() => this.look(), this.pause);
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
  }

  get unfinished() {
    return this.hasAttribute("data-unfinished");
  }

  async look() {
    try {
      const response = await fetch(location.href, { redirect: "manual" });
      if (response.type === "opaqueredirect" || response.status === 403 || response.status === 404) {
        // Signed out, or gone: the page itself says so.
        location.reload();
        return;
      }
      if (response.ok) this.show(new DOMParser().parseFromString(await response.text(), "text/html"));
    } catch {
      // No connection for a moment: the next time will tell.
    }
    this.pause = Math.min(this.pause * 1.2, 10000);
    if (this.unfinished && this.isConnected) this.timer = setTimeout(() => this.look(), this.pause);
  }

  show(page) {
    const fresh = page.querySelector("rv-job");
    if (!fresh) return;
    for (const part of this.querySelectorAll("[data-part]")) {
      const other = fresh.querySelector(`[data-part="${part.dataset.part}"]`);
      // As the server wrote it: what is shown here is compared with what was shown before.
      if (other && other.innerHTML.trim() !== part.innerHTML.trim()) {
        const focused = part.contains(document.activeElement);
        part.replaceChildren(...other.childNodes);
        if (focused) part.querySelector("a")?.focus();
      }
    }
    this.toggleAttribute("data-unfinished", fresh.hasAttribute("data-unfinished"));
  }
}

customElements.define("rv-job", Job);
