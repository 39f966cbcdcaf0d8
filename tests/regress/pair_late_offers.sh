# An INVITE without an offer that supports 100rel went on without it, and a phone
# that requires it refused by 421; and one that requires it heard nothing before the
# answer.  Through a B2BUA, a session border controller, two in a row, by UDP and
# TCP; also a phone that answers at once, and two that ring.
. tests/fixtures/check.sh
. tests/fixtures/box_net.sh
LC_ALL=C.UTF-8
export LC_ALL

lab() { # RELIABLE HOW THE FIRST ENDS, HOW THE SECOND
	cat > "$work/lab.lua" << LUA
lab { topology = "net.gv", duration = "30s" }
local alice, bob1, bob2 = node "alice", node "bob1", node "bob2"
bob1:on("invite", function(call) $2 end)
bob2:on("invite", function(call) $3 end)
script(function()
	sleep "1s"
	local c = alice:invite("sip:bob@example.com",
		{ sdp = false, reliable = "$1" })
	wait(c, "confirmed", "15s") sleep "2s" c:hold() sleep "2s" c:resume()
end)
LUA
	"$RUNG" run -q "$work/lab.lua" -o "$work/t.jsonl" 2> "$work/said"
	"$RUNG" search "$work/lab.lua" --runs=1 > "$work/found" 2>&1
	says "$where: it is searched" "faults or sets" cat "$work/found"
	fails "$where: both ends know the same" 1 \
		grep "Without any fault" "$work/found"
	"$RUNG" inspect "$work/t.jsonl" > "$work/report" 2>&1
	says "$where: no clause is broken" "errors 0, warnings 0" \
		cat "$work/report"
	says "$where: it is answered" confirmed \
		"$RUNG" show "$work/t.jsonl" --at=29s --node=alice
	fails "$where: no 421" 1 "$RUNG" show "$work/t.jsonl" status=421
}

for transport in udp tcp; do
	for box in "b2bua 1" "sbc 1" "b2bua 2" "sbc 2"; do
		net $box $transport
		for reliable in supported required; do
			where="$box $transport $reliable, one answers"
			lab $reliable 'sleep "3s" call:answer()' \
				'sleep "10ms" call:reject(486)'
			says "$where: the offer comes before" "m=audio" \
				"$RUNG" show "$work/t.jsonl" status=183 dst=alice -m
			where="$box $transport $reliable, at once"
			lab $reliable 'call:answer()' 'sleep "10ms" call:reject(486)'
			where="$box $transport $reliable, the second of two"
			lab $reliable 'sleep "2s" call:reject(486)' \
				'sleep "3s" call:answer()'
			where="$box $transport $reliable, the first of two"
			lab $reliable 'sleep "3s" call:answer()' \
				'sleep "2s" call:reject(486)'
		done
	done
done
finish
