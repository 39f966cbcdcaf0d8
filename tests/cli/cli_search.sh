# rung search: what it tells, in each form, however many processes it has.
. tests/fixtures/check.sh

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

# Goals of a lab: one that a fault breaks, one that ends with an error, one that never ends.
mkdir "$work/goals"
cp labs/direct-call/lab.lua topologies/direct-call.gv "$work/goals"
goal() { cat > "$work/goals/check.lua"; }
goal << 'CHECK'
asked = 0
goal(function(t)
	asked = asked + 1
	return asked == 1 and t:first("kind=recv status=200 cseq=BYE dst=alice") or
	       t:first("kind=recv status=200 cseq=BYE dst=bob")
end, { "the end is \27[31mheard", zh = "得知通话已结束" })
CHECK
says "a goal" "goal 1: the end is" "$RUNG" search "$work/goals" --only=down
fails "is broken" 1 "$RUNG" search "$work/goals" --only=down
ok "is not" "$RUNG" search "$work/goals" --only=drop
"$RUNG" search "$work/goals" --only=down,crash > "$work/said"
fails "no control characters" 1 grep -q "$(printf '\033')" "$work/said"
says "in Chinese" "得知通话已结束" "$RUNG" search "$work/goals" --only=down --lang=zh
for jobs in 1 3; do
	"$RUNG" search "$work/goals" --faults=2 --only=drop,crash --jobs=$jobs \
		-f json > "$work/goal-$jobs.json"
done
ok "the same bytes with any number of processes" cmp "$work/goal-1.json" "$work/goal-3.json"
goal << 'CHECK'
goal(function(t) return t:last("kind=recv status=180").t > 0 end)
CHECK
says "a goal that fails" "goals/check.lua:1: " "$RUNG" search "$work/goals" --only=down,crash
says "and the run" "rung play $work/goals --act " "$RUNG" search "$work/goals" --only=down,crash
goal << 'CHECK'
goal(function(t)
	while t:first("kind=recv status=180") == nil do end
	return true
end)
CHECK
says "a goal that never ends" "goals/check.lua:2: the script ran" \
	"$RUNG" search "$work/goals" --only=crash --of=alice
goal << 'CHECK'
goal(function(t) return t:first("method=OPTIONS") end, "never")
goal(function(t) return not t:first("method=OPTIONS") end, "ever")
CHECK
says "goals that contradict each other" "Without any fault goal 1 does not hold: never" \
	"$RUNG" search "$work/goals" --only=drop
goal << 'CHECK'
goal "alice"
CHECK
fails "no function" 2 "$RUNG" search "$work/goals" --only=drop
rm "$work/goals/check.lua"

# Bounds.
says "so many runs" "10 runs; 102 not tried" "$RUNG" search direct-call --runs=10
fails "no fault" 2 "$RUNG" search direct-call --only=fire
says "no fault: says why" "is no fault" "$RUNG" search direct-call --only=fire
fails "no node" 2 "$RUNG" search direct-call --of=carol
says "no node: says why" "has no node" "$RUNG" search direct-call --of=carol
fails "too many" 2 "$RUNG" search direct-call --faults=4
says "too many: says why" "from 1 to 3" "$RUNG" search direct-call --faults=4

# Forms.
says "csv" 'outcome,"how",faults,not_run,later_ns,"smallest"' \
	"$RUNG" search direct-call --only=drop -f csv
says "the ladder" "INVITE (SDP) +0.5 s, timer ICT A" \
	"$RUNG" search direct-call --only=drop -l
