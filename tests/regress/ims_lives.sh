# An IMS network lives: who is removed may not call, tables end with what they
# are about, a server that is down or comes up again forgets and learns anew,
# numbers are names, and nobody outside is told who is charged.
. tests/fixtures/check.sh
cp topologies/ims.gv topologies/ims-*.lua "$work"

# lab NAME LINE…: those lines in the system of topologies/ims.gv, after all have
# registered; the trace is NAME.jsonl.
lab() {
	name=$1
	shift
	{
		echo "lab { title = \"t\", topology = \"ims.gv\", duration = \"${lasts:-60s}\" }"
		echo 'local alice, bob, hss, pcscf, scscf, as = node "alice", node "bob", node "hss", node "pcscf", node "scscf", node "as"'
		echo "${fault:-}"
		echo 'script(function() sleep "1s"'
		printf '%s\n' "$@"
		echo 'end)'
	} > "$work/$name.lua"
	ok "$name runs" "$RUNG" run -q "$work/$name.lua" -o "$work/$name.jsonl"
	ok "$name: no program fails" sh -c '! grep -q "\"verdict\":\"failed\"" "$0"' "$work/$name.jsonl"
}
# sent NAME FILTER…: what is sent, "src-dst WORD".
sent() {
	name=$1
	shift
	"$RUNG" show "$work/$name.jsonl" kind=send "$@" |
		sed -n 's/^ *[0-9]* *[0-9.]* *\([a-z0-9]*\) *send *\([A-Z0-9]*\).*→ \([a-z0-9]*\).*/\1-\3 \2/p' |
		tr '\n' ' '
}
is() { # WHAT WANTED GOT
	ok "$1: $2" [ "$2" = "$3" ]
	[ "$2" = "$3" ] || echo "    $3"
}
has() { # WHAT NAME SRC DST PATTERN: a message from SRC to DST has it
	ok "$1" grep -q '"kind":"send".*"src":"'"$3"'","dst":"'"$4"'".*'"$5" "$work/$2.jsonl"
}
lacks() { # WHAT NAME SRC DST PATTERN
	ok "$1" sh -c '! grep -q "\"kind\":\"send\".*\"src\":\"$1\",\"dst\":\"$2\".*$3" "$0"' \
		"$work/$2.jsonl" "$3" "$4" "$5"
}
answers() { # NAME DST FROM: final answers that DST gets
	"$RUNG" show "$work/$1.jsonl" kind=send dst="$2" from="$3" |
		sed -n 's/.* send *\([2-6][0-9][0-9]\) .*/\1/p' | tr '\n' ' '
}

# ---- removed, deactivated (TS 24.229 5.4.1.5, 5.4.3.2) ----

lab removed 'hss:deregister("alice", { for_good = true })' 'sleep "1s"' 'alice:invite "bob"' 'sleep "1s"' 'bob:invite "alice"'
is "nobody who is removed calls, or is called" "403 " "$(answers removed alice 2s)"
is "… 404" "404 " "$(answers removed bob 2s)"
is "the P-CSCF is told" "scscf-pcscf NOTIFY " "$(sent removed method=NOTIFY dst=pcscf from=1s to=1015ms)"
# A P-CSCF that is not told still has her: then it is the S-CSCF that refuses.
fault='fault { method = "NOTIFY", drop = true }'
lab untold 'hss:deregister("alice", { for_good = true })' 'sleep "1s"' 'alice:invite "bob"'
is "nor where the P-CSCF is not told" "504 403 " "$("$RUNG" show "$work/untold.jsonl" kind=send dst=alice from=2s |
	sed -n 's/.* send *\([4-6][0-9][0-9]\) .*/\1/p' | tr '\n' ' ')"
fault=
lab deactivated 'alice:subscribe("sip:alice@home.example", { event = "reg" })' 'sleep "1s"' 'hss:deregister "alice"' \
	'sleep "2s"' 'alice:invite "bob"' 'sleep "3s"'
is "after deactivated there is a new challenge" "401 200 " "$("$RUNG" show "$work/deactivated.jsonl" \
	kind=send dst=alice from=2s to=3s | sed -n 's/.* send *\([24][0-9][0-9]\) .*/\1/p' | tr '\n' ' ')"
has "… and she calls" deactivated pcscf alice '"start":200,.*"cseq":"[0-9]* INVITE"'

# ---- the Service-Route (5.2.6.3) ----

phone='s/alice \[role=ua/alice [role=script, program="phone.lua"/; s/register=true, identities="[^"]*",//'
sed "$phone" topologies/ims.gv > "$work/ims.gv"
cat > "$work/phone.lua" <<'LUA'
local me = "<sip:alice@home.example>"
function on_start()
	send { method = "REGISTER", uri = "sip:home.example", to = me, from = me, headers = { Supported = "path", Expires = "600" } }
