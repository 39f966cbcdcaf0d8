# A phone repeats its 180 once a minute (RFC 3261 13.3.1.1), and so does each box on
# the way, which passed on what came besides: the caller heard it twice through one
# box and three times through two.
. tests/fixtures/check.sh
LC_ALL=C.UTF-8
export LC_ALL
for progress in 180 183; do
	for box in b2bua sbc; do
		for transport in udp tcp; do
			cat > "$work/net.gv" << GV
graph net {
	edge [delay="5ms"]
	alice [role=ua, transport=$transport, outbound=b1, addr="192.0.2.1"]
	b1 [role=$box, transport=$transport, outbound=b2]
	b2 [role=$box, transport=$transport]
	bob [role=ua, transport=$transport, outbound=b2, addr="192.0.2.2",
		answer=never, progress=$progress]
	lan -- {alice b1 b2 bob}
}
GV
			cat > "$work/lab.lua" << 'LUA'
lab { topology = "net.gv", duration = "200s" }
script(function()
	sleep "1s"
	node "alice":invite "sip:bob@192.0.2.2"
end)
LUA
			where="$progress $box $transport"
			"$RUNG" run -q "$work/lab.lua" -o "$work/t.jsonl"
			"$RUNG" show "$work/t.jsonl" dst=alice status=$progress \
				kind=send | wc -l > "$work/out"
			says "$where: four in three minutes" 4 cat "$work/out"
		done
	done
done

# A box calls by itself whom a redirection names.
cat > "$work/net.gv" << 'GV'
graph net {
	edge [delay="5ms"]
	alice [role=ua, outbound=b1, addr="192.0.2.1", redirect=never]
	b1 [role=b2bua]
	bob [role=ua, outbound=b1, addr="192.0.2.2", answer=never]
	carol [role=ua, outbound=b1, addr="192.0.2.3", answer="1s"]
	lan -- {alice b1 bob carol}
}
GV
for to in sip:carol@192.0.2.3 tel:+4930123; do
	cat > "$work/lab.lua" << LUA
lab { topology = "net.gv", duration = "60s" }
node "bob":on("invite", function(call) call:redirect "$to" end)
script(function() sleep "1s" node "alice":invite "sip:bob@192.0.2.2" end)
LUA
	"$RUNG" run -q "$work/lab.lua" -o "$work/t.jsonl" 2> "$work/said"
	"$RUNG" show "$work/t.jsonl" dst=alice kind=send -m > "$work/$to"
done
says "whom the box can call it calls" "SIP/2.0 200 OK" cat "$work/sip:carol@192.0.2.3"
fails "and says nothing of it" 1 grep "SIP/2.0 302" "$work/sip:carol@192.0.2.3"
says "whom it can't call the caller is told" "Contact: <tel:+4930123>" \
	cat "$work/tel:+4930123"
finish
