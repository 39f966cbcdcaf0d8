# A gateway between SIP and ISUP, and an exchange (RFC 3398): calls in both
# directions and how they end, timers, messages that are lost, circuits that are
# blocked, reset, checked, seized by both; what a capture of it is to tshark.
. tests/fixtures/check.sh

cp topologies/gateway.gv "$work/"

# A run of LUA with OPTIONS: what passes at the gateway, a line each, is WANTED.
scene() { # NAME WANTED LUA OPTION…
	name=$1 wanted=$2 lua=$3
	shift 3
	cat > "$work/t.lua" <<-END
	lab { title = "t", topology = "gateway.gv", duration = "${lasts:-900s}" }
	local alice, ngw1, exchange = node "alice", node "ngw1", node "exchange"
	local function call(s)
		return alice:invite("sip:+19725552222@gw.example.com;user=phone")
	end
	$lua
	END
	"$RUNG" run "$work/t.lua" -q -o "$work/t.jsonl" "$@" || echo "run failed"
	"$RUNG" show "$work/t.jsonl" kind=send | awk '
		($3 ~ /ngw1|exchange/ || $NF ~ /ngw1|exchange/) {
			printf "%s%s %s", n++ ? ", " : "", substr($3, 1, 1), $5 }' \
		> "$work/got"
	[ "$(cat "$work/got")" = "$wanted" ] ||
		printf 'got:  %s\nwant: %s\n' "$(cat "$work/got")" "$wanted"
	ok "$name" [ "$(cat "$work/got")" = "$wanted" ]
}
out="p INVITE, n 100, n IAM"
in="e IAM, n INVITE, p 100"

# ---- to the telephone network ----
scene "answered, SIP hangs up" "$out, e ACM, n 180, e ANM, n 200, p ACK, p BYE, n 200, n REL, e RLC" \
	'script(function() local c = call() wait(c, "confirmed") sleep "1s" c:bye() end)'
scene "answered, the telephone hangs up" "$out, e ACM, n 180, e ANM, n 200, p ACK, e REL, n RLC, n BYE, p 200" \
	'script(function() local c = call() wait(c, "confirmed") sleep "1s" exchange:hang_up() end)'
scene "the caller gives up" "$out, e ACM, n 180, p CANCEL, n 200, n 487, n REL, p ACK, e RLC" \
	'script(function() local c = call() sleep "1s" c:bye() end)'
scene "busy" "$out, e REL, n RLC, n 486, p ACK" \
	'script(function() alice:invite "sip:+19725553333@gw.example.com" end)'
record=$("$RUNG" show "$work/t.jsonl" kind=send status=486 node=ngw1 | awk '{ print $1 }')
says "why: the cause" "Q.850;cause=17;location=LN (user" "$RUNG" explain "$work/t.jsonl" "$record"
says "why: the table" "RFC 3398 7.2.4.1" "$RUNG" explain "$work/t.jsonl" "$record"
says "why: beyond the border" "Cause 17 of Q.850: user busy." "$RUNG" explain "$work/t.jsonl" "$record"
scene "no number" "p INVITE, n 484, p ACK" \
	'script(function() alice:invite "sip:bob@gw.example.com" end)'
lasts=40s
scene "T7: nobody says that the number is complete" "$out, n REL, n 504, p ACK, n REL" \
	'script(function() exchange:crash() call() end)'
lasts=
scene "T9: nobody answers" "$out, e ACM, n 180, n 180, n REL, n 480, e RLC, p ACK" \
	'script(function() call() end)' --set exchange.pick_up=never --set exchange.rings_out=never
scene "an early ACM" "$out, e ACM, e CPG, n 183, n 180, e ANM, n 200, p ACK" \
	'script(function() call() end)' --set exchange.acm=early
scene "something to hear" "$out, e ACM, n 183, e ANM, n 200, p ACK" \
	'script(function() call() end)' --set exchange.acm=in-band
scene "answered at once" "$out, e CON, n 200, p ACK" \
	'script(function() call() end)' --set exchange.acm=none
