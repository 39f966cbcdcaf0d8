/*
 * Where arrows and their labels stand, and the labels where there is little
 * room.
 */
#include "base/num.h"
#include "ladder/ladder_screen_in.h"
#include "words/time_words.h"

/* Rows before one that may be in its way. */
#define NEAR_ROWS 12

/* ---- labels ---- */

/* Labels shorter than this are not worth clipping. */
#define CLIP_LEAST 8

/* The longest beginning of LABEL in MOST cells that ends with a word; a part in
 * brackets goes without a trace.  Empty where that is less than BRIEF. */
static struct str
cut_to_words(struct str label, struct str brief, size_t most, bool *more)
{
	struct str best = STR_NULL;
	size_t open = 0;

	*more = false;
	for (size_t i = brief.n; i < label.n; i++) {
		struct str begin = str_slice(label, 0, i);
		bool cut = i + 1 < label.n && label.p[i + 1] != '(';

		open += (label.p[i] == '(') - (label.p[i] == ')' && open > 0);
		if (label.p[i] != ' ' || open > 0 ||
		    utf8_width(begin) + cut > most)
			continue;
		best = begin;
		*more = cut && i > brief.n;
	}
	return best;
}

static bool
aim_is_wide(struct str s)
{
	size_t used;

	return s.n > 0 && utf8_cells(utf8_decode(s, &used)) == 2;
}

/* The part in brackets, with the space before; empty where there is none. */
static struct str
find_bracket(struct str label)
{
	ptrdiff_t from = str_find(label, " (");
	struct str rest =
	    from < 0 ? STR_NULL : str_slice(label, (size_t)from, label.n);
	ptrdiff_t to = str_chr(rest, ')');

	return to < 0 ? rest : str_slice(rest, 0, (size_t)to + 1);
}

/* "INVITE, edited" of "INVITE (SDP), edited": that it was changed says more.
 * False where not even the beginning of that has room. */
static bool
put_changed_label(const struct layout_row *r, size_t most, struct buf *b)
{
	struct str out = find_bracket(r->label);
	LOCAL_BUF text = BUF_INIT;
	size_t cells, from;

	if (!r->changed || out.n == 0)
		return false;
	from = (size_t)(out.p - r->label.p);
	buf_str(&text, str_slice(r->label, 0, from));
	buf_str(&text, str_slice(r->label, from + out.n, r->label.n));
	cells = utf8_width(buf_view(&text));
	if (text.err == 0 && cells < most + 3)
		utf8_add_clipped(b, buf_view(&text), most);
	return cells < most + 3;
}

static void
put_core(const struct layout_row *r, size_t most, struct buf *b)
{
	size_t label = utf8_width(r->label), detail = utf8_width(r->detail);
	struct str gist = str_slice(r->detail, 0, r->gist), text, clipped;
	bool more;

	if (label <= most) {
		buf_str(b, r->label);
		most -= label;
		if (detail <= most || (2 * most >= detail && most > 1))
			utf8_add_clipped(b, r->detail, most);
		else if (utf8_width(gist) <= most)
			buf_str(b, gist);
		return;
	}
	if (most > 2 && put_changed_label(r, most, b))
		return;
	text = cut_to_words(r->label, r->brief, most, &more);
	/* Words that fill less than half are cut anywhere, and so are those
	 * without spaces between them. */
	clipped = utf8_clip(r->label, most > 0 ? most - 1 : 0);
	if (most >= CLIP_LEAST &&
	    ((more && 2 * utf8_width(text) < most) ||
		aim_is_wide(str_slice(r->label, clipped.n, r->label.n)))) {
		utf8_add_clipped(b, r->label, most);
	} else if (text.n == 0) {
		utf8_add_clipped(b, r->brief, most);
	} else {
		buf_str(b, text);
		buf_puts(b, more ? "…" : "");
	}
}

/* Cells of the label except for the part in brackets at its end, which may go
 * without a trace. */
