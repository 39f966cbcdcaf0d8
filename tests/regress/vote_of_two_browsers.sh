#!/bin/sh
# A second browser with a student's number replaced the student's vote in silence: both are
# told, and the result says that the number is disputed until the teacher assigns it.
. tests/fixtures/check.sh
. tests/fixtures/class.sh

printf 'id,name\n7,Ann\n8,Bo\n' > "$work/names.csv"
begin_class --roster="$work/names.csv" labs/direct-call
{
	panel='document.getElementById("a-panel").innerText'
	assigned='Numbers with votes from two browsers'
	echo "T open http://$place/#code=$teacher"
	echo 'T wait ready'
	# Another name of this machine has other cookies.
	echo "A open http://$place/?1#code=$code"
	echo "B open http://localhost:${place##*:}/?1#code=$code"
	for who in A B; do
		echo "$who wait ready"
		echo "$who do takeStudent('7')"
		echo "$who wait ready"
		echo "$who do turnPanel('class', true)"
	done
	echo 'T do app.back.ask("poll", { what: "begin", text: "?", options: ["a", "b"] }).then(() => turnPanel("class", true))'
	for who in A B; do
		echo "$who wait document.querySelectorAll('.a-option').length === 2"
		echo "$who press document.querySelectorAll('.a-option')[$([ $who = A ] && echo 0 || echo 1)]"
		echo "$who wait !!lesson.vote && lesson.vote.mine > 0"
	done
	echo 'T do app.back.ask("poll", { what: "close" })'
	for who in A B; do
		echo "$who wait !!lesson.vote && !lesson.vote.open"
		echo "$who is '$who is told: ' + /Another person has used this number/.test($panel)"
	done
	echo "T wait !!lesson.vote && !lesson.vote.open && /$assigned: 1/.test($panel)"
	echo "T is 'votes: ' + JSON.stringify(lesson.vote.counts) + ' disputed: ' + lesson.vote.disputed"
	echo 'T do app.back.ask("assign", { member: 0 })'
	echo "T wait lesson.vote.disputed[0] === 0 && !/$assigned/.test($panel)"
	echo "T is 'then: ' + (lesson.vote.counts[0][0] + lesson.vote.counts[0][1]) + ' ' + /$assigned/.test($panel)"
} > "$work/steps"
class_steps < "$work/steps" > "$work/said"
gives "both are told" 'A is told: true
B is told: true
votes: [[0,0]] disputed: 1
then: 1 false' cat "$work/said"
end_class
finish
