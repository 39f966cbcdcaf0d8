# ICE through a translator: the phone behind it tells an address that leads
# nowhere, and is found by its checks. tshark and openssl read them.
. tests/fixtures/check.sh
cat > "$work/t.gv" <<'GV'
graph {
	alice [role=ua, addr="10.0.0.7", media=true, ice=full]
	nat   [role=nat, faces="inside=10.0.0.1 outside=198.51.100.1"]
	net   [role=""]
	bob   [role=ua, addr="192.0.2.20", media=true, ice=full, answer="1s"]
	alice -- nat:inside
	nat:outside -- net
	net -- bob
}
GV
cat > "$work/lab.lua" <<'LUA'
lab { title = "t", topology = "t.gv", duration = "10s" }
script(function()
	local call = node("alice"):invite "sip:bob@192.0.2.20"
	sleep "5s"
	call:bye()
end)
LUA
heard() { # SETTING…: how many have heard something
	"$RUNG" run -q "$work/lab.lua" "$@" -o "$work/r.jsonl"
	grep -c '"op":"hear"' "$work/r.jsonl"
}
ok   "without ICE one hears nothing" \
	[ "$(heard --set alice.ice=no --set bob.ice=no)" = 1 ]
ok   "with ice=lite at the other side both hear" \
	[ "$(heard --set bob.ice=lite)" = 2 ]
ok   "with ICE both hear" [ "$(heard)" = 2 ]
ok   "at an address that nobody has told" grep -q \
	'"op":"choose".*"peer":"198.51.100.1:49170","candidate":"prflx"' \
	"$work/r.jsonl"

# RFC 8445 7.3: a check may be there before the answer, here after a hold that
# has said nothing of ICE.
cp topologies/direct-call.gv "$work"
cat > "$work/early.lua" <<'LUA'
lab { title = "t", topology = "direct-call.gv", duration = "20s" }
fault { status = 200, cseq = "INVITE", src = "bob", nth = 3, drop = true }
script(function()
	local call = node("alice"):invite "sip:bob@192.0.2.3"
	wait(call, "confirmed", "10s")
	sleep "1s"
	call:hold { how = "zero" }
	sleep "2s"
	call:resume()
	sleep "4s"
	call:bye()
end)
LUA
"$RUNG" run -q "$work/early.lua" -o "$work/e.jsonl" \
	--set alice.media=true --set alice.ice=full \
	--set bob.media=true --set bob.ice=full
ok   "an early check is answered" [ "$(grep '"proto":"stun"' \
	"$work/e.jsonl" | grep -c '"retx":')" = 0 ]
ok   "and nothing is refused" [ "$(grep -c '"kind":"bad"' \
	"$work/e.jsonl")" = 0 ]
ok   "ICE has its way again" [ "$(grep -c '"op":"choose"' \
	"$work/e.jsonl")" = 4 ]

"$RUNG" export "$work/r.jsonl" -o "$work/r.pcapng"
if command -v tshark > /dev/null 2>&1; then
	tshark -n -r "$work/r.pcapng" -Y stun -T fields -e stun.type \
		-e stun.att.crc32.status > "$work/stun" 2> /dev/null
	ok   "tshark reads them" [ "$(wc -l < "$work/stun")" -gt 5 ]
	ok   "all fingerprints are right" \
		[ "$(cut -f 2 "$work/stun" | sort -u)" = 1 ]
else skip "no tshark"; fi

# MESSAGE-INTEGRITY of bob's first check, with alice's password.
if command -v openssl > /dev/null 2>&1; then
	pwd=$(grep -o 'a=ice-pwd:[^\]*' "$work/r.jsonl" | head -1)
	grep '"src":"bob".*"proto":"stun"' "$work/r.jsonl" | head -1 |
		sed 's/.*"base64":"\([^"]*\)".*/\1/' | base64 -d > "$work/check"
	n=$(wc -c < "$work/check")
	{
		head -c 2 "$work/check"
		printf "\\000\\$(printf %o $((n - 28)))"
		tail -c +5 "$work/check" | head -c $((n - 36))
	} > "$work/covered"
	mac=$(openssl dgst -sha1 -mac HMAC -macopt "key:${pwd#*:}" -r \
		"$work/covered" | cut -c 1-40)
	said=$(tail -c 28 "$work/check" | head -c 20 | od -An -tx1 | tr -d ' \n')
	ok   "openssl makes the same" [ "$mac" = "$said" ]
else skip "no openssl"; fi
finish
