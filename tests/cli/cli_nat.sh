# A NAT between a phone and its server: what works behind which kind, without a
# remedy (RFC 4787, RFC 3581); why an INVITE did not reach Bob; what a gateway
# that means well mends and breaks; what is seen of it all.
. tests/fixtures/check.sh

t=$work/t.jsonl
mkdir "$work/lab"
cp topologies/nat.gv "$work/lab"
lab() { # what its script does; SETTING… follow in `run`
	printf 'lab { title = "t", topology = "nat.gv", duration = "400s" }
local alice, bob = node "alice", node "bob"
script(function() sleep "1s"; %s end)\n' "$1" > "$work/lab/lab.lua"
}
run() { # SETTING…
	for set; do
		set -- "$@" "--set=$set"
		shift
	done
	"$RUNG" run -q "$work/lab" "$@" -o "$t"
}
# The state that each of NODE's calls has come to.
ends() { # NODE
	awk -v node="\"node\":\"$1\"" '
	/"kind":"call"/ && index($0, node) {
		match($0, /"id":"[^"]*"/)
		id = substr($0, RSTART, RLENGTH)
		match($0, /"state":"[^"]*"/)
		state = substr($0, RSTART + 9, RLENGTH - 10)
		if (state == "confirmed") was[id] = 1
		last[id] = was[id] ? state " confirmed" : state
	}
	END { for (id in last) print last[id] }' "$t"
}
lost() { # why messages were lost: reasons, each once
	sed -n 's/.*"kind":"drop".*"reason":"\([^"]*\)".*/\1/p' "$t" |
		sort -u | tr '\n' ' '
}
comes() { # WHAT IS WANTED
	if [ "$2" = "$3" ]; then good; else bad "$1" "$2 instead of $3"; fi
}

out='local c = bob:invite "sip:alice@example.com"
	wait(c, "confirmed", "40s"); sleep "2s"; c:bye(); sleep "35s"'
in='local c = alice:invite "sip:bob@example.com"
	wait(c, "confirmed", "40s"); sleep "2s"; c:bye()'
far='alice:set { hangup = "2s" }
	local c = bob:invite "sip:alice@example.com"
	wait(c, "confirmed", "40s"); sleep "60s"'
seen=sip:bob@203.0.113.7:5060

# ---- what works: signalling over UDP, the server public ----

for kind in "endpoint endpoint" "endpoint address" "endpoint address-port" \
	"address-port address-port"; do
	set -- "home.mapping=${kind% *}" "home.filtering=${kind#* }" \
		home.ports=random
	# rport: answers come back whatever the kind (RFC 3581).
	lab "$out"; run "$@"
	comes "$kind: Bob calls" "$(ends bob)" "terminated confirmed"
	comes "$kind: nothing is lost" "$(lost)" ""
	# The Contact that the registrar has is private.
	lab "$in"; run "$@"
	comes "$kind: nobody calls Bob" "$(ends alice)" terminated
	comes "$kind: why" "$(lost)" "private "
	# What the far end begins within Bob's own call has his Contact, too.
	lab "$far"; run "$@"
	comes "$kind: Bob does not hear that Alice hangs up" \
		"$(ends bob)" "confirmed confirmed"
	comes "$kind: her BYE" "$(lost)" "private "
done
# Without rport answers go to the port that Via names: by luck it is the one.
lab "$out"
run bob.rport=false home.ports=random
comes "no rport" "$(lost)" "no-binding "
says "Bob gets no answer" "200 OK → home: the NAT had no binding for it" \
	"$RUNG" show "$t" kind=drop
comes "nor can he call" "$(ends bob)" terminated
run bob.rport=false
comes "no rport, but the same port" "$(ends bob)" "terminated confirmed"
# A registrar that notes whence a REGISTER came (alias): calls come in while the
# binding lives, whatever the kind.
lab "$in"
for kind in endpoint address address-port; do
	run server.alias=true home.mapping=$kind home.ports=random
	comes "$kind: noted" "$(ends alice)" "terminated confirmed"
done
lab "sleep '350s'; $in"
run server.alias=true
comes "noted, but the binding is over" "$(lost)" "no-binding "
# A Contact with the outer address, as STUN or a registrar's alias would have
# it: the server may come in, since Bob has sent there.
lab "$in"
for f in endpoint address address-port; do
	run bob.contact=$seen home.filtering=$f
	comes "$f: the server reaches Bob" \
		"$(ends alice)" "terminated confirmed"
done
# Alice without the server, who may come in by the widest filter alone.
lab "sleep '1s'; local c = alice:invite '$seen'
	wait(c, 'confirmed', '40s'); sleep '1s'"
for f in endpoint address address-port; do
	run alice.outbound= bob.contact=$seen home.filtering=$f
	case $f in
	endpoint) comes "$f: straight" "$(ends alice)" "confirmed confirmed" ;;
	*)	comes "$f: straight" "$(ends alice)" terminated
		comes "$f: why" "$(lost)" "filtered " ;;
	esac
done
# Over TCP Bob's connection is there whatever the kind; nobody can make one.
lab "$out"
run bob.transport=tcp home.mapping=address-port home.ports=random
comes "TCP: Bob calls" "$(ends bob)" "terminated confirmed"

# ---- a binding that has run out ----

lab "sleep '350s'; $in"
run bob.contact=$seen
comes "after 350 s" "$(ends alice)" terminated
comes "its reason" "$(lost)" "no-binding "
n=$(sed -n 's/^{"seq":\([0-9]*\).*"kind":"drop".*/\1/p' "$t" | head -n 1)
says "what had been there" "that of 192.168.1.20:5060 was over" \
	"$RUNG" explain "$t" "$n"
