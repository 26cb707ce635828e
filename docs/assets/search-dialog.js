/* The search's dialog: `/` or Ctrl-K opens it from any page, arrows move, Enter follows, Escape
   closes. The address keeps the words: `?q=`. */
(() => {
  const SHOWN = 10;
  const NEAREST = 3; // where none answers
  const VENDOR = "https://docs.docker.com/search/?q=";
  const dialog = document.getElementById("faq-search");
  const form = dialog.querySelector("form");
  const input = dialog.querySelector("input");
  const list = dialog.querySelector("ol");
  const status = dialog.querySelector("[role=status]");
  const opener = document.querySelector(".faq-open");
  const asked = () => new URLSearchParams(location.search).get("q");

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

  /* A page with its answer, and the claim in it that matched, with its place in the text. */
  function row({ url, title, answer, claim }) {
    const href = window.faqBase + url;
    const link = make("a", "", { href });
    link.append(make("strong", title), make("span", answer, { className: "faq-answer" }));
    const item = document.createElement("li");
    item.append(link);
    if (claim) {
      const place = make("a", claim.sentence, { href: `${href}#in-${claim.id}` });
      place.className = "faq-claim";
      place.append(" ", verdict(claim.states, form.elements.column.value));
      item.append(place);
    }
    return item;
  }

  /* What is said where no page answers, with where to look instead. */
  function nothing(query) {
    const item = make("li", "Nothing here answers this. ", { className: "faq-nothing" });
    const href = VENDOR + encodeURIComponent(query);
    item.append(make("a", "Search Docker's documentation", { href }));
    if (form.dataset.ask) {
      const title = `?title=${encodeURIComponent(query)}`;
      item.append(" or ", make("a", "ask the question", { href: form.dataset.ask + title }));
    }
    item.append(".");
    return item;
  }

  /* The pages that answer; where none does, what to do instead, and the nearest pages. */
  function rows(query, results) {
    const first = results.slice(0, SHOWN);
    if (!first.length || !first[0].answers) {
      return [nothing(query), ...first.slice(0, NEAREST).map(row)];
    }
    return first.filter(({ answers }) => answers).map(row);
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
    list.replaceChildren(...(query ? rows(query, results) : []));
    status.textContent = query ? summary(results) : "";
    keep(query);
  }

  function summary(results) {
    if (!results.length) return "Nothing matches.";
    if (!results[0].answers) return "The nearest pages:";
    const { length } = results.filter(({ answers }) => answers);
    return length === 1 ? "1 page matches" : `${length} pages match`;
  }

  /* Keep the words in the address, so that Back and a link lead to them. */
  function keep(query) {
    const url = new URL(location.href);
    if (query) url.searchParams.set("q", query);
    else url.searchParams.delete("q");
    if (url.href !== location.href) history.replaceState(history.state, "", url);
  }

  function open() {
    if (dialog.open) return;
    form.elements.column.value = document.getElementById("faq-engine")?.value || "";
    dialog.showModal();
    input.select();
    window.faqStart();
    refresh();
  }

  /* Close the dialog without following a result. */
  function leave() {
    keep("");
    dialog.close();
  }

  /* The links to pages, without those into their text. */
  function pages() {
    return [...list.querySelectorAll("li:not(.faq-nothing) > a:first-child")];
  }

  function move(step) {
    const links = pages();
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
    const [first] = pages();
    if (!first) return;
    dialog.close();
    first.click();
  });
  list.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) leave();
  });
  form.querySelector(".faq-close").addEventListener("click", () => keep(""));
  dialog.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      event.preventDefault(); // once: the field would be emptied first
      leave();
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || event.target.tagName === "SELECT") return;
    event.preventDefault();
    shown.then(() => move(step)); // not into a list about to go
  });
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input, select, textarea, [contenteditable]");
    const byLetter = (event.ctrlKey || event.metaKey) && event.key === "k";
    if (!byLetter && (event.key !== "/" || typing)) return;
    if (dialog.open) return;
    event.preventDefault();
    open();
  });

  function openAsked() {
    if (!asked()) return;
    input.value = asked();
    open();
  }
  openAsked();
  window.addEventListener("pageshow", (event) => event.persisted && openAsked());

  const missing = document.querySelector("[data-faq-not-found] ol");
  if (missing) {
    const page = location.pathname
      .split("/")
      .pop()
      .replace(/\.html$/, "");
    const words = decodeURIComponent(page).replace(/[-_]/g, " ");
    window.faqSearch(words).then((results) => {
      missing.replaceChildren(...results.slice(0, 3).map(row));
    });
  }
})();
