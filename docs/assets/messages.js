/* The filter of the messages: rows that have all the words typed. Without it, all rows are there. */
(() => {
  const rows = [...document.querySelectorAll("table.faq-messages tbody tr")];
  const texts = rows.map((row) => row.textContent.toLowerCase());
  const field = Object.assign(document.createElement("input"), {
    placeholder: "port is already allocated",
    type: "search",
  });
  const label = document.createElement("label");
  const count = document.createElement("span");
  label.append("Filter ", field);
  count.setAttribute("role", "status");
  document.querySelector(".faq-filter").append(label, " ", count);

  function filter() {
    const words = field.value.toLowerCase().split(/\s+/);
    rows.forEach((row, at) => {
      row.hidden = !words.every((word) => texts[at].includes(word));
    });
    const shown = rows.filter((row) => !row.hidden).length;
    const all = shown ? "" : ": press / to search all pages";
    count.textContent = shown === rows.length ? "" : `${shown} of ${rows.length}${all}`;
  }

  field.addEventListener("input", filter);
  filter();
})();
