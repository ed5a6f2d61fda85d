export default class {
  data() {
    return { pagination: { data: "about", size: 1, alias: "id" }, permalink: ({ id }) => `data/tables/${id}.json` };
  }

  render({ id, about, rows, sources }) {
    const source = sources.find((one) => one.id === about[id].source);
    const site = "https://www.example.org";
    const where = { page: `${site}/performance/${id}/`, csv: `${site}/data/tables/${id}.csv` };
    return JSON.stringify({ ...about[id], id, source, ...where, rows: rows[id].map(({ name, number }) => ({ name, number: Number(number) })) });
  }
}
