# What goes wrong with a request that a box passes on: a REGISTER without Contact
# bound the box itself, and each began a Call-ID of its own; a 481 behind the box
# left its half standing; a refusal lost the field that it must have.
. tests/fixtures/check.sh
LC_ALL=C.UTF-8
export LC_ALL

# messages FILTER: what each message that is like that says, field by field.
messages() {
	"$RUNG" show "$work/t.jsonl" "$1" -m 2> "$work/said"
}

for box in b2bua sbc; do
	for transport in udp tcp; do
		where="$box $transport"
		cat > "$work/net.gv" << GV
graph net {
	alice [role=ua, transport=$transport, domain="a.example", outbound=b1, addr="192.0.2.1"]
	b1 [role=$box, transport=$transport, outbound=reg]
	reg [role="proxy registrar location", domain="a.example", inbound=true]
	lan -- {alice b1 reg}
}
GV
		# Refreshes: one Call-ID, and numbers that rise.
		cat > "$work/lab.lua" << 'LUA'
lab { topology = "net.gv", duration = "20s" }
local alice = node "alice"
script(function()
	alice:register() sleep "3s" alice:register() sleep "3s" alice:unregister()
end)
LUA
		"$RUNG" run -q "$work/lab.lua" -o "$work/t.jsonl"
		messages "method=REGISTER src=b1" > "$work/m"
		grep -o 'Call-ID: [^ ]*' "$work/m" | sort -u | wc -l > "$work/.output"
		says "$where: one Call-ID" 1 cat "$work/.output"
		grep -o 'CSeq: [0-9]* REGISTER' "$work/m" | tr -dc '0-9\n' | tr '\n' ' ' \
			> "$work/.output"
		says "$where: numbers that rise" "1 2 3" cat "$work/.output"
		# A question is none's binding (in UDP: it is a datagram).
		[ $transport = udp ] || continue
		sed -i 's/lan -- {/mallory [role=ua, addr="192.0.2.77"]\n\tlan -- {mallory /' \
			"$work/net.gv"
		cat > "$work/lab.lua" << 'LUA'
lab { topology = "net.gv", duration = "20s" }
script(function()
	sleep "1s"
	node "mallory":send { to = "b1", raw = table.concat({
		"REGISTER sip:a.example SIP/2.0",
		"Via: SIP/2.0/UDP 192.0.2.77:5060;branch=z9hG4bK-q1;rport",
		"From: <sip:alice@a.example>;tag=q", "To: <sip:alice@a.example>",
		"Call-ID: question", "CSeq: 7 REGISTER", "Max-Forwards: 70",
		"Content-Length: 0", "", "" }, "\r\n") }
end)
LUA
		"$RUNG" run -q "$work/lab.lua" -o "$work/t.jsonl"
		messages "method=REGISTER src=b1" > "$work/m"
		says "$where: the question goes on" "REGISTER sip:a.example" \
			cat "$work/m"
		fails "$where: it has no Contact" 1 grep "Contact:" "$work/m"
		says "$where: it has its answer" "200 OK" messages "status=200 dst=mallory"
	done
done

# The dialog behind the box is gone.
for box in b2bua sbc; do
	for transport in udp tcp; do
		for ask in 'c:info { package = "x" }' 'c:message "hi"' \
			'c:transfer "sip:carol@192.0.2.9"'; do
			where="$box $transport $ask"
			cat > "$work/net.gv" << GV
graph net {
	edge [delay="5ms"]
	alice [role=ua, transport=$transport, outbound=b1, addr="192.0.2.1"]
	b1 [role=$box, transport=$transport]
	bob [role=ua, transport=$transport, outbound=b1, addr="192.0.2.2", answer="500ms"]
	lan -- {alice b1 bob}
}
GV
			cat > "$work/lab.lua" << LUA
lab { topology = "net.gv", duration = "80s" }
local alice, bob = node "alice", node "bob"
script(function()
	sleep "1s"
	local c = alice:invite "sip:bob@192.0.2.2"
	wait(c, "confirmed", "10s")
	sleep "1s" bob:crash() sleep "1s" bob:restart() sleep "2s"
	$ask
end)
LUA
			"$RUNG" run -q "$work/lab.lua" -o "$work/t.jsonl"
			says "$where: the dead half says so" 481 messages \
				"status=481 src=bob"
			fails "$where: not to the other" 1 sh -c \
				"'$RUNG' show '$work/t.jsonl' 'status=481 dst=alice' 2> '$work/said' | grep -q 481"
			says "$where: which gets a 500" 500 messages \
				"status=500 dst=alice"
			says "$where: and a BYE" BYE messages "method=BYE dst=alice"
		done
	done
done
finish
