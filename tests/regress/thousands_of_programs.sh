# Thousands of nodes, each with a program of its own that works all the time,
# live for an hour: what bounds a program is a rate, not a sum.
. tests/fixtures/check.sh

{
	echo 'graph t {'
	echo 'graph [duration="1h"]'
	echo 'hub [role=script, program="hub.lua", addr="10.9.0.1"]'
	echo 'r [ip_forward=true]'
	echo 'hub -- r'
	i=0
	while [ $i -lt 1200 ]; do
		echo "s$i [role=script, program=\"leaf.lua\"] s$i -- r"
		i=$((i + 1))
	done
	echo '}'
} > "$work/t.gv"
echo 'function on_request(m) reply(m, 200) end' > "$work/hub.lua"
cat > "$work/leaf.lua" <<'X'
local function tick()
	for i = 1, 200 do store.n = (store.n or 0) + 1 end
	send { method = "OPTIONS", uri = "sip:hub@10.9.0.1" }
	after("20min", tick)
end
function on_start() after(math.random(1, 1200) .. "s", tick) end
X
ok "it runs" "$RUNG" run -q --detail=messages "$work/t.gv" -o "$work/t.jsonl"
ok "to its end" grep -q '"kind":"end".*"reason":"duration"' "$work/t.jsonl"
ok "all work all the time" [ "$(grep -c '"start":"OPTIONS"' "$work/t.jsonl")" = 3600 ]
ok "nobody is stopped" [ "$(grep -c '"verdict":"failed"' "$work/t.jsonl")" = 0 ]
finish