scene "the telephone is put down and taken up" \
	"$out, e ACM, n 180, e ANM, n 200, p ACK, e SUS, n INVITE, p 100, p 200, n ACK, e RES, n INVITE, p 100, p 200, n ACK" \
	'script(function() local c = call() wait(c, "confirmed") sleep "1s" exchange:put_down() sleep "2s" exchange:lift() end)'
scene "the telephone stays put down" \
	"$out, e ACM, n 180, e ANM, n 200, p ACK, e SUS, n INVITE, p 100, p 200, n ACK, e REL, n RLC, n BYE, p 200" \
	'script(function() local c = call() wait(c, "confirmed") sleep "1s" exchange:put_down() end)'
scene "hold" "$out, e ACM, n 180, e ANM, n 200, p ACK, p INVITE, n CPG, n 200, p ACK, p INVITE, n CPG, n 200, p ACK" \
	'script(function() local c = call() wait(c, "confirmed") sleep "1s" c:hold() sleep "1s" c:resume() end)'
scene "CANCEL before the ANM" "$out, e ACM, n 180, p CANCEL, e ANM, n 200, n 487, n REL, p ACK, e RLC" \
	'script(function() local c = call() sleep "3s" c:bye() end)' --set exchange.pick_up=2995ms
scene "CANCEL behind the ANM" "$out, e ACM, n 180, e ANM, p CANCEL, n 200, n 200, p ACK, p BYE, n 200, n REL, e RLC" \
	'script(function() local c = call() sleep "3s" c:bye() end)' --set exchange.pick_up=2985ms
scene "both release at once" "$out, e ACM, n 180, e ANM, n 200, p ACK, p BYE, n 200, n REL, e REL, e RLC, n RLC" \
	'script(function() local c = call() wait(c, "confirmed") at("5s", function() c:bye() end) at("5012ms", function() exchange:hang_up() end) sleep "5s" end)'

# ---- from the telephone network ----
scene "in: answered" "$in, p 180, n ACM, p 200, n ACK, n ANM, e REL, n RLC, n BYE, p 200" \
	'script(function() exchange:dial "0013145551111" sleep "5s" exchange:hang_up() end)'
scene "in: the caller gives up" "$in, p 180, n ACM, e REL, n RLC, n CANCEL, p 200, p 487, n ACK" \
	'script(function() exchange:dial "0013145551111" sleep "1s" exchange:hang_up() end)'
says "its Reason" "Q.850;cause=16" "$RUNG" show "$work/t.jsonl" -m method=CANCEL src=ngw1
record=$("$RUNG" show "$work/t.jsonl" kind=send status=487 node=alice | awk '{ print $1 }')
says "487 because a REL came" "exchange sent REL to ngw1" "$RUNG" explain "$work/t.jsonl" "$record"
says "with its cause" "Cause 16 of Q.850: normal call clearing" "$RUNG" explain "$work/t.jsonl" "$record"
scene "in: nobody has that number" "$in, p 404, n ACK, n REL, e RLC" \
	'script(function() exchange:dial "0013145552222" end)'
scene "in: refused" "$in, p 180, p 486, n ACM, n ACK, n REL, e RLC" \
	'script(function() exchange:dial "0013145551111" end) alice:on("invite", function(c) c:reject(486) end)'
says "in: its cause" "cause_indicator" sh -c 'command -v tshark > /dev/null || { echo cause_indicator; exit; }
	"$RUNG" export "$1/t.jsonl" -o "$1/t.pcapng"; tshark -n -r "$1/t.pcapng" -T fields -E header=y -e isup.cause_indicator -Y "isup.cause_indicator == 17"' - "$work"
scene "in: T11" "$in, n ACM, p 180, n CPG, p 200, n ACK, n ANM" \
	'script(function() alice:crash() exchange:dial "0013145551111" at("10s", function() alice:restart() end) end)' --set ngw1.t11=5s

tones="--set ngw1.interworking=true --set exchange.interworking=true"
scene "interworking: a tone instead of a REL" "$out, e ACM, n 183, p CANCEL, n 200, n 487, n REL, p ACK, e RLC" \
	'script(function() local c = alice:invite "sip:+19725553333@gw.example.com" sleep "5s" c:bye() end)' $tones
