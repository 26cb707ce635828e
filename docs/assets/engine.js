/* A reader says once which engine is theirs; each page then marks what it says of that engine.
   Nothing is replaced: a sentence may be about other engines. */
(() => {
  const KEY = "faq-engine";

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

  /* In front of a verdict that is not the same everywhere: what it is on the reader's engine. */
  function verdict(link, column) {
    link.querySelector(".own")?.remove();
    const states = JSON.parse(link.dataset.states);
    const mine = window.faqStates.find(({ state }) => state === states[column]);
    if (!mine || new Set(Object.values(states)).size === 1) return;
    const own = document.createElement("strong");
    own.className = "own";
    own.textContent = `${mine.symbol} on ${column} · `;
    link.prepend(own);
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

  const isRelease = (text) => /^\d+\.\d+$/.test(text);
  const numbers = (release) => release.split(".").map(Number);
  const isOlder = ([major, minor], [otherMajor, otherMinor]) =>
    major < otherMajor || (major === otherMajor && minor < otherMinor);

  /* The tested engines before and after a release that is none of them. */
  function neighbors(release, tested) {
    if (!isRelease(release)) return {};
    return {
      lower: tested.findLast((column) => isOlder(numbers(column), numbers(release))),
      upper: tested.find((column) => isOlder(numbers(release), numbers(column))),
    };
  }

  /* What is known of a release that was not tested: between which two it lies, and what differs. */
  function place(release, { lower, upper }) {
    if (!isRelease(release)) return ["A release is two numbers, such as 29.10."];
    const untested = `${release} was not tested`;
    if (!lower) return [`${untested}: it is older than ${upper}, the oldest engine tested.`];
    if (!upper) {
      return [
        `${untested}: it is newer than ${lower}, the newest engine tested. ` +
          (document.querySelector(".admonition.quote")
            ? "What its makers say of it is under “Not tested here”."
            : "This page has nothing about it."),
      ];
    }
    return [`${untested}: it lies between ${lower} and ${upper}. `, ...between(lower, upper)];
  }

  /* The claims of the page whose verdicts differ between two engines. */
  function between(lower, upper) {
    const stated = [...document.querySelectorAll(".verdict[data-states]")];
    if (!stated.length) return [];
    const differing = stated.filter((link) => {
      const states = JSON.parse(link.dataset.states);
      return states[lower] !== states[upper];
    });
    const links = [...new Map(differing.map((link) => [link.hash, link])).values()];
    if (!links.length) return ["All verdicts on this page are the same on both."];
    return ["These claims are not the same on both: ", ...links.map(linkTo)];
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

  /* Show the reader's engine, a column, or the two beside it; other scripts hear of it too. */
  function apply(column, near = {}) {
    for (const link of document.querySelectorAll(".verdict[data-states]")) verdict(link, column);
    tables(column);
    document.dispatchEvent(new CustomEvent("faq-engine", { detail: { column, ...near } }));
  }

  document.addEventListener("DOMContentLoaded", () => {
    const select = document.getElementById("faq-engine");
    const columns = [...select.options].map((option) => option.value);
    select.closest("label").hidden = false;
    select.value = columns.includes(stored()) ? stored() : "";
    const release = document.getElementById("faq-release");
    const tested = columns.filter(isRelease);

    function placed() {
      const mine = release.value.trim();
      const column = columns.includes(mine) && mine !== "other" ? mine : "";
      const near = mine && !column ? neighbors(mine, tested) : {};
      store(mine);
      apply(column, near);
      tell(mine && !column ? place(mine, near) : []);
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
