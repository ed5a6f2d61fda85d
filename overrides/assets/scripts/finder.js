// Filters for the finder. The complete list stands in the page; this hides what does not fit and keeps the
// choice in the address, so that it can be sent on.
(() => {
  "use strict";
  const finder = document.querySelector("[data-finder]");
  const form = finder && finder.querySelector("[data-finder-form] form");
  if (!form) return;
  form.parentNode.hidden = false; // most browsers show it from the first paint, see site.css
  const count = finder.querySelector(".finder-count");
  const entries = [...finder.querySelectorAll("[data-finder-list] > li")];
  const everything = count.textContent;
  const names = ["theme", "kind", "years", "audience"];
  const held = { theme: "themes", kind: "kind", years: "years", audience: "audience" };

  const fits = (entry, name, wanted) => {
    if ("more" in entry.dataset && name !== "kind") return true; // leads to what is not on the page, where anything may fit
    const values = entry.dataset[held[name]].split(" ");
    return !wanted || values.includes(wanted) || (name === "audience" && values.includes("everyone"));
  };
  const show = () => {
    let shown = 0;
    for (const entry of entries) {
      entry.hidden = !names.every((name) => fits(entry, name, form.elements[name].value));
      shown += entry.hidden || "more" in entry.dataset ? 0 : 1;
    }
    const choosing = names.some((name) => form.elements[name].value);
    for (const group of finder.querySelectorAll("[data-finder-group]")) {
      group.hidden = !group.querySelector("li:not([hidden])");
      for (const part of group.querySelectorAll("details")) part.open = choosing;
    }
    count.textContent = !choosing ? everything : shown === 1 ? "1 result." : `${shown} results.`;
    const chosen = new URLSearchParams(names.map((name) => [name, form.elements[name].value]).filter((pair) => pair[1]));
    history.replaceState(null, "", chosen.size ? `?${chosen}` : location.pathname);
  };
  const asked = new URLSearchParams(location.search);
  for (const name of names) {
    const wanted = asked.get(name) || "";
    if ([...form.elements[name].options].some((option) => option.value === wanted)) form.elements[name].value = wanted;
  }
  form.addEventListener("change", show);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(show));
  show();
})();
