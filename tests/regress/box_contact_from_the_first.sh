#!/bin/sh
# A box with the fault `contact` named the address of its other side to whom it
# called only from its second request on: its first INVITE was right, so that a
# BYE from there still came.
. tests/fixtures/check.sh

t=$work/t.jsonl
cat > "$work/net.gv" <<-GV
graph {
	alice [role=ua, addr="10.0.0.11", outbound=box]
	box [role=sbc, faces="inside=10.0.0.1 outside=192.0.2.7"]
	bob [role=ua, addr="192.0.2.20", outbound=box, answer="1s"]
	alice -- box:inside
	box:outside -- bob
}
GV
cat > "$work/lab.lua" <<-LUA
lab { topology = "net.gv", duration = "10s" }
local alice = node "alice"
script(function()
	local call = alice:invite "sip:bob@192.0.2.20"
	wait(call, "confirmed")
	sleep "1s"
	call:hold()
	sleep "1s"
	call:bye()
end)
LUA
# names HOW SRC DST ADDR: all Contacts that SRC sends to DST have ADDR.
names() {
	"$RUNG" show --lang=en -m "$t" kind=send cseq=INVITE src="$2" dst="$3" |
		sed -n 's/^ *Contact: <sip:.*@\([0-9.]*\):.*/\1/p' |
		sort -u > "$work/.output"
	if [ "$(cat "$work/.output")" = "$4" ]; then good
	else bad "$1" "$4"; fi
}
run() { # FAULTS
	ok "it runs" "$RUNG" run -q "$work/lab.lua" --set "box.faults=$1" -o "$t"
}
run contact
names "to who is called" box bob 10.0.0.1
names "to who calls" box alice 192.0.2.7
run hold
names "without it, to who is called" box bob 192.0.2.7
names "without it, to who calls" box alice 10.0.0.1
finish