static size_t
ladder_label_least(const struct layout_row *r)
{
	return ladder_text_label_cells(r, LABEL_USUAL) -
	       utf8_width(find_bracket(r->label));
}

/* " r1" says little to who sees it first, without a legend: " retx1" where it
 * has room. */
static const char *
choose_again_mark(
    const struct ladder_screen *s, const struct layout_row *r, size_t most)
{
	return !s->paper && ladder_label_least(r) + 3 <= most ? " retx"
							      : LAYOUT_AGAIN;
}

/*
 * As much of an arrow's label as fits into MOST cells, with TAIL (may be empty)
 * after it where there is room: whole words of it, else the method or the
 * status alone, and always the number of repetitions.
 */
static struct ladder_label
ladder_label_make(struct ladder_screen *s, const struct layout_row *r,
    size_t most, struct str tail, bool ascii)
{
	struct ladder_label label = { .from = s->text.n };
	LOCAL_BUF marks = BUF_INIT;
	size_t cells, before;

	layout_put_marks(
	    r, ascii ? choose_again_mark(s, r, most) : LAYOUT_AGAIN, &marks);
	ladder_text_put_front(r, &s->text);
	before = s->text.n;
	cells = before - label.from + utf8_width(buf_view(&marks));
	put_core(r, most > cells ? most - cells : 0, &s->text);
	label.cells = cells + utf8_width(str_slice(
				  buf_view(&s->text), before, s->text.n));
	buf_str(&s->text, buf_view(&marks));
	if (tail.n > 0 && label.cells + utf8_width(tail) <= most) {
		buf_str(&s->text, tail);
		label.cells += utf8_width(tail);
	}
	label.n = s->text.n - label.from;
	/* Numbers and marks alone may be too much. */
	if (label.cells > most)
		label.cells = most;
	return label;
}

/* ---- where arrows and their labels stand ---- */

/* Beside the text of a lost message: its cross and two spaces. */
#define LOST_AROUND 2
/* No arrow that gets lost is shorter, if there is room. */
#define LOST_LEAST 4

bool
ladder_is_seen(const struct ladder_screen *s, size_t column)
{
	return column >= s->first && column < s->end;
}

/* The cell beside column C's lifeline, at the side of SIGN; at the edge of the
 * screen where the column is hidden. */
static ptrdiff_t
find_side_cell(const struct ladder_view *v, size_t c, int sign)
{
	const struct ladder_screen *s = v->s;

	if (c < s->first)
		return (ptrdiff_t)s->edge_left;
	if (c >= s->end)
		return (ptrdiff_t)v->body.w - 1;
	return (ptrdiff_t)s->x[c] + sign;
}

void
ladder_label_gap(const struct ladder_view *v, const struct ladder_shown *w,
    bool whole, size_t *lo, size_t *hi)
{
	const struct ladder_screen *s = v->s;
	const struct layout_row *r = ladder_row_of(v, w);
	size_t left = num_smaller(r->from, r->to);
	size_t right = num_larger(r->from, r->to);
	bool seen = ladder_is_seen(s, r->from);

	if (!whole && !seen && !ladder_is_seen(s, r->to)) {
		left = s->first;
		right = left + 1;
	} else if (!whole && seen == (w->dir > 0)) {
		right = left + 1;
	} else if (!whole) {
		left = right - 1;
	}
	*lo = (size_t)find_side_cell(v, left, 1);
	*hi = (size_t)find_side_cell(v, right, -1) + 1;
	*hi = num_smaller(*hi, v->body.w);
	*lo = num_smaller(*lo, *hi);
}

