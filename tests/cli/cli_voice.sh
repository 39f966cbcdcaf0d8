# sound=FILE.wav: a phone says what is in a file, at whatever rate it is; a file
# that is none is refused; a trace has it with it.
. tests/fixtures/check.sh
cp topologies/direct-call.gv "$work/net.gv"
set -- --set alice.media=true --set bob.media=true
size() { wc -c < "$1" | tr -d ' '; }
samples() { tail -c +$((45 + 2 * $2)) "$1" | head -c $((2 * $3)); }

"$RUNG" export --say alice --from=4s --to=6s "$work/net.gv" "$@" \
	--set alice.sound=tone -o "$work/voice.wav" 2> /dev/null
"$RUNG" run -q "$work/net.gv" "$@" --set alice.sound=voice.wav \
	-o "$work/run.jsonl"
ok   "the record names the file" \
	grep -q '"sound":"voice.wav"' "$work/run.jsonl"
"$RUNG" export --say alice "$work/run.jsonl" -o "$work/said.wav" 2> /dev/null
samples "$work/voice.wav" 0 15000 > "$work/one"
samples "$work/said.wav" 0 15000 > "$work/two"
ok   "what is said is what is in the file" cmp "$work/one" "$work/two"
# After a second's pause again.
samples "$work/said.wav" 24000 15000 > "$work/two"
ok   "and again" cmp "$work/one" "$work/two"

# The same samples said to be 16,000 a second last half as long.
{
	head -c 24 "$work/voice.wav"
	printf '\200\076\000\000\000\175\000\000'
	tail -c +33 "$work/voice.wav"
} > "$work/fast.wav"
"$RUNG" export --say alice "$work/net.gv" "$@" --set alice.sound=fast.wav \
	-o "$work/said.wav" 2> /dev/null
samples "$work/said.wav" 8000 8000 > "$work/two"
ok   "half as long" [ "$(tr -d '\000' < "$work/two" | size /dev/stdin)" = 0 ]
samples "$work/said.wav" 0 8000 > "$work/two"
ok   "but no silence" \
	[ "$(tr -d '\000' < "$work/two" | size /dev/stdin)" -gt 8000 ]

# A trace is run again without the file.
cp "$work/run.jsonl" "$work/first.jsonl"
rm "$work/voice.wav"
ok   "again" "$RUNG" run -q "$work/first.jsonl" -o "$work/again.jsonl"
ok   "the same" cmp "$work/first.jsonl" "$work/again.jsonl"

# ---- what is no voice ----
refused() { # NAME SENTENCE FILE
	says "$1" "$2" "$RUNG" run -q "$work/net.gv" \
		--set alice.media=true --set "alice.sound=$3" -o "$work/x.jsonl"
}
refused "a missing file" "there is no sound “voice.wav”" voice.wav
refused "one elsewhere" "must lie beside the script" ../voice.wav
echo hello > "$work/text.wav"
refused "a text" "this is no WAV file" text.wav
head -c 44 "$work/fast.wav" > "$work/empty.wav"
refused "no samples" "the WAV file is cut off" empty.wav
truncate -s 17M "$work/huge.wav"
refused "a huge one" "huge.wav" huge.wav
refused "another word" "expected speech, tone, silence or a file" speach

# RFC 3264 5.1, 8: who offers to hear again does so before the answer has come.
cat > "$work/resume.gv" <<'GV'
graph {
	alice [role=ua, addr="192.0.2.1", media=true]
	bob   [role=ua, addr="192.0.2.3", media=true, answer="100ms"]
	alice -- bob [delay="2ms"]
}
GV
cat > "$work/resume.lua" <<'LUA'
lab { title = "t", topology = "resume.gv", duration = "10s" }
fault { status = 200, cseq = "INVITE", src = "bob", nth = 3, drop = true }
script(function()
	local call = node("alice"):invite "sip:bob@192.0.2.3"
	wait(call, "confirmed", "5s")
	call:hold()
	sleep "1s"
	call:resume()
	sleep "2s"
	call:bye()
end)
LUA
"$RUNG" run -q "$work/resume.lua" -o "$work/resume.jsonl"
of_alice() {
	grep '"node":"alice","kind":"media"' "$work/resume.jsonl" |
		grep -n "\"op\":\"$1\"" | tail -1 | cut -d : -f 1
}
ok   "what comes before the answer to an offer is heard" \
	[ "$(of_alice hear)" -lt "$(of_alice agree)" ]
finish
