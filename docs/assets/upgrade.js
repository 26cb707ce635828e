/* Marks what changes for a reader who leaves the release of their engine, and leads there. */
(() => {
  const heads = [...document.querySelectorAll("h2[data-from]")];
  const releaseOf = (column) => column.replace("-containerd", "");

  /* A release that was not tested leaves by the step in which it lies. */
  function isMine({ from, to }, { column, lower, upper }) {
    if (column) return from === column || releaseOf(from) === column;
    return Boolean(lower && upper) && releaseOf(from) === lower && to === upper;
  }

  function mark(head, mine) {
    head.querySelector(".own")?.remove();
    head.classList.toggle("mine", mine);
    if (!mine) return;
    const own = document.createElement("span");
    own.className = "own";
    own.textContent = " ← your engine";
    head.querySelector(".headerlink").before(own);
  }

  function linkTo(head) {
    const link = document.createElement("a");
    link.href = `#${head.id}`;
    link.textContent = `From ${head.dataset.from} to ${head.dataset.to}`;
    return link;
  }

  const note = document.createElement("p");
  note.id = "faq-upgrade";
  note.setAttribute("role", "status");
  heads[0]?.before(note);

  document.addEventListener("faq-engine", ({ detail }) => {
    for (const head of heads) mark(head, isMine(head.dataset, detail));
    const first = heads.find((head) => head.classList.contains("mine"));
    if (first) note.replaceChildren("For your engine, begin with: ", linkTo(first));
    else note.textContent = detail.column ? `Nothing newer than ${detail.column} was tested.` : "";
  });
})();