scene "in: a tone instead of a REL" "$in, p 404, n ACK, n ACM, e REL, n RLC" \
	'script(function() exchange:dial "0013145552222" sleep "5s" exchange:hang_up() end)' $tones
scene "in: a tone behind the ACM" "$in, p 180, p 486, n ACM, n ACK, n CPG, e REL, n RLC" \
	'script(function() exchange:dial "0013145551111" end) alice:on("invite", function(c) c:reject(486) end)' $tones

# ---- circuits ----
one="--set ngw1.trunks=exchange:1 --set exchange.trunks=ngw1:1"
scene "blocked" "e BLO, n BLA, p INVITE, n 100, n 503, p ACK, e UBL, n UBA, $out, e REL, n RLC, n 486, p ACK" \
	'script(function() exchange:block "ngw1:1" sleep "1s" call() sleep "1s" exchange:unblock "ngw1:1" sleep "1s" call() end)' $one --set exchange.refuses=9725552222:17
scene "all busy" "$in, p 180, n ACM, p 200, n ACK, n ANM, p INVITE, n 100, n 503, p ACK" \
	'script(function() exchange:dial "0013145551111" sleep "3s" call() end)' $one
scene "unequipped" "$out, e UCIC, n IAM, e ACM, n 180, e ANM, n 200, p ACK" \
	'script(function() call() end)' --set exchange.trunks=ngw1:2-4
scene "checked" "$out, n COT, e ACM, n 180, e ANM, n 200, p ACK" \
	'script(function() call() end)' --set ngw1.continuity=good
scene "checked, and bad" "e IAM, e COT, e IAM, e COT, n INVITE, p 100, p 180, n ACM, p 200, n ACK, n ANM" \
	'script(function() exchange:dial "0013145551111" end)' --set exchange.continuity=bad
scene "the check is lost" "$out, n COT, e REL, n RLC, n 503, p ACK" \
	'fault { method = "COT", nth = 1, drop = true } script(function() call() end)' --set ngw1.continuity=good
scene "reset" "$out, e ACM, n 180, e ANM, n 200, p ACK, e RSC, n RLC, n BYE, p 200" \
	'script(function() local c = call() wait(c, "confirmed") sleep "1s" exchange:reset "ngw1:1" end)'
both='script(function() at("1s", function() call() end) at("1010ms", function() exchange:dial "0013145551111" end) sleep "1s" end)'
scene "seized by both: the lower code has the odd circuits" \
	"p INVITE, e IAM, n 100, n IAM, e ACM, n 180, e ANM, n 200, p ACK" "$both" $one
scene "seized by both: the gateway gives way" \
	"p INVITE, e IAM, n 100, n IAM, n 503, n INVITE, p ACK, p 100, p 180, n ACM, p 200, n ACK, n ANM" \
	"$both" $one --set ngw1.point_code=20 --set exchange.point_code=1

# ---- crashes, losses ----
scene "the gateway is started again" "$out, e ACM, n 180, e ANM, n 200, p ACK, n GRS, e GRA" \
	'script(function() local c = call() wait(c, "confirmed") sleep "1s" ngw1:crash() sleep "1s" ngw1:restart() end)'
scene "the exchange is started again" "$out, e ACM, n 180, e ANM, n 200, p ACK, e GRS, n GRA, n BYE, p 200" \
	'script(function() local c = call() wait(c, "confirmed") sleep "1s" exchange:crash() sleep "1s" exchange:restart() sleep "3s" end)'
lose='script(function() local c = call() sleep "10s" c:bye() sleep "30s" end)'
scene "a lost IAM" "$out, p CANCEL, n 200, n 487, n REL, p ACK, e RLC" 'fault { method = "IAM", nth = 1, drop = true }'"$lose"
scene "a lost ACM" "$out, e ACM, e ANM, n 200, p ACK, p BYE, n 200, n REL, e RLC" 'fault { method = "ACM", nth = 1, drop = true }'"$lose"
scene "a lost ANM" "$out, e ACM, n 180, e ANM, p CANCEL, n 200, n 487, n REL, p ACK, e RLC" 'fault { method = "ANM", nth = 1, drop = true }'"$lose"
scene "a lost REL" "$out, e ACM, n 180, e ANM, n 200, p ACK, p BYE, n 200, n REL, n REL, e RLC" 'fault { method = "REL", nth = 1, drop = true }'"$lose"
scene "a lost RLC" "$out, e ACM, n 180, e ANM, n 200, p ACK, p BYE, n 200, n REL, e RLC, n REL, e RLC" 'fault { method = "RLC", nth = 1, drop = true }'"$lose"
scene "a lost BLA" "e BLO, n BLA, e BLO, n BLA" 'fault { method = "BLA", nth = 1, drop = true } script(function() exchange:block "ngw1:1" sleep "20s" end)'