# Signs that tell without colours, and where labels are clipped.
"$RUNG" search two-proxies --only=drop -l --width=80 > "$work/signs"
says "time, by a sign" "│ + INVITE (SDP) │" cat "$work/signs"
says "nothing" "- 100 Trying │" cat "$work/signs"
says "what they mean" "  - nothing   + time" cat "$work/signs"
fails "all were tried" 1 grep -q "not tried" "$work/signs"
says "in ASCII" "| + INVITE (SDP) |" "$RUNG" search two-proxies --only=drop -l --ascii
says "in Markdown" "│ + INVITE (SDP)" "$RUNG" search two-proxies --only=drop -f md
says "what was asked for" "! what was asked for" "$RUNG" search call-centre --only=drop -l
"$RUNG" search direct-call --only=crash -l > "$work/untried"
says "not tried, by a sign" "? INVITE (SDP) │" cat "$work/untried"
says "which means" "? not tried" cat "$work/untried"
"$RUNG" search direct-call --only=crash -o "$work/untried.svg"
says "not tried, in a picture" 'class="prov untried ' cat "$work/untried.svg"
says "and its words" "not tried (thin and black)" cat "$work/untried.svg"
fails "no other colour" 1 grep -qE 'class="(req|prov|ok) [fl]' "$work/untried.svg"
# What was taken without harm, but later, costs time.
"$RUNG" search torn-tcp --only=drop -o "$work/later.svg"
fails "later is not for nothing" 1 grep -qE 'class="[a-z]+ free .* [+]0[.]' "$work/later.svg"
says "it is time" 'class="req time ' cat "$work/later.svg"
"$RUNG" search direct-call --only=drop -o "$work/cost.svg"
says "a picture, by what a loss costs" 'class="req time ' cat "$work/cost.svg"
says "and says so" "What the loss of a message costs" cat "$work/cost.svg"
"$RUNG" search direct-call --only=drop -o "$work/cost.html"
says "a page with it" "data:image/svg" cat "$work/cost.html"
ok "of good form" xmllint --html --noout "$work/cost.html"
"$RUNG" search direct-call --only=drop,crash -l --lang=zh > "$work/zh"
says "in Chinese" "已修复" cat "$work/zh"
says "whose marks are full" "组合；运行" cat "$work/zh"
says "between two words" "alice，没有最终响应" cat "$work/zh"
says "and on an arrow" "+0.5 s，定时器" cat "$work/zh"
fails "nowhere else" 1 grep -nP '\p{Han} ?[,;:(]|[,;:)] ?\p{Han}' "$work/zh"

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

# The most telling first: of ten runs each is of another class; how long the rest may take.
"$RUNG" search direct-call --runs=10 > "$work/ten"
for timer in "ICT A" "no final response" "waits"; do
	says "ten runs tell: $timer" "$timer" cat "$work/ten"
done
mkdir "$work/long"
cat > "$work/long/lab.lua" << 'LAB'
lab { title = "Many calls", topology = "direct-call.gv", duration = "10min" }
local alice = node "alice"
script(function()
	for i = 1, 300 do
		local call = alice:invite "sip:bob@192.0.2.3"
		wait(call, "confirmed")
		call:bye()
		wait(call, "terminated")
	end
end)
LAB
cp topologies/direct-call.gv "$work/long"
"$RUNG" search "$work/long" --jobs=1 > /dev/null 2> "$work/remark" &
n=0
until grep -qs "runs may take" "$work/remark" || [ $((n += 1)) -gt 300 ]; do sleep 0.1; done
kill $!
wait $! 2> /dev/null
says "how long it may take" "runs may take" cat "$work/remark"
# What something outside ends has no verdict: that part is not done.
sed 's/duration.*/duration = "40s" }/;/^local/,$d' "$work/long/lab.lua" > "$work/endless/lab.lua"
cat >> "$work/endless/lab.lua" << 'LAB'
script(function()
	node("alice"):invite "sip:bob@192.0.2.3"
	for i = 1, 900000 do sleep "10us" end
end)
LAB
set -- "$work/endless" --limit=instructions=900000000 --runs=2 --jobs=1 --folder="$work/gone" --part=1/1
gone() { "$RUNG" search "$@"; }
"$RUNG" search "$@" > "$work/.output" 2>&1 &
while [ -e /proc/$!/exe ]; do
	read -r child < /proc/$!/task/$!/children
	kill -KILL $child
done 2> /dev/null
wait $! 2> /dev/null
gives "ended from outside: the status" 1 echo $?
says "it says so" "2 runs had no memory or were ended" cat "$work/.output"
ok "nothing is kept" test ! -s "$work/gone/results.jsonl"
ok "and it is done then, whatever is broken" gone "$@"
# As an earlier version kept what had crashed, or been ended so.
sed 's/"outcome":"[a-z-]*"/"outcome":"failed"/;s/"record":[0-9]*/"record":0/' \
	"$work/gone/results.jsonl" > "$work/old"
cp "$work/old" "$work/gone/results.jsonl"
gone "$@" > /dev/null
gives "which is run again" 4 sh -c "wc -l < '$work/gone/results.jsonl'"
# A page whose figure may be shown, and whose sentences are no lines of code.
"$RUNG" search direct-call -o "$work/page.html"
says "its policy lets figures be" "img-src data:" cat "$work/page.html"
says "there is one" 'src="data:image/svg+xml' cat "$work/page.html"
says "a sentence" "<p>waits: an INVITE waits" cat "$work/page.html"

