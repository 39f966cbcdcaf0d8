# Who hears whom, and why somebody hears nothing: rung show --at, rung explain --hear.
. tests/fixtures/check.sh
t=$work/t.jsonl
call=topologies/direct-call.gv
media="--set alice.media=true --set bob.media=true"

run() { # TOPOLOGY SETTINGS …
	"$RUNG" run -q "$@" -o "$t"
}

run $call $media
says "a row for each" "bob   ◀═══ alice PCMU  " "$RUNG" show "$t" --at=5s
"$RUNG" show "$t" --at=5s > "$work/at"
fails "what is folded is there" 1 grep "no packets in this trace" "$work/at"
says "how it comes" "alice → bob        148       0       0     0.0    60.0" "$RUNG" show "$t" --at=7.9s
says "before the answer" "no answer to the offer" "$RUNG" show "$t" --at=2s
says "after the call" "Nobody has a call" "$RUNG" show "$t" --at=9s
says "the stretches" "3.050 s  bob hears alice" "$RUNG" explain "$t" --hear=bob
says "the first packet" "alice begins to send to 192.0.2.3:49170; nothing of it has come to bob yet." \
	"$RUNG" explain "$t" --hear=bob --at=3.045s
says "the offer" "SDP offer #10" "$RUNG" explain "$t" --hear=bob
says "the answer" "SDP answer #32" "$RUNG" explain "$t" --hear=bob --at=5s
says "what was said" "sendrecv, 192.0.2.3:49170" "$RUNG" explain "$t" --hear=bob --at=5s
says "the rule" "RFC 3264 6" "$RUNG" explain "$t" --hear=bob --at=3.015s
says "the call is over" "no call, or no more" "$RUNG" explain "$t" --hear=bob --at=9s
says "in Chinese" "bob 听到 alice" "$RUNG" --lang=zh explain "$t" --hear=bob
fails "--at alone" 2 "$RUNG" explain "$t" --at=5s
fails "nobody of that name" 2 "$RUNG" explain "$t" --hear=zoe

run $call $media --set alice.sound=silence
says "silence" "hears the silence of alice" "$RUNG" explain "$t" --hear=bob --at=5s
run $call --set alice.media=true
says "no media there" "bob runs no media" "$RUNG" explain "$t" --hear=bob
says "nothing sent" "bob has agreed, and runs no media" "$RUNG" explain "$t" --hear=alice
# Over TCP who opens the connection waits at no port: 9 stands for none.
run $call $media --set alice.media_transport=tcp --set bob.media_transport=tcp
"$RUNG" explain "$t" --hear=alice > "$work/all"
"$RUNG" explain "$t" --hear=bob >> "$work/all"
says "over TCP" "bob hears alice." cat "$work/all"
fails "the port of no connection" 1 grep "waits at .*:9\.$" "$work/all"
run $call $media --set alice.codecs=PCMU --set bob.codecs=G729
says "no codec" "488" "$RUNG" explain "$t" --hear=bob
run $call $media --set bob.buffer=0s --set jitter=30ms
says "too late" "bob hears little of alice" "$RUNG" explain "$t" --hear=bob --at=7.5s
says "is what is asked about" "What led to this at bob at 6." "$RUNG" explain "$t" --hear=bob

# Before the answer whatever comes is heard, of each phone that rings.
run early-media-two-phones
says "early media of two phones" "alice  ◀═══ desk   PCMU" "$RUNG" show "$t" --at=3s
says "before the answer they are heard" "1.080 s  alice hears desk before the answer: early media." \
	"$RUNG" explain "$t" --hear=alice
says "whose answer it is" "5.080 s  alice hears" "$RUNG" explain "$t" --hear=alice
"$RUNG" explain "$t" --hear=alice > "$work/all"
fails "a moment is told once" 1 grep "alice hears.* desk\.$" "$work/all"

# A speaker with two calls: what it has agreed upon in the other one tells nothing.
run rfc5359-2.5 $media --set carol.media=true
"$RUNG" explain "$t" --hear=carol > "$work/all"
says "the other call of the speaker" "Nothing is agreed yet for alice" cat "$work/all"
"$RUNG" explain "$t" --hear=bob > "$work/held"
ok "of two that are held it is told which" grep "^ *says sendonly. (carol/1 → bob/2)$" "$work/held"
fails "its direction" 1 grep -e recvonly -e "which is alice" "$work/all"

