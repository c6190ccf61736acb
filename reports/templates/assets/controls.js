// What of the page of a letter is of use with a script only: buttons, dialogs, the choices of a finding.
"use strict";
(() => {
  const $ = (selector, root = document) => root.querySelector(selector);
  if (!$("#desk")) return;
  $("#findings").insertAdjacentHTML("afterbegin", `<div class="tools">
<button type="button" data-key="k" data-do="previous-finding">Previous finding</button>
<button type="button" data-key="j" data-do="next-finding">Next finding</button>
<button type="button" data-key="e" data-do="next-quote">Next quote</button>
<button type="button" data-key="o" data-do="next-open">Next open finding</button>
<button type="button" data-key="m" data-do="miss">Report a miss</button>
<button type="button" data-key="?" data-do="help">Keys</button>
<p class="quiet-word" role="status" id="said"></p>
</div>`);
  $("#of-letter")?.insertAdjacentHTML("beforeend", `<p class="choices"><button type="button" data-letter="clean">Nothing was missed</button>
<button type="button" data-letter="undo" hidden>Undo</button> <button type="button" id="export" hidden>Export verdicts</button>
<button type="button" id="who-again">Change reviewer</button></p>`);
  $("#desk").insertAdjacentHTML("afterend", `<dialog id="help" aria-labelledby="help-title"><h2 id="help-title">Keys</h2>
<dl class="keys">
<div><dt><kbd>j</kbd> <kbd>k</kbd></dt><dd>next and previous finding</dd></div>
<div><dt><kbd>e</kbd></dt><dd>next quote of the finding</dd></div>
<div><dt><kbd>c</kbd> <kbd>d</kbd> <kbd>u</kbd></dt><dd>confirm, dismiss, unsure</dd></div>
<div><dt><kbd>t</kbd></dt><dd>write a note on the finding</dd></div>
<div><dt><kbd>z</kbd></dt><dd>undo the last verdict</dd></div>
<div><dt><kbd>o</kbd></dt><dd>next open finding, here or in the letters as they are filtered</dd></div>
<div><dt><kbd>m</kbd></dt><dd>report a missed finding, in the words selected</dd></div>
<div><dt><kbd>n</kbd> <kbd>p</kbd></dt><dd>next and previous letter</dd></div>
<div><dt><kbd>v</kbd></dt><dd>reading view or original lines</dd></div>
<div><dt><kbd>i</kbd></dt><dd>all letters</dd></div>
<div><dt><kbd>/</kbd></dt><dd>search the letters</dd></div>
<div><dt><kbd>?</kbd></dt><dd>these keys</dd></div>
</dl>
<p><label><input type="checkbox" id="keys-on" checked> Single keys are on</label></p>
<button type="button" id="help-close">Close</button>
</dialog>
<template id="choices-template">
<p class="aside" data-slot="blind" hidden>What others say is hidden until you have said something.</p>
<div class="choices"><button type="button" data-say="confirmed">Confirm</button> <button type="button" data-say="dismissed">Dismiss</button>
<button type="button" data-say="unsure">Unsure</button> <button type="button" data-say="undo" hidden>Undo</button>
<label class="note-label">Note <input type="text" class="note-field" maxlength="4000" autocomplete="off"></label></div>
<form class="dismissal" hidden><label>Reason <select required><option value="">Choose a reason</option></select></label>
<button type="submit">Dismiss</button> <button type="button" data-say="cancel">Cancel</button></form>
</template>
<dialog id="who" aria-labelledby="who-title"><form method="dialog"><h2 id="who-title">Who reviews?</h2>
<p>Your name stands beside each verdict. It is kept on this machine and in the file of verdicts, nowhere else.</p>
<p><label>Name or initials <input type="text" id="who-name" required maxlength="100" autocomplete="off"></label></p>
<p><label>Role <input type="text" id="who-role" maxlength="100" autocomplete="off" placeholder="such as QA nurse, adjudicator"></label></p>
<p class="buttons"><button type="submit" value="ok">Begin</button> <button type="button" id="who-cancel">Cancel</button></p></form></dialog>
<dialog id="miss" aria-labelledby="miss-title"><form method="dialog"><h2 id="miss-title">Report a missed finding</h2>
<p><label>Words of the letter <textarea id="miss-words" required maxlength="2000" rows="4"></textarea></label></p>
<p><label>What they show <select id="miss-code" required></select></label></p>
<p><label>Disputed item <select id="miss-item"></select></label></p>
<p><label>Note <input type="text" id="miss-note" maxlength="4000" autocomplete="off"></label></p>
<p class="wrong" id="miss-wrong" role="alert"></p>
<p class="buttons"><button type="submit" value="ok">Report</button> <button type="button" id="miss-cancel">Cancel</button></p></form></dialog>`);
  const reasons = $("#choices-template").content.querySelector("select");
  for (const [value, words] of window.IMRCHECK_DESK?.reasons || []) reasons.add(new Option(words, value));
})();
