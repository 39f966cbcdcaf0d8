# Room and a beginning in the page of make page, in a headless Chromium: all lifelines are in
# sight beside the tasks (PAGE=all: of each lab, else every tenth), three clicks lead from
# nothing to the first right task, labs are found by words, and what is no lab is told.
. tests/fixtures/check.sh

page=$PWD/build/rung.html
[ -f "$page" ] || { skip "make page was not called"; finish; exit; }
command -v chromium > /dev/null || { skip "there is no Chromium"; finish; exit; }
node --experimental-websocket -e 'new WebSocket("ws://localhost:1").onerror = () => {}' \
	2> /dev/null || { skip "there is no node with WebSockets"; finish; exit; }

# steps HASH: what the page says at those of standard input.
steps() {
	PATIENCE=60000 timeout "$patience" node --experimental-websocket tests/page/browse.js \
		"file://$page$1" 1280 720 2> /dev/null
}
ready='wait !document.body.classList.contains("a-runs") && document.querySelector("#a-page svg")
look first'
each=10
[ "$PAGE" != all ] || each=1

# Labs of at most MOST lifelines of which some are out of sight, or have type of less than
# LEAST pixels.
room='window.crowded = async (most, least) => {
	const out = [];
	let n = 0;
	for (const [i, l] of app.library.labs.en.entries()) {
		if (i % '$each' !== 0) continue;
		openPanel = "tasks";
		await openLab(l.name);
		if (app.shown.nodes.length > most) continue;
		const pane = document.getElementById("p-ladder").getBoundingClientRect(), names = document.querySelectorAll("#p-names text");
		const type = Math.min(...[...document.querySelectorAll("#p-picture .times text, #p-picture [id^=r] text, #p-names text")].map((e) => {
			const m = e.getScreenCTM();
			return parseFloat(getComputedStyle(e).fontSize) * m.a;
		}));
		const far = [...names].some((e) => { const r = e.getBoundingClientRect(); return r.left < pane.left || r.right > pane.right; });
		n++;
		if (names.length === 0 || far || type < least) out.push(l.name + " " + far + " " + type);
	}
	return (n > 5) + " " + out.join("; ");
}'
{
	echo 'wait window.app && app.starts'
	echo 'click .a-first'
	echo "$ready"
	echo 'wait app.lesson && app.lesson.tasks.every((t) => t.verdict)'
	echo "click #a-panel section:nth-of-type(1) input[value=$("$RUNG" check --teacher direct-call | sed -n 's/^1: \(.\).*/\1/p')]"
	echo 'click #a-panel section:nth-of-type(1) form button'
	echo 'wait app.lesson.tasks[0].verdict.right'
	echo 'is document.querySelector(".a-sum p").textContent'
	echo 'click #a-panel section:nth-of-type(5) textarea'
	echo 'is getComputedStyle(document.getElementById("p-picture")).visibility'
	echo 'type alice -> bob INVITE'
	echo 'click #a-panel section:nth-of-type(5) form button'
	echo 'wait document.querySelector("#a-panel section:nth-of-type(5) .a-verdict p")'
	echo 'is getComputedStyle(document.getElementById("p-picture")).visibility'
	echo 'click #a-labs'
	echo 'wait app.starts'
	echo 'is document.querySelector(".a-group small").textContent'
	echo 'press document.querySelector(".a-group")'
	echo 'is document.querySelectorAll(".a-within .a-card").length > 3'
	echo 'is document.querySelector(".a-within .a-card small").textContent'
	echo 'do ["RFC 3261 16.6", "RFC 4028 10", "glare", "nosuchword"].forEach((t) => { const f = document.getElementById("a-find"); f.value = t; f.dispatchEvent(new Event("input")); window.found = (window.found || []).concat([[...document.querySelectorAll(".a-card strong")].map((e) => e.textContent)]); })'
	echo 'is found[0].length > 0 && found[2].length > 0 && found[3].length === 0'
	# Its handout does not name the section, its run does.
	echo 'is found[1].includes(titleOf("call-centre")) && !textOfLab("call-centre", "en").includes("4028")'
	# A sentence, and words of the other language.
	echo 'is [["why does my call drop after 30 seconds", "nat-incoming"], ["注册", "registration"], ["通话为什么 30 秒后断开", "nat-incoming"], ["register", "registration"]].every((x) => findLabs(x[0]).slice(0, 5).some((l) => l.name === x[1]))'
	echo 'do document.getElementById("a-find").value = "", fillStart()'
	echo 'press [...document.querySelectorAll("#a-start .a-row button")].find((b) => b.textContent === word("tour"))'
	echo 'wait document.getElementById("a-tour")'
	echo 'do window.told = []'
	for next in tournext tournext tournext tournext tournext tourend; do
		echo 'do told.push(document.querySelector("#a-tour p").textContent)'
		echo "press [...document.querySelectorAll('#a-tour button')].find((b) => b.textContent === word('$next'))"
	done
	echo 'is new Set(told).size + " " + !document.getElementById("a-tour")'
	echo "do $(echo "$room" | tr '\n\t' '  ')"
	echo 'is crowded(5, 7)'
	echo 'do side.below = false, turnSide("below")'
	echo 'is document.getElementById("a-side").getBoundingClientRect().top > document.getElementById("p-ladder").getBoundingClientRect().bottom - 1'
	echo 'do turnSide("below"), turnSide("folded")'
	echo 'is [...document.querySelectorAll("#a-panel, #p-message")].every((e) => e.getBoundingClientRect().height === 0) && document.getElementById("p-now").getBoundingClientRect().height > 20'
	echo 'do turnSide("folded"), document.getElementById("a-sizer").focus(), window.was = sideSize()'
	echo 'key ArrowLeft'
	echo 'is Math.round(sideSize() - was)'
	echo 'do side.size = 0, keepValue("side", ""), tellSide()'
	echo 'size 390 844'
	echo 'is crowded(3, 12)'
	echo 'is document.documentElement.scrollWidth <= innerWidth'
} > "$work/steps"
steps '' < "$work/steps" > "$work/said"
gives "a beginning and room" "1 of 6 answered · 1 of 9 points · 20 minutes
hidden
visible
8 labs · level 1 · 215 minutes · 1.5 / 9 points
true
level 1 · 20 minutes · 1.5 / 9 points
true
$("$RUNG" run -q -o - call-centre | grep -q '"why":"rfc4028-10"' && echo true)
true
6 true
true$(printf ' ')
true
true
24
true$(printf ' ')
true" cat "$work/said"
steps '?lang=zh&slides#lab=direct-call' << S > "$work/said"
$ready
is document.documentElement.lang + " " + document.querySelector("#a-labs").textContent
key Escape
press document.getElementById("a-language")
$ready
is document.documentElement.lang + " " + location.search
do tellLink()
wait location.hash.startsWith("#1.")
is location.search
S
gives "the language of the address" "zh-CN 实验
en ?slides&lang=en
?slides&lang=en" cat "$work/said"
steps '#lab=nosuch' << 'S' > "$work/said"
wait window.app && app.starts
is document.getElementById("a-said").textContent
S
gives "no lab" "This page has no lab nosuch." cat "$work/said"
finish
