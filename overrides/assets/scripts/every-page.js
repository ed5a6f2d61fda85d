// What keeps a visit to itself, on every page. Leave this page: hides it at once and replaces it in the history, by the
// link, however it is pressed, or by Shift three times. And what is searched for never stands in an address.
// Without this script the link still leads away; the page then stays one step back in the history.
// And on paper nothing stays in a closed box: site.css opens them where the browser knows ::details-content, an older one is helped here.
(() => {
  "use strict";
  if (!CSS.supports("selector(::details-content)")) {
    let opened = [];
    window.addEventListener("beforeprint", () => {
      opened = [...document.querySelectorAll("details:not([open])")];
      for (const box of opened) box.open = true;
    });
    window.addEventListener("afterprint", () => {
      for (const box of opened) box.open = false;
    });
  }
  const link = document.querySelector("[data-leave]");
  if (!link) return;
  const status = document.createElement("p");
  status.className = "visually-hidden";
  status.setAttribute("role", "status");
  document.body.append(status);

  const leave = () => {
    status.textContent = "Leaving this page.";
    document.documentElement.classList.add("leaving");
    document.title = " ";
    window.location.replace(link.href);
  };
  // A middle click or a long press would open another tab and leave this page showing.
  for (const press of ["click", "auxclick", "contextmenu"])
    link.addEventListener(press, (event) => {
      event.preventDefault();
      leave();
    });

  // Only presses of Shift alone count, within five seconds of each other: typing a capital does not.
  let presses = 0;
  let timer = 0;
  let alone = false;
  document.addEventListener("keydown", (event) => {
    alone = event.key === "Shift" && !event.repeat ? true : event.key === "Shift" ? alone : false;
    if (event.key !== "Shift") presses = 0;
  });
  document.addEventListener("pointerdown", () => {
    alone = false; // Shift held for a click is not pressed alone
    presses = 0;
  });
  document.addEventListener("keyup", (event) => {
    if (event.key !== "Shift" || !alone) return;
    alone = false;
    presses += 1;
    clearTimeout(timer);
    if (presses === 3) return leave();
    status.textContent = presses === 1 ? "Shift, press 2 more times to leave this page." : "Shift, press 1 more time to leave this page.";
    timer = setTimeout(() => {
      presses = 0;
      status.textContent = "";
    }, 5000);
  });
  // The words go to the search page by way of this tab alone, which forgets them as soon as they are read.
  const box = document.querySelector(".site-search");
  box.addEventListener("submit", () => {
    try {
      sessionStorage.setItem("search", box.querySelector("input").value);
    } catch {
      // a browser that keeps nothing at all: the search page opens with an empty box
    }
  });

  // A page kept in the browser's memory must not show again on Back.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted && document.documentElement.classList.contains("leaving")) leave();
  });
})();

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
