# rung search: what it tells, in each form, however many processes it has.
. tests/check.sh

says "a table" "mended   timer 2xx          2" "$RUNG" search direct-call --only=drop
says "an invariant" "one-sided: a side stays in a dialog" \
	"$RUNG" search direct-call --only=crash --of=bob
says "and how to see it" "rung play direct-call --act " \
	"$RUNG" search direct-call --only=crash --of=bob
fails "is broken" 1 "$RUNG" search direct-call --only=crash
ok "is not" "$RUNG" search direct-call --only=drop

# What it names is a run.
"$RUNG" search direct-call --only=crash --of=bob -f json > "$work/found.json"
acts=$(jq -r '.groups[] | select(.invariant == "one-sided") | .acts' "$work/found.json")
record=$(jq -r '.groups[] | select(.invariant == "one-sided") | .record' "$work/found.json")
ok "an example runs" "$RUNG" run direct-call --act "$acts" -q -o "$work/example.jsonl"
says "and is explained" "alice" "$RUNG" explain "$work/example.jsonl" "$record"

# The same bytes with any number of processes.
for jobs in 1 2 5; do
	"$RUNG" search direct-call --faults=2 --only=drop,crash --jobs=$jobs \
		-f json > "$work/$jobs.json"
done
ok "one process and two" cmp "$work/1.json" "$work/2.json"
ok "and five" cmp "$work/1.json" "$work/5.json"

# Bounds.
says "so many runs" "10 runs; 84 not tried" "$RUNG" search direct-call --runs=10
fails "no fault" 2 "$RUNG" search direct-call --only=fire
says "no fault: says why" "is no fault" "$RUNG" search direct-call --only=fire
fails "no node" 2 "$RUNG" search direct-call --of=carol
says "no node: says why" "there is no node" "$RUNG" search direct-call --of=carol
fails "too many" 2 "$RUNG" search direct-call --faults=4
says "too many: says why" "from 1 to 3" "$RUNG" search direct-call --faults=4

# Forms.
says "csv" 'outcome,"how",faults,not_run,later_ns,"smallest"' \
	"$RUNG" search direct-call --only=drop -f csv
says "the ladder" "INVITE (SDP) +0.5 s, timer ICT A" \
	"$RUNG" search direct-call --only=drop -l
"$RUNG" search direct-call --only=drop -o "$work/cost.svg"
says "a picture, by what a loss costs" 'class="req time ' cat "$work/cost.svg"
says "and says so" "What the loss of a message costs" cat "$work/cost.svg"
"$RUNG" search direct-call --only=drop -o "$work/cost.html"
says "a page with it" "data:image/svg" cat "$work/cost.html"
ok "of good form" xmllint --html --noout "$work/cost.html"
says "in Chinese" "已修复" "$RUNG" search direct-call --only=drop --lang=zh

# What never ends, and what ends with an error without any fault.
mkdir "$work/endless"
cp topologies/direct-call.gv "$work/endless"
cat > "$work/endless/lab.lua" << 'LAB'
lab { title = "endless", topology = "direct-call.gv" }
script(function() while true do end end)
LAB
fails "a script that never ends" 2 "$RUNG" search "$work/endless"
says "a script that never ends: says why" "lab.lua:2: the script ran" "$RUNG" search "$work/endless"
cat > "$work/endless/lab.lua" << 'LAB'
lab { title = "wrong", topology = "direct-call.gv" }
script(function() nobody:invite "bob" end)
LAB
fails "a script that errs" 2 "$RUNG" search "$work/endless"
says "a script that errs: says why" "lab.lua:2" "$RUNG" search "$work/endless"
finish
