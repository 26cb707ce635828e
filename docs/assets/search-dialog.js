/* The search's dialog: `/` opens it from any page, arrows move, Enter follows, Escape closes. */
(() => {
  const SHOWN = 10;
  const dialog = document.getElementById("faq-search");
  const form = dialog.querySelector("form");
  const input = dialog.querySelector("input");
  const list = dialog.querySelector("ol");
  const status = dialog.querySelector("[role=status]");
  const opener = document.querySelector(".faq-open");

  const make = (tag, text, attributes = {}) =>
    Object.assign(document.createElement(tag), { textContent: text, ...attributes });

  const stateOf = (letter) => window.faqStates.find((state) => state.letter === letter);

  /* Where a claim holds, in a few words: on one engine, or on all. */
  function verdict(letters, column) {
    const at = window.faq.columns.indexOf(column);
    const [first] = at < 0 ? letters : letters[at];
    if (at < 0 && [...letters].some((letter) => letter !== first)) return differing(letters);
    const { symbol, state, kind } = stateOf(first);
    const where = at < 0 ? "all engines" : column;
    return make("span", `${symbol} ${state} on ${where}`, { className: `verdict ${kind}` });
  }

  /* The same of a claim on which engines differ: where it comes out as the site states it. */
  function differing(letters) {
    const [{ state, letter }] = window.faqStates;
    const columns = window.faq.columns.filter((_, at) => letters[at] === letter);
    const text = columns.length ? `± ${state} on ${columns.join(", ")}` : "± differs";
    return make("span", text, { className: "verdict differs" });
  }

  function row({ url, title, answer, claim }) {
    const link = make("a", "", { href: window.faqBase + url + (claim ? `#${claim.id}` : "") });
    link.append(make("strong", title));
    link.append(make("span", claim ? claim.sentence : answer, { className: "faq-claim" }));
    if (claim) link.append(verdict(claim.states, form.elements.column.value));
    const item = document.createElement("li");
    item.append(link);
    return item;
  }

  let latest = 0;
  let shown = Promise.resolve();

  function refresh() {
    shown = show();
  }

  async function show() {
    const turn = ++latest;
    const query = input.value.trim();
    const { column, state } = form.elements;
    const filter = { column: column.value, state: state.value };
    const results = query ? await window.faqSearch(query, filter) : [];
    if (turn !== latest) return; // a later query is under way
    list.replaceChildren(...results.slice(0, SHOWN).map(row));
    status.textContent = query ? summary(results) : "";
  }

  function summary({ length }) {
    if (!length) return "No claim with this verdict.";
    return `${length} of ${window.faq.entries.length} questions`;
  }

  function open() {
    form.elements.column.value = document.getElementById("faq-engine")?.value || "";
    dialog.showModal();
    input.select();
    window.faqStart();
    refresh();
  }

  function move(step) {
    const links = [...list.querySelectorAll("a")];
    const at = links.indexOf(document.activeElement) + step;
    (links[at] || input).focus();
  }

  opener.hidden = false;
  opener.addEventListener("click", open);
  input.addEventListener("input", refresh);
  form.addEventListener("change", (event) => {
    if (event.target !== input) refresh(); // the input's own comes when a result takes the focus
  });
  form.addEventListener("submit", (event) => {
    const closes = event.submitter?.value === "close";
    if (closes && document.activeElement !== input) return;
    event.preventDefault();
    const first = list.querySelector("a");
    if (!first) return;
    dialog.close();
    first.click();
  });
  list.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
  dialog.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || event.target.tagName === "SELECT") return;
    event.preventDefault();
    shown.then(() => move(step)); // not into a list about to go
  });
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input, select, textarea, [contenteditable]");
    if (event.key !== "/" || typing || dialog.open) return;
    event.preventDefault();
    open();
  });

  if (document.querySelector("[data-faq-not-found]")) {
    const page = location.pathname
      .split("/")
      .pop()
      .replace(/\.html$/, "");
    input.value = decodeURIComponent(page).replace(/[-_]/g, " ");
    open();
  }
})();
