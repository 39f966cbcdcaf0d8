# A transfer that a box carries out itself after a hold: the target was answered
# with what the other party had said to the hold, before that party was asked; what
# he said while the target rang went to the target; and when the target was busy
# the box went on with the address of its other face.  Each by UDP and TCP, also
# where the target hangs up at once, or the one who stays does.
. tests/fixtures/check.sh
LC_ALL=C.UTF-8
export LC_ALL

net() { # ROLE TRANSPORT
	faces= in='{alice b1 bob carol}' more=
	if [ "$1" = sbc ]; then
		faces=', faces="inside=10.0.0.1 outside=192.0.2.1"'
		in=alice more='in -- b1:inside b1:outside -- out out -- {bob carol}'
	fi
	cat > "$work/net.gv" << GV
graph net {
	edge [delay="5ms"]
	alice [role=ua, transport=$2, addr="10.0.0.7", outbound=b1]
	b1    [role=$1, transport=$2, refers=do$faces]
	bob   [role=ua, transport=$2, addr="192.0.2.20", outbound=b1, answer="300ms"]
	carol [role=ua, transport=$2, addr="192.0.2.30", outbound=b1, answer=never]
	in -- $in
	$more
}
GV
}
lab() { # WHAT CAROL DOES [WHAT HAPPENS WHILE SHE RINGS [THEN]]
	cat > "$work/lab.lua" << LUA
lab { topology = "net.gv", duration = "40s" }
local alice, bob = node "alice", node "bob"
local bobs
bob:on("invite", function(call) bobs = call end)
node "carol":on("invite", function(call)
	call:ring() sleep "2s" pcall(function() $1 end)
end)
script(function()
	sleep "1s"
	local c = alice:invite "sip:bob@192.0.2.20"
	wait(c, "confirmed", "10s") sleep "1s" c:hold() sleep "1s"
	c:transfer "sip:carol@192.0.2.30"
	sleep "1s" $2 sleep "8s" $3
end)
LUA
	"$RUNG" run -q "$work/lab.lua" -o "$work/t.jsonl" 2> "$work/said"
	"$RUNG" search "$work/lab.lua" --runs=1 > "$work/found" 2>&1
	says "$where: it is searched" "faults or sets" cat "$work/found"
	fails "$where: nothing is left" 1 grep "Without any fault" "$work/found"
	"$RUNG" inspect "$work/t.jsonl" > "$work/report" 2>&1
	says "$where: no clause is broken" "errors 0, warnings 0" \
		cat "$work/report"
	[ "$box" = sbc ] || return 0
	"$RUNG" show "$work/t.jsonl" src=b1 dst=bob,carol -m > "$work/out"
	fails "$where: nothing of the inside" 1 grep -F '10.0.0.' "$work/out"
	"$RUNG" show "$work/t.jsonl" src=b1 dst=alice -m |
		grep -v '^    Refer' > "$work/out"
	fails "$where: nothing of the outside's face" 1 \
		grep -F '192.0.2.1:' "$work/out"
}
show() { "$RUNG" show "$work/t.jsonl" "$@"; }

for transport in udp tcp; do
	for box in b2bua sbc; do
		net $box $transport
		where="$box $transport, she answers"
		lab 'call:answer()' 'bobs:info {}' 'bobs:hold()'
		says "$where: who waits is told" INFO show method=INFO src=b1 dst=alice
		show method=ACK dst=carol -m > "$work/out"
		says "$where: the ACK" "a=sendrecv" cat "$work/out"
		fails "$where: and no stale answer" 1 \
			grep -F recvonly "$work/out"
		where="$box $transport, she is busy"
		lab 'call:reject(486)' 'c:info {}' 'bobs:hold()'
		says "$where: who stays is told" INFO show method=INFO src=b1 dst=bob
		where="$box $transport, she hangs up"
		lab 'call:answer() sleep "30ms" call:bye()'
		where="$box $transport, who stays hangs up"
		lab 'call:answer()' 'bobs:bye()'
		where="$box $transport, who has asked hangs up"
		lab 'call:answer()' 'c:bye()'
	done
done
finish
