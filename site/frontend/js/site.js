// Makes smoother what works without it: answers are saved when chosen, reading goes on where it
// stopped, background work tells how far it is, one can leave at once, an error gets the focus,
// what an address points at is opened.
import "./autosave.js";
import "./clock.js";
import "./copy.js";
import "./fold.js";
import "./job.js";
import "./leave.js";
import "./map.js";
import "./order.js";
import "./passkey.js";
import "./position.js";
import "./print.js";
import "./suggest.js";
import "./when.js";

document.querySelector("[data-focus]")?.focus();

// What opens in the header closes on Escape and on a press beside it.
for (const menu of document.querySelectorAll(".rv-header details")) {
  menu.addEventListener("toggle", () => {
    if (menu.open) menu.querySelector("input[type=search]")?.focus();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && menu.open) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
  document.addEventListener("click", (event) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
}
