/* The search field of the first page: it opens the search. Without scripts it is not shown. */
document.querySelector(".faq-field")?.addEventListener("click", () => {
  document.querySelector(".faq-open").click();
});
