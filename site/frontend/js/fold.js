// An address with an anchor opens what that is folded in. Newer browsers do so themselves.
function open() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const folded = target?.closest("details.rv-fold:not([open])");
  if (!folded) return;
  folded.open = true;
  target.scrollIntoView();
}

addEventListener("hashchange", open);
open();
