# A home subscriber server: users who prove by a SIM who they are (RFC 3310),
# what is answered when it refuses or is silent (TS 24.229), questions that are
# lost, its crash; tshark reads what it is asked.
. tests/fixtures/check.sh
K=465b5ce8b199b49faa5f0a2ee238a6bc
OPC=cd63cb71954a9f4e48a5994e37a02baf
cat > "$work/t.gv" <<GV
graph t {
	graph [domain="home.example"]
	alice [role=ua, outbound=pcscf, identities="tel:+15550001",
		sim="impi=alice_private@home.example k=$K opc=$OPC sqn=000000000000"]
	bob [role=ua, outbound=pcscf, answer="1s",
		sim="impi=bob_private@home.example k=$K opc=$OPC"]
	carol [role=ua, outbound=pcscf, aor="sip:carol@home.example"]
	pcscf [role=proxy, domain="visited.example", path=true]
	icscf [role=proxy, hss=hss, serving=scscf, inbound=true]
	scscf [role="registrar location proxy", hss=hss]
	hss [role=hss]
	alice -- pcscf; bob -- pcscf; carol -- pcscf
	pcscf -- icscf; icscf -- scscf; pcscf -- scscf
	icscf -- hss; scscf -- hss
}
GV
lab() { # NAME LINE…: a lab of those lines, run; its trace is NAME.jsonl
	name=$1
	shift
	{
		echo 'lab { title = "t", topology = "t.gv", duration = "60s" }'
		echo 'local alice, bob = node "alice", node "bob"'
		echo 'local hss = node "hss"'
		[ "${fault:-}" = "" ] || echo "$fault"
		echo 'script(function()'
		printf '%s\n' "$@"
		echo 'end)'
	} > "$work/$name.lua"
	ok "$name runs" "$RUNG" run -q "$work/$name.lua" -o "$work/$name.jsonl"
}
# The messages of alice's REGISTERs at alice and of the hss, one word each.
words() { # NAME
	grep '"kind":"send"' "$work/$1.jsonl" |
		grep -e '"src":"alice"' -e '"dst":"alice"' -e '"hss"' |
		sed 's/.*"start":"\{0,1\}\([A-Z0-9]*\).*/\1/' | tr '\n' ' '
}
is() { # WHAT WANTED GOT
	ok "$1: $2" [ "$2" = "$3" ]
	[ "$2" = "$3" ] || echo "    $3"
}

first='REGISTER UAR UAA MAR MAA 401 REGISTER UAR UAA SAR SAA 200 '
lab registered 'alice:register()' 'sleep "1s"'
is "a SIM answers" "$first" "$(words registered)"
ok "his identities are told" grep -q \
	'P-Associated-URI: <sip:alice@home.example>, <tel:+15550001>' \
	"$work/registered.jsonl"
ok "whom to challenge is said first" grep -q \
	'username=\\"alice_private@home.example\\", realm=\\"home.example\\", nonce=\\"\\"' \
	"$work/registered.jsonl"

lab twice 'alice:register()' 'sleep "1s"' 'alice:register()' 'sleep "1s"' \
	'alice:unregister()' 'sleep "1s"' 'bob:invite "alice"'
is "again, and no more" \
	"${first}REGISTER UAR UAA SAR SAA 200 REGISTER UAR UAA SAR SAA 200 LIR LIA " \
	"$(words twice)"
ok "the types of assignments" [ "$("$RUNG" export -f pcapng "$work/twice.jsonl" \
	-o "$work/twice.pcapng" && [ -s "$work/twice.pcapng" ] && echo yes)" = yes ]

lab push 'alice:register()' 'sleep "1s"' \
	'alice:subscribe("sip:alice@home.example", { event = "reg" })' 'sleep "1s"' \
	'hss:profile("alice", { identities = "tel:+15550009" })' 'sleep "1s"' \
	'hss:deregister "alice"' 'sleep "2s"' 'bob:register()' 'sleep "1s"' \
	'hss:deregister("sip:alice@home.example", { for_good = true })' \
	'sleep "1s"' 'alice:register()' 'sleep "1s"'
is "what it says by itself" "${first}SUBSCRIBE LIR LIA 200 NOTIFY 200 \
PPR PPA RTR RTA NOTIFY 200 REGISTER UAR UAA MAR MAA 401 REGISTER UAR UAA SAR SAA 200 NOTIFY 200 \
UAR UAA MAR MAA UAR UAA SAR SAA RTR RTA NOTIFY 200 REGISTER UAR UAA 403 " \
	"$(words push)"
