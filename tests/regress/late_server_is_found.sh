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
# It is running before the run begins, so that only its wait counts; on a machine that is so busy that
# it listens more than 0.8 s behind the last thing that the run said, it says "late".
cat > "$work/server.py" <<'P'
import os, re, socket, sys, time
said, seconds = sys.argv[1], float(sys.argv[2])
print("ready", flush=True)
while "Ctrl-C" not in open(said).read(): time.sleep(0.01)
px = re.findall(r"^  px +(127[0-9.]*):5060", open(said).read(), re.M)[-1]
time.sleep(seconds)
s = socket.create_server((px, 5060))
if seconds < 1 and time.time() - os.stat(said).st_mtime > 0.8:
	print("late", flush=True)
	sys.exit()
s.settimeout(60)
c, _ = s.accept()
print(c.recv(9), flush=True)
c.settimeout(60)
while c.recv(999): pass
P
# attempt SECONDS ARGUMENTS: the server listens so long after its address is known.
attempt() {
	seconds=$1
	shift
	: > "$work/said"
	: > "$work/server"
	timeout "$patience" python3 "$work/server.py" "$work/said" "$seconds" > "$work/server" 2>&1 &
	server=$!
	until grep -q . "$work/server"; do
		sleep 0.02
	done
	"$RUNG" live "$work/t.gv" --outside=px "$@" -o "$work/t.jsonl" > "$work/said" 2>&1 &
	run=$!
	until grep -q "REGISTER '\|late\|Error" "$work/server" || ! kill -0 "$run" 2> /dev/null; do
		sleep 0.02
	done
	kill "$run"
	wait "$run" "$server"
}
# after SECONDS ARGUMENTS: the same, where the machine was not too busy for it; $times is how often a
# REGISTER was sent, $ended how often nothing listened.
after() {
	attempts=0
	attempt "$@"
	while grep -q late "$work/server" && [ $((attempts += 1)) -lt 20 ]; do
		attempt "$@"
	done
	times=$("$RUNG" show "$work/t.jsonl" kind=send method=REGISTER | wc -l)
	ended=$("$RUNG" show "$work/t.jsonl" | grep -c "nothing listens there")
}

after 0.3
says "found after a second" "REGISTER" cat "$work/server"
ok "by the first message" test "$times $ended" = "1 0"
after 3 --wait=px
says "waited for" "REGISTER" cat "$work/server"
ok "says what it waits for" grep -q "Waiting until px listens at 127[0-9.]*:5060" "$work/said"
ok "says when it is there" sh -c 'grep -A1 "^Waiting" "$1" | grep -q "^px listens[.]$"' - "$work/said"
ok "no message before" test "$times $ended" = "1 0"
ok "the run's time has waited, too" test "$("$RUNG" show -f json "$work/t.jsonl" kind=end |
	sed -n 's/.*"t":\([0-9]*\).*/\1/p')" -lt 2500000000
fails "no program" 2 "$RUNG" live "$work/t.gv" --outside=px --wait=alice --until=1s
finish
