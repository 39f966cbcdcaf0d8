# Of what a lab asks ahead the answer could be seen before the first try, and no report said so.
# Who looks first is told of; who tries, and looks then, is not.  LABS=all: all labs, or their names.
. tests/fixtures/check.sh

page=${PAGE_FILE:-$PWD/build/rung.html}
[ -f "$page" ] || { skip "make page was not called"; finish; exit; }
command -v chromium > /dev/null || { skip "there is no Chromium"; finish; exit; }
node --experimental-websocket -e 'new WebSocket("ws://localhost:1").onerror = () => {}' \
	2> /dev/null || { skip "there is no node with WebSockets"; finish; exit; }

labs=${LABS:-"direct-call two-proxies busy dtmf-ways nat-two rfc3666-3.1 handset-call"}
[ "$labs" != all ] || labs=$(grep -l 'ahead = ' labs/*/check.lua | cut -d / -f 2)
number=2023007
# Names of its own: the page has a look(), say.
looking='void Object.assign(window, {
	test_ready: () => !document.body.classList.contains("a-runs") && app.lesson && app.lesson.tasks.length > 0 &&
		app.lesson.tasks.every((t) => t.verdict),
	test_settled: async () => { while (!test_ready()) await new Promise((r) => setTimeout(r, 20)); },
	/* What of the run is shown at its end, and by the panel of records. */
	test_sees: async () => {
		const last = Math.max(...app.shown.messages.map((m) => m.seq));
		await turnPanel("records", true);
		const listed = document.querySelectorAll(".a-records li").length;
		document.querySelector("#p-last").click();
		await new Promise((r) => requestAnimationFrame(() => setTimeout(r)));
		const sees = listed > 0 || app.shown.at() >= last;
		await turnPanel("tasks", true);
		await test_settled();
		return sees;
	},
	test_look: async () => {
		const b = () => document.querySelector("#a-cover .a-covered button:last-child");
		for (let i = 0; b() && i < 16; i++) {
			b().click();
			await judging;
			await new Promise((r) => setTimeout(r, 20));
		}
		await test_settled();
	},
	test_handed: async () => isRecorded(app.lab) ? "recorded" : btoa(unescape(encodeURIComponent((await makeHandin()).file))),
	test_tries: async () => {
		for (const t of app.lesson.tasks.filter((t) => t.q.ahead && !isElsewhere(t.q))) {
			t.form.set(t.q.form === "choice" ? "a" : t.q.form === "draw" ? "alice -> bob INVITE" : "1");
			await checkTask(t);
		}
	},
	/* Is it seen before the first try?  Then it is looked at, in the lab`s own run or in another one. */
	test_first: async (other) => {
		if (other) await openLab(app.lab, null, { seed: 5 });
		await test_settled();
		const sees = await test_sees();
		await test_look();
		return sees + " " + await test_sees() + " " + await test_handed();
	},
	test_then: async () => {
		await forgetWork();
		await test_settled();
		await test_tries();
		return await test_sees() + " " + await test_handed();
	} })'
{
	echo 'wait window.app && app.starts && app.library.whole'
	echo "do $(echo "$looking" | tr '\n\t' '  ')"
	echo "do takeStudent('$number')"
	for lab in $labs; do
		other=$(grep -q 'ahead = function() end' "labs/$lab/check.lua" && echo true || echo false)
		echo "do startLab('$lab').then(() => { window.test_opened = '$lab'; })"
		echo "wait window.test_opened === '$lab' && test_ready()"
		echo "is test_first($other).then((t) => '$lab first ' + t)"
		echo "is test_then().then((t) => '$lab then ' + t)"
	done
} > "$work/steps"
COVERED=1 HASTE=1 PATIENCE=60000 timeout "$patience" node --experimental-websocket tests/page/browse.js "file://$page" 1366 768 \
	< "$work/steps" > "$work/said" 2> /dev/null

# LAB, WAY, what is seen before and after looking, and what rung check says of the hand-in.
while read -r lab way sees after file; do
	[ "$way" = first ] || { file=$after; after=$sees; }
	if [ "$file" != recorded ]; then
		echo "$file" | base64 -d > "$work/$lab.rung"
		"$RUNG" check --lang=en "$work/$lab.rung" > "$work/report" 2>&1
		grep -q 'looked first' "$work/report" && file=told || file=untold
	fi
	echo "$lab $way $sees $after $file"
done < "$work/said" > "$work/table"
[ -z "${TABLE:-}" ] || cat "$work/table"
count() { grep -c "$1" "$work/table"; }
gives "labs seen before the first try, untold" 0 count ' first true .* untold$'
gives "labs that show nothing when they are looked at" 0 count ' first [a-z]* false '
gives "labs looked at, untold" 0 count ' first .* untold$'
gives "labs tried first, told of" 0 count ' then .* told$'
gives "labs tried first, still covered" 0 count ' then false '
ok "labs" test "$(wc -l < "$work/table")" -eq $(($(echo "$labs" | wc -w) * 2))
finish
