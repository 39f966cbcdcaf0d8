# In a capture of a back-to-back user agent the pair of its two calls takes the
# steps that it took in the run, where what passes through proves that they are
# two sides of one; who has but called at the same moment is no pair.
. tests/fixtures/check.sh

steps() { # TRACE: of each pair, in their order
	grep '"machine":"pair"' "$1" |
		sed 's/.*"from":"\([^"]*\)","to":"\([^"]*\)".*/\1 \2/' |
		grep -v '^joined joined'
}
capture() { # RUN CAPTURED
	"$RUNG" export -f pcapng "$1" -o "$work/c.pcapng"
	"$RUNG" export -f trace "$work/c.pcapng" -o "$2"
}

cat > "$work/net.gv" <<'X'
graph net {
	edge [delay="10ms"]
	alice [role=ua, addr="192.0.2.1", outbound=box]
	box [role=b2bua, addr="192.0.2.2"]
	bob [role=ua, addr="192.0.2.3", answer="1s"]
	alice -- box -- bob
}
X
# Runs with what ALICE does, by TRANSPORT.
run() { # TRANSPORT
	{
		echo 'lab { title = "t", topology = "net.gv", duration = "60s" }'
		echo 'local alice, bob = node "alice", node "bob"'
		echo 'script(function()'
		cat
		echo 'end)'
	} > "$work/lab.lua"
	sed "s/role=/transport=$1, role=/" "$work/net.gv" > "$work/n" &&
		mv "$work/n" "$work/net.gv"
	"$RUNG" run -q "$work/lab.lua" -o "$work/run"
	capture "$work/run" "$work/captured"
}
for transport in udp tcp; do
	run $transport <<-'X'
		local call = alice:invite "bob"
		sleep "5s"
		call:hold()
		sleep "1s"
		call:bye()
		bob:set { busy = true }
		sleep "1s"
		alice:invite "bob"
		sleep "5s"
		bob:set { busy = false, answer = "20s" }
		call = alice:invite "bob"
		sleep "2s"
		call:cancel()
	X
	steps "$work/run" > "$work/one"
	steps "$work/captured" > "$work/other"
	ok "some steps, $transport" [ "$(wc -l < "$work/one")" = 13 ]
	same "the steps of the run, $transport" "$work/one" "$work/other"
	ok "they are inferred, $transport" [ "$(grep '"machine":"pair"' \
		"$work/captured" | grep -c '"inferred":true')" = 13 ]
	ok "with their calls, $transport" grep -q \
		'"to":"joined".*"first":"192.0.2.2/1","second":"192.0.2.2/2"' \
		"$work/captured"
	"$RUNG" show --at=3s "$work/captured" > "$work/seen"
	ok "show has them, $transport" grep -q 'pair-1 .*joined' "$work/seen"
done

# A phone that is called and calls somebody else is no box.
cat > "$work/net.gv" <<'X'
graph net {
	alice [role=ua]
	carol [role=ua, answer="1s"]
	bob [role=ua, answer="1s"]
	alice -- carol -- bob
	alice -- bob
}
X
run udp <<'X'
	alice:invite "carol"
	sleep "100ms"
	node("carol"):invite "bob"
	sleep "5s"
X
ok "two calls of a phone are no pair" \
	[ "$(grep -c '"machine":"pair"' "$work/captured")" = 0 ]
finish