# ---- phone, SIP, ISUP, SIP, phone ----
cp topologies/transit.* "$work/"
cat > "$work/t.lua" <<'END'
lab { title = "t", topology = "transit.gv", duration = "60s" }
script(function()
	local c = node("alice"):invite "sip:+19725552222@a.example.com;user=phone"
	if wait(c, "confirmed") then c:bye() end
	sleep "1s"
	node("bob"):set { busy = true }
	node("alice"):invite "sip:+19725552222@a.example.com;user=phone"
end)
END
"$RUNG" run "$work/t.lua" -q -o "$work/t.jsonl"
count() { # FILTER…
	"$RUNG" show "$work/t.jsonl" "$@" 2> "$work/.err" | grep -c .
}
ok "two circuits, an IAM on each" [ "$(count kind=send method=IAM)" = 4 ]
ok "it is answered at the far end" [ "$(count kind=call node=bob state=confirmed)" = 1 ]
ok "and at the near one" [ "$(count kind=call node=alice state=confirmed)" = 1 ]
ok "all circuits are free" [ "$(count kind=recv method=RLC)" = 4 ]
record=$("$RUNG" show "$work/t.jsonl" kind=send status=486 node=alice | awk '{ print $1 }')
says "486 here because of 486 there" "exchange sent REL to gw1" "$RUNG" explain "$work/t.jsonl" "$record"
says "by a REL of the other gateway" "gw2 sent REL to exchange" "$RUNG" explain "$work/t.jsonl" "$record"
says "which Bob's phone is behind" "bob sent 486" "$RUNG" explain "$work/t.jsonl" "$record"

# ---- ISUP in the bodies of SIP (RFC 3372) ----
cp topologies/telephone-networks.* "$work/"
then='sleep "7s" c:put_down() sleep "1s" c:lift() sleep "1s" c:hang_up { cause = "21" }'
# What the exchanges hear, with OPTIONS: octets of ISUP from the type on.
bridged() { # NAME WANTED OPTION…
	name=$1 wanted=$2
	shift 2
	cat > "$work/b.lua" <<-END
		lab { title = "t", topology = "telephone-networks.gv", duration = "16s" }
		script(function()
			local c = node "switchc"
			sleep "1s"
			node("switcha"):dial "0019185554444"
			$then
		end)
	END
	"$RUNG" run "$work/b.lua" -q -o "$work/b.jsonl" "$@" || echo "run failed"
	sed -n 's/.*"kind":"send".*"dst":"switch.*"proto":"isup".*"base64":"\([^"]*\)".*/\1/p' "$work/b.jsonl" |
		while read -r b; do
			printf %s "$b" | base64 -d | od -An -v -tx1 | tr -d ' \n' | cut -c15- | tr '\n' ' '
		done > "$work/got"
	[ "$(cat "$work/got")" = "$wanted " ] || printf 'got:  %s\nwant: %s\n' "$(cat "$work/got")" "$wanted"
	ok "$name" [ "$(cat "$work/got")" = "$wanted " ]
}
iam=0a00020a08831019585544440f0a070313135455222200
without="01006000$iam 06160400 0900 2c02012c01f900 2c02012c01fa00 1000 0c0200028095"
bridged "without: no ISDN access, remote hold for SUS" "$without" --set switchc.acm=free
bridged "SIP-T: what SIP can't say arrives" "01006001$iam 06161400 0900 0d0100 0e0100 1000 0c0200028095" \
	--set switchc.acm=free --set ngw1.isup=sip-t --set gw2.isup=sip-t
