// A table's frame is a stop for the Tab key, and a region that is read out, only while something in it is out of sight.
// Without this script every frame stays one, so that each can be scrolled by keyboard in any browser.
(() => {
  "use strict";
  for (const frame of document.querySelectorAll(".table-scroll")) {
    const given = ["tabindex", "role", "aria-label", "aria-labelledby"].filter((name) => frame.hasAttribute(name)).map((name) => [name, frame.getAttribute(name)]);
    const settle = () => {
      if (frame === document.activeElement) return; // whoever is there would lose their place
      const scrolls = frame.scrollWidth > frame.clientWidth;
      for (const [name, value] of given) {
        if (scrolls) frame.setAttribute(name, value);
        else frame.removeAttribute(name);
      }
    };
    settle(); // a table in a closed box has no size to observe yet
    const sizes = new ResizeObserver(settle);
    sizes.observe(frame);
    sizes.observe(frame.querySelector("table"));
  }
})();
