# Every lab in most formats, the others in turn (FORMATS=all: in every one): the
# same bytes as before (by their sums, in tests/golden/exports.txt), and readable
# by others: SVG is XML, a PDF has pages, a PNG is one.  PDF and PNG, which other
# libraries make of the same figure, and a figure with all marks are of every
# fourth lab: test_figure_crowd has each lab with marks, cli_figures and
# cli_paper what is special in a PDF and a PNG.
. tests/check.sh
formats="txt gv svg json md mmd puml html pcapng"
always="txt svg json html"
sums=$work/sums
mkdir "$work/all"

# FORMAT is written of every lab, or is it of this one: of every third?
has_turn() { # FORMAT
	case " $always " in *" $1 "*) return 0 ;; esac
	place=$(((${place:-0} + 1) % 3))
	[ $place = 0 ] || [ -n "${FORMATS:-}${GOLDEN:-}" ]
}

for lab in labs/*/; do
	[ "$lab" != labs/plans/ ] || continue
	lab=${lab%/} name=${lab#labs/}
	find_trace "$lab" network
	for f in $formats; do
		has_turn $f || continue
		number=--number
		[ $f != pcapng ] || number=
		"$RUNG" export $number "$trace" -o "$work/all/$name.$f" ||
			bad "$name as $f" "it can't be exported"
		echo "$name.$f" >> "$work/written"
	done
	turn=$(((${turn:-0} + 1) % 4))
	[ $turn = 1 ] || continue
	for f in png pdf; do
		dpi=--dpi=50
		[ $f = png ] || dpi=
		"$RUNG" export --time=true --paper=a4 --page=1 $dpi "$trace" \
			-o "$work/$name.$f" || bad "$name as $f" "can't be exported"
	done
	"$RUNG" export --time=true --mark=transaction --mark=dialog \
		--mark=phase --timers --states "$trace" -o "$work/$name-marks.svg" ||
		bad "$name with marks" "can't be exported"
done
(cd "$work/all" && xargs sha256sum < "$work/written") |
	sed -E 's/^(.{16})[^ ]* [ *](.*)\.([a-z]*)$/\1 \2 \3/' > "$sums"
expected=tests/golden/exports.txt
if [ -z "${GOLDEN:-}" ]; then
	# Of a lab that is gone, too, what always is written is missed.
	awk -v always=" $always " 'NR == FNR { written[$2, $3] = 1; next }
	index(always, " " $3 " ") || ($2, $3) in written' "$sums" $expected \
		> "$work/expected"
	expected=$work/expected
fi
same "the bytes of all formats" "$expected" "$sums"
if command -v xmllint > /dev/null; then
	ok "SVG and HTML are XML" xmllint --noout --huge "$work"/*.svg \
		"$work/all"/*.svg "$work/all"/*.html
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
