// Reviewing on the page of a letter: verdicts on its findings, missed findings, undo. letter.js moves between findings.
"use strict";
(() => {
  const verdicts = window.imrcheckVerdicts;
  const letter = window.imrcheckLetter;
  const page = document.getElementById("desk");
  if (!verdicts || !letter || !page) return;
  const $ = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const NAMES = { open: "Open", confirmed: "Confirmed", dismissed: "Dismissed", unsure: "Unsure", disputed: "Disputed", stale: "Stale" };
  const SAID = { confirmed: "confirmed", dismissed: "dismissed", unsure: "unsure", missed: "reported a missed finding", clean: "found nothing missed" };
  const cards = all("[data-finding]");
  const ofLetter = $("#of-letter");
  if (!ofLetter) { $("[data-do=miss]").hidden = true; return; }
  const reasons = new Map(all("option", $("#choices-template").content).map((option) => [option.value, option.textContent]));
  const undone = [];
  let others = { standings: {}, letters: {} };

  const parsed = (text) => { try { return JSON.parse(text); } catch { return {}; } };
  const baked = new Map(cards.map((card) => [card.dataset.fingerprint, parsed($("[data-verdict]", card).dataset.said || "{}")]));
  const bakedOfLetter = all("[data-slot=said] > li", ofLetter);
  const isStale = (card, s) => Boolean((s.rule_hash && s.rule_hash !== card.dataset.ruleHash) || (s.evidence_hash && s.evidence_hash !== card.dataset.evidenceHash));

  // What holds of a card: what the report was made with or the desk says, and over it what this browser keeps.
  const standing = (card) => {
    const print = card.dataset.fingerprint;
    if (verdicts.served) {
      const given = others.standings[print];
      return given || { state: "open", said: [], stale: [] };
    }
    const made = baked.get(print);
    const own = verdicts.latest(verdicts.local()).get(print) || new Map();
    const spoken = new Set(verdicts.local().filter((s) => s.fingerprint === print).map((s) => s.reviewer));
    const kept = [...own.values()];
    const said = [...(made.said || []).filter((s) => !spoken.has(s.reviewer)), ...kept.filter((s) => !isStale(card, s))];
    const stale = [...(made.stale || []).filter((s) => !spoken.has(s.reviewer)), ...kept.filter((s) => isStale(card, s))];
    const kinds = new Set(said.map((s) => s.verdict));
    return { state: kinds.size > 1 ? "disputed" : said.length ? said[0].verdict : stale.length ? "stale" : "open", said, stale };
  };

  const element = (tag, text, className = "") => {
    const made = document.createElement(tag);
    made.textContent = text;
    if (className) made.className = className;
    return made;
  };
  const line = (s, stale) => {
    const item = element("li", "", stale ? "stale" : "");
    item.append(element("b", s.reviewer));
    if (s.role) item.append(" ", element("span", s.role, "aside"));
    item.append(" " + (SAID[s.verdict] || s.verdict));
    if (s.code && s.verdict === "missed") item.append(" ", element("span", s.code, "code"));
    item.append(" ", element("time", (s.at || "").slice(0, 10)));
    if (s.reason) item.append(": " + (reasons.get(s.reason) || s.reason));
    if (stale) item.append(" ", element("span", "given on another rule or other words", "aside"));
    if (s.words) item.append(" ", element("q", s.words.exact));
    if (s.note) item.append(" ", element("span", s.note, "said-note"));
    return item;
  };

  const mine = (card) => standing(card).said.find((s) => s.reviewer === verdicts.who()?.name);
  const open = (card) => { const { state } = standing(card); return state === "open" || state === "stale"; };

  const draw = (card) => {
    const desk = $("[data-verdict]", card);
    const { state, said, stale } = standing(card);
    const chip = $("[data-slot=state]", desk);
    chip.textContent = NAMES[state] || state;
    chip.className = "stand " + state;
    $("[data-slot=said]", desk).replaceChildren(...said.map((s) => line(s, false)), ...stale.map((s) => line(s, true)));
    const own = mine(card);
    for (const button of all(".choices [data-say]", desk)) {
      if (button.dataset.say === "undo") button.hidden = !own;
      else button.setAttribute("aria-pressed", String(own?.verdict === button.dataset.say));
    }
  };

  const saidOfLetter = () => {
    if (verdicts.served) return others.letters[page.dataset.doc] || [];
    const found = [];
    for (const of of verdicts.latest(verdicts.local().filter((s) => s.doc === page.dataset.doc)).values()) {
      found.push(...[...of.values()].filter((s) => s.verdict === "missed" || s.verdict === "clean"));
    }
    return found;
  };
  const drawLetter = () => {
    const said = saidOfLetter();
    $("[data-slot=said]", ofLetter).replaceChildren(...(verdicts.served ? [] : bakedOfLetter), ...said.map((s) => line(s, false)));
    const me = verdicts.who()?.name;
    $("[data-letter=undo]", ofLetter).hidden = !said.some((s) => s.reviewer === me);
    const kept = verdicts.served ? 0 : verdicts.local().length;
    $("#export").hidden = !kept;
    $("#export").textContent = `Export ${kept} ${kept === 1 ? "statement" : "statements"}`;
  };
  const drawAll = () => { cards.forEach(draw); drawLetter(); };

  const asked = (dialog) => new Promise((resolve) => {
    dialog.returnValue = "";
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "ok"), { once: true });
    dialog.showModal();
  });
  $("#who-cancel").addEventListener("click", () => $("#who").close());
  $("#miss-cancel").addEventListener("click", () => $("#miss").close());
  const known = async (again = false) => {
    const me = verdicts.who();
    if (me && !again) return true;
    $("#who-name").value = me?.name || "";
    $("#who-role").value = me?.role || "";
    if (!(await asked($("#who")))) return false;
    const name = $("#who-name").value.trim().replace(/\s+/g, " ");
    if (!name) return false;
    verdicts.setWho(name, $("#who-role").value.trim().replace(/\s+/g, " "));
    await fetched();
    return true;
  };

  const fetched = async () => {
    try { others = (await verdicts.state()) || others; } catch (error) { letter.say(error.message); }
    drawAll();
  };

  const left = () => {
    const waiting = cards.filter(open).length;
    return waiting ? `${waiting} of ${cards.length} left` : "all findings of this letter are reviewed";
  };
  const nextOpen = (after) => {
    const order = [...cards.slice(after + 1), ...cards.slice(0, after + 1)];
    const next = order.find(open);
    if (next) letter.choose(cards.indexOf(next));
    return Boolean(next);
  };

  const sent = async (card, statement) => {
    const { fingerprint, code, rule, item, ruleHash, evidenceHash } = card.dataset;
    const made = { fingerprint, code, rule, item: Number(item), rule_hash: ruleHash, evidence_hash: evidenceHash };
    const given = await verdicts.say({ ...made, doc: page.dataset.doc, sha256: page.dataset.sha256, ...statement });
    if (given.standing) others.standings[fingerprint] = given.standing;
    drawAll();
  };

  const give = async (card, verdict, reason = "") => {
    if (!(await known())) return;
    const desk = $("[data-verdict]", card);
    const form = $(".dismissal", desk);
    if (verdict === "dismissed" && !reason) {
      form.hidden = false;
      $("select", form).focus();
      letter.say("Choose a reason to dismiss");
      return;
    }
    form.hidden = true;
    const note = $(".note-field", desk).value.trim();
    const before = mine(card);
    try {
      await sent(card, { verdict, ...(reason ? { reason } : {}), ...(note ? { note } : {}) });
    } catch (error) {
      letter.say(error.message);
      return;
    }
    undone.push({ card, before });
    $(".note-field", desk).value = "";
    $("select", form).value = "";
    nextOpen(cards.indexOf(card));
    letter.say(`${card.id} ${verdict}; ${left()}`);
  };

  const undo = async (card) => {
    const at = card ? undone.findLastIndex((step) => step.card === card) : undone.length - 1;
    const [step] = at >= 0 ? undone.splice(at, 1) : card ? [{ card }] : [];
    if (!step) { letter.say("Nothing to undo"); return; }
    const { verdict, reason, note } = step.before || { verdict: "withdrawn" };
    try {
      await sent(step.card, { verdict, ...(reason ? { reason } : {}), ...(note ? { note } : {}) });
    } catch (error) { letter.say(error.message); return; }
    letter.choose(cards.indexOf(step.card));
    letter.say(`${step.card.id} is ${step.before ? step.before.verdict : "open"} again`);
  };

  // The words selected, without footnote marks, and what stands beside them.
  const plain = (range) => {
    const held = range.cloneContents();
    for (const mark of held.querySelectorAll(".note-mark")) mark.remove();
    return held.textContent.replace(/\s+/g, " ");
  };
  const selected = () => {
    const selection = getSelection();
    const text = $(".letter");
    if (!selection.rangeCount || selection.isCollapsed || !text.contains(selection.anchorNode) || !text.contains(selection.focusNode)) return null;
    const range = selection.getRangeAt(0);
    const before = document.createRange();
    before.setStart(text, 0);
    before.setEnd(range.startContainer, range.startOffset);
    const after = document.createRange();
    after.setStart(range.endContainer, range.endOffset);
    after.setEnd(text, text.childNodes.length);
    const heading = all("[id^=item-][id$=-text]").filter((h) => range.comparePoint(h, 0) < 0).pop();
    return { exact: plain(range).trim(), prefix: plain(before).slice(-32), suffix: plain(after).slice(0, 32), item: heading ? heading.id.split("-")[1] : "0" };
  };
  const digest = async (text) => {
    const bytes = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
    return [...new Uint8Array(bytes)].map((b) => b.toString(16).padStart(2, "0")).join("").slice(0, 16);
  };

  const items = all(".item-head").map((head) => [head.parentElement.id.split("-")[1], $("h2", head).textContent.replace(/\s+/g, " ").trim()]);
  const miss = async () => {
    const at = selected() || { exact: "", prefix: "", suffix: "", item: items[0]?.[0] || "0" };
    if (!(await known())) return;
    $("#miss-words").value = at.exact;
    $("#miss-item").value = at.item;
    $("#miss-note").value = "";
    $("#miss-wrong").textContent = "";
    await asked($("#miss"));
  };
  $("#miss form").addEventListener("submit", async (event) => {
    event.preventDefault();
    const exact = $("#miss-words").value.trim().replace(/\s+/g, " ");
    const whole = document.createRange();
    whole.selectNodeContents($(".letter"));
    const text = plain(whole);
    const place = text.indexOf(exact);
    if (place < 0) { $("#miss-wrong").textContent = "The letter does not hold these words; give them as they stand there."; return; }
    const code = $("#miss-code").value;
    const item = Number($("#miss-item").value);
    const words = { exact, prefix: text.slice(Math.max(0, place - 32), place), suffix: text.slice(place + exact.length, place + exact.length + 32) };
    const note = $("#miss-note").value.trim();
    const { doc, sha256 } = page.dataset;
    try {
      const fingerprint = await digest([code, doc, item, exact].join("\n"));
      await verdicts.say({ fingerprint, code, doc, sha256, item, verdict: "missed", words, ...(note ? { note } : {}) });
    } catch (error) { $("#miss-wrong").textContent = error.message; return; }
    $("#miss").close("ok");
    await fetched();
    letter.say(`Reported: ${code}`);
  });

  const clean = async () => {
    if (!(await known())) return;
    const { doc, sha256 } = page.dataset;
    try {
      await verdicts.say({ fingerprint: await digest(["", doc, 0, ""].join("\n")), doc, sha256, item: 0, verdict: "clean" });
    } catch (error) { letter.say(error.message); return; }
    await fetched();
    letter.say("Noted: nothing was missed");
  };
  const undoLetter = async () => {
    const last = saidOfLetter().filter((s) => s.reviewer === verdicts.who()?.name).pop();
    if (!last) return;
    const { doc, sha256 } = page.dataset;
    try {
      await verdicts.say({ fingerprint: last.fingerprint, doc, sha256, code: last.code, item: last.item || 0, verdict: "withdrawn" });
    } catch (error) { letter.say(error.message); return; }
    await fetched();
    letter.say("Taken back");
  };

  for (const card of cards) {
    const desk = $("[data-verdict]", card);
    desk.append($("#choices-template").content.cloneNode(true));
    desk.addEventListener("click", (event) => {
      const said = event.target.closest("[data-say]")?.dataset.say;
      if (!said) return;
      letter.choose(cards.indexOf(card), false);
      if (said === "cancel") { $(".dismissal", desk).hidden = true; card.focus(); }
      else if (said === "undo") undo(card);
      else give(card, said);
    });
    $(".dismissal", desk).addEventListener("submit", (event) => {
      event.preventDefault();
      give(card, "dismissed", $("select", event.target).value);
    });
  }
  $("#miss-code").append(...(verdicts.desk.codes || []).map(([code, title]) => { const o = element("option", `${code} ${title}`); o.value = code; return o; }));
  $("#miss-item").append(...[["0", "The letter as a whole"], ...items.filter(([n]) => n !== "0")].map(([n, name]) => { const o = element("option", name); o.value = n; return o; }));
  $(".choices", ofLetter).hidden = false;
  $("[data-letter=clean]").addEventListener("click", clean);
  $("[data-letter=undo]").addEventListener("click", undoLetter);
  $("#who-again").addEventListener("click", () => known(true));
  $("#export").addEventListener("click", () => { const n = verdicts.exported(); letter.say(`${n} ${n === 1 ? "statement" : "statements"} exported`); });
  $("[data-do=miss]").addEventListener("click", miss);
  $("[data-do=next-open]").addEventListener("click", () => { if (!nextOpen(letter.current())) letter.say("No open finding in this letter"); });

  const onCurrent = (verdict) => {
    const card = cards[letter.current()];
    if (card) give(card, verdict);
    else letter.say("Choose a finding first, with j");
  };
  Object.assign(letter.actions, {
    c: () => onCurrent("confirmed"),
    d: () => onCurrent("dismissed"),
    u: () => onCurrent("unsure"),
    z: () => undo(),
    o: () => { if (!nextOpen(letter.current())) letter.say("No open finding in this letter"); },
    m: miss,
  });
  fetched();
})();
