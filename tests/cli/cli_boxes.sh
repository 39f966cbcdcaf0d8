# Back-to-back user agents and session border controllers: what a flow of RFC
# 5359 comes to at the phones is the same with a box in the middle; chains of
# boxes by chance leave nothing behind and break no clause; what a box carries,
# changes and drops is what its rows say.
. tests/fixtures/check.sh

t=$work/t.jsonl
# has NAME WORDS TEXT, hasnt NAME WORDS TEXT
has() {
	case $3 in *"$2"*) good ;; *) bad "$1" "no “$2”" ;; esac
}
hasnt() {
	case $3 in *"$2"*) bad "$1" "there is “$2”" ;; *) good ;; esac
}

# ---- in the middle of every flow of RFC 5359 ----

# ends FILE: for each phone how its calls have gone, without the box's.
ends() {
	awk '
	function value(key) {
		if (!match($0, "\"" key "\":\"[^\"]*\""))
			return ""
		return substr($0, RSTART + length(key) + 4, RLENGTH - length(key) - 5)
	}
	/"kind":"call"/ && value("node") != "box" {
		state = value("state")
		if (state == "confirmed" || state == "terminated")
			way[value("id")] = way[value("id")] " " state
	}
	END {
		for (id in way) {
			split(id, part, "/")
			print part[1] way[id]
		}
	}' "$1" | sort
}
flows=0
for lab in labs/rfc5359-* labs/call-park labs/pick-up; do
	name=${lab#labs/}
	gv=$(sed -n 's/.*topology = "\([^"]*\)".*/\1/p' "$lab/lab.lua")
	from=$lab/$gv
	[ -f "$from" ] || from=topologies/$gv
	"$RUNG" run -q "$lab" -o "$t"
	ends "$t" > "$work/straight"
	mkdir -p "$work/$name"
	cp "$lab/lab.lua" "$work/$name"
	for role in b2bua sbc; do
		for by in udp tcp; do
			awk -v role=$role -v also=", transport=$by" \
				-f tests/cli/box_between.awk "$from" > "$work/$name/$gv"
			"$RUNG" run -q "$work/$name/lab.lua" -o "$t"
			ends "$t" > "$work/through"
			ok "$name by $by through a $role" \
				cmp "$work/straight" "$work/through"
			ok "$name by $by through a $role: nothing is bad" \
				[ "$(grep -c '"kind":"bad"' "$t")" = 0 ]
		done
	done
	flows=$((flows + 1))
done
ok "flows: $flows" [ "$flows" -ge 20 ]

# ---- chains of boxes by chance ----

# left FILE: calls that are not over, and pairs.
left() {
	awk '
	function value(key) {
		if (!match($0, "\"" key "\":\"[^\"]*\""))
			return ""
		return substr($0, RSTART + length(key) + 4, RLENGTH - length(key) - 5)
	}
	/"kind":"call"/ { last[value("id")] = value("state") }
	/"machine":"pair"/ { last[value("id")] = value("to") }
	END {
		for (id in last)
			if (last[id] != "terminated" && last[id] != "over")
				print id, last[id]
	}' "$1"
}
for seed in ${SEEDS:-1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 34}; do
	awk -v seed="$seed" -v dir="$work" -f tests/cli/boxes.awk
	"$RUNG" run -q "$work/lab.lua" -o "$t"
	ok "chain $seed: nothing is left" [ -z "$(left "$t")" ]
	ok "chain $seed: nothing is bad" \
		[ "$(grep -c '"kind":"bad"' "$t")" = 0 ]
	has "chain $seed: no clause is broken" 'errors 0, warnings 0' \
		"$("$RUNG" inspect "$t" 2>&1 | grep -m1 '^Findings')"
	awk -v seed="$seed" -v dir="$work" -v crash=1 -f tests/cli/boxes.awk
	ok "chain $seed with crashes" "$RUNG" run -q "$work/lab.lua" -o "$t"
done

# ---- what passes ----

# sent NODE START: the texts of what NODE sends that begin so, a line each.
sent() {
	grep '"kind":"send"' "$t" | grep "\"node\":\"$1\"" | grep -F "\"text\":\"$2"
}
# script LINES: runs the topology $work/net.gv with what people do.
script() {
	{
		echo 'lab { title = "box", topology = "net.gv", duration = "60s" }'
		echo 'local alice, bob = node "alice", node "bob"'
		echo 'script(function()'
		cat
		echo 'end)'
	} > "$work/lab.lua"
	"$RUNG" run -q "$work/lab.lua" -o "$t" 2>&1
}
between() {	# ATTRIBUTES of the box
	cat > "$work/net.gv" <<-EOF
	graph net {
		edge [delay="10ms"]
		alice [role=ua, addr="10.0.0.7", outbound=box, label="Alice"]
		box [$1, faces="inside=10.0.0.1 outside=192.0.2.1"]
		bob [role=ua, addr="192.0.2.20", outbound=box, answer="1s"]
		alice -- box:inside
		box:outside -- bob
	}
	EOF
}
between 'role=b2bua'
script <<'EOF'
	sleep "1s"
	local call = alice:invite("bob", { headers = { Subject = "lunch", ["Max-Forwards"] = "20", ["X-Own"] = "kept" } })
	sleep "3s"
	call:bye()
EOF
has "its own Call-ID" '@192.0.2.1\r' "$(sent box 'INVITE ')"
hasnt "not the caller's" '@10.0.0.7' "$(sent box 'INVITE ' | grep -o 'Call-ID: [^\\]*')"
has "one hop less" 'Max-Forwards: 19\r' "$(sent box 'INVITE ')"
has "the subject" 'Subject: lunch\r' "$(sent box 'INVITE ')"
has "what it does not know" 'X-Own: kept\r' "$(sent box 'INVITE ')"
has "its own o=" 'o=- 1 1 IN IP4 192.0.2.1\r' "$(sent box 'INVITE ')"
has "media go straight" 'c=IN IP4 10.0.0.7\r' "$(sent box 'INVITE ')"
has "From is the caller's" 'From: \"Alice\" <sip:alice@10.0.0.7>;tag=' "$(sent box 'INVITE ')"
has "the pair ends" '"to":"over"' "$(grep '"machine":"pair"' "$t")"
has "the state of the box has the pair" 'box/pair-1' "$("$RUNG" show --lang=en --at=3s "$t")"
has "and says which calls it joins" 'box/1, box/2' "$("$RUNG" show --lang=en --at=3s "$t")"

between 'role=b2bua, strip="Subject x-own", codecs="PCMA"'
script <<'EOF'
	sleep "1s"
	alice:invite("bob", { headers = { Subject = "lunch", ["X-Own"] = "kept" } })
EOF
hasnt "stripped" 'Subject' "$(sent box 'INVITE ')"
hasnt "stripped, whatever the case" 'X-Own' "$(sent box 'INVITE ')"
has "the codec that is allowed" 'RTP/AVP 8\r' "$(sent box 'INVITE ')"
hasnt "and no other" 'PCMU' "$(sent box 'INVITE ')"
between 'role=b2bua, codecs="opus"'
script <<'EOF'
	sleep "1s"
	alice:invite("bob")
EOF
has "nothing is allowed" 'SIP/2.0 488' "$(sent box 'SIP/2.0 4')"

between 'role=sbc'
script <<'EOF'
	sleep "1s"
	local call = alice:invite("bob", { headers = { ["History-Info"] = "<sip:a@10.0.0.9>;index=1", Organization = "Ours" } })
	sleep "3s"
	call:hold()
	sleep "1s"
	call:bye()
	sleep "1s"
	call = bob:invite("alice")
EOF
ok "nothing of inside is seen outside" [ "$(grep '"kind":"send"' "$t" |
	grep '"src_addr":"192.0.2.1' | grep -v -F 'To: <sip:alice@' |
	grep -c '10\.0\.0\.')" = 0 ]
hasnt "nor whose it is" 'Organization' "$(sent box 'INVITE ')"
has "media come to the box" 'c=IN IP4 192.0.2.1\r' "$(sent box 'INVITE ')"
has "on either side" 'c=IN IP4 10.0.0.1\r' "$(sent box 'SIP/2.0 200 OK')"
has "hold goes on" 'a=sendonly' "$(sent box 'INVITE ')"
has "versions of its own" 'o=- 1 2 IN IP4 192.0.2.1\r' "$(sent box 'INVITE ')"
has "calls from outside" 'INVITE sip:alice@10.0.0.7' "$(sent box 'INVITE ')"

# What is no call hides, too; and what the box does in somebody's place.
for refers in pass do; do
	between "role=sbc, refers=$refers"
	script <<-'EOF'
		sleep "1s"
		alice:message("bob", "hello")
		alice:subscribe("bob")
		sleep "1s"
		alice:refer("bob", { to = "sip:carol@192.0.2.20" })
		local call = alice:invite("bob")
		sleep "3s"
		call:transfer("sip:carol@192.0.2.20")
		sleep "9s"
	EOF
	hidden=$(grep '"kind":"send"' "$t" | grep '"src_addr":"192.0.2.1')
	for method in MESSAGE SUBSCRIBE REFER INVITE; do
		case $refers,$method in do,REFER) continue ;; esac
		has "$method goes out" "\"text\":\"$method " "$hidden"
	done
	hasnt "and shows nothing of inside" '10.0.0.' "$hidden"
