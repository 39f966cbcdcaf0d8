# rung sweep: an experiment on all processors, killed and gone on with, in
# parts, by GNU parallel, and merged: the same bytes every way.
. tests/fixtures/check.sh
rung=$(cd "$(dirname "$RUNG")" && pwd)/$(basename "$RUNG")
seeds=9
sanitized && seeds=3

# A lab that ends well whatever is lost, with two ends that it may come to.
lab=$work/lab
mkdir "$lab"
cp topologies/two-proxies.gv "$lab/"
cat > "$lab/lab.lua" << 'END'
lab { title = "A call", topology = "two-proxies.gv", duration = "60s" }
script(function()
	sleep "1s"
	local call = node("alice"):invite "sip:bob@biloxi.example.com"
	if wait(call, "confirmed", "40s") then
		sleep "1s"
		if call.state == "confirmed" then call:bye() end
	end
end)
END

run_sweep() { # FOLDER OPTION…
	folder=$1
	shift
	"$RUNG" sweep "$lab" --seeds=1..$seeds --set loss=0..20%:10% \
		--set bob.transport=udp,tcp -o "$folder" "$@"
}

tables_of() { # FOLDER
	"$RUNG" sweep --merge "$1" > "$1.said" 2>&1
	cat "$1/table.csv" "$1/table.json" "$1"/*.svg > "$1.tables"
}

# ---- whole ----

run_sweep "$work/whole" --jobs=2 > "$work/whole.first"
ok "a sweep" test $? = 0
cat "$work/whole"/table.* "$work/whole"/*.svg > "$work/first.tables"
tables_of "$work/whole"
same "its table without a second command" "$work/whole.said" "$work/whole.first"
cat "$work/whole"/table.* "$work/whole"/*.svg > "$work/second.tables"
ok "and its files" cmp "$work/first.tables" "$work/second.tables"
n=$((6 * seeds))
says "all its runs" "Runs with a result: $n of $n; failed: 0." \
	cat "$work/whole.said"
for name in table.csv table.json set-up.svg delay.svg retransmissions.svg \
	failures-1.svg delay-percentiles-2.svg; do
	ok "$name" test -s "$work/whole/$name"
done
for name in "$work/whole"/*.svg; do
	ok "$name is XML" xmllint --noout "$name"
done
says "a row for each point" "20%,tcp,$seeds,0,$seeds," cat "$work/whole/table.csv"
ok "few files" test "$(find "$work/whole" -name '*.jsonl' | wc -l)" = 1

# ---- the same whatever the way ----

ok "with one job" run_sweep "$work/one" --jobs=1
tables_of "$work/one"
ok "the same tables" cmp "$work/whole.tables" "$work/one.tables"

# What is done is not done again; more seeds are.
lines=$(wc -l < "$work/one/results.jsonl")
ok "once more" run_sweep "$work/one"
ok "nothing is run again" test "$(wc -l < "$work/one/results.jsonl")" = "$lines"
ok "without the lab" "$RUNG" sweep -o "$work/one"
seeds=$((seeds + 1))
ok "more seeds" run_sweep "$work/one"
ok "only those are run" test \
	"$(wc -l < "$work/one/results.jsonl")" = $((lines + 6))
seeds=$((seeds - 1))

# ---- killed ----

# After so many results; what it has begun dies with it.
kill_after() { # SIGNAL LINES
	rm -rf "$work/killed" "$work/killed.tables"
	"$RUNG" sweep "$lab" --seeds=1..$seeds --set loss=0..20%:10% \
		--set bob.transport=udp,tcp -o "$work/killed" --jobs=2 \
		> "$work/killed.said" 2>&1 &
	sweep=$!
	while [ "$(wc -l 2> /dev/null < "$work/killed/results.jsonl" || echo 0)" \
		-lt "$2" ] && kill -0 $sweep 2> /dev/null; do
		sleep 0.01
	done
	kill -"$1" $sweep 2> /dev/null
	wait $sweep 2> /dev/null
}
for signal in KILL TERM; do
	kill_after $signal 2
	[ $signal = KILL ] || says "how to go on" \
		"runs are done; rung sweep -o $work/killed goes on" cat "$work/killed.said"
	printf '{"of":"torn' >> "$work/killed/results.jsonl"
	ok "goes on after SIG$signal" run_sweep "$work/killed"
	tables_of "$work/killed"
	ok "the same tables after SIG$signal" \
		cmp "$work/whole.tables" "$work/killed.tables"
done

# ---- before somebody's eyes ----

ok "no line of progress on a pipe" \
	sh -c "! '$RUNG' sweep '$lab' --seeds=1..40 -o '$work/pipe' 2>&1 |
	grep -q 'of 40 runs,\|[0-9]% '"
# Until it has said so; it would go on for long.
script -qfc "exec '$rung' sweep '$lab' --jobs=1 --seeds=1..100000 \
	-o '$work/terminal'" "$work/typescript" > /dev/null 2>&1 < /dev/null &
sweep=$!
while ! grep -qs " of 100000 runs" "$work/typescript" &&
	kill -0 $sweep 2> /dev/null; do
	sleep 0.1
done
kill $sweep 2> /dev/null
wait $sweep 2> /dev/null
says "one on a terminal" " of 100000 runs" cat "$work/typescript"

# ---- in parts ----

"$RUNG" sweep "$lab" --seeds=1..$seeds --set loss=0..20%:10% \
	--set bob.transport=udp,tcp -o "$work/parts" --plan > "$work/plan"
ok "a plan runs nothing" test ! -e "$work/parts/results.jsonl"
if ! sanitized; then
	says "a plan's lines" "sweep --part=2/2 --jobs=1 -o " cat "$work/plan"
fi
ok "a plan's first command" sh -c "$(sed -n 1p "$work/plan")"
if command -v parallel > /dev/null; then
	rm -f "$work/parts"/results*
	mkdir "$work/home"
	ok "GNU parallel" env PARALLEL_HOME="$work/home" \
		parallel --will-cite --jobs 2 -a "$work/plan"
else
	skip "GNU parallel is not installed"
	ok "the plan as a script" sh "$work/plan"
fi
tables_of "$work/parts"
ok "the same tables of parts" cmp "$work/whole.tables" "$work/parts.tables"

run_sweep "$work/array" --plan=slurm > "$work/slurm"
parts=$(sed -n 's/^#SBATCH --array=1-//p' "$work/slurm")
ok "a script for Slurm" sh -n "$work/slurm"
i=1
while [ $i -le "${parts:-0}" ]; do
	ok "element $i of the array" env SLURM_ARRAY_TASK_ID=$i sh "$work/slurm"
	i=$((i + 1))
done
tables_of "$work/array"
ok "the same tables of the array" cmp "$work/whole.tables" "$work/array.tables"

# ---- runs that go wrong ----

bad_lab() { # NAME SCRIPT
	mkdir "$work/$1"
	cp topologies/two-proxies.gv "$work/$1/"
	printf 'lab { title = "x", topology = "two-proxies.gv" }\n%s\n' "$2" \
		> "$work/$1/lab.lua"
}
bad_lab wrong 'script(function() nobody:invite() end)'
fails "runs that end with an error" 1 "$RUNG" sweep "$work/wrong" --seeds=1..3 \
	-o "$work/wrong.d"
says "are named" "--seed=2: ended with an error: lab.lua:2: " \
	"$RUNG" sweep --merge "$work/wrong.d"
fails "are missing in the merge" 1 "$RUNG" sweep --merge "$work/wrong.d"
bad_lab endless 'script(function() while true do sleep "1ms" end end)'
endless="--until=900000h --limit=instructions=9000000000000"
# shellcheck disable=SC2086  # options
fails "an endless run ends by the clock" 1 timeout "$patience" "$RUNG" sweep \
	"$work/endless" --seeds=1 $endless --timeout=1s -o "$work/endless.d"
says "it is named" "took longer than it may" "$RUNG" sweep --merge \
	"$work/endless.d"
# shellcheck disable=SC2086  # options
fails "an endless run ends by its processor time" 1 timeout "$patience" \
	"$RUNG" sweep "$work/endless" --seeds=1 $endless --cpu=1s -o "$work/cpu.d"
says "that is named" "computed longer than it may" "$RUNG" sweep --merge \
	"$work/cpu.d"
if ! sanitized; then
	# More than the heap has when a run begins.
	bad_lab large 'held = {} for i = 1, 56 do held[i] = ("x"):rep(1 << 20) end'
	ok "a large run" "$RUNG" sweep "$work/large" --seeds=1 -o "$work/large.d"
	fails "a run without memory" 1 "$RUNG" sweep "$work/large" --seeds=1..2 \
		--memory=8MB -o "$work/memory.d"
	says "so is it" "needed more memory than it may" "$RUNG" sweep --merge \
		"$work/memory.d"
fi

# One that crashes, as of a bug, and one that something outside ends, which has no
# result.  A part is done where all its runs have one, whatever that is.
ends_run() { # SIGNAL STATUS OPTION…
	rm -rf "$work/crash.d"
	ends_run=$1 ends_status=$2
	shift 2
	# shellcheck disable=SC2086  # options
	"$RUNG" sweep "$work/endless" --seeds=1..2 --jobs=1 --timeout=500ms \
		$endless -o "$work/crash.d" "$@" > "$work/crash.said" 2>&1 &
	sweep=$!
	child=
	while [ -z "$child" ] && kill -0 $sweep 2> /dev/null; do
		child=$(cat /proc/$sweep/task/$sweep/children 2> /dev/null)
	done
	# shellcheck disable=SC2086  # one number
	kill -"$ends_run" $child 2> /dev/null
	wait $sweep
	gives "after SIG$ends_run its status is" "$ends_status" echo $?
}
ends_run KILL 1 --part=1/1
says "what is ended from outside" "outside ended 1 runs" cat "$work/crash.said"
fails "has no result" 1 grep '"seed":1,' "$work/crash.d/results-1.jsonl"
ok "and is run again" "$RUNG" sweep -o "$work/crash.d" --part=1/1
says "it has one now" "Runs done: 2 of 2; failed: 2." cat "$work/.output"
ends_run SEGV 0 --part=1/1
says "a crash costs one run" "--seed=1: crashed: Segm" cat "$work/crash.said"
says "and the next is run" "--seed=2: took longer" cat "$work/crash.said"
# As an earlier version kept it.
sed 's/Segm.*fault/Killed/' "$work/crash.d/results-1.jsonl" > "$work/results.new"
cp "$work/results.new" "$work/crash.d/results-1.jsonl"
says "that is no result" "Runs with a result: 1 of 2; failed: 1." \
	"$RUNG" sweep --merge "$work/crash.d"

# ---- what is refused ----

wrong() { # NAME TEXT ARGUMENT…
	check_name_=$1
	check_text_=$2
	shift 2
	fails "$check_name_" 2 "$RUNG" sweep "$@"
	says "$check_name_" "$check_text_" "$RUNG" sweep "$@"
}
wrong "nothing" "sweep needs one FILE"
wrong "no seeds" "sweep needs --seeds" "$lab" -o "$work/no"
wrong "no folder" "sweep needs -o FOLDER" "$lab" --seeds=1..2
wrong "bad seeds" "begins above its end" "$lab" --seeds=5..1 -o "$work/no"
wrong "a bad range" "is no range" "$lab" --seeds=1..2 --set loss=0..30% \
	-o "$work/no"
wrong "too few values" "“tcp” has values for 1 of 2 names; expected one for each" \
	"$lab" --seeds=1..2 --set bob.transport+loss=udp/0%,tcp -o "$work/no"
wrong "a range among several" "“udp/0..3%:1%” is a range; values that vary together" \
	"$lab" --seeds=1..2 --set bob.transport+loss=udp/0..3%:1% -o "$work/no"
wrong "a name without letters" "a name is empty" "$lab" --seeds=1..2 \
	--set bob.transport+=udp/1% -o "$work/no"
wrong "one name twice" "loss is varied already" "$lab" --seeds=1..2 \
	--set bob.transport+loss=udp/1% --set loss=2% -o "$work/no"
wrong "a bad value among good ones" 'loss is “300%”' "$lab" --seeds=1..2 \
	--set bob.transport+loss=udp/1%,tcp/300% -o "$work/no"
wrong "a bad value" 'loss is “300%”' "$lab" --seeds=1..2 \
	--set loss=0%,300% -o "$work/no"
wrong "far too much" "9901 × 2 × 1000 seeds are too many runs" "$lab" \
	--seeds=1..1000 --set loss=0..99%:0.01% --set delay=1ms,2ms -o "$work/no"
wrong "too many runs" "100000001 seeds are too many runs" "$lab" \
	--seeds=0..100000000 -o "$work/no"
wrong "another experiment" "holds another experiment" busy --seeds=1..2 \
	-o "$work/whole"
wrong "a folder of others" "holds other files" "$lab" --seeds=1..2 -o "$lab"
wrong "no experiment" "holds no experiment" --merge "$lab"
wrong "no folder to merge" "No such file" --merge "$work/nowhere"
wrong "options of an old one" "needs a FILE" -o "$work/whole" --seeds=1..9
wrong "a part of none" "is no part" -o "$work/whole" --part=3/2
ok "nothing was left" test ! -e "$work/no"

# ---- hostile folders ----

cp -R "$work/whole" "$work/bad"
rm -f "$work/bad"/*.svg "$work/bad"/table.*
{
	printf '{"of":"0000000000000000","point":0,"seed":1,"end":"ok"}\n'
	printf 'not JSON\n\n{}\n[1,2]\n'
	sed -n 1p "$work/bad/results.jsonl" | sed 's/"seed":[0-9]*/"seed":777/'
	sed -n 1p "$work/bad/results.jsonl" | sed 's/"point":[0-9]*/"point":-1/'
	head -c 3000000 /dev/zero | tr '\0' 'x'
	printf '\n'
	sed -n 2p "$work/bad/results.jsonl" | tr -d '\n' | head -c 40
} > "$work/bad/results-evil.jsonl"
truncate -s 5G "$work/bad/results-huge.jsonl"
ln -s /etc/passwd "$work/bad/results-link.jsonl"
mkfifo "$work/bad/results-pipe.jsonl"
mkdir "$work/bad/results-folder.jsonl"
fails "it goes on" 1 timeout "$patience" "$RUNG" sweep --merge "$work/bad"
cp "$work/.output" "$work/bad.said"
for text in "results-evil.jsonl: lines that are no results: 6; left out" \
	"results-evil.jsonl: results of another experiment: 1; left out" \
	"results-evil.jsonl: results of other seeds or values: 1; left out" \
	"results-evil.jsonl: its last line was cut off" \
	"results-huge.jsonl: is larger than 4 GiB" \
	"results-link.jsonl: is a link to elsewhere" \
	"results-pipe.jsonl: is no regular file" \
	"results-folder.jsonl: is no regular file"; do
	says "says so" "$text" cat "$work/bad.said"
