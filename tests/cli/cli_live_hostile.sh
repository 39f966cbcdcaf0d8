# rung live among hostile programs: a flood of datagrams from many addresses, what is none of SIP,
# half messages, one byte after the other, more connections than there are descriptors, who dies
# amid a message, who never reads; signals while it records, and a trace that may be no longer.
# Memory stays bounded, who is decent is answered, the trace is whole and runs again.
. tests/fixtures/check.sh

command -v python3 > /dev/null || { skip "there is no python3"; finish; exit; }
cat > "$work/t.gv" <<'G'
graph {
	graph [domain="example.com"]
	edge [delay="1ms"]
	alice [role=ua, answer="20ms"]
	px [role="proxy registrar location"]
	bob [role=ua]
	lan
	alice -- lan -- {px bob}
}
G
# PEAK COMMAND…: runs it with 256 descriptors, as its own process; the most memory that it had, in
# kB, comes into the file PEAK.
cat > "$work/measure.py" <<'P'
import os, resource, signal, sys
child = os.fork()
if child == 0:
	resource.setrlimit(resource.RLIMIT_NOFILE, (256, 256))
	signal.signal(signal.SIGINT, signal.SIG_DFL)
	os.execv(sys.argv[2], sys.argv[2:])
for one in signal.SIGTERM, signal.SIGINT:
	signal.signal(one, lambda sig, frame: os.kill(child, sig))
_, how, used = os.wait4(child, 0)
open(sys.argv[1], "w").write(str(used.ru_maxrss))
sys.exit(os.waitstatus_to_exitcode(how) & 255)
P
# NET ATTACK…: what is done to alice, one behind the other.
cat > "$work/attack.py" <<'P'
import random, socket, struct, sys, time

net = "127.%s.0." % sys.argv[1]
alice, bob = (net + "1", 5060), net + "3"
random.seed(1)
held = []

def options(by, n):
	return ("OPTIONS sip:alice@example.com SIP/2.0\r\nVia: SIP/2.0/%s %s;branch=z9hG4bK%s;rport\r\n"
		"Max-Forwards: 70\r\nFrom: <sip:bob@example.com>;tag=1\r\nTo: <sip:alice@example.com>\r\n"
		"Call-ID: %s\r\nCSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n" % (by, bob, n, n)).encode()

def datagrams(at="127.0.0.1"):
	s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
	s.bind((at, 0))
	return s

def connection(at="127.0.0.1"):
	s = socket.socket()
	s.bind((at, 0))
	s.settimeout(5)
	s.connect(alice)
	held.append(s)
	return s

def flood(seconds=0.7):
	sources = [datagrams("127.0.1.%d" % i) for i in range(1, 200)]
	ends, n = time.monotonic() + seconds, 0
	while time.monotonic() < ends:
		for s in sources:
			n += 1
			s.sendto(options("UDP", "flood%d" % n), alice)

def floods():
	flood(60)

def malformed():
	s, good = datagrams(), options("UDP", "bad")
	for n in range(300):
		text = bytearray(good)
		for _ in range(random.randrange(1, 9)):
			text[random.randrange(len(text))] = random.randrange(256)
		s.sendto(bytes(text[:random.randrange(len(text))] if n % 2 else text), alice)
	for n in 0, 1, 65507:
		s.sendto(random.randbytes(n), alice)
	s.sendto(b"INVITE sip:alice@example.com SIP/2.0\r\n" + b"Via: SIP/2.0/UDP x\r\n" * 3000 + b"\r\n", alice)

def halves():
	for n in range(300):
		connection().send(options("TCP", "half%d" % n)[:-7 - n % 200])

def slow():
	s = connection()
	for b in options("TCP", "slow"):
		s.send(bytes([b]))
		time.sleep(0.002)
	print("slow", s.recv(99).decode().split("\r\n")[0])

def many():
	for n in range(10000):
		try:
			connection("127.0.2.%d" % (n % 200 + 1))
		except OSError:
			pass # this program has no more

def dies():
	for n in range(50):
		s = connection()
		s.send(b"INVITE sip:alice@example.com SIP/2.0\r\nContent-Length: 99")
		s.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
		s.close()

def deaf():
	s = connection()
	s.settimeout(0.2)
	try:
		for n in range(20000):
			s.send(options("TCP", "deaf%d" % n))
	except OSError:
		pass # nobody reads what it sends

# Who repeats what was lost, as RFC 3261 17.1.2.2 says.
def decent():
	s = connection(bob)
	s.settimeout(60)
	s.send(options("TCP", "decent"))
	print("TCP", s.recv(9999).decode().split("\r\n")[0])
	s, said = datagrams(bob), b""
	s.settimeout(0.5)
	for _ in range(100):
		s.sendto(options("UDP", "decent"), alice)
		try:
			said = s.recv(9999)
			break
		except TimeoutError:
			pass
	print("UDP", said.decode().split("\r\n")[0])

for what in sys.argv[2:]:
	globals()[what]()
P

