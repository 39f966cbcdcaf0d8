# A server whose 503 has a Retry-After gets nothing more for so long where the domain
# has another one (RFC 3261 21.5.4), from a proxy and from a phone; then it has its
# turn again.
. tests/fixtures/check.sh

# asks DELAY: four requests at once, of which px2 takes one, and one DELAY later.
asks() {
	cat > "$work/lab.lua" << EOF
lab { title = "A server asks for rest", topology = "two-servers.gv", duration = "60s" }
local alice = node "alice"
script(function()
	sleep "1s"
	for i = 1, 4 do alice:options "sip:bob@biloxi.example.com" end
	sleep "$1"
	alice:message("sip:bob@biloxi.example.com", "later")
end)
EOF
	"$RUNG" run -q "$work/lab.lua" --set px2.throughput=1 -o "$work/t.jsonl"
	"$RUNG" show "$work/t.jsonl" kind=send method=MESSAGE > "$work/sends"
}

for by in proxy phone; do
	cp labs/dns-failover/two-servers.gv "$work"
	asker=px1
	if [ $by = phone ]; then
		asker=alice
		sed -i '/alice \[role/d
			s/domain="biloxi.example.com"/&; alice [role=ua]/
			s/alice -- px1/alice -- net/' "$work/two-servers.gv"
	fi
	asks 1s
	says "$by: it has asked for rest" "Retry-After" "$RUNG" show -m "$work/t.jsonl" status=503
	says "$by: the other has its turn" "MESSAGE → px3" grep "$asker " "$work/sends"
	says "$by: why" "21.5.4" "$RUNG" explain "$work/t.jsonl" MESSAGE@$asker
	says "$by: it is no fault" "errors 0" "$RUNG" inspect "$work/t.jsonl"
	asks 20s
	says "$by: then it has its own" "MESSAGE → px2" grep "$asker " "$work/sends"
done
finish
