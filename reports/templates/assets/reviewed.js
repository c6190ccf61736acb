// Where the review of each letter of the table stands: as the report was made, as the desk says, or as this browser keeps it.
"use strict";
window.imrcheckReviewed = (() => {
  const verdicts = window.imrcheckVerdicts;
  const made = window.IMRCHECK_STANDING || {};
  let now = made;

  // The findings by letter; asked for only by a browser that keeps verdicts of its own.
  let loading = null;
  const findings = () => {
    loading ||= new Promise((resolve) => {
      const script = document.createElement("script");
      script.src = "data/findings.js";
      script.addEventListener("load", () => resolve(window.IMRCHECK_FINDINGS));
      script.addEventListener("error", () => resolve(null));
      document.head.append(script);
    });
    return loading;
  };

  // What the browser keeps, laid over what the report was made with.
  const kept = async (docs) => {
    const own = verdicts.local();
    const data = own.length ? await findings() : null;
    if (!data) return made;
    const by = new Map();
    for (const s of own) by.set(s.doc, [...(by.get(s.doc) || []), s]);
    const told = { ...made };
    for (let row = 0; row < docs.length; row += 1) {
      const statements = by.get(data.names[row] ?? docs[row]);
      if (!statements) continue;
      const flat = data.rows[row] || [];
      const list = [];
      for (let n = 0; n < flat.length; n += 4) {
        const [rule, ruleHash] = data.rules[flat[n + 2]];
        list.push({ fingerprint: flat[n], evidenceHash: flat[n + 1], rule, ruleHash, item: flat[n + 3] });
      }
      const states = [...verdicts.standings(list, new Map(Object.entries(data.said[row] || {})), statements).values()].map((s) => s.state);
      const count = (state) => states.filter((s) => s === state).length;
      const looked = new Set();
      for (const of of verdicts.latest(statements).values()) {
        for (const s of of.values()) if (s.verdict === "clean" || s.verdict === "missed") looked.add(s.reviewer);
      }
      told[row] = [count("open"), count("stale"), count("disputed"), Math.max(looked.size, made[row]?.[3] || 0)];
    }
    return told;
  };

  // Resolves to whether anything is different from before.
  const refresh = async (docs) => {
    const before = JSON.stringify(now);
    if (verdicts.served) now = await (await verdicts.asked("letters")).json();
    else now = await kept(docs);
    return JSON.stringify(now) !== before;
  };

  return { refresh, of: (row) => now[row] || null };
})();
