# A vote on rung's own question stood next to the messages that answer it.  While it is open they
# are hidden from those who follow, and on the teacher's page until the teacher asks for them: no
# row behind the question lies in the picture, and no way leads there.
. tests/fixtures/check.sh
. tests/fixtures/class.sh

# How many rows behind record N are seen, and times beside such: drawn, and with no curtain upon them.
looking='void Object.assign(window, {
	bare: (e) => {
		const r = e && e.getBoundingClientRect();
		return r && r.height > 0 && getComputedStyle(e).visibility !== "hidden" &&
			[...document.querySelectorAll(".p-curtain")].every((c) => {
				const b = c.getBoundingClientRect();
				return getComputedStyle(c).display === "none" || b.top > r.top || b.bottom < r.bottom;
			});
	},
	seen: (first) => {
		const later = app.shown.messages.filter((m) => m.seq >= first).map((m) => document.getElementById("r" + m.seq)).filter(Boolean);
		const top = Math.min(...later.map((e) => e.querySelector("path").getBoundingClientRect().top));
		return [...later, ...document.querySelectorAll("#p-picture .times text")].filter((e) =>
			bare(e) && e.getBoundingClientRect().bottom > top).length;
	} })'
looking=$(echo "$looking" | tr '\n\t' '  ')
press() { echo "[...document.querySelectorAll('#a-panel button')].find((b) => b.textContent === word('$1'))"; }
# What leads on: keys, the slider, the last step, a search, Predict.
ways='(() => { const told = [], first = lesson.vote.hides, go = (name, deed) => { deed(); if (app.shown.at() >= first) told.push(name); };
	const key = (k) => document.body.dispatchEvent(new KeyboardEvent("keydown", { key: k, bubbles: true }));
	go("End", () => key("End"));
	go("pass", () => app.shown.pass(1e9)); go("time", () => app.shown.goAt(1e15));
	go("search", () => { const s = document.getElementById("p-search"); s.value = "BYE"; s.dispatchEvent(new Event("input")); key("n"); s.value = ""; s.dispatchEvent(new Event("input")); });
	go("predict", () => { key("Q"); if (document.documentElement.classList.contains("p-predicts")) told.push("predicts"); });
	return told.join(); })()'
ways=$(echo "$ways" | tr '\n\t' '  ')
lies='document.scrollingElement.scrollHeight <= innerHeight && document.scrollingElement.scrollWidth <= innerWidth'
begin_class
class_steps << S > "$work/said"
teacher open http://$place/#code=$teacher
teacher wait ready
teacher do openLab('two-proxies')
teacher wait ready
teacher do turnPanel('class', true)
teacher wait !!document.querySelector('#a-panel .a-check input')
teacher press document.querySelector('#a-panel .a-check input')
teacher do app.shown.go(app.shown.messages[3].seq)
student open http://$place/?1#code=$code
student size 1366 768
student wait ready
student wait !!app.follows
student do $looking
teacher do $looking
student is seen(1) > app.shown.messages.length
teacher press $(press take)
teacher wait !!lesson.known
teacher press $(press begin)
student wait !!lesson.vote && lesson.vote.open
teacher wait !!lesson.vote && !!document.querySelector('#a-panel .a-check')
student is [lesson.vote.hides > app.shown.at(), seen(lesson.vote.hides), seen(1) > 0].join()
teacher is [lesson.vote.hides > app.shown.at(), seen(lesson.vote.hides), seen(1) > 0].join()
student is $ways
student press document.getElementById("p-next")
student is app.shown.at() < lesson.vote.hides
teacher is $ways
teacher press document.getElementById("p-next")
teacher is app.shown.at() < lesson.vote.hides
student is [$lies, /hidden/.test(document.getElementById('a-panel').innerText)].join()
student shot ${SHOTS:-$work}/vote-student.png
teacher shot ${SHOTS:-$work}/vote-teacher.png
second open http://$place/?2#code=$code
second do $(enter "$code" "")
second wait ready
second wait !!app.follows && !!lesson.vote
second do $looking
second is seen(lesson.vote.hides)
teacher press [...document.querySelectorAll('#a-panel .a-check')].find((l) => l.textContent === word('seeon')).firstChild
teacher is seen(lesson.vote.hides) > 0
teacher do app.shown.go(app.shown.messages[9].seq)
teacher is app.shown.at() === app.shown.messages[9].seq
teacher do app.back.ask('wait', { since: 0 })
student do new Promise((r) => setTimeout(r, 500))
student is [app.shown.at() < lesson.vote.hides, seen(lesson.vote.hides)].join()
student do window.hid = lesson.vote.hides
teacher press $(press closevote)
student wait !lesson.vote.open
student is [seen(hid) > 0, document.documentElement.classList.contains('p-holds'), document.getElementById('p-predict').disabled].join()
teacher press $(press endvote)
teacher wait !lesson.vote && !!document.querySelector('#a-panel textarea')
teacher do app.back.ask('poll', { what: 'begin', text: 'Any other?', options: ['a', 'b'] })
student wait !!lesson.vote && lesson.vote.open
student is seen(hid) > 0
S
cat > "$work/want" << 'S'
true
true,0,true
true,0,true

true

true
true,true
0
true
true
true,0
true,false,false
true
S
ok "what answers it is hidden while it is open" diff "$work/want" "$work/said"
end_class
finish
