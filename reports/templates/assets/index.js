// The batch index: choices, search, sorting and paging over columns; the whole state stands in the address.
"use strict";
(() => {
  const data = window.IMRCHECK;
  if (!data) return;
  const $ = (id) => document.getElementById(id);
  const { columns, words, titles, letters } = data;
  const reviewed = window.imrcheckReviewed;
  const verdicts = window.imrcheckVerdicts;
  const lower = (list) => list.map((word) => word.toLowerCase());
  const requests = lower(words.requests);
  const specialties = lower(words.specialties);
  const worstTitles = lower(words.worst);
  const findings = words.codes.map((code, n) => (code + " " + titles[n]).toLowerCase());
  const docs = lower(columns.doc);
  // A page's address is given whole, or by its end where the letter's name and the hash give the rest; one that begins
  // with "~" was not written, and only the desk shows it.
  const served = window.IMRCHECK_DESK?.mode === "serve";
  const linked = (row) => columns.page[row] && (served || !columns.page[row].startsWith("~"));
  const address = (row) => {
    const page = columns.page[row].replace("~", "");
    return page.startsWith("-") ? `${page.slice(1, 3)}/${docs[row]}${page}` : page;
  };

  const { facets, sortOut, title, total, standing, waiting, reviewKinds } = window.imrcheckFacets;
  const severities = ["error", "warning", "note"];

  const state = { q: "", sort: "", page: 1, size: 100, chosen: new Map(facets.map((f) => [f.key, new Set()])) };

  const readState = () => {
    const given = new URLSearchParams(location.hash.slice(1));
    state.q = given.get("q") || "";
    state.sort = /^-?(doc|decided|error|warning|note|worst|specialty|review)$/.test(given.get("sort") || "") ? given.get("sort") : "";
    state.page = Math.max(1, Number.parseInt(given.get("page"), 10) || 1);
    state.size = [50, 100, 250].includes(Number(given.get("rows"))) ? Number(given.get("rows")) : 100;
    for (const facet of facets) {
      const ids = (given.get(facet.key) || "").split(",");
      state.chosen.set(facet.key, new Set(facet.ids.map((id, n) => (ids.includes(id) ? n : -1)).filter((n) => n >= 0)));
    }
  };
  const stateOf = () => {
    const out = new URLSearchParams();
    if (state.q) out.set("q", state.q);
    for (const facet of facets) {
      const chosen = [...state.chosen.get(facet.key)].map((n) => facet.ids[n]);
      if (chosen.length) out.set(facet.key, chosen.join(","));
    }
    if (state.sort) out.set("sort", state.sort);
    if (state.size !== 100) out.set("rows", String(state.size));
    if (state.page > 1) out.set("page", String(state.page));
    return String(out);
  };
  const writeState = () => {
    const out = stateOf();
    verdicts.tab.set("imrcheck-filter", out);
    history.replaceState(null, "", out ? "#" + out : location.pathname);
  };

  // Every word of the search must stand somewhere in the row; each list of words is searched once, not once a row.
  const searched = () => {
    const passes = state.q.toLowerCase().split(/\s+/).filter(Boolean).map((word) => {
      const hits = (list) => list.map((text) => text.includes(word));
      return { word, request: hits(requests), specialty: hits(specialties), code: hits(findings), title: hits(worstTitles) };
    });
    return (row) => passes.every(({ word, request, specialty, code, title: named }) =>
      docs[row].includes(word) || specialty[columns.specialty[row]] || columns.codes[row].some((n) => code[n]) || named[columns.worst[row]]
      || columns.items[row].some((n, place) => place % 3 === 0 && request[n]) || (columns.why[row] || "").toLowerCase().includes(word));
  };

  const text = (list) => (a, b) => (list(a) < list(b) ? -1 : list(a) > list(b) ? 1 : 0);
  const worst = (a, b) => columns.error[b] - columns.error[a] || columns.warning[b] - columns.warning[a]
    || columns.note[b] - columns.note[a] || (a in columns.why ? 0 : 1) - (b in columns.why ? 0 : 1);
  const orders = {
    doc: text((row) => columns.doc[row]),
    decided: text((row) => columns.decided[row]),
    specialty: text((row) => words.specialties[columns.specialty[row]]),
    worst: text((row) => words.codes[columns.codes[row][0]] || "~"),
    error: (a, b) => columns.error[a] - columns.error[b],
    warning: (a, b) => columns.warning[a] - columns.warning[b],
    note: (a, b) => columns.note[a] - columns.note[b],
    review: (a, b) => waiting(a) - waiting(b),
  };
  const ordered = () => {
    const down = state.sort.startsWith("-");
    const order = orders[state.sort.replace("-", "")];
    return order ? (a, b) => (down ? order(b, a) : order(a, b)) || a - b : (a, b) => worst(a, b) || a - b;
  };

  // All rows in the order asked for; kept, because sorting takes longer than finding. Findings count for less than a thousand.
  let kept = { sort: null, rows: null };
  const inOrder = () => {
    if (kept.sort === state.sort && !state.sort.endsWith("review")) return kept.rows;
    let all;
    if (orders[state.sort.replace("-", "")]) all = Array.from({ length: letters }, (_, row) => row).sort(ordered());
    else {
      const keys = Float64Array.from({ length: letters }, (_, row) => {
        const few = (level) => 999 - Math.min(columns[level][row], 999);
        const place = (few("error") * 1000 + few("warning")) * 1000 + few("note");
        return (place * 2 + (row in columns.why ? 0 : 1)) * letters + row;
      }).sort();
      all = Array.from(keys, (key) => key % letters);
    }
    kept = { sort: state.sort, rows: all };
    return all;
  };

  const add = (counts, facet, row) => { for (let n = facet.starts[row]; n < facet.starts[row + 1]; n += 1) counts[facet.values[n]] += 1; };
  const passes = (facet, row, chosen) => {
    for (let n = facet.starts[row]; n < facet.starts[row + 1]; n += 1) if (chosen.has(facet.values[n])) return true;
    return false;
  };

  let rows = [];
  const select = () => {
    const found = searched();
    const counts = facets.map((facet) => new Uint32Array(facet.names.length));
    const chosen = facets.map((facet) => state.chosen.get(facet.key));
    rows = [];
    for (const row of inOrder()) {
      if (!found(row)) continue;
      // A facet counts the rows that all other facets let through.
      let missed = 0;
      let which = -1;
      for (let f = 0; f < facets.length; f += 1) {
        if (chosen[f].size && !passes(facets[f], row, chosen[f])) { missed += 1; which = f; }
      }
      if (!missed) {
        rows.push(row);
        for (let f = 0; f < facets.length; f += 1) add(counts[f], facets[f], row);
      } else if (missed === 1) {
        add(counts[which], facets[which], row);
      }
    }
    return counts;
  };

  const template = (id) => $(id).content.firstElementChild;
  const slot = (element, name) => element.querySelector(`[data-slot="${name}"]`);
  const span = (className, words_) => {
    const element = document.createElement("span");
    element.className = className;
    element.textContent = words_;
    return element;
  };

  const drawItems = (row, list) => {
    const numbers = columns.items[row];
    for (let n = 0; n < numbers.length; n += 3) {
      const item = template("item-template").cloneNode(true);
      slot(item, "request").textContent = words.requests[numbers[n]];
      const outcome = words.outcomes[numbers[n + 1]];
      slot(item, "outcome").textContent = outcome === "none" ? "No outcome" : title(outcome);
      slot(item, "outcome").classList.add(outcome);
      list.append(item);
    }
  };
  const drawCount = (cell, level, count) => {
    if (count) cell.replaceChildren(span(`severity ${level}`, String(count)));
  };
  const drawWorst = (cell, row) => {
    const codes = columns.codes[row];
    if (!codes.length) return;
    cell.replaceChildren(span("code", words.codes[codes[0]]), ` ${words.worst[columns.worst[row]]}`);
    if (codes.length > 1) cell.append(" ", span("aside", `and ${codes.length - 1} more`));
  };
  const drawReview = (cell, row) => {
    const [kind, ...others] = reviewKinds(row);
    const all = total(row);
    const [, stale, disputed] = standing(row);
    const words_ = kind === 1 ? `${all - waiting(row)} of ${all} done` : ["Open", "", "Done", "None needed", "Looked at"][kind];
    cell.className = `of-review ${["open", "part", "done", "none", "none"][kind]}`;
    cell.replaceChildren(words_);
    if (others.length) cell.append(" ", span("aside", [stale && `${stale} stale`, disputed && `${disputed} disputed`].filter(Boolean).join(", ")));
  };
  const drawRow = (row) => {
    const unchecked = row in columns.why;
    const line = template(unchecked ? "unchecked-template" : "row-template").cloneNode(true);
    const doc = slot(line, "doc");
    if (linked(row)) {
      doc.firstElementChild.textContent = columns.doc[row];
      doc.firstElementChild.href = `d/${address(row)}.html`;
    } else {
      doc.textContent = columns.doc[row];
      if (columns.page[row]) doc.append(" ", span("aside", "no page"));
    }
    slot(line, "decided").textContent = columns.decided[row];
    if (unchecked) {
      slot(line, "status").textContent = title(words.statuses[columns.status[row]]);
      slot(line, "why").textContent = columns.why[row];
      return line;
    }
    slot(line, "specialty").textContent = words.specialties[columns.specialty[row]];
    drawItems(row, line.querySelector(".requests"));
    for (const level of severities) drawCount(slot(line, level), level, columns[level][row]);
    drawWorst(slot(line, "worst"), row);
    drawReview(slot(line, "review"), row);
    return line;
  };

  const MORE = 12;
  const open = new Set();
  const drawFacet = (facet, counts) => {
    const box = template("facet-template").cloneNode(true);
    box.id = `facet-${facet.key}`;
    box.firstElementChild.textContent = facet.name;
    const chosen = state.chosen.get(facet.key);
    let numbers = facet.names.map((_, n) => n).filter((n) => counts[n] || chosen.has(n));
    if (facet.sorted) numbers.sort((a, b) => counts[b] - counts[a] || (facet.names[a] < facet.names[b] ? -1 : 1));
    const left = numbers.length - MORE;
    if (left > 1 && !open.has(facet.key)) numbers = numbers.filter((n, at) => at < MORE || chosen.has(n));
    for (const n of numbers) {
      const choice = template("choice-template").cloneNode(true);
      const input = choice.querySelector("input");
      input.id = `${facet.key}-${facet.ids[n]}`;
      input.checked = chosen.has(n);
      input.addEventListener("change", () => {
        if (input.checked) chosen.add(n); else chosen.delete(n);
        state.page = 1;
        draw(input.id);
      });
      choice.querySelector(".name").textContent = facet.names[n];
      if (facet.hints?.[n]) choice.querySelector(".name").append(" ", span("aside", facet.hints[n]));
      choice.querySelector(".count").textContent = counts[n].toLocaleString("en");
      box.append(choice);
    }
    if (left > 1 && !open.has(facet.key)) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = `${left} more`;
      button.addEventListener("click", () => { open.add(facet.key); draw(); });
      box.append(button);
    }
    return box;
  };

  const drawSorting = () => {
    for (const head of document.querySelectorAll("th[data-sort]")) {
      const key = head.dataset.sort;
      const way = state.sort === key ? "ascending" : state.sort === `-${key}` ? "descending" : "none";
      head.setAttribute("aria-sort", way);
    }
  };

  // What is drawn anew keeps the focus.
  const focused = () => {
    const now = document.activeElement;
    if (now?.id) return () => $(now.id)?.focus({ preventScroll: true });
    const href = now?.closest("#rows") && now.getAttribute("href");
    return () => { if (href) [...document.querySelectorAll("#rows th a")].find((a) => a.getAttribute("href") === href)?.focus({ preventScroll: true }); };
  };
  const draw = (focus = "") => {
    const again = focused();
    const counts = select();
    const pages = Math.max(1, Math.ceil(rows.length / state.size));
    state.page = Math.min(state.page, pages);
    const start = (state.page - 1) * state.size;
    const shown = rows.slice(start, start + state.size);
    $("rows").replaceChildren(...shown.map(drawRow));
    $("facets").replaceChildren(...facets.map((facet, n) => drawFacet(facet, counts[n])));
    const number = (n) => n.toLocaleString("en");
    $("shown").textContent = rows.length === letters ? `${number(letters)} letters` : `${number(rows.length)} of ${number(letters)} letters`;
    $("page").textContent = `Page ${number(state.page)} of ${number(pages)}`;
    $("before").disabled = state.page <= 1;
    $("after").disabled = state.page >= pages;
    $("pages").hidden = letters <= 50;
    $("size").value = String(state.size);
    drawSorting();
    writeState();
    if (focus) $(focus)?.focus();
    else if (document.activeElement === document.body) again();
  };

  // The next letter with a finding to look at, behind a row in the order of the table, whether that row is shown or not.
  const nextOpen = (after = -1) => {
    const order = ordered();
    const left = rows.filter((row) => linked(row) && waiting(row));
    return left.find((row) => after < 0 || order(row, after) > 0) ?? left[0] ?? -1;
  };
  const onward = (after, go) => {
    const next = nextOpen(after);
    if (next < 0) $("shown").textContent = "No open finding is left in these letters";
    else go(`d/${address(next)}.html#open`);
  };

  const turn = (by) => { state.page += by; draw(); $("letters").scrollIntoView(); };
  for (const head of document.querySelectorAll("th[data-sort]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    head.replaceChildren(button);
    button.addEventListener("click", () => {
      const key = head.dataset.sort;
      const counted = [...severities, "review"].includes(key);
      const first = counted ? `-${key}` : key;
      const second = counted ? key : `-${key}`;
      state.sort = state.sort === first ? second : state.sort === second ? "" : first;
      state.page = 1;
      draw();
    });
  }
  $("search").addEventListener("input", () => { state.q = $("search").value.trim(); state.page = 1; draw(); });
  $("clear").addEventListener("click", () => {
    for (const chosen of state.chosen.values()) chosen.clear();
    Object.assign(state, { q: "", sort: "", page: 1 });
    $("search").value = "";
    draw();
  });
  $("before").addEventListener("click", () => turn(-1));
  $("after").addEventListener("click", () => turn(1));
  $("size").addEventListener("change", () => { state.size = Number($("size").value); state.page = 1; draw(); });

  const store = {
    get(key) { try { return localStorage.getItem(key); } catch { return null; } },
    set(key, value) { try { localStorage.setItem(key, value); } catch { /* private windows keep nothing */ } },
  };
  const help = $("help");
  const keysOn = $("keys-on");
  keysOn.checked = store.get("imrcheck-keys") !== "off";
  keysOn.addEventListener("change", () => store.set("imrcheck-keys", keysOn.checked ? "on" : "off"));
  $("help-close").addEventListener("click", () => help.close());
  $("keys").addEventListener("click", () => help.showModal());

  const move = (by) => {
    const links = [...document.querySelectorAll("#rows th a")];
    const at = links.indexOf(document.activeElement);
    links[Math.max(0, Math.min(links.length - 1, at < 0 ? 0 : at + by))]?.focus();
  };
  const actions = {
    "/": () => $("search").focus(),
    j: () => move(1),
    k: () => move(-1),
    o: () => onward(-1, (to) => { location.href = to; }),
    n: () => $("after").click(),
    p: () => $("before").click(),
    "?": () => help.showModal(),
  };
  document.addEventListener("keydown", (event) => {
    if (!keysOn.checked || help.open || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.matches("input[type=search], select")) return;
    if (actions[event.key]) { event.preventDefault(); actions[event.key](); }
  });
  $("open").addEventListener("click", () => actions.o());
  addEventListener("hashchange", () => { readState(); $("search").value = state.q; draw(); });

  if (served) document.querySelector(".unwritten")?.remove();
  // From the page of a letter: on to the next one that waits, or to the search in the table as it was left.
  const came = new URLSearchParams(location.hash.slice(1)).get("after");
  const searching = location.hash === "#search";
  if (searching) history.replaceState(null, "", "#" + verdicts.tab.get("imrcheck-filter"));
  const from = came === null ? -1 : columns.page.findIndex((page, row) => page && `d/${address(row)}.html` === came);
  const review = facets.find((facet) => facet.key === "review");
  const refreshed = async () => {
    let different = false;
    try { different = await reviewed.refresh(columns.doc); } catch (error) { $("shown").textContent = error.message; }
    if (different) { sortOut(review); draw(); }
  };
  refreshed().then(() => { if (came !== null) onward(from, (to) => location.replace(to)); });
  verdicts.heard(refreshed);

  readState();
  $("search").value = state.q;
  $("filters").hidden = false;
  const wide = matchMedia("(min-width: 62rem)");
  const unfold = () => { $("facet-box").open = wide.matches; };
  wide.addEventListener("change", unfold);
  unfold();
  draw();
  if (searching) $("search").focus();
})();