end
function on_reply(m, reply)
	if m.method ~= "REGISTER" or reply.status ~= 200 then return end
	for i, way in ipairs { {}, { "<sip:192.0.2.11;lr>" }, { "<sip:192.0.2.12;lr>" }, reply:all "Service-Route" } do
		local routes = { "<sip:192.0.2.10;lr>" }
		for _, r in ipairs(way) do routes[#routes + 1] = r end
		after(i .. "s", function()
			send { method = "OPTIONS", uri = "sip:bob@home.example", to = "<sip:bob@home.example>", from = me, routes = routes }
		end)
	end
end
LUA
lab route 'sleep "5s"'
is "along the Service-Route alone" "400 400 400 200 " "$(answers route alice 1s)"
cp topologies/ims.gv "$work"

# ---- what ends, and who begins anew ----

# She registers for a minute, and once alone.
sed "$phone" topologies/ims.gv > "$work/ims.gv"
sed -i 's/Expires = "600"/Expires = "60"/; s/after(i .. "s"/after(i + 60 .. "s"/' "$work/phone.lua"
lasts=400s
lab expires 'sleep "70s"' 'bob:invite "alice"' 'sleep "3s"'
is "whose registration has ended can't call" "403 403 403 403 " "$(answers expires alice 50s)"
is "… nor be called" "480 " "$(answers expires bob 70s | cut -c 1-4)"
is "the HSS hears of it" "scscf-hss SAR " "$(sent expires src=scscf dst=hss from=59s to=70s)"
# Nobody tells the P-CSCF that it is over: it knows by itself.
lab unheard 'sleep "30s" scscf:crash() sleep "5s" scscf:restart() sleep "70s"'
is "whose registration has ended, though nobody says so" "403 403 403 403 " "$(answers unheard alice 50s)"
sed 's/alice \[role=ua/&, expires=120/; s/bob   \[role=ua/&, expires=120/' topologies/ims.gv > "$work/ims.gv"
for node in pcscf scscf icscf hss as; do
	lab "again-$node" "local n = node \"$node\" n:crash() sleep \"1s\" n:restart() sleep \"1s\"" \
		'local c = alice:invite "bob" sleep "5s" if c.state == "confirmed" then c:bye() end sleep "200s"' \
		'local d = alice:invite "bob" if wait(d, "confirmed", "9s") then d:bye() end'
	has "a restart of $node: in time she calls again" "again-$node" pcscf alice '"start":200,.*"cseq":"[0-9]* INVITE"'
done
is "P-CSCF: 403 until then" "403 " "$(answers again-pcscf alice 2s | cut -d ' ' -f 1) "
is "S-CSCF: restoration" "504 401 200 " "$("$RUNG" show "$work/again-scscf.jsonl" kind=send dst=alice from=3s to=4s |
	sed -n 's/.* send *\([2-6][0-9][0-9]\) .*/\1/p' | tr '\n' ' ')"
lab restored 'scscf:crash() sleep "1s" scscf:restart() sleep "1s" bob:register() sleep "1s" alice:invite "bob" sleep "1s"' \
	'local c = alice:invite "bob" if wait(c, "confirmed", "9s") then c:bye() end'
is "… the phone registers at once, and calls" "504 200 " "$("$RUNG" show "$work/restored.jsonl" kind=send dst=alice cseq=INVITE |
	sed -n 's/.* send *\([2-6][0-9][0-9]\) .*/\1/p' | tr '\n' ' ')"
has "… by an XML body" restored scscf pcscf '504 .*Content-Type: application/3gpp-ims+xml.*<type>restoration</type>'
says "… for that reason" "register-restore" cat "$work/restored.jsonl"
# Nobody else can have phones register: of another server it changes nothing.
sed 's/m:get "Route" }/"<sip:192.0.2.66>" }/' topologies/ims-scscf.lua > "$work/ims-scscf.lua"
lab forged 'scscf:crash() sleep "1s" scscf:restart() sleep "1s" alice:invite "bob" sleep "2s"'
is "but of another server" "504 " "$("$RUNG" show "$work/forged.jsonl" kind=send dst=alice from=3s to=5s |
	sed -n 's/.* send *\([2-6][0-9][0-9]\) .*/\1/p' | tr '\n' ' ')"
cp topologies/ims-scscf.lua "$work"
lab called-again 'scscf:crash() sleep "1s" scscf:restart() sleep "1s" bob:register() sleep "1s" bob:invite "alice" sleep "2s" bob:invite "alice" sleep "1s"'
is "who is called at an S-CSCF that does not know him" "480 480 " "$("$RUNG" show "$work/called-again.jsonl" kind=recv node=bob cseq=INVITE from=4s | sed -n "s/.* recv *\([2-6][0-9][0-9]\) .*/\1/p" | tr "\n" " ")"
is "… the HSS hears that, once" "scscf-hss SAR " "$(sent called-again src=scscf dst=hss from=4s to=20s)"
ok "… and tells it" sh -c '"$0" show --at=6s --node=hss "$1" | grep -q "alice@home.example *not-registered since"' "$RUNG" "$work/called-again.jsonl"
is "HSS, AS, I-CSCF: none of that" "200 200 200 " "$(for n in hss as icscf; do answers again-$n alice 3s | cut -d ' ' -f 1; done | tr '\n' ' ')"
lasts=60s
cp topologies/ims.gv "$work"

