/* Copies the page as Markdown. From disk, or where a page may not write to it, it is not offered. */
(() => {
  const button = document.querySelector(".faq-copy");
  if (!button || !navigator.clipboard?.write || location.protocol === "file:") return;
  const twin = document.querySelector("link[type='text/markdown']").href;
  const [label] = button.childNodes;

  async function text() {
    const answered = await fetch(twin);
    if (!answered.ok) throw new Error(answered.status);
    return new Blob([await answered.text()], { type: "text/plain" });
  }

  async function copy() {
    try {
      await navigator.clipboard.write([new ClipboardItem({ "text/plain": text() })]);
      label.data = "Copied";
    } catch {
      label.data = "Not copied";
    }
  }

  button.addEventListener("click", copy);
  button.hidden = false;
})();
