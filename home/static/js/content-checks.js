// The tests behind our content checks (home/admin/content_checks.py), registered with Wagtail's checker before it runs.
(() => {
  const text = (element) => element.textContent.replace(/\s+/g, " ").trim();
  const sentences = (string) => string.split(/[.!?…]+(?=[\s»”)]|$)/).filter((part) => /\p{L}/u.test(part));
  const clauses = (string) => sentences(string).flatMap((sentence) => sentence.split(";"));
  const words = (string) => string.match(/[\p{L}\p{N}]+(?:[’'·-][\p{L}\p{N}]+)*/gu) || [];

  const TESTS = {
    absent: () => false,
    lacks: (element, { pattern, case: sensitive }) => !new RegExp(pattern, sensitive ? "u" : "iu").test(text(element)),
    short: (element, { characters, sentences: most }) =>
      text(element).length <= characters && sentences(text(element)).length <= most,
    breathes: (element, { words: most }) => clauses(text(element)).every((clause) => words(clause).length <= most),
    // Counts what stands under the section's own heading, up to its first subheading.
    said: (element, { words: least }) => {
      const children = [...element.children];
      const end = children.findIndex((child) => child.matches("h3"));
      const own = children.slice(0, end < 0 ? undefined : end).filter((child) => !child.matches("h2"));
      return words(own.map(text).join(" ")).length >= least;
    },
  };

  const userbar = document.querySelector("wagtail-userbar");
  const configuration = userbar?.shadowRoot?.querySelector("#checker-axe-configuration");
  if (!configuration) return;
  for (const { id, options } of JSON.parse(configuration.textContent).spec.checks) {
    const test = TESTS[options?.test];
    if (!test) continue;
    userbar.registerCheck(id, (element, given) => (given.except && element.closest(given.except) ? true : test(element, given)));
  }
})();
