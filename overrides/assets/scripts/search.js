// The site's search. Nothing is fetched before somebody searches; then only the parts of the index that the words
// asked for stand in, and the few pages that are shown. What is typed is looked up here, in the browser.
// The files and how words are cut are described in macros/outputs/search_index.py; both sides must agree.
(() => {
  "use strict";
  const PARTS = 256;
  const AT_ONCE = 10;
  const EXCERPT = 190; // characters
  const root = new URL("../../", document.currentScript.src);
  const lead = document.querySelector("main article > p");
  if (!lead) return;

  // Words that say little: they count, but a page need not hold them.
  const SMALL = new Set("a about an and are as at be by can do for from has have how i if in is it me my of on or our that the their there they this to was we what when where which who why will with you your".split(" "));
  // Words, cut as search_index.words_of cuts them.
  const wordsOf = (text) =>
    text.normalize("NFKD").replace(/\p{M}/gu, "").replace(/['’ʼ]/g, "").replace(/(\d),(?=\d{3})/g, "$1").toLowerCase().match(/[\p{L}\p{N}]+(?:\.\d[\p{L}\p{N}]*)*/gu) || [];
  const partOf = (word) => [...word].slice(0, 3).reduce((part, letter) => (part * 31 + letter.codePointAt(0)) % 65536, 0) % PARTS;
  const stem = (word) => {
    if (word === "children") return "child";
    const one = word.replace(/(..)ie[sd]$/, "$1y").replace(/([^su])s$/, "$1");
    const [, long, short] = one.match(/^(.{5,}?)(?:ation|ition|ion|al)$|^(.{4,}?)(?:ing|ment|ive|ed|er|ly|e)$/) || [];
    return (long || short || one).replace(/([^aeiousl])\1$/, "$1");
  };
  // Words of somebody who may be in trouble now, each with its endings. The numbers are those at the foot of every page.
  const URGENT = new Set(
    "999 101 abuse afraid alone assault attack beat beaten bleed blackmail bruise bully burn childline cut danger die died dying emergency frighten groom harm help helpline hit homeless hungry hurt injure kick kill knife nspcc nude overdose pain police punch rape raped runaway scare shake shaken slap smack starve strangle suicidal suicide threat threaten touch trap unsafe urgent violent weapon worry"
      .split(" ")
      .map(stem),
  );
  // One letter too many, too few, wrong, or two that changed places.
  const near = (a, b) => {
    let i = 0;
    while (i < a.length && a[i] === b[i]) i += 1;
    const [x, y] = [a.slice(i), b.slice(i)];
    return x.slice(1) === y || x === y.slice(1) || x.slice(1) === y.slice(1) || (x[0] === y[1] && x[1] === y[0] && x.slice(2) === y.slice(2));
  };

  const fetched = new Map();
  const here = new Map(); // of those, what has come
  // "no-cache" asks whether a kept file still holds: numbers of pages in files of two different days would not agree.
  const get = (path) => {
    if (!fetched.has(path)) {
      const answer = fetch(new URL(`search/${path}.json`, root), { cache: "no-cache" }).then((response) => (response.ok ? response.json() : Promise.reject(new Error(path))));
      answer.then((read) => here.set(path, read), () => fetched.delete(path));
      fetched.set(path, answer);
    }
    return fetched.get(path);
  };
  const partWith = (word) => `words/${partOf(word)}`;
  const spellingsLike = (word) => `spelling/${word.length < 6 ? "short" : partOf(word.slice(-2))}`;
  const correctable = (word) => word.length > 3 && !/\d/.test(word);
  // Sends for what a search will want without waiting for the next key. Words that come all at once, as from the box of
  // another page, may be mistyped: on a slow line it is quicker to send for the spellings too than to find out first.
  const prepare = (asked, atOnce) => {
    for (const word of wordsOf(asked)) {
      if (word.length < 3 && !atOnce) continue; // the part depends on three letters
      const part = here.get(partWith(word));
      get(partWith(word)).catch(() => {});
      const doubtful = part ? !Object.keys(part.words).some((other) => other.startsWith(word)) : atOnce;
      if (doubtful && correctable(word)) get(spellingsLike(word)).catch(() => {});
    }
  };

  // Every word of the index that a word asked for means, and how surely; by way of the spelling only if there is none.
  const meant = async (word, unfinished) => {
    const known = new Map();
    const { words, pages, titles } = await get(partWith(word));
    const named = Object.entries(titles);
    const ending = stem(word);
    const add = (other, list, sure) => known.set(other, { list, sure });
    for (const [other, list] of Object.entries(words)) {
      if (other === word) add(other, list, 1);
      else if (stem(other) === ending) add(other, list, 0.8);
      else if (unfinished && word.length > 2 && other.startsWith(word)) add(other, list, 0.5);
    }
    if (known.size || !correctable(word)) return { known, pages, named };
    for (const [other, list] of Object.entries(words)) if (other.length > 3 && near(word, other)) add(other, list, 0.5);
    if (!known.size) {
      const spellings = await get(spellingsLike(word));
      const corrected = spellings.filter((other) => near(word, other));
      const parts = await Promise.all(corrected.map((other) => get(partWith(other))));
      corrected.forEach((other, place) => {
        add(other, parts[place].words[other], 0.5);
        named.push(...Object.entries(parts[place].titles));
      });
    }
    return { known, pages, named, instead: [...known.keys()].slice(0, 3) };
  };

  // Pages by how well they answer: those that hold every word that matters, or else those that hold most of them.
  const search = async (asked) => {
    const words = [...new Set(wordsOf(asked))];
    const telling = words.some((word) => !SMALL.has(word)) ? words.filter((word) => !SMALL.has(word)) : words;
    const answers = await Promise.all(words.map((word, place) => meant(word, place === words.length - 1 && !/\s$/.test(asked))));
    const pages = new Map();
    const marks = new Map(); // each word of the index that counts, and the word asked for that it answers
    answers.forEach(({ known, pages: total }, place) => {
      const best = new Map();
      for (const [other, { list, sure }] of known) {
        if (telling.includes(words[place])) marks.set(other, words[place]);
        for (let i = 0, page = 0; i < list.length; i += 2) {
          page += list[i];
          best.set(page, Math.max(best.get(page) || 0, list[i + 1] * sure));
        }
      }
      const rare = Math.log(1 + total / (best.size || 1));
      for (const [page, weight] of best) {
        const so_far = pages.get(page) || { page, score: 0, held: 0 };
        so_far.score += weight * rare;
        so_far.held += telling.includes(words[place]) ? 1 : 0;
        pages.set(page, so_far);
      }
    });
    const most = Math.max(0, ...[...pages.values()].map((page) => page.held));
    const found = most ? [...pages.values()].filter((page) => page.held === most).sort((a, b) => b.score - a.score || a.page - b.page) : [];
    const titles = new Map(answers.flatMap(({ named }) => named.map(([number, title]) => [Number(number), title])));
    return { found: found.map((page) => page.page), titles, marks, all: most === telling.length, instead: answers.flatMap((answer) => answer.instead || []) };
  };

  // Where in a text the words stand; failing that, where another wording of the same thing does.
  const places = (text, marks) => {
    const found = [];
    const known = new Map();
    for (const match of text.matchAll(/[\p{L}\p{N}]+(?:['’.,][\p{L}\p{N}]+)*/gu)) {
      const token = match[0];
      if (!known.has(token)) known.set(token, marks.get(wordsOf(token).find((word) => marks.has(word))));
      if (known.get(token)) found.push({ from: match.index, to: match.index + token.length, word: known.get(token) });
    }
    return found;
  };
  const otherWordings = (page, marks) => {
    const text = page.text.toLowerCase();
    const wordings = page.synonyms.filter((group) => group.some((wording) => wordsOf(wording).some((word) => marks.has(word)))).flat();
    return wordings
      .map((wording) => ({ from: text.indexOf(wording.toLowerCase()), word: wording }))
      .filter((place) => place.from >= 0)
      .map((place) => ({ ...place, to: place.from + place.word.length }))
      .sort((a, b) => a.from - b.from)
      .slice(0, 1);
  };
  const marked = (element, text, found) => {
    let done = 0;
    for (const { from, to } of found) {
      const mark = document.createElement("mark");
      mark.textContent = text.slice(from, to);
      element.append(text.slice(done, from), mark);
      done = to;
    }
    element.append(text.slice(done));
    return element;
  };
  // The description where it holds as many of the words as any stretch of the text; else that stretch.
  const excerpt = (page, marks) => {
    const paragraph = document.createElement("p");
    const about = places(page.about, marks);
    let found = places(page.text, marks);
    if (!found.length && !about.length) found = otherWordings(page, marks);
    const within = (first) => new Set(found.filter((place) => place.from >= first.from && place.to <= first.from + EXCERPT).map((place) => place.word)).size;
    const first = found.slice(0, 60).reduce((best, place) => (best && within(best) >= within(place) ? best : place), null);
    if (!first || new Set(about.map((place) => place.word)).size >= within(first)) return marked(paragraph, page.about, about);
    const from = first.from < 60 ? 0 : page.text.indexOf(" ", first.from - 50) + 1;
    const end = page.text.indexOf(" ", from + EXCERPT);
    const to = end < 0 ? page.text.length : end;
    if (from) paragraph.append("… ");
    marked(paragraph, page.text.slice(from, to), found.filter((place) => place.from >= from && place.to <= to).map((place) => ({ from: place.from - from, to: place.to - from })));
    if (to < page.text.length) paragraph.append(" …");
    return paragraph;
  };

  // The page -----------------------------------------------------------------------------------------------
  const make = (name, attributes = {}, ...inside) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...inside);
    return element;
  };
  const link = (address, text) => make("a", { href: new URL(address, root).href }, text);
  const input = make("input", { type: "search", id: "search-for", name: "q", autocomplete: "off", spellcheck: "false", enterkeyhint: "search" });
  const form = make("form", {}, make("label", { for: "search-for" }, "Search for"), input, make("button", { type: "submit" }, "Search"));
  const status = make("p", { role: "status", class: "finder-count" });
  const answer = make("div");
  const results = make("ol", { class: "results" });
  const advice = make("div");
  const more = make("button", { type: "button", hidden: "" }, "Show more results");
  const shared = make("p", { class: "card-facts", hidden: "" });
  const box = make("div", { class: "search-page" }, form, answer, status, results, advice, more, shared);
  // Room for the answer is made before it comes, so that nothing moves when it does.
  const makeRoom = () => box.classList.toggle("asked", wordsOf(input.value).length > 0);
  // Words come from the box of another page, or from a link that somebody asked for; typing never changes the address.
  let handedOver = "";
  try {
    handedOver = sessionStorage.getItem("search") || "";
    sessionStorage.removeItem("search");
  } catch {
    // a browser that keeps nothing at all
  }
  input.value = handedOver || new URLSearchParams(location.search).get("q") || "";
  prepare(input.value, true);
  makeRoom();
  document.querySelector(".site-search").hidden = true; // one box to type in, and this is the nearer one
  lead.after(box);

  const answerFirst = (words) => {
    const urgent = words.some((word) => URGENT.has(stem(word)));
    const numbers = document.querySelector(".foot-urgent ul");
    if (!urgent || !numbers) answer.replaceChildren();
    else if (!answer.firstChild) {
      const list = numbers.cloneNode(true);
      answer.replaceChildren(
        make("section", { class: "urgent-answer", "aria-labelledby": "urgent-answer" }, make("h2", { id: "urgent-answer" }, "Is somebody hurt or scared now?"), list, make("p", {}, link("worried-about-a-child/", "Worried about a child? When to ring which number"))),
      );
    }
    return urgent;
  };
  const nothing = (asked) => {
    advice.replaceChildren(
      make("p", {}, `Nothing on this site holds "${asked}". You can:`),
      make(
        "ul",
        {},
        make("li", {}, "check the spelling, or try a shorter word or another word for the same thing"),
        make("li", {}, "choose from ", link("topics/", "all topics"), ", ", link("learning/", "everything to learn from"), " or ", link("performance/catalogue/", "every table")),
        make("li", {}, "look a word up in the ", link("glossary/", "glossary")),
        make("li", {}, link("contact/", "ask the partnership")),
      ),
    );
  };

  let latest = 0;
  let current = { found: [], marks: new Map(), titles: new Map() };
  const entry = (title, kind, address) => {
    const item = make("li", {}, make("h2", {}, marked(link(address, ""), title, places(title, current.marks))), make("p", { class: "card-facts" }, kind));
    results.append(item);
    return item;
  };
  // All are asked for at once, and each is shown as soon as those before it are.
  const showMore = async () => {
    const run = latest;
    const { length } = results.children;
    const numbers = current.found.slice(length, length + AT_ONCE);
    const coming = numbers.map((number) => get(`pages/${number}`));
    more.hidden = true;
    // Most searches know the title of their best answer before its text has come: a reader can follow it at once.
    const early = !length && current.titles.has(numbers[0]) ? entry(...current.titles.get(numbers[0])) : null;
    for (const [place, answered] of coming.entries()) {
      const page = await answered;
      if (run !== latest) return;
      const item = place === 0 && early ? early : entry(page.title, page.kind, page.address);
      item.append(excerpt(page, current.marks));
      if (place === 0 && length) item.querySelector("a").focus(); // the first of the new ones, after the button was pressed
    }
    more.hidden = results.children.length >= current.found.length;
  };
  const show = async () => {
    const asked = input.value.trim();
    latest += 1;
    const run = latest;
    const words = wordsOf(asked);
    const urgent = answerFirst(words);
    shared.hidden = true;
    if (!words.length) {
      current = { found: [], marks: new Map(), titles: new Map() };
      results.replaceChildren();
      advice.replaceChildren();
      more.hidden = true;
      status.textContent = "";
      return;
    }
    try {
      const answered = await search(input.value);
      if (run !== latest) return;
      current = answered;
      results.replaceChildren();
      advice.replaceChildren();
      more.hidden = true;
      const { length } = answered.found;
      const instead = answered.instead.length ? ` Showing ${answered.instead.map((word) => `"${word}"`).join(" or ")}.` : "";
      const some = answered.all ? "" : " None has all of these words.";
      const counted = length ? `${length.toLocaleString("en-GB")} ${length === 1 ? "result" : "results"} for "${asked}".${instead}${some}` : `No results for "${asked}".`;
      status.textContent = `${urgent ? "Numbers for urgent help are shown first. " : ""}${counted}`;
      if (!length) return nothing(asked);
      await showMore();
      if (run !== latest) return;
      shared.replaceChildren(link(`search/?${new URLSearchParams({ q: asked })}`, "A link to this search"), ", to send on. Its address holds your words.");
      shared.hidden = false;
    } catch {
      if (run === latest) failed();
    }
  };
  const failed = () => {
    status.textContent = "The search could not be loaded. Look at your connection and try again, or choose from the links on this page.";
  };

  let waiting = 0;
  let before = input.value;
  input.addEventListener("input", () => {
    prepare(input.value, input.value.length > before.length + 1);
    before = input.value;
    makeRoom();
    clearTimeout(waiting);
    waiting = setTimeout(show, 100);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(waiting);
    show();
  });
  more.addEventListener("click", () => showMore().catch(failed));
  if (input.value) show();
})();
