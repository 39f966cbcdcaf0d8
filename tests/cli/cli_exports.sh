# Labs in the formats of an export (LABS=all: each).  Of some, chosen so that they have all that
# a figure can have, the same bytes as before (tests/golden/exports; of pages
# and captures, which are large, sums in tests/golden/exports.txt).  Of the
# others, whose bytes change with each word that they say, what must be so
# whatever they say: that programs which are not ours read it (xmllint, jq,
# gvpr) and find in it the messages of the trace, all of them and in order;
# formats that no such program reads are compared with the one in JSON.  Each
# is written as page, figure and JSON, and as the other formats in turn
# (FORMATS=all: as every one): test_labs has the text of each lab, and
# cli_pcapng the capture.
#
# PDF and PNG, which other libraries make of the same figure, and a figure with
# all marks are of every fourth lab: test_figure_crowd has each lab with marks,
# cli_figures and cli_paper what is special in a PDF and a PNG.
. tests/fixtures/check.sh
chosen="digest-replay handout-more-messages handout-registration
	handset-malformed lost-messages lying-location rfc3665-2.5 rfc3665-3.6
	rfc3842-4.1 rfc3856-8 rfc3903-15 strict-router"
texts="txt gv svg json md mmd puml"
always="svg json html"
turns="gv md mmd puml"
bytes=$work/bytes
mkdir "$work/all" "$work/traces" "$bytes"

is_chosen() { # LAB
	for each in $chosen; do
		[ "$each" != "$1" ] || return 0
	done
	return 1
}

# The formats of a lab, to $formats.
choose_formats() { # LAB
	formats=$always
	if is_chosen "$1"; then
		formats="$texts html pcapng"
		return
	fi
	for f in $turns; do
		place=$(((${place:-0} + 1) % 3))
		[ $place != 0 ] && [ -z "${FORMATS:-}" ] || formats="$formats $f"
	done
}

