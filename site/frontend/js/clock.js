// <rv-clock>: how many minutes are left. At the end it asks the server, which hands in.
class Clock extends HTMLElement {
  connectedCallback() {
    this.ends = Date.parse(this.dataset.ends);
    this.setAttribute("role", "timer");
    this.tick();
    this.timer = setInterval(() => this.tick(), 5000);
  }

  disconnectedCallback() {
    clearInterval(this.timer);
  }

  tick() {
    const left = this.ends - Date.now();
    if (left <= 0) {
      this.textContent = this.dataset.over;
      clearInterval(this.timer);
      // A little later than the server's own patience with what is still on its way.
      setTimeout(() => location.reload(), 25000);
      return;
    }
    const minutes = Math.floor(left / 60000);
    this.textContent = minutes ? `${minutes} ${this.dataset.minutes}` : this.dataset.last;
  }
}

customElements.define("rv-clock", Clock);
