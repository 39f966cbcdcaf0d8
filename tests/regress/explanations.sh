#!/bin/sh
# Explanations that gave a wrong reason, or none: each situation with the
# reason that the RFC gives, and the one that it does not.
. tests/fixtures/check.sh

cp topologies/direct-call.gv topologies/fork.gv topologies/proxy.gv "$work"

# run: the script is standard input, after the names of the nodes.
run() { # TOPOLOGY
	{
		echo "lab { topology = \"$1\", duration = \"50s\" }"
		cat
	} > "$work/lab.lua"
	ok "runs" "$RUNG" run "$work/lab.lua" -q -o "$work/t.jsonl"
}

# because NAME RECORD SENTENCE [NOT]: the first step of the explanation, its
# lines joined.
because() {
	"$RUNG" explain "$work/t.jsonl" "$2" > "$work/.all" 2>&1
	awk '/^ *1\. #/ { on = 1 } /^ *2\. #/ { exit } on' "$work/.all" |
		tr -s ' \n' ' ' > "$work/.first"
	says "$1" "$3" cat "$work/.first"
	if [ -n "${4:-}" ] && grep -qF "$4" "$work/.first"; then
		bad "$1" "says: $4"
	fi
}

# record PATTERN: the number of the first record with it.
record() {
	grep "$1" "$work/t.jsonl" | head -n 1 |
		sed 's/^{"seq":\([0-9]*\),.*/\1/'
}

# leads NAME RECORD TEXT: somewhere in the chain of causes.
leads() {
	"$RUNG" explain "$work/t.jsonl" "$2" 2>&1 | tr -s ' \n' ' ' \
		> "$work/.chain"
	says "$1" "$3" cat "$work/.chain"
}

# 17: an ACK is a request, and no response is ever given to it.
run direct-call.gv <<'L'
script(function()
	node "alice":send { to = "bob", raw =
		"ACK sip:bob@192.0.2.3 SIP/2.0\r\n" ..
		"Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKx\r\n" ..
		"Max-Forwards: 70\r\nFrom: <sip:a@192.0.2.1>;tag=1\r\n" ..
		"To: <sip:bob@192.0.2.3>;tag=2\r\nCall-ID: q\r\n" ..
		"CSeq: 1 ACK\r\nContent-Length: 0\r\n\r\n" }
	node "alice":send { to = "bob", raw =
		"CANCEL sip:bob@192.0.2.3 SIP/2.0\r\n" ..
		"Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKy\r\n" ..
		"Max-Forwards: 70\r\nFrom: <sip:a@192.0.2.1>;tag=1\r\n" ..
		"To: <sip:bob@192.0.2.3>\r\nCall-ID: q\r\n" ..
		"CSeq: 1 CANCEL\r\nContent-Length: 0\r\n\r\n" }
	node "alice":send { to = "bob", raw =
		"OPTIONS sip:bob@192.0.2.3 SIP/2.0\r\n" ..
		"Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKz\r\n" ..
		"Max-Forwards: 70\r\nFrom: <sip:a@192.0.2.1>;tag=1\r\n" ..
		"To: <sip:bob@192.0.2.3>\r\n" ..
		"CSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n" }
end)
L
because "an ACK to nothing" "$(record '"reason":"unmatched"')" \
	"RFC 3261 17: An ACK that belongs to no dialog" "481"
because "a CANCEL of nothing, at a phone" 481@bob \
	"9.2: A CANCEL that matches no transaction"
because "a header field that lacks" "$(record '"fault":"missing"')" "Call-ID"

run direct-call.gv <<'L'
script(function()
	node "alice":send { method = "INFO", uri = "sip:bob@192.0.2.3" }
end)
L
because "a request that has no To tag" 481@bob "or for want of one" \
	"with a To tag that"

# 18.1.1, RFC 3263 4.1: why UDP.
run direct-call.gv <<'L'
local alice, bob = node "alice", node "bob"
script(function()
	alice:invite "sip:bob@192.0.2.3"
	sleep "1s"
	alice:send { method = "OPTIONS",
		uri = "sip:bob@192.0.2.3;transport=tcp" }
end)
L
because "by UDP" INVITE@alice "It goes by UDP: the URI of the next hop names no"
because "a response" 180@bob "It goes by UDP, as its request came"
because "by TCP" OPTIONS@alice "It goes by TCP: the URI of the next hop says so"

