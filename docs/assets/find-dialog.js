/* The search's dialog: `/` opens it from any page, arrows move, Enter follows, Escape closes. */
(() => {
  "use strict";
  const WORDS = { y: "✓ holds", n: "✗ does not hold", "-": "– not applicable", "?": "? not run" };
  const KINDS = { y: "holds", n: "does-not-hold" };
  const SHOWN = 10;
  const dialog = document.getElementById("faq-find");
  const form = dialog.querySelector("form");
  const input = dialog.querySelector("input");
  const list = dialog.querySelector("ol");
  const status = dialog.querySelector("[role=status]");
  const opener = document.querySelector(".faq-open");

  const make = (tag, text, attributes = {}) => Object.assign(document.createElement(tag), { textContent: text, ...attributes });

  /* Where a claim holds, in a few words. */
  function verdict(states, column) {
    const columns = window.faq.columns;
    const state = column ? states[columns.indexOf(column)] : [...states].every((one) => one === states[0]) ? states[0] : "";
    const kind = KINDS[state] || "differs";
    if (state) return make("span", `${WORDS[state]} on ${column || "all engines"}`, { className: `verdict ${kind}` });
    const where = columns.filter((_, at) => states[at] === "y").join(", ");
    return make("span", where ? `± holds on ${where}` : "± differs", { className: "verdict differs" });
  }

  function row({ url, title, answer, claim }) {
    const link = make("a", "", { href: window.faqBase + url + (claim ? `#${claim[0]}` : "") });
    link.append(make("strong", title));
    link.append(make("span", claim ? claim[1] : answer, { className: "faq-claim" }));
    if (claim) link.append(verdict(claim[2], form.elements.column.value));
    const item = document.createElement("li");
    item.append(link);
    return item;
  }

  let asked = 0;
  let shown = Promise.resolve();
  const refresh = () => { shown = show(); };

  async function show() {
    const turn = ++asked;
    const query = input.value.trim();
    const filter = { column: form.elements.column.value, state: form.elements.state.value };
    const found = query ? await window.faqFind(query, filter) : [];
    if (turn !== asked) return;
    list.replaceChildren(...found.slice(0, SHOWN).map(row));
    status.textContent = !query ? "" : found.length ? `${found.length} of ${window.faq.entries.length} questions` : "No claim with this verdict.";
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
    const first = list.querySelector("a");
    if (event.submitter?.value === "close" && document.activeElement !== input) return;
    event.preventDefault();
    if (first) { dialog.close(); first.click(); }
  });
  list.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  dialog.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (event.target.tagName === "SELECT") return;
      event.preventDefault();
      shown.then(() => move(event.key === "ArrowDown" ? 1 : -1)); // not into a list about to go
    }
  });
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input, select, textarea, [contenteditable]");
    if (event.key === "/" && !typing && !dialog.open) { event.preventDefault(); open(); }
  });
  if (document.querySelector("[data-faq-not-found]")) {
    input.value = decodeURIComponent(location.pathname.split("/").pop().replace(/\.html$/, "")).replace(/[-_]/g, " ");
    open();
  }
})();
