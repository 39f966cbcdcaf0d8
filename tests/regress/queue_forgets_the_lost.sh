# A caller and an agent who hang up while their queue can't be reached by TCP give up
# before it can: both BYEs are lost.  A session timer tells the queue (RFC 4028).
. tests/fixtures/check.sh

cp topologies/queue.gv "$work"
cat > "$work/lab.lua" <<'LUA'
lab { title = "x", topology = "queue.gv", duration = "2000s" }
node("ann"):set { hangup = "20s" }
at("1s", function() node "alice":invite "sip:help@shop.example.com" end)
at("15s", function() link("lan", "help"):down() end)
at("100s", function() link("lan", "help"):up() end)
LUA
ok "it runs" "$RUNG" run -q "$work/lab.lua" --set alice.transport=tcp --set help.transport=tcp \
	--set ann.transport=tcp --set ben.transport=tcp -o "$work/t.jsonl"
at() { # SECOND: calls and what they are in, at the queue
	"$RUNG" show --at="$1s" --node=help "$work/t.jsonl" | grep -cE '^  .* (confirmed|talking|joined) '
}
gives "both have hung up, and the queue does not know" 6 at 200
gives "it finds out" 0 at 1999
finish
