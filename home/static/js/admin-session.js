// The session can end while somebody writes. What is typed stays in the page: they sign in beside it, then go on.
const PRESENCE = "/admin/compte/presence/";
const FRESH = 30 * 60 * 1000; // as long as that, nobody asks again whether there still is a session

let asked = Date.now();
let dialog = null;

// Whether there is a session. If so, forms get the token that goes with it; trouble of another kind is not ours to tell.
async function present() {
  try {
    const answer = await fetch(PRESENCE, { headers: { "X-Requested-With": "XMLHttpRequest" } });
    if (!answer.ok) return answer.status !== 403;
    const { token } = await answer.json();
    for (const field of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) field.value = token;
    asked = Date.now();
    return true;
  } catch {
    return true;
  }
}

function say() {
  if (dialog) return;
  dialog = document.createElement("dialog");
  dialog.id = "session-fermee";
  dialog.setAttribute("aria-labelledby", "session-fermee-titre");
  dialog.innerHTML = `
    <h2 id="session-fermee-titre">Votre session s’est fermée</h2>
    <p>Ce que vous avez écrit est toujours dans cette page. Connectez-vous dans un autre onglet, puis revenez ici.</p>
    <p><a class="button" href="/admin/login/" target="_blank" rel="noopener">Me connecter dans un autre onglet</a></p>
    <form method="dialog"><button class="button button-secondary">Revenir à mon texte</button></form>`;
  dialog.addEventListener("close", forget);
  document.body.append(dialog);
  dialog.showModal();
}

function forget() {
  dialog?.remove();
  dialog = null;
}

async function back() {
  if (!dialog || !(await present())) return;
  forget();
  const text = "Vous êtes de nouveau connecté·e. Enregistrez votre texte.";
  document.dispatchEvent(new CustomEvent("w-messages:add", { detail: { clear: true, text, type: "success" } }));
}

async function check(event) {
  const form = event.target;
  if (form.method !== "post" || (!dialog && Date.now() - asked < FRESH)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (await present()) form.requestSubmit(event.submitter);
  else say();
}

if (!document.body.classList.contains("login")) {
  document.addEventListener("submit", check, true);
  document.addEventListener("w-autosave:success", () => (asked = Date.now()));
  document.addEventListener("w-autosave:error", async () => {
    asked = 0;
    if (!(await present())) say();
  });
  window.addEventListener("focus", back);
  document.addEventListener("visibilitychange", back);
}
