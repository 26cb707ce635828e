/* Search: ranks the entry that answers first, and the claim in it that matched. It requests
   nothing but its own data. The tests ask `window.faqSearch(query, {column, state})`. */
(() => {
  let stopWords = new Set();
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
  /* A page answers a query if the sum of three measures is high enough: the share of the query's
     words, by weight, that its subject has; the same of its best line; its score for each word. */
  const SUBJECT = ["title", "asked", "messages", "tags", "headings", "answer"];
  const NAMED = 2.5; // what a page is worth more that has a name of several words
  const SAME = 2.6; // and one that asks the same
  const MENTIONED = 0.3; // of the weight of a word that the page has elsewhere
  const SCORED = 0.44; // of the logarithm of the score for each word
  const ENOUGH = 3; // of all three together
  const TOGETHER = 3; // what a page is worth more that has all words in one line
  const FIRST = 20; // so many pages are looked at line by line
  const LONGEST = 20000; // characters of a paste that are read
  const base = document.currentScript.src.replace(/assets\/search\.js.*$/, "");

  /* Words. */
  const split = (text) =>
    text
      .toLowerCase()
      .split(/[^\p{L}\p{N}]+/u)
      .filter(Boolean);

  /* Names of several words: host.docker.internal, /var/run/docker.sock, --cache-from. */
  const NAME = /[\p{L}\p{N}]+(?:[._/:-]+[\p{L}\p{N}]+)+/gu;
  const names = (text) => text.toLowerCase().match(NAME) ?? [];

  function stem(word) {
    if (word.length < 4 || /\d/.test(word)) return word;
    let short = word;
    for (const [ending, instead] of ENDINGS) short = short.replace(ending, instead);
    return short.length < 3 ? word : short;
  }

  const term = (word) => (stopWords.has(word) ? null : stem(word));
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
    const { entries, subjects, synonyms } = window.faq;
    stopWords = new Set(window.faq.stop_words);
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
      subjects: new Set(terms(subjects.join(" "))),
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

  function phrasesOf({ title, asked, messages, headings, answer, text, code }) {
    const all = [title, ...asked, ...messages, ...headings, answer, text, code].join("\n");
    return {
      names: new Set(names(all)),
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
      all,
      words,
      names: names(paste),
      skeleton: skeleton(paste),
      gist: terms(all).join(" "),
      own: new Set(terms(words)),
      said: new Set(terms(meant.map(([said]) => said).join(" "))),
      added: meant.map(([, others]) => others).join(" "),
    };
  }

  function matches(index, { words, own, added }, options = {}) {
    const others = new Set(terms(added));
    return index.search(`${words} ${added}`, {
      boost: BOOST,
      boostTerm: (word) => (others.has(word) && !own.has(word) ? ADDED_TERM : 1),
      fuzzy: (word) => (word.length > 7 ? 2 : word.length > 3 ? 1 : false),
      prefix: (word) => word.length > 2,
      maxFuzzy: 2,
      weights: { fuzzy: 0.3, prefix: 0.5 },
      ...options,
    });
  }

  /* A pasted message, the longer the more, a question typed as a page asks it, or a name,
     outweighs single words. */
  function weight({ messages, skeletons, questions, names }, query) {
    const pasted = [
      ...messages.filter((text) => overlap(text, query.all)),
      ...skeletons.filter((text) => overlap(text, query.skeleton)),
    ].map(({ length }) => length);
    if (pasted.length) return 3 + Math.min(1, Math.max(...pasted) / 60);
    if (questions.some((text) => overlap(text, query.gist))) return SAME;
    return query.names.some((name) => names.has(name)) ? NAMED : 1;
  }

  /* How much each word of a query says: the fewer pages have it, the more. */
  function weights({ pages }, { own }) {
    const exact = { fuzzy: false, prefix: false, tokenize: (word) => [word], processTerm: String };
    const weigh = (word) => {
      const { length } = pages.search(word, exact);
      return Math.log(1 + window.faq.entries.length / (length || 0.5));
    };
    return new Map([...own].map((word) => [word, weigh(word)]));
  }

  /* By page, the words of a query that some of its fields have; what a synonym says counts. */
  function wordsIn({ pages }, query, fields) {
    const added = new Set(terms(query.added));
    const options = {
      fields,
      fuzzy: (word) => (word.length > 4 ? 1 : false),
      prefix: (word) => word.length > 5,
    };
    const words = new Map();
    for (const { id, queryTerms } of matches(pages, query, options)) {
      const isMeant = queryTerms.some((word) => added.has(word));
      words.set(id, new Set([...queryTerms, ...(isMeant ? query.said : [])]));
    }
    return words;
  }

  /* The words of each line of a page's subject, once they are needed. */
  const linesOf = new Map();
  function lines(id) {
    if (!linesOf.has(id)) {
      const { title, answer, asked, headings, messages, tags } = window.faq.entries[id];
      const all = [title, ...answer.split(". "), ...asked, ...headings, ...messages, ...tags];
      linesOf.set(
        id,
        all.map((line) => new Set(terms(line))),
      );
    }
    return linesOf.get(id);
  }

  /* How much of a query's weight is together in one line of a page, from 0 to 1. */
  function together(id, weighed) {
    const sum = (words) => words.reduce((total, [, weight]) => total + weight, 0);
    const words = [...weighed];
    const most = lines(id).map((line) => sum(words.filter(([word]) => line.has(word))));
    return Math.max(0, ...most) / (sum(words) || 1);
  }

  /* How much of a query each page answers, from 0 to 1. */
  function answered(index, query, weighed) {
    const mentioned = wordsIn(index, query, Object.keys(BOOST));
    const subject = wordsIn(index, query, SUBJECT);
    const all = [...weighed.values()].reduce((sum, weight) => sum + weight, 0);
    return (id) => {
      let known = 0;
      for (const [word, weight] of weighed) {
        if (subject.get(id)?.has(word)) known += weight;
        else if (index.subjects.has(word)) return 0;
        else if (mentioned.get(id)?.has(word)) known += MENTIONED * weight;
      }
      return all ? known / all : 0;
    };
  }

  /* The pages with their scores, best first, and whether each answers. */
  function rank(index, query) {
    const weighed = weights(index, query);
    const share = answered(index, query, weighed);
    const count = Math.max(1, query.own.size);
    const byScore = (a, b) => b.score - a.score;
    const ranked = matches(index.pages, query).map(({ id, score, queryTerms }) => {
      const known = new Set(queryTerms.filter((word) => query.own.has(word)));
      const factor = weight(index.phrases[id], query);
      return { id, answers: factor > NAMED, score: score * (0.5 + known.size / count) * factor };
    });
    for (const page of ranked.sort(byScore).slice(0, FIRST)) {
      const part = share(page.id);
      const line = together(page.id, weighed);
      const sure = part + line + SCORED * Math.log1p(page.score / count);
      page.answers ||= part > 0 && sure >= ENOUGH;
      page.score *= 1 + TOGETHER * line;
    }
    return ranked.sort(byScore);
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
    const results = rank(index, query).map(({ id, ...rank }) => {
      const { url, title, answer, claims } = window.faq.entries[id];
      const claim = best.get(id) ?? (filter.state && claims.find(isWanted));
      return { url, title, answer, claim, ...rank };
    });
    return results.filter(({ claim }) => claim || !filter.state);
  }

  window.faqSearch = search;
  window.faqStart = start;
  window.faqBase = base;
})();
