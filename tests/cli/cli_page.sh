# The page of make page in a headless Chromium, opened from disk: a lab is run, stepped
# through, changed by an act, looked at, asked about, in both languages; a text with a
# fault is told its line; what a hostile text says is text.  Where the page is not
# built, or there is no Chromium or node, nothing is opened.
. tests/fixtures/check.sh

# ---- what is put into a page; any two files are an engine here ----

mkdir "$work/engine" "$work/set" "$work/set/topologies" "$work/set/labs" "$work/more"
echo wasm > "$work/engine/engine.lzma"
echo script > "$work/engine/worker.js"
# made FOLDER…: the page of these labs; library: what it has of them.
made() { "$RUNG" page "$@" --engine="$work/engine" -o "$work/made.html"; }
library() {
	node tests/page/texts.js "$work/made.html"
}
hostile='a <i>&amp; "b'
"$RUNG" new lab "$work/set/labs/own" 2> "$work/new" || cat "$work/new"
mv "$work/set/labs/own/network.gv" "$work/set/topologies"
cp -r "$work/set/labs/own" "$work/set/labs/$hostile"
echo "lab { title = '</script><script>alert(1)</script>', topology = 'network.gv' } script(function() end)" > \
	"$work/set/labs/$hostile/lab.lua"
cp -r "$work/set/labs/own" "$work/more/own"
ok "labs of one's own" made "$work/set"
library > "$work/library"
gives "with what they name" 2 sh -c "grep -o '/network.gv\":' '$work/library' | grep -c ''"
gives "without answers" 0 grep -c '/answers\.' "$work/library"
ok "with their titles" grep -q '</script><script>' "$work/library"
gives "which are nowhere else" 0 sh -c "grep -c '<script>alert' '$work/made.html'"
refuses() {
	made "$@" 2> "$work/why" && bad "$*: it is made" || tail -n 1 "$work/why" | sed "s:$work/::g; s/^rung: //"
}
gives "no lab" "set/topologies: it contains no lab" refuses "$work/set/topologies"
gives "two of a name" "more/own: another lab has the same name: set/labs/own" \
	refuses "$work/set/labs/own" "$work/more/own"
rung=$(realpath "$RUNG")
(cd "$work" && RUNG_SHARE=${RUNG_SHARE:-$OLDPWD} "$rung" new exam graded set/labs/own > "$work/new" 2>&1) || cat "$work/new"
ok "a graded set" made "$work/graded/students"
gives "its answers" "graded/teacher/labs/graded-own: it contains the right answers of a graded set; make the page of the set's folder for students" \
	refuses "$work/graded/teacher"
