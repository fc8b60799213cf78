// <rv-position data-url data-token>: remembers the last heading that was read, for the next device.
class Position extends HTMLElement {
  connectedCallback() {
    if (!this.dataset.url) return;
    this.headings = [...this.querySelectorAll("h2[id], h3[id]")];
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") this.send();
    });
  }

  current() {
    const passed = this.headings.filter((heading) => heading.getBoundingClientRect().top < innerHeight / 2);
    return passed.at(-1)?.id ?? "";
  }

  send() {
    const position = this.current();
    if (position === this.sent) return;
    this.sent = position;
    fetch(this.dataset.url, {
      method: "POST",
      keepalive: true,
      headers: { "X-CSRFToken": this.dataset.token },
      body: new URLSearchParams({ position }),
    }).catch(() => {});
  }
}

customElements.define("rv-position", Position);
