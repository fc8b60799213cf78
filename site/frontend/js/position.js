// <rv-position data-url data-token>: remembers the last heading that was read, for the next device,
// and takes it along to another language. A heading's place is the same in each.
class Position extends HTMLElement {
  connectedCallback() {
    this.headings = [...this.querySelectorAll("h2[id], h3[id]")];
    // The menu is at the top of the page: what counts is how far one had read.
    this.furthest = -1;
    const seen = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) {
        if (isIntersecting) this.furthest = Math.max(this.furthest, this.headings.indexOf(target));
      }
    });
    this.headings.forEach((heading) => seen.observe(heading));
    document.addEventListener("click", (event) => {
      const link = event.target.closest?.(".rv-nav a[hreflang]");
      const place = link && this.placeOf(this.headings[this.furthest]);
      if (place) link.hash = place;
    });
    if (!this.dataset.url) return;
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") this.send();
    });
  }

  current() {
    const passed = this.headings.filter((heading) => heading.getBoundingClientRect().top < innerHeight / 2);
    return this.placeOf(passed.at(-1));
  }

  placeOf(heading) {
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
