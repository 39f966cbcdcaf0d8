#!/bin/sh
# What a node says of itself: Allow, Supported and Accept where RFC 3261 11 and
# 13 want them, User-Agent and Server, rport, and the RTP port of each call.
. tests/fixtures/check.sh

mkdir "$work/lab"
cat > "$work/lab/net.gv" <<'EOF'
graph net {
	edge [delay="5ms"]
	subgraph cluster_a {
		domain="example.com"
		alice [role=ua, outbound=px]
		bob   [role=ua, registered=true, answer="0s"]
		px    [role="proxy registrar location"]
		far   [role="redirect location", domain="far.example.org"]
	}
	px -- alice
	px -- bob
	px -- far
}
EOF
cat > "$work/lab/lab.lua" <<'EOF'
lab { title = "Who are you?", topology = "net.gv", duration = "8s" }
script(function()
	local alice = node "alice"
	local one = alice:invite "bob"
	sleep "1s"
	one:reinvite()
	local two = alice:invite "bob"
	sleep "1s"
	alice:options "bob"
	alice:options "sip:example.com"
	alice:options "sip:far.example.org"
	sleep "1s"
	one:bye()
	two:bye()
	sleep "1s"
	alice:send { method = "OPTIONS", uri = "sip:bob@example.com",
	    headers = { Require = "path" } }
	alice:send { method = "OPTIONS", uri = "sip:bob@example.com",
	    headers = { Require = "path, gruu" } }
end)
EOF
ok "runs" "$RUNG" run -q -o "$work/trace" "$work/lab"

# request NODE METHOD, response NODE METHOD STATUS: the messages that NODE
# sent, line by line.
request() {
	grep '"kind":"send"' "$work/trace" | grep "\"src\":\"$1\"" |
	    grep "\"start\":\"$2\"" | sed 's/\\r\\n/\n/g; s/"text":"/\n/'
}

response() {
	grep '"kind":"send"' "$work/trace" | grep "\"src\":\"$1\"" |
	    grep "\"start\":$3," | grep "\"cseq\":\"[0-9]* $2\"" |
	    sed 's/\\r\\n/\n/g; s/"text":"/\n/'
}

# every NAME COUNT TEXT COMMAND…: that many lines begin with TEXT.
every() {
	what=$1 count=$2 text=$3
	shift 3
	"$@" > "$work/.output" 2>&1
	seen=$(grep -c "^$text" "$work/.output")
	if [ "$seen" = "$count" ]; then
		good
	else
		bad "$what" "$seen times instead of $count: $text"
	fi
}

# What a phone knows, all of it.
phone='Supported: 100rel, path, replaces, join, 199$'
# Three INVITEs (one within the dialog), and a 2xx for each.
for field in "$phone" 'Allow: INVITE, '; do
	every "INVITE, 13.2.1" 3 "$field" request alice INVITE
	every "its 2xx, 13.3.1.4" 3 "$field" response bob INVITE 200
done
every "OPTIONS, 11.1" 3 'Accept: application/sdp$' request alice OPTIONS

for field in Allow Accept Accept-Encoding Accept-Language Supported; do
	every "a phone's 200 to OPTIONS, 11.2" 2 "$field: ." \
	    response bob OPTIONS 200
done
# The proxy answers one by itself, and passes three on.
every "no Allow of a proxy, 11.2" 3 'Allow: ' response px OPTIONS 200
for field in Accept Accept-Encoding Accept-Language; do
	every "a proxy's 200 to OPTIONS, 11.2" 4 "$field: ." \
	    response px OPTIONS 200
done
every "a proxy's 200 to OPTIONS, 11.2" 1 'Supported: path$' \
    response px OPTIONS 200
every "a phone's, passed on" 2 "$phone" response px OPTIONS 200
for field in Allow Accept Accept-Encoding Accept-Language; do
	every "a redirect server's 200 to OPTIONS, 11.2" 1 "$field: ." \
	    response far OPTIONS 200
done

# What is in Supported is not refused (8.2.2.3), and only the rest is named.
every "an extension of its own" 1 'Unsupported: gruu$' response bob OPTIONS 420
every "an extension of its own" 0 'Unsupported:.*path' response bob OPTIONS 420

every "User-Agent, 20.41" 2 'User-Agent: rung$' request alice BYE
every "Server, 20.35" 2 'Server: rung$' response bob BYE 200
every "none in a 100" 0 'Server:' response px INVITE 100
every "rport, RFC 3581 3" 3 'Via: SIP/2.0/UDP [0-9.:]*;rport;branch=' \
    request alice INVITE
every "rport is answered, RFC 3581 4" 2 'Via: .*;rport=5060;.*;received=' \
    response px BYE 200

# RFC 3550 11: even ports; another for the other call, the same within one.
every "the first call" 2 'm=audio 49170 ' request alice INVITE
every "the second call" 1 'm=audio 49172 ' request alice INVITE
every "the called side" 2 'm=audio 49170 ' response bob INVITE 200
every "the called side" 1 'm=audio 49172 ' response bob INVITE 200
every "a=ptime" 3 'a=ptime:20$' response bob INVITE 200
finish
