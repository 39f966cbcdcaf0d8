# In the figure of a network no link goes through a node or a text, whichever way
# its routers are linked: along a row, as a star, a ring or a mesh.  Every
# topology and every lab is looked at, and some networks that are hard.
. tests/check.sh
LC_ALL=C.UTF-8
export LC_ALL

# strikes FILE: what the links of the figure FILE go through.
strikes() {
	awk -f tests/topology_links.awk "$1"
}

# clear NAME FILE: so it is in the figure of FILE.
clear() {
	if ! timeout "$patience" "$RUNG" export --what=topology "$2" \
		-o "$work/x.svg" 2> "$work/err"; then
		bad "$1" "$(cat "$work/err")"
		return
	fi
	strikes "$work/x.svg" > "$work/struck"
	if [ -s "$work/struck" ]; then
		bad "$1" "$(cat "$work/struck")"
	else
		good
	fi
}

# The measure itself finds a line through a node and one through a text.
cat > "$work/struck.svg" << 'SVG'
<g id="node1" class="node">
<title>a</title>
<polygon points="0,0 40,0 40,20 0,20 0,0"/>
</g>
<g id="node2" class="node">
<title>between</title>
<ellipse cx="100" cy="10" rx="20" ry="10"/>
</g>
<g id="edge1" class="edge">
<path d="M40,10C80,10 160,10 200,10"/>
<text text-anchor="start" x="150" y="14" font-size="10.00">5 ms</text>
</g>
SVG
strikes "$work/struck.svg" > "$work/found"
ok "a node that is struck is found" grep -q "through between" "$work/found"
ok "so is a text" grep -q "through “5 ms”" "$work/found"
fails "a link's end is no strike" 1 grep -q "through a$" "$work/found"

# Of the labs, many of which share a network, every second one.
for file in topologies/*.gv; do
	clear "$file" "$file"
done
for file in labs/*/; do
	[ "$file" != labs/plans/ ] || continue
	turn=$((1 - ${turn:-0}))
	[ $turn = 0 ] || clear "$file" "${file%/}"
done

# tree ROUTERS DOMAINS: a tree of routers, a proxy and a phone at each.
tree() {
	echo "graph g {"
	for i in $(seq 0 $(($1 - 1))); do
		[ "$2" = 0 ] || echo "subgraph cluster_$i { domain=\"d$i.example\""
		echo "l$i [shape=ellipse]; p$i [role=\"proxy registrar location\"]"
		echo "a$i [role=ua]; l$i -- {p$i a$i}"
		[ "$2" = 0 ] || echo "}"
		[ "$i" = 0 ] || echo "l$((i / 2)) -- l$i [delay=\"5ms\"]"
	done
	echo "}"
}

# More than 100 links: Graphviz takes less care of places, but leads them around.
for routers in 40 80; do
	for domains in 0 1; do
		tree $routers $domains > "$work/many.gv"
		clear "$((routers * 3 - 1)) links, domains: $domains" \
			"$work/many.gv"
	done
done

# domain NAME: a proxy and two phones at a router named NAMEl.
domain() {
	cat << GV
	subgraph cluster_$1 {
		label="$1.example"; domain="$1.example"
		$1l [shape=ellipse]
		$1_px [role="proxy registrar location"]
		$1_1 [role=ua]; $1_2 [role=ua]
		$1l -- {$1_px $1_1 $1_2}
	}
GV
}

# network NAME "DOMAINS" "LINKS, ROUTERS": one that is hard to draw.
network() {
	{
		echo "graph $1 { graph [label=\"$1\"]; edge [delay=\"5ms\"]"
		for d in $2; do
			domain "$d"
		done
		echo "$3 }"
	} > "$work/$1.gv"
	clear "$1" "$work/$1.gv"
}
network star "n s w" "wan; {nl sl wl} -- wan [delay=\"20ms\"]"
network help_phone "n s w" \
	"wan; help [role=ua]; {nl sl wl help} -- wan [delay=\"20ms\"]"
network help_server "n s w" "wan; {nl sl wl help} -- wan [delay=\"20ms\"]
	help [role=proxy, domain=\"help.example\", location=n_px]"
network help_of_two "n s" "wan; {nl sl help} -- wan [delay=\"20ms\"]
	help [role=proxy, domain=\"help.example\", location=n_px]"
network triangle "n s w" "nl -- sl -- wl -- nl [delay=\"20ms\"]"
network ring "n s w e" "nl -- sl -- wl -- el -- nl [delay=\"20ms\"]"
network mesh "n s w e" "nl -- {sl wl el}; sl -- {wl el}; wl -- el"
network hub "n s w e" "sl -- {nl wl el} [delay=\"150ms\", loss=\"20%\"]"
network from_the_middle "n s w" "nl -- {sl wl} [delay=\"20ms\"]"
network beyond_a_domain "n s w" \
	"c1; c2; nl -- {sl wl c1}; sl -- c2; c1 -- c2 [delay=\"20ms\"]"
network of_phones "s" \
	"l [shape=ellipse]; a [role=ua]; b [role=ua]; l -- {a b sl}"
finish
