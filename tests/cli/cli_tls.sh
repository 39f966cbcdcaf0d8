# Calls over TLS and WebSocket: both versions, sessions that are resumed, both
# sides with certificates, each fault of a certificate, a peer that crashes,
# packets that are lost; and what somebody on the line sees of it.
. tests/fixtures/check.sh
. tests/cli/trace_lines.sh

t=$work/t.jsonl
mkdir "$work/calls"
cat > "$work/calls/t.gv" <<'GV'
graph t {
	graph [domain="example.com"]
	node [transport=tls]
	alice [role=ua]
	px [role="proxy location"]
	bob [role=ua, addr="192.0.2.33", answer="100ms"]
	alice -- px -- bob
	px [ip_forward=true]
}
GV
cat > "$work/calls/lab.lua" <<'LUA'
lab { title = "t", topology = "t.gv", duration = "900s" }
local function call()
	local c = node("alice"):invite "sip:bob@example.com"
	wait(c, "confirmed", "20s")
	if c.state == "confirmed" then c:bye() end
end
script(function()
	node("px"):bind("bob", "sip:bob@192.0.2.33:5061;transport=tls")
	call()
	sleep "400s"
	call()
end)
LUA
run() { "$RUNG" run -q --detail=network "$work/calls" -o "$t" "$@"; }
tls='"proto":"tls"'

# ---- versions, and sessions that are resumed ----
for v in 1.2 1.3; do
	run --set=alice.tls=$v --set=bob.tls=$v
	have "$v: both calls are answered" 2 '"src":"bob"' '"text":"SIP/2.0 200' \
		'"cseq":"1 INVITE"'
	have "$v: certificates of both servers" 2 '"kind":"auth"' '"reason":"good"'
	have "$v: the proxy's is of its domain" 1 '"realm":"example.com"' \
		'URI:sip:example.com' '"kind":"auth"'
	have "$v: two handshakes each" 4 '"kind":"send"' "$tls" '"ClientHello"'
	have "$v: nothing is bad" 0 '"kind":"bad"'
	have "$v: said when it is closed" 4 '"kind":"send"' 'Alert close_notify'
done
have "1.3: of them two are whole" 2 '"src":"' 'Certificate, CertificateVerify'
have "1.3: the others are not" 2 '"ServerHello, ChangeCipherSpec, EncryptedExtensions, Finished"'
run --set=bob.tls=1.2 --set=alice.tls=1.3 --set=px.tls=1.3
have "no version in common" 2 '"kind":"bad"' '"at":"protocol_version"'
have "… and so no answer of bob's" 0 '"src":"bob"' '"text":"SIP/2.0'
have "… and the caller hears of it" 2 '"dst":"alice"' '"text":"SIP/2.0 500'

# ---- both sides ----
run --set=px.client_certificate=true --set=bob.client_certificate=true \
	--set=alice.client_certificate=true
have "mutual: asked for" 2 '"kind":"send"' 'CertificateRequest'
have "mutual: seen at servers" 2 '"kind":"auth"' '"rule":"tls-client"' '"reason":"good"'
run --set=px.client_certificate=true
have "mutual: who has none may come in" 2 '"src":"bob"' '"text":"SIP/2.0 200' \
	'"cseq":"1 INVITE"'

# ---- certificates ----
while read -r fault alert reason; do
	run --set=bob.certificate_fault="$fault"
	have "$fault: no INVITE comes" 0 '"src":"bob"' '"text":"SIP/2.0'
	have "$fault: the reason" 2 '"kind":"auth"' "\"reason\":\"$reason\""
	have "$fault: the alert" 2 '"kind":"send"' "\"start\":\"Alert $alert\""
	have "$fault: the record" 2 '"kind":"bad"' "\"at\":\"$alert\""
	have "$fault: RFC 3261 16.9, 16.7" 2 '"dst":"alice"' '"text":"SIP/2.0 500'
	have "$fault: nothing of SIP" 0 '"kind":"recv"' '"node":"bob"' 'INVITE'
done <<'ROWS'
wrong-name bad_certificate wrong-name
expired certificate_expired expired
self-signed unknown_ca self-signed
unknown-issuer unknown_ca unknown-issuer
garbled bad_certificate garbled
ROWS
run --set=bob.certificate_fault=downgrade
have "downgrade: seen" 2 '"kind":"bad"' '"at":"illegal_parameter"'
run --set=bob.certificate="issuer=other" --set=px.trusts="rung root CA, other"
have "another issuer who is trusted" 2 '"src":"bob"' '"text":"SIP/2.0 200' \
	'"cseq":"1 INVITE"'