# shellcheck disable=SC2046,SC2086  # words
for lab in $(labs_some $(printf 'labs/%s ' $chosen) |
	sed -n "/^labs/s,$,/,p" | LC_ALL=C sort); do
	lab=${lab%/}
	name=${lab#labs/}
	# Of phones that talk a page would have more packets than it takes.
	detail=network
	find_trace "$lab" $detail
	! grep -q '"kind":"send".*"proto":"s\{0,1\}rtc\{0,1\}p"' "$trace" || {
		detail=protocol
		find_trace "$lab" $detail
	}
	[ "$trace" != "$work/found.jsonl" ] || {
		trace=$work/traces/labs_$name.$detail.jsonl
		mv "$work/found.jsonl" "$trace"
	}
	echo "$trace" >> "$work/traces.list"
	choose_formats "$name"
	for f in $formats; do
		number=--with=numbers
		[ $f != pcapng ] || number=
		"$RUNG" export $number "$trace" -o "$work/all/$name.$f" ||
			bad "$name as $f" "it can't be exported"
		echo "$name $f" >> "$work/written"
	done
	turn=$(((${turn:-0} + 1) % 4))
	[ $turn = 1 ] || continue
	for f in png pdf; do
		dpi=--size=50dpi
		[ $f = png ] || dpi=
		"$RUNG" export --with=axis --size=a4 --page=1 $dpi "$trace" \
			-o "$work/$name.$f" || bad "$name as $f" "can't be exported"
	done
	"$RUNG" export --with=axis --mark=transaction --mark=dialog \
		--mark=phase --with=timers --with=states "$trace" -o "$work/$name-marks.svg" ||
		bad "$name with marks" "can't be exported"
done

# ---- the bytes of those that are chosen ----
# The trace's hash stands in each text, and changes with each word of a message
# that no text shows.
# A graph of one: test_ladder_graph looks at what all others mean.
for name in $chosen; do
	for f in $texts; do
		[ $f = gv ] && [ "$name" != lost-messages ] || echo "$work/all/$name.$f"
	done
done > "$work/names"
# shellcheck disable=SC2046  # words
awk -v to="$bytes/" '
FNR == 1 { file = name = FILENAME; sub(/.*\//, "", name)
	lab = name; sub(/\.[^.]*$/, "", lab); if (out) close(out); out = to name }
{
	rest = $0
	while (match(rest, /trace [0-9a-f]+/)) {
		seen = substr(rest, RSTART + 6, RLENGTH - 6)
		rest = substr(rest, RSTART + RLENGTH)
		if (length(seen) != 16)
			continue
		if (!(lab in hash))
			hash[lab] = seen
		if (hash[lab] != seen)
			print name ": another hash than before: " seen
		sub("trace " seen, "trace HASH")
	}
	print > out
}' $(cat "$work/names") > "$work/hashes"
ok "one hash in all texts of a lab" test ! -s "$work/hashes"
[ -z "${GOLDEN:-}" ] || {
	rm -rf tests/golden/exports
	cp -r "$bytes" tests/golden/exports
}
ok "the bytes of the chosen" diff -ru tests/golden/exports "$bytes"
for name in $chosen; do
	echo "$name.html"
	echo "$name.pcapng"
done > "$work/names"
(cd "$work/all" && xargs sha256sum < "$work/names") | sed -E \
	's/^(.{16})[^ ]* [ *](.*)\.([a-z]*)$/\1 \2 \3/' > "$work/sums"
same "pages and captures" tests/golden/exports.txt "$work/sums"

# ---- the arrows of all ----
# found FORMAT: what the reader of its language finds, a title and the arrows of
# each, is to have those arrows.
found() {
	ok "the arrows of all in $1" awk -v as="$1" -f tests/cli/export_arrows.awk \
		"$work/written" "$work/list" "$work/$1.found"
}

# shellcheck disable=SC2046  # words
jq -r -f tests/cli/export_sent.jq $(cat "$work/traces.list") > "$work/sent"
ok "JSON is read" jq -r -f tests/cli/export_list.jq "$work"/all/*.json
cp "$work/.output" "$work/list"
ok "all messages of the traces in JSON" \
	awk -f tests/cli/export_sent.awk "$work/sent" "$work/list"
for f in md mmd puml; do
	ok "the arrows of all in $f" awk -v as=$f -f tests/cli/export_arrows.awk \
		"$work/written" "$work/list" "$work/all/"*.$f
done
if command -v gvpr > /dev/null; then
	ok "gv is read" gvpr 'BEG_G { print("= ", $F) }
		E [index(tooltip, "#") == 0] { print($.tooltip) }' "$work"/all/*.gv
	# It goes from node to node: in order of their records.
	awk '/^= / { n++ } { print n, /^= / ? 0 : substr($1, 2) + 0, $0 }' "$work/.output" |
		sort -s -n -k1,1 -k2,2 | cut -d' ' -f3- > "$work/gv.found"
	found gv
else
	skip "no gvpr"
fi
if command -v xmllint > /dev/null; then
	ok "SVG with marks is XML" xmllint --noout --huge "$work"/*.svg
	title="*[local-name()='title']"
	for f in svg html; do
		head=
		[ $f = svg ] || head="*[local-name()='head']/"
		ok "$f is XML" xmllint --huge --xpath \
			"/*/$head$title|//*[@id]/$title" "$work/all/"*.$f
		sed 's,</*title>,,g; s/&lt;/</g; s/&gt;/>/g; s/&amp;/\&/g
			s/^[^#]/= &/' "$work/.output" > "$work/$f.found"
		found $f
	done
else
	skip "no xmllint"
fi
if command -v pdftoppm > /dev/null; then
	for pdf in "$work"/*.pdf; do
		ok "a page of ${pdf##*/}" pdftoppm -r 20 -png "$pdf" "$work/page"
	done
else
	skip "no pdftoppm"
fi
for png in "$work"/*.png; do
	says "${png##*/} is a PNG" "PNG" head -c 4 "$png"
done
finish
