# A full-width mark has its blank within it: none stands behind it in what is
# told of answers, in Chinese.
. tests/fixtures/check.sh

told=0
clean() { # WHAT FILE
	told=$((told + $(grep -c '。' "$2")))
	if grep -n '[。：，；、？！] [^ ┄]' "$2" > "$work/.output"; then
		bad "$1" "a blank behind a mark that has one"
	else
		good
	fi
}
for lab in direct-call two-proxies busy crash dtmf; do
	"$RUNG" --lang=zh check --teacher $lab --student=7 |
		sed '/^# /,$d' > "$work/keys"
	clean "$lab's keys" "$work/keys"
	for ending in md gift; do
		"$RUNG" --lang=zh worksheet $lab --teacher \
			-o "$work/sheet.$ending" 2> "$work/.output" ||
			"$RUNG" --lang=zh worksheet $lab \
				-o "$work/sheet.$ending" 2> "$work/.output"
		clean "$lab's sheet.$ending" "$work/sheet.$ending"
	done
done
if [ $told -gt 100 ]; then good; else bad "what was told" "$told lines"; fi
"$RUNG" check --teacher direct-call > "$work/keys"
ok "in English there is one" grep -q '\. Record' "$work/keys"
finish
