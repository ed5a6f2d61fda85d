// The site's search. Nothing is fetched before somebody searches; then only the parts of the index that the words
// asked for stand in, the titles, and what the pages on screen are about. What is typed is looked up here, in the browser.
// The files and how words are cut are described in macros/outputs/search_index.py; both sides must agree.
(() => {
  "use strict";
  const PARTS = 24;
  const GROUP = 128;
  const AT_ONCE = 10;
  const CHILDRENS = "children-and-young-people/";
  const WORRIED = "worried-about-a-child/";
  const WHO_CAN_HELP = `${CHILDRENS}who-can-help/`;
  const root = new URL("../../", document.currentScript.src);
  const lead = document.querySelector("main article > p");
  if (!lead) return;

  // A telephone number is looked for by its digits, however it is typed; the children's line is written as one word, and "section47" is two.
  const joined = (text) => text.replace(/child (?=lines?\b)/gi, "child").replace(/([a-z]{4})(?=\d)/gi, "$1 ").replace(/(?:\+44|\(?0)[\d\s()-]{6,14}\d/g, (number) => number.replace(/^\+44[\s(]*0?\)?/, "0").replace(/\D/g, ""));
  const isTelephone = (word) => /^0\d{8,}$/.test(word);
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
  const stems = (words) => new Set(words.split(" ").map(stem));
  // Words of somebody who may be in trouble now, each with its endings. The numbers are those at the foot of every page.
  const URGENT = stems(
    "999 101 abuse afraid alone assault attack away beat beaten bleed blackmail bruise bully burn childline cope crying cut danger die died dying emergency frighten groom harm help helpline hit homeless hungry hurt injure kick kill knife lost missing nspcc nude overdose pain pill police punch rape raped runaway scare selfharm shake shaken shook slap smack starve strangle suicidal suicide threat threaten touch trap unsafe urgent violent weapon worry",
  );
  // What a child may write who asks for themselves, or for Childline by name: with a word for oneself and one of trouble, or with a word that only a child
  // writes, it is a child's question, unless the words are of somebody's work or somebody else's child.
  const ONESELF = /\b(i|i[dm]|ive|m[ey]|myself|mine)\b/;
  const A_CHILDS = /\b(bf|daddy|gf|idk|kms|m8s?|mummy)\b/;
  const TROUBLE = stems(
    "angry anyone belief believe body boyfriend brother care carer coach dad dealer drink drug drunk eat family fault feel fight foster friend gang girlfriend gran grandad granddad hate home life listen lonely mate me mom mum myself naked nan nobody online owe parent photo pic picture pregnant roblox run sad safe scary school secret sister step stepdad stepmum stranger talk teacher tell trouble ugly uncle unhappy upset video weight worthless",
  );
  const OF_ADULTS = stems(
    "allegation audit baby briefing child client colleague complain concern daughter husband nephew niece partner pathway patient policy procedure professional pupil refer referral setting son staff stepdaughter stepson threshold toddler training trustee wife",
  );
  // Others who speak of themselves, and words that are an adult's unless somebody says what is done to "me".
  const BY_ADULTS =
    /\bi work|\b(am|im) (i )?an? (\w+ )?(carer|dad|mum|parent|teacher)\b|\bgrand(d?au|[cks])|\bmy \d|^(?!.*\bme\b).*\b(kid|neighbour|student)/;
  // What a young person looks for in a word or two without saying for whom: Childline stands first and pages for children before others, but nothing is left out.
  const MAY_BE_OWN = /\b(blackmailed|bullied|cutting|depressed|kicked|nudes?|pic|self ?harm\w*|sextortion|suicid(al|e)|talk)\b/;
  const anyOf = (set, words) => words.some((word) => set.has(stem(word)));
  const said = (pattern, words) => pattern.test(words.join(" "));
  const ofAdults = (words) => anyOf(OF_ADULTS, words) || said(BY_ADULTS, words);
  const mayBeAChilds = (words) => said(MAY_BE_OWN, words) && !ofAdults(words);
  const isAChilds = (words) =>
    words.some((word) => word.length > 6 && near(word, "childline")) ||
    (!ofAdults(words) && (said(A_CHILDS, words) || (said(ONESELF, words) && (anyOf(TROUBLE, words) || anyOf(URGENT, words)))));
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
  const isSmall = (word) => here.get("titles")?.small.includes(word);
  const correctable = (word) => word.length > 3 && !/\d/.test(word) && !isSmall(word);
  const single = (word) => word.replace(/(.)\1/g, "$1");
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
    const [words] = await Promise.all([get(partWith(word)), get("titles")]);
    const ending = stem(word);
    for (const [other, list] of Object.entries(words)) {
      if (other === word) known.set(other, { list, sure: 1 });
      else if (stem(other) === ending) known.set(other, { list, sure: 0.8 });
      else if (unfinished && word.length > 2 && other.startsWith(word)) known.set(other, { list, sure: 0.5 });
    }
    if (known.size || !correctable(word)) return { known };
    const spelling = await get("spelling");
    // A word of four letters is too like many others to be taken for one as long.
    const alike = spelling.filter((other) => (word.length > 4 || other.length > 4) && near(word, other));
    if (!alike.length) {
      // Words that were typed as one, of which the index knows each but small ones.
      const tried = new Set();
      const parted = (run) => {
        for (let end = tried.has(run.length) ? 0 : run.length; end; end -= 1) {
          const [first, after] = [run.slice(0, end), run.slice(end)];
          const rest = (isSmall(first) || spelling.includes(first)) && (after ? parted(after) : []);
          if (rest) return [first, ...rest];
        }
        tried.add(run.length);
        return null;
      };
      return { known, apart: word.length < 40 && parted(word) };
    }
    // People leave a doubled letter out, or write one twice, more often than they mistake another, and seldom mistake the first.
    const unlike = (other) => (single(other) === single(word) ? 0 : other[0] === word[0] ? 1 : 2);
    const least = Math.min(...alike.map(unlike));
    const corrected = alike.filter((other) => unlike(other) === least);
    const parts = await Promise.all(corrected.map((other) => get(partWith(other))));
    corrected.forEach((other, place) => known.set(other, { list: parts[place][other], sure: 0.5 }));
    return { known, instead: corrected.slice(0, 3) };
  };

  // Pages by how well they answer: what they say of each word, and how many of the words that matter they hold. For a child's
  // question each kind of page counts as the index says, a kind that counts nothing is left out, and the page on who can help stands first.
  // An adult's is not answered with pages for children, nor that of somebody who is in trouble with reviews and tables, while there is anything else.
  const search = async (asked, given = wordsOf(asked)) => {
    const all = [...new Set(given.map((word) => word.replace(/^kids?$/, "child")))]; // said by everybody and written on no page
    const words = all.some(isTelephone) ? all.filter(isTelephone) : all; // what else is written beside a number is not looked for
    const answers = await Promise.all(words.map((word, place) => meant(word, place === words.length - 1 && !/\s$/.test(asked))));
    const { kinds, pages: titles } = await get("titles");
    // Words that say little count, but a page need not hold them.
    const telling = words.every(isSmall) ? words : words.filter((word) => !isSmall(word));
    // Two words that were typed as one are looked for as two.
    if (answers.some(({ apart }) => apart)) {
      const again = await search(asked, words.flatMap((word, place) => answers[place].apart || word));
      return { ...again, wanted: [...given, ...again.wanted], instead: [...answers.flatMap(({ apart }) => (apart ? apart.join(" ") : [])), ...again.instead] };
    }
    const pages = new Map();
    const marks = new Set(); // each word of the index that counts
    answers.forEach(({ known }, place) => {
      const best = new Map();
      const tells = telling.includes(words[place]) ? 1 : 0;
      for (const [other, { list, sure }] of known) {
        if (tells) marks.add(other);
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
        so_far.score += weight * rare * (tells || 0.2);
        so_far.held += tells;
        pages.set(page, so_far);
      }
    });
    const most = Math.max(0, ...[...pages.values()].map((page) => page.held));
    const enough = Math.max(1, most - Math.floor(telling.length / 3)); // of a long question a good page may lack a word
    const instead = answers.flatMap((answer) => answer.instead || []);
    const wanted = isAChilds(given) ? given : [...given, ...instead]; // "stuff" is not to be "staff" to a child
    const child = isAChilds(wanted);
    // Before everything else, whether it holds the words or not.
    const helps = titles.findIndex((title) => title[2] === WHO_CAN_HELP);
    if (child && helps >= 0) pages.set(helps, { page: helps, score: 1e9, held: 1 });
    const suits = ([, kind, address]) => {
      const [, forAChild] = kinds[kind];
      if (child) return forAChild;
      if (mayBeAChilds(wanted)) return forAChild || 1;
      return (ofAdults(wanted) && address.startsWith(CHILDRENS)) || (!forAChild && anyOf(URGENT, wanted) && said(ONESELF, wanted)) ? 0.3 : 1;
    };
    const found = [...pages.values()]
      .map((page) => ({ ...page, score: page.score * page.held ** 2 * suits(titles[page.page]) }))
      .sort((a, b) => b.score - a.score || a.page - b.page)
      .filter(({ held, score }, _, [best]) => score > 0 && (held >= enough || score > best.score / 2))
      .map(({ page }) => page);
    return { found, kinds, titles, marks, all: most === telling.length, instead, wanted };
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
  const advice = make("p");
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

  // The numbers at the foot of every page need no network. They are also given where nothing is found, or what is found first is the page about them.
  // Somebody who asks for themselves is given the children's line first.
  const answerFirst = (words, always) => {
    const child = isAChilds(words) || mayBeAChilds(words);
    const urgent = always || child || anyOf(URGENT, words);
    const numbers = document.querySelector(".foot-urgent ul");
    if (!urgent || !numbers) answer.replaceChildren();
    else if (answer.firstChild?.dataset.for !== String(child)) {
      const list = numbers.cloneNode(true);
      if (child) list.prepend(...list.querySelectorAll("[data-for=children]"));
      const heading = make("h2", { id: "urgent-answer" }, child ? "You can talk to somebody now" : "Is somebody hurt or scared now?");
      const further = make("p", {}, link(WORRIED, "Worried about a child? When to ring which number"));
      answer.replaceChildren(make("section", { class: "urgent-answer", "aria-labelledby": "urgent-answer", "data-for": child }, heading, list, further));
    }
    return urgent;
  };
  let latest = 0;
  let current;
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
  const clear = (answered) => {
    current = answered;
    results.replaceChildren();
    advice.replaceChildren();
    more.hidden = true;
  };
  const show = async () => {
    const asked = input.value.trim();
    latest += 1;
    const run = latest;
    const words = wordsOf(asked);
    answerFirst(words);
    shared.hidden = true;
    if (!words.length) {
      clear({});
      status.textContent = "";
      return;
    }
    try {
      const answered = await search(input.value);
      if (run !== latest) return;
      clear(answered);
      const { length } = answered.found;
      const instead = answered.instead.length ? ` Showing ${answered.instead.map((word) => `"${word}"`).join(" or ")}.` : "";
      const some = answered.all ? "" : " None has all of these words.";
      const counted = length ? `${length.toLocaleString("en-GB")} ${length === 1 ? "result" : "results"} for "${asked}".${instead}${some}` : `No results for "${asked}".`;
      const helped = answerFirst(answered.wanted, !length || answered.titles[answered.found[0]][2] === WORRIED);
      status.textContent = `${helped ? "Numbers for urgent help are shown first. " : ""}${counted}`;
      // Where else to look is said below, by the page itself.
      if (!length) return advice.append("You can check the spelling, try another word or ", link("contact/", "ask the partnership"), ".");
      await showMore();
      if (run !== latest) return;
      shared.replaceChildren(link(`search/?${new URLSearchParams({ q: asked })}`, "A link to this search"), ", to send on. Its address holds your words.");
      shared.hidden = false;
    } catch {
      if (run === latest) failed();
    }
  };
  const failed = () => {
    status.textContent = "The search could not be loaded. Try again, or use the links below.";
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
