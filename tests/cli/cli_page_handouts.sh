# Handouts in the page of make page, in a headless Chromium: each command is a button that
# does it, without a word of what went wrong and with records to be seen, or says that it is
# for a terminal; of these there are few, and none that shows records or runs settings.
# Every 24th lab; PAGE=all: each.
. tests/fixtures/check.sh

page=$PWD/build/rung.html
[ -f "$page" ] || { skip "make page was not called"; finish; exit; }
command -v chromium > /dev/null || { skip "there is no Chromium"; finish; exit; }
node --experimental-websocket -e 'new WebSocket("ws://localhost:1").onerror = () => {}' \
	2> /dev/null || { skip "there is no node with WebSockets"; finish; exit; }
each=24 least=40
[ "$PAGE" != all ] || each=1 least=1500

pressing='window.pressAll = async (each) => {
	const wrong = [], left = {}, sel = "#a-panel .a-command button, #a-panel .a-do";
	let pressed = 0;
	const until = async (holds) => {
		for (let i = 0; i < 1000 && !holds(); i++) await new Promise((r) => setTimeout(r, 10));
	};
	const settle = async () => {
		await until(() => !document.body.classList.contains("a-runs"));
		await new Promise((r) => setTimeout(r, 20));
		await until(() => !document.body.classList.contains("a-runs"));
		if (openPanel === "records") await until(() => document.querySelector(".a-records"));
	};
	const open = async (name) => {
		openPanel = "tasks";
		await openLab(name);
		await fillPanel();
		await judging;
	};
	for (const [i, l] of app.library.labs[app.language].entries()) {
		if (i % each !== 0) continue;
		await open(l.name);
		document.querySelectorAll("#a-panel .a-command > small").forEach((s) => {
			const verb = s.previousElementSibling.textContent.split(" ")[1];
			left[verb] = (left[verb] || 0) + 1;
		});
		for (let k = 0; k < document.querySelectorAll(sel).length; k++) {
			const b = document.querySelectorAll(sel)[k], said = document.getElementById("a-said");
			tell("");
			b.click();
			await settle();
			pressed++;
			if (said.classList.contains("a-bad")) wrong.push(l.name + ": " + b.parentNode.textContent + ": " + said.textContent);
			if (openPanel === "records" && !document.querySelector(".a-records li")) wrong.push(l.name + ": nothing: " + sought.words);
			if (labShown() !== l.name || app.more) await open(l.name);
			else if (openPanel !== "tasks") await turnPanel("tasks", true).then(() => judging);
		}
	}
	return [pressed, left, wrong];
}'
for language in en zh; do
	{
		echo 'wait window.app && !!app.library'
		[ $language = en ] || echo 'do document.getElementById("a-language").click()'
		echo 'do startLab("busy")'
		echo 'wait !document.body.classList.contains("a-runs") && document.querySelector("#a-page svg")'
		echo "do $(echo "$pressing" | tr '\n\t' '  ')"
		echo "do pressAll($each).then((r) => { window.result = r; })"
		echo 'wait window.result'
		echo "is (result[0] >= $least) + \" \" + Object.keys(result[1]).filter((v) => !/^(search|sweep|export|show|parse)\$/.test(v)).join()"
		echo 'is result[2].join("; ")'
		echo 'is "" + (result[1].show || 0) / (1 + result[0]) < 0.05'
	} > "$work/steps"
	PATIENCE=200000 timeout "$patience" node --experimental-websocket tests/page/browse.js \
		"file://$page" 1280 720 < "$work/steps" > "$work/said" 2> /dev/null
	gives "commands do what they say ($language)" "true$(printf ' ')

true" cat "$work/said"
done

# A run with settings stands in the bar, is compared with the lab's own, and there is a way back.
cat > "$work/steps" << 'S'
wait window.app && app.starts
do startLab("direct-call")
wait !document.body.classList.contains("a-runs") && document.querySelector("#a-page svg")
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
do document.querySelector("#a-more button").click()
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
finish
