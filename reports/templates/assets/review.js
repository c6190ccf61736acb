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
  const audit = $("#findings");
  const ofLetter = $("#of-letter");
  if (!ofLetter) { $("[data-do=miss]").hidden = true; return; }
  const reasons = new Map(all("option", $("#choices-template").content).map((option) => [option.value, option.textContent]));
  const undone = [];
  let others = { standings: {}, said: [], blind: [] };
  let held = new Map();

  const parsed = (text) => { try { return JSON.parse(text); } catch { return {}; } };
  const baked = new Map(cards.map((card) => [card.dataset.fingerprint, parsed($("[data-verdict]", card).dataset.said || "{}")]));
  const bakedOfLetter = all("[data-slot=said] > li", ofLetter);
  const facts = cards.map((card) => {
    const { fingerprint, rule, item, ruleHash, evidenceHash } = card.dataset;
    return { fingerprint, rule, item: Number(item), ruleHash, evidenceHash };
  });
  const ofDoc = () => verdicts.local().filter((s) => s.doc === page.dataset.doc);

  // What holds of a card: what the desk says, or what the report was made with and over it what this browser keeps.
  const OPEN = { state: "open", said: [], stale: [] };
  const standing = (card) => held.get(card.dataset.fingerprint) || OPEN;
  const look = () => { held = verdicts.served ? new Map(Object.entries(others.standings)) : verdicts.standings(facts, baked, ofDoc()); };

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
    $("[data-slot=blind]", desk).hidden = !others.blind.includes(card.dataset.fingerprint);
    for (const button of all(".choices [data-say]", desk)) {
      if (button.dataset.say === "undo") button.hidden = !own;
      else button.setAttribute("aria-pressed", String(own?.verdict === button.dataset.say));
    }
  };

  const saidOfLetter = () => {
    if (verdicts.served) return others.said;
    const found = [];
    for (const of of verdicts.latest(ofDoc()).values()) {
      found.push(...[...of.values()].filter((s) => s.verdict === "missed" || s.verdict === "clean"));
    }
    return found;
  };
  const madeWith = () => {
    const spoken = new Set(ofDoc().map((s) => `${s.fingerprint} ${s.reviewer}`));
    return bakedOfLetter.filter((li) => !spoken.has(`${li.dataset.fingerprint} ${$("b", li).textContent}`));
  };
  const drawLetter = () => {
    const said = saidOfLetter();
    $("[data-slot=said]", ofLetter).replaceChildren(...(verdicts.served ? [] : madeWith()), ...said.map((s) => line(s, false)));
    const me = verdicts.who()?.name;
    $("[data-letter=undo]", ofLetter).hidden = !said.some((s) => s.reviewer === me);
    const kept = verdicts.served ? 0 : verdicts.local().length;
    $("#export").hidden = !kept;
    $("#export").textContent = `Export ${kept} ${kept === 1 ? "statement" : "statements"}`;
  };
  const drawAll = () => { look(); cards.forEach(draw); drawLetter(); };

  const asked = (dialog) => new Promise((resolve) => {
    dialog.returnValue = "";
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "ok"), { once: true });
    dialog.showModal();
  });
  $("#who-cancel").addEventListener("click", () => $("#who").close());
  $("#miss-cancel").addEventListener("click", () => $("#miss").close());
  // Asked once at a time: a key that comes before the closed dialog has told its answer waits for that answer.
  let asking = null;
  const known = (again = false) => {
    if (!asking && verdicts.who() && !again) return Promise.resolve(true);
    asking ??= introduced().finally(() => { asking = null; });
    return asking;
  };
  const introduced = async () => {
    const me = verdicts.who();
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
    try { others = (await verdicts.state(page.dataset.doc)) || others; } catch (error) { letter.say(error.message); }
    drawAll();
  };

  const left = () => {
    const waiting = cards.filter(open).length;
    return waiting ? `${waiting} of ${cards.length} left` : "all findings of this letter are reviewed; o leads to the next letter";
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
    if (verdicts.served) await fetched();
    else drawAll();
  };

  // One thing after the other: a key that is pressed while a verdict is on its way to the disk is meant for the finding
  // that comes next, and for none if the verdict could not be saved.
  let turn = Promise.resolve(true);
  let waiting = 0;
  const inTurn = (what) => {
    waiting += 1;
    turn = turn.catch(() => true).then(async (well) => {
      waiting -= 1;
      const done = well && (await what()) !== false;
      return done || !waiting;
    });
  };

  // Notes that were begun are there again when the page is.
  const noteOf = (card) => $(".note-field", card);
  const keepNote = (card) => verdicts.tab.set("imrcheck-note " + card.dataset.fingerprint, noteOf(card).value);

  const give = async (card, verdict, reason = "") => {
    if (!(await known())) return true;
    const desk = $("[data-verdict]", card);
    const form = $(".dismissal", desk);
    if (verdict === "dismissed" && !reason) {
      form.hidden = false;
      $("select", form).focus();
      letter.say("Choose a reason to dismiss");
      return true;
    }
    const note = noteOf(card).value.trim();
    const before = mine(card);
    try {
      await sent(card, { verdict, ...(reason ? { reason } : {}), ...(note ? { note } : {}) });
    } catch (error) {
      letter.say(error.message);
      return false;
    }
    const stays = cards[letter.current()] !== card;
    undone.push({ card, before });
    noteOf(card).value = "";
    keepNote(card);
    $("select", form).value = "";
    form.hidden = true;
    if (!stays && !nextOpen(cards.indexOf(card))) card.focus({ preventScroll: true });
    letter.say(`${card.id} ${verdict}; ${left()}`);
    return true;
  };

  const undo = async (card) => {
    const at = card ? undone.findLastIndex((step) => step.card === card) : undone.length - 1;
    const [step] = at >= 0 ? undone.splice(at, 1) : card ? [{ card }] : [];
    if (!step) { letter.say("Nothing to undo"); return true; }
    if (step.said) return takenBack(step.said);
    const { verdict, reason, note } = step.before || { verdict: "withdrawn" };
    try {
      await sent(step.card, { verdict, ...(reason ? { reason } : {}), ...(note ? { note } : {}) });
    } catch (error) {
      undone.push(step);
      letter.say(error.message);
      return false;
    }
    letter.choose(cards.indexOf(step.card));
    letter.say(`${step.card.id} is ${step.before ? step.before.verdict : "open"} again`);
    return true;
  };

  // Enter in a note: it goes with the verdict that was given, or waits for the one to come.
  const noted = (card) => {
    const own = mine(card);
    card.focus({ preventScroll: true });
    if (own && noteOf(card).value.trim()) inTurn(() => give(card, own.verdict, own.reason));
    else letter.say("The note goes with your verdict");
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
    const at = selected();
    if (!(await known())) return;
    // What was begun and closed is there again, unless other words are selected.
    if (at) $("#miss-words").value = at.exact;
    if (at || !$("#miss-words").value) $("#miss-item").value = at?.item || items[0]?.[0] || "0";
    $("#miss-wrong").textContent = "";
    const before = document.activeElement;
    await asked($("#miss"));
    if (document.activeElement === document.body) (cards[letter.current()] || before || audit).focus?.({ preventScroll: true });
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
      undone.push({ said: { fingerprint, code, item } });
    } catch (error) { $("#miss-wrong").textContent = error.message; return; }
    $("#miss-words").value = $("#miss-note").value = "";
    $("#miss").close("ok");
    await fetched();
    letter.say(`Reported: ${code}`);
  });

  const clean = async () => {
    if (!(await known())) return;
    const { doc, sha256 } = page.dataset;
    try {
      const fingerprint = await digest(["", doc, 0, ""].join("\n"));
      await verdicts.say({ fingerprint, doc, sha256, item: 0, verdict: "clean" });
      undone.push({ said: { fingerprint, item: 0 } });
    } catch (error) { letter.say(error.message); return; }
    await fetched();
    letter.say("Noted: nothing was missed");
  };
  const takenBack = async ({ fingerprint, code, item }) => {
    const { doc, sha256 } = page.dataset;
    try {
      await verdicts.say({ fingerprint, doc, sha256, ...(code ? { code } : {}), item: item || 0, verdict: "withdrawn" });
    } catch (error) { letter.say(error.message); return false; }
    await fetched();
    if ($("[data-letter=undo]").hidden && document.activeElement === document.body) $("[data-letter=clean]").focus();
    letter.say("Taken back");
    return true;
  };
  const undoLetter = async () => {
    const last = saidOfLetter().filter((s) => s.reviewer === verdicts.who()?.name).pop();
    if (!last) return;
    const at = undone.findLastIndex((step) => step.said?.fingerprint === last.fingerprint);
    if (at >= 0) undone.splice(at, 1);
    await takenBack(last);
  };

  for (const card of cards) {
    const desk = $("[data-verdict]", card);
    desk.append($("#choices-template").content.cloneNode(true));
    desk.addEventListener("click", (event) => {
      const said = event.target.closest("[data-say]")?.dataset.say;
      if (!said) return;
      letter.choose(cards.indexOf(card), false);
      if (said === "cancel") { $(".dismissal", desk).hidden = true; card.focus(); }
      else if (said === "undo") inTurn(() => undo(card));
      else inTurn(() => give(card, said));
    });
    $(".dismissal", desk).addEventListener("submit", (event) => {
      event.preventDefault();
      const reason = $("select", event.target).value;
      inTurn(() => give(card, "dismissed", reason));
    });
    $(".dismissal", desk).addEventListener("keydown", (event) => {
      if (event.key === "Escape") { $(".dismissal", desk).hidden = true; card.focus({ preventScroll: true }); }
    });
    const note = noteOf(card);
    note.value = verdicts.tab.get("imrcheck-note " + card.dataset.fingerprint);
    note.addEventListener("input", () => keepNote(card));
    note.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.isComposing) noted(card);
      else if (event.key === "Escape") card.focus({ preventScroll: true });
    });
    // Whatever is used in a card, by mouse or by Tab, the keys speak of that card.
    desk.parentElement.addEventListener("focusin", () => letter.take(cards.indexOf(card)));
    desk.parentElement.addEventListener("click", () => letter.take(cards.indexOf(card)));
  }
  $("#miss-code").append(...(verdicts.desk.codes || []).map(([code, title]) => { const o = element("option", `${code} ${title}`); o.value = code; return o; }));
  $("#miss-item").append(...[["0", "The letter as a whole"], ...items.filter(([n]) => n !== "0")].map(([n, name]) => { const o = element("option", name); o.value = n; return o; }));
  $("[data-letter=clean]").addEventListener("click", clean);
  $("[data-letter=undo]").addEventListener("click", undoLetter);
  $("#who-again").addEventListener("click", () => known(true));
  $("#export").addEventListener("click", () => { const n = verdicts.exported(); letter.say(`${n} ${n === 1 ? "statement" : "statements"} exported`); });
  $("[data-do=miss]").addEventListener("click", miss);
  $("[data-do=next-open]").addEventListener("click", () => inTurn(onward));

  // In this letter, or the next of the table as it is filtered and sorted; letters.html knows which.
  function onward() {
    if (nextOpen(letter.current())) return;
    const here = location.pathname.slice(new URL(page.dataset.root, location.href).pathname.length);
    location.href = page.dataset.root + "letters.html#" + new URLSearchParams([...new URLSearchParams(verdicts.tab.get("imrcheck-filter")), ["after", decodeURIComponent(here)]]);
  }
  const onCurrent = (verdict) => inTurn(() => {
    const card = cards[letter.current()];
    if (card) return give(card, verdict);
    letter.say("Choose a finding first, with j");
    return true;
  });
  const note = () => {
    const card = cards[letter.current()];
    if (card) noteOf(card).focus();
    else letter.say("Choose a finding first, with j");
  };
  Object.assign(letter.actions, {
    c: () => onCurrent("confirmed"),
    d: () => onCurrent("dismissed"),
    u: () => onCurrent("unsure"),
    t: note,
    z: () => inTurn(() => undo()),
    o: () => inTurn(onward),
    m: miss,
  });
  verdicts.heard(fetched);
  fetched().then(() => { if (location.hash === "#open" && !nextOpen(-1)) letter.say("No open finding in this letter"); });
})();
