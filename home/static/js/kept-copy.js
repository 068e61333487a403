// A text that could not be saved (a failure of the site, of the network, or a session that ended) stays in this browser,
// and is offered again where it was being written. Until it is saved, for a week at most, until one signs out.
(() => {
  const PREFIX = "ocu-copie:";
  const WEEK = 7 * 24 * 3600 * 1000;
  const about = document.querySelector("meta[name='kept-copy']");
  if (!about) return;
  const { user, saved } = about.dataset;

  const read = (key) => {
    try {
      return JSON.parse(localStorage.getItem(key));
    } catch {
      return null;
    }
  };
  const keys = () => Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
  const forget = (wanted = () => true) => keys().forEach((key) => wanted(read(key)) && localStorage.removeItem(key));

  // Somebody else's, too old, or saved: gone on the next screen of the admin, whichever it is.
  forget((copy) => !copy || copy.user !== user || Date.now() - copy.at > WEEK || (saved && copy.token === saved));
  document.addEventListener("submit", ({ target }) => /\/logout\/$/.test(target.action) && forget(), true);
  document.addEventListener("click", ({ target }) => target.closest?.("a[href$='/logout/']") && forget(), true);

  const form = document.querySelector("form[data-edit-form]");
  if (!form) return;
  let key = PREFIX + location.pathname;
  const LEFT_OUT = /^(csrfmiddlewaretoken|kept_copy|action-.*)$/;
  const revision = () => form.elements.namedItem("loaded_revision_id")?.value ?? "";

  const keep = (token) => {
    const fields = [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !LEFT_OUT.test(name));
    try {
      localStorage.setItem(key, JSON.stringify({ user, token, fields, at: Date.now(), revision: revision() }));
    } catch {
      // No room, or a browser that keeps nothing: then there is no copy.
    }
  };

  form.addEventListener("submit", () => {
    const token = `${Date.now().toString(36)}${Math.random().toString(36).slice(2)}`;
    let field = form.elements.namedItem("kept_copy");
    if (!field) {
      field = Object.assign(document.createElement("input"), { type: "hidden", name: "kept_copy" });
      form.append(field);
    }
    field.value = token;
    keep(token);
  });
  form.addEventListener("w-autosave:error", () => keep(""));
  form.addEventListener("w-autosave:success", () => {
    localStorage.removeItem(key);
    key = PREFIX + location.pathname; // a new page has its own address from now on
  });

  const copy = read(key);
  // A form that came back with errors holds what was typed already.
  if (!copy || form.dataset.wUnsavedForceValue === "true") return;
  const template = document.getElementById("kept-copy-found");
  if (!template) return;
  const found = template.content.cloneNode(true).firstElementChild;
  found.querySelector("time").textContent = new Date(copy.at).toLocaleString("fr-FR", { dateStyle: "long", timeStyle: "short" });
  found.querySelector("[data-newer]").hidden = copy.revision === revision();
  found.querySelector("[data-forget]").addEventListener("click", () => {
    localStorage.removeItem(key);
    found.remove();
  });
  found.querySelector("[data-find]").addEventListener("click", () => {
    // The server puts the form together again, blocks and all, as it does for any draft that is saved.
    const sent = Object.assign(document.createElement("form"), { method: "POST", action: location.pathname, hidden: true });
    const token = form.elements.namedItem("csrfmiddlewaretoken").value;
    for (const [name, value] of [...copy.fields, ["csrfmiddlewaretoken", token], ["kept_copy", copy.token || "found"]]) {
      const field = document.createElement("textarea");
      Object.assign(field, { name, value });
      sent.append(field);
    }
    if (!copy.token) localStorage.setItem(key, JSON.stringify({ ...copy, token: "found" }));
    document.body.append(sent);
    sent.submit();
  });
  form.before(found);
})();