# Strips: of what was sent, what came; early media and video drawn otherwise.
run $call $media --set loss=3% --set bob.progress=183
sent=$(grep '"op":"stop"' "$t" | grep '"node":"alice"' | sed 's/.*"packets":\([0-9]*\).*/\1/')
came=$(grep '"op":"heard"' "$t" | grep '"node":"bob"' | sed 's/.*"packets":\([0-9]*\).*/\1/')
says "what came of what was sent" "RTP PCMU ×$came of $sent" "$RUNG" show "$t" --ladder
says "early media" "╍╍ early media" "$RUNG" show "$t" --ladder
says "in ASCII" '""""' "$RUNG" show --ascii "$t" --ladder
says "as JSON" '"stream":"early"' "$RUNG" export "$t" -f json
says "in a picture" "Yellow bands" "$RUNG" export "$t" -f svg
says "what was early is not after the answer" '#f2f9f4' "$RUNG" export "$t" -f svg --time=true
says "how good, as a plot" "bob ← alice" "$RUNG" export --what=media "$t"
fails "no such plot" 2 "$RUNG" export --what=media -f gv "$t"
"$RUNG" export -f html "$t" -o "$work/page.html"
says "the plot in a page" 'img alt="How good it sounds" src="data:' cat "$work/page.html"
says "who hears whom in a page" "bob hears alice." cat "$work/page.html"
run $call $media --set "alice.streams=audio video" --set "bob.streams=audio video"
says "video" "━━ video" "$RUNG" show "$t" --ladder
says "video in a picture" "Violet bands" "$RUNG" export "$t" -f svg

# Of a capture its streams, though nothing tells what was agreed.
run $call $media
"$RUNG" export -f pcapng "$t" -o "$work/c.pcapng"
says "a capture" "192.0.2.3 is sent PCMU by 192.0.2.1" "$RUNG" explain "$work/c.pcapng" --hear=192.0.2.3
says "a capture's moment" "◀═══" "$RUNG" show "$work/c.pcapng" --at=5s

# Who was down sends nothing after its restart; of two calls it is said which.
mkdir "$work/lab"
cat > "$work/lab/lab.lua" <<LUA
lab { title = "t", topology = "direct-call.gv", duration = "12s" }
script(function()
	local bob = node "bob"
	for _ = 1, 2 do
		wait(node("alice"):invite "sip:bob@192.0.2.3", "confirmed", "9s")
		sleep "1s"
		if bob then bob:crash() sleep "1s" bob:restart() sleep "1s" bob = nil end
	end
end)
LUA
run "$work/lab" $media
"$RUNG" explain "$t" --hear=alice > "$work/all"
says "who is down" "3.020 s  Nothing comes from bob any more, which has not said so." cat "$work/all"
fails "heard after its restart" 1 grep "5.020 s  alice hears" "$work/all"
says "the old call" "7.060 s  Nothing comes from bob any more, which has not said so. (alice/1)" cat "$work/all"
ok "the new call" grep "^              alice hears bob. (bob/1 → alice/2)$" "$work/all"
says "of both" "PCMU  MOS 4.37 (bob/1 → alice/2)" "$RUNG" show "$t" --at=11.9s
says "by which record it has stopped" "bob crashes" "$RUNG" explain "$t" --hear=alice --at=4.5s
says "in a page" "has not said so. (alice/1)" "$RUNG" export -f html "$t" -o -
says "what no record counts" "RTP PCMU ×… " "$RUNG" show "$t" --ladder
# Behind a box is who speaks, and the box passes nothing on while that holds.
cat > "$work/lab/lab.lua" <<LUA
lab { title = "t", topology = "sbc.gv", duration = "9s" }
script(function()
	local call = node("alice"):invite "sip:bob@192.0.2.20"
	wait(call, "confirmed", "9s")
	sleep "1s"
	call:hold()
	sleep "2s"
	call:resume()
	sleep "1s"
	node("sbc"):crash()
	sleep "2s"
	call:bye()
	sleep "2s"
end)
LUA
sed -i 's/9s/20s/' "$work/lab/lab.lua"
run "$work/lab" $media
"$RUNG" explain "$t" --hear=alice > "$work/all"
says "the box is down" "6.040 s  bob goes on sending, and nothing of it comes to alice: sbc is" cat "$work/all"
says "who holds behind a box" "3.060 s  alice hears nothing because it wants nothing" cat "$work/all"
fails "the box" 1 grep "hears sbc" "$work/all"
says "who spoke there" "bob → alice  " "$RUNG" show "$t" --at=8s
says "in a plot" "alice ← bob" "$RUNG" export --what=media "$t"

