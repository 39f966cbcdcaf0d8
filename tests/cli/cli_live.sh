# rung live: real programs as nodes of a run, SIPp by UDP and TCP, and baresip,
# which registers and is called; what they did is in the trace, which runs again
# without them.  Where they are not installed, nothing of them.
. tests/fixtures/check.sh

cat > "$work/t.gv" <<'G'
graph {
	graph [domain="example.com"]
	edge [delay="1ms"]
	alice [role=ua, answer="20ms", register=true, outbound=px]
	px [role="proxy registrar location"]
	bob [role=ua, outbound=px, register=true]
	lan
	alice -- lan -- {px bob}
}
G
cat > "$work/lab.lua" <<'L'
lab { title = "live", topology = "t.gv" }
script(function()
	sleep "8s"
	node("alice"):invite "sip:bob@example.com"
end)
L

# live ARGUMENTS: begins one in the background; $net is its network.
live() {
	: > "$work/said"
	"$RUNG" live "$@" -o "$work/t.jsonl" > "$work/said" 2> "$work/complaint" &
	run=$!
	until grep -q Ctrl-C "$work/said" || ! kill -0 "$run" 2> /dev/null; do
		sleep 0.1
	done
	net=$(sed -n 's/^  alice *127\.\([0-9]*\)\..*/\1/p' "$work/said" | head -n 1)
}
end() {
	kill "$run"
	wait "$run"
	status=$?
}
# The run again, without the programs.
runs_again() {
	"$RUNG" run -q "$work/t.jsonl" -o "$work/again.jsonl" &&
		cmp "$work/t.jsonl" "$work/again.jsonl"
}

live "$work/t.gv" --outside=bob
end
ok "ends when it is told to" test "$status" = 0
says "says where a program listens" "bob          127.$net.0.3:5060        sip:bob@example.com" \
	cat "$work/said"
says "… and where nodes do" "px           127.$net.0.2:5060        tcp" cat "$work/said"
ok "runs again" runs_again
sed 's/register=true, *//; s/, register=true//' "$work/t.gv" > "$work/plain.gv"
for outside in bob alice alice,bob; do
	ok "without a script it tells programs nothing ($outside)" \
		timeout "$patience" "$RUNG" live -q "$work/plain.gv" --outside=$outside \
		--until=10ms -o "$work/t.jsonl"
	ok "runs again ($outside)" runs_again
done
fails "no node of the run" 2 "$RUNG" live "$work/t.gv" --outside=lan
fails "nodes one by one" 2 "$RUNG" live "$work/t.gv" --outside=bob --outside=alice
says "… are named together" "--outside=bob,alice" cat "$work/.output"
fails "who hears, twice" 2 "$RUNG" live "$work/t.gv" --hear=bob --hear=alice

# Who reads what is said goes before the run is over.
rm -f "$work/t.jsonl"
"$RUNG" live "$work/t.gv" --until=300ms -o "$work/t.jsonl" 2> "$work/complaint" | head -n 1 > "$work/said"
says "is told" "standard output can't be written" cat "$work/complaint"
ok "the trace is whole" runs_again

# A node's program that fails, or says nothing for five seconds, is told at once.
echo 'raise ValueError("boom")' > "$work/crash.py"
printf 'import time\ntime.sleep(60)\n' > "$work/hang.py"
for program in crash hang; do
	cat > "$work/own.gv" <<-G
		graph {
			alice [role=ua, register=true, outbound=own, domain="example.com"]
			own [role=script, program="python3 $program.py", domain="example.com"]
			alice -- own
		}
	G
	"$RUNG" live "$work/own.gv" --processes --until=6s -o "$work/t.jsonl" > "$work/said" \
		2> "$work/complaint"
	fails "nothing slept ($program)" 1 grep "stood still" "$work/said"
	mv "$work/complaint" "$work/$program.said"
done
says "what it said" "ValueError: boom" cat "$work/crash.said"
says "that it says nothing" "has not answered within 5 s" cat "$work/hang.said"

