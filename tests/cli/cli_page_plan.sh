# A lesson by its plan: in a class a teacher goes from step to step, each opens its lab at its
# moment for the student, has its vote prepared, and its sheet is one click away; and where the
# page is made, without a class.  Both lie right in their windows after each click.
. tests/fixtures/check.sh
. tests/fixtures/class.sh

# A page that has a plan must be able to hold its lesson.
if [ -e "${RUNG%/*}/page/engine.lzma" ]; then
	mkdir -p "$work/faulty/labs" "$work/faulty/plans"
	cp -r labs/busy "$work/faulty/labs"
	printf '# P\n\nA.\n\n### 0–10: S\n\nT.\n\n```step\nlob: busy\n```' > "$work/faulty/plans/p.md"
	fails "a page with a faulty plan" 2 "$RUNG" page "$work/faulty" -o "$work/faulty.html"
	ok "… names its line" grep -q "p.md:10: " "$work/.output"
fi

button() { echo "[...document.querySelectorAll('#a-panel button')].find((b) => b.textContent.startsWith(word('$1', '').trim()))"; }
next='document.querySelector(".a-plan-next")'
place() { echo "[labShown(), app.shown.at(), course.at, app.shown.messages.filter((m) => m.seq === app.shown.at()).map((m) => m.label).join()].join(' ')"; }
form="[...document.querySelectorAll('#a-panel textarea')].map((t) => t.value.split(/\\n/).length).join()"
# lesson NAME WIDTHxHEIGHT LANGUAGE STEP: steps of a class.
begin_class
code_of=$code
lesson() { # LANGUAGE WIDTH HEIGHT
	cat << S
teacher open http://$place/?lang=$1#code=$teacher
teacher size $2 $3
teacher wait ready
teacher do turnStart(true)
teacher is document.querySelector('#a-start select').options.length
teacher do document.querySelector('#a-start select').value = planPath('plans/first-call.md')
teacher press [...document.querySelectorAll('#a-start button')].find((b) => b.textContent === word('planbegin'))
teacher wait !!document.querySelector('.a-plan-next')
student open http://$place/?1&lang=$1#code=$code_of
student size 390 844
student wait ready
student wait !!app.follows
teacher press $next
teacher wait ready
teacher wait course.at === 1 && !!lesson.known
student wait app.shown.at() > 0
teacher is $(place)
student is app.shown.at() + ' ' + app.shown.messages.filter((m) => m.seq === app.shown.at()).map((m) => m.label)
teacher is $form
teacher wait !!$(button planvote)
teacher press $(button planvote)
student wait !!lesson.vote && document.querySelectorAll('.a-option').length > 1
student press document.querySelectorAll('.a-option')[0]
teacher wait lesson.vote.voted === 1
teacher is lesson.vote.hides === app.shown.at() + 1 || lesson.vote.hides > app.shown.at()
teacher press $next
teacher wait course.at === 2 && !lesson.vote
teacher wait ready
student wait !lesson.vote
teacher wait !!$(button plansheet)
teacher press $(button plansheet)
teacher wait !!document.querySelector('.a-paper')
teacher do 0
teacher is [...document.querySelectorAll('.a-paper section h3')].map((h) => parseInt(h.textContent)).join()
teacher is document.querySelector('.a-paper img').naturalHeight > 100
teacher press [...document.querySelectorAll('.a-paper button')].find((b) => b.textContent === word('planclose'))
teacher is !document.querySelector('.a-paper')
teacher press $next
teacher wait course.at === 3 && labShown() === 'two-proxies'
teacher wait ready
student wait document.querySelectorAll('#p-names text').length > 3
teacher is $(place)
teacher press $next
teacher wait course.at === 4 && labShown() === 'busy' && !!lesson.form
teacher wait ready
teacher is $(place)
teacher wait $form === '1,4'
teacher is $form
teacher press $(button begin)
teacher wait !!lesson.vote && lesson.vote.open
teacher is lesson.vote.hides - app.shown.at()
teacher press [...document.querySelectorAll('#a-panel button')].filter((b) => b.textContent.startsWith(word('plansheet', '')))[0]
teacher wait labShown() === 'two-proxies' && !!document.querySelector('.a-paper')
teacher is [...document.querySelectorAll('.a-paper section h3')].map((h) => parseInt(h.textContent)).join()
teacher do document.querySelector('.a-paper').remove()
teacher do course.step -= 16 * 60000
teacher wait document.getElementById('a-plan-time').classList.contains('a-bad')
teacher is document.getElementById('a-plan-time').textContent
teacher do location.reload()
teacher wait window.app && !!app.shown && !document.getElementById('a-door')
teacher wait ready
teacher do turnPanel('class', true)
teacher wait !!document.querySelector('.a-plan-next')
teacher press $next
teacher wait course.at === 5
teacher wait !document.querySelector('.a-plan-next')
teacher wait document.querySelectorAll('#a-panel textarea').length > 1
teacher is [document.querySelectorAll('#a-panel textarea')[1].value.split('\\n').length, !!document.querySelector('.a-plan').textContent.includes(word('planlast'))].join()
teacher do pace.quiet()
teacher press document.querySelectorAll('.a-plan details summary')[0]
teacher press document.querySelectorAll('.a-plan details summary')[1]
teacher press document.querySelectorAll('.a-plan details summary')[2]
teacher press document.querySelectorAll('.a-plan details summary')[3]
teacher is [...document.querySelectorAll('.a-plan details')].filter((d) => d.open).length
teacher press $(button planend)
teacher wait !document.querySelector('.a-plan') && !!document.querySelector('#a-panel select')
S
}
want() {
	cat << S
$(ls labs/plans/*.zh.md | wc -l)
direct-call 31 1 200 OK (INVITE) (SDP)
31 200 OK (INVITE) (SDP)
1,5
true
1,2,3,5
true
true
two-proxies 51 3 INVITE (SDP)
busy 77 4 INVITE (SDP)
1,4
1
1,3,5
$1
4,true
4
S
}
lesson en 1366 768 | class_steps > "$work/said" || :
want "16 of 15 minutes of this step · 0 of 90 minutes of the lesson" > "$work/want"
ok "a class by its plan" diff "$work/want" "$work/said"
end_class
begin_class
code_of=$code
lesson zh 1280 720 | class_steps > "$work/said" || :
want "本步 16 / 15 分钟 · 全课 0 / 90 分钟" > "$work/want"
ok "in Chinese, in a small window" diff "$work/want" "$work/said"
end_class

# Plans of one's own lie beside one's own labs.
mkdir -p "$work/own/labs/plans"
cp -r labs/busy "$work/own/labs/mine"
sed 's/^lab: busy/lab: mine/; s/^# .*/# My own/' labs/plans/first-call.md > "$work/own/labs/plans/own.md"
begin_class "$work/own"
class_steps << S > "$work/said" || :
teacher open http://$place/#code=$teacher
teacher wait ready
teacher do turnPanel('class', true)
teacher wait !!document.querySelector('#a-panel select')
teacher is [...document.querySelector('#a-panel select').options].map((o) => o.textContent).join()
teacher do beginPlan('plans/own.md').then(() => goToStep(4))
teacher wait labShown() === 'mine' && app.shown.at() > 0
S
gives "plans of one's own" "My own" cat "$work/said"
end_class

page=$PWD/build/rung.html
[ -f "$page" ] || { skip "make page was not called"; finish; exit; }
# Each step of each plan whose turn it is, by clicks alone; nothing is said that is wrong, and
# each command of it has a button or says that it needs a terminal.
pages() { # WIDTH HEIGHT LANGUAGE
	timeout "$patience" node --experimental-websocket tests/page/browse.js "file://$page?lang=$3#start" "$1" "$2" 2> /dev/null
}
plans=$(for plan in labs/plans/*.zh.md; do
	plan=$(basename "$plan" .zh.md)
	its_turn "$plan" 4 && echo "$plan"
done)
in_sight="(() => { const p = document.getElementById('p-ladder').getBoundingClientRect(); return [...document.querySelectorAll('#p-picture .p-is-now')].some((e) => e.getBoundingClientRect().top > p.top && e.getBoundingClientRect().bottom < p.bottom); })()"
for size in "1366 768 en" "390 844 zh"; do
	{
		echo "wait window.app && app.starts && app.library.whole"
		# Notes of slides have what is said, without what the page does.
		echo "is talkOf('lost-messages').includes('\`\`\`') || talkOf('lost-messages').length < 100"
		# On a projector (L) nothing is seen of what comes, and the present step is in sight.
		cat << S
do beginPlan(planPath('plans/behind-a-nat.md')).then(() => goToStep(1))
wait labShown() === 'nat-incoming' && app.shown.at() > 0 && !document.body.classList.contains('a-runs')
do turnSlides()
is $in_sight
do turnSlides()
do endPlan()
wait !course
do turnStart(true)
wait app.starts
S
		for plan in $plans; do
			cat << S
do document.querySelector('#a-start select').value = planPath('plans/$plan.md')
press [...document.querySelectorAll('#a-start button')].find((b) => b.textContent === word('planbegin'))
wait course && course.path === planPath('plans/$plan.md') && !!document.querySelector('.a-plan-next')
S
			for step in 1 2 3 4 5; do
				cat << S
wait !document.body.classList.contains('a-runs') && !!document.querySelector('.a-plan-next')
press $next
wait course.at === $step && !document.body.classList.contains('a-runs') && document.querySelector('.a-plan strong').textContent === planStep().title
wait !planStep().lab || labShown() === planStep().lab && (!planStep().moment || app.shown.at() > 0)
is document.getElementById('a-said').classList.contains('a-bad')
S
			done
			printf '%s\n' "press $(button planend)" "wait !course" "do turnStart(true)" "wait app.starts"
		done
	} > "$work/steps"
	# shellcheck disable=SC2086
	pages $size < "$work/steps" > "$work/said" || :
	gives "all plans on the page ($size)" "false
true$(yes false | head -n $((5 * $(echo "$plans" | grep -c .))) | sed '1s/^/\n/')" cat "$work/said"
done
finish