# A crash, on the lifelines.
says "a crash costs the call" "┃ + INVITE (SDP) +0.5 s, timer ICT A │" "$RUNG" search direct-call -l
says "a crash breaks an invariant" "▶║" "$RUNG" search direct-call -l
says "what that means" "║ a crash breaks an invariant" "$RUNG" search direct-call -l
fails "nobody crashes" 1 sh -c "'$RUNG' search direct-call --only=drop -l | grep '║'"
"$RUNG" search direct-call -o "$work/pieces.svg"
says "in a picture" '{fill:#a3180e}' cat "$work/pieces.svg"
says "and its words" "and a crash there, costs" cat "$work/pieces.svg"
# What it prints can be copied: how the run was made is in it.
"$RUNG" search direct-call --set=bob.answer=0s --only=crash > "$work/set.txt"
sed -n 's/^ *rung explain //p' "$work/set.txt" | head -n 1 > "$work/words"
says "with its options" "direct-call --set=bob.answer=0s" cat "$work/words"
# shellcheck disable=SC2046 # words of their own
says "and explain says what is left" "What is left when the run has ended" \
	"$RUNG" explain $(cat "$work/words")
says "and by which hole" "One side of a call crashes." "$RUNG" explain direct-call 45 --act 29:bob.crash
says "and what struck it" "bob crashes, as a person asked" \
	"$RUNG" explain direct-call 45 --act 29:bob.crash
fails "nothing of a call that is over" 1 sh -c "'$RUNG' explain direct-call 45 | grep -q 'What is left'"
says "diff takes it" "4 in B" "$RUNG" diff direct-call direct-call --act 29:bob.crash
# A fault before an act of the run's own, which can't be done then.
fails "what can't be done is no error" 1 sh -c "'$RUNG' search direct-call --act 29:bob.crash | grep -q 'ended with an error'"
says "acts that a fault leaves nothing for" "1 touch" "$RUNG" search direct-call \
	--act 54:message.drop --only=drop --runs=2
# What fits nothing.
says "another method" "the run has no message of" "$RUNG" search direct-call --method=invite
says "no fault at all" "--method is for faults of messages" \
	"$RUNG" search direct-call --only=crash --method=INVITE
# In a folder: gone on with, in parts, and what is none of it.
kept() { "$RUNG" search "$@" --folder="$work/kept" -f json; }
"$RUNG" search direct-call --faults=2 --only=drop,crash -f json > "$work/whole.json"
kept direct-call --faults=2 --only=drop,crash --runs=40 > "$work/some.json"
lines=$(wc -l < "$work/kept/results.jsonl")
[ "$lines" -eq 40 ] && good || bad "40 runs are kept" "$lines are"
printf '{"id":"torn' >> "$work/kept/results.jsonl"
kept > "$work/all.json" 2> "$work/.remarks"
ok "it goes on, and tells the same" cmp "$work/whole.json" "$work/all.json"
kept > "$work/again.json"
ok "and again, with no run" cmp "$work/whole.json" "$work/again.json"
ok "a line for each run" sh -c "[ \$(sort '$work/kept/results.jsonl' | uniq -d | wc -l) = 0 ]"
echo '{"id":"0123456789abcdef","case":"drop@9:0:0:0","is":{}}' >> "$work/kept/results.jsonl"
echo 'no JSON' >> "$work/kept/results.jsonl"
kept > "$work/again.json" 2> "$work/.remarks"
ok "others' lines change nothing" cmp "$work/whole.json" "$work/again.json"
says "and are told" "left out" cat "$work/.remarks"
fails "another search" 2 "$RUNG" search busy --folder="$work/kept"
fails "other faults" 2 "$RUNG" search direct-call --faults=1 --folder="$work/kept"
says "for Slurm" "#SBATCH --array=1-1" \
	"$RUNG" search direct-call --faults=2 --only=drop,crash --folder="$work/parts" --plan=slurm
for part in 3 1 2; do
	"$RUNG" search --folder="$work/parts" --part=$part/3 > /dev/null
done
"$RUNG" search --merge --folder="$work/parts" -f json > "$work/merged.json"
ok "parts make the whole" cmp "$work/whole.json" "$work/merged.json"
fails "no folder" 2 "$RUNG" search direct-call --part=1/3
fails "no search in it" 2 "$RUNG" search --folder="$work"
"$RUNG" search two-proxies --faults=2 --folder="$work/killed" > /dev/null 2>&1 &
sleep 0.7
kill -9 $!
wait $! 2> /dev/null
"$RUNG" search two-proxies --faults=2 --runs=500 --folder="$work/killed" -f json > "$work/killed.json"
"$RUNG" search two-proxies --faults=2 --runs=500 -f json > "$work/quiet.json"
ok "killed, and gone on with" cmp "$work/quiet.json" "$work/killed.json"
finish
