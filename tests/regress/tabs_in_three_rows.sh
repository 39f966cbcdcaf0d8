# The side had fifteen tabs, in three rows on a small notebook, and Look showed again what three
# of them had; two buttons had the sign of playing; the search's example was cut, and a sign
# that not each font has was an empty box.
. tests/fixtures/check.sh

page=$PWD/build/rung.html
[ -f "$page" ] || { skip "make page was not called"; finish; exit; }
command -v chromium > /dev/null || { skip "there is no Chromium"; finish; exit; }
node --experimental-websocket -e 'new WebSocket("ws://localhost:1").onerror = () => {}' \
	2> /dev/null || { skip "there is no node with WebSockets"; finish; exit; }
ready='wait !document.body.classList.contains("a-runs") && document.querySelector("#a-page svg")'

# What a person sees of E.
seen='const seen = (e) => e.checkVisibility() && e.getBoundingClientRect().width > 0;'
{
	echo "$ready"
	for size in '1920 1000' '1366 700' '1280 720' '390 844'; do
		echo "size $size"
		for language in en zh; do
			echo 'is (() => { '"$seen"' const tabs = [...document.querySelectorAll("#a-panels > button")].filter(seen); return tabs.length + " tabs, rows: " + new Set(tabs.map((b) => b.offsetTop)).size; })()'
			echo 'is (() => { '"$seen"' return "plays: " + [...document.querySelectorAll("button")].filter((b) => seen(b) && (b.id === "a-play" || /[▶▷▸►]/.test(b.textContent))).length; })()'
			echo 'is (() => { const f = document.getElementById("p-search"), s = getComputedStyle(f), c = document.createElement("canvas").getContext("2d"); c.font = s.font; return "example: " + (c.measureText(f.placeholder).width <= f.clientWidth - parseFloat(s.paddingLeft) - parseFloat(s.paddingRight)); })()'
			echo 'is (() => { const f = document.getElementById("p-fit"); return "a sign without a font: " + (f.textContent === "" && f.getAttribute("aria-label") !== ""); })()'
			echo 'do turnPanel("panes", true)'
			echo 'wait document.querySelector("#a-panel .k-choice option")'
			echo 'is "again: " + [...document.querySelectorAll("#a-panel .k-choice select:first-child option")].map((o) => o.value).filter((v) => ["message", "why", "node"].includes(v)).join()'
			for panel in edit compare records inspect search sweep parse sound export act tasks; do
				echo "open $panel"
				echo 'is openPanel'
			done
			echo 'do turnPanel("tasks")'
			echo 'click #a-language'
			echo "$ready"
		done
	done
} > "$work/steps"
timeout "$patience" node --experimental-websocket tests/page/browse.js "file://$page?lang=en#lab=lost-messages" 1280 720 \
	< "$work/steps" 2>&1 | sort | uniq -c | sed 's/^ *//' > "$work/said"
cat > "$work/want" << 'S'
8 7 tabs, rows: 1
8 a sign without a font: true
8 act
8 again: 
8 compare
8 edit
8 example: true
8 export
8 inspect
8 parse
8 plays: 1
8 records
8 search
8 sound
8 sweep
8 tasks
S
ok "tabs" diff "$work/want" "$work/said"
finish