# A box that tells alice anew whose answer it was: who answers speaks on, who is
# cancelled has ended the call, and so has who hangs up, on either side.
cat > "$work/lab/fork.gv" <<'GV'
graph {
	edge  [delay="5ms"]
	node  [srtp=offer, media=true]
	alice [role=ua, outbound=sbc, addr="10.0.0.7"]
	sbc   [role=sbc, faces="inside=10.0.0.1 outside=192.0.2.1"]
	px    [role="proxy registrar location", domain="example.com", addr="192.0.2.5"]
	desk  [role=ua, aor="sip:bob@example.com", registered=true, progress="183", answer=never, addr="192.0.2.20"]
	mobile [role=ua, aor="sip:bob@example.com", registered=true, progress="183", answer="1s", addr="192.0.2.21"]
	lan   [role=""]
	alice -- sbc:inside
	sbc:outside -- lan
	lan -- { px desk mobile }
}
GV
cat > "$work/lab/lab.lua" <<'LUA'
lab { title = "t", topology = "fork.gv", duration = "9s" }
script(function()
	local call = node("alice"):invite "sip:bob@example.com"
	wait(call, "confirmed", "9s")
	sleep "1s"
	call:hold()
	sleep "1s"
	call:bye()
end)
LUA
run "$work/lab"
"$RUNG" explain "$t" --hear=alice > "$work/all"
"$RUNG" explain "$t" --hear=mobile >> "$work/all"
says "who has answered is heard" "alice hears mobile." cat "$work/all"
says "who has hung up behind a box" "alice has ended the call" cat "$work/all"
says "which early media a box keeps to itself" "which is sbc; that passes nothing" cat "$work/all"
fails "somebody who is gone" 1 grep -e "has not said so" -e "can't open it" "$work/all"

cat > "$work/nat.gv" <<'GV'
graph {
	alice [role=ua, addr="10.0.0.7", outbound=proxy, media=true]
	nat   [role=nat, faces="inside=10.0.0.1 outside=198.51.100.1"]
	net   [role=""]
	proxy [role=proxy, addr="192.0.2.1"]
	bob   [role=ua, addr="192.0.2.20", outbound=proxy, media=true]
	alice -- nat:inside
	nat:outside -- net
	net -- { proxy bob }
}
GV
mv "$work/nat.gv" "$work/lab"
cat > "$work/lab/lab.lua" <<'LUA'
lab { title = "t", topology = "nat.gv", duration = "30s" }
script(function()
	local call = node("alice"):invite "sip:bob@192.0.2.20"
	wait(call, "confirmed", "10s")
	sleep "3s"
	call:hold()
	sleep "3s"
	call:resume()
	sleep "3s"
end)
LUA
run "$work/lab"
says "a private address" "bob sends to 10.0.0.7:49170, as it was told: a private address" \
	"$RUNG" explain "$t" --hear=alice
says "where it is lost" "Lost at nat: " "$RUNG" explain "$t" --hear=alice
says "the other way" "bob hears alice" "$RUNG" explain "$t" --hear=bob
says "who holds sends on" "bob hears alice" "$RUNG" explain "$t" --hear=bob --at=7s
says "who holds" "it wants nothing: its own" "$RUNG" explain "$t" --hear=alice --at=7s
# No way: over TCP bob opens nothing to a private address; by ICE no check comes through.
sed -i 's/call:hold()/sleep "20s"/; /resume/d' "$work/lab/lab.lua"
run "$work/lab" --set alice.media_transport=tcp --set bob.media_transport=tcp
for who in alice:bob bob:alice; do
	says "no connection" "22.025 s  ${who#*:} sends nothing: the TCP connection for it has not come" \
		"$RUNG" explain "$t" --hear=${who%:*}
