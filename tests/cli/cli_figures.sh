# rung export: other texts, state machines, networks; what chooses messages.
. tests/fixtures/check.sh
t=$work/t.jsonl
"$RUNG" run labs/lost-messages -q -o "$t"

# Text formats.
for f in md mmd puml; do
	ok "writes $f" "$RUNG" export "$t" -o "$work/x.$f"
done
says "md has the figure for mermaid" '```mermaid' cat "$work/x.md"
says "mmd" "sequenceDiagram" cat "$work/x.mmd"
says "puml" "@startuml" cat "$work/x.puml"
says "--messages numbers them" "   F5 INVITE alice -> atl" \
	"$RUNG" export -m "$t"
"$RUNG" export -m "$t" > "$work/m.txt"
if sed '1,/^  Messages:/d' "$work/m.txt" | awk 'length($0) > 72 { exit 1 }'; then
	good
else
	bad "lines of messages" "longer than 72"
fi
says "--notes explains a record" "(Timer A), RFC 3261 17.1.1.2" \
	"$RUNG" export "$t" --notes=71 -f mmd
fails "--notes of no number" 2 "$RUNG" export "$t" --notes=71,x
fails "--notes of no record" 2 "$RUNG" export "$t" --notes=9999
says "says how many there are" "the trace has" "$RUNG" export "$t" --notes=9999
says "--title" "# Exercise \\<3\\>" "$RUNG" export -f md "$t" \
	--title="Exercise <3>"

# Where it comes from, so that it can be made again.
"$RUNG" run labs/cancel --set=bob.answer=4s -q -o "$work/set.jsonl" \
	--act=20:atl.crash
full="lab: cancel; title: Alice gives up; settings: bob.answer=4s; acts: 1; seed: 1; trace: "
for f in svg gv html md puml; do
	says "$f: where it comes from" "$full" \
		"$RUNG" export "$work/set.jsonl" -f $f
	says "$f: the lab" "rung · cancel · seed 1 · trace " \
		"$RUNG" export "$work/set.jsonl" -f $f
done
cp topologies/two-proxies.gv "$work/own.gv"
says "a topology's name" "rung · own · seed 1" \
	"$RUNG" export "$work/own.gv" -f md

# What is shown.
"$RUNG" export -f mmd "$t" --nodes=atl,bil > "$work/nodes.mmd"
"$RUNG" export -f mmd "$t" --node=atl --node=bil > "$work/node.mmd"
ok "--nodes is --node for each" cmp "$work/nodes.mmd" "$work/node.mmd"
fails "--nodes of no node" 2 "$RUNG" export "$t" --nodes=atl,nobody
"$RUNG" export -f mmd "$t" --filter="method=INVITE src=atl" > "$work/f.mmd"
if [ "$(grep -c 'INVITE' "$work/f.mmd")" = 2 ] &&
	! grep -q 'REGISTER\|ACK' "$work/f.mmd"; then
	good
else
	bad "--filter" "other messages than two INVITEs"
fi
says "a wrong filter" "did you mean" "$RUNG" export "$t" --filter="metod=BYE"
ids=$(sed -n 's/.*"call_id":"\([^"]*\)".*/\1/p' "$t" | sort -u | head -2)
set -- $ids
"$RUNG" export -f mmd "$t" --call="$1" --call="$2" > "$work/two.mmd"
"$RUNG" export -f mmd "$t" --call="$1" > "$work/one.mmd"
"$RUNG" export -f mmd "$t" --call="$2" > "$work/other.mmd"
arrows() { grep -c -- '^    [a-z]*-' "$1"; }
if [ "$(arrows "$work/two.mmd")" = \
	$(($(arrows "$work/one.mmd") + $(arrows "$work/other.mmd"))) ]; then
	good
else
	bad "--call twice" "not the messages of both"
fi
fails "--call of no call" 2 "$RUNG" export "$t" --call="$1" --call=none
says "show takes them, too" "REGISTER" "$RUNG" show "$t" --call="$1" --call="$2"

# State machines.
for m in ICT NICT IST NIST dialog call registration subscription; do
	ok "draws $m" "$RUNG" export --machine=$m -o "$work/$m.svg"
	ok "and its file" "$RUNG" export --machine=$m -o "$work/$m.gv"
