/* Search: ranks the entry that answers first, and the claim in it that matched; no request but
   for its own data. `window.faqFind(query, {column, state})` is what the tests ask. */
(() => {
  "use strict";
  const STOP = new Set(
    ("a an and are as at be been but by can could did do does doesn doesnt doing don dont for from get gets " +
      "had has have how i if in into is it its just me my of on or our so some t s re that the their them then there " +
      "these they this to too use using want was we what whats when where wheres which who why will with wont would you " +
      "your cant hows im isnt ive theres anyone anybody someone somebody docker container containers").split(" "),
  );
  const BOOST = { messages: 4, asked: 5, title: 5, answer: 2, headings: 2, tags: 3, claims: 1.5, text: 1, trouble: 1, code: 0.6 };
  const base = document.currentScript.src.replace(/assets\/find\.js.*$/, "");

  const split = (text) => text.toLowerCase().split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  const stem = (word) => {
    if (word.length < 4 || /\d/.test(word)) return word;
    const short = word.replace(/(ies)$/, "y").replace(/(sses)$/, "ss").replace(/([^su])s$/, "$1")
      .replace(/(ing|ed)$/, "").replace(/e$/, "");
    return short.length < 3 ? word : short;
  };
  const term = (word) => (STOP.has(word) ? null : stem(word));
  const squeeze = (text) => split(text.replace(/\b[0-9a-f]{12,}\b/gi, " ")).join(" "); // without ids and hashes
  const gist = (text) => split(text).map(term).filter(Boolean).join(" ");

  /* A message without what differs each time: what is quoted, numbers, addresses. */
  const skeleton = (text) =>
    split(text.replace(/"[^"\n]{1,80}"|(^|\W)'[^'\n]{1,80}'(?!\w)/g, " ")).filter((word) => !/\d/.test(word)).join(" ");

  /* The words of a long paste: a log says at its end what went wrong. */
  const ends = (query) => (query.length > 500 ? `${query.slice(0, 150)} ${query.slice(-350)}` : query);

  let ready;
  const load = (file) => new Promise((done, failed) => {
    const script = document.createElement("script");
    script.src = base + file;
    script.onload = done;
    script.onerror = failed;
    document.head.append(script);
  });
  const start = () => (ready ||= Promise.all([load("assets/vendor/minisearch-7.2.0.js"), load("assets/find-data.js")]).then(index));

  function index() {
    const faq = window.faq;
    const options = { tokenize: split, processTerm: term };
    const pages = new window.MiniSearch({ fields: Object.keys(BOOST), ...options });
    const claims = new window.MiniSearch({ fields: ["sentence", "trouble"], ...options });
    faq.entries.forEach((entry, id) => {
      pages.add({
        id, ...entry,
        asked: entry.asked.join("\n"), messages: entry.messages.join("\n"), headings: entry.headings.join("\n"),
        tags: entry.tags.join("\n"),
        claims: entry.claims.map((claim) => claim[1]).join("\n"),
        trouble: entry.claims.map((claim) => claim[3]).join("\n"),
      });
      entry.claims.forEach((claim, number) => claims.add({ id: `${id}/${number}`, sentence: claim[1], trouble: claim[3] }));
      entry.squeezed = entry.messages.map(squeeze);
      entry.skeletons = entry.messages.map(skeleton);
      entry.phrases = [entry.title, ...entry.asked].map(gist);
    });
    const synonyms = Object.entries(faq.synonyms).map(([said, meant]) => [` ${squeeze(said)} `, meant]);
    return { faq, pages, claims, synonyms };
  }

  /* What is meant beside what is said; squeezed text has a space around each word. */
  const meant = (query, synonyms) =>
    synonyms.filter(([said]) => ` ${query} `.includes(said)).map(([, words]) => words).join(" ");

  function search(engine, query, added) {
    const extra = new Set(split(added).map(term));
    const own = new Set(split(query).map(term));
    return engine.search(`${query} ${added}`, {
      boost: BOOST,
      boostTerm: (word) => (extra.has(word) && !own.has(word) ? 0.35 : 1),
      fuzzy: (word) => (word.length > 7 ? 2 : word.length > 3 ? 1 : false),
      prefix: (word) => word.length > 2,
      maxFuzzy: 2,
      weights: { fuzzy: 0.3, prefix: 0.5 },
    });
  }

  /* A pasted message, or a question typed as a page asks it, outweighs single words. */
  const within = (one, other) => one.length >= 8 && other.length >= 8 &&
    (` ${one} `.includes(` ${other} `) || ` ${other} `.includes(` ${one} `));
  function phrase(entry, said) {
    if (entry.squeezed.some((text) => within(text, said.all)) || entry.skeletons.some((text) => within(text, said.bones))) return 4;
    return entry.phrases.some((text) => within(text, said.short)) ? 2 : 1;
  }

  function find({ faq, pages, claims, synonyms }, text, { column = "", state = "" } = {}) {
    const pasted = text.slice(0, 20000);
    const all = squeeze(pasted);
    const query = ends(all);
    const said = { all, bones: skeleton(pasted), short: gist(all) };
    const own = new Set(gist(query).split(" "));
    const added = meant(query, synonyms);
    const at = faq.columns.indexOf(column);
    const wanted = (claim) => !state || (at < 0 ? claim[2].includes(state) : claim[2][at] === state);
    const best = new Map();
    for (const { id, score } of search(claims, query, added)) {
      const [entry, number] = id.split("/").map(Number);
      if (!best.has(entry) && wanted(faq.entries[entry].claims[number])) best.set(entry, { number, score });
    }
    const found = search(pages, query, added)
      .map(({ id, score, queryTerms }) => {
        const share = new Set(queryTerms.filter((word) => own.has(word))).size / own.size;
        return { entry: faq.entries[id], id, score: score * (0.5 + share) * phrase(faq.entries[id], said) };
      })
      .sort((a, b) => b.score - a.score);
    const results = found.length || !text.trim() ? found : faq.entries.map((entry, id) => ({ entry, id, score: 0 }));
    return results
      .map(({ entry, id, score }) => {
        const number = best.get(id)?.number ?? entry.claims.findIndex(wanted);
        return { url: entry.url, title: entry.title, answer: entry.answer, score, claim: entry.claims[number] };
      })
      .filter(({ claim }) => claim || !state);
  }
  window.faqFind = async (text, filter) => find(await start(), text, filter);
  window.faqStart = start;
  window.faqBase = base;
})();
