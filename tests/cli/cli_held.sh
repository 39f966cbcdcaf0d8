# A student's copy asks first: before the first try of a task that is asked ahead no command
# prints or writes a record behind it, all before it is there, and the next task is reached.
# Labs that tests/sample names; with LABS=all all of them.
. tests/fixtures/check.sh

number=2023007
# walk LAB: from task to task that holds its run, and answers each.
walk() {
	rm -rf "$work/mine"
	"$RUNG" copy "$1" "$work/mine" --student=$number > "$work/said" 2>&1 || return
	"$RUNG" run -q --look "$work/mine" -o "$work/all.jsonl" 2> "$work/err"
	rm -rf "$XDG_STATE_HOME"
	tail -n +2 "$work/all.jsonl" > "$work/all"
	last=0 before=0
	while :; do
		"$RUNG" run -q "$work/mine" -o "$work/seen.jsonl" 2> "$work/err"
		tail -n +2 "$work/seen.jsonl" > "$work/seen"
		task=$(sed -n 's/^rung: task \([0-9]*\) asks .*/\1/p' "$work/err")
		n=$(grep -c . "$work/seen")
		head -n "$n" "$work/all" | cmp -s - "$work/seen" || echo "$1: other records"
		[ "$n" -ge "$before" ] || echo "$1: $n records after $before"
		before=$n
		[ -n "$task" ] || break
		[ "$task" != "$last" ] || { echo "$1: task $task holds although it was tried"; break; }
		[ "$n" -lt "$(grep -c . "$work/all")" ] || echo "$1: task $task holds nothing"
		looks "$1"
		last=$task
		sed "s/^$task:.*/$task: 1/" "$work/mine/answers.txt" > "$work/answers"
		cp "$work/answers" "$work/mine/answers.txt"
		held=$((held + 1))
	done
	cmp -s "$work/all" "$work/seen" || echo "$1: not all is seen in the end"
	"$RUNG" check "$work/mine" 2>&1 | grep "looked first"
}

# What each command shows of the copy, of which the first $n records are seen.
looks() {
	! "$RUNG" show "$work/mine" $((n + 1)) > "$work/out" 2>&1 || echo "$1: show"
	! "$RUNG" explain "$work/mine" $((n + 1)) > "$work/out" 2>&1 || echo "$1: explain"
	for command in "show" "export -f json" "diff -f json $work/all.jsonl" "inspect -f json"; do
		# shellcheck disable=SC2086  # words
		"$RUNG" $command "$work/mine" > "$work/out" 2> "$work/err"
		grep -q "^rung: task $task asks" "$work/err" || echo "$1: $command is silent"
	done
	"$RUNG" show -f json "$work/mine" > "$work/out" 2> "$work/err"
	[ "$(grep -c '"seq"' "$work/out")" -le "$n" ] || echo "$1: show -f json"
	"$RUNG" export -f trace "$work/mine" > "$work/out" 2> "$work/err" && echo "$1: export -f trace"
}

# Nor what is done in the run, or how much of it is told, gets past the hold; a setting makes
# another run, of which nothing is asked here.
"$RUNG" copy direct-call "$work/own" --student=$number 2> "$work/said"
for by in --act=40:bob.set:busy=true --until=8s --detail=network; do
	"$RUNG" run "$work/own" $by > "$work/out" 2>&1
	says "$by: a task asks" "task 1 asks first" cat "$work/out"
	fails "$by: what comes" 1 grep -q BYE "$work/out"
done
says "another run" "BYE" "$RUNG" run "$work/own" --set=bob.answer=1s
"$RUNG" copy busy "$work/busy" --student=2026047 2> "$work/said"
"$RUNG" show "$work/busy" status=486 > "$work/out" 2>&1
says "what a filter wants may be hidden" "task 2 asks first" cat "$work/out"
fails "nothing else is said of it" 1 grep -q "no record matches" "$work/out"
held=0
labs_some > "$work/labs"
grep ^labs/ "$work/labs" > "$work/them"
while read -r lab; do
	walk "${lab#labs/}"
done < "$work/them" > "$work/faults" 2>&1
gives "nothing is seen early" "" cat "$work/faults"
if [ $held -gt 5 ]; then good; else bad "tasks held runs" "$held"; fi
finish