done
cat "$work/bad/table.csv" "$work/bad/table.json" "$work/bad"/*.svg \
	> "$work/bad.tables"
ok "and finds the same" cmp "$work/whole.tables" "$work/bad.tables"

# What a stranger wrote does nothing to a terminal.
sed 's/"what":.*/"what":"\\u001b[2Jx"}/' "$work/wrong.d/results.jsonl" \
	> "$work/results.new"
cp "$work/results.new" "$work/wrong.d/results.jsonl"
says "a reason with an escape" "␛[2Jx" "$RUNG" sweep --merge "$work/wrong.d"
ok "and no escape in it" sh -c "! grep -q \"\$(printf '\\033')\" '$work/.output'"

echo keep > "$work/elsewhere"
rm "$work/bad/table.csv"
ln -s "$work/elsewhere" "$work/bad/table.csv"
fails "a table that leads elsewhere" 2 "$RUNG" sweep --merge "$work/bad"
says "is left alone" "keep" cat "$work/elsewhere"
for text in '' '{' '{}' '[]' '{"kind":"experiment"}' \
	'{"kind":"experiment","version":1,"rung":"0.0.0","osip":"1"}'; do
	printf '%s' "$text" > "$work/bad/experiment.json"
	fails "a broken experiment" 2 "$RUNG" sweep --merge "$work/bad"
