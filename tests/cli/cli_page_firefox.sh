# The page of make page in a headless Firefox, opened from disk: what is shown, stepped
# through, looked at and acted upon is what it is elsewhere, by the hash of its trace; the start
# page, each panel and the tasks are used by clicks and keys.
# Every test of the page can be run there: BROWSER=firefox sh tests/cli/cli_page_act.sh.
# Where the page is not built, or there is no Firefox or node, nothing is opened.
. tests/fixtures/check.sh

page=$PWD/build/rung.html
[ -f "$page" ] || { skip "make page was not called"; finish; exit; }
command -v firefox-esr > /dev/null || { skip "there is no Firefox"; finish; exit; }
node --experimental-websocket -e 'new WebSocket("ws://localhost:1").onerror = () => {}' \
	2> /dev/null || { skip "there is no node with WebSockets"; finish; exit; }

BROWSER=firefox
export BROWSER
# steps HASH WIDTH HEIGHT: what the page says at those of standard input.
steps() {
	timeout "$patience" node --experimental-websocket tests/page/browse.js "file://$page$1" "$2" "$3" 2> /dev/null
}
hash_of() {
	"$RUNG" export -f svg "$@" | sed -n 's/.*trace \([0-9a-f]\{16\}\).*/\1/p' | head -n 1
}
shown='wait !document.body.classList.contains("a-runs") && document.querySelector("#a-page svg")'
labs="two-proxies lost-messages gb28181-live ims-call sip-bridging"
{
	echo "$shown"
	echo 'is document.title'
	echo 'key ArrowRight'
	echo 'is document.body.dataset.step'
	echo 'open panes'
	echo 'wait document.querySelector("#a-panel .k-machine")'
	echo 'is document.querySelector("#a-panel .k-place").textContent.includes("REGISTER")'
	for lab in $labs; do
		[ -d "labs/$lab" ] || continue
		echo "do openLab(\"$lab\")"
		echo "wait app.lab === \"$lab\" && !document.body.classList.contains(\"a-runs\") && document.getElementById(\"p-from\").textContent.includes(\"· $lab ·\")"
		echo 'is /[0-9a-f]{16}/.exec(document.getElementById("p-from").textContent)[0]'
	done
	echo 'do doAct({ branch: 0, record: 20, on: app.shown.nodes[0].name, verb: "crash", args: {} })'
	echo 'wait app.branches.length === 2'
	echo 'is document.getElementById("a-branch").value'
} | steps '#lab=two-proxies' 1280 800 > "$work/said"
{
	printf 'Call through two proxies – rung\n2\ntrue\n'
	for lab in $labs; do [ ! -d "labs/$lab" ] || hash_of "labs/$lab"; done
	echo 1
} > "$work/want"
ok "Firefox" diff "$work/want" "$work/said"

# Its window is as narrow as a telephone's, which that of Chromium cannot be.
{
	echo "$shown"
	echo 'is innerWidth'
	for language in en zh; do
		for panel in act panes tasks records inspect parse edit compare export file keys; do
			echo "do turnPanel('$panel', true)"
			echo "wait document.querySelector('#a-panel h2').textContent === word('$panel')"
			echo 'do new Promise((r) => setTimeout(r, 200))'
			echo 'is document.documentElement.scrollWidth <= innerWidth && document.getElementById("a-panel").scrollWidth <= document.getElementById("a-panel").clientWidth || openPanel'
		done
		echo 'press document.getElementById("a-language")'
		echo "$shown"
	done
} | steps '#lab=lost-messages' 400 800 | sort -u > "$work/said"
gives "a window of 400" "400
true" cat "$work/said"

# From the start page on: a lab is found and opened, played, acted upon; each panel does what it
# is for.
ready='wait !document.body.classList.contains("a-runs") && document.querySelector("#a-page svg")
look first'
DOWNLOADS=$work steps '' 1400 900 << S > "$work/said"
wait document.querySelectorAll("#a-start .a-group").length > 5
click #a-find
type lost-messages
wait document.querySelectorAll("#a-start .a-card").length < 60
click #a-start .a-card
$ready
is app.lab
click #a-message
click #p-next
wait document.body.dataset.step === "2"
click #a-play
wait app.shown.at() > 20
click #a-play
wait !play.on
click #a-why
is document.getElementById("a-step").textContent.length > 40
open panes
wait document.querySelector("#a-panel .k-choice select")
do by("a-panel").focus()
key 3
wait document.querySelector('#a-panel .k-place[data-of="machines"] svg')
is document.querySelectorAll("#a-panel .k-place svg text").length > 5
key 4
wait document.querySelector('#a-panel .k-place[data-of="network"] svg')
is document.querySelector("#a-panel .k-place svg").getBoundingClientRect().height > 100
open records
wait document.querySelector("#a-panel form input")
click #a-panel form input
type kind=drop
key Enter
wait document.querySelectorAll("#a-panel .a-record").length === 5
click #a-panel li:nth-child(2) .a-record
is app.shown.at()
open inspect
wait document.querySelector("#a-panel pre.a-doc") && openPanel === "inspect"
open parse
wait document.querySelector("#a-panel textarea")
click #a-panel textarea
type OPTIONS sip:bob SIP/2.0
click #a-panel p button
wait document.querySelector("#a-panel pre.a-doc") && /OPTIONS/.test(document.querySelector("#a-panel pre.a-doc").textContent)
open act
wait document.querySelector('#a-panel [data-verb="drop"], #a-panel [data-on]')
click #a-panel [data-on="bob"] summary
wait document.querySelector('#a-panel [data-verb="crash"]')
click #a-panel [data-verb="crash"]
wait document.getElementById("a-branch").options.length === 2
$ready
is app.branches[1].name
open compare
wait document.querySelector("#a-panel img.a-diff") && document.querySelector("#a-panel img.a-diff").complete
is document.querySelector("#a-panel img.a-diff").naturalWidth > 300
open export
wait document.querySelector("#a-panel .a-preview img")
click #a-panel .a-row button
wait /lost-messages/.test(by("a-said").textContent)
click #a-file
wait openPanel === "file" && document.querySelector("#a-panel input[type=file]")
click #a-keys
wait document.querySelectorAll("#a-panel kbd").length > 20
open edit
wait document.querySelector("#a-panel textarea") && document.querySelectorAll(".e-gutter span").length > 10
click #a-panel textarea
key Home
type x
wait document.querySelector(".e-list .a-bad")
S
cat > "$work/want" << S
lost-messages
true
true
true
$("$RUNG" show labs/lost-messages kind=drop | sed -n 's/^ *\([0-9][0-9]*\) .*/\1/p' | sed -n 2p)
crash bob
true
S
ok "panels" diff "$work/want" "$work/said"
gives "its file" "<svg" sh -c "grep -o -m 1 '<svg' '$work'/lost-messages*.svg"

# A task of each kind that is common.
timeout "$patience" node --experimental-websocket tests/page/solve.js "$RUNG" "$page" zh direct-call > "$work/said" 2> /dev/null
gives "tasks" "solved 6" sh -c "sed 's/.* //' '$work/said' | uniq -c | sed 's/ *\([0-9]*\) \(.*\)/\2 \1/'"
finish