done

# ---- numbers, and how many calls ----
between 'role=b2bua, rewrite="00=+ 0=+49"'
script <<'EOF'
	sleep "1s"
	alice:invite("sip:0308@192.0.2.20")
	alice:invite("sip:0049308@192.0.2.20")
EOF
has "a prefix is exchanged" 'INVITE sip:+49308@192.0.2.20' "$(sent box 'INVITE ')"
ok "of either kind" [ "$(sent box 'INVITE sip:+49308@' | wc -l)" = 2 ]
for limit in capacity=2 throughput=4; do
	between "role=b2bua, $limit"
	script <<-'EOF'
		sleep "1s"
		for i = 1, 6 do
			alice:invite("bob")
		end
	EOF
	ok "$limit lets two through" \
		[ "$(sent box 'INVITE ' | wc -l)" = 2 ]
	ok "$limit: who is refused hears when to come back" [ "$(sent box \
		'SIP/2.0 503' | grep -c 'Retry-After: 5')" = 4 ]
done

# ---- a transfer that the box carries out ----
for target in 'answer="1s"' busy=true; do
	cat > "$work/net.gv" <<-EOF
	graph net {
		edge [delay="10ms"]
		alice [role=ua, outbound=box]
		box [role=b2bua, refers=do]
		bob [role=ua, outbound=box, answer="1s"]
		carol [role=ua, $target]
		alice -- box
		box -- bob
		box -- carol
	}
	EOF
	script <<-'EOF'
		bob:on("invite", function(call)
			if wait(call, "confirmed") then
				sleep "1s"
				call:transfer "carol"
			end
		end)
		sleep "1s"
		local call = alice:invite "bob"
		sleep "9s"
		call:hold()
		sleep "1s"
		call:bye()
	EOF
	ok "no REFER goes on: $target" [ "$(sent box 'REFER ' | wc -l)" = 0 ]
	ok "it ends: $target" [ -z "$(left "$t")" ]
	case $target in
	busy*)	has "bob hears why" '486 Busy Here' "$(sent box 'NOTIFY ')"
		has "and is held" 'a=sendonly' "$(sent box 'INVITE sip:bob')" ;;
	*)	has "bob hears of it" '200 OK' "$(sent box 'NOTIFY ')"
		has "alice hears of carol" 'IN IP4 192.0.2.4' "$(sent box 'INVITE sip:alice')"
		has "carol is held" 'a=sendonly' "$(sent box 'INVITE sip:carol')" ;;
	esac