done
rm "$work/bad/experiment.json"
ln -s "$work/whole/experiment.json" "$work/bad/experiment.json"
fails "an experiment elsewhere" 2 "$RUNG" sweep --merge "$work/bad"

# ---- a board reserves more than a run may take ----

sanitized || ok "a handset" "$RUNG" sweep handset-call --seeds=1 \
	--memory=512MB -o "$work/handset"

# ---- what varies together ----

# Each line is the run with its values, whoever else varies.
ok "two together" "$RUNG" sweep "$lab" --seeds=4 --keep -o "$work/both" \
	--set bob.transport+loss=udp/10%,tcp/,/10% --set bob.busy=false,true
says "one column" "bob.transport+loss,bob.busy,runs" cat "$work/both/table.csv"
gives "its rows" "udp/10% tcp/ /10%" \
	sh -c "sed 1d '$work/both/table.csv' | cut -d, -f1 | uniq | paste -sd' '"
says "one axis" "bob.transport+loss" cat "$work/both/set-up.svg"
ok "the run by itself" sh -c "'$RUNG' run -q '$lab' --seed=4 \
	--set bob.transport=udp --set loss=10% --set bob.busy=true \
	-o '$work/run.jsonl' && cmp '$work/run.jsonl' '$work/both/traces/1-4.jsonl'"

