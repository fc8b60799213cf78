// <rv-order>: an ordering by moving lines up and down. Its drop-downs stay the form's fields, and
// without this they are all there is.
class Order extends HTMLElement {
  connectedCallback() {
    this.list = this.querySelector("[data-rows]");
    if (!this.list) return;
    this.status = document.createElement("p");
    this.status.className = "rv-visually-hidden";
    this.status.setAttribute("role", "status");
    this.append(this.status);
    const placed = this.rows.filter((row) => this.select(row).value);
    if (placed.length === this.rows.length) {
      placed.sort((a, b) => this.select(a).value - this.select(b).value);
      this.list.append(...placed);
    }
    for (const row of this.rows) this.dress(row);
    this.show();
  }

  get rows() {
    return [...this.list.querySelectorAll("[data-row]")];
  }

  select(row) {
    return row.querySelector("select");
  }

  dress(row) {
    const select = this.select(row);
    select.hidden = true;
    const moves = document.createElement("span");
    moves.className = "rv-row__moves";
    for (const [sign, step, words] of [["↑", -1, this.dataset.up], ["↓", 1, this.dataset.down]]) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "rv-row__move";
      button.dataset.step = step;
      button.textContent = sign;
      button.setAttribute("aria-label", `${words}: ${row.querySelector("label").textContent}`);
      button.addEventListener("click", () => this.move(row, step, button));
      moves.append(button);
    }
    row.append(moves);
  }

  move(row, step, button) {
    const rows = this.rows;
    const to = rows.indexOf(row) + step;
    if (to < 0 || to >= rows.length) return;
    if (step < 0) rows[to].before(row);
    else rows[to].after(row);
    this.rows.forEach((each, place) => (this.select(each).value = place + 1));
    this.show();
    button.focus();
    this.status.textContent = `${row.querySelector("label").textContent}: ${this.dataset.moved} ${to + 1}`;
    this.select(row).dispatchEvent(new Event("change", { bubbles: true }));
  }

  show() {
    const rows = this.rows;
    rows.forEach((row, place) => {
      const [up, down] = row.querySelectorAll("[data-step]");
      up?.setAttribute("aria-disabled", String(place === 0));
      down?.setAttribute("aria-disabled", String(place === rows.length - 1));
    });
  }
}

customElements.define("rv-order", Order);
