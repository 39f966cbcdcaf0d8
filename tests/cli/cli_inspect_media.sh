# rung inspect for media: a verdict for each call, with its record; what may help
# against one-way audio, and that it does.
. tests/fixtures/check.sh
export RUNG

cat > "$work/nat.gv" <<'GV'
graph {
	alice [role=ua, addr="10.0.0.7", outbound=sbc, media=true, dtmf=events,
	       codecs="PCMU telephone-event"]
	nat   [role=nat, faces="inside=10.0.0.1 outside=198.51.100.1"]
	net   [role=""]
	sbc   [role=sbc, addr="192.0.2.1", latching=false]
	bob   [role=ua, addr="192.0.2.20", outbound=sbc, media=true,
	       codecs="PCMU telephone-event"]
	alice -- nat:inside
	nat:outside -- net
	net -- { sbc bob }
}
GV
cat > "$work/lab.lua" <<'LUA'
lab { title = "t", topology = "nat.gv", duration = "40s" }
script(function()
	local call = node("alice"):invite "sip:bob@192.0.2.20"
	wait(call, "confirmed", "10s")
	sleep "2s"
	call:dtmf "15#"
	sleep "2s"
	call:bye()
end)
LUA
inspected() { # SET…
	"$RUNG" run -q --set=bob.answer=1s "$@" -o "$work/t.jsonl" "$work/lab.lua"
	"$RUNG" inspect -f json "$work/t.jsonl" > "$work/t.json"
}
expect() { # WHAT JQ WANTED
	seen=$(jq -r "$2" "$work/t.json")
	if [ "$seen" = "$3" ]; then good
	else bad "$1" "$seen instead of $3"; fi
}

inspected
expect "alice hears nothing" '[.media[] | select(.heard | not)] | length' 1
expect "why" '.media[] | select(.heard | not) | .text' \
	"alice hears no audio: what sbc sends to 10.0.0.7:49170 does not arrive, for that is an address of a private network; alice dials 15#"
expect "bob hears" '.media[] | select(.heard) | .text | sub(", MOS.*"; "")' \
	"bob hears PCMU"
expect "whose fault" '[.findings[] | select(.area == "media") | .rule + " " + .node] |
	sort | join(", ")' "media-heard alice, media-private alice"
seq=$(jq -r '.media[] | select(.heard | not) | .seq' "$work/t.json")
says "its record" "RTP PCMU/8000" "$RUNG" show "$work/t.jsonl" "$seq"
set=$(jq -r '.media[] | select(.heard | not) | .node + "." + .set' "$work/t.json")
says "as text" "to be tried: --set \"$set\"" "$RUNG" inspect "$work/t.jsonl"
says "on a page" "$set" sh -c '"$RUNG" inspect -f html "$0" | grep tried' "$work/t.jsonl"

inspected "--set=$set"
expect "$set helps" '[.media[] | select(.heard | not)] | length' 0
expect "and nothing is broken" \
	'[.findings[] | select(.area == "media")] | length' 0
inspected "--set=$set" --set=bob.sound=silence
expect "silence" '[.findings[] | select(.rule == "media-silence") | .node] | join(" ")' \
	bob

# Who says something after silence is not silent, its digits may come by INFO;
# what is heard before the answer is of the call, too.
told() { # WANTED SET… LAB
	wanted=$1
	shift
	"$RUNG" run -q "$@" -o "$work/t.jsonl"
	"$RUNG" inspect -f json "$work/t.jsonl" > "$work/t.json"
	expect "$*" '[.media[] | .text, if .set then .node + "." + .set else empty end] |
		join("; ") | gsub(", MOS [0-9.]*| [(]#[0-9]*[)]"; "")' "$wanted"
}
told "ivr hears PCMU; alice hears PCMU; alice dials 1 by INFO; alice hears no audio: sales sends nothing; sales.media=true; ivr hears no audio: carol sends nothing; carol dials 2 by INFO; carol.media=true" \
	--set=alice.media=true --set=ivr.media=true labs/voice-menu
told "bob hears PCMU; alice hears PCMU" \
	--set=alice.media=true --set=bob.media=true labs/reliable-provisional

# No way: nobody sends, and that is told.
told "alice hears no audio: no TCP connection for it has come about; bob hears no audio: no TCP connection for it has come about" \
	--set=alice.media_transport=tcp --set=bob.media_transport=tcp "$work/lab.lua"

# A box passes on, and hears nothing; what was sealed with another key has come.
cp topologies/direct-call.gv topologies/sbc.gv "$work"
cat > "$work/key.lua" <<'LUA'
lab { title = "t", topology = "direct-call.gv", duration = "9s" }
fault { status = 200, cseq = "INVITE", src = "bob", nth = 1,
	rewrite = function(t) return (t:gsub("inline:(.)(.)", "inline:%2%1", 1)) end }
