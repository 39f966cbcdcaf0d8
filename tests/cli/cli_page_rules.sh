# axe-core's rules on the page of make page, with each panel open, in both languages, and
# on slides.  axe-core is looked for in build/node_modules (npm install --prefix build
# axe-core), and used by this test alone.
. tests/fixtures/check.sh

page=$PWD/build/rung.html
axe=build/node_modules/axe-core/axe.min.js
[ -f "$page" ] || { skip "make page was not called"; finish; exit; }
[ -f $axe ] || { skip "there is no axe-core: npm install --prefix build axe-core"; finish; exit; }
command -v chromium > /dev/null || { skip "there is no Chromium"; finish; exit; }
node --experimental-websocket -e 'new WebSocket("ws://localhost:1").onerror = () => {}' \
	2> /dev/null || { skip "there is no node with WebSockets"; finish; exit; }

told='axe.run().then((r) => r.violations.map((v) => v.id + " " +
	v.nodes.map((n) => n.target.join(" ")).join(", ")).join("; "))'
told=$(echo "$told" | tr '\n\t' '  ')
ready='wait !document.body.classList.contains("a-runs") && document.querySelector("#a-page svg")'
{
	echo "$ready"
	printf 'do '
	tr '\n' ' ' < $axe | sed 's|^/\*[^*]*\*/||'
	echo
	for language in en zh-CN; do
		for panel in act panes tasks records inspect parse edit compare export file keys; do
			echo "do turnPanel('$panel', true)"
			echo "wait document.querySelector('#a-panel h2').textContent === word('$panel')"
			echo "is $told"
		done
		echo "do turnStep('why')"
		echo "is $told"
		echo "do turnStart(true)"
	echo "press document.querySelector('.a-group')"
		echo "is $told"
		echo "do turnStart(false), showTour(1)"
		echo "is $told"
		echo "do endTour(), turnSlides(true)"
		echo "is $told"
		echo "do turnSlides(false)"
		echo "press document.getElementById('a-language')"
		echo "$ready"
	done
} > "$work/steps"
PATIENCE=15000 timeout "$patience" node --experimental-websocket tests/page/browse.js \
	"file://$page#lab=two-proxies" 1280 900 < "$work/steps" > "$work/said" 2> /dev/null
gives "no rule is broken" "" sh -c "sort -u '$work/said' | tr -d '\n'"
gives "all were asked" 30 sh -c "wc -l < '$work/said' | tr -d ' '"
finish