done
says "--machine counts" "Timer A ×1" "$RUNG" export --machine=ICT "$t"
says "--what=machines" "cluster_3" "$RUNG" export --what=machines "$t"
says "of one node" "begun: 1 " \
	"$RUNG" export --machine=ICT --node=atl "$t"
says "of a filter" "begun: 0 " \
	"$RUNG" export --machine=ICT --filter="text=no-such-transaction" "$t"
says "a wrong machine" "did you mean" "$RUNG" export --machine=ICTT "$t"
says "a wrong figure" "none of ladder" "$RUNG" export --what=nothing "$t"
says "no format for it" "there are gv, svg" \
	"$RUNG" export --what=topology -f md "$t"
fails "the ladder needs a file" 2 "$RUNG" export
fails "so does the network" 2 "$RUNG" export --what=topology

# A map has the protocols' names, and the layers: by what nodes are, or by clusters.
says "a map names protocols" ">H323 27<" "$RUNG" export --what=map -f gv labs/h323-gateway
says "and layers" ">services<" "$RUNG" export --what=map -f gv topologies/ims.gv
says "an application server is above" ">services<" "$RUNG" export --what=map \
	-f gv topologies/voicemail.gv
"$RUNG" export --what=map -f gv topologies/softswitch.gv > "$work/map.gv"
ok "telephones are access" [ "$(sed -n '/>access</,/^\t}/p' "$work/map.gv" | grep -c '>mg[12]<')" = 2 ]
"$RUNG" export --what=map -f gv topologies/gb28181-cascade.gv > "$work/map.gv"
ok "so is a program that registers" [ "$(sed -n '/>access</,/^\t}/p' "$work/map.gv" | grep -c '>recorder<\|>lower<')" = 1 ]
echo 'graph m { subgraph cluster_a { label="Over" px [role=proxy] }
	subgraph cluster_b { label="Under" alice [role=ua, outbound=px, aor="sip:a@a.example", register=true] }
	alice -- px }' > "$work/layers.gv"
says "clusters are layers" ">Under<" "$RUNG" export --what=map -f gv "$work/layers.gv"

# Plain dot draws a figure of every lab and topology, in turn; with FIGURES=all
# each.
if command -v dot > /dev/null; then
	mkdir "$work/dot"
	for lab in labs/*/ topologies/*.gv; do
		[ "$lab" != labs/plans/ ] || continue
		name=${lab%/}
		name=$work/dot/${name##*/}
		find_trace "$lab" protocol
		whats=${whats:-machines topology ladder map}
		figures=${whats%% *}
		[ "${FIGURES:-}" != all ] || figures=$whats
		whats="${whats#* } ${whats%% *}"
		for what in $figures; do
			"$RUNG" export --what=$what -f gv "$trace" \
				-o "$name-$what.gv"
		done
	done
	dot -Tsvg -O "$work"/dot/*.gv > "$work/.output" 2>&1
	if [ -s "$work/.output" ]; then
		bad "dot" "complains"
	fi
	for gv in "$work"/dot/*.gv; do
		if [ -s "$gv.svg" ]; then
			good
		else
			bad "dot, ${gv##*/}" "draws nothing"
		fi
	done
	for m in ICT NICT IST NIST dialog call registration subscription; do
		ok "dot draws $m" dot -Tsvg -o "$work/l.svg" "$work/$m.gv"
	done
else
	skip "there is no dot"
fi
# In a column of a report what fits beside the lifelines is not cut.
"$RUNG" export --size=85mm two-proxies -o "$work/n.svg" 2> /dev/null
for word in REGISTER "100 Trying"; do
	if grep -q ">$word</text>" "$work/n.svg"; then
		good
	else
		bad "85 mm" "$word is cut"
	fi
done
"$RUNG" export --time=true --timers --states --paper=a4 --page=2 two-proxies \
	-o "$work/n.svg"
if grep -q ">200 OK (SDP)</text>" "$work/n.svg"; then
	good
else
	bad "a4" "200 OK (SDP) is cut"
fi
if command -v xmllint > /dev/null; then
	for m in ICT call; do
		ok "$m is XML" xmllint --noout "$work/$m.svg"
	done
fi
finish
