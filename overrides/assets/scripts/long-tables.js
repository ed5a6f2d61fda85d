// Search and sort for long tables. Without this script the table stands in the page as it is. Of the longest a page shows the beginning: whoever
// searches or sorts one of those is sent all its rows, as the page would show them, and is shown the first that fit.
(() => {
  "use strict";
  const asked = new URLSearchParams(location.search);
  const MOST = 1000; // rows on the page at once, as the page itself shows at most
  const inWords = (number) => number.toLocaleString("en-GB");

  const remember = (id, search, sort) => {
    const all = new URLSearchParams(location.search);
    for (const [name, value] of [[`${id}-find`, search], [`${id}-sort`, sort]]) {
      if (value) all.set(name, value);
      else all.delete(name);
    }
    history.replaceState(null, "", (all.size ? `?${all}` : location.pathname) + location.hash);
  };

  const valueOf = (text) => {
    const number = Number(text.replace(/[£,%+]/g, "").replace("−", "-"));
    return text === "" ? null : Number.isNaN(number) ? text : number;
  };
  const inOrder = (rows, sort) => {
    const [column, way] = sort.split(".");
    if (column === "") return rows;
    const sign = way === "down" ? -1 : 1;
    const values = new Map(rows.map((row) => [row, valueOf(row.cells[column])]));
    const { compare } = new Intl.Collator("en-GB");
    return [...rows].sort((a, b) => {
      const [x, y] = [values.get(a), values.get(b)];
      if (x === null || y === null) return (x === null) - (y === null);
      return sign * (typeof x === "number" && typeof y === "number" ? x - y : compare(String(x), String(y)));
    });
  };

  for (const box of document.querySelectorAll("[data-long-table]")) {
    const table = box.querySelector("table");
    const file = box.querySelector("[data-every-row]");
    const isRow = (row) => !row.classList.contains("group");
    const textOf = (cell) => (cell.classList.contains("empty") ? "" : cell.textContent.trim());
    const bodies = [...table.tBodies];
    let rows = bodies.flatMap((body) => [...body.rows].filter(isRow).map((row) => ({ row, home: body, cells: [...row.cells].map(textOf) })));
    const model = rows[0].row;
    const id = box.id;

    const form = document.createElement("form");
    form.className = "filters table-filters";
    const label = document.createElement("label");
    label.htmlFor = `${id}-find`;
    label.textContent = "Find in this table";
    const input = document.createElement("input");
    input.type = "search";
    input.id = `${id}-find`;
    input.value = asked.get(`${id}-find`) || "";
    const count = document.createElement("p");
    count.className = "finder-count";
    count.setAttribute("role", "status");
    form.append(label, input, count);
    form.addEventListener("submit", (event) => event.preventDefault());
    box.prepend(form);

    // Rows that are not on the page are made from one that is: a row of it stands for all.
    const made = (one) => {
      const row = model.cloneNode(true);
      one.cells.forEach((text, place) => {
        row.cells[place].textContent = text;
        if (row.cells[place].tagName === "TD") row.cells[place].className = text && table.tHead.rows[0].cells[place].className;
      });
      return row;
    };
    let coming = null; // the rows that are not on the page, once asked for
    const everyRow = () => {
      coming ||= fetch(file.href.replace(/data\/tables\/([^/]+)\.csv$/, "search/tables/$1.json"))
        .then((answer) => answer.json())
        .then((groups) => {
          rows = groups.flatMap(([group, own]) => own.map((cells) => ({ cells, text: [group, ...cells].join("\n").toLowerCase() })));
        });
      return coming;
    };

    let sort = asked.get(`${id}-sort`) || "";
    const show = async () => {
      if (file && (input.value.trim() || sort || coming)) {
        if (!coming) count.textContent = "The other rows are on their way…";
        try {
          await everyRow();
        } catch {
          coming = null;
          count.textContent = "The other rows cannot be searched here now. They are all in the file below the table.";
          return;
        }
      }
      const wanted = input.value.trim().toLowerCase();
      const fit = wanted ? rows.filter((one) => (one.text ??= one.cells.join("\n").toLowerCase()).includes(wanted)) : rows;
      if (coming) {
        for (const body of bodies.slice(1)) body.remove();
        bodies[0].replaceChildren(...inOrder(fit, sort).slice(0, MOST).map(made));
        count.textContent = `${inWords(fit.length)} of ${inWords(rows.length)} rows found${fit.length > MOST ? `, the first ${inWords(MOST)} are shown` : ""}.`;
      } else {
        const shown = new Set(fit);
        for (const one of rows) one.row.hidden = !shown.has(one);
        for (const one of inOrder(rows, sort)) one.home.append(one.row);
        for (const body of bodies) body.hidden = ![...body.rows].some((row) => isRow(row) && !row.hidden);
        const all = file ? rows.length + Number(file.dataset.everyRow) : rows.length;
        count.textContent = `${inWords(fit.length)} of ${inWords(all)} rows shown.`;
      }
      [...table.tHead.rows[0].cells].forEach((cell, place) => {
        const [column, way] = sort.split(".");
        if (String(place) === column) cell.setAttribute("aria-sort", way === "down" ? "descending" : "ascending");
        else cell.removeAttribute("aria-sort");
      });
      remember(id, input.value.trim(), sort);
    };
    [...table.tHead.rows[0].cells].forEach((cell, place) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...cell.childNodes);
      cell.append(button);
      button.addEventListener("click", () => {
        sort = sort === `${place}.up` ? `${place}.down` : `${place}.up`;
        show();
      });
    });
    input.addEventListener("input", show);
    if (!/^\d+\.(up|down)$/.test(sort) || Number(sort.split(".")[0]) >= table.tHead.rows[0].cells.length) sort = "";
    show();
  }
})();