# One message in several pieces is one message.
if command -v python3 > /dev/null; then
	live "$work/plain.gv" --outside=bob
	python3 - "127.$net.0" > "$work/answer" <<-'P'
		import socket, sys, time
		net = sys.argv[1]
		s = socket.socket()
		s.connect((net + ".2", 5060))
		s.settimeout(20)
		text = ("REGISTER sip:example.com SIP/2.0\r\nVia: SIP/2.0/TCP %s.3;branch=z9hG4bK1\r\n"
		    "From: <sip:bob@example.com>;tag=1\r\nTo: <sip:bob@example.com>\r\nCall-ID: 1\r\n"
		    "CSeq: 1 REGISTER\r\nMax-Forwards: 70\r\nContent-Length: 0\r\n\r\n" % net).encode()
		for piece in text[:40], text[40:150], text[150:]:
		    s.send(piece)
		    time.sleep(0.1)
		print(s.recv(999).decode().split("\r\n")[0])
		s.send(text[:50])
	P
	end
	says "is answered" "SIP/2.0 200 OK" cat "$work/answer"
	ok "… as the program" test "$("$RUNG" show "$work/t.jsonl" kind=send src=bob \
		method=REGISTER | wc -l)" = 1
	says "no clause is broken" "errors 0" "$RUNG" inspect "$work/t.jsonl"
	ok "runs again (pieces)" runs_again

	# A phone speaks from the port that it has named, by the address that the machine
	# chooses, before it is spoken to.
	cat > "$work/two.gv" <<-'G'
		graph {
			alice [role=ua, media=true, answer="10ms", codecs=PCMU]
			bob [role=ua]
			alice -- bob
		}
	G
	echo 'lab { topology = "two.gv" }' > "$work/two.lua"
	# caller.py SOURCE NET CALLEE CALLER: who calls whom, by the last numbers of their addresses; says how many packets
	# came that are no silence.
	cat > "$work/caller.py" <<-'P'
		import socket, struct, sys, time
		alice, bob = (sys.argv[2] + "." + host for host in sys.argv[3:])
		s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
		s.bind((bob, 5060))
		s.settimeout(20)
		sound = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
		sound.bind((sys.argv[1], 0))
		sdp = ("v=0\r\no=b 1 1 IN IP4 %s\r\ns=-\r\nc=IN IP4 %s\r\nt=0 0\r\nm=audio %d RTP/AVP 0\r\n"
		    % (bob, bob, sound.getsockname()[1]))
		def send(method, n, tag="", body=""):
		    s.sendto(("%s sip:alice@%s SIP/2.0\r\nVia: SIP/2.0/UDP %s;branch=z9hG4bK%s\r\n"
			"From: <sip:bob@%s>;tag=1\r\nTo: <sip:alice@%s>%s\r\nCall-ID: 1\r\nCSeq: %d %s\r\n"
			"Contact: <sip:bob@%s>\r\nMax-Forwards: 70\r\nContent-Type: application/sdp\r\n"
			"Content-Length: %d\r\n\r\n%s" % (method, alice, bob, method, bob, alice, tag, n,
			method, bob, len(body), body)).encode(), (alice, 5060))
		send("INVITE", 1, "", sdp)
		while not (got := s.recv(4000).decode()).startswith("SIP/2.0 200"):
		    pass
		port = int(got.split("m=audio ")[1].split()[0])
		send("ACK", 1, ";tag=" + got.split("\nTo:")[1].split("\r")[0].split("tag=")[1])
		for n in range(60):
		    sound.sendto(struct.pack("!BBHII", 128, 0, n, n * 160, 7) + bytes(160), (alice, port))
		    time.sleep(0.02)
		sound.setblocking(False)
		heard = 0
		try:
		    while packet := sound.recv(999):
		        heard += len(set(packet[12:])) > 8
		except BlockingIOError:
		    print(heard)
	P
	live "$work/two.lua" --outside=bob
	python3 "$work/caller.py" 127.0.0.1 "127.$net.0" 1 2 > "$work/answer"
	end
	says "its sound is its own" "hears PCMU ← bob" "$RUNG" show "$work/t.jsonl" kind=media
	ok "… and is RTP" test "$("$RUNG" show "$work/t.jsonl" kind=send src=bob proto=rtp |
		wc -l)" -gt 50
	says "… of the call" "alice hears PCMU" "$RUNG" inspect -f json "$work/t.jsonl"
	fails "… not of a stranger" 1 grep "does not belong to the call" "$work/.output"
	ok "runs again (sound)" runs_again
