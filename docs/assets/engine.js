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

  const numbers = (release) => release.split(".").map(Number);
  const isOlder = ([major, minor], [otherMajor, otherMinor]) =>
    major < otherMajor || (major === otherMajor && minor < otherMinor);

  /* What is known of a release that was not tested: between which two it lies, and what differs. */
  function place(release, tested) {
    if (!/^\d+\.\d+$/.test(release)) return ["A release is two numbers, such as 29.10."];
    const lower = tested.findLast((column) => isOlder(numbers(column), numbers(release)));
    const upper = tested.find((column) => isOlder(numbers(release), numbers(column)));
    const untested = `${release} was not tested`;
    if (!lower) return [`${untested}: it is older than ${upper}, the oldest engine tested.`];
    if (!upper) {
      return [
        `${untested}: it is newer than ${lower}, the newest engine tested. ` +
          "What is known of it from its makers stands under “Not tested here”.",
      ];
    }
    const where = `${untested}: it lies between ${lower} and ${upper}. `;
    const differing = [...document.querySelectorAll(".verdict[data-states]")].filter((link) => {
      const states = JSON.parse(link.dataset.states);
      return states[lower] !== states[upper];
    });
    const links = [...new Map(differing.map((link) => [link.hash, link])).values()];
    if (!links.length) return [`${where}All verdicts on this page are the same on both.`];
    return [`${where}These claims are not the same on both: `, ...links.map(linkTo)];
  }

  function linkTo({ href, hash }) {
    const link = document.createElement("a");
    link.href = href;
    link.textContent = hash.slice(1).replaceAll("_", " ");
    const item = document.createElement("span");
    item.append(link, " ");
    return item;
  }

  function tell(parts) {
    let note = document.getElementById("faq-placed");
    if (!note) {
      note = document.createElement("p");
      note.id = "faq-placed";
      note.setAttribute("role", "status");
      document.querySelector("article h1")?.after(note);
    }
    note.replaceChildren(...parts);
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
    const release = document.getElementById("faq-release");
    const tested = columns.filter((column) => /^\d+\.\d+$/.test(column));

    function placed() {
      const mine = release.value.trim();
      const column = columns.includes(mine) && mine !== "other" ? mine : "";
      store(mine);
      apply(column);
      tell(mine && !column ? place(mine, tested) : []);
    }

    release.addEventListener("change", placed);
    select.addEventListener("change", () => {
      release.hidden = select.value !== "other";
      if (release.hidden) {
        store(select.value);
        apply(select.value);
        tell([]);
      } else {
        release.focus();
      }
    });
    if (select.value) apply(select.value);
    else if (stored()) {
      select.value = "other";
      release.hidden = false;
      release.value = stored();
      placed();
    }
  });
})();
