# Media through a box that anchors them (RFC 7092 3.2.1): what either side says
# the other one hears, by the box's ports alone; phones behind a NAT are reached
# by latching (RFC 7362), and by it alone; nothing is left after the call.
. tests/fixtures/check.sh

expect() { # WHAT IS SEEN WANTED
	if [ "$2" = "$3" ]; then good
	else bad "$1" "$2 instead of $3"; fi
}

# How often the trace has a record of media with these words.
media() { # NODE WORDS
	grep '"kind":"media"' "$t" | grep "\"node\":\"$1\"" | grep -c "$2"
}

# One that sends to the box at these times.
stranger() {
	echo '{"kind":"arrivals","version":1}'
	for t_ns; do
		echo "{\"t\":$t_ns,\"to\":\"sbc\",\"port\":49172," \
			'"from":"198.51.100.9:4000","base64":"gAAAAQAAAAEAAAAH"}'
	done
	echo '{"kind":"end"}'
}

mkdir "$work/lab"
t=$work/t.jsonl
cp topologies/sbc.gv "$work/lab/box.gv"
cat > "$work/lab/nat.gv" <<'GV'
graph {
	alice [role=ua, addr="10.0.0.7", outbound=sbc, media=true]
	nat   [role=nat, faces="inside=10.0.0.1 outside=198.51.100.1"]
	net   [role=""]
	sbc   [role=sbc, addr="192.0.2.1"]
	bob   [role=ua, addr="192.0.2.20", outbound=sbc, media=true]
	alice -- nat:inside
	nat:outside -- net
	net -- { sbc bob }
}
GV
cat > "$work/lab/lab.lua" <<'LUA'
lab { title = "t", topology = "box.gv", duration = "40s" }
script(function()
	local call = node("alice"):invite "sip:bob@192.0.2.20"
	wait(call, "confirmed", "10s")
	sleep "5s"
	call:hold()
	sleep "2s"
	call:resume()
	sleep "3s"
	call:bye()
end)
LUA
both="--set=alice.media=true --set=bob.media=true --set=bob.answer=1s"

# shellcheck disable=SC2086  # several words
"$RUNG" run -q -o "$t" $both "$work/lab/lab.lua"
expect "either side hears the other" \
	"$(media alice '"op":"hear"') $(media bob '"op":"hear"')" "1 1"
expect "by the box alone" \
	"$(media alice '"op":"hear".*"peer":"10.0.0.1:')" 1
expect "the box passes on what comes" "$(media sbc '"op":"flow"')" 2
expect "where the descriptions are right nobody latches" \
	"$(media sbc '"op":"latch"')" 0
expect "nothing is lost" "$(media bob '"op":"heard".*"lost":0')" 1
# shellcheck disable=SC2086
"$RUNG" run -q -o "$t" $both --set=alice.srtp=offer --set=bob.srtp=require \
	--set=sbc.transcode=true --set=alice.codecs=PCMU --set=bob.codecs=PCMA "$work/lab/lab.lua"
expect "sealed media are not coded anew" "$(media bob '"op":"agree"')" 0
# shellcheck disable=SC2086
"$RUNG" run -q -o "$t" $both --set=alice.srtp=offer --set=bob.srtp=require \
	--set=sbc.transcode=true "$work/lab/lab.lua"
expect "sealed media go through" "$(media bob '"op":"heard".*"lost":0')" 1
expect "and are opened" "$(grep -c '"op":"refused"' "$t")" 0
# shellcheck disable=SC2086
"$RUNG" run -q -o "$t" $both --set=sbc.anchors=false "$work/lab/lab.lua"
expect "a box that does not anchor is not there" "$(media sbc '"op"')" 0

stranger 1045000000 > "$work/strangers.jsonl"
# shellcheck disable=SC2086
"$RUNG" run -q -o "$t" $both --arrivals="$work/strangers.jsonl" \
	"$work/lab/lab.lua"
expect "who comes from where he has said is believed before a stranger" \
	"$(media sbc '"op":"latch"') $(media sbc '"op":"latch".*"peer":"10.0.0.7:49170","asked":"10.0.0.7:49170"')" \
	"2 1"

sed -i 's/box.gv/nat.gv/' "$work/lab/lab.lua"
"$RUNG" run -q -o "$t" --set=bob.answer=1s "$work/lab/lab.lua"
expect "a phone behind a NAT is reached where its packets come from" \
	"$(media sbc '"op":"latch".*"peer":"198.51.100.1:.*"asked":"10.0.0.7:')" 1
expect "and hears" "$(media alice '"op":"hear"')" 1
stranger 3000000000 3100000000 3200000000 > "$work/strangers.jsonl"
"$RUNG" run -q -o "$t" --set=bob.answer=1s \
	--arrivals="$work/strangers.jsonl" "$work/lab/lab.lua"
expect "what a stranger sends goes no further, and is told once" \
	"$(grep -c '"fault":"rtp-stray","at":"RTP 198.51.100.9:4000"' "$t") $(media sbc '"op":"refused".*"stray":3,"packets":3')" \
	"1 1"
"$RUNG" run -q -o "$t" --set=bob.answer=1s --set=sbc.latching=false \
	"$work/lab/lab.lua"
expect "without latching it does not" \
	"$(media alice '"op":"hear"') $(media bob '"op":"hear"')" "0 1"

# Whoever waits in a queue and presses digits then is understood by the agent whom
# he gets, in each way, whether the queue anchors media or not.
cp topologies/queue.gv "$work/lab"
cat > "$work/lab/queue.lua" <<'LUA'
lab { title = "t", topology = "queue.gv", duration = "12s" }
script(function()
	local call = node("alice"):invite "sip:help@shop.example.com"
	wait(call, "confirmed", "10s")
	sleep "2s"
	call:dtmf "12"
end)
LUA
all="--set alice.media=true --set alice.codecs=PCMU,telephone-event
	--set ann.media=true --set ann.codecs=PCMU,telephone-event"
for way in info events in-band; do
	for anchors in false true; do
		# shellcheck disable=SC2086  # words
		"$RUNG" run "$work/lab/queue.lua" $all --set help.anchors=$anchors \
			--set ben.register=false --set alice.dtmf=$way --set ann.dtmf=$way \
			-o "$t" > /dev/null 2> "$work/.output"
		case $way in
		info) got=$(grep '"kind":"send"' "$t" | grep '"dst":"ann"' |
			grep -c '"start":"INFO"') ;;
		*) got=$(media ann '"op":"digit"') ;;
		esac
		expect "digits through a queue: $way, anchors=$anchors" "$got" 2
	done
done
finish