# The sheet of the handout has the teacher's table: which calls are set up.
sed -n 's/^    rung sweep \(.*\) -o sheet$/\1/p' labs/nat-incoming/README.md \
	> "$work/sheet.words"
ok "the sheet of nat-incoming" sh -c \
	"'$RUNG' sweep \$(cat '$work/sheet.words') -o '$work/sheet'"
ok "and of its Chinese handout" grep -qF -- "$(cat "$work/sheet.words")" \
	labs/nat-incoming/README.zh.md
awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
	{ for (i = 1; i <= 3; i++)
		printf "%s ", ($at["call_" i "_set_up_share"] > 0 ? "+" : "-")
	  printf "%s", NR % 4 == 1 ? "\n" : "| " }' "$work/sheet/table.csv" \
	> "$work/sheet.seen"
sed -n 's/^| [^|]*| \([-+h] [-+h] [-+h] | .*\)|$/\1/p' \
	labs/nat-incoming/answers.md | tr h + > "$work/sheet.known"
same "its calls" "$work/sheet.seen" "$work/sheet.known"
gives "all seven remedies" 7 grep -c . "$work/sheet.known"

# ---- traces ----

ok "with traces" "$RUNG" sweep "$lab" --seeds=4 --set loss=0,10% --keep \
	-o "$work/keep"
ok "a trace is that of rung run" sh -c \
	"'$RUNG' run -q '$lab' --seed=4 --set loss=10% -o '$work/run.jsonl' &&
	cmp '$work/run.jsonl' '$work/keep/traces/1-4.jsonl'"

finish
