/* A reader says once which engine is theirs; each page then shows that engine's verdict first. */
(() => {
  const KEY = "faq-engine";
  const kinds = window.faqStates.map(({ kind }) => kind);

  function stored() {
    try {
      return localStorage.getItem(KEY) || "";
    } catch {
      return "";
    }
  }

  function store(column) {
    try {
      localStorage.setItem(KEY, column);
    } catch {
      // A reader may forbid it; the choice then lasts for this page.
    }
  }

  function verdict(link, column) {
    link.dataset.all ??= link.textContent;
    link.dataset.kind ??= kinds.find((kind) => link.classList.contains(kind)) || "differs";
    const states = JSON.parse(link.dataset.states);
    const mine = window.faqStates.find(({ state }) => state === states[column]);
    link.classList.remove(...kinds, "differs");
    link.classList.add(mine ? mine.kind : link.dataset.kind);
    link.textContent = mine ? inWords(mine, column, states) : link.dataset.all;
    link.title = mine ? link.dataset.all : "";
  }

  function inWords({ symbol, state }, column, states) {
    const differs = Object.values(states).some((other) => other !== state);
    return `${symbol} ${state} on ${column}${differs ? ", differs elsewhere" : ""}`;
  }

  function value(span, column) {
    span.dataset.all ??= span.innerHTML;
    span.innerHTML = JSON.parse(span.dataset.values)[column] ?? span.dataset.all;
  }

  function tables(column) {
    for (const part of document.querySelectorAll("[data-columns]")) {
      part.classList.toggle("mine", part.dataset.columns.split(" ").includes(column));
    }
    for (const group of document.querySelectorAll(".outputs")) {
      const mine = group.querySelector(".mine");
      if (mine) group.prepend(mine);
    }
  }

  function apply(column) {
    document.documentElement.dataset.engine = column;
    for (const link of document.querySelectorAll(".verdict[data-states]")) verdict(link, column);
    for (const span of document.querySelectorAll(".measured[data-values]")) value(span, column);
    tables(column);
  }

  document.addEventListener("DOMContentLoaded", () => {
    const select = document.getElementById("faq-engine");
    const columns = [...select.options].map((option) => option.value);
    select.closest("label").hidden = false;
    select.value = columns.includes(stored()) ? stored() : "";
    select.addEventListener("change", () => {
      store(select.value);
      apply(select.value);
    });
    if (select.value) apply(select.value);
  });
})();
