# Phones without a SIM register in an IMS network by SIP Digest: the home server
# has what is written down of the password, the S-CSCF challenges by it.  Beside
# one with a SIM; with a wrong password, an unknown user, the server down, after
# restarts, by UDP and TCP; and the emulated handset.
. tests/fixtures/check.sh
cp topologies/ims-*.lua "$work"

is() { # WHAT WANTED GOT
	ok "$1: $2" [ "$2" = "$3" ]
	[ "$2" = "$3" ] || echo "    $3"
}
network() { # what Bob's phone is
	sed "/bob   \[role=ua/,/sqn=/c\\
		bob [$1, label=\"Bob\", aor=\"sip:bob@home.example\", outbound=pcscf, addr=\"192.0.2.2\"]" \
		topologies/ims.gv > "$work/ims.gv"
}
lab() { # NAME LINE…
	name=$1
	shift
	{
		echo "lab { title = \"t\", topology = \"ims.gv\", duration = \"${lasts:-40s}\" }"
		echo 'local alice, bob, hss, scscf = node "alice", node "bob", node "hss", node "scscf"'
		echo 'script(function()'
		printf '%s\n' "$@"
		echo 'end)'
	} > "$work/$name.lua"
	ok "$name runs" "$RUNG" run -q "$work/$name.lua" -o "$work/$name.jsonl"
}
words() { # NAME FILTER…
	words_of=$1
	shift
	"$RUNG" show "$work/$words_of.jsonl" kind=send "$@" |
		sed -n 's/^ *[0-9]* *[0-9.]* *[a-z0-9]* *send *\([A-Z0-9]*\).*/\1/p' | tr '\n' ' '
}
has() { # WHAT NAME SRC DST PATTERN
	ok "$1" grep -q '"kind":"send".*"src":"'"$3"'","dst":"'"$4"'".*'"$5" "$work/$2.jsonl"
}
phone='role=ua, register=true, answer="1s"'

for over in udp tcp; do
	network "$phone, password=\"secret\", transport=$over"
	lab "good-$over" 'sleep "2s" local c = alice:invite "bob" wait(c, "confirmed", "9s") c:bye()'
	is "$over: a challenge, and he is in" "401 200 " "$(words "good-$over" dst=bob to=1s status=401,200)"
	is "… and is called" "200 " "$(words "good-$over" src=bob cseq=INVITE status=200)"
done
has "challenged by MD5" good-udp scscf icscf 'WWW-Authenticate: Digest realm=\\"home.example\\", qop=\\"auth\\", nonce=\\"[^,]*, algorithm=MD5'
ok "the scheme is asked for, and told" sh -c '"$0" show -m "$1" method=MAA src=hss | grep -q "SIP Digest"' "$RUNG" "$work/good-udp.jsonl"
ok "the password is nowhere" sh -c '! grep "\"kind\":\"send\"" "$0" | grep -q secret' "$work/good-udp.jsonl"
ok "… nor a number of a SIM that he does not have" sh -c '"$0" show --at=2s --node=hss "$1" | sed -n "/bob@/,\$p" | grep -c SQN | grep -qx 0' "$RUNG" "$work/good-udp.jsonl"
ok "one with a SIM beside it" sh -c '"$0" show "$1" kind=send dst=alice status=200 | grep -q 200' "$RUNG" "$work/good-udp.jsonl"

network "$phone, password=\"secret\""
lab again 'sleep "2s" scscf:crash() sleep "1s" scscf:restart() sleep "1s" bob:register() sleep "2s" hss:crash() sleep "1s" hss:restart() sleep "1s" bob:register() sleep "2s" bob:unregister()'
is "after restarts, and out" "200 200 200 " "$(words again dst=bob from=3s status=200)"
ok "the server knows" sh -c '"$0" show --at=30s --node=hss "$1" | grep -q "bob@home.example *not-registered"' "$RUNG" "$work/again.jsonl"
lab down 'hss:crash()'
is "the server is down" "480 " "$(words down dst=bob status=4xx to=20s | cut -d ' ' -f 1) "
network 'role=script, program="wrong.lua"'
cat > "$work/wrong.lua" <<'LUA'
local me = "<sip:bob@home.example>"
local tries = 0
function on_start()
	send { method = "REGISTER", uri = "sip:home.example", to = me, from = me, headers = { Supported = "path" } }
end
LUA
lab nobody 'sleep "2s"'
is "who is no user" "403 " "$(words nobody dst=bob status=403)"

network "$phone, password=\"secret\""
lab wrong 'sleep "2s" bob:set { password = "other" } scscf:crash() sleep "1s" scscf:restart() bob:register() sleep "3s"'
is "a wrong password" "403 " "$(words wrong dst=bob status=403 from=2s)"
if [ -e assets/handset/handset.elf ]; then
	network 'role=handset, register=true, password="secret"'
	lab handset 'sleep "10s"'
	is "the handset" "401 200 " "$(words handset dst=bob status=401,200 to=10s | cut -d ' ' -f 1,2) "
fi
finish