/* Cells of the arrow of a message that gets lost on a way of INNER cells. */
static size_t
count_lost_cells(const struct ladder_view *v, const struct ladder_shown *w,
    const struct layout_row *r)
{
	size_t text = utf8_width(r->loss.text) + LOST_AROUND;
	size_t least = LOST_LEAST, along = w->way - w->way / 3;

	if (r->loss.arrived)
		return w->way;
	if (v->s->mode != LADDER_USUAL)
		least = ladder_text_label_cells(r, LABEL_USUAL) + 4 +
			(w->slanted ? w->end - w->line + 1 : 1);
	if (text + least <= w->way && along + text > w->way)
		along = w->way - text;
	return along >= least ? along : num_smaller(least, w->way);
}

/* Behind the label: whom it comes from or goes to, where that is not to be
 * seen; how long it takes, where its arrow can't show that. */
static void
put_tail(
    const struct ladder_view *v, const struct ladder_shown *w, struct buf *b)
{
	const struct layout *l = v->s->l;
	const struct layout_row *r = ladder_row_of(v, w);
	bool late = false;

	if (!ladder_is_seen(v->s, r->to))
		buf_printf(b, v->ascii ? " -> %.*s" : " → %.*s",
		    STR_ARG(l->columns[r->to].name));
	else if (!ladder_is_seen(v->s, r->from))
		buf_printf(b, v->ascii ? " <- %.*s" : " ← %.*s",
		    STR_ARG(l->columns[r->from].name));
	if (v->s->mode != LADDER_TIME)
		ladder_arrives_after(l, w->row, &late);
	if (late) {
		buf_puts(b, " +");
		time_put_length(b, r->t_end - r->t);
	}
}

/* Cells that a label in its arrow may take: next to it a dash, two spaces and
 * the head or the fall; rather no dash than no words. */
static size_t
count_room_in_arrow(
    const struct ladder_shown *w, const struct layout_row *r, size_t gap)
{
	size_t usual = ladder_text_label_cells(r, LABEL_USUAL);
	size_t brief = ladder_text_label_cells(r, LABEL_BRIEF);
	size_t room = gap < w->span ? gap : w->span, around = 4;
	size_t fall = w->end - w->line;

	if (w->slanted)
		around += 1 + (fall < room / 3 ? fall : room / 3);
	else if (usual + 3 == room ||
		 (usual + 2 == room && ladder_label_least(r) == usual))
		return usual;
	/* Rather falls it steeply than that words go. */
	if (w->slanted && room < usual + around && usual + 6 <= room)
		return usual;
	if (room >= brief + around)
		return room - around;
	/* Rather falls it steeply. */
	return room >= brief + 3 ? brief : room > 3 ? room - 3 : 0;
}

/* And above it: a space at both sides, or at least at the sender's; rather none
 * at all than to cut it. */
static size_t
count_room_above(const struct layout_row *r, size_t gap)
{
	size_t usual = ladder_text_label_cells(r, LABEL_USUAL), brief, least;

	if (gap >= usual + 2)
		return gap - 2;
	brief = ladder_text_label_cells(r, LABEL_BRIEF);
	least = ladder_label_least(r);
	if (gap == usual || gap == usual + 1)
		return usual;
	if (gap == brief || gap == brief + 1)
		return brief;
	/* That it was changed is worth the space. */
	if (r->changed && (gap == least || gap == least + 1))
		return least;
	return gap > 2 ? gap - 2 : 0;
}

static size_t
count_label_room(
    const struct ladder_view *v, const struct ladder_shown *w, size_t gap)
{
	const struct layout_row *r = ladder_row_of(v, w);

	return v->s->mode == LADDER_USUAL ? count_room_above(r, gap)
					  : count_room_in_arrow(w, r, gap);
}