is "why they end, her name and her number" "deactivated deactivated rejected rejected " \
	"$(grep '"kind":"send","cause".*"src":"scscf"' "$work/push.jsonl" |
		grep -o 'state=\\"terminated\\" event=\\"[a-z]*' |
		sed 's/.*"//' | tr '\n' ' ')"
is "another profile" '<tel:+15550001> <tel:+15550009> ' "$(grep \
	'"src":"scscf".*P-Associated-URI: <sip:alice' "$work/push.jsonl" |
	grep -o '<tel:[+0-9]*>' | tr '\n' ' ')"
lab untold 'hss:deregister "alice"' 'alice:register()' 'sleep "1s"' \
	'node("scscf"):crash()' 'hss:deregister "alice"' 'sleep "5s"'
is "who is not here, and a server that is not" "${first}RTR RTR RTR " \
	"$(words untold)"
says "who answered" "The S-CSCF of sip:alice@home.example did not answer hss" \
	"$RUNG" show "$work/untold.jsonl" "$("$RUNG" show "$work/untold.jsonl" \
		kind=lookup node=hss | cut -d ' ' -f 1)"
says "somebody else" "hss has no subscriber “mallory”" "$RUNG" run -q "$work/registered.lua" \
	--act='20:hss.deregister:user=mallory'

lab step "alice:set{sim=\"impi=alice_private@home.example k=$K opc=$OPC sqn=000000123456\"}" \
	'alice:register()' 'sleep "2s"'
is "out of step" "REGISTER UAR UAA MAR MAA 401 REGISTER UAR UAA MAR MAA 401 REGISTER UAR UAA SAR SAA 200 " \
	"$(words step)"
lab key "alice:set{sim=\"impi=alice_private@home.example k=000000000000000000000000000000ff opc=$OPC\"}" \
	'alice:register()' 'sleep "2s"'
is "another key" "REGISTER UAR UAA MAR MAA 401 REGISTER UAR UAA SAR SAA 403 " \
	"$(words key)"
ok "by an empty response" grep -q 'response=\\"\\"\\r' "$work/key.jsonl"

lab nobody 'node("carol"):register()' 'sleep "1s"' 'bob:register()' \
	'sleep "1s"' 'bob:invite "carol"' 'sleep "2s"' 'bob:invite "alice"' \
	'sleep "1s"'
answers() { # NAME: statuses that icscf or scscf have sent by themselves
	grep '"kind":"send"' "$work/$1.jsonl" | grep '"rule":"\(cx\|aka\)-' |
		grep -v diameter | sed 's/.*"start":\([0-9]*\).*/\1/' |
		tr '\n' ' '
}
is "unknown, another, not registered" "403 401 404 480 " "$(answers nobody)"
says "told why" "DIAMETER_ERROR_USER_UNKNOWN" "$RUNG" explain \
	"$work/nobody.jsonl" 403@icscf
says "a question by its name" "Visited-Network-Identifier" "$RUNG" show \
	"$work/nobody.jsonl" UAR@icscf
says "in Chinese" "归属用户服务器" "$RUNG" --lang=zh explain \
	"$work/nobody.jsonl" 403@icscf

cp "$work/t.gv" "$work/home.gv"
sed -i 's/hss \[role=hss\]/hss [role=hss, networks="visited.example"]/' \
	"$work/t.gv"
lab roaming 'alice:register()' 'sleep "1s"'
is "from home" "200 " "$(grep '"dst":"alice"' "$work/roaming.jsonl" |
	grep '"kind":"send"' | sed 's/.*"start":\([0-9]*\).*/\1/' | tail -1) "
sed -i 's/path=true\]/path=true, route="visited.lua"]/' "$work/t.gv"
cat > "$work/visited.lua" <<'LUA'
function on_request(request)
	request:set("P-Visited-Network-ID", "elsewhere.example")
end
LUA
lab abroad 'alice:register()' 'sleep "1s"'
is "from elsewhere" "403 " "$(answers abroad)"
cp "$work/home.gv" "$work/t.gv"

lab down 'hss:crash()' 'alice:register()' 'sleep "10s"' 'hss:restart()' \
	'alice:register()' 'sleep "2s"'
is "down, and up again" "REGISTER UAR REGISTER UAR REGISTER UAR 480 $first" "$(words down)"
lab late 'alice:register()' 'bob:register()' 'sleep "1s"' 'hss:crash()' \
	'sleep "1s"' 'hss:restart()' 'alice:invite "bob"' 'sleep "3s"'
ok "its disk keeps who is registered" grep -q \
	'LIA.*"DIAMETER_SUCCESS"' "$work/late.jsonl"
