"""What is wrong with how a page is laid out, seen in the browser at each width of screen.

Owns: the widths, what counts as a fault, and how it is told. Never: asserts, or says what a page holds.

Every box that opens is opened, so that what is folded away is looked at as well. A page is looked at in a frame, as wide as
a screen: a browser that is made wider draws everything again, which takes four times as long as all that is asked here.
"""

from __future__ import annotations

from playwright.sync_api import Frame, Page

PHONE, DESKTOP, HIGH = 390, 1280, 900
# That of a phone first, which a page has already where its height was asked; that of a desktop last, with which the next page begins.
WIDTHS = (PHONE, 320, 768, 1920, DESKTOP)
SMALLEST_TEXT = 16  # pixels, as the root of a page in most browsers: smaller text is hard to read for most people past fifty

# Letters have room above and below them, in which the boxes around two lines of words may meet: by a quarter of a line, never by more.
LOOK = """smallest => {
    const faults = new Set();
    const styles = new Map();
    const page = document.querySelector('.page') || document.body;
    const box = element => element.getBoundingClientRect();
    const said = element => `${element.tagName.toLowerCase()}${element.id ? '#' + element.id : ''} "${element.textContent.trim().replace(/\\s+/g, ' ').slice(0, 50)}"`;
    // Once for each element: whether a reader can see it, what cuts it off, and the frame it scrolls in.
    const look = element => {
        if (!styles.has(element)) {
            const style = getComputedStyle(element);
            const above = element.parentElement ? look(element.parentElement) : { shown: true, cut: null, scrolls: null, floats: false };
            const scrolls = /auto|scroll/.test(style.overflowX);
            const cuts = style.overflowX !== 'visible' || style.overflowY !== 'visible';
            styles.set(element, {
                shown: above.shown && style.display !== 'none' && style.visibility !== 'hidden' && style.clip !== 'rect(0px, 0px, 0px, 0px)' && style.opacity !== '0',
                cut: cuts && !scrolls && !['HTML', 'BODY'].includes(element.tagName) ? element : above.cut,
                scrolls: scrolls ? element : above.scrolls,
                floats: above.floats || style.position === 'fixed', // over whatever is below it, wherever the page is scrolled to
                size: parseFloat(style.fontSize),
                style,
            });
        }
        return styles.get(element);
    };
    const things = [];
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    while (texts.nextNode()) {
        const text = texts.currentNode, parent = text.parentElement;
        if (!/[^\\s]/.test(text.data) || /^(SCRIPT|STYLE|NOSCRIPT|OPTION|title|desc)$/.test(parent.tagName) || !parent.checkVisibility() || !look(parent).shown) continue;
        const { size, cut, scrolls } = look(parent);
        const drawing = parent.ownerSVGElement;
        const scale = drawing ? parent.getScreenCTM().a : 1;
        if (size * scale < smallest - 0.01) faults.add(`small: ${Math.round(size * scale * 10) / 10}px ${said(parent)}`);
        range.selectNodeContents(text);
        const rects = drawing ? [box(parent)] : [...range.getClientRects()].filter(rect => rect.width > 1);
        for (const rect of rects) {
            if (rect.right < -5000) continue; // put far away, for ears alone
            if (drawing && (rect.left < box(drawing).left - 1 || rect.right > box(drawing).right + 1 || rect.top < box(drawing).top - 1 || rect.bottom > box(drawing).bottom + 1))
                faults.add(`outside its drawing: ${said(parent)}`);
            if (!scrolls && (rect.left < -1 || rect.right > innerWidth + 1)) faults.add(`off the screen: ${said(parent)}`);
            if (cut && (rect.left < box(cut).left - 1 || rect.right > box(cut).right + 1 || rect.top < box(cut).top - 2 || rect.bottom > box(cut).bottom + 2)) faults.add(`cut off: ${said(parent)}`);
            if (!look(parent).floats) things.push({ rect, of: text, element: parent });
        }
    }
    for (const element of document.querySelectorAll('img, input, select, textarea, svg'))
        if (!element.ownerSVGElement && element.checkVisibility() && look(element).shown) things.push({ rect: box(element), of: element, element });
    things.sort((one, other) => one.rect.top - other.rect.top);
    let near = [];
    for (const thing of things) {
        near = near.filter(other => other.rect.bottom > thing.rect.top);
        for (const other of near) {
            const high = Math.min(other.rect.bottom, thing.rect.bottom) - thing.rect.top;
            const wide = Math.min(other.rect.right, thing.rect.right) - Math.max(other.rect.left, thing.rect.left);
            const line = Math.min(other.rect.height, thing.rect.height);
            if (wide > 1 && high > Math.max(2, line / 4) && other.of !== thing.of && !other.element.contains(thing.element) && !thing.element.contains(other.element))
                faults.add(`over each other: ${said(other.element)} and ${said(thing.element)}`);
        }
        near.push(thing);
    }
    for (const [element, { style, scrolls }] of styles) {
        if (scrolls !== element || !element.checkVisibility() || element.scrollWidth <= element.clientWidth + 1 || ['HTML', 'BODY'].includes(element.tagName)) continue;
        let room = box(page).right - parseFloat(getComputedStyle(page).paddingRight);
        for (let around = element.parentElement; around && around !== page; around = around.parentElement)
            room -= parseFloat(look(around).style.paddingRight) + parseFloat(look(around).style.borderRightWidth);
        if (box(element).right < room - 2) faults.add(`narrow: ${Math.round(room - box(element).right)}px are free beside ${said(element)}`);
    }
    if (document.documentElement.scrollWidth > innerWidth) faults.add('the page scrolls sideways');
    const main = box(page), words = things.filter(thing => page.contains(thing.element) && !thing.element.closest('.trail'));
    const [left, right] = [Math.min(...words.map(thing => thing.rect.left)), Math.max(...words.map(thing => thing.rect.right))];
    if (words.length && Math.max(left - main.left, main.right - right) > main.width / 3) faults.add(`empty: ${Math.round(main.right - right)}px of ${Math.round(main.width)}px`);
    return [...faults];
}"""
OPEN = "() => document.querySelectorAll('details').forEach(box => { box.open = true })"
# What is in a hidden frame is laid out, and told of, as in any other; it is only not drawn, which would take a seventh of the time.
FRAME = """<!doctype html><html lang="en"><meta name="color-scheme" content="light dark"><title>A page in a frame</title>
<style>* { margin: 0; border: 0 } iframe { visibility: hidden }</style><iframe style="width: WIDEpx; height: HIGHpx"></iframe></html>"""
# Scripts hear of another width before the next picture is drawn.
AS_WIDE = """async (width, ask) => {
    if (innerWidth !== width) { frameElement.style.width = `${width}px`; await new Promise(requestAnimationFrame); }
    return ask();
}"""


