/* The filter of the messages: rows that have all the words typed, or a message like the one pasted.
   Without it, all rows are there. */
(() => {
  const ALIKE = 0.65; // of a message's words that a paste must have
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

  /* The words of a message without what differs each time: numbers, paths, what is quoted. */
  function words(text) {
    const same = text.toLowerCase().replace(/"[^"]*"|'[^']*'|\S*[/\d]\S*/g, " ");
    return same.match(/\p{L}{3,}/gu) ?? [];
  }

  const messages = rows.map((row) =>
    [...row.querySelectorAll("th code")].map((code) => words(code.textContent)),
  );

  function isLike(message, pasted) {
    const known = message.filter((word) => pasted.has(word));
    return message.length > 1 && known.length >= ALIKE * message.length;
  }

  function filter() {
    const typed = field.value.toLowerCase().split(/\s+/);
    const pasted = new Set(words(field.value));
    rows.forEach((row, at) => {
      const hasAll = typed.every((word) => texts[at].includes(word));
      row.hidden = !hasAll && !messages[at].some((message) => isLike(message, pasted));
    });
    const shown = rows.filter((row) => !row.hidden).length;
    const all = shown ? "" : ": press / to search all pages";
    count.textContent = shown === rows.length ? "" : `${shown} of ${rows.length}${all}`;
  }

  field.addEventListener("input", filter);
  filter();
})();
