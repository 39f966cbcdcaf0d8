# In a figure that is no graph (a ladder, how good it sounds, two traces beside
# each other, the plots of a sweep) no text lies upon another, a line, the head of
# an arrow or the edge of a box, in the widths of either font: the line above a
# list went through where the figure is from, heads touched the labels of narrow
# columns, the edges of streams went through labels in true time.  The sample's
# ladders are drawn in one way and one language each, in turn (FIGURES=all: those
# of all labs and topologies, in every way and both).
. tests/fixtures/check.sh

# What lies upon what in the figure FILE; two fonts (Nimbus Sans and Helvetica are
# as wide as Liberation Sans).
overlaps() { # FILE
	for font in dejavu liberation; do
		LC_ALL=C awk -v font=$font -f tests/regress/font_widths.awk \
			-f tests/regress/figure_overlaps.awk "$1"
	done
}

figures=0
clear() { # NAME FILE
	figures=$((figures + 1))
	overlaps "$2" > "$work/.output" 2>&1
	empty "$1"
}

# draw NAME OPTIONS…: it is so in that figure, if there is one: few ladders have a
# second page, and few labs have something to hear.
draw() {
	draw_name=$1
	shift
	if timeout "$patience" "$RUNG" export "$@" -o "$work/x.svg" \
		2> "$work/err"; then
		clear "$draw_name" "$work/x.svg"
	elif ! grep -q "there is no page 2\|没有第 2 页\|no sound whose quality is known" \
		"$work/err"; then
		bad "$draw_name" "$(cat "$work/err")"
	fi
}

# The measure itself finds what is planted, and nothing beside it.
cat > "$work/planted.svg" << 'SVG'
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 200">
<title>planted</title>
<style>
.req text{font-size:10px;fill:#1f4f8f;text-anchor:middle;font-weight:bold}
.req path{fill:none;stroke:#1f4f8f;stroke-width:1.4;marker-end:url(#h0)}
text.f1{font-size:10px;fill:#000;text-anchor:start;font-weight:normal}
path.l1{fill:none;stroke:#000;stroke-width:1;marker-end:none}
path.l2{fill:none;stroke:#fff;stroke-width:12;marker-end:none}
.b0{fill:white}
.b1{fill:url(#p0);stroke:#8a939d;stroke-width:.8}
.b2{fill:#eee;stroke:#000;stroke-width:.8}
</style>
<defs>
<clipPath id="c"><rect y="20" width="100%" height="160"/></clipPath>
</defs>
<rect class="paper" width="100%" height="100%"/>
<path class="l1" d="M10 100V190"/>
<text class="f1" x="5" y="120">struck</text>
<rect class="b0" x="5" y="130" width="60" height="12"/>
<text class="f1" x="5" y="140">covered</text>
<path class="l2" d="M5 160L60 170"/>
<text class="f1" x="5" y="163" transform="rotate(10.3 5 160)">turned</text>
<g class="req"><text x="150" y="36">INVITE</text><path d="M100 40H200"/></g>
<g class="req"><text x="168" y="56">above (SDP)</text><path d="M100 60H200"/></g>
<g transform="translate(100 70)"><text class="f1" y="10">one</text></g>
<text class="f1" x="112" y="82">two</text>
<rect class="b1" x="100" y="90" width="9" height="30"/>
<text class="f1" x="105" y="105">on a bar</text>
<rect class="b2" x="200" y="90" width="60" height="20"/>
<text class="f1" x="205" y="104">in a box</text>
<text class="f1" x="245" y="84">gone</text>
<rect class="b0" x="240" y="70" width="30" height="20"/>
<text class="f1" x="290" y="150">beside it</text>
<g clip-path="url(#c)"><text class="f1" x="150" y="185">half</text>
<text class="f1" x="150" y="15">hidden</text></g>
</svg>
SVG
cat > "$work/expected" << 'END'
BAR planted: “on a bar” and 105,98
LINE planted: “above (SDP)” and head 194,57 to 195,58
LINE planted: “on a bar” and edge 109,99 to 109,105
LINE planted: “struck” and line 10,114 to 10,120
PAGE planted: “beside it” and the page
PAGE planted: “half” and the clip
TEXT planted: “one” and “two”
UNDER planted: “gone” and 245,79
END
overlaps "$work/planted.svg" | LC_ALL=C sort -u > "$work/found"
same "what is planted is found" "$work/expected" "$work/found"

# A way to draw a ladder each.
cat > "$work/ways" << 'END'
--with=numbers
--with=states --with=timers --mark=transaction --mark=dialog --mark=phase --with=numbers
--with=axis
--with=axis --with=states --with=timers --mark=transaction --mark=dialog --with=numbers
--size=85mm
--size=85mm --with=axis
--size=160mm --with=numbers --with=timers --mark=transaction
--size=160mm --with=numbers --with=timers --with=states --with=axis --mark=phase
--size=a4 --with=numbers --page=1
--size=a4 --with=numbers --page=2
END
ways=$(wc -l < "$work/ways")

[ "${FIGURES:-}" != all ] || LABS=all
labs_some labs/trapezoid-dns labs/hold-dialects labs/nat-alg labs/nat-incoming \
	labs/dns-weights labs/handset-slow > "$work/files"
turn=0 heard=0
while read -r file; do
	find_trace "$file" protocol
	turn=$((turn + 1))
	n=0
	# shellcheck disable=SC2086  # several
	while read -r way; do
		n=$((n + 1))
		[ "${FIGURES:-}" = all ] || [ $n = $((turn % ways + 1)) ] ||
			continue
		[ $((turn / ways % 2)) = 0 ] && language=en || language=zh
		for l in $([ "${FIGURES:-}" = all ] && echo en zh || echo $language); do
			draw "$file, $l, $way" --lang="$l" $way "$trace"
		done
	done < "$work/ways"
	ladders=$figures
	draw "$file, media" --lang=en --what=media "$trace"
	heard=$((heard + figures - ladders))
done < "$work/files"
ok "something was heard" test "$heard" -ge 5
ok "there were figures" test "$figures" -ge 60

# Two traces beside each other, and plots.
for file in labs/two-proxies labs/call-queue labs/dtmf; do
	find_trace "$file" protocol
	"$RUNG" run -q --seed=9 --set=loss=10% "$file" -o "$work/other.jsonl"
	"$RUNG" diff "$trace" "$work/other.jsonl" -o "$work/x.svg" \
		> "$work/.output" 2>&1
	clear "$file, with losses beside it" "$work/x.svg"
done
ok "a sweep is made" "$RUNG" sweep labs/how-much-loss --seed=1..3 \
	--set=delay=5ms,50ms --set=loss=0..30%:15% -o "$work/sweep"
for file in "$work"/sweep/*.svg; do
	clear "${file##*/}" "$file"
done
finish
