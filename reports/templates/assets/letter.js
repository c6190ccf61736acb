// The page of a letter: move between findings and their words. Everything here can also be done with links.
"use strict";
(() => {
  const $ = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const source = $("#source");
  const audit = $("#findings");
  const findings = all("[data-finding]");
  const marks = all("mark[data-quotes]");
  const quotesOf = (mark) => mark.dataset.quotes.split(" ");
  let current = -1;
  let quote = -1;
  let loading = true;
  // The running head of the printed pages.
  document.documentElement.style.setProperty("--running", `"${$("h1").textContent.replace(/["\\\n]/g, "\\$&")}"`);

  const store = {
    get(key) { try { return localStorage.getItem(key); } catch { return null; } },
    set(key, value) { try { localStorage.setItem(key, value); } catch { /* private windows keep nothing */ } },
  };

  const light = (label) => {
    const wanted = (q) => q === label || q.startsWith(label + ".");
    for (const mark of marks) mark.classList.toggle("lit", label !== "" && quotesOf(mark).some(wanted));
  };

  const centre = (pane, element) => {
    if (!element) return;
    for (let d = element.closest("details"); d; d = d.parentElement.closest("details")) d.open = true;
    const scrolls = pane.scrollHeight > pane.clientHeight + 1 && getComputedStyle(pane).overflowY !== "visible";
    if (!scrolls) return;
    const by = element.getBoundingClientRect().top - pane.getBoundingClientRect().top - pane.clientHeight / 3;
    const near = Math.abs(by) < 1.5 * pane.clientHeight;
    pane.scrollBy({ top: by, behavior: near && !calm && !loading ? "smooth" : "auto" });
  };
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const say = (words) => { $("#said").textContent = words; };
  const wordsOf = (label) => document.getElementById("w" + label.slice(1));

  const choose = (index, focus = true) => {
    if (index < 0 || index >= findings.length) return;
    findings[current]?.classList.remove("current");
    current = index;
    quote = -1;
    const card = findings[index];
    card.classList.add("current");
    light(card.id);
    const top = card.getBoundingClientRect().top - audit.getBoundingClientRect().top;
    if (audit.scrollHeight > audit.clientHeight + 1) audit.scrollBy({ top: top - 56, behavior: "auto" });
    else if (focus) card.scrollIntoView({ block: "start" });
    if (focus) card.focus({ preventScroll: true });
    centre(source, marks.find((mark) => quotesOf(mark).some((q) => q.startsWith(card.id + "."))));
    history.replaceState(null, "", "#" + card.id);
    say(`Finding ${index + 1} of ${findings.length}`);
  };

  // The keys speak of this finding from now on; nothing moves.
  const take = (index) => {
    if (index < 0 || index === current) return;
    findings[current]?.classList.remove("current");
    current = index;
    quote = -1;
    findings[index].classList.add("current");
    light(findings[index].id);
  };

  const nextQuote = () => {
    if (current < 0) choose(0);
    const lines = all(".quotes a[href^='#w']", findings[current]);
    if (!lines.length) return;
    quote = (quote + 1) % lines.length;
    const label = lines[quote].textContent;
    light(label);
    const words = wordsOf(label);
    centre(source, words);
    if (source.scrollHeight <= source.clientHeight + 1) words?.scrollIntoView({ block: "center" });
    say(`Quote ${quote + 1} of ${lines.length}`);
  };

  const follow = () => {
    const id = decodeURIComponent(location.hash.slice(1));
    const found = /^[Fw](\d+)(?:\.(\d+))?$/.exec(id);
    if (!found) { light(""); return; }
    const label = "F" + id.slice(1);
    const index = findings.findIndex((card) => card.id === "F" + found[1]);
    findings[current]?.classList.remove("current");
    current = index;
    quote = found[2] ? Number(found[2]) - 1 : -1;
    findings[index]?.classList.add("current");
    light(label);
    if (id[0] === "F") centre(source, found[2] ? wordsOf(label) : marks.find((m) => quotesOf(m).some((q) => q.startsWith(label + "."))));
    else centre(audit, document.getElementById(label));
  };

  const setView = (original) => {
    $(original ? "#view-original" : "#view-reading").checked = true;
    store.set("imrcheck-view", original ? "original" : "reading");
    place();
  };

  // The minimap's ticks are estimates until the text has been laid out.
  const place = () => {
    const height = source.scrollHeight;
    const top = source.getBoundingClientRect().top - source.scrollTop;
    if (!height) return;
    for (const rect of all(".minimap rect")) {
      const words = document.getElementById(rect.parentElement.getAttribute("href").slice(1));
      if (!words || !words.getClientRects().length) continue;
      const at = Math.round((1000 * (words.getBoundingClientRect().top - top)) / height);
      rect.setAttribute("y", String(Math.max(0, Math.min(995, at))));
    }
  };

  const help = $("#help");
  const keysOn = $("#keys-on");
  keysOn.checked = store.get("imrcheck-keys") !== "off";
  keysOn.addEventListener("change", () => store.set("imrcheck-keys", keysOn.checked ? "on" : "off"));
  $("#help-close").addEventListener("click", () => help.close());

  const actions = {
    j: () => choose(Math.min(current + 1, findings.length - 1)),
    k: () => choose(Math.max(current - 1, 0)),
    e: nextQuote,
    v: () => setView($("#view-reading").checked),
    "/": () => { location.href = $("a.up").href.split("#")[0] + "#search"; },
    "?": () => help.showModal(),
  };
  window.imrcheckLetter = { actions, choose, take, say, current: () => current };
  const done = { "next-finding": "j", "previous-finding": "k", "next-quote": "e", help: "?" };
  for (const button of all("[data-do]")) {
    if (!["help", "miss"].includes(button.dataset.do) && !findings.length) button.hidden = true;
    if (done[button.dataset.do]) button.addEventListener("click", () => actions[done[button.dataset.do]]());
  }

  document.addEventListener("keydown", (event) => {
    if (!keysOn.checked || $("dialog[open]") || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.matches("input:not([type=radio]):not([type=checkbox]), textarea, select")) return;
    if (actions[event.key]) { event.preventDefault(); actions[event.key](); return; }
    const link = $(`a[data-key="${CSS.escape(event.key)}"]`) || (event.key === "n" || event.key === "p" ? $(`a[rel="${event.key === "n" ? "next" : "prev"}"]`) : null);
    if (link) link.click();
  });

  for (const card of findings) {
    card.addEventListener("click", (event) => {
      if (event.target.closest("a, summary, button, input, select, label") || String(getSelection())) return;
      choose(findings.indexOf(card), false);
    });
  }
  for (const mark of marks) {
    mark.addEventListener("click", () => {
      if (String(getSelection())) return;
      location.hash = quotesOf(mark)[0];
    });
  }
  for (const radio of all("input[name=view]")) radio.addEventListener("change", () => setView(radio.id === "view-original"));
  if (store.get("imrcheck-view") === "original") setView(true);
  // The table is found again as it was filtered.
  const up = $("a.up");
  const filter = window.imrcheckVerdicts?.tab.get("imrcheck-filter");
  if (up && filter) up.href += "#" + filter;
  addEventListener("hashchange", follow);
  addEventListener("resize", place);
  place();
  if (location.hash) follow();
  loading = false;
})();
