# With a student's number in the bar the handouts' commands say it, too, and those of searches
# were dead text then: an action without a number is one with it.
. tests/fixtures/check.sh

page=$PWD/build/rung.html
[ -f "$page" ] || { skip "make page was not called"; finish; exit; }
command -v chromium > /dev/null || { skip "there is no Chromium"; finish; exit; }
node --experimental-websocket -e 'new WebSocket("ws://localhost:1").onerror = () => {}' \
	2> /dev/null || { skip "there is no node with WebSockets"; finish; exit; }

# Of each lab the commands that its handout has for a number: those that do something without
# it do so with it.  A number draws its tasks, with their commands, so there are some.
reading='window.readAll = async () => {
	const wrong = [], bar = document.getElementById("a-student");
	let acts = 0;
	for (const l of app.library.labs.en) for (const number of ["2023001", "2023002"]) {
		bar.value = number;
		app.lab = l.name;
		runFiles = new Map();
		await app.back.ask("open", requestOf(l.name));
		const lesson = await app.back.ask("question", { asks: "lesson" }).then((q) => q.question, () => ({ parts: [] }));
		const lines = lesson.parts.flatMap((p) => [...markup(p.text || p.task.text).querySelectorAll(".a-command code, code")])
			.map((e) => e.textContent).filter((line) => /^rung .* --student=/.test(line));
		const named = lines.map(doesOf);
		bar.value = "";
		lines.forEach((line, i) => {
			const plain = doesOf(line.replace(/ --student=\S+/, ""));
			acts += !!plain;
			if (plain && !named[i]) wrong.push(line);
		});
	}
	return [acts, wrong];
}'
{
	echo 'wait window.app && app.starts && app.library.whole'
	echo "do $(echo "$reading" | tr '\n\t' '  ')"
	echo 'do readAll().then((r) => { window.result = r; }, (e) => { window.result = [0, [e.message]]; })'
	echo 'wait window.result'
	echo 'is result[0] > 2000'
	echo 'is result[1].join(" | ")'
	# What is found names runs of that number, as the terminal does.
	cat << 'S'
do takeStudent("7")
do startLab("direct-call")
wait !document.body.classList.contains("a-runs") && document.querySelector("#a-page svg")
do doesOf("rung search direct-call --student=7 --only=drop,crash").deed()
wait trials.search && trials.search.told && trials.search.done && document.querySelector("#a-panel .a-line")
is trials.search.told.text
do turnPanel("search", true)
do document.querySelector("#a-panel form input").value = "--only=crash"
do document.querySelector("#a-panel form").requestSubmit()
wait trials.search.line.endsWith("=crash") && trials.search.told && trials.search.done
is trials.search.line
S
} > "$work/steps"
PATIENCE=30000 timeout "$patience" node --experimental-websocket tests/page/browse.js \
	"file://$page" 1280 720 < "$work/steps" > "$work/said" 2> /dev/null
{
	echo true
	echo
	"$RUNG" search direct-call --student=7 --only=drop,crash 2> /dev/null
	echo
	echo "rung search direct-call --student=7 --only=crash"
} > "$work/want"
ok "what is an action without a number is one with it" diff "$work/want" "$work/said"
finish
