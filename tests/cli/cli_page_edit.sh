# The editor of the page of make page, in a headless Chromium: what is changed is run when
# nobody has typed for a moment; mistakes, those that a run finds alone, too, are told and
# marked at the line that the terminal tells; what may be meant is a click; a topology has its
# picture.  By keys alone, in both languages.
. tests/fixtures/check.sh

page=$PWD/build/rung.html
[ -f "$page" ] || { skip "make page was not called"; finish; exit; }
command -v chromium > /dev/null || { skip "there is no Chromium"; finish; exit; }
node --experimental-websocket -e 'new WebSocket("ws://localhost:1").onerror = () => {}' \
	2> /dev/null || { skip "there is no node with WebSockets"; finish; exit; }

# What is typed in place of what, in which text.
cat > "$work/mistakes" << 'M'
lab.lua|alice:invite|alice:invit
lab.lua|call:bye|cal:bye
lab.lua|sleep "1s"|sleep "1x"
lab.lua|wait(bob, "registered")|wait(bob, "registred")
lab.lua|node "bob"|node "bop"
lab.lua|duration =|duratoin =
lab.lua|sleep "1s"|sleep "1s
lab.lua|sleep "1s"|local x = y + 1
two-proxies.gv|delay="20ms"|dealy="20ms"
two-proxies.gv|outbound=atl|outbound=atk
two-proxies.gv|role=ua, label="Bob"|role=uaa, label="Bob"
two-proxies.gv|atl -- lan1|atk -- lan1
M

# In the terminal.
n=0
while IFS='|' read -r text right wrong; do
	n=$((n + 1))
	mkdir "$work/$n"
	cp labs/two-proxies/lab.lua topologies/two-proxies.gv "$work/$n"
	node -e 'const fs = require("fs"), [, file, right, wrong] = process.argv;
		fs.writeFileSync(file, fs.readFileSync(file, "utf8").replace(right, wrong));' \
		"$work/$n/$text" "$right" "$wrong"
	"$RUNG" run -q "$work/$n" 2>&1 < /dev/null | sed 's/^rung: //'
done < "$work/mistakes" > "$work/want"

# In the page: what is said, and the line that is marked.
ready='wait !document.body.classList.contains("a-runs") && document.querySelector("#a-page svg")
look first'
settled='wait !editor.timer && !document.body.classList.contains("a-runs")'
{
	echo "$ready"
	echo 'key E'
	echo 'wait document.querySelector("#a-panel textarea")'
	echo 'do window.put = (name, right, wrong) => { takePath(editor.own.find((p) => nameOf(p) === name)); const i = editor.area.value.indexOf(right); editor.area.focus(); editor.area.setSelectionRange(i, i + right.length); document.execCommand("insertText", false, wrong); }'
	while IFS='|' read -r text right wrong; do
		echo "do put('$text', '$right', '$wrong')"
		echo "$settled"
		echo 'wait document.querySelector(".e-list p")'
		echo 'is document.querySelector("#a-said").textContent'
		echo 'is document.querySelector(".e-list button").textContent.split(":")[1] === document.querySelector(".e-gutter .e-wrong, .e-gutter .e-doubt").textContent'
		echo 'either document.querySelectorAll(".e-list p:first-child button")[1]'
		echo "do if (changedPaths().length) put('$text', '$wrong', '$right')"
		echo "$settled"
		echo 'wait !document.querySelector(".e-list p") && changedPaths().length === 0'
	done < "$work/mistakes"
} > "$work/steps"
timeout "$patience" node --experimental-websocket tests/page/browse.js \
	"file://$page#lab=two-proxies" 1366 768 < "$work/steps" > "$work/said" 2> /dev/null
gives "each is marked" "$n" grep -c '^true$' "$work/said"
grep -v '^true$' "$work/said" > "$work/told"
ok "and told as in the terminal" diff "$work/want" "$work/told"

# By keys: what is typed is one run, however many letters; the caret stays; a new line begins
# where the one before it does.  A script that doesn't end gives way to what is typed next.
cat > "$work/steps" << S
$ready
do window.opens = 0, window.asked = app.back.ask, app.back.ask = function (name, m) { if (name === "open") opens++; return asked.call(app.back, name, m); }
key E
wait document.activeElement.id === "a-panel"
key Tab
key Tab
is document.activeElement.tagName
do editor.area.setSelectionRange(editor.area.value.indexOf("end)"), editor.area.value.indexOf("end)"))
type -- a
key Enter
type -- b
type c
$settled
is opens + " " + (document.activeElement === editor.area) + " " + JSON.stringify(editor.area.value.slice(editor.area.selectionStart - 10, editor.area.selectionStart))
is editor.gutter.children.length === editor.area.value.split("\\n").length && editor.paint.textContent === editor.area.value + "\\n"
do opens = 0, document.execCommand("undo")
press document.querySelectorAll("#a-panel .a-filled > button")[1]
$settled
is changedPaths().length
do editor.area.focus(); editor.area.setSelectionRange(editor.area.value.indexOf("sleep \"1s\""), editor.area.value.indexOf("sleep \"1s\"") + 10)
type while true do sleep "1ms" end
wait !editor.timer && document.body.classList.contains("a-runs")
do new Promise((r) => setTimeout(r, 600))
do editor.area.setSelectionRange(editor.area.value.indexOf("while true"), editor.area.value.indexOf("while true") + 29)
type sleep "1s"
$settled
is changedPaths().length + " " + document.getElementById("p-from").textContent.split(" ").pop()
do editor.select.value = "topologies/two-proxies.gv", editor.select.dispatchEvent(new Event("change"))
wait document.querySelector(".e-net svg")
is ["alice", "atl", "lan1", "lan2", "bil", "bob"].every((n) => document.querySelector(".e-net svg").textContent.includes(n))
key Escape
click #a-language
$ready
key E
wait editor && document.querySelector("#a-panel textarea")
is editor.path
do editor.area.focus(); editor.area.setSelectionRange(editor.area.value.indexOf("role=ua") + 7, editor.area.value.indexOf("role=ua") + 7)
type a
wait document.querySelectorAll(".e-list button").length === 2
is document.querySelector(".e-list").textContent
S
timeout "$patience" node --experimental-websocket tests/page/browse.js \
	"file://$page#lab=two-proxies" 1366 768 < "$work/steps" > "$work/said" 2> /dev/null
hash=$("$RUNG" export -f svg labs/two-proxies | sed -n 's/.*trace \([0-9a-f]\{16\}\).*/\1/p' | head -n 1)
cat > "$work/want" << S
TEXTAREA
1 true "-- a\\n-- bc"
true
0
0 $hash
true
topologies/two-proxies.gv
two-proxies.gv:11 节点 alice: 未知的角色“uaa”；是否想写“ua”？ 改为“ua”
S
ok "typing" diff "$work/want" "$work/said"
finish