done

# ---- a registration through a box that hides ----
cat > "$work/net.gv" <<'EOF'
graph net {
	edge [delay="10ms"]
	alice [role=ua, addr="10.0.0.7", domain="example.com", register=true, outbound=box, answer="1s"]
	box [role=sbc, faces="inside=10.0.0.1 outside=192.0.2.1", outbound=proxy]
	proxy [role="proxy registrar location", addr="192.0.2.9", domain="example.com"]
	bob [role=ua, addr="192.0.2.20", domain="example.com", outbound=proxy]
	alice -- box:inside
	box:outside -- net
	net -- { proxy bob }
	net [addr="192.0.2.254"]
}
EOF
script <<'EOF'
	sleep "2s"
	local call = bob:invite("alice")
	sleep "3s"
	call:bye()
EOF
has "a Contact of its own" 'Contact: <sip:alice-1@192.0.2.1:5060>' "$(sent box 'REGISTER ')"
has "and back" '<sip:alice@10.0.0.7:5060>' "$(sent box 'SIP/2.0 200 OK' | grep REGISTER)"
has "the call finds it" 'INVITE sip:alice@10.0.0.7:5060' "$(sent box 'INVITE ')"
has "it is answered" 'SIP/2.0 200 OK' "$(sent alice 'SIP/2.0 200' | grep INVITE)"

