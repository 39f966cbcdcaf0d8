# What the commands of handouts lead to in the page of make page, in a headless Chromium: runs with
# settings, searches, sweeps and sound are those of the terminal.  That each command does what it
# says is pressed by cli_page_walk.sh.
. tests/fixtures/check.sh

page=$PWD/build/rung.html
[ -f "$page" ] || { skip "make page was not called"; finish; exit; }
command -v chromium > /dev/null || { skip "there is no Chromium"; finish; exit; }
node --experimental-websocket -e 'new WebSocket("ws://localhost:1").onerror = () => {}' \
	2> /dev/null || { skip "there is no node with WebSockets"; finish; exit; }

# A run with settings stands in the bar, is compared with the lab's own, and there is a way back.
cat > "$work/steps" << 'S'
wait window.app && app.starts
do startLab("direct-call")
wait !document.body.classList.contains("a-runs") && document.querySelector("#a-page svg")
look first
do openRun({ lab: "direct-call", more: { settings: ["bob.busy=true"] } })
wait !document.body.classList.contains("a-runs") && /bob.busy=true/.test(document.getElementById("a-more").textContent)
is /486/.test(document.getElementById("p-ladder").textContent)
do turnPanel("compare", true)
wait document.querySelector("#a-panel .a-diff")
is document.querySelector("#a-panel select").selectedOptions[0].textContent
is document.querySelector("#a-panel pre").textContent.includes("486")
do turnPanel("inspect", true)
wait document.querySelector("#a-panel pre.a-doc")
is document.querySelector("#a-panel pre").textContent.length > 100
do parseText("BYE sip:a@b SIP/2.0\r\nVia: x\r\n\r\n")
wait document.querySelector("#a-panel pre.a-doc")
is document.querySelector("#a-panel .a-bad").textContent !== "" && /Via/.test(document.querySelector("#a-panel pre").textContent)
press document.querySelector("#a-more button")
wait !document.body.classList.contains("a-runs") && document.getElementById("a-more").textContent === ""
is /486/.test(document.getElementById("p-ladder").textContent)
S
PATIENCE=20000 timeout "$patience" node --experimental-websocket tests/page/browse.js \
	"file://$page" 1280 720 < "$work/steps" > "$work/said" 2> /dev/null
gives "a run beside the lab's own" "true
direct-call: as it is
true
true
true
false" cat "$work/said"

