// Summary, rules and audit while a review goes on: the desk tells the figures anew, on opening and after each verdict.
"use strict";
(() => {
  const verdicts = window.imrcheckVerdicts;
  const place = document.getElementById("review-now");
  const news = document.getElementById("review-news");
  const cells = [...document.querySelectorAll("[data-precision]")];
  const tell = (words) => { if (news && news.textContent !== words) news.textContent = words; };

  const served = async () => {
    let told;
    try { told = await (await verdicts.asked("review")).json(); } catch (error) { tell(error.message); return; }
    if (place && place.dataset.told !== told.summary) {
      const focused = Boolean(document.activeElement?.closest("#review-now a"));
      place.dataset.told = told.summary;
      place.innerHTML = told.summary;
      if (focused) place.querySelector("a")?.focus({ preventScroll: true });
    }
    for (const cell of cells) cell.innerHTML = told.codes[cell.dataset.precision] ?? told.codes[""];
    if (document.body.classList.contains("audit-page") && told.fresh !== true) {
      tell("Verdicts were given since this page was made. Before it is signed, make it again: imrcheck audit with --verdicts.");
    } else tell("");
  };
  const kept = async () => {
    const own = verdicts.local().length;
    tell(own ? `This browser keeps ${own} ${own === 1 ? "statement" : "statements"} that may not be counted here: export them on the page of a letter, and make the audit again with --verdicts.` : "");
  };
  const refresh = verdicts.served ? served : kept;
  refresh();
  verdicts.heard(refresh);
})();
