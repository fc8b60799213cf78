// <rv-copy>: a button that copies the text beside it. Without script one selects it by hand.
class Copy extends HTMLElement {
  connectedCallback() {
    if (!navigator.clipboard) return;
    const template = document.querySelector("template[data-copy]");
    if (!template) return;
    this.append(template.content.cloneNode(true));
    const button = this.querySelector("button");
    const said = this.querySelector("[role=status]");
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(this.querySelector(".rv-copy__text").textContent.trim());
      said.textContent = button.dataset.done;
    });
  }
}

customElements.define("rv-copy", Copy);
