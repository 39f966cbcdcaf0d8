# What a phone asks of an address, a transport or a domain that is not there fails as
# a request does that no server answers (RFC 3261 8.1.3.1): the run goes on, the second
# time too, when a name server's negative answer is still known (RFC 2308); that of
# a name which no name server could know is said, with its line.
. tests/fixtures/check.sh

sed 's/outbound=px1//;s/duration="10s"/duration="60s"/' topologies/dns.gv > "$work/dns.gv"
sed '/ns[12]/d' "$work/dns.gv" > "$work/table.gv"

# asks TOPOLOGY WHAT: twice, 5 s apart, and then a call that comes about.
asks() {
	cat > "$work/lab.lua" << EOF
lab { title = "nowhere", topology = "$1.gv", duration = "60s" }
local alice, bob = node "alice", node "bob"
script(function()
	sleep "1s"
	$2
	sleep "5s"
	$2
	sleep "5s"
	alice:options "sip:bob@biloxi.example.com"
end)
EOF
	"$RUNG" run -q "$work/lab.lua" -o "$work/t.jsonl" 2> "$work/said"
	set -- "$1" "$2" $?
	"$RUNG" show "$work/t.jsonl" > "$work/records"
	ok "$1: $2" test $3 = 0
	ok "$1: $2: twice" test "$(grep -c ' bad ' "$work/records")" = 2
	ok "$1: $2: what comes after" grep -q "recv     200 OK" "$work/records"
}

for verb in invite options subscribe message refer; do
	for where in sip:bob@nosuch.example.org sip:bob@nosuch.biloxi.example.com \
		sips:bob@biloxi.example.com "sip:bob@biloxi.example.com;transport=sctp" \
		"sip:bob@x.invalid"; do
		case $verb in
		message) arguments="\"$where\", \"hello\"" ;;
		refer) arguments="\"$where\", \"sip:carol@biloxi.example.com\"" ;;
		*) arguments="\"$where\"" ;;
		esac
		asks dns "alice:$verb($arguments)"
		asks table "alice:$verb($arguments)"
		says "table: alice:$verb($arguments): its line" "lab.lua:7: alice can't reach" \
			cat "$work/said"
	done
done
asks table 'alice:invite "sips:bob@biloxi.example.com"'
says "the reason: TLS" "alice has none (tls=1.3 gives it some)" cat "$work/said"
asks table 'alice:invite "sip:bob@biloxi.example.com;transport=sctp"'
says "the reason: a transport" "nothing there speaks sctp" cat "$work/said"
asks table 'alice:invite "sip:bob@nosuch"'
says "the reason: a domain" "no such domain in the topology" cat "$work/said"

# What waits for its turn and then goes nowhere is not put down to what is asked next.
cat > "$work/lab.lua" << 'EOF'
lab { title = "nowhere", topology = "table.gv", duration = "60s" }
local alice, bob = node "alice", node "bob"
script(function()
	for i = 1, 3 do alice:message("sip:bob@nosuch.example.org", "hello") end
	sleep "10s"
	bob:set { busy = "true" }
end)
EOF
"$RUNG" run -q "$work/lab.lua" -o "$work/t.jsonl" 2> "$work/said"
says "a message: its line" "lab.lua:4: alice can't reach" cat "$work/said"
fails "not that of another act" 1 grep -q "lab.lua:6:" "$work/said"
# A phone that goes by UDP and knows TLS goes where NAPTR and SRV lead (RFC 3263 4.1).
for net in dns table; do
	cat > "$work/lab.lua" << EOF
lab { title = "secure", topology = "$net.gv", duration = "20s" }
script(function() sleep "1s" node("alice"):options "sips:bob@biloxi.example.com" end)
EOF
	"$RUNG" run -q "$work/lab.lua" --set alice.tls=1.3 -o "$work/t.jsonl" 2> "$work/.output"
	says "$net: by TLS" "ClientHello → px2" "$RUNG" show "$work/t.jsonl"
done
finish
