// Closing an announcement. It stands right behind the announcements and is not deferred, so that
// what was closed is gone before anything is painted and nothing moves. Only this browser knows.
const STORED = "rv-announcements-closed";

function closed() {
  try {
    const keys = JSON.parse(localStorage.getItem(STORED) ?? "[]");
    return Array.isArray(keys) ? keys : [];
  } catch {
    return [];
  }
}

function remember(key) {
  try {
    localStorage.setItem(STORED, JSON.stringify([...closed(), key].slice(-20)));
  } catch {
    // No room, or not allowed to keep anything: it is closed on this page alone.
  }
}

for (const button of document.querySelectorAll("[data-close-banner]")) {
  const banner = button.closest(".rv-banner");
  const key = button.dataset.closeBanner;
  banner.hidden = closed().includes(key);
  button.hidden = false;
  button.addEventListener("click", () => {
    remember(key);
    banner.hidden = true;
    document.getElementById("inhoud-pagina")?.focus();
  });
}
