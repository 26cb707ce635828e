/* Search: ranks the entry that answers first, and the claim in it that matched. It requests
   nothing but its own data. The tests ask `window.faqSearch(query, {column, state})`. */
(() => {
  const STOP_WORDS = new Set(
    `a an and are as at be been but by can could did do does doesn doesnt doing don dont for from
    get gets had has have how i if in into is it its just me my of on or our so some t s re that
    the their them then there these they this to too use using want was we what whats when where
    wheres which who why will with wont would you your cant hows im isnt ive theres anyone anybody
    someone somebody docker container containers`.split(/\s+/),
  );
  const ENDINGS = [
    [/ies$/, "y"],
    [/sses$/, "ss"],
    [/([^su])s$/, "$1"],
    [/(?:ing|ed)$/, ""],
    [/e$/, ""],
  ];
  const BOOST = {
    messages: 4,
    asked: 5,
    title: 5,
    answer: 2,
    headings: 2,
    tags: 3,
    claims: 1.5,
    text: 1,
    trouble: 1,
    code: 0.6,
  };
  const ADDED_TERM = 0.35; // of the weight of a term that the reader typed
  const LONGEST = 20000; // characters of a paste that are read
  const base = document.currentScript.src.replace(/assets\/search\.js.*$/, "");

  /* Words. */
  const split = (text) =>
    text
      .toLowerCase()
      .split(/[^\p{L}\p{N}]+/u)
      .filter(Boolean);

  function stem(word) {
    if (word.length < 4 || /\d/.test(word)) return word;
    let short = word;
    for (const [ending, instead] of ENDINGS) short = short.replace(ending, instead);
    return short.length < 3 ? word : short;
  }

  const term = (word) => (STOP_WORDS.has(word) ? null : stem(word));
  const terms = (text) => split(text).map(term).filter(Boolean);

  /* A text without ids and hashes. */
  const withoutIds = (text) => split(text.replace(/\b[0-9a-f]{12,}\b/gi, " ")).join(" ");

  /* A message without what differs each time: what is quoted, numbers, addresses. */
  function skeleton(text) {
    const words = split(text.replace(/"[^"\n]{1,80}"|(^|\W)'[^'\n]{1,80}'(?!\w)/g, " "));
    return words.filter((word) => !/\d/.test(word)).join(" ");
  }

  /* The words of a long paste: a log says at its end what went wrong. */
  function ends(words) {
    return words.length > 500 ? `${words.slice(0, 150)} ${words.slice(-350)}` : words;
  }

  /* Whether one text stands in the other as whole words; short ones prove nothing. */
  function overlap(one, other) {
    if (one.length < 8 || other.length < 8) return false;
    return ` ${one} `.includes(` ${other} `) || ` ${other} `.includes(` ${one} `);
  }

  /* The index. */
  function load(file) {
    const script = document.createElement("script");
    script.src = base + file;
    return new Promise((done, failed) => {
      script.onload = done;
      script.onerror = failed;
      document.head.append(script);
    });
  }

  let started;
  function start() {
    started ||= Promise.all([
      load("assets/vendor/minisearch-7.2.0.js"),
      load("assets/search-data.js"),
    ]).then(makeIndex);
    return started;
  }

  function makeIndex() {
    const { entries, synonyms } = window.faq;
    const options = { tokenize: split, processTerm: term };
    const pages = new window.MiniSearch({ fields: Object.keys(BOOST), ...options });
    const claims = new window.MiniSearch({ fields: ["sentence", "trouble"], ...options });
    entries.forEach((entry, id) => {
      pages.add(asDocument(entry, id));
      entry.claims.forEach(({ sentence, trouble }, number) => {
        claims.add({ id: `${id}/${number}`, sentence, trouble });
      });
    });
    return {
      pages,
      claims,
      phrases: entries.map(phrasesOf),
      synonyms: Object.entries(synonyms).map(([said, meant]) => [` ${withoutIds(said)} `, meant]),
    };
  }

  function asDocument(entry, id) {
    return {
      ...entry,
      id,
      asked: entry.asked.join("\n"),
      messages: entry.messages.join("\n"),
      headings: entry.headings.join("\n"),
      tags: entry.tags.join("\n"),
      claims: entry.claims.map(({ sentence }) => sentence).join("\n"),
      trouble: entry.claims.map(({ trouble }) => trouble).join("\n"),
    };
  }

  function phrasesOf({ title, asked, messages }) {
    return {
      messages: messages.map(withoutIds),
      skeletons: messages.map(skeleton),
      questions: [title, ...asked].map((text) => terms(text).join(" ")),
    };
  }

  /* What is asked. */
  function read(text, synonyms) {
    const paste = text.slice(0, LONGEST);
    const all = withoutIds(paste);
    const words = ends(all);
    const meant = synonyms.filter(([said]) => ` ${words} `.includes(said));
    return {
      isBlank: !text.trim(),
      all,
      words,
      skeleton: skeleton(paste),
      gist: terms(all).join(" "),
      own: new Set(terms(words)),
      added: meant.map(([, others]) => others).join(" "),
    };
  }

  function matches(index, { words, own, added }) {
    const others = new Set(terms(added));
    return index.search(`${words} ${added}`, {
      boost: BOOST,
      boostTerm: (word) => (others.has(word) && !own.has(word) ? ADDED_TERM : 1),
      fuzzy: (word) => (word.length > 7 ? 2 : word.length > 3 ? 1 : false),
      prefix: (word) => word.length > 2,
      maxFuzzy: 2,
      weights: { fuzzy: 0.3, prefix: 0.5 },
    });
  }

  /* A pasted message, or a question typed as a page asks it, outweighs single words. */
  function weight({ messages, skeletons, questions }, query) {
    if (messages.some((text) => overlap(text, query.all))) return 4;
    if (skeletons.some((text) => overlap(text, query.skeleton))) return 4;
    return questions.some((text) => overlap(text, query.gist)) ? 2 : 1;
  }

  /* The entries with their scores, best first; all of them where no word is known. */
  function rank({ pages, phrases }, query) {
    const ranked = matches(pages, query).map(({ id, score, queryTerms }) => {
      const known = new Set(queryTerms.filter((word) => query.own.has(word)));
      const share = known.size / Math.max(1, query.own.size);
      return { id, score: score * (0.5 + share) * weight(phrases[id], query) };
    });
    if (ranked.length || query.isBlank) return ranked.sort((a, b) => b.score - a.score);
    return window.faq.entries.map((_, id) => ({ id, score: 0 }));
  }

  /* The claim of each entry that fits the query best, by the entry's number. */
  function bestClaims({ claims }, query, isWanted) {
    const best = new Map();
    for (const { id } of matches(claims, query)) {
      const [entry, number] = id.split("/").map(Number);
      const claim = window.faq.entries[entry].claims[number];
      if (!best.has(entry) && isWanted(claim)) best.set(entry, claim);
    }
    return best;
  }

  function filterOf({ column, state }) {
    if (!state) return () => true;
    const { letter } = window.faqStates.find((one) => one.state === state);
    const at = window.faq.columns.indexOf(column);
    return ({ states }) => (at < 0 ? states.includes(letter) : states[at] === letter);
  }

  async function search(text, filter = {}) {
    const index = await start();
    const query = read(text, index.synonyms);
    const isWanted = filterOf(filter);
    const best = bestClaims(index, query, isWanted);
    const results = rank(index, query).map(({ id, score }) => {
      const { url, title, answer, claims } = window.faq.entries[id];
      return { url, title, answer, score, claim: best.get(id) ?? claims.find(isWanted) };
    });
    return results.filter(({ claim }) => claim || !filter.state);
  }

  window.faqSearch = search;
  window.faqStart = start;
  window.faqBase = base;
})();
