# An INVITE from inside with Replaces took the face of whom it had called, the
# box itself: c=, o=, From and To of what left outside had the inside's address.
. tests/fixtures/check.sh
cat > "$work/net.gv" << 'GV'
graph net {
	edge [delay="5ms"]
	alice [role=ua, addr="10.0.0.7", outbound=sbc]
	amy   [role=ua, addr="10.0.0.8", outbound=sbc]
	sbc   [role=sbc, faces="inside=10.0.0.1 outside=192.0.2.1"]
	bob   [role=ua, addr="192.0.2.20", outbound=sbc, answer="300ms"]
	in -- {alice amy}
	in -- sbc:inside
	sbc:outside -- out
	out -- bob
}
GV
for transport in udp tcp; do
	for whom in "sip:sbc@10.0.0.1:5060" "sip:bob@192.0.2.20"; do
		cat > "$work/lab.lua" << LUA
lab { topology = "net.gv", duration = "60s" }
local alice, amy = node "alice", node "amy"
script(function()
	sleep "1s"
	local c = alice:invite "sip:bob@192.0.2.20"
	wait(c, "confirmed", "10s") sleep "1s" c:hold() sleep "1s"
	local d = amy:invite("$whom", { replaces = c })
	wait(d, "confirmed", "10s") sleep "1s" d:hold() sleep "1s" d:bye()
end)
LUA
		"$RUNG" run -q "$work/lab.lua" --set alice.transport=$transport \
			--set amy.transport=$transport --set bob.transport=$transport \
			-o "$work/t.jsonl"
		"$RUNG" show "$work/t.jsonl" "src=sbc dst=bob" -m > "$work/out"
		says "$whom $transport: it takes the call" Replaces cat "$work/out"
		says "$whom $transport: and is held" sendonly cat "$work/out"
		fails "$whom $transport: nothing of the inside" 1 \
			grep -F '10.0.0.' "$work/out"
	done
done
finish