# Searches, sweeps and sound are those of the terminal, byte for byte; they can be ended
# half way, gone on with, and made twice; what is found opens its run.
want() { # NAME COMMAND…: as JSON, for the steps
	name=$1
	shift
	"$@" > "$work/$name.txt" 2> "$work/err"
	jq -Rs . < "$work/$name.txt" > "$work/$name.json"
}
command -v jq > /dev/null || { skip "there is no jq"; finish; exit; }
vary=atl--bil.loss=0..80%:40%
for language in en zh; do
	LC_ALL=C.UTF-8 LANGUAGE=
	[ $language = en ] || LC_ALL=zh_CN.UTF-8 LANGUAGE=zh
	export LC_ALL LANGUAGE
	rm -rf "$work/loss" "$work/down"
	mkdir "$work/down"
	want search "$RUNG" search direct-call --only=drop,crash
	want swept "$RUNG" sweep how-much-loss --seed=1..40 --set $vary -o "$work/loss"
	sed '$d' "$work/swept.txt" | jq -Rs . > "$work/swept.json"
	jq -Rs . < "$work/loss/set-up.svg" > "$work/plot.json"
	want csv cat "$work/loss/table.csv"
	"$RUNG" export dtmf-ways --say tom --hear box --from=7s --to=11s -o "$work/tom.wav" 2> "$work/err"
	{
		echo 'wait window.app && app.starts'
		[ $language = en ] || echo 'press document.getElementById("a-language")'
		cat << S
do startLab("direct-call")
wait !document.body.classList.contains("a-runs") && document.querySelector("#a-page svg")
look first
do turnPanel("search", true)
do document.querySelector("#a-panel form input").value = "--only=drop,crash"
do document.querySelector("#a-panel form").requestSubmit()
wait trials.search && trials.search.done && document.querySelector("#a-panel .a-line")
is trials.search.told.text === $(cat "$work/search.json")
is document.querySelectorAll("#a-panel .a-plot img").length
press document.querySelector("#a-panel .a-line")
wait !document.body.classList.contains("a-runs") && app.more && app.shown
is app.more.acts.join() + " " + /bob.crash/.test(document.getElementById("a-more").textContent)
do turnPanel("search", true)
wait document.querySelector("#a-panel form")
do document.querySelector("#a-panel form input").value = "--try=bob.crash"
do document.querySelector("#a-panel form").requestSubmit()
wait document.getElementById("a-said").classList.contains("a-bad")
is /--try/.test(document.getElementById("a-said").textContent)
do startLab("how-much-loss")
wait !document.body.classList.contains("a-runs") && labShown() === "how-much-loss" && document.querySelector("#a-page svg")
look first
open sweep
look first
do pace.slow = 150
do void doesOf("rung sweep how-much-loss --seed=1..40 --set $vary -o loss").deed()
wait trials.sweep && trials.sweep.runs > 1 && document.querySelector("#a-trial + button")
press document.querySelector("#a-trial + button")
do pace.slow = 0
wait !trials.sweep.works && trials.sweep.told
is trials.sweep.done + " " + (trials.sweep.runs < 120 && trials.sweep.told.text.split("\\n")[5].includes(trials.sweep.runs))
is document.querySelector("#a-panel .a-bad").textContent === word("notall")
press document.querySelector("#a-trial + button")
wait trials.sweep.done && !trials.sweep.works && document.querySelector("#a-panel .a-line")
is trials.sweep.told.text === $(cat "$work/swept.json")
is trials.sweep.told.csv === $(cat "$work/csv.json") && trials.sweep.told.pictures[0].svg === $(cat "$work/plot.json")
do window.first = trials.sweep
do document.querySelector("#a-panel form").requestSubmit()
wait trials.sweep !== first && trials.sweep.done && !trials.sweep.works
is trials.sweep.told.text === first.told.text
do doesOf("rung sweep --part=all loss").deed()
wait document.querySelectorAll("#a-panel .a-line").length === 3
is trials.sweep.runs
wait [...document.querySelectorAll("#a-panel .a-plot img")].every((i) => i.complete)
is [...document.querySelectorAll("#a-panel .a-plot img")].every((i) => i.naturalWidth > 100)
press document.querySelectorAll("#a-panel .a-line")[2]
wait !document.body.classList.contains("a-runs") && app.more
is app.more.settings.join() + " " + app.more.seed
do startLab("dtmf-ways")
wait !document.body.classList.contains("a-runs") && labShown() === "dtmf-ways" && document.querySelector("#a-page svg")
look first
do doesOf("rung export dtmf-ways --say tom --hear box --from=7s --to=11s -o tom.wav").deed()
wait document.querySelector("#a-panel audio") && document.querySelector("#a-panel audio").readyState > 0
is document.querySelector("#a-panel audio").paused + " " + Math.round(document.querySelector("#a-panel audio").duration)
press [...document.querySelectorAll("#a-panel button")].find((b) => /tom.wav/.test(b.textContent))
wait /tom.wav/.test(document.getElementById("a-said").textContent)
saved tom.wav
S
	} > "$work/steps"
	DOWNLOADS=$work/down PATIENCE=60000 timeout "$patience" node --experimental-websocket tests/page/browse.js \
		"file://$page" 1280 720 < "$work/steps" > "$work/said" 2> /dev/null
	gives "many runs and sound ($language)" "true
1
29:bob.crash true
true
false true
true
true
true
true
120
true
atl--bil.loss=80% 1
true 4" cat "$work/said"
	ok "the same sound ($language)" cmp "$work/tom.wav" "$work/down/tom.wav"
done
# A sweep of what varies together: the handout's command, and a line of its table.
cat > "$work/steps" << 'S'
wait window.app && app.starts
do startLab("nat-incoming")
wait !document.body.classList.contains("a-runs") && document.querySelector("#a-page svg")
look first
do openPanel === "tasks" || turnPanel("tasks", true)
wait document.querySelector("#a-panel .a-command")
press [...document.querySelectorAll("#a-panel .a-command button, #a-panel .a-do")].find((b) => /rung sweep/.test(b.parentNode.textContent))
look first
wait trials.sweep && trials.sweep.done && trials.sweep.told && document.querySelector("#a-panel .a-line")
is trials.sweep.runs + " " + /call 1 +call 2 +call 3/.test(document.getElementById("a-panel").textContent)
press [...document.querySelectorAll("#a-panel .a-line")].find((b) => /true.crlf... +address-port.address-port/.test(b.textContent))
wait !document.body.classList.contains("a-runs") && /keepalive/.test(document.getElementById("a-more").textContent)
is /server.alias=true/.test(document.getElementById("a-more").textContent) && /home.filtering=address-port/.test(document.getElementById("a-more").textContent)
S
PATIENCE=60000 timeout "$patience" node --experimental-websocket tests/page/browse.js \
	"file://$page" 1280 720 < "$work/steps" > "$work/said" 2> /dev/null
gives "a sweep of what varies together" "28 true
true" cat "$work/said"
finish
