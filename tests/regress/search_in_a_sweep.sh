#!/bin/sh
# `rung search --folder=` wrote its results among those of a sweep: 3 lines of
# results became 9, and the sweep was no longer what had been measured.
. tests/fixtures/check.sh
search() { "$RUNG" search direct-call --only=drop "$@"; }
"$RUNG" sweep direct-call --seeds=1..3 -o "$work/sweep" > "$work/said" 2>&1
cp -r "$work/sweep" "$work/before"
for more in "" --plan --merge; do
	fails "into a sweep's folder $more" 2 search --folder="$work/sweep" $more
done
says "it says why" "holds other results and no search" \
	search --folder="$work/sweep"
ok "nothing of it has changed" diff -r "$work/before" "$work/sweep"
says "the sweep is whole" "3 of 3" \
	"$RUNG" sweep direct-call --seeds=1..3 -o "$work/sweep"

# Results alone, of anything.
mkdir "$work/results"
echo '{}' > "$work/results/results-3.jsonl"
fails "among other results" 2 search --folder="$work/results"
fails "no search is begun" 1 test -e "$work/results/search.json"
# Its own folder, and one with other things.
mkdir "$work/notes"
echo mine > "$work/notes/notes.txt"
ok "beside somebody's notes" search --folder="$work/notes"
ok "and again" search --folder="$work/notes"
ok "gone on with by the folder alone" "$RUNG" search --folder="$work/notes"
fails "a sweep into a search's" 2 \
	"$RUNG" sweep direct-call --seeds=1..3 -o "$work/notes"
finish
