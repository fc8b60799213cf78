// <rv-when name="due" value="on">: fields that apply only to one choice are hidden until it is made.
// Without script they are all there.
class When extends HTMLElement {
  connectedCallback() {
    this.form = this.closest("form");
    this.show = () => {
      const chosen = new FormData(this.form).get(this.getAttribute("name"));
      this.hidden = !this.getAttribute("value").split(" ").includes(chosen);
    };
    this.form?.addEventListener("change", this.show);
    if (this.form) this.show();
  }

  disconnectedCallback() {
    this.form?.removeEventListener("change", this.show);
  }
}

customElements.define("rv-when", When);
