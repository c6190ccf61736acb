// Where verdicts are kept: by the desk that serves this report, or in this browser until they are exported.
"use strict";
window.imrcheckVerdicts = (() => {
  const desk = window.IMRCHECK_DESK || { mode: "file", codes: [] };
  const served = desk.mode === "serve";
  const root = () => new URL(document.querySelector("[data-root]")?.dataset.root || "./", location.href);
  const key = () => "imrcheck-verdicts:" + root().pathname;
  const keep = {
    get(name) { try { return localStorage.getItem(name); } catch { return null; } },
    set(name, value) { try { localStorage.setItem(name, value); return true; } catch { return false; } },
  };
  // What belongs to this tab: the filter of the table, notes that were begun.
  const tab = {
    get(name) { try { return sessionStorage.getItem(name + ":" + root().pathname) || ""; } catch { return ""; } },
    set(name, value) {
      try {
        if (value) sessionStorage.setItem(name + ":" + root().pathname, value);
        else sessionStorage.removeItem(name + ":" + root().pathname);
      } catch { /* then it is forgotten */ }
    },
  };

  const who = () => {
    try { return JSON.parse(keep.get("imrcheck-reviewer")) || null; } catch { return null; }
  };
  const setWho = (name, role) => keep.set("imrcheck-reviewer", JSON.stringify({ name, role }));

  // Parsed once for as long as nothing is added, by this tab or another.
  let raw = null;
  let held = [];
  const local = () => {
    const now = keep.get(key());
    if (now !== raw) {
      raw = now;
      try { held = JSON.parse(now) || []; } catch { held = []; }
    }
    return held;
  };

  // A reviewer's last word on a finding counts.
  const latest = (statements) => {
    const found = new Map();
    for (const s of statements) {
      const of = found.get(s.fingerprint) || new Map();
      of.delete(s.reviewer);
      if (s.verdict !== "withdrawn") of.set(s.reviewer, s);
      found.set(s.fingerprint, of);
    }
    return found;
  };

  const OF_A_FINDING = ["confirmed", "dismissed", "unsure"];
  const isStale = (finding, s) => s.fingerprint !== finding.fingerprint
    || Boolean((s.rule_hash && s.rule_hash !== finding.ruleHash) || (s.evidence_hash && s.evidence_hash !== finding.evidenceHash));

  // Where the findings of a letter stand, by fingerprint: what the report was made with, and over it what this browser
  // keeps. A verdict on a finding that is gone is a stale one on that of the same rule and item.
  const standings = (findings, made, statements) => {
    const present = new Set(findings.map((finding) => finding.fingerprint));
    const last = latest(statements);
    return new Map(findings.map((finding) => {
      const spoken = new Set(statements.filter((s) => s.fingerprint === finding.fingerprint).map((s) => s.reviewer));
      const kept = [];
      for (const [print, of] of last) {
        for (const s of of.values()) {
          if (!OF_A_FINDING.includes(s.verdict)) continue;
          if (print === finding.fingerprint || (!present.has(print) && s.rule === finding.rule && (s.item || 0) === finding.item)) kept.push(s);
        }
      }
      const before = made.get(finding.fingerprint) || {};
      const said = [...(before.said || []).filter((s) => !spoken.has(s.reviewer)), ...kept.filter((s) => !isStale(finding, s))];
      const seen = new Set(kept.map((s) => `${s.reviewer} ${s.at}`));
      const stale = [...(before.stale || []).filter((s) => !spoken.has(s.reviewer) && !seen.has(`${s.reviewer} ${s.at}`)), ...kept.filter((s) => isStale(finding, s))];
      const decided = said.filter((s) => (s.role || "").toLowerCase() === "adjudicator").slice(-1);
      const kinds = new Set((decided.length ? decided : said).map((s) => s.verdict));
      const state = kinds.size > 1 ? "disputed" : kinds.size ? [...kinds][0] : stale.length ? "stale" : "open";
      return [finding.fingerprint, { state, said, stale }];
    }));
  };

  const now = () => new Date().toISOString().replace(/\.\d+Z$/, "Z");

  // Other pages of the report that are open hear of a verdict at once: by this channel, or because the storage changes.
  const channel = served && window.BroadcastChannel ? new BroadcastChannel("imrcheck " + root().pathname) : null;
  const heard = (what) => {
    let waiting = 0;
    const soon = () => { clearTimeout(waiting); waiting = setTimeout(what, 150); };
    channel?.addEventListener("message", soon);
    addEventListener("storage", (event) => { if (event.key === key()) soon(); });
    addEventListener("pageshow", (event) => { if (event.persisted) soon(); });
    document.addEventListener("visibilitychange", () => { if (!document.hidden) soon(); });
  };

  // Resolves to what the desk answered, or to null where the browser keeps the statement; rejects with a sentence.
  const say = async (statement) => {
    const me = who();
    const told = { ...statement, reviewer: me.name, ...(me.role ? { role: me.role } : {}) };
    if (served) {
      let answer;
      try {
        answer = await fetch(new URL("api/verdicts", root()), {
          method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(told),
        });
      } catch {
        throw new Error("not saved: the desk does not answer; is imrcheck serve still running?");
      }
      let given;
      try { given = await answer.json(); } catch { throw new Error("not saved: the desk did not finish its answer"); }
      if (!answer.ok) throw new Error("not saved: " + given.error);
      channel?.postMessage("said");
      return given;
    }
    const whole = { schema: 1, ...told, at: now() };
    if (!keep.set(key(), JSON.stringify([...local(), whole]))) throw new Error("not saved: this browser keeps nothing more; export what it holds");
    return { statement: whole, standing: null };
  };

  // What the desk says; null where there is none.
  const asked = async (what, given = {}) => {
    if (!served) return null;
    const url = new URL("api/" + what, root());
    for (const [name, value] of Object.entries({ reviewer: who()?.name || "", ...given })) url.searchParams.set(name, value);
    let answer;
    try { answer = await fetch(url); } catch { throw new Error("the desk does not answer; is imrcheck serve still running?"); }
    if (!answer.ok) throw new Error("the desk does not answer");
    return answer;
  };
  const state = async (doc) => (await asked("state", { doc }))?.json() ?? null;

  const exported = () => {
    const lines = local().map((statement) => JSON.stringify(statement) + "\n");
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob(lines, { type: "application/jsonl" }));
    link.download = "verdicts.jsonl";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
    return lines.length;
  };

  return { desk, served, who, setWho, local, latest, standings, say, asked, state, exported, heard, tab };
})();
