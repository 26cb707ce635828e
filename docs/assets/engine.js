/* A reader says once which engine is theirs; each page then shows that engine's verdict first. */
(() => {
  "use strict";
  const KEY = "faq-engine";
  const SYMBOLS = { holds: "✓", "does not hold": "✗", "not applicable": "–", stale: "!", "not run": "?" };
  const chosen = () => { try { return localStorage.getItem(KEY) || ""; } catch { return ""; } };
  const keep = (column) => { try { localStorage.setItem(KEY, column); } catch { /* a reader may forbid it */ } };
  const kinds = Object.keys(SYMBOLS).map((state) => state.replaceAll(" ", "-"));

  function verdicts(column) {
    for (const link of document.querySelectorAll(".verdict[data-states]")) {
      link.dataset.all ??= link.textContent;
      link.dataset.kind ??= kinds.find((kind) => link.classList.contains(kind)) || "differs";
      const states = JSON.parse(link.dataset.states);
      const state = states[column];
      const differs = state && Object.values(states).some((other) => other !== state);
      link.classList.remove(...kinds, "differs");
      link.classList.add(state ? state.replaceAll(" ", "-") : link.dataset.kind);
      link.textContent = state ? `${SYMBOLS[state]} ${state} on ${column}${differs ? ", differs elsewhere" : ""}` : link.dataset.all;
      link.title = state ? link.dataset.all : "";
    }
  }

  function values(column) {
    for (const span of document.querySelectorAll(".measured[data-values]")) {
      span.dataset.all ??= span.innerHTML;
      const value = JSON.parse(span.dataset.values)[column];
      span.innerHTML = value ?? span.dataset.all;
    }
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
    verdicts(column);
    values(column);
    tables(column);
  }

  document.addEventListener("DOMContentLoaded", () => {
    const select = document.getElementById("faq-engine");
    select.closest("label").hidden = false;
    select.value = [...select.options].some((option) => option.value === chosen()) ? chosen() : "";
    select.addEventListener("change", () => { keep(select.value); apply(select.value); });
    if (select.value) apply(select.value);
  });
})();