# ---- numbers (RFC 3966) ----

lab number 'local c = bob:invite "tel:+15550001" if wait(c, "confirmed", "9s") then c:bye() end sleep "1s"' \
	'local d = alice:invite "bob" sleep "9s" bob:invite "tel:+15559999" sleep "1s" bob:invite "tel:911"'
is "a number reaches the phone" "180 200 " "$("$RUNG" show "$work/number.jsonl" kind=send src=alice dst=pcscf to=4s cseq=INVITE | sed -n "s/.* send *\([12][0-9][0-9]\) .*/\1/p" | tr "\n" " ")"
has "… by that name" number pcscf alice 'P-Called-Party-ID: <tel:+15550001>'
has "it is said beside the name" number scscf icscf 'P-Asserted-Identity: <sip:alice@home.example>, <tel:+15550001>'
is "nobody's number, and one that is not whole" "404 484 " "$(answers number bob 13s)"

# ---- identities that are registered together (5.4.1.2.2) ----

# The first of them, another name, a number: whichever is called or asked about, whichever the phone registers.
sed 's/identities="tel:+15550001"/identities="tel:+15550001 sip:ally@home.example"/' topologies/ims.gv > "$work/ims.gv"
lab set 'local c = bob:invite "sip:ally@home.example" if wait(c, "confirmed", "9s") then c:bye() end' \
	'alice:subscribe("sip:ally@home.example", { event = "reg" }) sleep "1s" hss:deregister "alice" sleep "3s"' \
	'c = bob:invite "tel:+15550001" if wait(c, "confirmed", "9s") then c:bye() end'
is "another of the names reaches the phone" "200 200 " "$("$RUNG" show "$work/set.jsonl" kind=send src=pcscf dst=bob cseq=INVITE | sed -n "s/.* send *\(2[0-9][0-9]\) .*/\1/p" | tr "\n" " ")"
has "… by that name" set pcscf alice 'P-Called-Party-ID: <sip:ally@home.example>'
told=$("$RUNG" show "$work/set.jsonl" -m kind=send dst=alice method=NOTIFY)
is "reg tells of each" 3 "$(echo "$told" | sed '/deactivated/,$d' | grep -c '<registration aor=.* state="active"')"
is "… and of the end of each" 3 "$(echo "$told" | grep -c 'event="deactivated"')"
is "the P-CSCF hears of all, too" 1 "$("$RUNG" show "$work/set.jsonl" -m kind=send dst=pcscf method=NOTIFY from=0s to=1s | grep -c 'aor="sip:ally@home.example"')"
is "… as created, where the REGISTER has named another" 2 "$("$RUNG" show "$work/set.jsonl" -m kind=send dst=pcscf method=NOTIFY \
	from=0s to=1s | grep -c 'event="created"')"
cp topologies/ims.gv "$work"

# ---- an application server that is down ----

lab down 'as:crash()' 'local c = alice:invite "bob"' 'sleep "9s"'
is "the call goes on without it" "200 " "$(answers down alice 1s)"
ok "after four seconds" sh -c '[ -n "$("$0" show "$1" kind=send dst=bob method=INVITE from=4900ms to=5300ms)" ]' "$RUNG" "$work/down.jsonl"
sed -i 's/handling = "continued"/handling = "terminated"/' "$work/ims-scscf.lua"
lab ends 'as:crash()' 'local c = alice:invite "bob"' 'sleep "9s"'
is "or ends" "408 " "$(answers ends alice 1s)"
cp topologies/ims-scscf.lua "$work"

# ---- who is told what ----

lab told 'local c = alice:invite "bob" if wait(c, "confirmed", "9s") then c:bye() end' 'sleep "1s"'
has "who answers" told scscf pcscf '"start":180.*P-Asserted-Identity: <sip:bob@home.example>'
has "… by the 200, too" told scscf pcscf '"start":200.*P-Asserted-Identity: <sip:bob@home.example>'
has "whose network is charged" told scscf pcscf 'icid-value=[^;]*;orig-ioi=home.example;term-ioi=home.example'
lacks "a phone hears nothing of that" told pcscf alice P-Charging
lacks "nor the one who is called" told pcscf bob P-Charging
has "REGISTER needs a Path" told pcscf icscf 'REGISTER sip.*Require: path'
has "an application server hears who is charged, too" told scscf as 'REGISTER sip.*P-Charging-Vector: icid-value='
lacks "… and nothing of the phone" told scscf as 'REGISTER sip.*Contact: <sip:\(alice\|bob\)'
has "it came unprotected" told pcscf icscf 'Authorization: [^\\]*.*integrity-protected=\\"no\\"'
finish