says "an arrow of SIP says what it carries" "INFO SUS" "$RUNG" show --ladder "$work/b.jsonl"
bridged "who must not leave it aside says 415: again without" "$without" --set switchc.acm=free --set ngw1.isup=sip-i
ok "it was refused once" [ "$("$RUNG" show "$work/b.jsonl" kind=send src=gw2 status=415 | wc -l)" = 1 ]
bridged "who may does: no 415" "$without" --set switchc.acm=free --set ngw1.isup=sip-t
ok "nothing was refused" [ "$("$RUNG" show "$work/b.jsonl" kind=send status=415 | wc -l)" = 0 ]
then=
bridged "busy: location and cause of the far exchange" "010060010a00020a08831019585544440f0a070313135455222200 1000 0c0200028291" \
	--set ngw1.isup=sip-t --set gw2.isup=sip-t --set switchc.refuses=9185554444:17

# ---- whom it was for at first (RFC 3398 7.2.1.1): parameter 40 ----
first_for() { # NAME DIGITS-IN-OCTETS FIELDS
	cat > "$work/b.lua" <<-END
		lab { title = "t", topology = "gateway.gv", duration = "2s" }
		fault { method = "INVITE", src = "alice", rewrite = function(text)
			return (text:gsub("\r\nTo: [^\r]*", "\r\nTo: <sip:+19725550009@x>"))
		end }
		script(function()
			node("alice"):invite("sip:+19725552222@gw.example.com", { headers = { $3 } })
		end)
	END
	"$RUNG" run "$work/b.lua" -q -o "$work/b.jsonl" || echo "run failed"
	sed -n 's/.*"kind":"send".*"start":"IAM".*"base64":"\([^"]*\)".*/\1/p' "$work/b.jsonl" |
		base64 -d | od -An -v -tx1 | tr -d ' \n' > "$work/got"
	says "$1" "2807031079525500$2" cat "$work/got"
}
first_for "by To" 90 ""
d='Diversion = { "<sip:+19725550002@x>;reason=no-answer", "<tel:+19725550001>;reason=user-busy" }'
h='["History-Info"] = "<sip:+19725550003@x>;index=1, <sip:+19725552222@x>;index=1.1"'
first_for "by Diversion, the last" 10 "$d, $h"
first_for "by History-Info, the first" 30 "$h"

# ---- numbers in pieces (RFC 3578 3) ----
in_pieces() { # NAME WANTED DIGITS OPTION…
	name=$1 wanted=$2
	cat > "$work/b.lua" <<-END
		lab { title = "t", topology = "telephone-networks.gv", duration = "9s" }
		script(function() node("switcha"):dial { digits = "001918555", later = "$3" } end)
	END
	shift 3
	"$RUNG" run "$work/b.lua" -q -o "$work/b.jsonl" --set ngw1.overlap=invites "$@" || echo "run failed"
	"$RUNG" show "$work/b.jsonl" kind=send src=gw2,ngw1 method=IAM,SAM,INVITE,REL,ACM |
		awk '{ printf "%s%s %s", n++ ? ", " : "", $3, $5 }' > "$work/got"
	"$RUNG" show "$work/b.jsonl" kind=send src=gw2 status=404,484 | awk '{ printf ", %s", $5 }' >> "$work/got"
	[ "$(cat "$work/got")" = "$wanted" ] || cat "$work/got"
	ok "$name" [ "$(cat "$work/got")" = "$wanted" ]
}
more="ngw1 INVITE, gw2 SAM"
in_pieces "an INVITE for each SAM, a SAM for each INVITE" \
	"ngw1 INVITE, gw2 IAM, $more, $more, $more, $more, ngw1 ACM, 484, 484, 484, 484" 4444 --set gw2.overlap=collect
ok "they are one call, in turn" [ "$("$RUNG" show "$work/b.jsonl" -m src=ngw1 method=INVITE |
	awk '/CSeq:|Call-ID:|From:|To:/ { if ($1 != "To:") print $1, $2 == "INVITE" ? "" : $NF; if (/To:.*tag/) print }' |
	sort -u | wc -l)" = 3 ]
more="ngw1 INVITE, gw2 IAM"
in_pieces "whole numbers alone: an IAM for each" \
	"$more, $more, $more, $more, $more, ngw1 ACM, 404, 404, 404, 404" 4444
