# Reads a figure (svg) that was drawn with texts, lines and boxes alone (a ladder,
# a plot), in LC_ALL=C, behind font_widths.awk, and says which text lies upon what:
#
#	TEXT title: “a” and “b”     upon another
#	LINE title: “a” and where   a line, its head or the edge of a box goes
#	                            through its letters
#	BAR title: “a” and where    half upon a bar, or upon its pattern
#	UNDER title: “a” and where  a box is painted over it
#	PAGE title: “a”             beside what is shown of the page
#
# What is painted later lies above.  A line that a plain box covers before the
# text is written upon it is not seen, and a box that has the whole text within is
# its paper.  A text's box reaches from where its letters stand to the top of
# capitals, and down as far as letters like "g" do where it has such; of a line it
# is asked whether it goes through one of the letters' own boxes.

function attribute(name,    at) {
	if (!match($0, " " name "=\"[^\"]*"))
		return ""
	at = RSTART + length(name) + 3
	return substr($0, at, RSTART + RLENGTH - at)
}

function content(    s) {
	s = $0
	sub(/[^>]*>/, "", s)
	return s
}

function min(a, b) { return a < b ? a : b }
function max(a, b) { return a > b ? a : b }

# ---- the style sheet ----

function read_rules(s,    n, i, rule, at) {
	n = split(s, rule, "}")
	for (i = 1; i <= n; i++) {
		gsub(/\n/, "", rule[i])
		at = index(rule[i], "{")
		if (at > 0)
			rules[substr(rule[i], 1, at - 1)] = \
			    substr(rule[i], at + 1) ";"
	}
}

# The rule of an element NAME of the group that is open.
function rule_of(name,    n, i, class) {
	class = attribute("class")
	if (class != "")
		return rules[(name == "rect" ? "." : name ".") class]
	n = split(group_class[depth], word, " ")
	for (i = n; i >= 1; i--)
		if (("." word[i] " " name) in rules)
			return rules["." word[i] " " name]
	return ""
}

# What RULE says of NAME, else USUAL.
function said(rule, name, usual) {
	rule = ";" rule
	if (!match(rule, ";" name ":[^;]*"))
		return usual
	return substr(rule, RSTART + length(name) + 2,
	    RLENGTH - length(name) - 2)
}

# ---- what is painted ----

