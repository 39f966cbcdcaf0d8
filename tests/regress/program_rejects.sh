# A program's reject or redirect in on_failure while another branch was pending was
# sent at once: a 2xx that was on its way went nowhere, and a phone that had been
# picked up talked to nobody for half a minute.
. tests/fixtures/check.sh
LC_ALL=C.UTF-8
export LC_ALL

lab() { # TRANSPORT DECISION WHEN THE SECOND ANSWERS [WHAT ALICE DOES]
	cat > "$work/net.gv" << GV
graph net {
	edge [delay="5ms"]
	node [transport=$1]
	alice [role=ua, outbound=p, addr="192.0.2.1", redirect=never]
	p [role=proxy, addr="192.0.2.10", domain="example.com", route="route.lua"]
	bob1 [role=ua, addr="192.0.2.21", answer=never]
	bob2 [role=ua, addr="192.0.2.22", answer=never]
	lan [transport=udp]
	lan -- {alice p bob1 bob2}
}
GV
	sed -i 's/lan \[transport=udp\]/lan/' "$work/net.gv"
	cat > "$work/route.lua" << LUA
function on_request(r)
	return parallel { "sip:bob1@192.0.2.21", "sip:bob2@192.0.2.22" }
end
function on_failure(r, status) return $2 end
LUA
	cat > "$work/lab.lua" << LUA
lab { topology = "net.gv", duration = "60s" }
local alice, bob1, bob2 = node "alice", node "bob1", node "bob2"
bob1:on("invite", function(call) call:ring() sleep "1s" call:reject(486) end)
bob2:on("invite", function(call)
	call:ring() sleep "$3" pcall(function() call:answer() end)
end)
script(function()
	sleep "1s"
	local c = alice:invite "sip:bob@example.com"
	$4
end)
LUA
	"$RUNG" run -q "$work/lab.lua" -o "$work/t.jsonl" 2> "$work/said"
	"$RUNG" inspect "$work/t.jsonl" > "$work/report" 2>&1
	says "$where: no clause is broken" "errors 0, warnings 0" \
		cat "$work/report"
}
show() { "$RUNG" show "$work/t.jsonl" "$@" kind=send; }

for transport in udp tcp; do
	for decision in 'reject(480, "Gone fishing")' \
		'redirect({ "sip:bob@192.0.2.99" })'; do
		status=480
		[ "${decision%%(*}" = reject ] || status=302
		where="$transport ${decision%%(*}, a 2xx is on its way"
		lab $transport "$decision" 1002ms
		says "$where: it goes up" 200 show dst=alice status=200
		fails "$where: and nothing else" 1 show dst=alice status=$status
		says "$where: who has answered is heard" confirmed \
			"$RUNG" show "$work/t.jsonl" --at=20s --node=bob2
		where="$transport ${decision%%(*}, it only rings"
		lab $transport "$decision" 50s
		says "$where: it is cancelled" CANCEL show dst=bob2 method=CANCEL
		says "$where: and then said" $status show dst=alice status=$status
		where="$transport ${decision%%(*}, the caller gives up"
		lab $transport "$decision" 50s 'sleep "1012ms" c:cancel()'
		says "$where: one answer" 487 show dst=alice status=487
	done
done
finish
