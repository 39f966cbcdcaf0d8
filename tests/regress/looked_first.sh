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
	test_handed: async () => isRecorded(app.lab) ? "recorded" : btoa(unescape(encodeURIComponent((await makeHandin()).file))),
	test_tries: async () => {
		for (const t of app.lesson.tasks.filter((t) => t.q.ahead && !isElsewhere(t.q))) {
			t.form.set(t.q.form === "choice" ? "a" : t.q.form === "draw" ? "alice -> bob INVITE" : "1");
			await checkTask(t);
		}
	} })'
# Whether the run is seen at its end, or by the panel of records, is added to test_said.
sees() {
	cat << 'S'
do turnPanel("records", true).then(() => pace.quiet())
press document.querySelector("#p-last")
do window.test_sees = document.querySelectorAll(".a-records li").length > 0 || app.shown.at() >= Math.max(...app.shown.messages.map((m) => m.seq))
do test_said.push(test_sees), turnPanel("tasks", true).then(test_settled)
S
}
{
	echo 'wait window.app && app.starts && app.library.whole'
	echo "do $(echo "$looking" | tr '\n\t' '  ')"
	echo "do takeStudent('$number')"
	for lab in $labs; do
		other=$(grep -q 'ahead = function() end' "labs/$lab/check.lua" && echo true || echo false)
		echo "do startLab('$lab').then(() => { window.test_opened = '$lab'; })"
		echo "wait window.test_opened === '$lab' && test_ready()"
		# Before the first try, in the lab's own run or in another one.
		$other && echo "do openLab('$lab', null, { seed: 5 })"
		echo "do window.test_said = ['$lab', 'first'], test_settled()"
		sees
		echo 'look first'
		sees
		echo 'is test_settled().then(test_handed).then((h) => test_said.concat(h).join(" "))'
		echo "do window.test_said = ['$lab', 'then'], forgetWork().then(test_settled).then(test_tries)"
		sees
		echo 'is test_settled().then(test_handed).then((h) => test_said.concat(h).join(" "))'
	done
} > "$work/steps"
HASTE=1 PATIENCE=60000 timeout "$patience" node --experimental-websocket tests/page/browse.js "file://$page" 1366 768 \
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
