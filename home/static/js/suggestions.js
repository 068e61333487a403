// Proposes themes, territories and pages under a search field while somebody types: a combobox with a list (ARIA 1.2).
// Without this module the field is an ordinary search field.
const WAIT = 180;
const SHORTEST = 2;

const enhance = (field) => {
  const list = document.createElement("ul");
  const status = document.createElement("p");
  let timer, asking, chosen = -1;

  list.id = `${field.id}-suggestions`;
  list.className = "suggestions";
  list.role = "listbox";
  list.ariaLabel = field.dataset.label;
  list.hidden = true;
  status.className = "visually-hidden";
  status.role = "status";
  field.after(list, status);
  field.role = "combobox";
  field.autocomplete = "off";
  field.ariaAutoComplete = "list";
  field.ariaExpanded = "false";
  field.setAttribute("aria-controls", list.id);

  const close = () => {
    clearTimeout(timer);
    asking?.abort();
    list.hidden = true;
    field.ariaExpanded = "false";
    choose(-1);
  };

  const choose = (place) => {
    chosen = place;
    field.removeAttribute("aria-activedescendant");
    [...list.children].forEach((option, number) => {
      option.ariaSelected = String(number === place);
      if (number !== place) return;
      field.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    });
  };

  const show = ({ items, status: words }) => {
    list.replaceChildren(...items.map((item, number) => {
      const option = document.createElement("li");
      const kind = document.createElement("span");
      option.id = `${list.id}-${number}`;
      option.role = "option";
      option.dataset.url = item.url;
      kind.textContent = item.kind;
      option.append(item.label, " ", kind);
      return option;
    }));
    list.hidden = items.length === 0;
    field.ariaExpanded = String(!list.hidden);
    status.textContent = words;
    choose(-1);
  };

  const ask = async () => {
    asking?.abort();
    asking = new AbortController();
    const address = `${field.dataset.suggestions}?q=${encodeURIComponent(field.value)}`;
    try {
      const answer = await fetch(address, { signal: asking.signal });
      if (answer.ok) show(await answer.json());
    } catch {
      // Another letter came first, or the connection went: the form still works.
    }
  };

  field.addEventListener("input", () => {
    clearTimeout(timer);
    if (field.value.trim().length < SHORTEST) close();
    else timer = setTimeout(ask, WAIT);
  });

  field.addEventListener("keydown", (event) => {
    const last = list.children.length - 1;
    if (event.key === "Enter" && chosen < 0) close();
    if (list.hidden) return;
    if (event.key === "ArrowDown") choose(chosen < last ? chosen + 1 : -1);
    else if (event.key === "ArrowUp") choose(chosen > -1 ? chosen - 1 : last);
    else if (event.key === "Enter") location.assign(list.children[chosen].dataset.url);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
  });

  // The field keeps the focus while an option is pressed.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("li");
    if (option) location.assign(option.dataset.url);
  });
  field.addEventListener("blur", close);
};

document.querySelectorAll("input[data-suggestions]").forEach(enhance);
