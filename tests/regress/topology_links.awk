# Reads a network's figure (svg), in LC_ALL=C, behind font_widths.awk, and says
# which links go through a node or a text: "STRUCK title: link through what", and
# what lies over something else, half in a frame or beside the page: "OVER title:
# what and what".  A text's box is a little smaller than the text, a node's than
# its outline; of the nodes at its own ends a link may touch the outline only.
# With -v ways=1 "ALONG title: links A and B": they run on one another for more
# than ALONG points; "BACK title: text": the text of a link is left or right of both
# nodes that it joins, so that the link leaves one away from the other.
# With -v rows=1 "BENT title: nodes": no link joins these neighbours in a row
# straight, and one does around (where a node is not joined to more than two of
# its row, nor joined to such a one: a star is joined from below).

function number(name,    at) {
	if (!match($0, " " name "=\"[-0-9.]+"))
		return 0
	at = RSTART + length(name) + 3
	return substr($0, at, RSTART + RLENGTH - at) + 0
}

function content(    s) {
	s = $0
	sub(/<\/(text|title)>.*/, "", s)
	sub(/.*>/, "", s)
	return s
}

# The points of an attribute, into x[1..n] and y[1..n].
function points(name,    s, n, i, v) {
	if (!match($0, " " name "=\"[^\"]*"))
		return 0
	s = substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 3)
	gsub(/[MC, ]+/, " ", s)
	sub(/^ /, "", s)
	n = split(s, v, " ") / 2
	for (i = 1; i <= n; i++) {
		x[i] = v[2 * i - 1] + 0
		y[i] = v[2 * i] + 0
	}
	return n
}

function min(a, b) { return a < b ? a : b }

function add_box(what, l, t, r, b, round) {
	boxes++
	said[boxes] = what
	owner[boxes] = group
	left[boxes] = l; top[boxes] = t; right[boxes] = r; bottom[boxes] = b
	ellipse[boxes] = round
}

# The first shape outside of groups is the page.
function add_shape(n,    i, l, t, r, b) {
	l = r = x[1]; t = b = y[1]
	for (i = 2; i <= n; i++) {
		if (x[i] < l) l = x[i]
		if (x[i] > r) r = x[i]
		if (y[i] < t) t = y[i]
		if (y[i] > b) b = y[i]
	}
	if (kind == "node") {
		add_box(name, l, t, r, b, 0)
		# A path begins where its first corner ends.
		corner[boxes] = /<path / ? min(r - x[1], x[1] - l) : 0
		return
	}
	frames++
	frame_left[frames] = l; frame_top[frames] = t
	frame_right[frames] = r; frame_bottom[frames] = b
}

function add_text(    size, width, l, s) {
	s = content()
	if (s ~ /^[ \t]*$/ || s == "\302\240")
		return
	if (kind == "cluster")
		frame_name[frames] = s
	size = number("font-size")
	width = ems(s, font (/font-weight="bold"/ ? " bold" : "")) * size
	l = number("x")
	if ($0 ~ /text-anchor="middle"/)
		l -= width / 2
	add_box("“" s "”", l, number("y") - size * 0.7, l + width,
	    number("y"), 0)
}

# Some points along a link's curves.
function add_link(n,    i, k, u, v) {
	links++
	from[links] = steps + 1
	# Its curves lie within the points that shape them.
	low_x[links] = high_x[links] = x[1]; low_y[links] = high_y[links] = y[1]
	for (i = 2; i <= n; i++) {
		if (x[i] < low_x[links]) low_x[links] = x[i]
		if (x[i] > high_x[links]) high_x[links] = x[i]
		if (y[i] < low_y[links]) low_y[links] = y[i]
		if (y[i] > high_y[links]) high_y[links] = y[i]
	}
	for (i = 1; i + 3 <= n; i += 3)
		for (k = 0; k <= 40; k++) {
			u = k / 40
			v = 1 - u
			steps++
			px[steps] = v*v*v*x[i] + 3*v*v*u*x[i+1] + \
			    3*v*u*u*x[i+2] + u*u*u*x[i+3]
			py[steps] = v*v*v*y[i] + 3*v*v*u*y[i+1] + \
			    3*v*u*u*y[i+2] + u*u*u*y[i+3]
		}
	to[links] = steps
	link_name[links] = name
}

