// What pages do beyond HTML; each works, if less comfortably, without this file.
"use strict";

const pad = (number) => String(number).padStart(2, "0");

const zoneName = Intl.DateTimeFormat().resolvedOptions().timeZone;

// What a clock of the reader's shows, or what was written if that is no time.
function local(at, written) {
  if (Number.isNaN(at.getTime())) return written;
  const day = `${at.getFullYear()}-${pad(at.getMonth() + 1)}-${pad(at.getDate())}`;
  return `${day} ${pad(at.getHours())}:${pad(at.getMinutes())}`;
}

function showTimes(root) {
  for (const time of root.querySelectorAll("time[datetime]")) time.textContent = local(new Date(time.dateTime), time.textContent);
  const zone = document.querySelector("[data-zone]");
  if (zone) zone.textContent = zoneName === "UTC" ? "Times are UTC." : `Times are ${zoneName}; hover shows UTC.`;
}

// A chart is drawn on the server, which tells UTC alone.
function localToo(text) {
  if (zoneName === "UTC") return text;
  return text.replace(/(\d{4}-\d\d-\d\d) (\d\d:\d\d) UTC/g, (utc, day, time) => `${local(new Date(`${day}T${time}Z`), day)} (${utc})`);
}

// Without TLS a page has no clipboard, unless it is from this machine: then what is selected is copied.
async function copy(source) {
  try {
    await navigator.clipboard.writeText(source.textContent);
    return true;
  } catch {
    getSelection().selectAllChildren(source);
    return document.execCommand("copy");
  }
}

function addCopyButtons(root) {
  for (const holder of root.querySelectorAll("[data-copy]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "Copy";
    button.setAttribute("aria-label", `Copy: ${holder.textContent.trim().slice(0, 60)}`);
    const source = holder.querySelector("code, pre");
    button.addEventListener("click", async () => {
      button.textContent = (await copy(source)) ? "Copied" : "Selected";
      setTimeout(() => { button.textContent = "Copy"; }, 1500);
    });
    holder.append(button);
  }
}

// <select data-submit>: choosing is enough; the button beside it is for whoever has no scripts.
function addSubmits(root) {
  for (const select of root.querySelectorAll("select[data-submit]")) {
    select.addEventListener("change", () => select.form.requestSubmit());
    const button = select.form.querySelector("[data-without-script]");
    if (button) button.hidden = true;
  }
}

// Checkboxes named `ref` with data-compare="form": the button says how many are chosen.
function addChoosing(root) {
  for (const form of root.querySelectorAll("[data-choose]")) {
    const button = form.querySelector("[data-chosen]");
    if (!button) continue;
    const said = button.textContent;
    const apply = () => {
      const chosen = document.querySelectorAll(`input[form="${form.id}"]:checked, #${form.id} input[type=checkbox]:checked`).length;
      button.disabled = chosen < 2 || chosen > 20;
      button.textContent = chosen ? `${said} (${chosen})` : said;
    };
    document.addEventListener("change", apply);
    apply();
  }
}

// Charts are drawn on the server; a point's <title> is shown at once, and its line stands out.
function enliven(root) {
  const tip = document.createElement("div");
  tip.className = "tip";
  tip.hidden = true;
  tip.setAttribute("role", "tooltip");
  document.body.append(tip);
  for (const chart of root.querySelectorAll(".chart svg")) {
    const titles = new Map();
    for (const title of chart.querySelectorAll("title")) {
      if (title.parentElement === chart) continue;
      const told = localToo(title.textContent);
      const link = title.closest("a");
      titles.set(link || title.parentElement, told); // it is the link that has the focus
      if (link) link.setAttribute("aria-label", told);
      title.remove();
    }
    const lines = chart.querySelectorAll("[data-series]");
    const light = (series) => {
      for (const line of lines) line.classList.toggle("dimmed", series !== undefined && line.dataset.series !== series);
    };
    const show = (event) => {
      const found = event.target.closest && event.target.closest("svg *");
      let node = found;
      while (node && node !== chart && !titles.has(node)) node = node.parentElement;
      if (!node || node === chart) { tip.hidden = true; light(undefined); return; }
      tip.textContent = titles.get(node);
      tip.hidden = false;
      const box = event.clientX === undefined || event.type === "focusin" ? node.getBoundingClientRect() : null;
      const x = box ? box.right : event.clientX;
      const y = box ? box.top : event.clientY;
      tip.style.left = `${Math.max(4, Math.min(x + 12, innerWidth - tip.offsetWidth - 8))}px`;
      tip.style.top = `${Math.max(4, y - tip.offsetHeight - 10)}px`;
      const line = node.querySelector("[data-series]") || node.closest("[data-series]");
      light(line && lines.length > 1 ? line.dataset.series : undefined);
    };
    chart.addEventListener("pointermove", show);
    chart.addEventListener("focusin", show);
    chart.addEventListener("pointerleave", () => { tip.hidden = true; light(undefined); });
    chart.addEventListener("focusout", () => { tip.hidden = true; light(undefined); });
  }
}

// "/" goes to the search box, "n" and "p" to the next and the previous page of a list.
function addKeys() {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
    const wanted = { "/": "[data-find]", n: "a[rel=next]", p: "a[rel=prev]" }[event.key];
    const found = wanted && document.querySelector(wanted);
    if (!found) return;
    event.preventDefault();
    if (event.key === "/") found.focus(); else found.click();
  });
}

// On a small screen the tab one is on may be out of sight; only its own row is moved.
function showCurrent(root) {
  for (const found of root.querySelectorAll(".nav [aria-current], .tabs [aria-current]")) {
    const row = found.parentElement;
    row.scrollLeft = found.offsetLeft - row.offsetLeft - (row.clientWidth - found.offsetWidth) / 2;
  }
}

// What is wider than its place is scrolled by keyboard too; what is not is no stop on the way.
function addScrolling(root) {
  const apply = () => {
    for (const box of root.querySelectorAll(".scroll, pre, .lanes, .chart")) {
      const isLarger = box.scrollWidth > box.clientWidth + 1 || box.scrollHeight > box.clientHeight + 1;
      if (isLarger && getComputedStyle(box).overflowX !== "visible") box.tabIndex = 0; else box.removeAttribute("tabindex");
    }
  };
  apply();
  addEventListener("resize", apply);
  document.addEventListener("toggle", apply, true);
}

// data-again: something goes on that the page shows; it is looked at anew, unless one is busy in it.
function lookAgain(root) {
  if (!root.querySelector("[data-again]")) return;
  const isBusy = () => document.hidden || document.querySelector("main :focus");
  setTimeout(() => { if (isBusy()) lookAgain(root); else location.reload(); }, 2000);
}

showTimes(document);
addScrolling(document);
showCurrent(document);
addCopyButtons(document);
addSubmits(document);
addChoosing(document);
enliven(document);
addKeys();
lookAgain(document);
