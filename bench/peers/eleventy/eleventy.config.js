// The benchmark's pages with Eleventy, doing what it can of what this site does.

const numbers = new Intl.NumberFormat("en-GB");
const days = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
const escapes = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const escaped = (text) => text.replace(/[&<>"]/g, (letter) => escapes[letter]);

// RFC 4180: cells may stand in quotation marks, and hold commas, line ends and doubled quotation marks there.
function readCsv(text) {
  const rows = [[]];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/gy)) {
    rows.at(-1).push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end !== ",") rows.push([]);
  }
  const [names, ...found] = rows.filter((row) => row.length > 1);
  return found.map((row) => Object.fromEntries(names.map((name, at) => [name, row[at]])));
}

// The shares are worked out in whole numbers; half of a tenth is rounded up.
function share(number, total) {
  const tenths = Math.floor((2000 * number + total) / (2 * total));
  return `${Math.floor(tenths / 10)}.${tenths % 10}%`;
}

function drawn(about, rows) {
  const total = rows.reduce((sum, row) => sum + Number(row.number), 0);
  const heads = [...about.columns.map((column) => column.title), `${about.share} (worked out)`];
  const row = ({ name, number }) =>
    `<tr><th scope="row">${escaped(name)}</th> <td>${numbers.format(number)}</td> <td>${share(Number(number), total)}</td></tr>\n`;
  return `<table>
<caption>${escaped(about.title)}</caption>
<thead><tr>${heads.map((head) => `<th scope="col">${escaped(head)}</th>`).join(" ")}</tr></thead>
<tbody>
${rows.map(row).join("")}</tbody>
<tfoot><tr><th scope="row">Total</th> <td>${numbers.format(total)}</td> <td>100.0%</td></tr></tfoot>
</table>`;
}

function linked(id, sources) {
  return `<a href="/publications/#source-${id}">${escaped(sources.find((one) => one.id === id).title)}</a>`;
}

export default function (settings) {
  const tables = new Map(); // each is drawn once, for the page that names it and for its own
  settings.addDataExtension("csv", (contents) => readCsv(contents));
  settings.addPassthroughCopy({ "docs/_data/rows": "data/tables" });
  settings.addFilter("day", (day) => days.format(new Date(day)));
  settings.addFilter("moment", (day) => `${new Date(day).toISOString().slice(0, 10)}T00:00:00Z`);
  settings.addFilter("source", linked);
  settings.addFilter("by_title", (pages) => pages.toSorted((a, b) => (a.data.title < b.data.title ? -1 : 1)));
  settings.addFilter("newest_first", (pages) => pages.toSorted((a, b) => b.data.published - a.data.published));
  const table = (id, { about, rows }) => tables.get(id) ?? tables.set(id, drawn(about[id], rows[id])).get(id);
  settings.addShortcode("table_alone", function (id) {
    return table(id, this.ctx);
  });
  settings.addShortcode("table", function (id) {
    const { period, source, place } = this.ctx.about[id];
    return `${table(id, this.ctx)}
<p>${escaped(period)}. Source: ${linked(source, this.ctx.sources)}, ${escaped(place)}.</p>
<p><a href="/performance/${id}/">About this table, and downloads</a></p>`;
  });
  return { dir: { input: "docs", output: "site" }, markdownTemplateEngine: "njk" };
}
