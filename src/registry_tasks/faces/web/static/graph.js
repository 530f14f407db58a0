// Zooming and moving the graph of a lineage; without this file it scrolls.
"use strict";

(() => {
  const frame = document.getElementById("graph-frame");
  const svg = document.getElementById("graph");
  if (!frame || !svg) return;
  const whole = { width: svg.viewBox.baseVal.width, height: svg.viewBox.baseVal.height };
  const root = { x: Number(svg.dataset.x), y: Number(svg.dataset.y) };
  const SMALLEST = 0.08, LARGEST = 3, LEGIBLE = 0.72;
  const natural = Math.min(whole.height + 24, Math.max(260, Math.min(window.innerHeight * 0.7, 700)));
  frame.classList.add("live");
  frame.style.height = `${natural}px`;
  document.getElementById("graph-tools").hidden = false;
  const view = { x: 0, y: 0, scale: 1 };

  const size = () => ({ width: frame.clientWidth || 1, height: frame.clientHeight || 1 });
  const fitting = () => Math.min(size().width / whole.width, size().height / whole.height, 1);
  function show() {
    const { width, height } = size();
    svg.setAttribute("viewBox", `${view.x} ${view.y} ${width / view.scale} ${height / view.scale}`);
  }
  // Where a view of some length begins, so that a spot is in its middle and nothing empty is shown.
  function within(spot, length, all) {
    if (length >= all) return (all - length) / 2;
    return Math.min(all - length, Math.max(0, spot - length / 2));
  }
  function centre(x, y, scale) {
    const { width, height } = size();
    view.scale = Math.min(LARGEST, Math.max(SMALLEST, scale));
    view.x = within(x, width / view.scale, whole.width);
    view.y = within(y, height / view.scale, whole.height);
    show();
  }
  function zoom(factor, x = size().width / 2, y = size().height / 2) {
    const scale = Math.min(LARGEST, Math.max(SMALLEST, view.scale * factor));
    view.x += x / view.scale - x / scale;
    view.y += y / view.scale - y / scale;
    view.scale = scale;
    show();
  }
  function move(x, y) {
    view.x += x / view.scale;
    view.y += y / view.scale;
    show();
  }
  const all = () => centre(whole.width / 2, whole.height / 2, fitting());
  const start = () => (fitting() >= LEGIBLE ? all() : centre(root.x, root.y, 1));
  const acts = { in: () => zoom(1.3), out: () => zoom(1 / 1.3), all, root: () => centre(root.x, root.y, Math.max(view.scale, 1)) };
  for (const button of document.querySelectorAll("[data-zoom]")) {
    button.addEventListener("click", () => acts[button.dataset.zoom]());
  }

  frame.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !event.metaKey && !frame.matches(":focus-within, :focus")) return; // the page scrolls
    event.preventDefault();
    const box = frame.getBoundingClientRect();
    zoom(Math.exp(-event.deltaY * 0.0015), event.clientX - box.left, event.clientY - box.top);
  }, { passive: false });
  frame.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = 60;
    const act = {
      ArrowLeft: () => move(-step, 0), ArrowRight: () => move(step, 0), ArrowUp: () => move(0, -step), ArrowDown: () => move(0, step),
      "+": acts.in, "=": acts.in, "-": acts.out, "0": all,
    }[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });

  // Pointers: one drags, two pinch; a drag that moved is no click.
  const held = new Map();
  let moved = 0, apart = 0;
  frame.addEventListener("dragstart", (event) => event.preventDefault());
  frame.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    if (held.size === 0) moved = 0;
    held.set(event.pointerId, { x: event.clientX, y: event.clientY });
    apart = 0;
  });
  window.addEventListener("pointermove", (event) => {
    const before = held.get(event.pointerId);
    if (!before) return;
    held.set(event.pointerId, { x: event.clientX, y: event.clientY });
    if (held.size === 1) {
      moved += Math.hypot(event.clientX - before.x, event.clientY - before.y);
      if (moved > 4) move(before.x - event.clientX, before.y - event.clientY);
      return;
    }
    const [one, two] = [...held.values()];
    const distance = Math.hypot(one.x - two.x, one.y - two.y);
    const box = frame.getBoundingClientRect();
    if (apart) zoom(distance / apart, (one.x + two.x) / 2 - box.left, (one.y + two.y) / 2 - box.top);
    apart = distance;
    moved = 99;
  });
  for (const end of ["pointerup", "pointercancel"]) {
    window.addEventListener(end, (event) => { held.delete(event.pointerId); apart = 0; });
  }
  frame.addEventListener("click", (event) => {
    if (moved > 4) event.preventDefault();
    moved = 0;
  }, true);

  // What one points at stands out with its neighbours; what has the focus is brought into view.
  const beside = new Map();
  for (const edge of svg.querySelectorAll(".edge")) {
    for (const end of [edge.dataset.from, edge.dataset.to]) {
      if (!beside.has(end)) beside.set(end, []);
      beside.get(end).push(edge);
    }
  }
  const boxes = new Map([...svg.querySelectorAll("[data-box]")].map((box) => [box.dataset.box, box]));
  function point(box) {
    for (const lit of svg.querySelectorAll(".lit")) lit.classList.remove("lit");
    svg.classList.toggle("pointed", Boolean(box));
    if (!box) return;
    box.classList.add("lit");
    for (const edge of beside.get(box.dataset.box) || []) {
      edge.classList.add("lit");
      for (const end of [edge.dataset.from, edge.dataset.to]) boxes.get(end).classList.add("lit");
    }
  }
  svg.addEventListener("pointerover", (event) => { if (held.size === 0) point(event.target.closest(".box")); });
  svg.addEventListener("pointerleave", () => point(null));
  svg.addEventListener("focusin", (event) => {
    const box = event.target.closest(".box");
    if (!box || !box.matches(":focus-visible")) return;
    point(box);
    const at = box.getBBox();
    const { width, height } = size();
    const x = at.x + at.width / 2, y = at.y + at.height / 2;
    const inside = x > view.x && x < view.x + width / view.scale && y > view.y && y < view.y + height / view.scale;
    if (!inside) centre(x, y, view.scale);
    frame.scrollTo(0, 0);
  });
  svg.addEventListener("focusout", () => point(null));
  window.addEventListener("resize", show);
  start();
})();
