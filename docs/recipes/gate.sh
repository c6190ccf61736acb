#!/bin/sh
# A gate in plain shell: checks letters, leaves reports for other programs beside it, ends with imrcheck's exit code.
#
#   IMRCHECK_PATHS    letters: files, folders or patterns, one a line (default: the folder it is run in)
#   IMRCHECK_OPTIONS  more options of imrcheck check, one a line (--baseline=accepted.jsonl)
#   IMRCHECK_REPORTS  folder for the reports (default: imrcheck-reports)
#   IMRCHECK_SCREEN   format of what is printed (default: text)
set -euf

lines() { printf '%s\n' "$1" | sed '/^[[:space:]]*$/d'; }

reports=${IMRCHECK_REPORTS:-imrcheck-reports}
mkdir -p "$reports"
# Reports of before must not be taken for those of this run if it breaks.
for report in imrcheck.sarif imrcheck.xml gl-code-quality-report.json imrcheck.md; do rm -f "$reports/$report"; done
newline='
'
IFS=$newline
# Unquoted on purpose: split at line ends only, and set -f keeps patterns whole for imrcheck.
# shellcheck disable=SC2046
set -- $(lines "${IMRCHECK_OPTIONS:-}") -- $(lines "${IMRCHECK_PATHS:-.}")
unset IFS

code=0
imrcheck check \
    --format "${IMRCHECK_SCREEN:-text}" \
    --format "sarif=$reports/imrcheck.sarif" \
    --format "junit=$reports/imrcheck.xml" \
    --format "gitlab=$reports/gl-code-quality-report.json" \
    --format "markdown=$reports/imrcheck.md" \
    "$@" || code=$?

case $code in
    0) ;;
    1) echo "imrcheck: look at $reports: findings, or letters that could not be checked" >&2 ;;
    3) echo "imrcheck: no letter was checked: are the paths right?" >&2 ;;
    *) echo "imrcheck: the program, a rule or a file of the gate is broken: believe nothing of this run" >&2 ;;
esac
exit "$code"