# ---- a ring ends by Max-Forwards ----
cat > "$work/net.gv" <<'EOF'
graph net {
	edge [delay="1ms"]
	alice [role=ua, outbound=one]
	bob [role=ua]
	one [role=b2bua, outbound=two]
	two [role=b2bua, outbound=one]
	alice -- one -- two -- bob
}
EOF
script <<'EOF'
	sleep "1s"
	alice:invite("bob")
EOF
has "483" 'SIP/2.0 483' "$(sent two 'SIP/2.0 4'; sent one 'SIP/2.0 4')"
ok "after 70 hops" [ "$(grep '"kind":"send"' "$t" | grep -c '"text":"INVITE ')" = 71 ]
ok "and all is over" [ -z "$(left "$t")" ]

# ---- what real boxes do wrong ----
faulty() {	# FAULT
	between "role=b2bua, faults=\"$1\""
	script <<-'EOF'
		sleep "1s"
		local call = alice:invite("bob")
		sleep "3s"
		call:hold()
		sleep "1s"
		call:bye()
	EOF
}
faulty call-id
has "the Call-ID is kept" '@10.0.0.7' "$(sent box 'INVITE ' | grep -o 'Call-ID: [^\\]*')"
faulty max-forwards
has "70 again" 'Max-Forwards: 70\r' "$(sent box 'INVITE ')"
faulty contact
has "the wrong side's address" 'Contact: <sip:box@10.0.0.1' "$(sent box 'INVITE ')"
faulty hold
ok "bob hears of no hold" [ "$(sent box 'INVITE ' | wc -l)" = 1 ]
faulty ''
ok "with none he does" [ "$(sent box 'INVITE ' | wc -l)" = 2 ]

# two phones behind a proxy that forks: each counts by itself (RFC 3262 4)
two_phones() {	# FAULT
	cat > "$work/net.gv" <<-EOF
	graph net {
		edge [delay="10ms"]
		alice [role=ua, addr="10.0.0.7", outbound=box]
		box [role=b2bua, outbound=fork, faults="$1"]
		fork [role="proxy registrar location", domain="example.com"]
		alice -- box -- fork
		node [role=ua, aor="sip:bob@example.com", register=true]
		node [outbound=fork, progress="183", reliable=required]
		bob [answer=never]
		mobile [answer="2s"]
		fork -- bob
		fork -- mobile [delay="20ms"]
	}
	EOF
	script <<-'EOF'
		sleep "1s"
		local call = alice:invite("sip:bob@example.com")
		sleep "9s"
		call:bye()
	EOF
}
two_phones ''
ok "either is confirmed" [ "$(sent fork 'PRACK ' | wc -l)" = 2 ]
has "and may answer" 'SIP/2.0 200 OK' "$(sent mobile 'SIP/2.0 200' | grep INVITE)"
ok "in time, so that all is over" [ -z "$(left "$t")" ]
two_phones rseq
ok "only the first is" [ "$(sent fork 'PRACK ' | wc -l)" = 1 ]
ok "the other says it again, after 0.5, 1, 2 and 4 s" \
	[ "$(sent mobile 'SIP/2.0 183' | wc -l)" = 5 ]
hasnt "and may not answer" 'INVITE' "$(sent mobile 'SIP/2.0 200')"

# ---- its address in SDP, without the brackets of URIs (RFC 8866 5.7) ----

cat > "$work/six.gv" <<'GV'
graph {
	alice [role=ua, outbound=box, addr="2001:db8::1"]
	box   [role=sbc, addr="2001:db8::5"]
	bob   [role=ua, outbound=box, addr="2001:db8::2", answer="0s"]
	net -- { alice box bob }
}
GV
"$RUNG" run -q "$work/six.gv" -o "$t"
has "an address of IPv6" 'c=IN IP6 2001:db8::5' "$(cat "$t")"
hasnt "has no brackets" 'IN IP6 [' "$(cat "$t")"
finish
