# In a class a student questions a mark, and the teacher sees it and writes a note; both are files,
# and the class's report contains them.  Where the page is made, its question is the same file.
. tests/fixtures/check.sh
. tests/fixtures/class.sh

button() { echo "[...document.querySelectorAll('$2 button')].find((b) => b.textContent === word('$1'))"; }
text='Why <b>"3.52 s"</b>?'
mkdir "$work/in"
begin_class -o "$work/in"
class_steps << S > "$work/said" || :
student open http://$place/#code=$code
student size 390 844
student wait ready
student do takeStudent('2023001')
student wait ready
student do openLab('direct-call')
student wait ready
student do turnPanel('tasks', true)
student wait !!app.lesson && app.lesson.tasks.every((t) => t.verdict)
student is document.querySelectorAll('.a-ask').length
student press document.querySelectorAll('.a-task [type=radio]')[0]
student do document.querySelectorAll('.a-task form')[0].requestSubmit()
student wait document.querySelectorAll('.a-ask').length === 1
student press document.querySelector('.a-ask summary')
student do document.querySelector('.a-ask textarea').value = '$text'
student press $(button asksend .a-ask)
student wait document.getElementById('a-said').textContent.includes('.question')
student do document.querySelector('.a-ask textarea').value = 'x'.repeat(2001); document.querySelector('.a-ask').open = true
student press $(button asksend .a-ask)
student wait document.getElementById('a-said').classList.contains('a-bad')
student is document.getElementById('a-said').textContent
student do app.back.ask('note', { number: '2023001', lab: 'direct-call', text: 'x' }).catch((e) => { window.told = e.message; })
student is window.told
teacher open http://$place/?1#code=$teacher
teacher size 1280 720
teacher wait ready
teacher do turnPanel('class', true)
teacher wait !!document.querySelector('#a-panel .a-list .a-note')
teacher is document.querySelector('#a-panel .a-list .a-note').textContent
teacher press $(button notebegin '#a-panel .a-list')
teacher wait !!document.querySelector('#a-panel section textarea')
teacher is [...document.querySelectorAll('#a-panel section input')].map((i) => i.value).join()
teacher do ((f) => { f.value = '=1+1 很好'; f.dispatchEvent(new Event('input')); })(document.querySelector('#a-panel section textarea'))
teacher press $(button notekeep '#a-panel')
teacher wait document.getElementById('a-said').textContent.includes('notes/')
teacher is document.getElementById('a-said').textContent
S
cat > "$work/want" << S
0
a comment has at most 2000 bytes
only the teacher may ask for that
Questioned 1: $text
2023001,direct-call
The note is saved: notes/direct-call.2023001.txt
S
ok "a question and a note" diff "$work/want" "$work/said"
end_class
gives "their files" "direct-call-2023001.question
notes/direct-call.2023001.txt" sh -c "cd '$work/in' && ls direct* notes/*"
gives "in the report" "2023001, direct-call, note on the lab: =1+1 很好 [notes/direct-call.2023001.txt]
2023001, direct-call, question on task 1: $text [direct-call-2023001.question]" \
	sh -c "'$RUNG' check --class '$work/in' | sort"
sed '/^date/d' "$work/in/direct-call-2023001.question" > "$work/question"

page=$PWD/build/rung.html
[ -f "$page" ] || { skip "make page was not called"; finish; exit; }
mkdir "$work/down"
DOWNLOADS="$work/down" timeout "$patience" node --experimental-websocket tests/page/browse.js "file://$page#lab=direct-call" 390 844 2> /dev/null << S > "$work/said" || :
wait window.app && app.shown && !document.body.classList.contains("a-runs")
do takeStudent("2023001")
do openLab("direct-call").then(() => turnPanel("tasks", true))
wait app.lesson && app.lesson.tasks.every((t) => t.verdict) && !document.body.classList.contains("a-runs")
press document.querySelectorAll(".a-task [type=radio]")[0]
do document.querySelectorAll(".a-task form")[0].requestSubmit()
wait document.querySelectorAll(".a-ask").length === 1
click .a-ask summary
do document.querySelector(".a-ask textarea").value = '$text'
press $(button asksend .a-ask)
wait document.getElementById("a-said").textContent.includes(".question")
saved direct-call-2023001.question
S
gives "nothing lies wrong" "" cat "$work/said"
sed '/^date/d' "$work/down/direct-call-2023001.question" > "$work/other"
ok "the page's file" diff "$work/question" "$work/other"
finish
