# A program that puts two calls together had to see to each way in which either
# may end by itself, and forgot some: what call, pair, register and subscribe give
# it does so.  Each way ends with nothing left at any node.
. tests/fixtures/check.sh

case $RUNG in
/*) ;;
*) RUNG=$PWD/$RUNG ;;
esac
mkdir "$work/net"
cd "$work/net" || exit 1
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
net() { # TRANSPORT
	echo "graph { domain=\"example.com\"; duration=\"150s\"
	alice [role=ua, addr=\"192.0.2.1\", aor=\"sip:alice@example.com\", outbound=mid, transport=$1]
	mid [role=script, program=\"mid.lua\", addr=\"192.0.2.2\", aor=\"sip:mid@example.com\", transport=$1]
	bob [role=ua, addr=\"192.0.2.3\", aor=\"sip:bob@example.com\", answer=\"2s\", transport=$1]
	lan -- {alice mid bob} }"
}

# ended NAME SCRIPT: whatever SCRIPT does, nothing is left after two minutes.
ended() {
	for transport in $transports; do
		net $transport > net.gv
		printf 'lab { topology = "net.gv", duration = "150s" }\nlocal alice, bob, mid = node "alice", node "bob", node "mid"\n%s\n' \
			"$2" > lab.lua
		ok "$1 ($transport): it runs" "$RUNG" run -q lab.lua -o t.jsonl
		ok "$1 ($transport): a call was there" grep -q '"kind":"call".*mid/1' t.jsonl
		for node in alice mid bob; do
			"$RUNG" show t.jsonl --at=149s --node=$node > at.txt 2>&1
			grep -A1 '^Calls\|^Media\|^Machines' at.txt > "$work/.output"
			empty "$1 ($transport): nothing is left at $node"
		done
		"$RUNG" show t.jsonl --from=60s > "$work/.output" 2>&1
		grep -c 'timer.*mid.lua' t.jsonl > n.txt
		"$RUNG" show t.jsonl --at=100s --node=mid | grep 'mid.lua' > "$work/.output"
		empty "$1 ($transport): no timer of the program's is left"
		ok "$1 ($transport): the program has not failed" \
			sh -c '! grep -q "\"verdict\":\"failed\"" t.jsonl'
	done
}

transports='udp tcp'
call='local c = alice:invite "sip:bob@example.com"'
ended "the caller hangs up" "script(function() $call wait(c, \"confirmed\", \"9s\") sleep \"3s\" c:bye() end)"
ended "the called one hangs up" "bob:on(\"invite\", function(c) if wait(c, \"confirmed\", \"9s\") then sleep \"3s\" c:bye() end end)
script(function() $call end)"
for when in 5 15 25 500 2025; do
	ended "taken back after $when ms" "script(function() $call sleep \"${when}ms\" if c.state ~= \"confirmed\" then c:cancel() else c:bye() end end)"
done
ended "busy" "bob:on(\"invite\", function(c) c:reject(486) end)
script(function() $call end)"
ended "the first BYE is lost" "fault { method = \"BYE\", nth = 1, drop = true }
script(function() $call wait(c, \"confirmed\", \"9s\") c:bye() end)"
ended "both hang up" "bob:on(\"invite\", function(c) if wait(c, \"confirmed\", \"9s\") then sleep \"3s\" c:bye() end end)
script(function() $call wait(c, \"confirmed\", \"9s\") sleep \"3s\" c:bye() end)"
# What is dropped a connection repeats.
transports=udp
ended "nobody is there" "fault { dst = \"bob\", drop = true }
script(function() $call sleep \"70s\" end)"
ended "no ACK comes" "fault { method = \"ACK\", src = \"alice\", drop = true }
script(function() $call sleep \"90s\" end)"

# ---- a registration, a subscription: refreshed, made anew, by one timer ----

cat > reg.lua <<'E1'
register { uri = "sip:example.com", expires = 60, on_registered = function() print "up" end,
	on_lost = function(_, status) print("lost " .. status) end }
E1
sed -i '1s/^/function on_start() /; $s/$/ end/' reg.lua
cat > watch.lua <<'E1'
function on_start()
	subscribe { uri = "sip:tell@192.0.2.5", event = "presence", expires = 60,
		on_notify = function(_, m) print(m.body) end }
end
E1
cat > tell.lua <<'E1'
local n = 0
function on_subscribe(s)
	s:accept()
	s:notify { body = "hello", type = "text/plain" }
	every("25s", "news " .. s.id, function()
		n = n + 1
		s:notify { body = "news " .. n, type = "text/plain" }
	end)
	s.on_end = function() stop("news " .. s.id) end
end
E1
cat > net.gv <<'E1'
graph { domain="example.com"; reg [role="registrar location", addr="192.0.2.9"]
	box [role=script, program="reg.lua", addr="192.0.2.2", aor="sip:box@example.com"]
	watcher [role=script, program="watch.lua", addr="192.0.2.4", aor="sip:w@example.com"]
	teller [role=script, program="tell.lua", addr="192.0.2.5", aor="sip:tell@example.com"]
	lan -- {reg box watcher teller} }
E1
cat > lab.lua <<'E1'
lab { topology = "net.gv", duration = "2000s" }
local reg, teller, watcher, box = node "reg", node "teller", node "watcher", node "box"
script(function()
	sleep "200s" reg:crash() sleep "100s" reg:restart()
	sleep "100s" teller:crash() sleep "10s" teller:restart()
	sleep "100s" for _ = 1, 3 do watcher:crash() box:crash() sleep "5s" watcher:restart() box:restart() sleep "1s" end
end)
E1
ok "they run" "$RUNG" run -q lab.lua -o t.jsonl
"$RUNG" inspect t.jsonl > found.txt
says "no clause is broken" "errors 0, warnings 0" cat found.txt
says "the registration stands" "registered since" "$RUNG" show t.jsonl --at=1990s --node=box
says "the subscription stands" "active since" "$RUNG" show t.jsonl --at=1990s --node=watcher
says "who was lost is up again" "lost 408" "$RUNG" show t.jsonl
# often FROM TO PATTERN: how often in that time.
often() { "$RUNG" show t.jsonl --from="$1" --to="$2" | grep -c "$3"; }
for what in "box.*send.*REGISTER" "watcher.*send.*SUBSCRIBE" "teller.*send.*NOTIFY"; do
	before=$(often 60s 180s "$what") after=$(often 1800s 1920s "$what")
	says "$what: no more a minute than before" yes \
		sh -c "[ $after -le $((before + 1)) ] && [ $after -ge 1 ] && echo yes || echo '$before and $after'"
done

# ---- who goes for good is forgotten, also where nobody would ever tell him anything ----

printf 'function on_subscribe(s)\n\ts:accept()\n\ts:notify { body = "hello", type = "text/plain" }\nend\n' > tell.lua
cat > lab.lua <<'E1'
lab { topology = "net.gv", duration = "400s" }
script(function() sleep "100s" for _, name in ipairs { "watcher", "box" } do node(name):crash() end end)
E1
ok "they run" "$RUNG" run -q lab.lua -o t.jsonl
says "while he is there he is told" "active since" "$RUNG" show t.jsonl --at=90s --node=teller
says "… and bound" "box@192.0.2.2" "$RUNG" show t.jsonl --at=90s --node=reg
"$RUNG" show t.jsonl --at=390s --node=teller 2>&1 | grep 'active since\|program timer\|tell.lua' > "$work/.output"
empty "no subscription is left, nor a timer"
"$RUNG" show t.jsonl --at=390s --node=reg 2>&1 | grep 'box@192' > "$work/.output"
empty "nor a binding"
finish
