# The first server is dead, and what the DNS has said of the second is forgotten
# by then: the proxy asks for its address, and goes on when it is there (RFC 3263
# 4.3).  It had tried to go on before, and rung was aborted.
. tests/fixtures/check.sh

cat > "$work/two.gv" <<'X'
graph {
	subgraph cluster_a { label="a.example" domain="a.example"
		alice [role=ua, outbound=px1]
		px1 [role=proxy, dns=ns]
	}
	subgraph cluster_b { label="b.example" domain="b.example"
		px2 [role=proxy, location=loc, inbound=true, srv="10 60"]
		px3 [role=proxy, location=loc, srv="20 60"]
		loc [role="registrar location"]
		bob [role=ua, registered=true, answer="1s"]
		ns [role=dns, ttl="20s"]
	}
	net [role=""]
	net -- { alice px1 px2 px3 loc bob ns }
}
X
cat > "$work/lab.lua" <<'X'
lab { title = "Late", topology = "two.gv", duration = "120s" }
script(function()
	node "px2":crash()
	sleep "1s"
	node "alice":invite "sip:bob@b.example"
end)
X
went() { # FILE: to whom px1 has sent the INVITE, each once
	grep '"node":"px1","kind":"send"' "$1" | grep '"start":"INVITE"' |
		grep -v '"retx"' | sed 's/.*"dst":"\([^"]*\)".*/\1/' |
		tr '\n' ' '
}
t=$work/t.jsonl
"$RUNG" run -q "$work/lab.lua" -o "$t" > "$work/.output" 2>&1
ok "px3 has its turn" test "$(went "$t")" = "px2 px3 "
ok "the call is answered" grep -q '"src":"px1","dst":"alice".*"start":200' "$t"
ok "nothing is wrong" "$RUNG" inspect "$t"

# Nobody says its address: the caller is told of the timeout.
cat >> "$work/lab.lua" <<'X'
script(function() sleep "25s" node "ns":crash() end)
X
"$RUNG" run -q "$work/lab.lua" -o "$t" > "$work/.output" 2>&1
ok "px2 alone was tried" test "$(went "$t")" = "px2 "
ok "its silence is the answer" grep -q \
	'"src":"px1","dst":"alice".*"start":408' "$t"

# The caller gives up while it is asked for.
sed -i 's/\(node "alice":invite.*\)/local call = \1 sleep "33s" call:cancel()/' \
	"$work/lab.lua"
"$RUNG" run -q "$work/lab.lua" -o "$t" > "$work/.output" 2>&1
ok "it was cancelled" grep -q '"src":"px1","dst":"alice".*"start":487' "$t"
finish
