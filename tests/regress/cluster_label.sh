# A cluster's label is what people read of its nodes: above the ladder, in the
# figure of the network, in the page.  It is that cluster's alone, with a domain
# or without.
. tests/fixtures/check.sh
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

cat > "$work/frames.gv" << 'EOF'
graph frames {
	subgraph cluster_a {
		label="My office"
		alice [role=ua]
		carol [role=ua, domain="x.example"]
	}
	subgraph cluster_b {
		label="Your office"
		domain="x.example"
		bob [role=ua]
		p [role="proxy registrar location"]
	}
	subgraph cluster_c {
		domain="x.example"
		dave [role=ua, register=true]
	}
	subgraph cluster_d {
		label="Your office"
		domain="y.example"
		q [role="proxy registrar location"]
		subgraph cluster_in { eve [role=ua] }
	}
	alice -- r
	carol -- r
	bob -- r
	dave -- r
	eve -- r
	p -- r
	q -- r
}
EOF
"$RUNG" run -q "$work/frames.gv" -o "$work/f.jsonl"
cat > "$work/right" << 'EOF'
My office: alice carol
Your office: bob p
x.example: dave
Your office: q eve
EOF
"$RUNG" export -f puml "$work/f.jsonl" | awk '
	/^box/ { sub(/^box "/, ""); sub(/".*/, ""); printf "%s:", $0 }
	/^participant/ { printf " %s", $4 }
	/^end box/ { print "" }' > "$work/frames"
same "frames of a ladder" "$work/right" "$work/frames"
"$RUNG" export -f gv --what=topology "$work/f.jsonl" | awk '
	/labelloc=b/ { gsub(/^.*">|<.*/, ""); printf "%s:", $0 }
	/^\tsubgraph/ { within = 1 }
	within && /^\t\t[a-z]+ \[label=</ && !/^\t\tgraph / {
		gsub(/^.*<b>|<\/b>.*/, ""); printf " %s", $0 }
	within && /^\t}/ { within = 0; print "" }' > "$work/frames"
same "frames of the network" "$work/right" "$work/frames"
finish