ok "a lab with handsets" made labs/handset-malformed
library > "$work/recorded"
ok "what was recorded" sh -c '"$RUNG" run -q -o - labs/handset-malformed |
	node -e "
		const text = JSON.parse(require(\"fs\").readFileSync(process.argv[1])).texts;
		process.exit(require(\"fs\").readFileSync(0, \"utf8\") ===
			text[\"labs/handset-malformed/recorded.jsonl\"] ? 0 : 1)" "$1"' - "$work/recorded"

# ---- in a browser ----

page=$PWD/build/rung.html
[ -f "$page" ] || { skip "make page was not called"; finish; }
command -v chromium > /dev/null || { skip "there is no Chromium"; finish; }
node --experimental-websocket -e 'new WebSocket("ws://localhost:1").onerror = () => {}' \
	2> /dev/null || { skip "there is no node with WebSockets"; finish; }

# steps HASH [WIDTH]: what the page says at those of standard input.
steps() {
	timeout "$patience" node --experimental-websocket tests/page/browse.js \
		"file://$page$1" "${2:-1400}" 900 2> /dev/null
}

rung_svg() { "$RUNG" export -f svg labs/two-proxies | sha256sum | cut -d ' ' -f 1; }
shown='wait !document.body.classList.contains("a-runs") && document.querySelector("#a-page svg")
look first'
# In whose words the pane Machines names states and events.
by_names() { echo "((s) => { s.value = '$1'; s.dispatchEvent(new Event('change')); })(document.querySelector('#a-panel .k-choice select:last-child'))"; }
hash=$("$RUNG" export -f svg labs/two-proxies | sed -n 's/.*trace \([0-9a-f]\{16\}\).*/\1/p' | head -n 1)
steps '#lab=two-proxies' << S > "$work/said"
$shown
is document.title
is document.getElementById("p-from").textContent.includes("$hash")
key ArrowRight
is document.body.dataset.step
open panes
wait document.querySelector("#a-panel .k-machine")
is document.querySelector("#a-panel .k-place").textContent.includes("REGISTER")
do $(by_names osip)
wait /NICT_TRYING/.test(document.querySelector("#a-panel .k-place").textContent)
is document.body.dataset.step
do $(by_names rfc)
wait document.querySelector("#a-panel .k-machine") && !/NICT_/.test(document.querySelector("#a-panel .k-place").textContent)
do tellLink()
wait location.hash.startsWith("#1.")
is location.hash
press document.getElementById("a-language")
wait /代理/.test(document.querySelector("#a-page").textContent)
is document.documentElement.lang
S
cat > "$work/want" << S
Call through two proxies – rung
true
2
true
2
$("$RUNG" link two-proxies | sed 's/.*#/#/')
zh-CN
S
ok "a lab" diff "$work/want" "$work/said"

steps '#lab=lost-messages' << S > "$work/said"
$shown
press document.getElementById("a-tasks")
wait document.querySelectorAll("#a-panel .a-task").length > 3
press document.querySelector("#a-panel .a-task input")
press document.querySelector("#a-panel .a-task form button")
wait document.querySelector("#a-panel .a-verdict p")
is document.querySelector("#a-panel .a-verdict p").textContent
do app.back.ask("act", { branch: 0, record: 51, on: "bob", verb: "crash" }).then(() => advance({ act: true })).then((p) => advance({ branch: p.branch })).then((p) => show(p.branch, 51))
wait document.getElementById("a-branch").options.length === 2
is document.getElementById("a-branch").value
open edit
wait document.querySelector("#a-panel textarea")
do changeText("labs/lost-messages/lab.lua", "lab {"); openLab(app.lab)
wait document.querySelector("#a-said.a-bad")
is document.getElementById("a-said").textContent
do changeText("labs/lost-messages/lab.lua", "lab { title = '<img src=x onerror=document.title=1><script>document.title=2</script>', topology = 'two-proxies.gv' } script(function() end)"); openLab(app.lab)
wait document.querySelector("#a-page h1").textContent.startsWith("<img")
is document.querySelectorAll("#a-page img, #a-page script").length
S
cat > "$work/want" << 'S'
wrong · 0 of 1 points
1
lab.lua:1: unexpected symbol near <eof>
0
S
ok "tasks, acts, texts" diff "$work/want" "$work/said"

# A whole lab by clicks and keys: an act, all tasks; what was done is there again in a page
# that is loaded anew, and what is handed in is worth at home what it was worth there.
key() { "$RUNG" check --teacher direct-call --student=2023027 | sed -n "s/^$1: //p"; }
ready='wait !document.body.classList.contains("a-runs") && document.querySelector("#a-page svg")
look first'
judged='wait document.querySelectorAll("#a-panel .a-task").length === 6 && app.lesson.tasks.every((t) => t.verdict)'
task='#a-panel section:nth-of-type'
cat > "$work/steps" << S
$ready
click #a-student
type 2023027
key Tab
wait /seed [0-9]/.test(document.getElementById("p-from").textContent)
$ready
open act
wait document.querySelector('#a-panel [data-on="bob"]')
click #a-panel [data-on="bob"] summary
wait document.querySelector('#a-panel [data-on="bob"] [data-verb="set"]')
click #a-panel [data-on="bob"] [data-verb="set"]
type busy=true
key Enter
wait document.getElementById("a-branch").options.length === 2
click #a-tasks
$judged
click $task(1) input[value=$(key 1 | cut -c1)]
click $task(1) form button
wait document.querySelector("$task(1) .a-verdict p")
click $task(2) .a-hint button
click $task(2) .a-hint button
wait /^Hint/.test(document.querySelector("$task(2) .a-hint").textContent)
click $task(2) input
type $(key 2)
key Enter
wait document.querySelector("$task(2) .a-verdict p")
click $task(3) input
type $(key 3)
click $task(3) form button
wait document.querySelector("$task(3) .a-verdict p")
click $task(4) input
type $(key 4)
click $task(4) form button
wait document.querySelector("$task(4) .a-verdict p")
click $task(5) textarea
type alice -> bob INVITE
click $task(5) form button
wait document.querySelector("$task(5) .a-verdict p")
is document.querySelector(".a-sum p").textContent
do location.reload()
wait document.readyState === "complete" && window.app && app.branches.length === 2
$ready
click #a-tasks
$judged
is document.querySelector(".a-sum p").textContent
click .a-row button
wait /\.rung/.test(document.getElementById("a-said").textContent)
do makeHandin().then((h) => { window.link = h.link; })
is window.link
saved direct-call-2023027.rung
S
DOWNLOADS=$work steps '#lab=direct-call' < "$work/steps" > "$work/said"
sum='6 of 6 answered · 7.25 of 9 points · 20 minutes · 2023027'
gives "a whole lab" "$sum
$sum" head -n 2 "$work/said"
"$RUNG" check "$work/direct-call-2023027.rung" > "$work/file.txt" 2>&1
gives "what was handed in" "direct-call, 2023027: 7.25/9" head -n 1 "$work/file.txt"
"$RUNG" check "$(sed -n 3p "$work/said")" > "$work/link.txt" 2>&1
ok "the same as a link" cmp "$work/file.txt" "$work/link.txt"

# Predictions, by keys and by clicks: the first of them is wrong, the next four are right;
# they are there again when the page is loaded anew, and worth at home what they are here.
node tests/page/predict.js "$RUNG" labs/pick-up 2023001 5 > "$work/right"
right() { sed -n "$1p" "$work/right"; }
wrong=$(($(right 1) % 2 + 1))
predicted="$task(5) .a-verdict p"
judged='wait document.querySelectorAll("#a-panel .a-task").length === 6 && app.lesson.tasks.every((t) => t.verdict)'
cat > "$work/steps" << S
$ready
click #a-student
type 2023001
key Tab
wait /seed [0-9]/.test(document.getElementById("p-from").textContent)
$ready
key Home
click #a-tasks
$judged
wait document.querySelector("$predicted")
is document.querySelector("$predicted").textContent
click $task(5) form button
wait document.querySelector(".p-option")
key $wrong
wait document.querySelector("#p-verdict .p-no")
is document.getElementById("p-score").textContent
click #p-solve
wait !document.getElementById("p-goon").hidden
$(for n in 2 3 4 5; do
	echo 'click #p-goon'
	echo 'wait document.querySelector(".p-option:enabled")'
	if [ $n = 3 ]; then echo "click #p-asks li:nth-child($(right $n)) .p-option"
	else echo "key $(right $n)"; fi
	echo 'wait document.querySelector("#p-verdict .p-yes") && !document.getElementById("p-goon").hidden'
done)
is document.getElementById("p-score").textContent
key Escape
wait /first try: 4/.test(document.querySelector("$predicted").textContent)
is document.querySelector(".a-sum p").textContent
click #a-language
wait /预测/.test(document.querySelector("$predicted").textContent)
$ready
wait document.querySelector("$predicted")
is document.querySelector("$predicted").textContent
do location.reload()
wait document.readyState === "complete" && window.app && app.shown
$ready
click #a-tasks
$judged
click .a-row button
wait /\.rung/.test(document.getElementById("a-said").textContent)
saved pick-up-2023001.rung
S
DOWNLOADS=$work steps '#lab=pick-up' < "$work/steps" > "$work/said"
cat > "$work/want" << 'S'
Predictions so far: 0, right at the first try: 0, needed: 4

right 4 of 5
1 of 6 answered · 1 of 9 points · 30 minutes · 2023001
目前的预测：5，一次正确：4，要求：4
S
ok "predictions" diff "$work/want" "$work/said"
"$RUNG" check "$work/pick-up-2023001.rung" > "$work/file.txt" 2>&1
gives "what was predicted is handed in" "pick-up, 2023001: 1/9" head -n 1 "$work/file.txt"
ok "and counted" grep -q 'predictions: 5, right at the first try: 4, needed: 4' "$work/file.txt"

# Where the browser keeps nothing that is told, and nothing else breaks; a lab with handsets
# is what was recorded of it.
BEFORE='Object.defineProperty(window, "localStorage", { get() { throw new Error("none"); } });'
export BEFORE
steps '#lab=direct-call' << S > "$work/said"
$ready
click #a-tasks
$judged
click $task(1) input[value=b]
click $task(1) form button
wait document.querySelector("$task(1) .a-verdict p")
is document.getElementById("a-unkept").hidden
do changeText("labs/direct-call/lab.lua", app.library.texts["labs/direct-call/lab.lua"].replace("script(", "bob:set { busy = true }\nscript(")); openLab(app.lab)
wait /486/.test(document.querySelector("#a-page").textContent)
$ready
$judged
is document.querySelector(".a-sum p").textContent
do window.saved = JSON.stringify({ kind: WORK_KIND, works: allWorks() }); works.clear(); loadWorks(new File(["{}"], "x.json"))
wait document.querySelector("#a-said.a-bad")
do loadWorks(new File([JSON.stringify({ kind: WORK_KIND, works: { "direct-call/": { answers: { tasks: [{ task: 1, text: {} }, 7] }, texts: { x: 5 }, deeds: { "": [{ branch: "x" }, 5] }, runs: [5, "#1.x"] }, "x/1": 5 } })], "x.json"))
wait /again/.test(document.getElementById("a-said").textContent)
$ready
do loadWorks(new File([saved], "x.json"))
wait /486/.test(document.querySelector("#a-page").textContent)
$ready
$judged
is document.querySelector(".a-sum p").textContent
do openLab("handset-call")
wait /handset-call/.test(document.getElementById("p-from").textContent)
$ready
wait document.querySelector("#a-panel .a-note:not([hidden]) + .a-note") && app.lesson.tasks.every((t) => t.verdict)
is document.getElementById("a-act").disabled
is document.getElementById("p-from").textContent.includes("$("$RUNG" run -q -o - handset-call | "$RUNG" export -f svg - | sed -n 's/.*trace \([0-9a-f]\{16\}\).*/\1/p' | head -n 1)")
S
unset BEFORE
met='2 of 6 answered · 2 of 9 points · 20 minutes'
gives "nothing kept, loaded, recorded" "false
$met
$met
true
true" cat "$work/said"

# A link is the run that it is elsewhere; one that is cut is told to be none.
link=$("$RUNG" link two-proxies --set bob.busy=true --seed=5 | sed 's/.*#/#/')
hash=$("$RUNG" export -f svg --set bob.busy=true --seed=5 labs/two-proxies |
	sed -n 's/.*trace \([0-9a-f]\{16\}\).*/\1/p' | head -n 1)
steps "$link" << S > "$work/said"
$shown
is document.getElementById("p-from").textContent.includes("$hash")
S
gives "a link" true cat "$work/said"
steps "$(printf %.80s "$link")" << S > "$work/said"
wait document.querySelector("#a-said.a-bad")
is document.getElementById("a-said").textContent
S
gives "a link that is cut" "$(gone=$("$RUNG" run -q "$(printf %.80s "$link")" 2>&1); echo "${gone#rung: }")" cat "$work/said"

# 60 MB of zeros in 80 kB.
bomb="#1.$(head -c 60000000 /dev/zero | gzip -9nc | base64 -w 0 | tr '+/' '-_' | tr -d '=')"

# Of a link put into the page's address that leads nowhere is said what is wrong; what was
# open stays so, and in the address.
steps '#lab=direct-call' << S > "$work/said"
$ready
key ArrowRight
do location.hash = "$(printf %.80s "$link")"
wait document.querySelector("#a-said.a-bad")
is document.getElementById("a-said").textContent
$ready
is [location.hash, app.lab, app.linked, labShown(), document.body.dataset.step].join(" ")
do tell(""); location.hash = "$(echo "$link" | sed 's/#1/#2/')"
wait document.querySelector("#a-said.a-bad")
is document.getElementById("a-said").textContent + location.hash
do tell(""); location.hash = "#1." + "A".repeat(200000)
wait document.querySelector("#a-said.a-bad")
is document.getElementById("a-said").textContent + location.hash
do window.held = 0; const Gunzip = DecompressionStream; DecompressionStream = function (form) { const g = new Gunzip(form), c = new TransformStream({ transform: (x, to) => { held += x.length; to.enqueue(x); } }); g.readable.pipeTo(c.writable).catch(() => {}); return { writable: g.writable, readable: c.readable }; }
do tell(""); location.hash = "$bomb"
wait document.querySelector("#a-said.a-bad")
is document.getElementById("a-said").textContent + (held < 3e6)
do tell(""); location.hash = "#1.%%%"
wait document.querySelector("#a-said.a-bad") && location.hash === "#step=2"
do location.hash = "#lab=nowhere"
wait /nowhere/.test(document.getElementById("a-said").textContent)
is location.hash
open panes
wait document.querySelector("#a-panel .k-machine")
do location.hash = "$link"
$ready
wait document.getElementById("p-from").textContent.includes("$hash")
S
long=$("$RUNG" run -q "#1.$(head -c 100000 /dev/zero | tr '\0' A)" 2>&1)
gives "links that lead nowhere" "$(gone=$("$RUNG" run -q "$(printf %.80s "$link")" 2>&1); echo "${gone#rung: }")
#step=2 direct-call  direct-call 2
$(other=$("$RUNG" run -q "$(echo "$link" | sed 's/#1/#2/')" 2>&1); echo "${other#rung: }")#step=2
${long#rung: }#step=2
${long#rung: }true
#step=2" cat "$work/said"

# Stop ends within 0.3 s what has no end, what floods, what loops in Lua; the page says so and
# what goes on, in both languages.  A run that is too large for a page is told so, too.
HASTE=1 PATIENCE=60000 steps '#lab=two-proxies' << S > "$work/said"
$ready
do document.getElementById("a-stop").addEventListener("click", (e) => { window.pressed = e.timeStamp; }, true); new MutationObserver(() => { if (document.getElementById("a-nothing")) window.took = performance.now() - pressed; }).observe(document.getElementById("a-page"), { childList: true })
do window.runScript = (body) => { window.took = null; changeText("labs/two-proxies/lab.lua", 'lab { title = "x", topology = "two-proxies.gv", duration = "100000000s" } local alice, bob = node "alice", node "bob" script(function() ' + body + ' end)'); openLab("two-proxies"); }
do runScript('sleep "90000000s"')
wait / [0-9,]{6,} /.test(document.getElementById("a-said").textContent)
click #a-stop
wait took !== null
is took < 300 && document.getElementById("a-nothing").textContent
is document.getElementById("a-said").textContent + document.body.classList.contains("a-runs")
key 3
wait document.querySelector("#a-panel p")
is document.querySelector("#a-panel p").textContent
click #a-language
is document.querySelector("#a-nothing h1").textContent
click #a-language
do runScript('wait(bob, "registered") while true do alice:invite "sip:bob@biloxi.example.com" sleep "10ms" end')
do new Promise((r) => setTimeout(r, 500))
click #a-stop
wait took !== null
is took < 300
do runScript('while true do local n = 0 for i = 1, 1000 do n = n + i end sleep "1ms" end')
click #a-stop
wait took !== null
is took < 300
do new Promise((r) => setTimeout(r, 1000))
is document.getElementById("a-nothing") !== null
do runScript('wait(bob, "registered") for i = 1, 6000 do local call = alice:invite "sip:bob@biloxi.example.com" wait(call, "confirmed") call:bye() wait(call, "terminated") end')
wait !document.body.classList.contains("a-runs") && document.querySelector("#a-said.a-bad")
is /100000/.test(document.querySelector("#a-nothing p").textContent) + " " + document.querySelectorAll("#a-nothing button").length
click #a-nothing button:nth-of-type(1)
wait document.querySelector("#a-panel textarea")
do changeText("labs/two-proxies/lab.lua", app.library.texts["labs/two-proxies/lab.lua"])
click #a-run
$ready
wait document.getElementById("p-from").textContent.includes("$("$RUNG" export -f svg labs/two-proxies | sed -n 's/.*trace \([0-9a-f]\{16\}\).*/\1/p' | head -n 1)")
is document.title
S
gives "stop" "It was stopped before it was complete.The run and everything that belonged to it have ended. Answers, branches and changed texts are saved.Open againChange the texts
It was stopped before it was complete.false
It was stopped before it was complete.
尚未完成就已停止。
true
true
true
true 1
Call through two proxies – rung" cat "$work/said"

# Thousands of messages are made in pieces, between which the page answers; some, too, where
# a piece is small.
steps '#lab=lost-messages' << S > "$work/said"
$ready
do window.messages = () => Array.from(document.getElementById("p-aside").content.querySelectorAll("#p-messages details"), (e) => e.outerHTML).join(); window.before = messages()
do PIECE = 500; openLab(app.lab)
$ready
is before.length > 5000 && messages() === before
do openLab(app.lab), setTimeout(stopAll, 150)
do new Promise((r) => setTimeout(r, 1000))
is document.getElementById("a-nothing") !== null
S
gives "in pieces" "true
true" cat "$work/said"

# On a small notebook the bar is one line; there and in the narrowest window (500 px in
# Chromium) nothing but the ladder, the bar and lines of code is wider than its place.
fits='Array.from(document.querySelectorAll(".pane > .body, #a-panel")).every((e) => e.scrollWidth <= e.clientWidth)'
for width in 1280 400; do
	{
		printf '%s\nkey ArrowRight\nkey ArrowRight\nkey ArrowRight\n' "$ready"
		for language in en zh; do
			[ $width = 400 ] || echo 'is document.getElementById("a-bar").offsetHeight < 50'
			for panel in act panes tasks edit compare export file keys; do
				echo "do turnPanel('$panel', true)"
				echo "wait document.querySelector('#a-panel h2').textContent === word('$panel')"
				echo 'do new Promise((r) => setTimeout(r, 200))'
				echo "is document.documentElement.scrollWidth <= innerWidth && $fits"
			done
			echo 'click #a-language'
			echo "$ready"
		done
	} > "$work/steps"
	steps '#lab=lost-messages' $width < "$work/steps" | sort -u > "$work/said"
	gives "a window of $width" true cat "$work/said"
done

# What the page writes is what rung writes; what is dropped onto it is shown, or told to be
# nothing; keys open panels and close them; two branches are compared; slides.
base64 -w 0 examples/calls.pcap > "$work/base64"
steps '#lab=two-proxies' << S > "$work/said"
$shown
do window.written = {}; download = function (name, text) { written[name] = text; }
do turnPanel("export")
wait document.querySelectorAll("#a-panel .a-formats input").length === 10
$(for i in 0 1 2 3 4 5 6 7 8 9; do
	echo "press document.querySelectorAll('#a-panel .a-formats input')[$i]"
	echo 'do pace.quiet()'
	echo 'click #a-panel .a-row button'
done)
wait Object.keys(written).length === 10
is crypto.subtle ? crypto.subtle.digest("SHA-256", new TextEncoder().encode(written["two-proxies.svg"])).then((h) => Array.from(new Uint8Array(h), (b) => b.toString(16).padStart(2, "0")).join("")) : "$(rung_svg)"
is written["two-proxies.png"].type
press document.querySelector("#a-panel [value=svg]")
do for (const [k, v] of [["title", "A <b>"], ["from", "1s"], ["to", "3.2s"], ["size", "120"]]) { const f = document.getElementById("a-x-" + k); f.value = v; f.dispatchEvent(new Event("change")); }
press document.getElementById("a-x-time")
press document.getElementById("a-x-numbers")
wait document.querySelector(".a-preview img").naturalWidth > 0
press document.querySelector("#a-panel .a-row button")
wait /A &lt;b&gt;/.test(written["two-proxies.svg"])
is written["two-proxies.svg"].split("\\n").length + " " + written["two-proxies.svg"].length
press document.querySelector("#a-panel [value=txt]")
press document.querySelector("#a-panel .a-row button")
wait /F1/.test(written["two-proxies.txt"]) && /INVITE/.test(document.querySelector(".a-preview pre").textContent)
is document.getElementById("a-x-time").parentNode.hidden + " " + document.getElementById("a-x-size").parentNode.hidden
do document.getElementById("a-x-from").value = "soon"; document.getElementById("a-x-from").dispatchEvent(new Event("change"))
wait /soon/.test(document.querySelector("#a-panel .a-bad").textContent)
do exporting.from = ""
press document.querySelector("#a-panel [value=svg]")
wait document.querySelector("#a-panel .a-bad").textContent === ""
key Escape
is openPanel + " " + document.activeElement.id
key ?
wait document.querySelector("#a-panel .a-keys")
key 3
wait document.querySelector("#a-panel .k-machine .is-live")
key Escape
do doAct({ branch: 0, record: 30, on: "bob", verb: "crash", args: {} })
wait document.getElementById("a-branch").options.length === 2
key B
wait document.querySelector("#a-panel img") && document.querySelector("#a-panel img").naturalWidth > 0
is /A main/.test(document.querySelector("#a-panel pre").textContent)
do turnSlides(true)
is document.getElementById("a-talk").textContent.length > 100
is parseFloat(getComputedStyle(document.getElementById("p-caption")).fontSize) > 1.5 * parseFloat(getComputedStyle(document.documentElement).fontSize)
is getComputedStyle(document.getElementById("a-talk")).display
is getComputedStyle(document.querySelector("#a-page svg .p-is-future")).visibility
do app.shown.go(1); window.was = app.shown.at(); window.far = [...document.querySelectorAll("#a-page svg [id^=r].p-is-future")].pop(); const at = far.getBoundingClientRect(); far.closest("svg").dispatchEvent(new MouseEvent("click", { bubbles: true, clientX: at.x + 5, clientY: at.y + at.height / 2 }))
is app.shown.at() > was && far.matches(".p-is-future")
key N
key F
is getComputedStyle(document.getElementById("a-talk")).display
is getComputedStyle(document.querySelector("#a-page svg .p-is-future")).visibility
key Escape
do openFile(new File([Uint8Array.from(atob("$(cat "$work/base64")"), (c) => c.charCodeAt(0))], "<img src=x>.pcap"))
wait document.title.startsWith("<img")
is document.querySelectorAll("#a-page img[src=x], #a-bar img, #a-panel img[src=x]").length
do openFile(new File(["rubbish"], "a.pcap"))
wait document.querySelector("#a-said.a-bad")
is document.getElementById("a-said").textContent
S
cat > "$work/want" << S
$(rung_svg)
image/png
$(svg=$("$RUNG" export -f svg --title="A <b>" --from=1s --to=3.2s --size=120mm --with=axis --with=numbers labs/two-proxies && echo x); svg=${svg%x}
	echo "$(printf '%s\n' "$svg" | wc -l) $(printf %s "$svg" | wc -m)")
true true
null a-tools
true
true
true
none
hidden
true
block
visible
0
neither a capture (pcap, pcapng) nor a log with SIP messages
S
ok "files, keys, two branches, slides" diff "$work/want" "$work/said"

# What a browser must have: without it a sentence says so; until the engine is there, too.
for name in WebAssembly Worker DecompressionStream; do
	BEFORE="delete window.$name" steps '' << S > "$work/said"
wait document.getElementById("a-waits").textContent.includes("This browser has no $name,")
is ["a-waits", "a-bar", "a-side"].map((id) => getComputedStyle(document.getElementById(id)).display).join(" ")
S
	gives "without $name" "block none none" grep -v '^ERROR' "$work/said"
done
BEFORE='Worker = function () { this.postMessage = function () {}; }' steps '#lab=busy' << S > "$work/said"
wait document.getElementById("a-waits").textContent === "rung is starting …"
is getComputedStyle(document.getElementById("a-waits")).display
S
gives "while it starts" block cat "$work/said"
steps '#lab=busy' << S > "$work/said"
$shown
is getComputedStyle(document.getElementById("a-waits")).display
S
gives "then no more" none cat "$work/said"
finish