function is_within(p, b, room,    dx, dy, w, h) {
	if (ellipse[b]) {
		w = (right[b] - left[b]) / 2 + room
		h = (bottom[b] - top[b]) / 2 + room
		dx = (px[p] - (left[b] + right[b]) / 2) / w
		dy = (py[p] - (top[b] + bottom[b]) / 2) / h
		return dx * dx + dy * dy < 1
	}
	if (px[p] <= left[b] - room || px[p] >= right[b] + room ||
	    py[p] <= top[b] - room || py[p] >= bottom[b] + room)
		return 0
	# Beyond both sides of a corner that is rounded.
	dx = past(px[p], left[b] + corner[b], right[b] - corner[b])
	dy = past(py[p], top[b] + corner[b], bottom[b] - corner[b])
	return dx == 0 || dy == 0 || dx * dx + dy * dy < (corner[b] + room) ^ 2
}

function past(v, low, high) {
	return v < low ? low - v : v > high ? v - high : 0
}

# Link L is nowhere near B.
function is_far(l, b) {
	return high_x[l] < left[b] - 3 || low_x[l] > right[b] + 3 ||
	    high_y[l] < top[b] - 3 || low_y[l] > bottom[b] + 3
}

function is_end(l, b) {
	return is_within(from[l], b, 2) || is_within(to[l], b, 2)
}

# A lies over B, boxes of two nodes or texts.
function is_over(a, b) {
	return owner[a] != owner[b] && left[a] < right[b] && \
	    left[b] < right[a] && top[a] < bottom[b] && top[b] < bottom[a]
}

# Box B is neither in frame F nor outside of it.
function is_half_in(b, f) {
	if (right[b] <= frame_left[f] || left[b] >= frame_right[f] ||
	    bottom[b] <= frame_top[f] || top[b] >= frame_bottom[f])
		return 0
	return !is_in(b, f)
}

function is_in(b, f) {
	return left[b] >= frame_left[f] && right[b] <= frame_right[f] && \
	    top[b] >= frame_top[f] && bottom[b] <= frame_bottom[f]
}

function say_over(a, b) {
	printf "OVER %s: %s and %s\n", file, a, b
}

/class="/ { group++ }
/class="node"/ { kind = "node" }
/class="edge"/ { kind = "edge" }
/class="cluster"/ { kind = "cluster" }
/<title>/ { name = content(); if (file == "") file = name }
# A frame without a line is nothing to see.
(kind == "node" || kind == "cluster" || frames == 0) && /<(polygon|path) / && \
    !/stroke-width="0"/ {
	add_shape(points($0 ~ /<polygon/ ? "points" : "d"))
}
kind == "node" && /<ellipse / {
	add_box(name, number("cx") - number("rx"), number("cy") - number("ry"),
	    number("cx") + number("rx"), number("cy") + number("ry"), 1)
}
kind == "edge" && /<path / { add_link(points("d")) }
/<text / { add_text() }
/<\/g>/ { kind = "" }

function are_close(a, b) {
	return low_x[a] < high_x[b] + 3 && low_x[b] < high_x[a] + 3 && \
	    low_y[a] < high_y[b] + 3 && low_y[b] < high_y[a] + 3
}

# How far point P is from the step of a link that ends with point Q, squared.
function step_away(p, q,    dx, dy, u) {
	dx = px[q] - px[q-1]
	dy = py[q] - py[q-1]
	u = dx * dx + dy * dy
	if (u > 0) {
		u = ((px[p] - px[q-1]) * dx + (py[p] - py[q-1]) * dy) / u
		u = u < 0 ? 0 : u > 1 ? 1 : u
	}
	return (px[p] - px[q-1] - u * dx) ^ 2 + (py[p] - py[q-1] - u * dy) ^ 2
}

# How far link A runs so near to link B that nothing is seen between them.
function along(a, b,    p, q, near, sum) {
	for (p = from[a] + 1; p <= to[a]; p++) {
		near = 0
		for (q = from[b] + 1; q <= to[b] && !near; q++)
			near = step_away(p, q) < 1.5 ^ 2
		if (near)
			sum += sqrt((px[p] - px[p-1]) ^ 2 + \
			    (py[p] - py[p-1]) ^ 2)
	}
	return sum
}

