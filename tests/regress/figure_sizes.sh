# Figures of a width of their own and on paper: type that can be read where the
# width allows it, labels whole as long as there is room, one scale for ladder
# and list, pages that hold what fits.
. tests/fixtures/check.sh

# Type of 5 points at least: then rung says nothing about it.
for lab in forking rfc3665-3.3 two-proxies crash redirection cancel \
	handset-call; do
	for size in 85mm 160mm; do
		"$RUNG" export --size=$size "labs/$lab" -o "$work/x.svg" \
			2> "$work/err"
		if grep -q "pt in print" "$work/err"; then
			bad "$lab, $size" "$(cat "$work/err")"
		else
			good
		fi
	done
done

# Five lifelines as docs/FIGURES.md has it: plain in a column, with what needs
# room of its own, but for brackets, in a page's width.
for lab in forking redirection lying-location; do
	for how in --size=85mm "--size=160mm --with=axis" \
		"--size=160mm --with=numbers" "--size=160mm --with=timers" \
		"--size=160mm --with=axis --with=numbers --with=timers"; do
		# The words of $how are options.
		"$RUNG" export $how "labs/$lab" -o "$work/x.svg" \
			2> "$work/err"
		if [ -s "$work/err" ]; then
			bad "$lab, $how" "$(cat "$work/err")"
		else
			good
		fi
	done
done

# labels LAB SIZE: what stands on arrows, without the titles behind them.
labels() {
	"$RUNG" export --size="$2" "labs/$1" -o "$work/x.svg" 2> /dev/null
	grep '<g id="r' "$work/x.svg" | sed 's/<title>[^<]*<\/title>//g' \
		> "$work/labels"
	ok "$1, $2: there are labels" test -s "$work/labels"
}

# Nothing is cut on the width of a page; a column has the methods whole.
for lab in lost-messages forking rfc3665-3.3 two-proxies crash; do
	labels $lab 160mm
	fails "$lab: no label is cut" 1 grep "…" "$work/labels"
done
for lab in forking two-proxies crash redirection; do
	labels $lab 85mm
	fails "$lab: nor in a column" 1 \
		grep -E ">(INV|ACK|BYE|REG)[A-Z ]*…" "$work/labels"
done

# A response in a column has its code alone where there is no room for more.
for lab in cancel forking torn-tcp; do
	"$RUNG" export --size=85mm --with=axis --with=states "labs/$lab" \
		-o "$work/x.svg" 2> /dev/null
	fails "$lab: no code is cut" 1 grep -qE ">[1-6][0-9][0-9]…" "$work/x.svg"
done

# A name of two words has two lines before it is cut.
"$RUNG" export --size=85mm labs/forking -o "$work/x.svg" 2> /dev/null
ok "Bob's mobile has two lines" grep -q ">mobile</text>" "$work/x.svg"
fails "and is not cut" 1 grep -q "Bo…" "$work/x.svg"

# Nor is a domain, or what a node is called: there are lines for all of it.
for lab in redirection loop-and-spiral rfc3665-3.7 sequential-forking; do
	"$RUNG" export --size=85mm "labs/$lab" -o "$work/x.svg" 2> /dev/null
	sed 's/<title>[^<]*<\/title>//g' "$work/x.svg" > "$work/drawn"
	ok "$lab: there is a domain" grep -q "example\." "$work/drawn"
	fails "$lab: nothing is cut" 1 grep "…" "$work/drawn"
done

# Nothing is larger or smaller than where nothing is scaled: so the list has the
# ladder's scale.
"$RUNG" export --with=numbers labs/forking -o "$work/own.svg"
"$RUNG" export --size=85mm --with=numbers labs/forking -o "$work/x.svg" 2> /dev/null
for f in own x; do
	sed 's/</\n</g' "$work/$f.svg" | grep -oE "font-size:[0-9.]+px" |
		sort -u > "$work/$f.sizes"
done
ok "the list has types" test -s "$work/x.sizes"
comm -13 "$work/own.sizes" "$work/x.sizes" > "$work/others"
fails "ladder and list keep one scale" 1 grep . "$work/others"

# pages NAME MOST ARGUMENTS…
pages() {
	name=$1 most=$2
	shift 2
	ok "$name" "$RUNG" export "$@" -o "$work/x.pdf"
	command -v pdfinfo > /dev/null || return 0
	n=$(pdfinfo "$work/x.pdf" | sed -n 's/^Pages: *//p')
	if [ "$n" -le "$most" ]; then
		good
	else
		bad "$name" "$n pages instead of $most"
	fi
}
pages "five lifelines are one page" 1 --size=a4 labs/forking
# The list of numbers stands below, in two columns where that saves a page.
pages "numbers below the ladder" 1 --size=a4 --with=numbers labs/call-park
pages "numbers on a page of their own" 2 --size=a4 --with=numbers labs/lost-messages
pages "nine lifelines are not spread" 4 --size=a4 \
	--node=nadia,n_px,nils,s_px,s_loc,sam_desk,w_edge,w_reg,wanda \
	topologies/twenty.gv

# In true time, too, pages get about as much as each other: none at the end has
# two arrows.
for lab in topologies/proxy.gv labs/handset-long-invite labs/handset-memory \
	labs/crash labs/rfc3665-3.2 labs/lost-messages; do
	page=1
	find_trace "$lab" protocol
	while "$RUNG" export --size=a4 --with=axis --page=$page "$trace" \
		-o "$work/last.svg" 2> /dev/null; do
		page=$((page + 1))
	done
	arrows=$(grep -c '<g id="r[0-9]' "$work/last.svg")
	if [ $page -gt 2 ] && [ "$arrows" -gt 4 ]; then
		good
	else
		bad "$lab" "$arrows arrows on the last page of $((page - 1))"
	fi
done
finish
