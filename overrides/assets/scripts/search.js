// The site's search. Nothing is fetched before somebody searches; then only the parts of the index that the words
// asked for stand in, the titles, and what the pages on screen are about. What is typed is looked up here, in the browser.
// The files and how words are cut are described in macros/outputs/search_index.py; both sides must agree.
(() => {
  "use strict";
  const PARTS = 24;
  const GROUP = 128;
  const AT_ONCE = 10;
  const WHO_CAN_HELP = "children-and-young-people/who-can-help/";
  const root = new URL("../../", document.currentScript.src);
  const lead = document.querySelector("main article > p");
  if (!lead) return;

  // Words that say little: they count, but a page need not hold them.
  const SMALL = new Set("a about an and are as at be being by can did do does for from has have how i if in is it many me my of on or our that the their there they think this to was we what when where which who why will with you your".split(" "));
  // A telephone number is looked for by its digits, however it is typed.
  const joined = (text) => text.replace(/(?:\+44|\(?0)[\d\s()-]{6,14}\d/g, (number) => number.replace(/^\+44[\s(]*0?\)?/, "0").replace(/\D/g, ""));
  const isTelephone = (word) => /^0\d{8,}$/.test(word);
  const SAME = { kid: "child", kids: "child" }; // said by everybody and written on no page
  // Words, cut as search_index.words_of cuts them.
  const wordsOf = (text) =>
    joined(text).normalize("NFKD").replace(/\p{M}/gu, "").replace(/['’ʼ]/g, "").replace(/(\d),(?=\d{3})/g, "$1").toLowerCase().match(/[\p{L}\p{N}]+(?:\.\d[\p{L}\p{N}]*)*/gu) || [];
  const partOf = (word) => [...word].slice(0, 3).reduce((part, letter) => (part * 31 + letter.codePointAt(0)) % 65536, 0) % PARTS;
  const stem = (word) => {
    if (word === "children") return "child";
    const one = word.replace(/(..)ie[sd]$/, "$1y").replace(/([^su])s$/, "$1");
    const [, long, short] = one.match(/^(.{5,}?)(?:ation|ition|ion|al)$|^(.{4,}?)(?:ing|ment|ive|ed|er|ly|e)$/) || [];
    return (long || short || one).replace(/([^aeiousl])\1$/, "$1");
  };
  // Words of somebody who may be in trouble now, each with its endings. The numbers are those at the foot of every page.
  const URGENT = new Set(
    "999 101 abuse afraid alone assault attack beat beaten bleed blackmail bruise bully burn childline cut danger die died dying emergency frighten groom harm help helpline hit homeless hungry hurt injure kick kill knife nspcc nude overdose pain police punch rape raped runaway scare selfharm shake shaken slap smack starve strangle suicidal suicide threat threaten touch trap unsafe urgent violent weapon worry"
      .split(" ")
      .map(stem),
  );
  // What a child may write who asks for themselves, or for Childline by name: with one of these it is a child's question, unless the words are of somebody's work
  // or somebody else's child.
  const ONESELF = new Set("i im ive id my me mine myself".split(" "));
  const TROUBLE = new Set(
    "alone angry anyone away belief believe body boyfriend brother care carer coach crying cut dad daddy drink drug drunk eat family fault feel fight foster friend gang girlfriend gran grandad granddad hate home life listen lonely mate me mom mum mummy myself naked nan nobody parent photo picture run sad safe scary school secret sister step stepdad stepmum stranger talk teacher tell trouble ugly uncle unhappy upset video weight worthless"
      .split(" ")
      .map(stem),
  );
  const OF_ADULTS = new Set(
    "audit baby book briefing child client colleague complain concern course daughter grandchild granddaughter grandson job kid neighbour nephew niece pathway patient policy procedure professional pupil refer referral setting son staff student threshold toddler training trustee work"
      .split(" ")
      .map(stem),
  );
  // What a young person looks for in a word or two without saying for whom: Childline stands first and pages for children before others, but nothing is left out.
  const MAY_BE_OWN = new Set("cutting nude nudes selfharm selfharming suicidal suicide".split(" "));
  const ofAdults = (words) => words.some((word) => OF_ADULTS.has(stem(word)));
  const mayBeAChilds = (words) =>
    !ofAdults(words) && (words.some((word) => MAY_BE_OWN.has(word)) || (words.includes("self") && words.some((word) => stem(word) === "harm")));
  const isUrgent = (words) => words.some((word) => URGENT.has(stem(word)));
  const isAChilds = (words) =>
    words.some((word) => word.length > 6 && near(word, "childline")) ||
    (words.some((word) => ONESELF.has(word)) && words.some((word) => TROUBLE.has(stem(word)) || URGENT.has(stem(word))) && !ofAdults(words));
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
  const correctable = (word) => word.length > 3 && !/\d/.test(word);
  // A word of four letters is too like many others to be taken for one as long.
  const like = (word, other) => (word.length > 4 ? other.length > 3 : other.length > word.length) && near(word, other);
  // Sends for what a search will want without waiting for the next key. Words that come all at once, as from the box of
  // another page, may be mistyped: on a slow line it is quicker to send for the spellings too than to find out first.
  const prepare = (asked, atOnce) => {
    for (const word of wordsOf(asked)) {
      get("titles").catch(() => {});
      if (word.length < 3 && !atOnce) continue; // the part depends on three letters
      const part = here.get(partWith(word));
      get(partWith(word)).catch(() => {});
      const doubtful = part ? !Object.keys(part).some((other) => other.startsWith(word)) : atOnce;
      if (doubtful && correctable(word)) get("spelling").catch(() => {});
    }
  };

  // Every word of the index that a word asked for means, and how surely; by way of the spelling only if there is none.
  const meant = async (word, unfinished) => {
    const known = new Map();
    const words = await get(partWith(word));
    const ending = stem(word);
    for (const [other, list] of Object.entries(words)) {
      if (other === word) known.set(other, { list, sure: 1 });
      else if (stem(other) === ending) known.set(other, { list, sure: 0.8 });
      else if (unfinished && word.length > 2 && other.startsWith(word)) known.set(other, { list, sure: 0.5 });
    }
    if (known.size || !correctable(word)) return { known };
    const spelling = await get("spelling");
    const corrected = spelling.filter((other) => like(word, other));
    if (!corrected.length) {
      const first = spelling.find((other) => word.startsWith(other) && spelling.includes(word.slice(other.length)));
      return { known, apart: first && [first, word.slice(first.length)] };
    }
    const parts = await Promise.all(corrected.map((other) => get(partWith(other))));
    corrected.forEach((other, place) => known.set(other, { list: parts[place][other], sure: 0.5 }));
    return { known, instead: corrected.slice(0, 3) };
  };

  // Pages by how well they answer: what they say of each word, and how many of the words that matter they hold. For a child's
  // question each kind of page counts as the index says, a kind that counts nothing is left out, and the page on who can help stands first.
  const search = async (asked, given = wordsOf(asked)) => {
    const all = [...new Set(given.map((word) => SAME[word] || word))];
    const words = all.some(isTelephone) ? all.filter(isTelephone) : all; // what else is written beside a number is not looked for
    const telling = words.some((word) => !SMALL.has(word)) ? words.filter((word) => !SMALL.has(word)) : words;
    const [{ kinds, pages: titles }, ...answers] = await Promise.all([get("titles"), ...words.map((word, place) => meant(word, place === words.length - 1 && !/\s$/.test(asked)))]);
    // Two words that were typed as one are looked for as two.
    if (answers.some(({ apart }) => apart)) {
      const again = await search(asked, words.flatMap((word, place) => answers[place].apart || word));
      return { ...again, instead: [...answers.flatMap(({ apart }) => (apart ? apart.join(" ") : [])), ...again.instead] };
    }
    const pages = new Map();
    const marks = new Map(); // each word of the index that counts, and the word asked for that it answers
    answers.forEach(({ known }, place) => {
      const best = new Map();
      for (const [other, { list, sure }] of known) {
        if (telling.includes(words[place])) marks.set(other, words[place]);
        let page = 0;
        for (const entry of list.split(" ")) {
          const [step, weight = 1] = entry.split(".").map(Number);
          page += step;
          best.set(page, Math.max(best.get(page) || 0, weight * sure));
        }
      }
      const rare = Math.log(1 + titles.length / (best.size || 1));
      for (const [page, weight] of best) {
        const so_far = pages.get(page) || { page, score: 0, held: 0 };
        so_far.score += weight * rare;
        so_far.held += telling.includes(words[place]) ? 1 : 0;
        pages.set(page, so_far);
      }
    });
    const most = Math.max(0, ...[...pages.values()].map((page) => page.held));
    const enough = Math.max(1, most - Math.floor(telling.length / 3)); // of a long question a good page may lack a word
    const child = isAChilds(words);
    const least = child ? 0 : 1; // for anybody else nothing counts less for being no child's
    const counts = ({ page, held, score }) => score * held ** 2 * (child || mayBeAChilds(given) ? Math.max(least, kinds[titles[page][1]][1]) : 1);
    const found = [...pages.values()]
      .map((page) => ({ ...page, score: counts(page) }))
      .filter((page) => page.held >= enough && page.score > 0)
      .sort((a, b) => b.score - a.score || a.page - b.page)
      .map(({ page }) => page);
    const helps = titles.findIndex((title) => title[2] === WHO_CAN_HELP);
    const ordered = child && helps >= 0 ? [helps, ...found.filter((page) => page !== helps)] : found;
    return { found: ordered, kinds, titles, marks, all: most === telling.length, instead: answers.flatMap((answer) => answer.instead || []) };
  };

  // Where in a text the words stand.
  const places = (text, marks) => {
    const found = [];
    for (const match of text.matchAll(/[\p{L}\p{N}]+(?:['’.,][\p{L}\p{N}]+)*/gu)) {
      if (wordsOf(match[0]).some((word) => marks.has(word))) found.push({ from: match.index, to: match.index + match[0].length });
    }
    return found;
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

  // The numbers at the foot of every page need no network. Somebody who asks for themselves is given the children's line first.
  const answerFirst = (words) => {
    const child = isAChilds(words) || mayBeAChilds(words);
    const urgent = child || isUrgent(words);
    const numbers = document.querySelector(".foot-urgent ul");
    if (!urgent || !numbers) answer.replaceChildren();
    else if (answer.firstChild?.dataset.for !== String(child)) {
      const list = numbers.cloneNode(true);
      if (child) list.prepend(...list.querySelectorAll("[data-for=children]"));
      const heading = make("h2", { id: "urgent-answer" }, child ? "You can talk to somebody now" : "Is somebody hurt or scared now?");
      const further = make("p", {}, link("worried-about-a-child/", "Worried about a child? When to ring which number"));
      answer.replaceChildren(make("section", { class: "urgent-answer", "aria-labelledby": "urgent-answer", "data-for": child }, heading, list, further));
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
  let current = { found: [], marks: new Map() };
  // All are asked for at once, and each is shown as soon as those before it are; the title of the best answer at once.
  const showMore = async () => {
    const run = latest;
    const { length } = results.children;
    const numbers = current.found.slice(length, length + AT_ONCE);
    const coming = numbers.map((number) => get(`about/${Math.floor(number / GROUP)}`));
    more.hidden = true;
    for (const [place, number] of numbers.entries()) {
      const [title, kind, address] = current.titles[number];
      const [label] = current.kinds[kind];
      const item = make("li", {}, make("h2", {}, marked(link(address, ""), title, places(title, current.marks))), make("p", { class: "card-facts" }, label));
      if (place === 0) results.append(item);
      const about = (await coming[place])[number % GROUP];
      if (run !== latest) return;
      item.append(marked(make("p"), about, places(about, current.marks)));
      results.append(item);
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
      current = { found: [], marks: new Map() };
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
