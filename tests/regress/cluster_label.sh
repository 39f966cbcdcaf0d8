# A cluster's label is what people read of its domain: above the ladder, in the
# figure of the network, in the page.
. tests/check.sh
LC_ALL=C.UTF-8
export LC_ALL
cat > "$work/net.gv" << 'EOF'
graph net {
	subgraph cluster_a {
		label="The office"
		domain="example.com"
		alice [role=ua]
		p [role="proxy registrar location"]
		alice -- p
	}
	subgraph cluster_b {
		domain="example.org"
		q [role="proxy registrar location"]
		bob [role=ua]
		q -- bob
	}
	p -- q
}
EOF
"$RUNG" run "$work/net.gv" -o "$work/t.jsonl" > "$work/ladder"
says "the ladder" "The office" cat "$work/ladder"
says "a domain without one has its name" "example.org" cat "$work/ladder"
says "the trace" '"group":"The office"' head -n 1 "$work/t.jsonl"
fails "what it does not say is the domain" 1 sh -c \
	'"$1" run two-proxies -o - | head -n 1 | grep -q "\"group\""' - "$RUNG"
says "the network" "The office" "$RUNG" export --what=topology -f gv "$work/t.jsonl"
for format in svg html md; do
	says "$format" "The office" "$RUNG" export -f $format "$work/t.jsonl"
done
sed 's/The office/example.com/' "$work/net.gv" > "$work/same.gv"
fails "the domain as a label says nothing" 1 sh -c \
	'"$1" run "$2" -o - | head -n 1 | grep -q "\"group\""' - "$RUNG" "$work/same.gv"
finish
