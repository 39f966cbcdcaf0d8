# A call whose ACK never comes is ended by the one who answered (RFC 3261 13.3.1.4):
# who waits there until it is confirmed hears that it has not come about.
. tests/fixtures/check.sh
LC_ALL=C.UTF-8
export LC_ALL

cp topologies/direct-call.gv "$work"
lab() { # FAULT
	cat > "$work/lab.lua" << EOF
lab { title = "No ACK", topology = "direct-call.gv", duration = "60s" }
local alice, bob = node "alice", node "bob"
$1
bob:on("invite", function(call)
	local well, state = wait(call, "confirmed")
	note("bob: " .. tostring(well) .. " " .. tostring(state))
end)
script(function() alice:invite(bob) end)
EOF
	"$RUNG" run -q "$work/lab.lua" -o "$work/t.jsonl"
	"$RUNG" show "$work/t.jsonl" kind=note
}
says "with it" "bob: true confirmed" lab ""
says "without it" "bob: false terminated" lab 'fault { method = "ACK", drop = true }'
says "the second one comes" "bob: true confirmed" \
	lab 'fault { method = "ACK", nth = 1, drop = true }'
finish