static void
aim_label(const struct ladder_view *v, struct ladder_shown *w)
{
	const struct layout_row *r = ladder_row_of(v, w);
	bool above = v->s->mode == LADDER_USUAL;
	LOCAL_BUF tail = BUF_INIT;
	size_t lo, hi, most, wants, space = 1;

	ladder_label_gap(v, w, false, &lo, &hi);
	put_tail(v, w, &tail);
	most = count_label_room(v, w, hi - lo);
	wants = ladder_text_label_cells(r, LABEL_USUAL) +
		utf8_width(buf_view(&tail));
	if (most < wants && tail.n == 0)
		wants = ladder_label_least(r);
	if (most < wants && v->s->mode != LADDER_TIME) {
		ladder_label_gap(v, w, true, &lo, &hi);
		most = count_label_room(v, w, hi - lo);
		most = most < wants ? most : wants;
	}
	/* On paper it covers the lifelines beside narrow columns. */
	if (v->s->paper && most < wants) {
		wants = ladder_text_label_cells(r, LABEL_BRIEF);
		most = most < wants ? wants : most;
	}
	w->label = ladder_label_make(v->s, r, most, buf_view(&tail), v->ascii);
	if (!above)
		space = hi - lo >= w->label.cells + 4 ? 2 : 1;
	else if (hi - lo <= w->label.cells)
		space = 0;
	w->label_line = above ? w->line - 1 : w->line;
	w->label_x = lo + space;
	if (w->dir > 0 && w->label_x + w->label.cells > v->body.w)
		hi = lo - 1;
	if (w->dir < 0 || hi < lo)
		w->label_x = hi - num_smaller(hi, space + w->label.cells);
	/* The time stays free. */
	if (v->s->paper)
		w->label_x = num_larger(w->label_x, v->s->edge_left + 2);
}

/* What a node sends itself; and what passes where nothing of it is seen. */
static void
aim_text(const struct ladder_view *v, struct ladder_shown *w)
{
	const struct ladder_screen *s = v->s;
	const struct layout_row *r = ladder_row_of(v, w);
	size_t room = v->body.w;

	w->label_line = s->place[w->row].from;
	if (!w->far_off) {
		w->label_x = s->x[r->from] + 4;
		room = room > w->label_x ? room - w->label_x : 0;
	}
	w->label = ladder_label_make(v->s, r, room, STR_NULL, v->ascii);
}

/*
 * An arrow that arrives on the line on which it was sent is straight; another
 * goes along its first line, falls a cell to the side with each line, and goes
 * on along its last.
 */
void
ladder_aim(const struct ladder_view *v, struct ladder_shown *w)
{
	const struct ladder_screen *s = v->s;
	const struct layout_row *r = ladder_row_of(v, w);
	const struct ladder_place *p = &s->place[w->row];
	ptrdiff_t to;

	w->line = p->from + (s->mode == LADDER_USUAL);
	w->end = p->to > w->line ? p->to : w->line;
	w->slanted = w->end > w->line;
	w->dir = r->from < r->to ? 1 : -1;
	w->far_off = (r->from < s->first && r->to < s->first) ||
		     (r->from >= s->end && r->to >= s->end);
	if (w->far_off || r->from == r->to) {
		aim_text(v, w);
		return;
	}
	w->x = find_side_cell(v, r->from, w->dir);
	to = find_side_cell(v, r->to, -w->dir);
	w->way =
	    (to - w->x) * w->dir >= 0 ? (size_t)((to - w->x) * w->dir) + 1 : 0;
	w->span = w->way;
	if (r->lost && w->way > 0)
		w->span = count_lost_cells(v, w, r);
	aim_label(v, w);
}

size_t
ladder_fall_cells(const struct ladder_shown *w, size_t turn)
{
	size_t lines = w->end - w->line;
	size_t room = w->span > turn + 2 ? w->span - turn - 2 : 0;

	return lines < room ? lines : room;
}

/* The cell in which W, falling from cell TURN on, is on LINE of its lines. */
static ptrdiff_t
find_fall_cell(const struct ladder_shown *w, size_t turn, size_t line)
{
	size_t cells = ladder_fall_cells(w, turn);
	size_t off = turn + (line - w->line) * cells / (w->end - w->line);

	return w->x + w->dir * (ptrdiff_t)off;
}

