/* Buttons that copy a part of the page, with where it comes from. Without them the text is there to be selected. */

const text = (part) => [...part.children]
  .filter((child) => child.tagName !== "BUTTON")
  .map((child) => child.innerText.trim())
  .join("\n\n");

for (const button of document.querySelectorAll("button[data-copy]")) {
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    const part = document.getElementById(button.dataset.copy);
    const before = button.innerHTML;
    await navigator.clipboard.writeText(`${text(part)}\n\n— ${button.dataset.source}`);
    button.setAttribute("aria-live", "polite");
    button.textContent = button.dataset.copied;
    setTimeout(() => { button.innerHTML = before; }, 2500);
  });
}
