// <rv-map>: one stop for the Tab key instead of one per tile; arrow keys walk over the map, and a
// line below it says which tile has the focus or the pointer. Without script every tile is a link.
const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

class TileMap extends HTMLElement {
  connectedCallback() {
    this.tiles = [...this.querySelectorAll("a")].map((link) => {
      const use = link.querySelector("use");
      return { link, x: +use.getAttribute("x"), y: +use.getAttribute("y") };
    });
    if (!this.tiles.length) return;
    for (const { link } of this.tiles) link.setAttribute("tabindex", "-1");
    this.stop(this.tiles[0]);
    this.ring = this.querySelector("[data-ring]");
    this.now = this.querySelector("[data-now]");
    this.now.hidden = false;
    this.now.textContent = "\u00a0";
    this.querySelector("[data-hint]").hidden = false;
    this.addEventListener("keydown", (event) => this.walk(event));
    this.addEventListener("focusin", (event) => {
      const tile = this.of(event.target);
      if (tile) this.stop(tile);
      this.tell(tile);
    });
    this.addEventListener("focusout", () => this.tell());
    this.addEventListener("pointerleave", () => this.tell(this.of(document.activeElement)));
    this.addEventListener("pointerover", (event) => this.tell(this.of(event.target)));
  }

  of(element) {
    const link = element.closest("a");
    return this.tiles.find((tile) => tile.link === link);
  }

  // The ring is drawn last, as an outline of the tile itself would lie under its neighbours.
  tell(tile) {
    this.ring.setAttribute("visibility", tile ? "visible" : "hidden");
    if (!tile) return;
    this.ring.setAttribute("transform", `translate(${tile.x} ${tile.y})`);
    this.now.textContent = tile.link.getAttribute("aria-label");
  }

  // The tile that Tab comes back to.
  stop(tile) {
    this.current?.link.setAttribute("tabindex", "-1");
    this.current = tile;
    tile.link.setAttribute("tabindex", "0");
  }

  walk(event) {
    const from = this.of(event.target);
    if (!from || event.altKey || event.ctrlKey || event.metaKey) return;
    const way = WAYS[event.key];
    const to = way ? this.next(from, way) : { Home: this.tiles[0], End: this.tiles.at(-1) }[event.key];
    if (!way && !to) return;
    event.preventDefault();
    to?.link.focus();
  }

  // The nearest tile that way: straight on counts once, aside counts double.
  next(from, [right, down]) {
    let best;
    let least = Infinity;
    for (const tile of this.tiles) {
      const ahead = (tile.x - from.x) * right + (tile.y - from.y) * down;
      const aside = Math.abs((tile.x - from.x) * down) + Math.abs((tile.y - from.y) * right);
      if (ahead > 0 && aside <= 2 * ahead && ahead + 2 * aside < least) {
        least = ahead + 2 * aside;
        best = tile;
      }
    }
    return best;
  }
}

customElements.define("rv-map", TileMap);
