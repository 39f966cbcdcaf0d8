# The page of make page in a headless Firefox, opened from disk: what is shown, stepped
# through, looked at and acted upon is what it is elsewhere, by the hash of its trace.
# Where the page is not built, or there is no Firefox or node, nothing is opened.
. tests/fixtures/check.sh

page=$PWD/build/rung.html
[ -f "$page" ] || { skip "make page was not called"; finish; exit; }
command -v firefox-esr > /dev/null || { skip "there is no Firefox"; finish; exit; }
node --experimental-websocket -e 'new WebSocket("ws://localhost:1").onerror = () => {}' \
	2> /dev/null || { skip "there is no node with WebSockets"; finish; exit; }

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
	echo 'do document.getElementById("a-panes").click()'
	echo 'wait document.querySelector("#a-panel pre span")'
	echo 'is document.querySelector("#a-panel pre").textContent.includes("REGISTER")'
	for lab in $labs; do
		[ -d "labs/$lab" ] || continue
		echo "do openLab(\"$lab\")"
		echo "wait app.lab === \"$lab\" && !document.body.classList.contains(\"a-runs\") && document.getElementById(\"p-from\").textContent.includes(\"· $lab ·\")"
		echo 'is /[0-9a-f]{16}/.exec(document.getElementById("p-from").textContent)[0]'
	done
	echo 'do doAct({ branch: 0, record: 20, on: app.shown.nodes[0].name, verb: "crash", args: {} })'
	echo 'wait app.branches.length === 2'
	echo 'is document.getElementById("a-branch").value'
} | timeout "$patience" node --experimental-websocket tests/page/firefox.js \
	"file://$page#lab=two-proxies" 1280 800 > "$work/said" 2> /dev/null
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
			echo 'is document.documentElement.scrollWidth <= innerWidth && document.getElementById("a-panel").scrollWidth <= document.getElementById("a-panel").clientWidth'
		done
		echo 'do document.getElementById("a-language").click()'
		echo "$shown"
	done
} | timeout "$patience" node --experimental-websocket tests/page/firefox.js \
	"file://$page#lab=lost-messages" 400 800 2> /dev/null | sort -u > "$work/said"
gives "a window of 400" "400
true" cat "$work/said"
finish
