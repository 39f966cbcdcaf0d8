# A registrar that redirects gives no GRUU (RFC 5627): an ACK to it would not be
# redirected, and the call would end.  That is said, and the call is right.
. tests/fixtures/check.sh
LC_ALL=C.UTF-8
export LC_ALL

cp topologies/redirect.gv topologies/registered.gv "$work"
cat > "$work/lab.lua" << 'EOF'
lab { title = "A GRUU", topology = "redirect.gv", duration = "60s" }
local alice, cell = node "alice", node "cell"
cell:on("invite", function(call) sleep "1s" call:answer() end)
script(function()
	wait(cell, "registered")
	sleep "2s"
	local call = alice:invite "sip:bob@biloxi.example.com"
	if wait(call, "confirmed", "10s") then call:bye() end
	wait(call, "terminated", "10s")
end)
EOF
for kind in public temporary; do
	"$RUNG" run -q "$work/lab.lua" --set cell.gruu=$kind -o "$work/t.jsonl" 2> "$work/said"
	says "$kind: it is said" "cell gets no GRUU: red redirects" cat "$work/said"
	fails "$kind: none is given" 1 \
		sh -c '"$1" show -m "$2" kind=send | grep "[a-z]*-gruu="' - "$RUNG" "$work/t.jsonl"
	says "$kind: nothing is wrong" "errors 0, warnings 0" "$RUNG" inspect "$work/t.jsonl"
done
"$RUNG" run -q "$work/lab.lua" -o "$work/t.jsonl" 2> "$work/said"
fails "without one nothing is said" 1 test -s "$work/said"
finish
