/* A list that htmx swaps as its filters change: what a reader would miss without a page being loaded.
   Facets stay open as they were, what has the focus keeps it, and the number of results is said aloud. */

const list = () => document.getElementById("liste");
const opened = () => new Map([...list().querySelectorAll("details[id]")].map((box) => [box.id, box.open]));
let before = new Map();
let focused = "";
let asked = "";

const settings = window.htmx.config;
settings.allowEval = false;
settings.includeIndicatorStyles = false;
settings.historyCacheSize = 0; // « back » asks the server: nothing of what was read stays in the browser
settings.refreshOnHistoryMiss = false;
settings.scrollIntoViewOnBoost = false;

document.addEventListener("htmx:beforeRequest", () => { asked = document.getElementById("filtre-q").value; });

document.addEventListener("htmx:beforeSwap", () => {
  before = opened();
  focused = document.activeElement?.id ?? "";
});

document.addEventListener("htmx:afterSettle", () => {
  for (const [id, open] of before) {
    const box = document.getElementById(id);
    if (box) box.open = open || box.querySelector(":checked") !== null;
  }
  // The field of words is not swapped: it follows the list, unless somebody wrote on in it, whom the list follows.
  const words = document.getElementById("filtre-q");
  if (words !== document.activeElement) words.value = words.form.dataset.words;
  else if (words.value !== asked) words.dispatchEvent(new Event("input", { bubbles: true }));
  const heading = document.getElementById("resultats");
  document.getElementById("annonce").textContent = heading.textContent.trim();
  // A link that was followed is gone with its filter: the reader goes on from the results.
  const next = (focused && document.getElementById(focused)) || heading;
  if (document.activeElement !== next) next.focus({ preventScroll: next !== heading });
});

// A server that does not answer: the browser loads the address itself and says what is wrong.
document.addEventListener("htmx:sendError", (event) => { location.assign(event.detail.pathInfo.finalRequestPath); });
document.addEventListener("htmx:responseError", (event) => { location.assign(event.detail.pathInfo.finalRequestPath); });
