// <rv-print>: a button that prints the page. Without script one uses the browser's own menu.
class Print extends HTMLElement {
  connectedCallback() {
    this.hidden = false;
    this.querySelector("button").addEventListener("click", () => print());
  }
}

customElements.define("rv-print", Print);