for words in name=192.0.2.33 until=2030-01-01; do
	run --set=bob.certificate=$words
	have "$words: its issuer is the root" 2 '"src":"bob"' '"text":"SIP/2.0 200' \
		'"cseq":"1 INVITE"'
done

# ---- TLS to a port where SIP is spoken as it is ----
sed 's/192.0.2.33:5061/192.0.2.33:5060/; s/sleep "400s"/sleep "40s"/' \
	"$work/calls/lab.lua" > "$work/plain.lua"
mkdir "$work/plain"
cp "$work/calls/t.gv" "$work/plain"
mv "$work/plain.lua" "$work/plain/lab.lua"
"$RUNG" run -q "$work/plain" -o "$t" --set=bob.transport=udp
have "plain: bob takes no TLS there" 2 '"kind":"bad"' '"node":"bob"' \
	'"fault":"start-line"'
have "plain: the caller hears of it at once" 2 '"dst":"alice"' '"text":"SIP/2.0 500'

# ---- a peer that crashes, packets that are lost ----
sed 's/sleep "400s"/sleep "3s" node("bob"):crash() sleep "1s" node("bob"):restart()/' \
	"$work/calls/lab.lua" > "$work/crash.lua"
mkdir "$work/crash"
cp "$work/calls/t.gv" "$work/crash"
mv "$work/crash.lua" "$work/crash/lab.lua"
"$RUNG" run -q --detail=network "$work/crash" -o "$t"
have "crash: the second call is answered, too" 2 '"src":"bob"' \
	'"text":"SIP/2.0 200' '"cseq":"1 INVITE"'
have "crash: bob knows no tickets of before" 2 '"src":"bob"' \
	'Certificate, CertificateVerify'
for seed in 1 4; do
	run --seed=$seed --set=loss=20%
	have "loss: both calls are answered ($seed)" 2 '"node":"alice"' \
		'"kind":"call"' '"state":"confirmed"'
	have "loss: nothing is bad ($seed)" 0 '"kind":"bad"'
done
cp "$t" "$work/first"
run --seed=4 --set=loss=20%
same "the same bytes twice" "$work/first" "$t"

# ---- IPv6 ----
for by in tls ws wss; do
	"$RUNG" run -q topologies/ipv6.gv --set=alice.transport=$by \
		--set=bob.transport=$by --set=px.tls="1.2 1.3" -o "$t" \
		2> "$work/err" ||
		bad "IPv6 by $by" "$(cat "$work/err")"
	have "IPv6: nothing is bad by $by" 0 '"kind":"bad"'
	have "IPv6: a call by $by" 1 '"dst":"alice"' '"text":"SIP/2.0 200 OK' \
		'"cseq":"1 INVITE"' "\"transport\":\"$by\""
done

# ---- on the line ----
export_run() {
	"$RUNG" export "$t" -o "$work/$1.pcapng" > "$work/log" 2>&1
}
run
export_run tls
ok "nobody reads SIP on the line" \
	sh -c "! grep -aq -e 'Via: SIP' -e 'User-Agent' $work/tls.pcapng"
for by in ws wss; do
	"$RUNG" run -q --detail=network labs/direct-call --set=alice.transport=$by \
		--set=bob.transport=$by -o "$t"
	export_run $by
	have "$by: the call is answered" 1 '"src":"bob"' '"text":"SIP/2.0 200' \
		'"cseq":"1 INVITE"'
	have "$by: 101" 2 '"proto":"websocket"' '"101 Switching Protocols"'
	have "$by: nothing is bad" 0 '"kind":"bad"'
done
if command -v tshark > "$work/which"; then
	# What tshark makes of each packet: complaints, then protocols.
	for by in tls ws wss; do
		tshark -r "$work/$by.pcapng" -d tcp.port==5061,tls -T fields \
			-e _ws.malformed -e tcp.analysis.flags \
			-e _ws.col.Protocol -e websocket.mask \
			> "$work/$by" 2> "$work/err"
	done
	count() { # FILE PATTERN
		grep -c "$(printf "$2")" "$work/$1"
	}
	for by in tls ws wss; do
		ok "$by: tshark has no complaint" \
			[ "$(count $by '^\t\t')" = "$(count $by '')" ]
	done
	ok "tls: TLS" [ "$(count tls 'TLSv1.3')" -gt 20 ]
	ok "tls: no SIP" [ "$(count tls SIP)" = 0 ]
	ok "wss: no SIP" [ "$(count wss SIP)" = 0 ]
	ok "ws: SIP in frames" [ "$(count ws SIP)" = 6 ]
	ok "ws: those of clients are masked" \
		[ "$(count ws 'SIP.*\t\(1\|True\)')" = 3 ]
else
	skipped=$((skipped + 1))
fi
finish
