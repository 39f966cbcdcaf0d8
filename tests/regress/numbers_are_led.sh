# A Request-URI that says whom, and no place: tel (RFC 3966), urn (RFC 5031).  A
# Route leads it on (RFC 3261 16.4, 16.6); a program may say where; a proxy that
# has neither does not understand it (416).
. tests/fixtures/check.sh

cat > "$work/t.gv" <<'DOT'
graph t {
	a [role=script, program="a.lua", addr="192.0.2.1"]
	p [role=proxy, addr="192.0.2.10"]
	q [role=proxy, addr="192.0.2.11", route="q.lua"]
	s [role=script, program="s.lua", addr="192.0.2.12"]
	b [role=script, program="b.lua", addr="192.0.2.2"]
	core [shape=ellipse]
	core -- {a p q s b}
}
DOT
cat > "$work/a.lua" <<'LUA'
local sent = 0
local function ask(uri, ...)
	local routes = { ... }
	sent = sent + 1
	after(sent .. "s", function()
		send { method = "OPTIONS", uri = uri, to = "<" .. uri .. ">", from = "<sip:a@a.example>", routes = routes }
	end)
end
local p, q, s, b = "<sip:192.0.2.10;lr>", "<sip:192.0.2.11;lr>", "<sip:192.0.2.12;lr>", "<sip:192.0.2.2;lr>"
function on_start()
	for _, uri in ipairs { "tel:+15550001", "tel:5550001", "urn:service:sos" } do
		ask(uri, p, b)     -- a Route leads it on: 1 to 3
		ask(uri, p)        -- nobody knows it: 4 …
		ask(uri, p, q)     -- its program says where
		ask(uri, p, s, b)  -- what lies on its way is a program
	end
end
function on_reply() end
LUA
cat > "$work/q.lua" <<'LUA'
function on_request(m) return "<sip:192.0.2.2;lr>, " .. m.uri end
LUA
cat > "$work/s.lua" <<'LUA'
function on_request(m) return forward(m) end
LUA
cat > "$work/b.lua" <<'LUA'
function on_request(m) return reply(m, 200, { reason = m.uri }) end
LUA
printf '%s\n' 'lab { title = "t", topology = "t.gv", duration = "30s" }' > "$work/t.lua"
for transport in udp tcp; do
	sed "s/^graph t {/&\n\tnode [transport=$transport]/" "$work/t.gv" > "$work/u.gv"
	sed 's/t\.gv/u.gv/' "$work/t.lua" > "$work/u.lua"
	ok "runs" "$RUNG" run -q "$work/u.lua" -o "$work/t.jsonl"
	got=$("$RUNG" show "$work/t.jsonl" kind=send dst=a | sed -n 's/.* send *\([2-6][0-9][0-9] .*\) → a.*/\1/p' | tr '\n' ',' | tr -s ' ')
	wanted=
	for uri in tel:+15550001 tel:5550001 urn:service:sos; do
		nobody='416 Unsupported URI Scheme'
		for answer in "200 $uri" "$nobody" "200 $uri" "200 $uri"; do
			wanted="$wanted$answer,"
		done
	done
	ok "$transport: each finds its way" [ "$got" = "$wanted" ]
	[ "$got" = "$wanted" ] || echo "    $got"
done
finish