# 15.1.1 alone is why nobody's BYE but a user's is sent.
run direct-call.gv <<'L'
local alice, bob = node "alice", node "bob"
script(function()
	bob:set { answer = "20ms" }
	local call = alice:invite "sip:bob@192.0.2.3"
	sleep "35ms"
	call:cancel()
end)
L
because "a CANCEL that came too late" BYE@alice \
	"RFC 3261 13.2.2.4: The CANCEL came too late" "15.1.1"

run direct-call.gv <<'L'
local alice, bob = node "alice", node "bob"
bob:set { answer = "never" }
bob:on("invite", function(call) call:answer() call:bye() end)
script(function() alice:invite "sip:bob@192.0.2.3" end)
L
because "a BYE that waits for the ACK" BYE@bob "RFC 3261 15: Who has answered"
leads "and who asked for it" BYE@bob "bob hangs up the call bob/1, as the script"

run direct-call.gv <<'L'
local alice, bob = node "alice", node "bob"
bob:set { answer = "never" }
bob:on("invite", function(call) call:answer() call:bye { now = true } end)
script(function() alice:invite "sip:bob@192.0.2.3" end)
L
because "a BYE that does not wait" BYE@bob \
	"RFC 3261 15: Who has answered a call must not" "15.1.1"

run fork.gv <<'L'
local alice = node "alice"
node "desk":set { answer = "1s" }
node "mobile":set { answer = "1s" }
script(function() sleep "1s" alice:invite "sip:bob@example.com" end)
L
because "a second phone that answered" BYE@alice \
	"13.2.2.4: A second phone has answered the same INVITE" "15.1.1"

# 16.7 step 6: why this one of several answers.
run fork.gv <<'L'
local alice = node "alice"
node "desk":set { busy = true }
node "mobile":on("invite", function(call) call:reject(415) end)
node "home":on("invite", function(call) call:reject(500) end)
script(function() sleep "1s" alice:invite "sip:bob@example.com" end)
L
because "415 before 486" 415@px "tells the caller how to ask again"
run fork.gv <<'L'
local alice = node "alice"
node "desk":set { busy = true }
script(function()
	sleep "1s"
	local call = alice:invite "sip:bob@example.com"
	wait(call, "early")
	call:cancel()
end)
L
because "487 before 486" 487@px "a caller who has cancelled gets the 487" \
	"how to ask again"
run fork.gv <<'L'
local alice = node "alice"
node "desk":set { busy = true }
node "mobile":on("invite", function(call) call:reject(603) end)
node "home":on("invite", function(call) call:reject(500) end)
script(function() sleep "1s" alice:invite "sip:bob@example.com" end)
L
because "6xx before all" 603@px "A 6xx speaks for all places"

# The proxy knows no 2xx: what it says holds of every such ACK.
run proxy.gv <<'L'
local alice = node "alice"
script(function()
	sleep "1s"
	alice:invite "bob"
end)
L
because "an ACK at a proxy" ACK@px "An ACK for a 2xx belongs to no transaction"

# 17.1.1.3: the handset's ACK for a refusal is its transaction's.
run_lab() { # LAB OPTION…
	ok "runs $1" "$RUNG" run -q -o "$work/t.jsonl" "$@"
}
run_lab handset-call --set bob.busy=true
because "a handset's ACK for 486" ACK@phone "RFC 3261 17.1.1.3" "13.2.2.4"
run_lab handset-call
because "a handset's ACK for 200" ACK@phone#2 "RFC 3261 13.2.2.4"

# RFC 3327 5.4: the edge proxy is asked since the binding has a Path.
cat > "$work/path.gv" <<'G'
graph path {
	domain="example.com"
	alice  [role=ua, register=true, outbound=px]
	px     [role="proxy registrar location", inbound=true]
	border [role=proxy, path=true]
	mobile [role=ua, aor="sip:bob@example.com", register=true,
		outbound=border]
	{alice px border mobile} -- lan
}
G
run path.gv <<'L'
script(function()
	sleep "1s"
	node "alice":invite "sip:bob@example.com"
end)
L
because "by Path" "$(record '"rule":"proxy-by-path"')" \
	"RFC 3327 5.4: The contact was registered with a Path"

# Timers have names of their own.
run direct-call.gv <<'L'
local alice, bob = node "alice", node "bob"
local hers
bob:set { answer = "never" }
bob:on("invite", function(call) hers = call call:answer() end)
script(function()
	local call = alice:invite "sip:bob@192.0.2.3"
	wait(call, "confirmed")
	sleep "1s"
	call:hold()
	hers:hold()
end)
L
because "the timer after a 491" "$(record '"name":"glare"')" \
	"The timer that waits after a 491" "glare"
finish
