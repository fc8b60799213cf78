// <rv-position data-url data-token>: remembers the last heading that was read, for the next device,
// and takes it along to another language. A heading's place is the same in each.
class Position extends HTMLElement {
  connectedCallback() {
    this.headings = [...this.querySelectorAll("h2[id], h3[id]")];
    document.addEventListener("click", (event) => {
      const link = event.target.closest?.(".rv-nav a[hreflang]");
      const place = link && this.current();
      if (place) link.hash = place;
    });
    if (!this.dataset.url) return;
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") this.send();
    });
  }

  current() {
    const passed = this.headings.filter((heading) => heading.getBoundingClientRect().top < innerHeight / 2);
    const heading = passed.at(-1);
    return heading?.querySelector("[id^=plek-]")?.id ?? heading?.id ?? "";
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
