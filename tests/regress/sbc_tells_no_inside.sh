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

# A REFER that left told the inside's addresses in its Refer-To, and the Call-ID of
# a call inside: who is to be called, here or there, also in the place of a call
# that was made to ask.
sed -i 's/bob   \[.*/&\n\tcarol [role=ua, addr="192.0.2.30", outbound=sbc, answer="300ms"]/
	s/amy   .*outbound=sbc/&, answer="300ms"/; s/out -- bob/out -- {bob carol}/' \
	"$work/net.gv"
for transport in udp tcp; do
	for whom in "carol 192.0.2.30" "amy 10.0.0.8"; do
		uri="sip:${whom% *}@${whom#* }"
		for how in "c:transfer(\"$uri\")" \
			"local d = alice:invite(\"$uri\") wait(d, \"confirmed\", \"10s\")
			 sleep \"1s\" c:transfer(nil, { replaces = d })"; do
			cat > "$work/lab.lua" << LUA
lab { topology = "net.gv", duration = "60s" }
local alice = node "alice"
script(function()
	sleep "1s"
	local c = alice:invite "sip:bob@192.0.2.20"
	wait(c, "confirmed", "10s") sleep "1s" c:hold() sleep "1s"
	$how
end)
LUA
			where="REFER to ${whom% *}, ${how%%(*}, $transport"
			"$RUNG" run -q "$work/lab.lua" --set alice.transport=$transport \
				--set amy.transport=$transport --set bob.transport=$transport \
				--set carol.transport=$transport -o "$work/t.jsonl"
			"$RUNG" show "$work/t.jsonl" "src=sbc dst=bob,carol" -m > "$work/out"
			says "$where: it goes on" "Refer-To" cat "$work/out"
			fails "$where: nothing of the inside" 1 \
				grep -F '10.0.0.' "$work/out"
			"$RUNG" show "$work/t.jsonl" "src=sbc dst=alice,amy" -m > "$work/out"
			fails "$where: the inside is not told the other face" 1 \
				grep -F '192.0.2.1:' "$work/out"
			"$RUNG" show "$work/t.jsonl" "src=${whom% *} status=200 cseq=INVITE" \
				> "$work/out"
			says "$where: the target has answered" 200 cat "$work/out"
			"$RUNG" show "$work/t.jsonl" --at=59s > "$work/out"
			says "$where: it talks" confirmed cat "$work/out"
			"$RUNG" search "$work/lab.lua" --runs=1 > "$work/found" 2>&1
			says "$where: it is searched" "faults or sets" cat "$work/found"
			fails "$where: nothing is left" 1 \
				grep "Without any fault" "$work/found"
		done
	done
done
finish