says "when it ended" "300.010 s" "$RUNG" explain "$t" "$n"
says "by which rule" "RFC 4787 4.3" "$RUNG" explain "$t" "$n"
says "what had refreshed it last" "bob sent REGISTER" \
	"$RUNG" explain "$t" "$n"
says "in Chinese" "映射" "$RUNG" --lang=zh explain "$t" "$n"
run bob.contact=$seen home.timeout=400s
comes "one that lives longer" "$(ends alice)" "terminated confirmed"
run bob.contact=$seen bob.ping=30s
comes "one that is kept alive" "$(ends alice)" "terminated confirmed"
# Set anew in the midst, for what is refreshed from then on.
lab "node 'home':set { timeout = '20s' }; bob:register(); sleep '40s'; $in"
run bob.contact=$seen
comes "a shorter time from now on" "$(lost)" "no-binding "
lab "sleep '2s'; node 'home':set { alg = 'via contact uri' }; bob:register()
	sleep '1s'; $in"
run
comes "a gateway from now on" "$(ends alice)" "terminated confirmed"
# A restart: until Bob sends again.
lab "sleep '2s'; node 'home':forget(); $in"
run bob.contact=$seen
comes "forgotten" "$(lost)" "no-binding "
says "as the script said" "home loses its bindings" \
	"$RUNG" explain "$t" "$(sed -n \
	's/^{"seq":\([0-9]*\).*"kind":"drop".*/\1/p' "$t" | head -n 1)"
lab "sleep '2s'; node 'home':crash(); sleep '1s'; node 'home':restart(); $in"
run bob.contact=$seen
comes "crashed and started" "$(lost)" "no-binding "

# ---- the gateway ----

lab "$in"
run home.alg="via contact"
comes "a Request-URI that is not rewritten back" "$(ends alice)" terminated
says "Bob does not know himself" "404" "$RUNG" show "$t" node=bob kind=send
run home.alg="via contact uri"
comes "Contact is mended" "$(ends alice)" "terminated confirmed"
says "the registrar has the outer address" "$seen" \
	"$RUNG" show "$t" kind=binding
says "what was changed" "rewritten: via contact" "$RUNG" show "$t" kind=nat
says "on the arrow" "REGISTER, rewritten by a NAT" "$RUNG" show -l "$t"
lab "$out"
run home.alg=sdp
comes "SDP without its length is no message" "$(ends bob)" terminated
says "what is wrong with it" "Content-Length is larger" \
	"$RUNG" show "$t" kind=bad
run home.alg="sdp length"
comes "with it the call goes on" "$(ends bob)" "terminated confirmed"
if grep -q 'c=IN IP4 203.0.113.7' "$t"; then good; else
	bad "sdp" "no outer address"
fi

# Digest: a server inside, which is called by the NAT's address.
mkdir "$work/digest"
cat > "$work/digest/t.gv" <<'GV'
graph {
	pbx [role="proxy registrar location", domain="example.com",
	     addr="192.168.1.10", auth=all]
	bob [role=ua, domain="example.com", addr="192.168.1.20",
	     registered=true]
	home [role=nat, filtering=endpoint,
	      faces="inside=192.168.1.1 outside=203.0.113.7"]
	pbx -- home:inside; bob -- home:inside
	alice [role=ua, addr="192.0.2.30",
	       accounts="alice:secret@example.com"]
	home:outside -- alice
}
GV
cat > "$work/digest/lab.lua" <<'LUA'
lab { title = "t", topology = "t.gv", duration = "20s" }
script(function()
	node("pbx"):send { method = "OPTIONS", uri = "sip:alice@192.0.2.30" }
	sleep "2s"
	node("alice"):invite "sip:bob@203.0.113.7:5060"
end)
LUA
for alg in "" "uri" "uri auth"; do
	"$RUNG" run -q "$work/digest" --set=home.alg="$alg" -o "$t"
	case $alg in
	"") verdict="accept alice" ;;
	uri) verdict="refuse alice (example.com): uri" ;;
	*) verdict="refuse alice (example.com): password" ;;
	esac
	says "digest, rewritten: $alg" "$verdict" "$RUNG" show "$t" kind=auth
done

# ---- seen ----

lab "$out"
run
says "both addresses" "ACK (192.168.1.20:5060 = 203.0.113.7:5060)" \
	"$RUNG" show -l "$t" --width=200
says "the table at a moment" "192.168.1.20:5060>203.0.113.7:5060" \
	"$RUNG" show "$t" --at=4s
"$RUNG" run -q "$work/lab" --detail=network -o "$work/n.jsonl"
says "each packet" "203.0.113.7:5060 → 192.0.2.10:5060" \
	"$RUNG" show "$work/n.jsonl" kind=packet
run
cp "$t" "$work/first.jsonl"
run
ok "twice the same" cmp "$t" "$work/first.jsonl"
# Two in a row.
"$RUNG" run -q topologies/cgn.gv -o "$t"
comes "two NATs in a row" "$(ends bob)" "terminated confirmed"

# ---- what is no NAT ----

sed 's/ outside=/ other=/; s/home:outside/home:other/' topologies/nat.gv \
	> "$work/none.gv"
says "one without an outer side" "a NAT needs a face called outside" \
	"$RUNG" run "$work/none.gv"
says "a STUN server that there is not" "there is no such node" \
	"$RUNG" run --set bob.stun=nobody topologies/nat.gv
says "one that is none" "does not have the role stun" \
	"$RUNG" run --set bob.stun=alice topologies/nat.gv
says "a name server that is none" "does not have the role dns" \
	"$RUNG" run --set bob.dns=alice topologies/nat.gv
finish
