#!/bin/sh
# What helps a phone behind a NAT, and what does not: kinds of NAT by remedies.
# Each row runs one network: a call out, a minute, a call in, and the caller
# hangs up.  A dash stands for a call that did not come about.
. tests/fixtures/check.sh

cat > "$work/t.gv" <<'GV'
graph {
	domain="example.com"
	edge [delay="10ms"]
	bob [role=ua, addr="192.168.1.20", outbound=server, register=true]
	home [role=nat, faces="inside=192.168.1.1 outside=203.0.113.7",
	      ports=sequential, timeout="30s"]
	bob -- home:inside
	net [addr="192.0.2.1"]
	server [role="proxy registrar location", addr="192.0.2.10"]
	alice [role=ua, addr="192.0.2.30", outbound=server, register=true]
	st [role=stun, addr="192.0.2.70"]
	home:outside -- net
	net -- { server alice st }
}
GV
cat > "$work/lab.lua" <<'LUA'
lab { title = "t", topology = "t.gv", duration = "300s" }
local bob, alice = node "bob", node "alice"
local function ends(call, name)
	wait(call, "confirmed", "40s")
	local far = call.state == "confirmed"
	sleep "1s"
	if far then call:bye() end
	sleep "1s"
	note(name .. " " .. (far and call.state or "-"))
end
script(function()
	sleep "3s"
	ends(bob:invite "alice", "out")
	sleep "60s"
	ends(alice:invite "bob", "in")
end)
LUA

# ROW: KIND|REMEDIES|calls out and in.  KIND: mapping filtering.
rows='
endpoint address-port||out terminated in -
endpoint address-port|bob.rport=false|out - in -
address-port address-port|server.alias=true|out terminated in -
address-port address-port|server.alias=true bob.keepalive=crlf bob.keepalive_every=20s|out terminated in terminated
address-port address-port|server.alias=true bob.keepalive=stun|out terminated in terminated
endpoint endpoint|server.alias=true bob.keepalive=stun|out terminated in terminated
address-port address-port|bob.transport=tcp bob.keepalive=crlf server.alias=true|out terminated in terminated
address-port address-port|bob.flows=1|out terminated in terminated
address-port address-port|bob.flows=1 bob.gruu=public|out terminated in terminated
address-port address-port|bob.flows=1 bob.transport=tcp|out terminated in terminated
endpoint endpoint|bob.stun=st bob.keepalive=crlf|out terminated in terminated
endpoint address-port|bob.stun=st bob.keepalive=crlf|out terminated in terminated
address-port address-port|bob.stun=st bob.keepalive=crlf|out terminated in -
'
# run KIND REMEDIES: what became of the two calls.
try() {
	sets="--set home.mapping=${1% *} --set home.filtering=${1#* }"
	for r in $2; do
		sets="$sets --set $r"
	done
	# shellcheck disable=SC2086
	"$RUNG" run "$work" $sets -o - 2> "$work/err" |
		sed -n 's/.*"text":"\(out [a-z-]*\|in [a-z-]*\)".*/\1/p' |
		tr '\n' ' ' | sed 's/ $//'
}
echo "$rows" > "$work/rows"
while IFS='|' read -r kind remedies expected; do
	[ -n "$expected" ] || continue
	got=$(try "$kind" "$remedies")
	ok "$kind, $remedies: $got instead of $expected" \
		[ "$got" = "$expected" ]
done < "$work/rows"

# The NAT forgets all, twice, and its ports are others then: RFC 5626 4.4.2, 4.5.
# A flow that has not been proven yet is made anew after 30 to 60 s.
cat > "$work/lab.lua" <<'LUA'
lab { title = "t", topology = "t.gv", duration = "300s" }
local home, alice = node "home", node "alice"
script(function()
	for i, s in ipairs { "100s", "45s" } do
		sleep "5s"
		home:crash()
		home:restart()
		sleep(s)
		local call = alice:invite "bob"
		local far = wait(call, "confirmed", "20s")
		note((i == 1 and "out " or "in ") .. (far and "terminated" or "-"))
		if far then call:bye() end
	end
end)
LUA
twice() { # KIND REMEDIES
	got=$(try "$1" "$2 home.ports=random")
	ok "two restarts, $2: $got" [ "$got" = "out terminated in terminated" ]
}
for remedies in bob.flows=1 "server.alias=true bob.keepalive=stun" \
	"bob.flows=1 bob.transport=tcp bob.keepalive_every=25s"; do
	twice "address-port address-port" "$remedies"
