/* Filters of the matrix: by topic, by engine and verdict. Without it, all rows are there. */
(() => {
  const place = document.querySelector(".matrix-filter");
  if (!place) return;
  const table = document.querySelector("table.matrix");
  const bodies = [...table.tBodies];
  const heads = [...table.tHead.querySelectorAll("[data-columns]")];
  const columns = heads.map((head) => head.dataset.columns);
  const states = window.faqStates.filter(({ kind }) => table.querySelector(`td.${kind}`));

  function select(label, options) {
    const field = document.createElement("select");
    field.append(...options.map(([value, text]) => new Option(text, value)));
    const around = document.createElement("label");
    around.append(label, " ", field);
    field.addEventListener("change", filter);
    place.append(around, " ");
    return field;
  }

  const topics = new Set(bodies.map((body) => body.dataset.topic));
  const topic = select("Topic", [["", "all"], ...[...topics].map((name) => [name, name])]);
  const column = select("Engine", [["", "all"], ...columns.map((name) => [name, name])]);
  const verdict = select("Result", [
    ["", "any"],
    ...states.map(({ kind, state }) => [kind, state]),
    ["differs", "differs between engines"],
  ]);
  const count = document.createElement("span");
  count.setAttribute("role", "status");
  place.append(count);

  function kindOf(cell) {
    return states.find(({ kind }) => cell.classList.contains(kind)).kind;
  }

  function fits(row) {
    if (!verdict.value) return true;
    const kinds = [...row.querySelectorAll("td")].map(kindOf);
    if (verdict.value === "differs") return new Set(kinds).size > 1;
    const at = columns.indexOf(column.value);
    return at < 0 ? kinds.includes(verdict.value) : kinds[at] === verdict.value;
  }

  function filter() {
    let shown = 0;
    for (const body of bodies) {
      const here = !topic.value || body.dataset.topic === topic.value;
      const rows = [...body.rows].slice(1);
      for (const row of rows) row.hidden = !(here && fits(row));
      const left = rows.filter((row) => !row.hidden).length;
      body.hidden = !left;
      shown += left;
    }
    count.textContent = `${shown} claims`;
  }
  filter();

  /* The reader's engine is the column to filter by; of a release between two, both are marked. */
  document.addEventListener("faq-engine", ({ detail }) => {
    column.value = detail.column;
    filter();
    if (!detail.lower || !detail.upper) return;
    const near = [detail.lower, detail.upper].map((name) => columns.indexOf(name));
    const rows = [...table.querySelectorAll("tr:has([data-columns])")];
    for (const row of rows) {
      const cells = row.querySelectorAll("[data-columns]");
      for (const at of near) cells[at].classList.add("mine");
    }
    const differing = rows.slice(1).filter((row) => {
      const [before, after] = near.map((at) => kindOf(row.querySelectorAll("td")[at]));
      return before !== after;
    });
    count.textContent += `; ${differing.length} of all claims differ between ${detail.lower} and ${detail.upper}`;
  });
})();
