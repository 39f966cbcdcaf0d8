# Next task scrolled the whole page away: what a panel hides was placed by the page, far below
# the window.  Where boxes are is looked at: the page is no higher than its window, and what
# is placed absolutely is placed by something within what scrolls it.
. tests/fixtures/check.sh

page=$PWD/build/rung.html
[ -f "$page" ] || { skip "make page was not called"; finish; exit; }
command -v chromium > /dev/null || { skip "there is no Chromium"; finish; exit; }
node --experimental-websocket -e 'new WebSocket("ws://localhost:1").onerror = () => {}' \
	2> /dev/null || { skip "there is no node with WebSockets"; finish; exit; }

looking='void Object.assign(window, {
	settled: () => new Promise((r) => requestAnimationFrame(() => requestAnimationFrame(r))),
	/* How the page lies in its window: a narrow one scrolls, down alone. */
	lies: () => {
		const d = document.scrollingElement, wrong = [];
		if (d.scrollWidth > innerWidth || scrollX !== 0) wrong.push("wide " + d.scrollWidth + " at " + scrollX);
		if (innerWidth > 900 && (d.scrollHeight > innerHeight || scrollY !== 0)) wrong.push("high " + d.scrollHeight + " at " + scrollY);
		return wrong;
	},
	/* What leaves the box that scrolls it. */
	strays: () => [...document.querySelectorAll("body *")].filter((e) => {
		const s = getComputedStyle(e);
		if (s.position !== "absolute" || !e.offsetParent) return false;
		for (let p = e.parentElement; p !== document.body; p = p.parentElement) {
			if (p === e.offsetParent) return false;
			if (/auto|scroll|hidden/.test(getComputedStyle(p).overflowY)) return true;
		}
		return false;
	}).map((e) => e.localName + "#" + e.id + "." + e.className + " in " + openPanel),
	/* The head of the task that *Next task* leads to is what is seen at its place. */
	nextTask: () => {
		const h = document.activeElement, r = h.getBoundingClientRect(), wrong = lies();
		const seen = document.elementFromPoint(r.x + r.width / 2, r.y + r.height / 2);
		if (h.localName !== "h3" || !(h.contains(seen) || seen && seen.contains(h))) wrong.push(h.textContent + " is not seen at " + r.y);
		return wrong.join("; ");
	},
	allPanels: async () => {
		const wrong = [];
		for (const name of Object.keys(panels)) {
			await turnPanel(name, true);
			await settled();
			wrong.push(...strays(), ...lies().map((w) => w + " in " + name));
		}
		return wrong;
	} })'
for size in "1366 768" "390 844"; do
	for number in "" 2023007; do
		{
			echo "size $size"
			echo 'wait window.app && app.starts && app.library.whole'
			echo "do $(echo "$looking" | tr '\n\t' '  ')"
			echo "do takeStudent('$number')"
			echo 'do startLab("direct-call")'
			echo 'wait !document.body.classList.contains("a-runs") && document.querySelector("#a-page svg")'
			echo 'wait app.lesson && app.lesson.tasks.length > 3 && app.lesson.tasks.every((t) => t.verdict)'
			for task in 1 2 3 4 5 6; do
				echo 'press document.querySelector(".a-sum button")'
				echo 'is nextTask()'
			done
			[ -z "$SHOTS" ] || echo "shot $SHOTS/next-${size% *}-$number.png"
			echo 'is allPanels().then((w) => w.join("; "))'
		} > "$work/steps"
		# shellcheck disable=SC2086
		timeout "$patience" node --experimental-websocket tests/page/browse.js "file://$page" ${size} \
			< "$work/steps" > "$work/said" 2> /dev/null
		printf '\n\n\n\n\n\n\n' > "$work/want"
		ok "$size, number: $number" diff "$work/want" "$work/said"
	done
done
finish
