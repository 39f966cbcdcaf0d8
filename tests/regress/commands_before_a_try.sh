# The commands of a task that is asked ahead stood beside it: a press showed the answer before
# the first try.  They come after it, and stay; those of other tasks are there from the first.
# LABS=all: of all labs.
. tests/fixtures/check.sh

page=$PWD/build/rung.html
[ -f "$page" ] || { skip "make page was not called"; finish; exit; }
command -v chromium > /dev/null || { skip "there is no Chromium"; finish; exit; }
node --experimental-websocket -e 'new WebSocket("ws://localhost:1").onerror = () => {}' \
	2> /dev/null || { skip "there is no node with WebSockets"; finish; exit; }

labs="two-proxies busy lost-messages"
[ "${LABS:-}" != all ] || labs=$(grep -l 'ahead = true' labs/*/check.lua | cut -d / -f 2)
looking='void Object.assign(window, {
	/* How many commands of tasks can be pressed: of those asked ahead, of the others. */
	deeds: (ahead) => app.lesson.tasks.filter((t) => t.q.ahead === ahead && !isElsewhere(t.q)).flatMap((t) =>
		[...t.box.querySelectorAll(".a-commands button, .a-do")]).filter((b) => !b.disabled && b.checkVisibility()).length,
	/* Those asked ahead have commands at all. */
	named: () => app.lesson.tasks.some((t) => t.q.ahead && !isElsewhere(t.q) && t.box.querySelector(".a-commands button, .a-do")),
	tryAll: async () => {
		for (const t of app.lesson.tasks.filter((t) => t.q.ahead && !isElsewhere(t.q))) {
			t.form.set(t.q.form === "choice" ? "a" : t.q.form === "draw" ? "alice -> bob INVITE" : "1");
			await checkTask(t);
		}
	} })'
{
	echo 'wait window.app && app.starts && app.library.whole'
	echo "do $(echo "$looking" | tr '\n\t' '  ')"
	for number in "" 2023007; do
		echo "do takeStudent('$number')"
		for lab in $labs; do
			echo "do startLab('$lab')"
			echo "wait app.lab === '$lab' && !document.body.classList.contains('a-runs') && app.lesson && app.lesson.tasks.length > 0 && app.lesson.tasks.every((t) => t.verdict)"
			echo "do window.before = [deeds(true), deeds(false) > 0]"
			echo "do tryAll()"
			echo "is '$lab $number ' + [before, deeds(true) > 0 === named()].join()"
		done
	done
} > "$work/steps"
HASTE=1 timeout "$patience" node --experimental-websocket tests/page/browse.js "file://$page" 1366 768 \
	< "$work/steps" > "$work/said" 2> /dev/null
gives "commands before the first try" "" sh -c "grep -v ' 0,true,true$' '$work/said' | head"
ok "labs" test "$(wc -l < "$work/said")" -eq $(($(echo "$labs" | wc -w) * 2))
finish
