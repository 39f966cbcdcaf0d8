# Handsets on the command line: firmware that is none is one sentence and status
# 2; a trace run again, and with an act, gives the same bytes twice.
. tests/fixtures/check.sh
t=$work/net
mkdir "$t"

# lab FIRMWARE: a network whose phone runs it.
lab() {
	printf 'graph g {\n phone [role=handset, firmware="%s"]\n bob [role=ua]\n phone -- bob\n}\n' \
		"$1" > "$t/net.gv"
}

# refuses FIRMWARE SENTENCE
refuses() {
	lab "$1"
	timeout "$patience" "$RUNG" run "$t/net.gv" > "$work/out" 2> "$work/.output" \
		< /dev/null
	set -- "$1" "$2" $?
	if [ "$3" != 2 ]; then
		bad "firmware $1" "status $3 instead of 2"
	elif ! grep -qF -- "$2" "$work/.output"; then
		bad "firmware $1" "does not say: $2"
	elif [ "$(wc -l < "$work/.output")" != 1 ] || [ -s "$work/out" ]; then
		bad "firmware $1" "more than one line"
	else
		good
	fi
}

echo "int main(void);" > "$t/main.c"
: > "$t/empty"
head -c 60 assets/handset/handset.elf > "$t/cut"
head -c 300000 assets/handset/handset.elf > "$t/half"
truncate -s 17M "$t/large"
cp "$RUNG" "$t/rung"
mkdir "$t/folder"
refuses main.c "node phone can't start: the firmware is no ELF file"
refuses empty 'the firmware “empty”: is empty'
refuses cut "the firmware's list of segments is cut short"
refuses half "goes past the end of the file"
refuses large 'the firmware “large” is longer than 16 MB'
refuses rung "the firmware"
refuses folder 'the firmware “folder”:'
refuses gone 'the firmware “gone”: No such file or directory'
refuses ../net/main.c "must lie beside the topology or below"
refuses "$t/main.c" "must lie beside the topology or below"

# rung's own, as a file: it runs, and so does its trace, from beside it.
cp assets/handset/handset.elf "$t/own.elf"
lab own.elf
ok "an own image" "$RUNG" run -q "$t/net.gv" -o "$t/one.jsonl"
ok "its trace again" "$RUNG" run -q "$t/one.jsonl" -o "$t/two.jsonl"
ok "the same bytes" cmp "$t/one.jsonl" "$t/two.jsonl"
printf x >> "$t/own.elf"
fails "another image" 2 "$RUNG" run -q "$t/one.jsonl" -o "$t/two.jsonl"

# A lab, its trace, and both with a key that somebody presses.
for act in "" "--act=120:phone.press:keys={end}{soft1}"; do
	for input in labs/handset-call "$t/call.jsonl"; do
		ok "$input $act" "$RUNG" run -q "$input" $act -o "$t/new.jsonl"
		[ -f "$t/call.jsonl" ] || cp "$t/new.jsonl" "$t/call.jsonl"
		[ "$input" = labs/handset-call ] || continue
		cp "$t/new.jsonl" "$t/first.jsonl"
	done
	ok "again $act" cmp "$t/first.jsonl" "$t/new.jsonl"
done
ok "keys are told" sh -c 'grep -c "\"what\":\"key\",\"text\":\"soft1\"" "$0"' \
	"$t/new.jsonl"
fails "no key" 2 "$RUNG" run -q labs/handset-call \
	"--act=120:phone.press:keys=x" -o "$t/new.jsonl"

# Its program sends by its keys; a script can't.
cat > "$t/send.lua" <<'END'
lab { topology = "handset.gv" }
script(function()
	node("phone"):send { method = "OPTIONS", uri = "sip:1001@example.com" }
end)
END
says "no send" "what its own program makes" \
	"$RUNG" run -q "$t/send.lua"
# With media it speaks into its microphone, and hears: as records have it, and as
# sound.
ok "it talks" "$RUNG" run -q labs/handset-call --set phone.media=true \
	--set bob.media=true --until=5s -o "$t/talk.jsonl"
says "who hears whom" "bob   ◀═══ phone PCMU" "$RUNG" show "$t/talk.jsonl" --at=5s
says "both ways" "phone ◀═══ bob   PCMU" "$RUNG" show "$t/talk.jsonl" --at=5s
"$RUNG" export -f wav --hear=bob --from=4s "$t/talk.jsonl" -o "$t/heard.wav" \
	2> /dev/null
ok "its speech" test "$(od -An -v -t x1 "$t/heard.wav" | tr ' ' '\n' |
	sort -u | wc -l)" -gt 100
"$RUNG" run -q labs/handset-call --set phone.media=true --set phone.sound=silence \
	--set bob.media=true --until=5s -o "$t/quiet.jsonl"
says "its silence" "bob hears the silence of phone" \
	"$RUNG" show "$t/quiet.jsonl" --at=5s
finish
