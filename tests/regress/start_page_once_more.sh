# The start page was a broken grid from the second time on: once a run was shown, the rule of
# its ladder's place was that of the start page, too.  Its boxes are where they were.
. tests/fixtures/check.sh

page=$PWD/build/rung.html
[ -f "$page" ] || { skip "make page was not called"; finish; exit; }
command -v chromium > /dev/null || { skip "there is no Chromium"; finish; exit; }
node --experimental-websocket -e 'new WebSocket("ws://localhost:1").onerror = () => {}' \
	2> /dev/null || { skip "there is no node with WebSockets"; finish; exit; }

# Where each part of the start page is, within it; the lab to go on with is one more button.
boxes='window.boxes = () => {
	const start = document.getElementById("a-start"), s = start.getBoundingClientRect(), d = document.scrollingElement;
	const list = [...start.querySelectorAll("*")].filter((e) => !e.closest(".a-row, progress, small"));
	return [s.x, s.y - document.getElementById("a-bar").offsetHeight, s.width, d.scrollWidth > innerWidth,
		innerWidth > 900 && d.scrollHeight > innerHeight].concat(list.map((e) => {
		const r = e.getBoundingClientRect();
		return [e.localName, r.x - s.x, r.width, r.height, r.right > s.right || r.x < s.x].map((v) => typeof v === "number" ? Math.round(v) : v).join();
	})).join(" | ");
}'
for size in "1366 768" "390 844"; do
	for number in "" 2023007; do
		{
			echo "size $size"
			echo 'wait window.app && app.library && app.library.whole'
			echo "do $(echo "$boxes" | tr '\n\t' '  ')"
			echo "do takeStudent('$number')"
			# The first time, with a lab to go on with as the second has it.
			echo 'do keepValue("lab", "direct-call"); turnStart(true)'
			echo 'do window.first = boxes()'
			echo 'do startLab("direct-call")'
			echo 'wait !document.body.classList.contains("a-runs") && document.querySelector("#a-page svg")'
			echo 'click #a-labs'
			echo 'wait app.starts'
			[ -z "$SHOTS" ] || echo "shot $SHOTS/start-${size% *}-$number.png"
			echo 'is boxes() === first ? "the same" : first.slice(0, 300) + " THEN " + boxes().slice(0, 300)'
			echo 'is / true/.test(first) || /,true/.test(first)'
			echo 'is document.querySelectorAll("#a-start .a-group").length > 5'
		} > "$work/steps"
		# shellcheck disable=SC2086
		timeout "$patience" node --experimental-websocket tests/page/browse.js "file://$page" ${size} \
			< "$work/steps" > "$work/said" 2> /dev/null
		printf 'the same\nfalse\ntrue\n' > "$work/want"
		ok "$size, number: $number" diff "$work/want" "$work/said"
	done
done
finish