# Of text T the corners, and the angle that it is turned by.
function add_text(s,    rule, size, wide, x, y, l, anchor, at) {
	if (s ~ /^[ \t]*$/)
		return
	rule = rule_of("text")
	gsub(/&lt;/, "<", s)
	gsub(/&gt;/, ">", s)
	gsub(/&quot;/, "\"", s)
	gsub(/&#39;|&apos;/, "'", s)
	gsub(/&amp;/, "\\&", s)
	size = said(rule, "font-size", 12) + 0
	anchor = said(rule, "text-anchor", "start")
	face = font
	if (said(rule, "font-weight", "normal") == "bold")
		face = face " bold"
	wide = ems(s, face) * size
	mono[texts + 1] = said(rule, "font-family", "") ~ /Mono/
	if (mono[texts + 1])
		wide = cells(s) * 0.602 * size
	l = x = attribute("x") + 0
	y = attribute("y") + 0
	if (anchor == "middle")
		l -= wide / 2
	else if (anchor == "end")
		l -= wide
	texts++
	text[texts] = s
	when[texts] = painted++
	turn_x[texts] = turn_y[texts] = turn_cos[texts] = 0
	clipped[texts] = group_clip[depth]
	turn_cos[texts] = 1
	turn_sin[texts] = 0
	if (match($0, /rotate\([^)]*/)) {
		split(substr($0, RSTART + 7, RLENGTH - 7), at, " ")
		turn_cos[texts] = cos(at[1] * PI / 180)
		turn_sin[texts] = sin(at[1] * PI / 180)
		turn_x[texts] = at[2] + dx[depth]
		turn_y[texts] = at[3] + dy[depth]
	}
	l += dx[depth]
	y += dy[depth]
	left[texts] = l
	right[texts] = l + wide
	em[texts] = size
	family[texts] = face
	top[texts] = y - size * rise(s)
	bottom[texts] = y + size * fall(s)
	put_bounds(texts)
}

# How far letters reach above their line and below it, in their size.
function rise(s) {
	return s ~ /[\343-\351]/ ? 0.8 : s ~ /[A-Z0-9bdfhklit\/()|“”]/ ? 0.71 : 0.54
}

function fall(s) {
	return s ~ /[gjpqyQ,;()|]/ ? 0.18 : s ~ /[\343-\351]/ ? 0.08 : 0
}

function cells(s,    n) {
	n = gsub(/[\340-\357][\200-\277][\200-\277]/, "", s) * 2
	n += gsub(/[\300-\337][\200-\277]/, "", s)
	return n + length(s)
}

# A corner of text T on the page, in at_x and at_y.
function turned(t, x, y) {
	x -= turn_x[t]
	y -= turn_y[t]
	at_x = turn_x[t] + x * turn_cos[t] - y * turn_sin[t]
	at_y = turn_y[t] + x * turn_sin[t] + y * turn_cos[t]
}

# The upright box around text T.
function put_bounds(t,    i) {
	for (i = 0; i < 4; i++) {
		turned(t, i % 2 ? left[t] : right[t], i < 2 ? top[t] : bottom[t])
		corner_x[t, i] = at_x
		corner_y[t, i] = at_y
		low_x[t] = i == 0 ? at_x : min(low_x[t], at_x)
		high_x[t] = i == 0 ? at_x : max(high_x[t], at_x)
		low_y[t] = i == 0 ? at_y : min(low_y[t], at_y)
		high_y[t] = i == 0 ? at_y : max(high_y[t], at_y)
	}
}

function add_stroke(what, x1, y1, x2, y2, thick,    b) {
	strokes++
	stroke[strokes] = what
	sx1[strokes] = x1; sy1[strokes] = y1
	sx2[strokes] = x2; sy2[strokes] = y2
	half[strokes] = thick / 2
	stroke_when[strokes] = painted
	stroke_clipped[strokes] = group_clip[depth]
	for (b = band(min(y1, y2) - thick); b <= band(max(y1, y2) + thick); b++)
		strokes_of[b] = strokes_of[b] " " strokes
}

function band(y) { return int(y / 40) }

# A stroke that is as thick as a text is high is a box that may be turned.
function add_cover(x1, y1, x2, y2, thick,    c, long) {
	c = "cover " ++covers
	long = sqrt((x2 - x1) ^ 2 + (y2 - y1) ^ 2)
	turn_x[c] = x1; turn_y[c] = y1
	turn_cos[c] = (x2 - x1) / long; turn_sin[c] = (y2 - y1) / long
	left[c] = x1; right[c] = x1 + long
	top[c] = y1 - thick / 2; bottom[c] = y1 + thick / 2
	when[c] = painted
	put_bounds(c)
}

# Points that are M, L, H and V, and the head at the last.
function add_path(    rule, thick, n, i, s, x, y, px, py, what, c, long) {
	rule = rule_of("path")
	if (said(rule, "stroke", "none") == "none")
		return
	thick = said(rule, "stroke-width", 1) + 0
	s = attribute("d")
	gsub(/[A-Za-z]/, " & ", s)
	gsub(/-/, " -", s)
	n = split(s, word, " ")
	what = "line"
	for (i = 1; i <= n; i++) {
		if (word[i] ~ /[A-Z]/) {
			c = word[i]
			continue
		}
		px = x; py = y
		if (c == "H")
			x = word[i] + dx[depth]
		else if (c == "V")
			y = word[i] + dy[depth]
		else {
			x = word[i] + dx[depth]
			y = word[++i] + dy[depth]
		}
		if (c == "M")
			c = "L"
		else if (thick > THICK)
			add_cover(px, py, x, y, thick)
		else
			add_stroke(what, px, py, x, y, thick)
	}
	long = sqrt((x - px) ^ 2 + (y - py) ^ 2)
	if (said(rule, "marker-end", "none") != "none" && long > 0) {
		px = (x - px) / long
		py = (y - py) / long
		for (i = -1; i <= 1; i += 2)
			add_stroke("head", x - 8 * px - 3.4 * i * py,
			    y - 8 * py + 3.4 * i * px, x + px, y + py, 0)
	}
	painted++
}

function add_rect(    rule, fill, line, l, t, r, b) {
	if (attribute("class") == "paper")
		return
	rule = rule_of("rect")
	fill = said(rule, "fill", "black")
	line = said(rule, "stroke", "none")
	l = attribute("x") + dx[depth]
	t = attribute("y") + dy[depth]
	r = l + attribute("width")
	b = t + attribute("height")
	if (fill != "none") {
		boxes++
		box_left[boxes] = l; box_top[boxes] = t
		box_right[boxes] = r; box_bottom[boxes] = b
		box_plain[boxes] = fill !~ /url/
		box_when[boxes] = painted
		box_white[boxes] = fill ~ /^#(fff|ffffff)$/ && line == "none"
		box_clipped[boxes] = group_clip[depth]
	}
	if (line != "none")
		line = said(rule, "stroke-width", 1) + 0
	else if (min(r - l, b - t) < 3)
		line = 0
	if (line != "none" || line == 0) {
		add_stroke("edge", l, t, r, t, line)
		add_stroke("edge", l, b, r, b, line)
		add_stroke("edge", l, t, l, b, line)
		add_stroke("edge", r, t, r, b, line)
	}
	painted++
}

# ---- what lies upon what ----

# The piece of what goes from X1, Y1 to X2, Y2 that is in a box, as shares of its
# length, from piece_from to piece_to; whether there is any.
function is_in(x1, y1, x2, y2, l, t, r, b,    p, q, i) {
	piece_from = 0; piece_to = 1
	p[1] = x1 - x2; q[1] = x1 - l
	p[2] = x2 - x1; q[2] = r - x1
	p[3] = y1 - y2; q[3] = y1 - t
	p[4] = y2 - y1; q[4] = b - y1
	for (i = 1; i <= 4; i++)
		if (p[i] == 0) {
			if (q[i] <= 0)
				return 0
		} else if (p[i] < 0)
			piece_from = max(piece_from, q[i] / p[i])
		else
			piece_to = min(piece_to, q[i] / p[i])
	return piece_from < piece_to
}

# Whether stroke S goes through a letter of text T; where, in at_x … to_y.
function crosses(t, s,    c, n, x1, y1, x2, y2, r, i, k, letter, l, wide, side,
    base) {
	c = turn_cos[t]; n = -turn_sin[t]
	x1 = turn_x[t] + (sx1[s] - turn_x[t]) * c - (sy1[s] - turn_y[t]) * n
	y1 = turn_y[t] + (sx1[s] - turn_x[t]) * n + (sy1[s] - turn_y[t]) * c
	x2 = turn_x[t] + (sx2[s] - turn_x[t]) * c - (sy2[s] - turn_y[t]) * n
	y2 = turn_y[t] + (sx2[s] - turn_x[t]) * n + (sy2[s] - turn_y[t]) * c
	r = half[s] - SLACK
	if (!is_in(x1, y1, x2, y2, left[t] - r, top[t] - r, right[t] + r,
	    bottom[t] + r))
		return 0
	base = top[t] + em[t] * rise(text[t])
	l = left[t]
	for (i = 1; i <= length(text[t]); i += k) {
		letter = substr(text[t], i, 1)
		k = letter ~ /[\340-\357]/ ? 3 : letter ~ /[\300-\337]/ ? 2 : 1
		letter = substr(text[t], i, k)
		wide = em[t] * (mono[t] ? 0.602 * cells(letter) : \
		    ems(letter, family[t]))
		# Beside the first and the last one a little is white.
		side = min(0.06 * em[t], wide / 4)
		if (is_in(x1, y1, x2, y2, l - r + (i == 1 ? side : 0),
		    base - em[t] * rise(letter) - r,
		    l + wide + r - (i + k > length(text[t]) ? side : 0),
		    base + em[t] * fall(letter) + r)) {
			at_x = sx1[s] + piece_from * (sx2[s] - sx1[s])
			at_y = sy1[s] + piece_from * (sy2[s] - sy1[s])
			to_x = sx1[s] + piece_to * (sx2[s] - sx1[s])
			to_y = sy1[s] + piece_to * (sy2[s] - sy1[s])
			return 1
		}
		l += wide
	}
	return 0
}

# Whether a plain box between SINCE and UNTIL covers the piece at_x … to_y, but for
# half a point: texts stand at whole ones.
function is_covered(since, until,    b, c) {
	for (b = 1; b <= boxes; b++)
		if (box_when[b] > since && box_when[b] < until &&
		    box_plain[b] &&
		    box_left[b] <= min(at_x, to_x) + 0.5 &&
		    box_right[b] >= max(at_x, to_x) - 0.5 &&
		    box_top[b] <= min(at_y, to_y) + 0.5 &&
		    box_bottom[b] >= max(at_y, to_y) - 0.5)
			return 1
	for (b = 1; b <= covers; b++) {
		c = "cover " b
		if (when[c] > since && when[c] < until &&
		    is_under(at_x, at_y, c) && is_under(to_x, to_y, c))
			return 1
	}
	return 0
}

function is_under(x, y, c,    along, across) {
	x -= turn_x[c]
	y -= turn_y[c]
	along = turn_x[c] + x * turn_cos[c] + y * turn_sin[c]
	across = turn_y[c] - x * turn_sin[c] + y * turn_cos[c]
	return along >= left[c] - 0.5 && along <= right[c] + 0.5 && \
	    across >= top[c] - 0.5 && across <= bottom[c] + 0.5
}

# Two turned boxes are apart where a side of one parts them.
function parted(a, b,    i, x, y) {
	for (i = 0; i < 4; i++) {
		x = corner_x[b, i] - turn_x[a]
		y = corner_y[b, i] - turn_y[a]
		along[i] = turn_x[a] + x * turn_cos[a] + y * turn_sin[a]
		across[i] = turn_y[a] - x * turn_sin[a] + y * turn_cos[a]
	}
	return min(min(along[0], along[1]), min(along[2], along[3])) >= \
	    right[a] - SLACK || \
	    max(max(along[0], along[1]), max(along[2], along[3])) <= \
	    left[a] + SLACK || \
	    min(min(across[0], across[1]), min(across[2], across[3])) >= \
	    bottom[a] - SLACK || \
	    max(max(across[0], across[1]), max(across[2], across[3])) <= \
	    top[a] + SLACK
}

# Whether a side of text T parts it from box B.
function is_parted(t, b,    i) {
	for (i = 0; i < 4; i++) {
		corner_x["box", i] = i % 2 ? box_left[b] : box_right[b]
		corner_y["box", i] = i < 2 ? box_top[b] : box_bottom[b]
	}
	return parted(t, "box")
}

function tell(kind, t, what) {
	printf "%s %s: “%s” and %s\n", kind, title, text[t], what
}

function place(x, y) { return sprintf("%.0f,%.0f", x, y) }

# The strokes of text T's bands, each once.
function look_at_strokes(t,    b, n, i, s, list, seen) {
	for (b = band(low_y[t]); b <= band(high_y[t]); b++) {
		n = split(strokes_of[b], list, " ")
		for (i = 1; i <= n; i++) {
			s = list[i]
			if (s in seen)
				continue
			seen[s] = 1
			if (!crosses(t, s))
				continue
			if (stroke_clipped[s] && is_beside(at_x, at_y) &&
			    is_beside(to_x, to_y))
				continue
			if (!is_covered(stroke_when[s], when[t]))
				tell("LINE", t, stroke[s] " " \
				    place(at_x, at_y) " to " place(to_x, to_y))
		}
	}
}

# Whether a point is beside what the clip shows.
function is_beside(x, y) {
	return x < clip_left || x > clip_right || y < clip_top || \
	    y > clip_bottom
}

function look_at_boxes(t,    b) {
	for (b = 1; b <= boxes; b++) {
		if (box_left[b] >= high_x[t] - SLACK || \
		    box_right[b] <= low_x[t] + SLACK || \
		    box_top[b] >= high_y[t] - SLACK || \
		    box_bottom[b] <= low_y[t] + SLACK)
			continue
		at_x = max(box_left[b], low_x[t])
		to_x = min(box_right[b], high_x[t])
		at_y = max(box_top[b], low_y[t])
		to_y = min(box_bottom[b], high_y[t])
		if (box_clipped[b] && is_beside(at_x, at_y) &&
		    is_beside(to_x, to_y))
			continue
		if (box_when[b] < when[t] && box_plain[b] || is_parted(t, b))
			continue
		if (box_when[b] > when[t])
			tell("UNDER", t, place(at_x, at_y))
		else if (!is_covered(box_when[b], when[t]))
			tell("BAR", t, place(at_x, at_y))
	}
	for (b = 1; b <= covers; b++)
		if (when["cover " b] > when[t] && \
		    !parted(t, "cover " b) && !parted("cover " b, t))
			tell("UNDER", t, place(low_x[t], low_y[t]))
}

function look_at_page(t) {
	if (low_x[t] < page_left - SLACK || high_x[t] > page_right + SLACK ||
	    low_y[t] < page_top - SLACK || high_y[t] > page_bottom + SLACK)
		tell("PAGE", t, "the page")
	else if (clipped[t] && (low_x[t] < clip_left - SLACK ||
	    high_x[t] > clip_right + SLACK || low_y[t] < clip_top - SLACK ||
	    high_y[t] > clip_bottom + SLACK))
		tell("PAGE", t, "the clip")
}

BEGIN {
	RS = "<"
	PI = 3.14159265358979
	SLACK = 0.25
	THICK = 5
}

/^svg / {
	split(attribute("viewBox"), word, " ")
	page_left = word[1]; page_top = word[2]
	page_right = word[1] + word[3]; page_bottom = word[2] + word[4]
	clip_left = page_left; clip_right = page_right
	clip_top = page_top; clip_bottom = page_bottom
}
/^title>/ && title == "" { title = content() }
/^style>/ { read_rules(content()) }
/^defs>/ { defined = 1 }
/^clipPath / { clip = 1 }
/^\/clipPath>/ { clip = 0 }
/^\/defs>/ { defined = 0 }
clip && /^rect / {
	clip_left = max(page_left, attribute("x") + 0)
	if (attribute("width") !~ /%/)
		clip_right = attribute("x") + attribute("width")
	clip_top = attribute("y") + 0
	clip_bottom = clip_top + attribute("height")
}
defined { next }
/^g[ >]/ {
	depth++
	dx[depth] = dx[depth - 1]
	dy[depth] = dy[depth - 1]
	group_class[depth] = attribute("class")
	group_clip[depth] = group_clip[depth - 1] || /clip-path=/
	if (match($0, /translate\([^)]*/)) {
		split(substr($0, RSTART + 10, RLENGTH - 10), word, " ")
		dx[depth] += word[1]
		dy[depth] += word[2]
	}
}
/^\/g>/ { depth-- }
/^rect / { add_rect() }
/^path / { add_path() }
/^text[ >]/ { add_text(content()) }

END {
	for (t = 1; t <= texts; t++) {
		# A text that the clip hides is none.
		if (clipped[t] && (low_x[t] > clip_right ||
		    high_x[t] < clip_left || low_y[t] > clip_bottom ||
		    high_y[t] < clip_top))
			continue
		look_at_page(t)
		look_at_strokes(t)
		look_at_boxes(t)
		for (b = band(low_y[t]); b <= band(high_y[t]); b++) {
			n = split(texts_of[b], list, " ")
			for (i = 1; i <= n; i++) {
				o = list[i]
				# Of several bands the first that both are in.
				if (b == max(band(low_y[t]), band(low_y[o])) &&
				    low_x[o] < high_x[t] && \
				    low_x[t] < high_x[o] && !parted(t, o) && \
				    !parted(o, t))
					tell("TEXT", o, "“" text[t] "”")
			}
			texts_of[b] = texts_of[b] " " t
		}
	}
	if (texts == 0)
		print "TEXT " title ": no texts"
}
