# rung export for print: messages and numbers in each format, paper and columns
# of a report, what pictures and documents have within.
. tests/fixtures/check.sh
t=$work/t.jsonl
"$RUNG" run labs/lost-messages -q -o "$t"

# has NAME TEXT FILE
has() {
	if grep -qF -- "$2" "$3"; then good; else bad "$1" "has no: $2"; fi
}

# Every format, with and without.
for o in "" "-m" "--number" "-m --number" "-m --number --paper=a4 --page=2"; do
	case $o in
	*paper*) formats="svg png pdf" ;;
	*-m*) formats="svg png pdf gv txt md html" ;;
	*) formats="svg png pdf gv txt md mmd puml json html" ;;
	esac
	for f in $formats; do
		dpi=
		[ $f != png ] || dpi=--dpi=36
		ok "$f $o" "$RUNG" export $o $dpi -f $f "$t" -o "$work/x.$f"
	done
	if command -v xmllint > /dev/null; then
		ok "svg $o is XML" xmllint --noout "$work/x.svg"
	fi
	if command -v dot > /dev/null; then
		ok "dot draws $o" dot -Tsvg "$work/x.gv" -o "$work/gv.svg"
	fi
done
for f in svg gv txt md; do
	"$RUNG" export -m -f $f "$t" -o "$work/m.$f"
	has "$f has messages" "CSeq: 1 REGISTER" "$work/m.$f"
	has "$f numbers them" "F36" "$work/m.$f"
done
for f in mmd puml json; do
	fails "$f has no place for messages" 2 \
		"$RUNG" export -m -f $f "$t" -o "$work/x.$f"
done

# Paper.
for p in a3 a4 a5 letter legal a4-landscape letter-landscape; do
	ok "$p" "$RUNG" export -m --number --paper=$p "$t" -o "$work/$p.pdf"
done
fails "no paper" 2 "$RUNG" export --paper=b9 "$t" -o "$work/x.pdf"
fails "no way" 2 "$RUNG" export --paper=a4-sideways "$t" -o "$work/x.pdf"
fails "a page and a width" 2 \
	"$RUNG" export --paper=a4 --size=90mm "$t" -o "$work/x.pdf"
says "type that is too small" "pt in print" \
	"$RUNG" export --size=50mm "$t" -o "$work/x.svg"
ok "and draws it" test -s "$work/x.svg"

if command -v pdfinfo > /dev/null; then
	# Of a long ladder nobody has asked for paper.
	pages() { # WANTED OPTIONS…
		pages_wanted=$1
		shift
		"$RUNG" export "$@" -o "$work/p.pdf"
		says "pages: $*" "$pages_wanted" pdfinfo "$work/p.pdf"
	}
	pages "Pages:           2" "$t"
	pages "595.3 x 841.9 pts (A4)" "$t"
	pages "Pages:           1" "$t" --paper=none
	pages "Pages:           1" "$t" --size=160mm
	pages "Pages:           1" direct-call
	pages "Pages:           4" ims-call
	# Nine machines beside each other are too small to be read.
	pages "Pages:           8" two-proxies --what=machines
	pages "Pages:           1" two-proxies --what=machines --machine=ICT
	pages "Pages:           1" --machine=ICT
fi

if command -v pdftotext > /dev/null; then
	pdftotext -layout "$work/a4.pdf" "$work/a4.txt"
	has "the pdf has messages" "CSeq: 1 REGISTER" "$work/a4.txt"
	has "their headings" "F36 200 OK bil → bob" "$work/a4.txt"
	pages=$(grep -c "page [0-9]* of" "$work/a4.txt")
	has "every page its number" "page $pages of $pages" "$work/a4.txt"
	pdfinfo "$work/a4-landscape.pdf" > "$work/info"
	has "landscape" "841.9 x 595.3 pts (A4)" "$work/info"
	has "title" "Title:           Lost messages" "$work/info"
	has "where it comes from" "seed: 7; trace: " "$work/info"
	pdfinfo "$work/letter-landscape.pdf" > "$work/info"
	has "letter across" "792 x 612" "$work/info"
	# Columns "emb" of the fonts' table: all are within.
	pdffonts "$work/a4.pdf" > "$work/fonts"
	has "a font of one width" "Mono" "$work/fonts"
	if sed 1,2d "$work/fonts" | grep -qv " yes yes yes "; then
		bad "fonts" "not all are embedded"
	else
		good
	fi
	# No page is empty, nothing is drawn outside.
	ok "pdftoppm" pdftoppm -r 20 "$work/a4.pdf" "$work/p"

	# Chinese names, title and words.
	sed 's/"label":"Alice"/"label":"爱丽丝"/; s/Lost messages/丢失的消息/' \
		"$t" > "$work/zh.jsonl"
	ok "Chinese" "$RUNG" export --lang=zh -m --number --paper=a4 \
		"$work/zh.jsonl" -o "$work/zh.pdf"
	pdftotext -layout "$work/zh.pdf" "$work/zh.txt"
	has "a Chinese name" "爱丽丝" "$work/zh.txt"
	pdfinfo "$work/zh.pdf" > "$work/info"
	has "a Chinese title" "丢失的消息" "$work/info"
	pdffonts "$work/zh.pdf" > "$work/fonts"
	if sed 1,2d "$work/fonts" | grep -qv " yes yes yes "; then
		bad "Chinese fonts" "not all are embedded"
	else
		good
	fi
else
	skip "there is no pdftotext"
fi

# 300 dots an inch are 11811 a metre, 0x2e23.
"$RUNG" export --size=100mm --dpi=300 "$t" -o "$work/x.png" 2> "$work/.output"
if od -An -tx1 -v "$work/x.png" | tr -d ' \n' |
	grep -q 7048597300002e2300002e2301; then
	good
else
	bad "pHYs" "not 300 dots an inch"
fi
# 100 mm are 1181.1 dots: as wide as asked for.
width=$(od -An -tu1 -j16 -N4 "$work/x.png" | awk '{ print $3 * 256 + $4 }')
if [ "$width" = 1182 ] || [ "$width" = 1181 ]; then
	good
else
	bad "100 mm at 300 dpi" "$width dots"
fi
finish
