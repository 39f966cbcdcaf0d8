# What becomes of a message over TCP is told of each: one that a fault answers in
# the receiver's place never comes there, and one that a connection took with it
# which its receiver had forgotten is lost, not still under way.
. tests/fixtures/check.sh
cat > "$work/net.gv" << 'EOF'
graph net {
	domain="example.com"
	alice [role=ua, outbound=px, register=true, transport=tcp, answer="1s"]
	bob   [role=ua, outbound=px, register=true, transport=tcp, answer="1s"]
	px    [role="proxy registrar location"]
	alice -- px -- bob
}
EOF
cat > "$work/answered.lua" << 'EOF'
lab { topology = "net.gv", duration = "60s" }
fault { method = "MESSAGE", src = "alice", nth = 1, respond = 503 }
script(function()
	sleep "1s"
	node "alice":message("sip:bob@example.com", "one")
	sleep "1s"
	node "alice":message("sip:bob@example.com", "two")
	sleep "1s"
end)
EOF
cat > "$work/forgotten.lua" << 'EOF'
lab { topology = "net.gv", duration = "60s" }
script(function()
	sleep "1s"
	node "alice":message("sip:bob@example.com", "once")
	sleep "1s"
	node "bob":crash()
	sleep "1s"
	node "bob":restart()
	sleep "1s"
	node "alice":message("sip:bob@example.com", "again")
	sleep "2s"
end)
EOF

# fates TRACE: of each message its fates, and those that have another number
# than one of them.
fates() {
	jq -s -r '(map(select(.kind == "recv" or .kind == "drop") | .of | tostring)
		| group_by(.) | map({ (.[0]): length }) | add) as $n | .[]
		| select(.kind == "send" and $n[.seq | tostring] != 1)
		| "\(.seq) \($n[.seq | tostring])"' "$1"
}

for name in answered forgotten; do
	ok "$name" "$RUNG" run -q "$work/$name.lua" -o "$work/$name.jsonl"
	"$RUNG" show --ladder "$work/$name.jsonl" > "$work/ladder"
	fails "$name: nothing is still under way" 1 \
		grep -q "still under way" "$work/ladder"
	if command -v jq > /dev/null; then
		fates "$work/$name.jsonl" > "$work/odd"
		same "$name: each message has one fate" /dev/null "$work/odd"
	fi
done

"$RUNG" show "$work/answered.jsonl" src=alice kind=recv method=MESSAGE \
	> "$work/came"
if [ "$(grep -c '' "$work/came")" = 1 ]; then good; else
	bad "answered in its receiver's place" "came: $(cat "$work/came")"
fi
says "and says what struck it" "MESSAGE → px: dropped by a fault" \
	"$RUNG" show "$work/answered.jsonl" kind=drop
says "the other" "→ bob: there was no connection for it" \
	"$RUNG" show "$work/forgotten.jsonl" kind=drop
finish
