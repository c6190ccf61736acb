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

  const who = () => {
    try { return JSON.parse(keep.get("imrcheck-reviewer")) || null; } catch { return null; }
  };
  const setWho = (name, role) => keep.set("imrcheck-reviewer", JSON.stringify({ name, role }));

  const local = () => {
    try { return JSON.parse(keep.get(key())) || []; } catch { return []; }
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

  const now = () => new Date().toISOString().replace(/\.\d+Z$/, "Z");

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
      const given = await answer.json();
      if (!answer.ok) throw new Error("not saved: " + given.error);
      return given;
    }
    const whole = { schema: 1, ...told, at: now() };
    if (!keep.set(key(), JSON.stringify([...local(), whole]))) throw new Error("not saved: this browser keeps nothing");
    return { statement: whole, standing: null };
  };

  const state = async () => {
    if (!served) return null;
    const me = who();
    const answer = await fetch(new URL("api/state" + (me ? "?reviewer=" + encodeURIComponent(me.name) : ""), root()));
    if (!answer.ok) throw new Error("the desk does not answer");
    return answer.json();
  };

  const exported = () => {
    const lines = local().map((statement) => JSON.stringify(statement) + "\n");
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob(lines, { type: "application/jsonl" }));
    link.download = "verdicts.jsonl";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
    return lines.length;
  };

  return { desk, served, who, setWho, local, latest, say, state, exported };
})();
