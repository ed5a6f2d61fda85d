// Search and sort for long tables. Without this script the whole table stands in the page as it is.
(() => {
  "use strict";
  const asked = new URLSearchParams(location.search);

  const remember = (id, search, sort) => {
    const all = new URLSearchParams(location.search);
    for (const [name, value] of [[`${id}-find`, search], [`${id}-sort`, sort]]) {
      if (value) all.set(name, value);
      else all.delete(name);
    }
    history.replaceState(null, "", (all.size ? `?${all}` : location.pathname) + location.hash);
  };

  for (const box of document.querySelectorAll("[data-long-table]")) {
    const table = box.querySelector("table");
    const bodies = [...table.tBodies];
    const rows = bodies.flatMap((body) => [...body.rows].filter((row) => !row.classList.contains("group")));
    const first = new Map(rows.map((row, place) => [row, place]));
    const home = new Map(rows.map((row) => [row, row.parentNode]));
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

    let sort = asked.get(`${id}-sort`) || "";
    const find = () => {
      const wanted = input.value.trim().toLowerCase();
      let shown = 0;
      for (const row of rows) {
        row.hidden = wanted !== "" && !row.textContent.toLowerCase().includes(wanted);
        shown += row.hidden ? 0 : 1;
      }
      for (const body of bodies) body.hidden = ![...body.rows].some((row) => !row.classList.contains("group") && !row.hidden);
      count.textContent = `${shown.toLocaleString("en-GB")} of ${rows.length.toLocaleString("en-GB")} rows shown.`;
      remember(id, input.value.trim(), sort);
    };
    const value = (row, column) => {
      const text = row.cells[column].textContent.trim();
      const number = Number(text.replace(/[£,%+]/g, "").replace("−", "-"));
      return text === "" ? null : Number.isNaN(number) ? text : number;
    };
    const order = () => {
      const [column, way] = sort.split(".");
      const sign = way === "down" ? -1 : 1;
      const compare = (a, b) => {
        const [x, y] = [value(a, column), value(b, column)];
        if (x === null || y === null) return (x === null) - (y === null);
        return sign * (typeof x === "number" && typeof y === "number" ? x - y : String(x).localeCompare(String(y), "en-GB"));
      };
      const ordered = [...rows].sort((a, b) => (column === "" ? 0 : compare(a, b)) || first.get(a) - first.get(b));
      for (const row of ordered) home.get(row).append(row);
      [...table.tHead.rows[0].cells].forEach((cell, place) => {
        if (String(place) === column) cell.setAttribute("aria-sort", way === "down" ? "descending" : "ascending");
        else cell.removeAttribute("aria-sort");
      });
    };
    [...table.tHead.rows[0].cells].forEach((cell, place) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...cell.childNodes);
      cell.append(button);
      button.addEventListener("click", () => {
        sort = sort === `${place}.up` ? `${place}.down` : `${place}.up`;
        order();
        remember(id, input.value.trim(), sort);
      });
    });
    input.addEventListener("input", find);
    if (/^\d+\.(up|down)$/.test(sort) && Number(sort.split(".")[0]) < table.tHead.rows[0].cells.length) order();
    else sort = "";
    find();
  }
})();