def frame(page: Page) -> Frame:
    """A frame in place of the page, as wide as a desktop, for any page of the same address."""
    page.set_content(FRAME.replace("WIDE", str(DESKTOP)).replace("HIGH", str(HIGH)))
    return page.frames[1]


def widen(frame: Frame, width: int, high: int = HIGH) -> None:
    """Makes the frame as wide, and as high, as a screen."""
    frame.evaluate(f"([width, high]) => {{ frameElement.style.height = `${{high}}px`; return ({AS_WIDE})(width, () => 0) }}", [width, high])


def height(frame: Frame) -> int:
    """How high the page is on a phone, in pixels, with its boxes as a reader finds them."""
    return int(frame.evaluate(f"width => ({AS_WIDE})(width, () => document.documentElement.scrollHeight)", PHONE))


def faults_here(page: Page | Frame) -> list[str]:
    """What is wrong on the screen as it is."""
    found: list[str] = page.evaluate(LOOK, SMALLEST_TEXT)
    return found


def faults(frame: Frame) -> dict[int, list[str]]:
    """What is wrong at each width at which something is. Boxes are left open."""
    every = f"async ([widths, smallest]) => {{ ({OPEN})(); const found = []; for (const width of widths) found.push(await ({AS_WIDE})(width, () => ({LOOK})(smallest))); return found }}"
    found: list[list[str]] = frame.evaluate(every, [WIDTHS, SMALLEST_TEXT])
    return {width: seen for width, seen in zip(WIDTHS, found, strict=True) if seen}