script(function()
	local call = node("alice"):invite "sip:bob@192.0.2.3"
	wait(call, "confirmed", "10s")
	sleep "2s"
	call:reinvite()
	sleep "2s"
	call:bye()
end)
LUA
told "bob hears PCMU; alice hears PCMU, and cannot open 101 packets" \
	--set=alice.media=true --set=alice.srtp=require \
	--set=bob.media=true --set=bob.srtp=require "$work/key.lua"
sed -e 's/direct-call/sbc/' -e 's/192.0.2.3/192.0.2.20/' "$work/key.lua" > "$work/box.lua"
told "alice hears no audio: bob sends nothing; bob.media=true" \
	--set=alice.media=true "$work/box.lua"

# Who crashes: that nothing comes any more was meant.
sed 's/fault.*/--[[/; s/end }/]]/; s/call:reinvite/node("bob"):crash/' "$work/key.lua" \
	> "$work/crash.lua"
told "bob hears PCMU, until it crashed; alice hears PCMU, until bob crashed" \
	--set=alice.media=true --set=bob.media=true "$work/crash.lua"
expect "whose fault" '[.findings[] | select(.area == "media") | .rule, .meant > 0] | map(tostring) |
	join(" ")' "media-heard true"
sed -e 's/direct-call/sbc/; s/192.0.2.3/192.0.2.20/; s/"bob"):crash/"sbc"):crash/' \
	"$work/crash.lua" > "$work/boxes.lua"
told "alice hears PCMU, until sbc crashed; bob hears PCMU, until sbc crashed" \
	--set=alice.media=true --set=bob.media=true "$work/boxes.lua"

# A box that begins anew gives its calls the same names again.
cat > "$work/anew.lua" <<'LUA'
lab { title = "t", topology = "sbc.gv", duration = "20s" }
script(function()
	for _ = 1, 2 do
		local call = node("alice"):invite "sip:bob@192.0.2.20"
		wait(call, "confirmed", "10s")
		sleep "2s"
		call:bye()
		sleep "1s"
		node("sbc"):crash()
		node("sbc"):restart()
	end
end)
LUA
told "bob hears no audio: alice sends nothing; alice.media=true; bob hears no audio: alice sends nothing; alice.media=true" \
	--set=bob.media=true "$work/anew.lua"

# RTP over TCP in a capture is that of the run.
told_of() {
	grep '"op":"stop","call"' "$1" | grep -o '"packets":[0-9]*' | sort
	grep -c '"op":"report"' "$1"
}
"$RUNG" run -q --set=alice.media=true --set=bob.media=true --set=alice.media_transport=tcp \
	--set=bob.media_transport=tcp --set=alice.rtcp_mux=true --set=bob.rtcp_mux=true \
	-o "$work/t.jsonl" "$work/key.lua"
"$RUNG" export -f pcapng "$work/t.jsonl" -o "$work/t.pcapng"
"$RUNG" import "$work/t.pcapng" -o "$work/seen.jsonl"
sent=$(told_of "$work/t.jsonl") seen=$(told_of "$work/seen.jsonl")
if [ "$seen" = "$sent" ] && [ "${sent#*packets}" != "$sent" ]; then good
else bad "over TCP" "$seen instead of $sent"; fi
"$RUNG" inspect -f json "$work/t.pcapng" > "$work/t.json"
expect "both hear over TCP" '.media[].text | gsub(", MOS [0-9.]*"; "")' \
	"192.0.2.3 is sent PCMU; its reports say 0 % lost; 192.0.2.1 is sent PCMU; its reports say 0 % lost"

# Digits as tones, some of which are lost; events come all the same.
trace_of labs/dtmf-ways protocol "$work/t.jsonl"
"$RUNG" inspect -f json "$work/t.jsonl" > "$work/t.json"
expect "digits in band" '[.media[] | .text | capture("; (?<d>tom dials.*)").d] | join(" ")' \
	"tom dials 1234567890 in band, of which 1245680 is heard"
expect "digits by INFO" '[.media[] | .text | capture("; (?<d>ines dials.*)").d] | join(" ")' \
	"ines dials 12345678909 by INFO, of which 1234567890 is heard"
expect "digits as events" '[.media[] | .text | capture("; (?<d>eve dials.*)").d] | join(" ")' \
	"eve dials 1234567890"

