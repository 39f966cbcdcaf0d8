# In a plot lines that have the same values are seen as so many lines: six equal
# streams of a conference were one line, of which the legend named six.  And a
# plot of MOS goes from 1 to 4.5, where the E-model ends, not from 0 to 5.
. tests/fixtures/check.sh

# on_another FILE: pairs of series of which a level piece of one, 8 points long
# or more, is painted less than 1.5 points from one of the other.
on_another() {
	awk '
	/<g class="series/ { s++ }
	/<g class="series/, /<\/g>/ {
		rest = $0
		while (match(rest, /<path d="M[-0-9.ML H]*/)) {
			d = substr(rest, RSTART + 10, RLENGTH - 10)
			rest = substr(rest, RSTART + RLENGTH)
			gsub(/[ML]/, " ", d)
			k = split(d, v, " ")
			if (d ~ /H/) {
				gsub(/H/, " ", d)
				split(d, v, " ")
				v[4] = v[2]
			} else if (k != 4) {
				continue
			}
			if (v[3] - v[1] < 8 || (v[4] - v[2]) ^ 2 > 1)
				continue
			n++
			of[n] = s; l[n] = v[1]; r[n] = v[3]
			y[n] = (v[2] + v[4]) / 2
		}
	}
	END {
		for (i = 1; i <= n; i++)
			for (k = i + 1; k <= n; k++)
				if (of[i] != of[k] && l[i] < r[k] - 8 &&
				    l[k] < r[i] - 8 && (y[i] - y[k]) ^ 2 < 2.25 &&
				    !((of[i] " " of[k]) in said)) {
					said[of[i] " " of[k]] = 1
					print "line " of[i] " and line " of[k]
				}
		if (n == 0)
			print "no lines"
	}' "$1"
}

# The measure finds what is planted, and that alone.
cat > "$work/planted.svg" << 'SVG'
<g class="series"><title>a</title><path d="M10 50H90"/></g>
<g class="series l3"><title>b</title><path d="M20 50.5L80 50.9"/></g>
<g class="series l4"><title>c</title><path d="M20 53H80"/></g>
<g class="series l5"><title>d</title><path d="M20 10L80 90"/></g>
SVG
on_another "$work/planted.svg" > "$work/found"
echo "line 1 and line 2" > "$work/expected"
same "what is planted is found" "$work/expected" "$work/found"

# ticks FILE: the numbers at the upright axis, from below.
ticks() {
	grep -o '<text class="f1"[^>]*>[0-9.]*<' "$1" |
		sed 's/.*>\(.*\)</\1/' | tr '\n' ' '
}

for lab in mixed-conference call-centre dtmf-ways; do
	find_trace "labs/$lab" protocol
	ok "$lab: there is a plot" \
		"$RUNG" export --what=media "$trace" -o "$work/x.svg"
	on_another "$work/x.svg" > "$work/.output"
	empty "$lab: each line is seen"
	ticks "$work/x.svg" > "$work/ticks"
	printf "1.0 1.5 2.0 2.5 3.0 3.5 4.0 4.5 " > "$work/expected"
	same "$lab: MOS from 1 to 4.5" "$work/expected" "$work/ticks"
done

# A share that is 100 % for each algorithm.
ok "a sweep is made" "$RUNG" sweep labs/two-proxies --seed=1..2 \
	--set=delay=5ms,10ms,20ms --set=bob.answer=0s,1s -o "$work/sweep"
found=0
for file in "$work"/sweep/*.svg; do
	[ "$(grep -c '<g class="series' "$file")" -ge 2 ] || continue
	found=$((found + 1))
	on_another "$file" | grep -v "no lines" > "$work/.output"
	empty "${file##*/}: each line is seen"
done
ok "there were plots of several lines" test "$found" -ge 2
finish
