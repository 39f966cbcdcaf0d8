# Two phones ring for the party behind a box, each with reliable media of its own.
# The caller changes the session by UPDATE; the first phone refuses, the second
# answers: the caller was told the address of the one that had refused, and the one
# that answered never heard of the change.  Through a B2BUA, a session border
# controller, two in a row, by UDP and TCP; the first that answers, too, and a
# phone that asks for another session while it only rings.
. tests/fixtures/check.sh
. tests/fixtures/box_net.sh
LC_ALL=C.UTF-8
export LC_ALL

lab() { # HOW THE FIRST ENDS, HOW THE SECOND
	cat > "$work/lab.lua" << LUA
lab { topology = "net.gv", duration = "30s" }
local alice, bob1, bob2 = node "alice", node "bob1", node "bob2"
bob1:on("invite", function(call)
	sleep "100ms" call:ring { reliable = true } sleep "3s" $1
end)
bob2:on("invite", function(call)
	sleep "300ms" call:ring { reliable = true } sleep "4s" $2
end)
script(function()
	sleep "1s"
	local c = alice:invite "sip:bob@example.com"
	sleep "1500ms" c:update()
	wait(c, "confirmed", "10s")
end)
LUA
	"$RUNG" run -q "$work/lab.lua" -o "$work/t.jsonl" 2> "$work/said"
}
whole() {
	"$RUNG" search "$work/lab.lua" --runs=1 > "$work/found" 2>&1
	says "$where: it is searched" "faults or sets" cat "$work/found"
	fails "$where: both ends know the same" 1 \
		grep "Without any fault" "$work/found"
	"$RUNG" inspect "$work/t.jsonl" > "$work/report" 2>&1
	says "$where: no clause is broken" "errors 0, warnings 0" \
		cat "$work/report"
}
last() { # the last address that alice was told
	"$RUNG" show "$work/t.jsonl" dst=alice -m | grep '^    c=' | tail -n 1
}

for transport in udp tcp; do
	for box in "b2bua 1" "sbc 1" "b2bua 2" "sbc 2"; do
		net $box $transport
		where="$box $transport, the second answers"
		lab 'call:reject(486)' 'call:answer()'
		[ "${box%% *}" = sbc ] ||
			says "$where: its media" 192.0.2.22 last
		whole
		where="$box $transport, the first answers"
		lab 'call:answer()' 'pcall(function() call:reject(486) end)'
		[ "${box%% *}" = sbc ] ||
			says "$where: its media" 192.0.2.21 last
		whole
	done
	net b2bua 1 $transport
	where="b2bua $transport, the second asks while it rings"
	lab 'call:reject(486)' 'call:answer()'
	sed 's/sleep "4s" call:answer/sleep "1s" call:update() sleep "3s" call:answer/' \
		"$work/lab.lua" > "$work/other.lua"
	mv "$work/other.lua" "$work/lab.lua"
	"$RUNG" run -q "$work/lab.lua" -o "$work/t.jsonl" 2> "$work/said"
	says "$where: later" "504" \
		"$RUNG" show "$work/t.jsonl" status=504 dst=bob2
	whole
done
finish