# A phone that goes on at another address, and a run that ends during the call.
mkdir "$work/moves"
cat > "$work/moves/t.gv" <<'GV'
graph {
	alice [role=ua, media=true]
	bob   [role=ua, media=true, answer="100ms"]
	alice -- bob [delay="10ms"]
}
GV
cat > "$work/moves/lab.lua" <<'LUA'
lab { title = "t", topology = "t.gv", duration = "9500ms" }
script(function()
	local call = node("alice"):invite "bob"
	wait(call, "confirmed", "10s")
	sleep "4s"
	node("alice"):set { addr = "10.9.9.9" }
	call:reinvite()
end)
LUA
"$RUNG" run -q "$work/moves" -o "$work/t.jsonl"
"$RUNG" inspect -f json "$work/t.jsonl" > "$work/t.json"
expect "both hear to the end" '.media[] | .text | gsub(", MOS [0-9.]*"; "")' \
	"bob hears PCMU; alice hears PCMU"
expect "nothing is amiss with it" \
	'[.findings[] | select(.area == "media")] | length' 0
flows=$(grep -c '"op":"flow".*"10.9.9.9:49170"' "$work/t.jsonl")
if [ "$flows" = 1 ]; then good; else bad "a stream of its own" "$flows"; fi

# A lab with four calls in which somebody hears nothing; three of the four are
# mistakes.
trace_of labs/one-way-audio protocol "$work/t.jsonl"
"$RUNG" inspect -f json "$work/t.jsonl" > "$work/t.json"
"$RUNG" export -f pcapng --node=home "$work/t.jsonl" -o "$work/home.pcapng"
expect "who hears nothing" '[.findings[] | select(.rule == "media-heard") | .node] |
	join(" ")' "alice erin hugo"
expect "who wants nothing" '[.media[] | select(.text | contains("wants no more")) |
	.text | split(";")[1] | split(" ")[1]] | join(" ")' carol
set=$(jq -r '.media[] | select(.set) | .node + "." + .set' "$work/t.json")
says "it is tried" "tried: with --set \"$set\" all hear" "$RUNG" inspect labs/one-way-audio
"$RUNG" run -q "--set=$set" labs/one-way-audio -o "$work/t.jsonl"
"$RUNG" inspect -f json "$work/t.jsonl" > "$work/t.json"
expect "$set helps" '[.findings[] | select(.rule == "media-heard") | .node] |
	join(" ")' "erin hugo"

# On both sides of a NAT: what it passes on is one stream, and is heard once.
"$RUNG" inspect -f json "$work/home.pcapng" > "$work/t.json"
expect "no SSRC collides" '[.findings[] | select(.rule == "media-ssrc")] | length' 0
seen=$("$RUNG" import "$work/home.pcapng" | jq -r 'select(.op == "heard" or .from and .op == "stop") |
	.op + " " + .peer + " " + (.from // "")' | tr '\n' ';')
wanted="stop 192.0.2.30:49170 192.168.1.20:49170;heard 203.0.113.7:49170 ;"
if [ "$seen" = "$wanted" ]; then good; else bad "heard behind a NAT" "$seen"; fi

# A codec that changes makes another source, as in a run; also behind the NAT.
cat > "$work/change.lua" <<'LUA'
lab { title = "t", topology = "nat.gv", duration = "20s" }
script(function()
	local call = node("alice"):invite "sip:bob@192.0.2.20"
	wait(call, "confirmed", "10s")
	sleep "1s"
	node("alice"):set { codecs = "PCMA" }
	call:reinvite()
	sleep "2s"
	call:bye()
end)
LUA
"$RUNG" run -q --set=bob.answer=0s --set=sbc.latching=true --set=alice.codecs=PCMU \
	--set=bob.codecs="PCMU PCMA" -o "$work/t.jsonl" "$work/change.lua"
"$RUNG" export -f pcapng "$work/t.jsonl" -o "$work/t.pcapng"
"$RUNG" inspect -f json "$work/t.pcapng" > "$work/t.json"
expect "no SSRC collides as another codec" \
	'[.findings[] | select(.area == "media") | .rule] | join(" ")' ""
sent=$(jq -r 'select(.node == "bob" and (.op == "hear" or .op == "heard")) |
	.op + " " + .codec' "$work/t.jsonl")
seen=$("$RUNG" import "$work/t.pcapng" | jq -r 'select(.node == "192.0.2.20" and
	(.op == "hear" or .op == "heard")) | .op + " " + .codec')
if [ "$seen" = "$sent" ] && [ "${seen#*PCMA}" != "$seen" ]; then good
else bad "heard as another codec" "$seen instead of $sent"; fi
seen=$("$RUNG" explain "$work/t.pcapng" --hear=192.0.2.20 | grep -c "^ .*has a call, and the")
# Before it begins, and as it has ended.
if [ "$seen" = 2 ]; then good; else bad "heard without a break" "$seen"; fi
"$RUNG" export --hear bob "$work/t.jsonl" -o "$work/t.wav"
"$RUNG" export --hear 192.0.2.20 "$work/t.pcapng" -o "$work/seen.wav"
ok   "and sounds the same" cmp "$work/t.wav" "$work/seen.wav"

finish
