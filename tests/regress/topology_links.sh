# In the figure of a network no link goes through a node or a text, and no text
# lies over another, a node or the border of a frame, whichever way its routers
# are linked: along a row, as a star, a ring or a mesh.  Every topology and every
# lab is looked at, in one language, in turn (FIGURES=all: both): no link of theirs
# runs on another one either, or leaves a node away from where it leads.  So are
# some networks that are hard.
. tests/fixtures/check.sh

# strikes FILE: what the links of the figure FILE go through, and what lies over
# what.
strikes() {
	LC_ALL=C awk -v font="${font:-dejavu}" -v ways="${ways:-}" \
		-f tests/regress/font_widths.awk \
		-f tests/regress/topology_links.awk "$1"
}

# clear NAME FILE [LANGUAGE]: it is so in the figure of FILE.
clear() {
	if ! timeout "$patience" "$RUNG" --lang="${3:-en}" export \
		--what=topology "$2" -o "$work/x.svg" 2> "$work/err"; then
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

# each FILE: it is so in the figures of FILE.
each() {
	language=$([ "${language:-zh}" = zh ] && echo en || echo zh)
	for l in $([ "${FIGURES:-}" = all ] && echo en zh || echo $language); do
		# In either font in turn (topology_links.awk).
		font=$([ "${font:-}" = dejavu ] && echo liberation || echo dejavu)
		clear "$1, $l" "$1" "$l"
	done
}

# The measure itself finds a line through a node and one through a text, and a
# text over another, over a node, half in a frame, beside the page.
cat > "$work/struck.svg" << 'SVG'
<title>figure</title>
<g id="graph0" class="graph">
<polygon points="-10,-10 -10,100 300,100 300,-10"/>
<text text-anchor="start" x="250" y="90" font-size="10.00">longer than that</text>
<g id="clust1" class="cluster">
<path d="M120,50C120,50 200,50 200,50 200,90 120,90 120,90"/>
<text text-anchor="start" x="125" y="88" font-size="10.00">office</text>
</g>
<g id="node1" class="node">
<title>a</title>
<polygon points="0,0 40,0 40,20 0,20 0,0"/>
</g>
<g id="node2" class="node">
<title>between</title>
<ellipse cx="100" cy="10" rx="20" ry="10"/>
</g>
<g id="node3" class="node">
<text text-anchor="start" x="110" y="70" font-size="10.00">20 ms</text>
</g>
<g id="node4" class="node">
<text text-anchor="start" x="20" y="22" font-size="10.00">局域网</text>
</g>
<g id="edge1" class="edge">
<path d="M40,10C80,10 160,10 200,10"/>
<text text-anchor="start" x="150" y="14" font-size="10.00">5 ms</text>
<text text-anchor="start" x="45" y="22" font-size="10.00">b</text>
</g>
SVG
strikes "$work/struck.svg" > "$work/found"
cat > "$work/expected" << 'END'
OVER figure: a and “局域网”
OVER figure: “20 ms” and frame office
OVER figure: “longer than that” and the page
OVER figure: “局域网” and “b”
STRUCK figure: link 1 through between
STRUCK figure: link 1 through “5 ms”
END
LC_ALL=C sort "$work/found" > "$work/sorted"
same "faults are found, and a link's end is none" "$work/expected" \
	"$work/sorted"

ways=1
for file in topologies/*.gv labs/rfc3666-2.3/overflow.gv \
	labs/rfc3666-3.8/stateless.gv labs/rfc3666-4.2/exchanges.gv; do
	each "$file"
done
cat > "$work/along.svg" << 'SVG'
<title>figure</title>
<g id="graph0" class="graph">
<polygon points="-10,-10 -10,100 300,100 300,-10"/>
<g id="node1" class="node">
<title>a</title>
<polygon points="100,0 140,0 140,20 100,20 100,0"/>
</g>
<g id="node2" class="node">
<title>b</title>
<polygon points="200,0 240,0 240,20 200,20 200,0"/>
</g>
<g id="node3" class="node">
<text text-anchor="start" x="60" y="13" font-size="10.00">5 ms</text>
</g>
<g id="edge1" class="edge">
<path d="M100,10C95,10 90,10 85,10"/>
<g id="edge2" class="edge">
<path d="M70,17C70,60 70,60 100,60 130,60 220,60 220,20"/>
<g id="edge3" class="edge">
<path d="M120,20C120,59 120,60 125,60 160,60 215,60 215,20"/>
SVG
strikes "$work/along.svg" > "$work/found"
cat > "$work/expected" << 'END'
ALONG figure: links 2 and 3
BACK figure: “5 ms”, which joins a and b
END
same "links on one another and around are found" "$work/expected" "$work/found"
cat > "$work/bent.svg" << 'SVG'
<title>figure</title>
<g id="graph0" class="graph">
<polygon points="-10,-10 -10,100 300,100 300,-10"/>
<g id="node1" class="node">
<polygon points="0,0 40,0 40,20 0,20 0,0"/>
</g>
<g id="node2" class="node">
<polygon points="100,0 140,0 140,20 100,20 100,0"/>
</g>
<g id="node3" class="node">
<polygon points="200,0 240,0 240,20 200,20 200,0"/>
</g>
<g id="node4" class="node">
<text text-anchor="start" x="60" y="13" font-size="10.00">SIP 7</text>
</g>
<g id="node5" class="node">
<text text-anchor="start" x="160" y="63" font-size="10.00">SIP 8</text>
</g>
<g id="edge1" class="edge">
<path d="M40,10C45,10 50,10 60,10"/>
<g id="edge2" class="edge">
<path d="M85,10C90,10 95,10 100,10"/>
<g id="edge3" class="edge">
<path d="M120,20C130,30 150,50 165,56"/>
<g id="edge4" class="edge">
<path d="M220,20C210,30 190,50 175,56"/>
SVG
LC_ALL=C awk -v rows=1 -f tests/regress/font_widths.awk \
	-f tests/regress/topology_links.awk "$work/bent.svg" > "$work/found"
echo "BENT figure: nodes at 100,0 and 200,0" > "$work/expected"
same "neighbours joined around are found" "$work/expected" "$work/found"

for file in labs/*/; do
	[ "$file" != labs/plans/ ] || continue
	find_trace "$file" protocol
	each "$trace"
done
ways=

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

# random SEED: a star, ring or line of domains with one or two servers and some
# phones, with and without frames, with short and long texts.
random() {
	awk -v state="$1" '
	function draw(n) {
		state = (state * 16807) % 2147483647
		return int(state / 7) % n
	}
	function words(    loss) {
		loss = draw(2) ? ", loss=\"12.345%\"" : ""
		return "[delay=\"" (draw(2) ? "5ms" : "1234567us") "\"" loss "]"
	}
	function host(name, role,    long) {
		long = draw(3) ? "" : ", label=\"A node with a long label\""
		print name " [role=\"" role "\"" long "]; " name " -- " \
		    router " " words()
	}
	BEGIN {
		print "graph random { "
		for (i = 0; i < 12; i++)
			draw(2)
		routers = 2 + draw(3)
		for (i = 0; i < routers; i++) {
			framed = draw(4)
			router = (draw(2) ? "r" : "headquarters_router") i
			names[i] = router
			if (framed)
				print "subgraph cluster_" i " { domain=\"d" i \
				    ".example\"; label=\"d" i ".example\""
			print router " [shape=ellipse]"
			for (k = framed ? draw(2) : 2; k < 2; k++)
				host("p" i k, k ? "proxy registrar location" \
				    : "ua")
			for (k = 0; k < 1 + draw(3); k++)
				host("a" i k, "ua")
			print framed ? "}" : ""
		}
		star = draw(3)
		if (star)
			print "wan; help [role=ua]; help -- wan " words()
		for (i = 0; i < routers; i++)
			if (star)
				print names[i] " -- wan " words()
			else if (i > 0)
				print names[i] " -- " names[i - 1] " " words()
		if (!star && routers > 2 && draw(2))
			print names[0] " -- " names[routers - 1] " " words()
		print "}"
	}'
}
for seed in $(seq 31 $((30 + ${RANDOM_NETS:-12}))); do
	random "$seed" > "$work/random$seed.gv"
	each "$work/random$seed.gv"
done
finish
