# Who went on alone from what the teacher shows had the teacher's run on the screen and tasks of
# one's own number: what was read there rightly was judged wrong.  A task belongs to the run that
# is shown; so it does where the run came as a link, or a file.
. tests/fixtures/check.sh
. tests/fixtures/class.sh

alone='[...document.querySelectorAll("#a-panel button")].find((b) => b.textContent === word("alone"))'
notes='[...document.querySelectorAll("#a-panel .a-note")].filter((e) => e.getClientRects().length).map((e) => e.textContent).join()'
traced() { "$RUNG" export -f svg direct-call "$@" | sed -n 's/.*trace \([0-9a-f]\{16\}\).*/\1/p' | head -n 1; }
own='document.getElementById("p-from").textContent.includes'
begin_class
class_steps << S > "$work/said"
teacher open http://$place/#code=$teacher
teacher wait ready
teacher do openLab('direct-call')
teacher wait ready
teacher do turnPanel('class', true)
teacher wait !!document.querySelector('#a-panel .a-check input')
teacher press document.querySelector('#a-panel .a-check input')
teacher do app.shown.go(app.shown.messages[2].seq)
student open http://$place/?1#code=$code
student wait ready
student do takeStudent('7')
student wait !!app.follows && app.shown.at() === app.shown.messages[2].seq
student is $own("$(traced)")
student do turnPanel('class', true)
student press $alone
student wait !app.follows
student wait ready
student wait /7/.test(document.getElementById('a-said').textContent)
student is [$own("$(traced --student=7)"), labShown(), app.linked, student(), app.shown.at() === app.shown.messages[2].seq].join()
student is document.getElementById('a-said').textContent
student is (() => { const r = document.getElementById('a-said').getBoundingClientRect(); return r.height > 0 && r.right <= innerWidth; })()
student do turnPanel('tasks', true)
student wait app.lesson.tasks.length > 3 && app.lesson.tasks.every((t) => t.verdict)
student is $notes
other open http://$place/?2#code=$code
other do $(enter "$code" "")
other wait ready
other wait !!app.follows
other do turnPanel('class', true)
other press $alone
other wait !app.follows
other wait ready
other wait !!app.linked && document.getElementById('a-said').textContent !== ''
other is [$own("$(traced)"), app.shown.at() === app.shown.messages[2].seq].join()
other do turnPanel('tasks', true)
other wait app.lesson.tasks.length > 3 && app.lesson.tasks.every((t) => t.verdict)
other is $notes
S
cat > "$work/want" << 'S'
true
true,direct-call,,7,true
This is your own run, for number 7. You are at the same message.
true

true,true

S
ok "goes on in one's own run" diff "$work/want" "$work/said"
end_class

page=$PWD/build/rung.html
[ -f "$page" ] || { skip "make page was not called"; finish; exit; }
steps() {
	timeout "$patience" node --experimental-websocket tests/page/browse.js "file://$page" 1366 768 2> /dev/null
}
ready='wait !document.body.classList.contains("a-runs") && document.querySelector("#a-page svg")'
link() { "$RUNG" link direct-call "$@" | sed 's/.*#/#/'; }
# LINK has tasks for NUMBER, or a note and none.
judged() { # NAME LINK NUMBER WANT
	steps << S > "$work/said"
wait window.app && app.starts
do takeStudent("$3"); turnStart(false); openLink("$2")
wait app.linked
$ready
do turnPanel("tasks", true)
wait document.querySelector("#a-panel .a-row")
is app.lesson && app.lesson.tasks.length > 3 && document.querySelectorAll("#a-panel .a-task").length > 3
is $notes
S
	gives "$1" "$4" cat "$work/said"
}
note='The tasks ask about your own run, for the number in the bar. This is another run. Open my own run'
judged "a link of nobody's" "$(link)" "" "$(printf 'true\n\n')"
judged "a link of one's own" "$(link --student=7)" 7 "$(printf 'true\n\n')"
judged "another's, without a number" "$(link --student=8)" "" "false
$note"
judged "nobody's, with a number" "$(link)" 7 "false
$note"
steps << S > "$work/said"
wait window.app && app.starts
do takeStudent("7"); turnStart(false); openLink("$(link)")
wait app.linked
$ready
do app.shown.go(app.shown.messages[2].seq)
do turnPanel("tasks", true)
wait document.querySelector("#a-panel .a-note button")
click #a-panel .a-note button
wait !app.linked && /7/.test(document.getElementById("a-said").textContent)
wait app.lesson.tasks.length > 3 && app.lesson.tasks.every((t) => t.verdict)
is [$own("$(traced --student=7)"), app.shown.at() === app.shown.messages[2].seq].join()
is $notes
do document.getElementById("a-seed").value = "99"; openLab("direct-call")
$ready
wait document.querySelector("#a-panel .a-note button")
is $notes
do openBytes("file.jsonl", new TextEncoder().encode($("$RUNG" run -q -o - direct-call | node -e 'console.log(JSON.stringify(require("fs").readFileSync(0, "utf8")))')))
wait app.file
$ready
do turnPanel("tasks", true)
wait document.querySelector("#a-panel p")
is document.querySelectorAll("#a-panel .a-task").length
S
gives "one's own from there; a seed; a file" "true,true

$note
0" cat "$work/said"
finish
