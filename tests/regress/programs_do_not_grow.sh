# What is over leaves nothing in a program's memory: after thousands of calls, and of
# views of a platform of GB/T 28181, it takes them as before.  The platform kept each
# call for its SSRC, and had no memory left after some 1,500 views.
. tests/fixtures/check.sh
rung=$(realpath "$RUNG")
cp topologies/gb28181* "$work"
cd "$work" || exit 1

# ---- calls (docs/PROGRAMS.md): 5,000, each put through to another ----

cat > mid.lua <<'E1'
function on_call(a)
	local b = call { uri = "sip:bob@192.0.2.3", body = a.invite.body,
		on_ring = function() a:ring() end,
		on_answer = function(_, answer) a:answer { body = answer.body } end,
	}
	pair(a, b)
	a:every("1s", "tick", function() end)
end
E1
cat > net.gv <<'E1'
graph { domain="example.com"
	alice [role=ua, addr="192.0.2.1", aor="sip:alice@example.com", outbound=mid]
	mid [role=script, program="mid.lua", addr="192.0.2.2", aor="sip:mid@example.com"]
	bob [role=ua, addr="192.0.2.3", aor="sip:bob@example.com", answer="10ms"]
	lan -- {alice mid bob} }
E1
cat > lab.lua <<'E1'
lab { topology = "net.gv", duration = "5200s" }
local alice = node "alice"
script(function()
	for i = 1, 5000 do
		local c = alice:invite "sip:bob@example.com"
		wait(c, "confirmed", "3s")
		c:bye()
		sleep "900ms"
	end
	print "all of them"
end)
E1
ok "5,000 calls" sh -c '"$1" run -q --limit=instructions=1000000000 lab.lua -o - | tail -n 2000 > t.jsonl' "" "$rung"
says "the last is made as the first" "all of them" cat t.jsonl

# ---- views: 1,560 of twelve cameras ----

{
	echo 'graph grow { graph [domain="3301060000", start="2026-03-02T00:00:00Z"]
		edge [delay="10ms"]
		net [addr="10.255.255.254"]
		platform [role=script, addr="192.0.2.10", inbound=true, aor="sip:33010600002000000001@3301060000",
			program="gb28181-platform.lua",
			settings="password=12345678 media=sip:33010600002020000001@192.0.2.20 plan='"$(awk 'BEGIN { for (i = 0; i < 130; i++) printf "%slive@%d,bye@%d", i ? "," : "", 10 + 2 * i, 11 + 2 * i }')"'"]
		media [role=script, addr="192.0.2.20", aor="sip:33010600002020000001@3301060000", program="gb28181-media.lua"]
		net -- { platform media }'
	for i in 01 02 03 04 05 06 07 08 09 10 11 12; do
		echo "c$i [role=script, password=\"12345678\", aor=\"sip:330106000013200000$i@3301060000\",
			program=\"gb28181-device.lua\", settings=\"spread=60\"]
			c$i -- net"
	done
	echo '}'
} > grow.gv
echo 'lab { topology = "grow.gv", duration = "400s" }' > grow.lua
ok "1,560 views" "$rung" run -q grow.lua -o t.jsonl
gives "each with both of its calls" 3120 grep -c '"kind":"send".*INVITE sip' t.jsonl
gives "no program fails" 0 grep -c '"verdict":"failed"' t.jsonl
finish