fi

fails "no such node" 2 "$RUNG" live "$work/t.gv" --outside=zed
fails "no address of this machine" 2 "$RUNG" live "$work/t.gv" --outside=bob=192.0.2.1
fails "no file" 2 "$RUNG" live
[ ! -e /dev/full ] || says "a full disk" "/dev/full: can't be written: No space left" \
	"$RUNG" live "$work/t.gv" -q --until=10ms -o /dev/full

# So many messages of the trace are these, or more: on a slow machine some are repeated.
has() { # N WORD…
	least=$1
	shift
	[ "$("$RUNG" show "$work/t.jsonl" kind=send "$@" | grep -c ' send ')" -ge "$least" ]
}

if command -v sipp > /dev/null; then
	for transport in u1 t1; do
		live "$work/t.gv" --outside=bob
		ok "SIPp calls a phone ($transport)" sh -c 'cd "$1" && timeout "$4" sipp -sn uac \
			"127.$2.0.1:5060" -i "127.$2.0.3" -p 5060 -s alice -m 3 -r 5 -d 100 \
			-t "$3" -nostdin > sipp.out 2>&1' - "$work" "$net" "$transport" "$patience"
		end
		ok "three calls ($transport)" has 3 src=alice status=200 cseq=INVITE
		ok "three ends ($transport)" has 3 src=bob method=BYE
		ok "runs again ($transport)" runs_again
	done
else
	skip "there is no SIPp"
fi

# A program in another language answers a real one, and again without both.
if command -v python3 > /dev/null; then
	live examples/registrar.gv --processes --outside=alice
	timeout "$patience" bash -c 'exec 3<> "/dev/tcp/127.$1.0.2/5060"
		for line in "REGISTER sip:a.example SIP/2.0" \
			"Via: SIP/2.0/TCP 127.$1.0.1:5060;branch=z9hG4bK1" "Max-Forwards: 70" \
			"From: <sip:alice@a.example>;tag=1" "To: <sip:alice@a.example>" \
			"Call-ID: 1@127.$1.0.1" "CSeq: 1 REGISTER" \
			"Contact: <sip:alice@127.$1.0.1:5060>" "Content-Length: 0" ""
		do printf "%s\r\n" "$line"; done >&3
		read -r answer <&3; echo "$answer"' - "$net" > "$work/answer"
	end
	ok "a registrar in Python answers a real program" grep -q "SIP/2.0 200" "$work/answer"
	ok "… and is asked no more where the run is made again" runs_again
	live examples/phone.gv --processes --outside=alice
	python3 "$work/caller.py" "127.$net.0.1" "127.$net.0" 3 1 > "$work/answer"
	end
	ok "a phone in Python plays a tone to a real program" test "$(cat "$work/answer")" -ge 40
	says "… and hears it" "hears PCMU ← alice" "$RUNG" show "$work/t.jsonl" node=bob kind=media
	ok "… and is asked no more where the run is made again, either" runs_again
else
	skip "there is no python3"
fi

if command -v baresip > /dev/null && [ -d /usr/lib/baresip/modules ]; then
	mkdir "$work/phone"
	: > "$work/phone/contacts"
	live "$work/lab.lua" --outside=bob
	cat > "$work/phone/config" <<-C
		sip_listen 127.$net.0.3:5060
		module_path /usr/lib/baresip/modules
		module g711.so
		module_app account.so
		module_app menu.so
	C
	echo "<sip:bob@example.com>;auth_pass=none;outbound=\"sip:127.$net.0.2\";regint=60" \
		> "$work/phone/accounts"
	timeout "$patience" baresip -f "$work/phone" > "$work/phone/said" 2>&1 &
	phone=$!
	until grep -qi "incoming call" "$work/phone/said" || ! kill -0 "$phone" 2> /dev/null; do
		sleep 0.1
	done
	kill "$phone"
	wait "$phone"
	end
	ok "baresip registers" has 1 src=bob method=REGISTER
	ok "… and rings" has 1 src=bob status=180
	ok "runs again (baresip)" runs_again
else
	skip "there is no baresip"
fi
finish
