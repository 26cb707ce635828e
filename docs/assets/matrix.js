/* Filters of the matrix: by topic, by engine and verdict. Without it, all rows are there. */
(() => {
  "use strict";
  const place = document.querySelector(".matrix-filter");
  if (!place) return;
  const table = document.querySelector("table.matrix");
  const bodies = [...table.tBodies];
  const columns = [...table.tHead.querySelectorAll("[data-columns]")].map((head) => head.dataset.columns);

  function select(label, options) {
    const field = document.createElement("select");
    field.append(...options.map(([value, text]) => new Option(text, value)));
    const around = document.createElement("label");
    around.append(label, " ", field);
    field.addEventListener("change", filter);
    place.append(around, " ");
    return field;
  }

  const topics = [...new Set(bodies.map((body) => body.dataset.topic))];
  const topic = select("Topic", [["", "all"], ...topics.map((name) => [name, name])]);
  const column = select("on", [["", "any engine"], ...columns.map((name) => [name, name])]);
  const state = select("that", [["", "has any verdict"], ["holds", "holds"], ["does-not-hold", "does not hold"], ["not-applicable", "is not applicable"], ["differs", "differs between engines"]]);
  const count = document.createElement("span");
  count.setAttribute("role", "status");
  place.append(count);

  function fits(row) {
    const cells = [...row.querySelectorAll("td")];
    const kinds = cells.map((cell) => [...cell.classList].find((name) => name !== "mine"));
    if (!state.value) return true;
    if (state.value === "differs") return new Set(kinds).size > 1;
    const at = columns.indexOf(column.value);
    return at < 0 ? kinds.includes(state.value) : kinds[at] === state.value;
  }

  function filter() {
    let shown = 0;
    for (const body of bodies) {
      let here = 0;
      for (const row of [...body.rows].slice(1)) {
        row.hidden = !(fits(row) && (!topic.value || body.dataset.topic === topic.value));
        here += !row.hidden;
      }
      body.hidden = !here;
      shown += here;
    }
    count.textContent = `${shown} claims`;
  }
  filter();
})();
