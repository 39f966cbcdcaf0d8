# A server that was started after rung had said its address was found after 53 s: a connection that is
# refused is tried again after a second, and --wait begins the run when the program listens.
. tests/fixtures/check.sh

command -v python3 > /dev/null || {
	skip "there is no python3"
	finish
}
cat > "$work/t.gv" <<'G'
graph {
	graph [domain="example.com"]
	edge [delay="1ms"]
	alice [role=ua, register=true, outbound=px, transport=tcp]
	px [role="proxy registrar location", transport=tcp]
	alice -- px
}
G
cat > "$work/server.py" <<'P'
import socket, sys, time
time.sleep(float(sys.argv[2]))
s = socket.create_server((sys.argv[1], 5060))
s.settimeout(20)
c, _ = s.accept()
print(c.recv(9), flush=True)
c.settimeout(20)
while c.recv(999): pass
P
# after SECONDS ARGUMENTS: the server is started so long after its address is known; $at is when its
# REGISTER was the run's, $times how often one was sent.
after() {
	seconds=$1
	shift
	: > "$work/said"
	"$RUNG" live "$work/t.gv" --outside=px "$@" -o "$work/t.jsonl" > "$work/said" 2>&1 &
	run=$!
	until grep -q Ctrl-C "$work/said" || ! kill -0 "$run" 2> /dev/null; do
		sleep 0.02
	done
	px=$(sed -n 's/^  px *\(127[0-9.]*\):5060.*/\1/p' "$work/said" | tail -n 1)
	timeout 30 python3 "$work/server.py" "$px" "$seconds" > "$work/server" 2>&1 &
	server=$!
	until grep -q . "$work/server" || ! kill -0 "$run" 2> /dev/null; do
		sleep 0.02
	done
	kill "$run"
	wait "$run" "$server"
	times=$("$RUNG" show "$work/t.jsonl" kind=send method=REGISTER | wc -l)
	ended=$("$RUNG" show "$work/t.jsonl" | grep -c "nothing listens there")
}

after 0.3
says "found after a second" "REGISTER" cat "$work/server"
ok "by the first message" test "$times $ended" = "1 0"
after 3 --wait=px
says "waited for" "REGISTER" cat "$work/server"
ok "no message before" test "$times $ended" = "1 0"
ok "the run's time has waited, too" test "$("$RUNG" show -f json "$work/t.jsonl" kind=end |
	sed -n 's/.*"t":\([0-9]*\).*/\1/p')" -lt 2500000000
fails "no program" 2 "$RUNG" live "$work/t.gv" --outside=px --wait=alice --until=1s
finish
