# A proxy between TCP and UDP records two routes, one for each side (RFC 5658),
# and takes both of them off when they come back.
set -u
. tests/fixtures/check.sh

mkdir "$work/lab"
cat > "$work/lab/t.gv" << 'END'
graph t {
	graph [domain="example.com", duration="30s"]
	edge [delay="5ms"]
	alice [role=ua, register=true, outbound=px, transport=tcp, answer="1s"]
	px [role="proxy registrar location"]
	bob [role=ua, register=true, outbound=px, answer="1s"]
	alice -- px -- bob
}
END
lab() { # CALLER CALLEE
	cat > "$work/lab/lab.lua" << END
lab { title = "t", topology = "t.gv", duration = "30s" }
local caller = node "$1"
script(function()
	sleep "1s"
	local call = caller:invite "sip:$2@example.com"
	wait(call, "confirmed")
	sleep "1s"
	call:hold()
	sleep "1s"
	call:bye()
end)
END
	"$RUNG" run "$work/lab" -o "$work/$1.jsonl" > "$work/.output" 2>&1
}
# carried CALLER METHOD FROM TO TRANSPORT ROUTES: every such request goes so.
carried() {
	"$RUNG" show "$work/$1.jsonl" -m src="$3" dst="$4" kind=send \
		method="$2" > "$work/sent"
	[ -s "$work/sent" ] || bad "$2 from $3 to $4" "there is none"
	check_seen=$(grep -c '^    Route: <sip:192' "$work/sent")
	check_sent=$(grep -c "^    $2 sip:" "$work/sent")
	if [ "$check_seen" = $(($6 * check_sent)) ]; then good; else
		bad "$1: $2 to $4" "$check_seen Routes in $check_sent requests"
	fi
	sed -n "/^    $2 sip:/{n;p;}" "$work/sent" > "$work/vias"
	if grep -qv "SIP/2.0/$5 " "$work/vias"; then
		bad "$1: $2 to $4" "goes not by $5"
	else good; fi
}

lab alice bob
says "the lower one first" \
	"Record-Route: <sip:192.0.2.2:5060;transport=udp;lr>, <sip:192.0.2.2:5060;transport=tcp;lr>" \
	"$RUNG" show "$work/alice.jsonl" -m src=px dst=bob method=INVITE
for m in ACK BYE; do
	carried alice $m alice px TCP 2
	carried alice $m px bob UDP 0
done
lab bob alice
says "the other way round" \
	"Record-Route: <sip:192.0.2.2:5060;transport=tcp;lr>, <sip:192.0.2.2:5060;transport=udp;lr>" \
	"$RUNG" show "$work/bob.jsonl" -m src=px dst=alice method=INVITE
for m in ACK BYE; do
	carried bob $m bob px UDP 2
	carried bob $m px alice TCP 0
done
# Where nothing changes there is one, by TCP with its transport.
sed 's/role=ua, register=true, outbound=px, answer/transport=tcp, &/' \
	"$work/lab/t.gv" > "$work/new" && mv "$work/new" "$work/lab/t.gv"
lab alice bob
says "TCP on both sides" "Record-Route: <sip:192.0.2.2:5060;transport=tcp;lr>" \
	"$RUNG" show "$work/alice.jsonl" -m src=px dst=bob method=INVITE
for m in ACK BYE; do
	carried alice $m alice px TCP 1
	carried alice $m px bob TCP 0
done
finish
