// What the table of letters can be narrowed by: each facet, and which of its choices a row has.
"use strict";
window.imrcheckFacets = (() => {
  const data = window.IMRCHECK;
  if (!data) return null;
  const { columns, words, titles, letters } = data;
  const reviewed = window.imrcheckReviewed;
  const each = (list, from, step, add) => { for (let n = from; n < list.length; n += step) add(list[n]); };
  const title = (word) => word.charAt(0).toUpperCase() + word.slice(1).replaceAll("-", " ");
  const slug = (word) => word.toLowerCase().replace(/[^a-z0-9]+/g, "-");

  // A desk with a sample tells in which rows something of it lies.
  const told = window.IMRCHECK_DESK?.sample;
  const sampled = told && { drawn: new Set(told.drawn), double: new Set(told.double) };

  // Findings without a verdict, and with none but stale ones, wait for a review.
  const total = (row) => columns.error[row] + columns.warning[row] + columns.note[row];
  const standing = (row) => reviewed.of(row) || [total(row), 0, 0, 0];
  const waiting = (row) => { const [open, stale] = standing(row); return open + stale; };
  // Most letters are in one of these; lists of their own would cost a large run memory and time.
  const [UNCHECKED, UNTOUCHED, NOTHING] = [[], [0], [3]];
  const reviewKinds = (row) => {
    if (columns.why[row] !== undefined) return UNCHECKED;
    const told = reviewed.of(row);
    if (!told) return total(row) ? UNTOUCHED : NOTHING;
    const [, stale, disputed, looked] = told;
    const all = total(row);
    const kinds = [!all ? (looked ? 4 : 3) : !waiting(row) ? 2 : waiting(row) === all ? 0 : 1];
    if (stale) kinds.push(5);
    if (disputed) kinds.push(6);
    return kinds;
  };

  // A facet adds the numbers of the choices that a row has. They stand in one flat list, with where those of a row begin:
  // lists of lists of 100,000 rows take longer to make than the table may.
  const facets = [
    { key: "finding", name: "Findings", names: ["With errors", "With warnings", "With notes", "Clean", "Not checked"],
      of: (row, add) => {
        if (columns.error[row]) add(0);
        if (columns.warning[row]) add(1);
        if (columns.note[row]) add(2);
        if (!total(row)) add(row in columns.why ? 4 : 3);
      } },
    { key: "review", name: "Review", names: ["Open", "In part", "Done", "None needed", "Looked at", "Stale verdicts", "Disputed"], of: (row, add) => each(reviewKinds(row), 0, 1, add) },
    { key: "sample", name: "Sample", names: sampled ? ["In the sample", "For double review"] : [], of: (row, add) => {
      if (sampled.drawn.has(row)) add(0);
      if (sampled.double.has(row)) add(1);
    } },
    { key: "code", name: "Code", names: words.codes, hints: titles, sorted: true, of: (row, add) => each(columns.codes[row], 0, 1, add) },
    { key: "outcome", name: "Outcome", names: words.outcomes.map(title), of: (row, add) => each(columns.items[row], 1, 3, add) },
    { key: "topic", name: "Topic", names: words.topics, sorted: true, of: (row, add) => each(columns.items[row], 2, 3, add) },
    { key: "specialty", name: "Specialty", names: words.specialties.map((s) => s || "not printed"), sorted: true, of: (row, add) => add(columns.specialty[row]) },
    { key: "status", name: "Read", names: words.statuses.map((s) => title(s === "ok" ? "in full" : s === "partial" ? "in part" : s)), of: (row, add) => add(columns.status[row]) },
  ].filter((facet) => facet.names.length);
  const sortOut = (facet) => {
    const starts = new Uint32Array(letters + 1);
    const values = [];
    let start = 0;
    const add = (n) => {
      for (let at = start; at < values.length; at += 1) if (values[at] === n) return;
      values.push(n);
    };
    for (let row = 0; row < letters; row += 1) {
      start = starts[row] = values.length;
      facet.of(row, add);
    }
    starts[letters] = values.length;
    Object.assign(facet, { starts, values: Uint32Array.from(values) });
  };
  for (const facet of facets) {
    sortOut(facet);
    facet.ids = facet.names.map(slug);
  }

  return { facets, sortOut, title, total, standing, waiting, reviewKinds };
})();