done
says "why there is none" "no answer comes" "$RUNG" explain "$t" --hear=bob
sed 's/role=ua,/role=ua, media=true, ice=full,/' labs/nat-two/*.gv > "$work/lab/nat.gv"
cat > "$work/lab/lab.lua" <<'LUA'
lab { title = "t", topology = "nat.gv", duration = "50s" }
script(function()
	sleep "3s"
	node("bob"):invite "sip:carol@example.com"
end)
LUA
run "$work/lab"
says "no way" "43.580 s  bob sends nothing: by ICE there is no way" "$RUNG" explain "$t" --hear=carol
says "why there is none" "No ICE check of carol works" "$RUNG" explain "$t" --hear=bob
run $call $media --set bob.progress=183 --set bob.early_sound=music
says "its user from the 200 on" '{"op":"say","t":3010000000,"sound":"speech"}' \
	jq -c 'select(.op == "say") | {op, t, sound}' "$t"
# A link that is down is the reason, as long as it is; also where it lasts for
# longer than RTCP takes to tell.
cat > "$work/lab/lab.lua" <<'LUA'
lab { title = "t", topology = "sbc.gv", duration = "20s" }
script(function()
	local call = node("alice"):invite "sip:bob@192.0.2.20"
	wait(call, "confirmed", "9s")
	sleep "1s"
	link("sbc", "bob"):down()
	sleep "6s"
	link("sbc", "bob"):up()
	sleep "1s"
	call:bye()
end)
LUA
run "$work/lab" $media
"$RUNG" explain "$t" --hear=bob > "$work/all"
says "a link that is down" "3.040 s  alice goes on sending, and nothing of it comes to bob: the link" cat "$work/all"
says "up again" " 9.040 s  bob hears alice." cat "$work/all"
says "which decides it" "the link sbc--bob goes down, as the script says" cat "$work/all"
says "the same at a moment" "alice ◀┄╳┄ bob   PCMU" "$RUNG" show "$t" --at=8s
# Eight streams that have ended: all in the table; two that the plot leaves out.
trace_of labs/jitter-buffer protocol "$t"
says "all of them" "8" sh -c '"$RUNG" show "$0" --at=24s | grep -c "^MOS of"' "$t"
says "what is not drawn" "not drawn: 2 sources more" \
	"$RUNG" export --what=media -f svg "$t"
run $call $media --set duplicate=30%
says "what comes twice is no loss" "       0       0     0.0" "$RUNG" show "$t" --at=9s
# Two records of one NAT at one moment are told apart when the run is made again.
cat > "$work/lab/lab.lua" <<'LUA'
lab { title = "t", topology = "nat.gv", duration = "30s" }
script(function()
	local call = node("bob"):invite "sip:alice@192.0.2.1"
	sleep "1s"
	call:reinvite { remove = "video" }
	sleep "2s"
	call:mute()
	sleep "2s"
	call:unmute()
	sleep "1s"
	call:hold()
	sleep "2s"
	call:resume()
	sleep "1s"
	call:hold()
	sleep "2s"
end)
LUA
cat > "$work/lab/nat.gv" <<'GV'
graph {
	alice [role=ua, addr="192.0.2.1", answer="100ms", media=true, streams="audio video"]
	bob   [role=ua, addr="192.0.2.2", media=true, streams="audio video", hold_music=true]
	alice -- bob
}
GV
run "$work/lab"
"$RUNG" explain "$t" --hear=alice > "$work/all"
sed -n "/1.010 s/,\$p" "$work/all" > "$work/all.2"
says "video" "alice hears bob. (video)" cat "$work/all"
says "video that is taken out" "1.010 s  alice hears bob." cat "$work/all"
fails "is not told of any more" 1 grep "nothing yet. (video)$" "$work/all.2"
says "who is muted" "3.000 s  alice hears the silence of bob, which is muted." cat "$work/all"
says "who is not any more" "5.000 s  alice hears bob." cat "$work/all"
says "music on hold" "6.010 s  alice hears a melody from bob." cat "$work/all"
# In a capture the descriptions that stand say so, also where the stream goes on later.
"$RUNG" export -f pcapng "$t" -o "$work/c.pcapng"
"$RUNG" explain "$work/c.pcapng" --hear=192.0.2.2 > "$work/all"
says "held in a capture" " 6.005 s  192.0.2.2 hears nothing because it wants nothing" cat "$work/all"
says "and resumed" " 8.025 s  192.0.2.2 is sent PCMU by 192.0.2.1; its reports say 0 % lost." cat "$work/all"
says "by the last answer" "200 OK from 192.0.2.1 arrived at 192.0.2.2" cat "$work/all"
says "that stands" "recvonly, 192.0.2.1" cat "$work/all"
# What is added comes with the answer, also the second time.
cat > "$work/lab/lab.lua" <<'LUA'
lab { title = "t", topology = "nat.gv", duration = "30s" }
script(function()
	local call = node("bob"):invite "sip:alice@192.0.2.1"
	sleep "1s"
	for _ = 1, 2 do
		call:reinvite { remove = "video" }
		sleep "1s"
		call:reinvite { add = "video" }
		sleep "1s"
	end
	call:hold()
	sleep "1s"
end)
LUA
run "$work/lab"
COLUMNS=120 "$RUNG" explain "$t" --hear=alice > "$work/all"
says "added twice, and at the beginning" "3" grep -c "Nothing is agreed yet for bob: the answer has not come there. (video)" "$work/all"
says "which stream, and that it is over" "0.0    60.0  H264, ended at 1.0" "$RUNG" show "$t" --at=5.9s
fails "the end, and a melody that is seen" 1 grep -e "ended the call" -e "taken out" -e "melody.*video" "$work/all"
cat > "$work/lab/lab.lua" <<'LUA'
lab { title = "t", topology = "nat.gv", duration = "30s" }
script(function()
	local theirs
	node("alice"):on("invite", function(c) theirs = c; c:answer() end)
	local call = node("bob"):invite "sip:alice@192.0.2.1"
	sleep "2s"
	call:hold()
	sleep "1s"
	theirs:hold()
	sleep "1s"
	call:bye()
end)
LUA
run "$work/lab"
says "who holds first" "2.005 s  bob hears nothing because it wants nothing" "$RUNG" explain "$t" --hear=bob
says "both hold" "wants nothing: its own description says inactive." \
	"$RUNG" explain "$t" --hear=alice
"$RUNG" explain "$t" --hear=alice > "$work/all"
fails "who sends only is to send" 1 grep "bob is to send nothing: its description says sendonly" "$work/all"
cat > "$work/lab/lab.lua" <<'LUA'
lab { title = "t", topology = "nat.gv", duration = "30s" }
script(function()
	local call = node("bob"):invite "sip:alice@192.0.2.1"
	sleep "2s"
	node("bob"):set { addr = "192.0.2.7" }
	sleep "100ms"
	call:reinvite()
	sleep "1s"
	call:bye()
end)
LUA
run "$work/lab"
"$RUNG" explain "$t" --hear=bob > "$work/all"
says "by which answer" "192.0.2.2:49170" "$RUNG" explain "$t" --hear=bob --at=2.5s
says "who has moved" "2.000 s  alice sends to 192.0.2.2:49170, an address that bob has left" cat "$work/all"
says "the longest of what is heard" "What does bob hear at 0.1" cat "$work/all"
fails "to itself in the ladder" 1 sh -c '"$RUNG" show "$0" --ladder | grep "→ 192.0.2.7"' "$t"
says "and said so" "2.105 s  alice begins to send to 192.0.2.7:49170" cat "$work/all"
sed -i '/100ms/d' "$work/lab/lab.lua"
run "$work/lab"
says "the offer with the address it has now" "sendrecv, 192.0.2.7:49170" \
	"$RUNG" explain "$t" --hear=bob --at=2.5s
run one-way-audio
says "an address that was left" "gina sends to 192.0.2.90:49170, an address that hugo has left" \
	"$RUNG" explain "$t" --hear=hugo
says "from when on" "4.140 s  gina sends to" "$RUNG" explain "$t" --hear=hugo
says "lost at a NAT" "Lost at office: " "$RUNG" explain "$t" --hear=erin
# A beep lasts for as long as it is heard; of a machine no user says nothing.
run topologies/voicemail.gv --set alice.media=true --set vm.media=true
"$RUNG" explain "$t" --hear=alice > "$work/all"
says "a beep" " 6.080 s  alice hears a beep from vm." cat "$work/all"
says "and no longer" " 6.500 s  alice hears the silence of vm, which says nothing." cat "$work/all"
# Who is muted is, also when the stream begins anew.
cat > "$work/lab/lab.lua" <<'LUA'
lab { title = "t", topology = "nat.gv", duration = "30s" }
script(function()
	local call = node("bob"):invite "sip:alice@192.0.2.1"
	sleep "1s"
	call:hold()
	sleep "1s"
	call:mute()
	sleep "1s"
	call:resume()
	sleep "1s"
	call:unmute()
	sleep "1s"
end)
LUA
run "$work/lab" --set bob.hold_music=false
"$RUNG" explain "$t" --hear=alice > "$work/all"
says "muted" "which is muted" cat "$work/all"
fails "its user" 1 grep -e "whose user" "$work/all"
says "and no more" "4.000 s  alice hears bob." cat "$work/all"
# Through whom somebody is heard: of a mix those who have a voice in it.
cat > "$work/lab/lab.lua" <<'LUA'
lab { title = "t", topology = "room.gv", duration = "9s" }
script(function()
	for _, name in ipairs { "alice", "bob", "carol" } do
		node(name):invite "sip:room@192.0.2.10"
		sleep "500ms"
	end
	node("conf"):mute "carol"
	sleep "500ms"
end)
LUA
cat > "$work/lab/room.gv" <<'GV'
graph {
	conf  [role=conference, rooms="room", media=true, addr="192.0.2.10"]
	alice [role=ua, media=true]
	bob   [role=ua, media=true]
	carol [role=ua, media=true]
	conf -- { alice bob carol }
}
GV
run "$work/lab"
"$RUNG" explain "$t" --hear=alice > "$work/all"
says "alone" "alice hears the silence of conf: nobody else is to be heard there." cat "$work/all"
says "the second" "alice hears bob, through conf." cat "$work/all"
says "in the table" "alice ◀═══ carol PCMU  " "$RUNG" show "$t" --at=1.4s
sed -n '/ 1.500 s/,/^$/p' "$work/all" > "$work/muted"
says "who is muted there" "alice hears bob, through conf." cat "$work/muted"
fails "is not heard" 1 grep carol "$work/muted"
cat > "$work/lab/nat.gv" <<'GV'
graph {
	node  [role=ua, media=true, answer="0s"]
	alice [lines=2, codecs="PCMU G729"]
	bob   [codecs="PCMU G729"]
	carol [codecs="PCMU G729"]
	alice -- bob
	alice -- carol
}
GV
cat > "$work/lab/lab.lua" <<'LUA'
lab { title = "t", topology = "nat.gv", duration = "9s" }
script(function()
	local alice = node "alice"
	local one = alice:invite "bob"
	wait(one, "confirmed")
	one:hold()
	sleep "100ms"
	local other = alice:invite "carol"
	wait(other, "confirmed")
	other:join(one)
	sleep "1s"
	one:mute()
	sleep "1s"
	other:bye()
	sleep "1s"
end)
LUA
run "$work/lab"
"$RUNG" explain "$t" --hear=bob > "$work/all"
says "of two calls that are joined" "bob hears carol, through alice." cat "$work/all"
says "though the one between is muted" "2" grep -A1 "which is muted" "$work/all"
ok "who has left is not heard" grep " 2.1.. s  bob hears the silence of alice, which is muted.$" "$work/all"
run "$work/lab" --set carol.codecs=G729
fails "of another codec nothing is mixed" 1 sh -c 'grep "\"media\".*\"mixed\"" "$0" || "$1" explain "$0" --hear=bob | grep through' "$t" "$RUNG"
# A router that crashes keeps no records of media; once it is there again what
# was counted before tells nothing.
cat > "$work/lab/lab.lua" <<'LUA'
lab { title = "t", topology = "nat.gv", duration = "20s" }
script(function()
	local call = node("alice"):invite "bob"
	sleep "1s"
	node("net"):crash()
	sleep "6s"
	node("net"):restart()
	sleep "1s"
end)
LUA
cat > "$work/lab/nat.gv" <<'GV'
graph {
	alice [role=ua, media=true]
	bob   [role=ua, media=true, answer="0s"]
	net   [role=""]
	alice -- net -- bob
}
GV
run "$work/lab"
"$RUNG" explain "$t" --hear=bob > "$work/all"
says "a router" " 1.000 s  alice goes on sending, and nothing of it comes to bob: net is" cat "$work/all"
says "up again" " 7.000 s  bob hears alice." cat "$work/all"
# Who is heard has no records of what he says: behind a box after the BYE, and a
# handset.
run topologies/sbc.gv $media
says "behind a box" "bob hears alice" "$RUNG" explain "$t" --hear=bob
run labs/handset-call --set phone.media=true --set bob.media=true
says "a handset" "bob hears phone" "$RUNG" explain "$t" --hear=bob

finish
