# A media gateway is told of a stream and, with the same packet, to subtract it: nothing
# has flowed, so that no record says that it stops; its termination is over, and no
# stream is left.
. tests/fixtures/check.sh
cp topologies/softswitch.gv "$work"
cat > "$work/lab.lua" <<'L'
lab { title = "x", topology = "softswitch.gv", duration = "300s" }
node("carol"):set { hangup = "30s" }
at("2s", function()
	node("mg1"):off_hook("A1")
	sleep "500ms"
	node("mg1"):press("A1", "9001")
	sleep "10s"
	node("mg1"):on_hook("A1")
end)
at("3170.000001ms", function() link("lan", "mgc"):down() end)
at("38.17s", function() link("lan", "mgc"):up() end)
L
ok "it runs" "$RUNG" run -q --set carol.transport=tcp --set px.transport=tcp \
	--set mgc.transport=tcp "$work/lab.lua" -o "$work/t.jsonl"
gives "the stream is agreed upon" 1 \
	sh -c 'grep "\"node\":\"mg1\"" "$1" | grep -c "\"op\":\"agree\""' - "$work/t.jsonl"
gives "and never flows" 0 \
	sh -c 'grep "\"node\":\"mg1\"" "$1" | grep -c "\"op\":\"flow\""' - "$work/t.jsonl"
fails "nothing is left of it" 1 \
	sh -c '"$RUNG" show "$1" --at=290s | grep -A 8 "^mg1" | grep -q Streams' - "$work/t.jsonl"
finish