static bool
is_on_line(const struct ladder_shown *w, size_t line)
{
	return line >= w->line && line <= w->end;
}

/* Whether W, falling from cell TURN on, runs into the label of O. */
static bool
hits_label(
    const struct ladder_shown *w, size_t turn, const struct ladder_shown *o)
{
	ptrdiff_t x;

	if (o->label.cells == 0 || o->label_line == w->line ||
	    !is_on_line(w, o->label_line))
		return false;
	x = find_fall_cell(w, turn, o->label_line);
	return x + 1 >= (ptrdiff_t)o->label_x &&
	       x <= (ptrdiff_t)(o->label_x + o->label.cells);
}

/* Or over where O leaves its sender, or comes to its receiver. */
static bool
hits_end(const struct ladder_view *v, const struct ladder_shown *w, size_t turn,
    const struct ladder_shown *o)
{
	const struct layout_row *r = ladder_row_of(v, o);
	ptrdiff_t x, head = o->x + o->dir * (ptrdiff_t)(o->span - 1);

	if (is_on_line(w, o->line) && ladder_is_seen(v->s, r->from) &&
	    find_fall_cell(w, turn, o->line) == (ptrdiff_t)v->s->x[r->from])
		return true;
	if (o->span == 0 || !is_on_line(w, o->end))
		return false;
	x = find_fall_cell(w, turn, o->end);
	return x == head || x == head + o->dir;
}

/* Whether W may fall from cell TURN on; else that would hide a text, or with
 * ENDS, another's beginning or end. */
static bool
falls_well(const struct ladder_view *v, const struct ladder_shown *w,
    size_t turn, bool ends)
{
	const struct ladder_shown *all = v->s->shown, *o = w;
	const struct ladder_shown *end = all + v->s->nshown;

	/* Those before it may still be on their way. */
	o = w - all > NEAR_ROWS ? w - NEAR_ROWS : all;
	for (; o < end && (o <= w || o->label_line <= w->end); o++) {
		if (o == w || !o->arrow || o->far_off)
			continue;
		if ((o > w && hits_label(w, turn, o)) ||
		    (ends && hits_end(v, w, turn, o)))
			return false;
	}
	return true;
}

/* The cell nearest to BEST, of LEAST … MOST, from which W falls well. */
static bool
find_turn(const struct ladder_view *v, struct ladder_shown *w, size_t least,
    size_t most, size_t best, bool ends)
{
	for (size_t d = 0; d <= most - least; d++) {
		bool more = best + d <= most;
		bool less = best >= least + d;

		if (more && falls_well(v, w, best + d, ends))
			w->turn = best + d;
		else if (less && falls_well(v, w, best - d, ends))
			w->turn = best - d;
		else
			continue;
		return true;
	}
	return false;
}

/* Where an arrow falls is chosen so that it keeps clear of texts between. */
void
ladder_turn(const struct ladder_view *v, struct ladder_shown *w)
{
	size_t lines = w->end - w->line, least = 1, most, best;
	ptrdiff_t label = (ptrdiff_t)w->label_x - w->x;

	if (!w->slanted || w->span < 3)
		return;
	/* The label is in the first part. */
	if (w->label_line == w->line && w->label.cells > 0) {
		if (w->dir > 0)
			label += (ptrdiff_t)w->label.cells - 1;
		else
			label = -label;
		least = label > 0 ? (size_t)label + 2 : 1;
	}
	most = w->span > lines + 2 ? w->span - lines - 2 : 0;
	if (least > w->span - 2)
		least = w->span - 2;
	if (most < least)
		most = least;
	best = (w->span - 1 > lines ? w->span - 1 - lines : 0) / 2;
	best = best < least ? least : best > most ? most : best;
	if (!find_turn(v, w, least, most, best, true) &&
	    !find_turn(v, w, least, most, best, false))
		w->turn = best;
}
