# What a task hides stays hidden, and no more than that, whatever comes before the first try:
# damaged answers, an answer of blanks, a changed lab, a link into the hidden part, a number that
# is entered later.
. tests/fixtures/check.sh

page=$PWD/build/rung.html
[ -f "$page" ] || { skip "make page was not called"; finish; exit; }
command -v chromium > /dev/null || { skip "there is no Chromium"; finish; exit; }
node --experimental-websocket -e 'new WebSocket("ws://localhost:1").onerror = () => {}' \
	2> /dev/null || { skip "there is no node with WebSockets"; finish; exit; }
steps() { # HASH
	timeout "$patience" node --experimental-websocket tests/page/browse.js "file://$page$1" 1366 768 2> /dev/null
}
ready='wait !document.body.classList.contains("a-runs") && document.querySelector("#a-page svg") && cover.of === workName()
do pace.quiet()'
# Who enters a number.
number='click #a-student
type 2023007
key Tab
wait /seed [0-9]/.test(document.getElementById("p-from").textContent)'
held='is holdsNow() + " " + (app.shown.at() <= coverHold()) + " " + (coverHold() < app.shown.records.length)'

for damage in '{' '{"answers":7}' '{"answers":{"tasks":[{"task":1,"text":7},null,{"task":99,"text":"a"}]}}' '[]' 'null'; do
	steps '#lab=direct-call' > "$work/said" <<- S
	$ready
	$number
	$ready
	do localStorage.setItem("rung.work." + workName(), '$damage')
	do location.reload()
	wait document.readyState === "complete" && window.app && app.shown
	$ready
	$held
	S
	gives "damaged answers: $damage" "1 true true" cat "$work/said"
done

# Its first task is a number.
steps '#lab=rfc3666-3.8' > "$work/said" << S
$ready
$number
$ready
open tasks
wait document.querySelector("#a-panel .a-task form input")
click #a-panel .a-task form input
type    
key Enter
do pace.quiet()
$held
S
gives "an answer of blanks" "1 true true" cat "$work/said"

steps '#lab=direct-call&record=70' > "$work/said" << S
$ready
$held
do location.hash = "#record=60"
$held
do location.hash = "#search=BYE"
$held
S
printf '%s\n' "1 true true" "1 true true" "1 true true" > "$work/want"
same "links into the hidden part" "$work/want" "$work/said"

# Of a run that the student has changed tasks that are about the lab's own ask nothing.
steps '#lab=direct-call' > "$work/said" << S
$ready
$number
$ready
do changeText("labs/direct-call/lab.lua", "lab { title = 't', topology = '../../topologies/direct-call.gv' } script(function() end)")
click #a-run
$ready
is holdsNow() + " " + coverHold()
do changeText("labs/direct-call/lab.lua", app.library.texts["labs/direct-call/lab.lua"])
click #a-run
$ready
$held
S
printf '%s\n' "0 Infinity" "1 true true" > "$work/want"
same "a changed lab" "$work/want" "$work/said"

# Looking without a number counts for the number that comes.
steps '#lab=direct-call' > "$work/said" << S
$ready
look first
is holdsNow()
$number
$ready
is holdsNow() + " " + work().answers.tasks.some((a) => a.looked)
S
printf '%s\n' 0 "0 true" > "$work/want"
same "a number that comes later" "$work/want" "$work/said"
finish