fault='fault { method = "MAA", nth = 1, drop = true }'
lab lost 'alice:register()' 'sleep "3s"'
is "a lost answer" "REGISTER UAR UAA MAR MAA REGISTER MAR MAA 401 REGISTER UAR UAA SAR SAA 200 " \
	"$(words lost)"
# What was asked for a message serves its call, whatever was asked again.
says "which registration they serve" "192.0.2.1 + 10 diameter" \
	"$RUNG" show --calls "$work/lost.jsonl"
is "… in its ladder" 10 "$("$RUNG" show --call=8wl65mn3dpmo \
	"$work/lost.jsonl" kind=send proto=diameter | wc -l)"
says "location queries, too" "+ 2 location, 2 dns" "$RUNG" show --calls \
	labs/dns-weights
says "orders to a media gateway" "+ 16 megaco" "$RUNG" show --calls \
	labs/media-gateway
says "calls from another network" "+ 16 h323" "$RUNG" show --calls \
	labs/h323-gateway
fault='fault { method = "SAA", drop = true }'
lab silent 'alice:register()' 'sleep "6s"'
is "no answer at all" "401 504 " "$(answers silent)"
fault=

# The whole system: who sends what to whom, by node.
cp topologies/ims.gv topologies/ims-*.lua "$work"
cat > "$work/call.lua" <<'LUA'
lab { title = "t", topology = "ims.gv", duration = "30s" }
script(function()
	sleep "1s"
	-- RFC 3261 18.1.1: by TCP, that is from another port than REGISTER.
	local call = node("alice"):invite("bob", { headers = "X-Long: " .. ("x"):rep(900) })
	if wait(call, "confirmed", "9s") then call:bye() end
	sleep "1s"
	local other = node("bob"):invite "alice"
	sleep "1s"
end)
LUA
ok "a call" "$RUNG" run -q "$work/call.lua" -o "$work/call.jsonl"
way() { # METHOD DETAIL
	grep '"kind":"send"' "$work/call.jsonl" | grep '"start":"'"$1"'"' |
		grep -v '"retx"' | grep "$2" |
		sed 's/.*"src":"\([a-z]*\)","dst":"\([a-z]*\)".*/\1-\2/' |
		tr '\n' ' '
}
is "by way of the application server" "alice-pcscf pcscf-scscf scscf-icscf \
icscf-scscf scscf-as as-scscf scscf-pcscf pcscf-bob " "$(way INVITE 'To: <sip:bob')"
is "an I-CSCF stays in no dialog" \
	"alice-pcscf pcscf-scscf scscf-as as-scscf scscf-pcscf pcscf-bob " \
	"$(way BYE .)"
is "told of each who registers" "scscf-as scscf-as " \
	"$(way REGISTER 'REGISTER sip:192.0.2.14')"
is "keys go no further than to the P-CSCF" \
	"icscf pcscf " "$(grep '"start":401' "$work/call.jsonl" |
		grep '"kind":"send"' | grep ', ck=' |
		sed 's/.*"dst":"\([a-z]*\)".*/\1/' | LC_ALL=C sort -u | tr '\n' ' ')"
ok "who calls is said by the P-CSCF" grep -q \
	'"src":"pcscf","dst":"scscf".*P-Asserted-Identity: <sip:alice@home.example>' \
	"$work/call.jsonl"
sed 's/register=true, identities/identities/' topologies/ims.gv > "$work/ims.gv"
ok "nobody calls unregistered" "$RUNG" run -q "$work/call.lua" \
	-o "$work/call.jsonl"
ok "says the P-CSCF" grep -q '"src":"pcscf","dst":"alice".*"start":403' \
	"$work/call.jsonl"

if command -v tshark > "$work/.which"; then
	tshark -n -r "$work/twice.pcapng" -Y diameter -T fields -e \
		diameter.cmd.code -e diameter.Server-Assignment-Type -e \
		diameter.Experimental-Result-Code -e _ws.malformed \
		> "$work/got" 2> "$work/.err"
	ok "tshark reads them" [ "$(cut -f4 "$work/got" | tr -d '\n')" = "" ]
	"$RUNG" export -f pcapng "$work/push.jsonl" -o "$work/push.pcapng"
	is "… what it says by itself" "305 305 304 304 304 304 " \
		"$(tshark -n -r "$work/push.pcapng" -Y \
			'diameter.cmd.code in {304,305} and not _ws.malformed' \
			-T fields -e diameter.cmd.code 2> "$work/.err" |
			tr '\n' ' ')"
	is "registers, again, no more" "1 2 5 " \
		"$(cut -f2 "$work/got" | grep . | tr '\n' ' ')"
	is "first, later, not there" "2001 2002 2002 5003 " \
		"$(cut -f3 "$work/got" | grep . | tr '\n' ' ')"
fi
finish