in_pieces "nobody's number: REL when T10 is over" \
	"$more, $more, ngw1 REL, 404, 404" 9
late=$("$RUNG" show "$work/b.jsonl" kind=send src=ngw1 method=REL | awk '{ print $2 }')
ok "not before" [ "$late" = 5.505 ]

# A phone's ISUP: the Request-URI counts for more; what can't be read for nothing.
from_phone() { # NAME WANTED OCTETS-IN-LUA VERSION
	cat > "$work/b.lua" <<-END
		lab { title = "t", topology = "gateway.gv", duration = "5s" }
		script(function()
			local p = "\r\nContent-Disposition: signal\r\n\r\n"
			node("alice"):invite("sip:+19725552222@gw.example.com", {
				headers = "Content-Type: multipart/mixed;boundary=x",
				body = "--x\r\nContent-Type: application/ISUP;version=$4" .. p .. "$3\r\n--x--\r\n" })
		end)
	END
	"$RUNG" run "$work/b.lua" -q -o "$work/b.jsonl" --set ngw1.isup=sip-t || echo "run failed"
	sed -n 's/.*"kind":"send".*"start":"IAM".*"base64":"\([^"]*\)".*/\1/p' "$work/b.jsonl" |
		base64 -d | od -An -v -tx1 | tr -d ' \n' | cut -c15- > "$work/got"
	says "$1" "$2" cat "$work/got"
}
other='\x01\x08\x61\x01\x0d\x03\x02\x00\x05\x83\x10\x21\x43\xf5'
number=020a08831079525522220f0a070313135455111100
from_phone "the IAM's category, another called number" "010061010d03$number" "$other" itu-t92+
from_phone "ANSI: as without" "010060000a00$number" "$other" ansi00
from_phone "cut off: as without" "010060000a00$number" '\x01\x08\x61' itu-t92+
ok "and a record says why" [ "$("$RUNG" show "$work/b.jsonl" kind=bad node=ngw1 | wc -l)" = 1 ]

# ---- captures, views ----
cat > "$work/t.lua" <<'END'
lab { title = "t", topology = "gateway.gv", duration = "30s" }
script(function()
	node("alice"):invite "sip:+19725552222@gw.example.com"
	sleep "1s"
	node("exchange"):block "ngw1:4"
	node("exchange"):dial { digits = "0013145551111", from = "9725553333" }
	sleep "6s"
	node("exchange"):hang_up "9725552222"
end)
END
"$RUNG" run "$work/t.lua" -q --detail=network -o "$work/t.jsonl"
"$RUNG" export "$work/t.jsonl" -o "$work/t.pcapng"
if command -v tshark > "$work/which"; then
	tshark -n -r "$work/t.pcapng" -o "sctp.checksum:CRC 32c" -Y isup -T fields \
		-e isup.message_type -e sctp.checksum.status -e _ws.malformed \
		> "$work/got" 2> "$work/.err"
	"$RUNG" show "$work/t.jsonl" kind=send proto=isup > "$work/sent"
	ok "tshark reads each message once" [ "$(wc -l < "$work/got")" = "$(wc -l < "$work/sent")" ]
	fails "none malformed, no wrong checksum" 1 grep -v '^[0-9]*	1	$' "$work/got"
else skip "no tshark"; fi
says "a ladder" "══ telephone network" "$RUNG" export -f txt "$work/t.jsonl"
record=$("$RUNG" show "$work/t.jsonl" kind=send proto=isup | awk '{ print $1; exit }')
says "its layers" "origin (OPC)" "$RUNG" show --layers "$work/t.jsonl" "$record"
says "its calls have those of ISUP" "REL 16" sh -c '
	"$RUNG" export -f txt "$1" --call="$("$RUNG" show "$1" -m method=INVITE src=alice |
		sed -n "s/^ *Call-ID: //p" | head -1)"' - "$work/t.jsonl"
says "on a page" "p-kind-signalling" "$RUNG" export -f html "$work/t.jsonl"
says "in Chinese" "电话网" "$RUNG" --lang=zh export -f txt "$work/t.jsonl"
finish
