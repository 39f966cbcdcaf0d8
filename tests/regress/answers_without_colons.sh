# "2 b", "Question 2: b": a line that was an answer became a part of the one before,
# which then got its mark, without a word.
. tests/fixtures/check.sh
"$RUNG" copy direct-call "$work/m" > "$work/said" 2>&1
judged() { # LINES: the verdicts of tasks 1 and 2
	printf 'lab: direct-call\nstudent:\n%b\n' "$1" > "$work/m/answers.txt"
	"$RUNG" check "$work/m" 2> "$work/said" | awk '/^[12] / { printf "%s ", $2 }'
}
says "with colons" "GOOD BAD" judged '1: c\n2: b'
says "a letter alone" "GOOD BAD" judged '1: c\n2 b'
says "Question" "GOOD BAD" judged 'Question 1: c\nquestion 2: b'
says "Q" "GOOD BAD" judged 'Q1: c\nQ2. b'
says "in Chinese" "GOOD BAD" judged '第1题：c\n第 2 题 b'
says "in Chinese, another word" "GOOD BAD" judged '问题 1：c\n问题2 b'
says "none of the first" "MISSING BAD" judged '1:\n2 b'
says "a text that goes on" "BAD MISSING" judged '1: the reason is\nthat 2 phones ring'
finish
