#!/bin/sh
# rung play kept a session of whoever had only looked in: the list of sessions,
# of which the oldest go, filled with beginnings.
. tests/fixtures/check.sh
. tests/fixtures/tui.sh
kept=$XDG_STATE_HOME/rung

kept_are() { # NAME NUMBER
	set -- "$1" "$2" "$(find "$kept" -name '*.json' | wc -l)"
	if [ "$2" = "$3" ]; then good; else
		bad "$1" "sessions: $3 instead of $2"
	fi
}

# Opened, looked at, and left, with KEY… between.
plays() { # NAME FILE KEY…
	tui_start 80x24 "$RUNG" play "$2"
	tui_shows "$1" " 0/"
	shift 2
	for key in "$@"; do tui_keys "$key"; tui_still; done
	tui_press q ends "quits" 0
}

plays "a lab" direct-call
kept_are "nothing was done" 0
plays "a network" topologies/two-proxies.gv '?' Escape Home v v
kept_are "nor what is not kept" 0
"$RUNG" run -q direct-call -o "$work/t.jsonl"
plays "a trace" "$work/t.jsonl"
kept_are "nothing was done to a trace" 0
says "nothing to resume" "There is no saved session" "$RUNG" play --list

plays "a lab with a step" direct-call Right
kept_are "a step is kept" 1
plays "and back" direct-call Right Home
kept_are "one that was kept once stays" 2
cp -R "$kept" "$work/before"
tui_start 80x24 "$RUNG" play
tui_shows "goes on" " 0/"
tui_press q ends "quits" 0
kept_are "what is resumed is not destroyed" 2
for file in "$work"/before/*.json; do
	ok "the session is as it was" cmp "$file" "$kept/${file##*/}"
done
finish
