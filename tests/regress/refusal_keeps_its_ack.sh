# The ACK for a refusal that was sent without a transaction (a fault's respond=,
# a malformed INVITE) ends where the refusal came from (RFC 3261 8.2.7); a proxy
# forwards no ACK but that of a 2xx.
set -u
. tests/fixtures/check.sh

mkdir "$work/lab"
lab() { # ATTRS FAULT SCRIPT
	cat > "$work/lab/t.gv" << END
graph t {
	graph [domain="example.com", duration="60s"]
	edge [delay="5ms"]
	alice [role=ua, register=true, outbound=px]
	px [role="proxy registrar location" $1]
	bob [role=ua, register=true, outbound=px, answer="1s"]
	alice -- px -- bob
}
END
	cat > "$work/lab/lab.lua" << END
lab { title = "t", topology = "t.gv", duration = "60s" }
local alice, bob, px = node "alice", node "bob", node "px"
$2
script(function()
	sleep "1s"
	$3
	sleep "5s"
end)
END
	"$RUNG" run "$work/lab" -o "$work/t.jsonl" > "$work/.output" 2>&1 ||
		bad "$1 $2" "does not run"
}
# acks FROM TO N WHAT: that many ACKs were sent so.
acks() {
	check_seen=$("$RUNG" show "$work/t.jsonl" -m src="$1" dst="$2" \
		kind=send method=ACK | grep -c '^    ACK ')
	if [ "$check_seen" = "$3" ]; then good; else
		bad "$4" "$check_seen ACKs from $1 to $2 instead of $3"
	fi
}

call='local call = alice:invite "sip:bob@example.com"'
lab '' 'fault { method = "INVITE", dst = "px", nth = 1, respond = 503 }' "$call"
acks alice px 1 "a fault's answer"
acks px bob 0 "a fault's answer"
fails "nothing is left over" 1 "$RUNG" show "$work/t.jsonl" \
	kind=drop node=bob
lab '' 'fault { method = "INVITE", dst = "px", nth = 2, respond = 488 }' "$call
	wait(call, \"confirmed\")
	sleep \"1s\"
	call:hold()"
acks alice px 2 "within a dialog"
acks px bob 1 "within a dialog"
lab '' 'fault { method = "INVITE", dst = "bob", nth = 1, respond = 486 }' "$call"
acks px bob 1 "at a phone"
lab '' '' 'local function say(method, more)
		alice:send { to = px, raw = method ..
			" sip:bob@example.com SIP/2.0\r\n" ..
			"Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKx\r\n" ..
			"From: <sip:a@b>;tag=1\r\nTo: <sip:bob@example.com>" ..
			";tag=2\r\nCall-ID: x\r\nCSeq: 1 " .. method ..
			"\r\n" .. more .. "\r\n" }
	end
	say("INVITE", "Expires: soon\r\n")
	sleep "100ms"
	say("ACK", "")'
acks alice px 1 "a malformed INVITE"
acks px bob 0 "a malformed INVITE"
# 17.2.3: without the cookie the Via counts as it was sent (rport is filled in).
lab '' 'fault { method = "INVITE", dst = "px", nth = 1, respond = 503 }' \
	'local function say(method, tag)
		alice:send { to = px, raw = method ..
			" sip:bob@example.com SIP/2.0\r\n" ..
			"Via: SIP/2.0/UDP 192.0.2.1;rport;branch=old\r\n" ..
			"From: <sip:a@b>;tag=1\r\nTo: <sip:bob@example.com>" ..
			tag .. "\r\nCall-ID: x\r\nCSeq: 1 " .. method ..
			"\r\nMax-Forwards: 70\r\n\r\n" }
	end
	say("INVITE", "")
	sleep "100ms"
	say("ACK", ";tag=2")'
acks alice px 1 "without the magic cookie"
acks px bob 0 "without the magic cookie"
lab ', stateless=true' \
	'fault { method = "INVITE", dst = "px", nth = 1, respond = 503 }' \
	'alice:invite "sip:bob@192.0.2.2"'
acks px bob 0 "a stateless proxy"
finish
