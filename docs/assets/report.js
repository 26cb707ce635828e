/* The link that reports a wrong answer names the claim that the address leads to, and the
   reader's engine. */
(() => {
  const link = document.getElementById("faq-report");
  if (!link) return;
  const written = new URL(link.href).searchParams.get("body");

  /* The claim whose evidence, or whose place in the text, the address leads to. */
  function claim() {
    const name = location.hash.slice(1).replace(/^in-/, "");
    return document.getElementById(name)?.matches(".evidence > tbody") ? name : "";
  }

  function engine() {
    const { value } = document.getElementById("faq-engine");
    return value === "other" ? document.getElementById("faq-release").value.trim() : value;
  }

  function fill() {
    const url = new URL(link.href);
    const body = written
      .replace(/^Claim:$/m, `Claim: ${claim()}`)
      .replace(/^Engine:$/m, `Engine: ${engine()}`);
    url.searchParams.set("body", body);
    link.href = url.href;
  }

  document.addEventListener("faq-engine", fill);
  window.addEventListener("hashchange", fill);
  document.addEventListener("DOMContentLoaded", fill);
})();
