# An agent's phone that requires 100rel was never reached: the queue's INVITE did not
# support it.  A caller who requires it and brings no offer was refused with 500, since
# the queue's 182 would have had to offer.
. tests/fixtures/check.sh
LC_ALL=C.UTF-8
export LC_ALL
for transport in udp tcp; do
	for progress in 180 183; do
		cat > "$work/net.gv" << GV
graph net {
	edge [delay="5ms"]
	alice [role=ua, transport=$transport, addr="192.0.2.1"]
	q [role=queue, transport=$transport, addr="192.0.2.9", inbound=true, domain="q.example"]
	bob [role=ua, transport=$transport, addr="192.0.2.2", answer="1s", register=true,
		domain="q.example", reliable=required, progress=$progress]
	lan -- {alice q bob}
}
GV
		for how in '{}' '{ reliable = "required" }'; do
			cat > "$work/lab.lua" << LUA
lab { topology = "net.gv", duration = "60s" }
script(function()
	sleep "2s"
	local c = node "alice":invite("sip:help@q.example", $how)
	wait(c, "confirmed", "20s") sleep "2s" c:hold()
end)
LUA
			where="$transport $progress $how"
			"$RUNG" run -q "$work/lab.lua" -o "$work/t.jsonl" 2> "$work/said"
			says "$where: it is answered" confirmed \
				"$RUNG" show "$work/t.jsonl" --at=5s --node=bob
			"$RUNG" search "$work/lab.lua" --runs=1 > "$work/found" 2>&1
			fails "$where: both ends know the same" 1 \
				grep "Without any fault" "$work/found"
			"$RUNG" inspect "$work/t.jsonl" > "$work/report" 2>&1
			says "$where: no clause is broken" "errors 0" cat "$work/report"
		done
	done
	sed -i 's/reliable=required, //' "$work/net.gv"
	cat > "$work/lab.lua" << 'LUA'
lab { topology = "net.gv", duration = "60s" }
script(function()
	sleep "2s"
	local c = node "alice":invite("sip:help@q.example", { sdp = false, reliable = "required" })
	wait(c, "confirmed", "20s")
end)
LUA
	"$RUNG" run -q "$work/lab.lua" -o "$work/t.jsonl" 2> "$work/said"
	says "$transport: no offer, and reliable alone" confirmed \
		"$RUNG" show "$work/t.jsonl" --at=5s --node=alice
	fails "$transport: nothing that is not reliable" 1 \
		"$RUNG" show "$work/t.jsonl" dst=alice status=182
done
finish