# begin ARGUMENTS: a run in the background; $net is its network.
begin() {
	rm -f "$work/t.jsonl" "$work/peak"
	: > "$work/said"
	python3 "$work/measure.py" "$work/peak" "$RUNG" live "$work/t.gv" --outside=bob \
		-o "$work/t.jsonl" "$@" > "$work/said" 2> "$work/complaint" &
	run=$!
	until grep -q Ctrl-C "$work/said" || ! kill -0 "$run" 2> /dev/null; do
		sleep 0.1
	done
	net=$(sed -n 's/^  alice *127\.\([0-9]*\)\..*/\1/p' "$work/said" | head -n 1)
}
attack() {
	timeout "$patience" python3 "$work/attack.py" "$net" "$@"
}
# In the background, as $attacker.
floods() {
	timeout "$patience" python3 "$work/attack.py" "$net" floods &
	attacker=$!
}
runs_again() {
	"$RUNG" run -q "$work/t.jsonl" -o "$work/again.jsonl" &&
		cmp "$work/t.jsonl" "$work/again.jsonl"
}
# The most memory was less than so many MB, but with sanitizers, which keep what was freed.
small() {
	sanitized || [ "$(cat "$work/peak")" -lt $((1024 * $1)) ]
}

begin
attack malformed halves slow dies deaf many flood decent > "$work/answers"
kill "$run"
wait "$run"
status=$?
ok "the run ends when it is told to" test "$status" = 0
says "who sends byte by byte is answered" "slow SIP/2.0 200" cat "$work/answers"
says "who is decent is answered over a connection" "TCP SIP/2.0 200" cat "$work/answers"
says "… and by UDP" "UDP SIP/2.0 200" cat "$work/answers"
ok "who does not read is not read" test "$(grep '"start":"OPTIONS' "$work/t.jsonl" |
	grep -c 'Call-ID: deaf')" -lt 3000
says "what was not taken is said" "Not accepted by the machine" cat "$work/said"
ok "memory is bounded" small 400
ok "runs again" runs_again

for signal in TERM INT KILL; do
	begin
	floods
	sleep 0.5
	if [ "$signal" = KILL ]; then
		python3 -c 'import os, sys
os.kill(int(open("/proc/%s/task/%s/children" % (sys.argv[1], sys.argv[1])).read()), 9)' "$run"
	else
		kill -s "$signal" "$run"
	fi
	wait "$run"
	status=$?
	kill "$attacker"
	wait "$attacker" 2> /dev/null
	if [ "$signal" = KILL ]; then
		ok "killed amid a flood, nothing half is left" test ! -e "$work/t.jsonl"
	else
		ok "ends amid a flood ($signal)" test "$status" = 0
		ok "runs again ($signal)" runs_again
	fi
done

ok "no bound of the run's own is nearer" grep -q '"bytes":1073741824' "$work/again.jsonl"
begin --limit=trace=4MB
floods
wait "$run"
status=$?
kill "$attacker"
wait "$attacker" 2> /dev/null
ok "a trace that is as long as it may be ends the run" test "$status" = 0
says "… which is said" "the trace has reached its limit (--limit=trace)" cat "$work/complaint"
ok "… and it is no longer" test "$(wc -c < "$work/t.jsonl")" -le 4194304
ok "memory is bounded by it" small 60
ok "runs again (--limit=trace)" runs_again
begin --limit=trace=4MB --rotate=2
runs=0
floods
# Until the fifth run goes on.
until [ "$(grep -c Ctrl-C "$work/said")" -ge 5 ] ||
	! kill -0 "$run" 2> /dev/null; do
	sleep 0.1
done
kill "$attacker"
wait "$attacker" 2> /dev/null
# What was on its way may fill one more; then it has a run that goes on.
until [ "$runs" = "$(grep -c Ctrl-C "$work/said")" ]; do
	runs=$(grep -c Ctrl-C "$work/said")
	sleep 0.5
done
net=$(sed -n 's/^  alice *127\.\([0-9]*\)\..*/\1/p' "$work/said" | sort -u | wc -l)
kill "$run"
wait "$run"
status=$?
ok "run after run ends when it is told to" test "$status" = 0
ok "… each at the same places" test "$net" = 1
ok "the last two traces stay, and that of now" \
	test "$(cd "$work" && echo t.*jsonl)" = "t.1.jsonl t.2.jsonl t.jsonl"
for trace in t.1 t.2 t; do
	ok "$trace is no longer than it may be" test "$(wc -c < "$work/$trace.jsonl")" -le 4194304
	ok "$trace runs again" "$RUNG" run -q "$work/$trace.jsonl" -o "$work/again.jsonl"
	ok "… to the same bytes" cmp "$work/$trace.jsonl" "$work/again.jsonl"
done
rm -f "$work"/t.[12].jsonl
says "which files" "name them with -o FILE" "$RUNG" live "$work/t.gv" --rotate=2
says "no number" "not a whole number from 1 to 1000" "$RUNG" live "$work/t.gv" --rotate=0
says "no page" "it excludes --page" "$RUNG" live "$work/t.gv" --rotate=2 --page -o "$work/t.jsonl"
cp "$work/t.gv" "$work/t.1.jsonl"
says "what is read is not written over" "is read by this command" "$RUNG" live --limit=trace=4MB --rotate=1 \
	--until=10ms "$work/t.1.jsonl" -o "$work/t.jsonl"
fails "no size" 2 "$RUNG" live "$work/t.gv" --limit=trace=much
fails "less than a trace needs" 2 "$RUNG" live "$work/t.gv" --limit=trace=1MB
finish
