# The box of a node in the figure of a network said "NAT" twice, where its label
# is what its role is called anyway (topologies/nat.gv).
. tests/fixtures/check.sh

# twice FILE: nodes of the figure FILE (gv) whose box says a text twice in turn.
twice() {
	awk '/^\t+n[0-9]+ \[label=/ {
		last = ""
		n = split($0, row, "<tr>")
		for (i = 2; i <= n; i++) {
			gsub(/<[^>]*>.*tooltip=.*|<[^>]*>/, "", row[i])
			sub(/>,.*/, "", row[i])
			if (tolower(row[i]) == last)
				print $1 ": " row[i]
			last = tolower(row[i])
		}
	}' "$1"
}

for file in topologies/nat.gv topologies/cgn.gv topologies/stun.gv \
	topologies/outbound.gv; do
	for language in en zh; do
		ok "$file is drawn" "$RUNG" --lang=$language export \
			--what=topology "$file" -o "$work/x.gv"
		twice "$work/x.gv" > "$work/.output"
		empty "$file, $language: each text once" "$work/.output"
	done
done

# Its siblings: the map, and the names above a ladder.
says "the map draws it" "nat" "$RUNG" export --what=map nat.gv -f gv
"$RUNG" export --what=map nat.gv -f gv > "$work/x.gv"
twice "$work/x.gv" > "$work/.output"
empty "the map" "$work/.output"
printf 'graph { px [role=proxy, label="Proxy"]; alice [role=ua, label="User agent", outbound=px]; bob [role=ua, label="Bob at home"]; lan -- {alice px bob} }' \
	> "$work/net.gv"
"$RUNG" export "$work/net.gv" --node=alice,px,bob -f svg > "$work/net.svg"
# count_of TEXT FILE: how often TEXT stands in FILE.
count_of() { grep -o -- "$1" "$2" | grep -c .; }
for said in "Proxy 0" "proxy 1" "User agent 0" "user agent 2" "Bob at home 1"; do
	gives "above a ladder: ${said% *}" "${said##* }" \
		count_of ">${said% *}<" "$work/net.svg"
done
finish
