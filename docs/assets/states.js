/* The states of a claim on an engine: word, symbol, letter and CSS class, from the page's head. */
window.faqStates = JSON.parse(document.getElementById("faq-states").textContent);
