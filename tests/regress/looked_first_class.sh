# In a class, too, a student's own lab is covered and the hand-in says who looked first; the
# teacher's page is not, nor what the teacher shows: the report says "seen in a lesson".
. tests/fixtures/check.sh
. tests/fixtures/class.sh

mkdir "$work/handed"
begin_class -o "$work/handed"
{
	lab='startLab("two-proxies").then(() => { window.open_ = 1; })'
	opened='window.open_ === 1 && !document.body.classList.contains("a-runs")'
	echo "T open http://$place/#code=$teacher"
	echo 'T wait ready'
	echo "T do $lab"
	echo "T wait $opened"
	echo 'T is "the teacher: " + (coverHold() === Infinity)'
	echo "S open http://$place/?1#code=$code"
	echo 'S wait ready'
	echo 'S do takeStudent("2023007")'
	echo 'S wait ready'
	echo "S do $lab"
	echo "S wait $opened"
	echo 'S is "the student: " + coverHold()'
	echo 'T do app.showsClass = true; showClass()'
	echo 'S wait !!app.follows'
	echo 'S is "who follows: " + (coverHold() === Infinity)'
	echo 'S do goAlone()'
	echo 'S wait !app.follows && !document.body.classList.contains("a-runs")'
	echo 'S is "who has followed: " + (coverHold() === Infinity) + " " + JSON.stringify(keptAnswer(2))'
	echo 'S do handInHere()'
	echo 'S do window.open_ = 0; startLab("direct-call").then(() => { window.open_ = 1; })'
	echo "S wait $opened"
	echo 'S is "another lab: " + (coverHold() < Infinity)'
	echo 'S do lookFirst(cover.hold.open)'
	echo 'S is "who looked: " + (coverHold() === Infinity)'
	echo 'S do handInHere()'
} > "$work/steps"
class_steps < "$work/steps" > "$work/said"
gives "what is covered" "the teacher: true
the student: 75
who follows: true
who has followed: true {\"task\":3,\"text\":\"\",\"taught\":true}
another lab: true
who looked: true" cat "$work/said"
says "the class's report" "looked first" "$RUNG" check --lang=en --class "$work/handed"
says "… what was seen in the lesson" "task 3: seen in a lesson" "$RUNG" check --lang=en --class "$work/handed"
end_class
finish
