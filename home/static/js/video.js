// Puts the player in the page once the reader asks for it. Without this module the link opens the video's own page.
for (const link of document.querySelectorAll("a[data-player]")) {
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const player = document.createElement("iframe");
    player.src = link.dataset.player;
    player.title = link.dataset.title;
    player.allow = "fullscreen";
    player.referrerPolicy = "strict-origin-when-cross-origin";
    link.parentElement.replaceWith(player);
    player.focus();
  });
}
