# What is sent to a box itself went to its outbound proxy, which sent it back, until
# its hops were spent; a queue answered a MESSAGE and a REFER that need no dialog as
# if they belonged to one.  How long whom a box calls may ring can be limited; and
# what a focus is to call beyond its `most` was called.
. tests/fixtures/check.sh
LC_ALL=C.UTF-8
export LC_ALL
show() { "$RUNG" show "$work/t.jsonl" "$@"; }

lab() { # ROLE ATTRIBUTES URI TRANSPORT
	cat > "$work/net.gv" << GV
graph net {
	edge [delay="5ms"]
	alice [role=ua, transport=$4, addr="192.0.2.1", outbound=b1]
	b1 [role=$1, transport=$4, addr="192.0.2.9"$2]
	p [role=proxy, addr="192.0.2.10"]
	bob [role=ua, transport=$4, addr="192.0.2.2", answer=never]
	carol [role=ua, transport=$4, addr="192.0.2.3", answer="1s"]
	lan -- {alice b1 bob carol p}
}
GV
	cat > "$work/lab.lua" << LUA
lab { topology = "net.gv", duration = "60s" }
local alice = node "alice"
script(function()
	sleep "2s"
	alice:send { method = "MESSAGE", uri = "$3", body = "hi",
		headers = "Content-Type: text/plain" }
	sleep "1s"
	alice:refer("$3", "sip:bob@192.0.2.2")
	sleep "1s"
	alice:invite "$3"
	sleep "20s"
	local c = alice:invite "sip:carol@192.0.2.3"
end)
LUA
	"$RUNG" run -q "$work/lab.lua" -o "$work/t.jsonl" 2> "$work/said"
	"$RUNG" inspect "$work/t.jsonl" > "$work/report" 2>&1
	says "$where: no clause is broken" "errors 0" cat "$work/report"
}

for transport in udp tcp; do
	for box in b2bua sbc; do
		for user in b1@ bob@ ""; do
			where="$box $transport $user"
			lab $box ", outbound=p" "sip:${user}192.0.2.9" $transport
			says "$where: who is that" 404 show dst=alice status=404
			fails "$where: it goes nowhere" 1 show src=b1 dst=p \
				method=MESSAGE,REFER
			fails "$where: no hops are spent" 1 show status=483
		done
		where="$box $transport rings"
		lab $box ', ring_time="3s"' sip:bob@192.0.2.2 $transport
		says "$where: for three seconds" "7.03" show method=CANCEL src=b1
		says "$where: and the caller hears that" 408 \
			show dst=alice status=408
		fails "$where: which is nobody else's word" 1 sh -c \
			"'$RUNG' explain '$work/t.jsonl' 408@b1 | sed '/ 2\\. /,\$d' | grep Copied"
		says "$where: who answers in time is left" "ring timer stopped" show kind=timer node=b1
		says "$where: and talks" confirmed show --at=50s --node=carol
	done
	where="queue $transport"
	lab queue ', inbound=true' sip:help@192.0.2.9 $transport
	says "$where: MESSAGE" 403 show dst=alice cseq=MESSAGE status=403
	says "$where: REFER" 403 show dst=alice cseq=REFER status=403
	fails "$where: no dialog is missed" 1 show dst=alice status=481
done

sed 's/role=conference,/role=conference, most=2,/' topologies/conference.gv \
	> "$work/conf.gv"
cat > "$work/lab.lua" << 'LUA'
lab { topology = "conf.gv", duration = "50s" }
local lecture = "sip:lecture@conf.example.com"
script(function()
	sleep "1s"
	node "alice":invite(lecture)
	sleep "1s"
	node "conf":bring("bob", { room = "lecture" })
	node "conf":bring("carol", { room = "lecture" })
end)
LUA
"$RUNG" run -q "$work/lab.lua" -o "$work/t.jsonl" 2> "$work/said"
says "a conference that is full" \
	"the conference lecture is full: 2 are in it or called" cat "$work/said"
finish