done
# What it hears by its keep-alive is its Contact, where STUN gave it that.
twice "endpoint endpoint" "bob.stun=st bob.keepalive=stun"

# A box with a face on either side, beside the NAT: the phone asks it, and nobody
# sees the NAT.  One that has forgotten whose Contacts it gave says 404, and asks
# nobody.
mkdir "$work/box"
sed -e 's/outbound=server, register=true]/outbound=box, register=true]/;t' \
	-e 's/	bob -- home:inside/	lan [addr="192.168.1.254"]\
	box [role=sbc, outbound=server,\
	     faces="inside=192.168.1.2 outside=203.0.113.8"]\
	{ bob home:inside box:inside } -- lan/' \
	-e 's/net -- { server/net -- { box:outside server/' \
	"$work/t.gv" > "$work/box/t.gv"
sed -i '/alice \[/s/outbound=box/outbound=server/' "$work/box/t.gv"
cat > "$work/box/lab.lua" <<'LUA'
lab { title = "t", topology = "t.gv", duration = "200s" }
local box, alice = node "box", node "alice"
script(function()
	sleep "100s"
	local call = alice:invite "bob"
	note("in " .. (wait(call, "confirmed", "20s") and call.state or "-"))
	call:bye()
	sleep "1s"
	box:crash()
	box:restart()
	alice:invite "bob"
end)
LUA
"$RUNG" run -q "$work/box" -o "$work/u.jsonl" 2> "$work/err"
ok "a box with two faces" grep -q '"text":"in confirmed"' "$work/u.jsonl"
ok "a box that has forgotten" [ "$(grep -c \
	'"kind":"send".*"src":"box".*"start":404' "$work/u.jsonl")" = 1 ]
ok "asks nobody" [ "$(grep -c '"kind":"send".*"src":"box".*"start":"INVITE"' \
	"$work/u.jsonl")" = 1 ]

# The nine kinds, as RFC 5780 finds them out.
sed -e 's/st \[role=stun.*/far; st [role=stun, faces="one=192.0.2.70 two=198.51.100.70"]/' \
	-e 's/alice st }/alice st:one far }; st:two -- far/' \
	"$work/t.gv" > "$work/u.gv"
mv "$work/u.gv" "$work/t.gv"
sed -i -e 's/{ server alice st:one far }/{ server alice far }; st:one -- net/' "$work/t.gv"
cat > "$work/lab.lua" <<'LUA'
lab { title = "t", topology = "t.gv", duration = "100s" }
script(function()
	sleep "1s"
	node("bob"):discover_nat()
	wait(node "bob", "discovered")
end)
LUA
for m in endpoint address address-port; do
	for f in endpoint address address-port; do
		"$RUNG" run "$work" -q --set "home.mapping=$m" \
			--set "home.filtering=$f" --set bob.stun=st \
			--set bob.stun_tries=1 -o "$work/u.jsonl" 2> "$work/err"
		for k in "mapping $m" "filtering $f"; do
			case $k in
			*endpoint) k="${k% *} endpoint-independent" ;;
			*address) k="$k-dependent" ;;
			*) k="${k% *} address-and-port-dependent" ;;
			esac
			ok "a NAT of $m and $f has $k" \
				grep -q "\"text\":\"NAT: .*$k[,\"]" "$work/u.jsonl"
		done
	done
done

# Others read what is written: tshark, where it is.
if command -v tshark > /dev/null; then
	"$RUNG" export "$work/u.jsonl" -o "$work/u.pcapng" > /dev/null
	ok "tshark reads each STUN message" [ "$(tshark -r "$work/u.pcapng" \
		-Y 'stun && !_ws.malformed' 2> /dev/null | wc -l)" -gt 8 ]
	ok "and no other than the fingerprint is wrong" [ "$(tshark \
		-r "$work/u.pcapng" -Y 'stun.att.crc32.status == 0' \
		2> /dev/null | wc -l)" = 0 ]
else
	skip "no tshark"
fi
finish
