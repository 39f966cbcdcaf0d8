# Sound of who has no user: a voice menu plays, a voice mail beeps and keeps what
# it has heard; both take digits that come by INFO, as telephone events and in
# band.
. tests/fixtures/check.sh

t=$work/t.jsonl
expect() { # WHAT IS SEEN WANTED
	if [ "$2" = "$3" ]; then good
	else bad "$1" "$2 instead of $3"; fi
}
media() { # NODE WORDS
	grep '"kind":"media"' "$t" | grep "\"node\":\"$1\"" | grep -c "$2"
}

mkdir "$work/lab"
cp topologies/menu.gv topologies/menu.lua topologies/voicemail.gv "$work/lab"
cat > "$work/lab/menu-lab.lua" <<'LUA'
lab { title = "t", topology = "menu.gv", duration = "20s" }
script(function()
	local call = node("alice"):invite "sip:help@biloxi.example.com"
	wait(call, "confirmed", "10s")
	sleep "2s"
	call:dtmf "3"
	sleep "9s"
	call:bye()
end)
LUA
cat > "$work/lab/mail-lab.lua" <<'LUA'
lab { title = "t", topology = "voicemail.gv", duration = "40s" }
script(function()
	local call = node("alice"):invite "sip:bob@biloxi.example.com"
	wait(call, "confirmed", "20s")
	sleep "6s"
	call:dtmf "#"
	sleep "5s"
end)
LUA

for way in info events in-band; do
	"$RUNG" run -q -o "$t" --set=alice.media=true --set=ivr.media=true \
		--set=alice.dtmf=$way --set=alice.sound=silence \
		--set="alice.codecs=PCMU telephone-event" \
		--set="ivr.codecs=PCMU telephone-event" "$work/lab/menu-lab.lua"
	expect "$way: the menu plays, and stops" \
		"$(media ivr '"op":"say".*"prompt"\|"op":"flow".*"prompt"') $(media ivr '"op":"say".*"silence"')" "3 3"
	expect "$way: and takes the digit" \
		"$(grep -c '"from nine to five"' "$t")" 1
	"$RUNG" run -q -o "$t" --set=alice.media=true --set=vm.media=true \
		--set=alice.dtmf=$way \
		--set="alice.codecs=PCMU telephone-event" \
		--set="vm.codecs=PCMU telephone-event" "$work/lab/mail-lab.lua"
	expect "$way: voice mail beeps" "$(media vm '"beep"')" 1
	expect "$way: and hangs up by #" \
		"$(grep -c '"node":"vm","kind":"act".*"verb":"bye"' "$t") $(grep -c 'a message of 6 s for' "$t")" "1 1"
done

# What is not heard is no message.
"$RUNG" run -q -o "$t" --set=vm.media=true "$work/lab/mail-lab.lua"
expect "nothing is heard" "$(grep -c 'nothing was said for' "$t")" 1
says "what Alice hears" "the sound begins" "$RUNG" export -f wav --hear alice \
	--set=alice.media=true --set=vm.media=true "$work/lab/mail-lab.lua" -o "$work/a.wav"
finish