# Link ends begin at corners, too.
function is_at(p, b) {
	return px[p] > left[b] - 4 && px[p] < right[b] + 4 && \
	    py[p] > top[b] - 4 && py[p] < bottom[b] + 4
}

# The node at the end of link L that is not in box B; 0: none.
function other_end(l, b,    c) {
	for (c = 1; c <= boxes; c++)
		if (owner[c] != owner[b] && said[c] !~ /^“/ && \
		    (is_at(from[l], c) || is_at(to[l], c)))
			return c
	return 0
}

# The nodes that are joined through text B alone, into end[1] and end[2].
function find_ends(b,    l, ends, c) {
	for (l = 1; l <= links; l++)
		if (is_within(from[l], b, 9) || is_within(to[l], b, 9))
			if ((c = other_end(l, b)) > 0)
				end[++ends] = c
	return ends == 2 && end[1] != end[2]
}

function middle(b) { return (top[b] + bottom[b]) / 2 }

function are_neighbours(a, b,    c, swap) {
	if ((middle(a) - middle(b)) ^ 2 > 9)
		return 0
	if (left[a] > left[b]) {
		swap = a; a = b; b = swap
	}
	for (c = 1; c <= boxes; c++)
		if (said[c] !~ /^“/ && (middle(c) - middle(a)) ^ 2 <= 9 && \
		    left[c] > left[a] && left[c] < left[b])
			return 0
	return 1
}

function check_rows(    b, key, e, known, others, more) {
	for (b = 1; b <= boxes; b++)
		if (said[b] ~ /^“/ && find_ends(b)) {
			key = end[1] < end[2] ? end[1] " " end[2] : \
			    end[2] " " end[1]
			if (middle(b) > top[end[1]] && \
			    middle(b) < bottom[end[1]])
				straight[key] = 1
			else
				bent[key] = 1
			if (!(key in known) && \
			    (middle(end[1]) - middle(end[2])) ^ 2 <= 9) {
				known[key] = 1
				others[end[1]]++
				others[end[2]]++
			}
		}
	for (more = 1; more;) {
		more = 0
		for (key in known) {
			split(key, e, " ")
			if ((others[e[1]] > 2) != (others[e[2]] > 2))
				more = others[e[1]] = others[e[2]] = 3
		}
	}
	for (key in bent) {
		split(key, e, " ")
		if (!(key in straight) && others[e[1]] <= 2 && \
		    others[e[2]] <= 2 && are_neighbours(e[1], e[2]))
			printf "BENT %s: nodes at %d,%d and %d,%d\n", file,
			    left[e[1]], top[e[1]], left[e[2]], top[e[2]]
	}
}

# Of a text that stands alone in the line of two links.
function check_back(b) {
	if (!find_ends(b))
		return
	if (right[b] < min(left[end[1]], left[end[2]]) || \
	    left[b] > -min(-right[end[1]], -right[end[2]]))
		printf "BACK %s: %s, which joins %s and %s\n", file, said[b],
		    said[end[1]], said[end[2]]
}

BEGIN { ALONG = 25 }

END {
	if (rows)
		check_rows()
	for (l = 1; ways && l <= links; l++)
		for (b = 1; b < l; b++)
			if (are_close(l, b) && along(l, b) > ALONG)
				printf "ALONG %s: links %d and %d\n", file, b, l
	for (b = 1; ways && b <= boxes; b++)
		if (said[b] ~ /^“/)
			check_back(b)
	for (l = 1; l <= links; l++)
		for (b = 1; b <= boxes; b++) {
			if (is_far(l, b))
				continue
			room = is_end(l, b) ? -4 : 2
			for (p = from[l]; p <= to[l]; p++)
				if (is_within(p, b, room)) {
					printf "STRUCK %s: link %d through %s\n",
					    file, l, said[b]
					break
				}
		}
	# The page is the first frame.
	for (a = 1; a <= boxes; a++) {
		if (!is_in(a, 1))
			say_over(said[a], "the page")
		for (b = a + 1; b <= boxes; b++)
			if (is_over(a, b))
				say_over(said[a], said[b])
		for (f = 2; f <= frames; f++)
			if (is_half_in(a, f))
				say_over(said[a], "frame " frame_name[f])
	}
	if (links == 0)
		print "STRUCK " file ": no links"
}
