/*
 * Where brackets are next to a ladder of characters (ladder/ladder_marks.h):
 * in lanes at its right, transactions first, then dialogs, then phases.
 * Overlapping brackets have different lanes, and the phases of one call the
 * same.  The text of each, and the number of lanes, depend on the room that the
 * ladder leaves; it gives up none that its labels need before names have given
 * up theirs.
 */
#include "base/err.h"
#include "base/mem.h"
#include "base/num.h"
#include "ladder/ladder_screen_in.h"

#include <stdlib.h>

/* Lanes of one kind; a line of a screen takes no more, and more brackets side
 * by side can't be read. */
#define LANES_MOST 16
/* Before the first lane; between two; on a screen, after the last. */
#define MARGIN 1
#define GAP    1
#define AFTER  1
/* A screen, or paper of a given width, leaves brackets this part of it at
 * least. */
#define SHARE 4

/* Marks that share a lane, from … to, in lines or their substitutes. */
struct interval {
	size_t kind, first; /* mark */
	size_t from, to, lane;
};

static int
compare_intervals(const void *a, const void *b)
{
	const struct interval *x = a, *y = b;

	if (x->kind != y->kind)
		return x->kind < y->kind ? -1 : 1;
	if (x->from != y->from)
		return x->from < y->from ? -1 : 1;
	return (x->first > y->first) - (x->first < y->first);
}

static int
compare_brackets(const void *a, const void *b)
{
	const struct ladder_bracket *x = a, *y = b;

	if (x->from != y->from)
		return x->from < y->from ? -1 : 1;
	return (x->mark > y->mark) - (x->mark < y->mark);
}

size_t
ladder_send_line(const struct ladder_screen *s, size_t row)
{
	size_t line = ladder_screen_line_of(s, row);

	if (ladder_fold_of(s, row) == NULL && s->mode == LADDER_USUAL &&
	    ladder_is_arrow(&s->l->rows[row]))
		line++;
	return line;
}

/* The line on which ROW arrives. */
static size_t
find_last_line(const struct ladder_screen *s, size_t row)
{
	const struct ladder_place *p = &s->place[row];
	size_t line = ladder_send_line(s, row);

	return p->to < PLACE_FOLD && p->to > line ? p->to : line;
}

/* All of it is in the one line of a folded call. */
static bool
is_folded_away(const struct ladder_screen *s, const struct ladder_mark *k)
{
	const struct ladder_fold *f = ladder_fold_of(s, k->first);

	return f != NULL && ladder_fold_of(s, k->last) == f;
}

static void
find_lines(const struct ladder_screen *s, const struct ladder_mark *k,
    size_t *from, size_t *to)
{
	*from = ladder_send_line(s, k->first);
	*to =
	    k->sent ? ladder_send_line(s, k->last) : find_last_line(s, k->last);
	if (*to < *from)
		*to = *from;
}

/* Paper gives rows their lines only when its width is known: rows of which
 * neither has anything to do with the other's lines. */
static void
find_rows(const struct ladder_screen *s, const struct ladder_mark *k,
    size_t *from, size_t *to)
{
	bool late;

	*from = k->first;
	*to = k->sent ? k->last : ladder_arrives_after(s->l, k->last, &late);
}

/* Marks of one group follow each other. */
static size_t
list_screen_intervals(const struct ladder_screen *s, struct interval *list)
{
	const struct ladder_marks *m = s->brackets.m;
	size_t n = 0, from, to;

	for (size_t i = 0; i < m->n; i++) {
		const struct ladder_mark *k = &m->list[i];

		if (is_folded_away(s, k))
			continue;
		(s->paper ? find_rows : find_lines)(s, k, &from, &to);
		if (n > 0 && m->list[list[n - 1].first].group == k->group)
			list[n - 1].to = num_larger(list[n - 1].to, to);
		else
			list[n++] =
			    (struct interval){ k->kind, i, from, to, 0 };
	}
	/* Most often they are in order. */
	for (size_t i = 1; i < n; i++)
		if (compare_intervals(&list[i - 1], &list[i]) > 0) {
			qsort(list, n, sizeof(*list), compare_intervals);
			break;
		}
	return n;
}

/* Those of one kind, N; returns how many lanes they have from FIRST on. */
static size_t
colour_kind_intervals(struct interval *list, size_t n, size_t first)
{
	size_t ends[LANES_MOST], lanes = 0;

	for (size_t i = 0; i < n; i++) {
		size_t lane = 0;

		while (lane < lanes && ends[lane] >= list[i].from)
			lane++;
		if (lane == LANES_MOST) {
			list[i].lane = LADDER_LANE_NONE;
			continue;
		}
		lanes = lane == lanes ? lanes + 1 : lanes;
		ends[lane] = list[i].to;
		list[i].lane = first + lane;
	}
	return lanes;
}

static size_t
colour_all(struct interval *list, size_t n)
{
	size_t lanes = 0, next;

	for (size_t i = 0; i < n; i = next) {
		next = i + 1;
		while (next < n && list[next].kind == list[i].kind)
			next++;
		lanes += colour_kind_intervals(&list[i], next - i, lanes);
	}
	return lanes;
}

void
ladder_put_bracket_name(const struct ladder_screen *s,
    const struct ladder_mark *k, bool label, bool whose, struct buf *out)
{
	if (label)
		buf_str(out, k->label);
	if (whose && label && (k->whose.n > 0 || k->column != LAYOUT_NONE))
		buf_putc(out, ' ');
	if (whose && k->column != LAYOUT_NONE) {
		buf_str(out, s->l->columns[k->column].name);
		buf_puts(out, "→");
		buf_str(out, s->l->columns[k->peer].name);
	} else if (whose) {
		buf_str(out, k->whose);
	}
}

/* The cells that LANE has for names, raised to what K's takes. */
static void
measure_name(const struct ladder_screen *s, struct ladder_lane *lane,
    const struct ladder_mark *k)
{
	const struct layout_column *c = s->l->columns;
	size_t label = utf8_width(k->label), whose;

	whose = k->column != LAYOUT_NONE ? utf8_width(c[k->column].name) + 1 +
					       utf8_width(c[k->peer].name)
					 : utf8_width(k->whose);
	for (unsigned f = 0; f < BRACKET_FORMS; f++) {
		size_t cells = f == BRACKET_NAME    ? label
			       : f == BRACKET_LINES ? num_larger(label, whose)
						    : label + 1 + whose;

		if (whose == 0)
			cells = label;
		cells = num_smaller(cells, NAME_MOST);
		lane->cells[f] = num_larger(lane->cells[f], cells);
	}
}

static struct ladder_lane *
lanes_of(struct ladder_brackets *b, size_t lane)
{
	return lane == LADDER_LANE_NONE ? &b->rest : &b->lanes[lane];
}

/* The marks of an interval, each to its lane. */
static void
fill_lane(struct ladder_screen *s, const struct interval *v)
{
	struct ladder_brackets *b = &s->brackets;
	struct ladder_lane *lane = lanes_of(b, v->lane);
	size_t group = b->m->list[v->first].group;

	for (size_t i = v->first; i < b->m->n && b->m->list[i].group == group;
	     i++) {
		const struct ladder_mark *k = &b->m->list[i];

		b->lane_of[i] = (uint8_t)v->lane;
		if (is_folded_away(s, k))
			continue;
		lane->list[lane->n++].mark = (uint32_t)i;
		measure_name(s, lane, k);
	}
}

/* Every lane gets its part of the list: room for its brackets. */
static void
share_list(struct ladder_brackets *b, const struct interval *list, size_t n)
{
	struct ladder_bracket *next = b->list;
	size_t *marks = b->count;

	for (size_t i = 0; i < n; i++) {
		size_t group = b->m->list[list[i].first].group, k;

		for (k = list[i].first;
		     k < b->m->n && b->m->list[k].group == group; k++)
			;
		marks[list[i].lane == LADDER_LANE_NONE ? b->nlanes
						       : list[i].lane] +=
		    k - list[i].first;
	}
	for (size_t i = 0; i <= b->nlanes; i++) {
		lanes_of(b, i < b->nlanes ? i : LADDER_LANE_NONE)->list = next;
		next += marks[i];
	}
}

static size_t
count_after(const struct ladder_screen *s)
{
	return s->paper ? 0 : AFTER;
}

static void
sum_cells(struct ladder_screen *s)
{
	struct ladder_brackets *b = &s->brackets;

	for (unsigned f = 0; f < BRACKET_FORMS && b->nlanes > 0; f++) {
		b->total[f] = MARGIN - GAP + count_after(s);
		for (size_t i = 0; i < b->nlanes; i++)
			b->total[f] += GAP + 2 + b->lanes[i].cells[f];
	}
	b->note = b->rest.n > 0 ? LADDER_NOTE_CELLS : 0;
	if (b->nlanes > 0)
		b->first = MARGIN + 2 + b->lanes[0].cells[BRACKET_NAME];
}

int
ladder_make_lanes(struct ladder_screen *s)
{
	struct ladder_brackets *b = &s->brackets;
	LOCAL_MEM struct interval *list = NULL;
	size_t n;

	if (b->m == NULL || s->l->ncolumns == 0)
		return 0;
	list = mem_zalloc(b->m->n + 1, sizeof(*list));
	b->list = mem_zalloc(b->m->n + 1, sizeof(*b->list));
	b->lane_of = mem_zalloc(b->m->n + 1, sizeof(*b->lane_of));
	b->lanes =
	    mem_zalloc(LADDER_MARK_COUNT * LANES_MOST + 1, sizeof(*b->lanes));
	b->count =
	    mem_zalloc(LADDER_MARK_COUNT * LANES_MOST + 1, sizeof(*b->count));
	if (list == NULL || b->list == NULL || b->lane_of == NULL ||
	    b->lanes == NULL || b->count == NULL)
		return ERR_NOMEM;
	n = list_screen_intervals(s, list);
	b->nlanes = colour_all(list, n);
	share_list(b, list, n);
	for (size_t i = 0; i < n; i++)
		fill_lane(s, &list[i]);
	sum_cells(s);
	return 0;
}

static void
place_lane(const struct ladder_screen *s, struct ladder_lane *lane)
{
	for (size_t i = 0; i < lane->n; i++) {
		struct ladder_bracket *k = &lane->list[i];
		size_t from, to;

		find_lines(s, &s->brackets.m->list[k->mark], &from, &to);
		k->from = (uint32_t)from;
		k->to = (uint32_t)to;
	}
}

void
ladder_place_brackets(struct ladder_screen *s)
{
	struct ladder_brackets *b = &s->brackets;

	for (size_t i = 0; i < b->nlanes; i++)
		place_lane(s, &b->lanes[i]);
	place_lane(s, &b->rest);
	/* Of several kinds. */
	if (b->rest.n > 0)
		qsort(b->rest.list, b->rest.n, sizeof(*b->rest.list),
		    compare_brackets);
}

/* The first lanes that fit into CELLS; returns the cells that they take. */
static size_t
place_lanes(
    struct ladder_brackets *b, enum ladder_bracket_form form, size_t cells)
{
	size_t x = MARGIN;

	b->form = form;
	for (b->shown = 0; b->shown < b->nlanes; b->shown++) {
		struct ladder_lane *lane = &b->lanes[b->shown];
		size_t end = x + 2 + lane->cells[form];

		if (end > cells)
			break;
		lane->x = x;
		x = end + GAP;
	}
	b->note_x = x;
	return x - GAP;
}

/* What a ladder as narrow as labels bear leaves of WIDTH; where that is not
 * even enough for the first lane, a share: nodes at the edge are hidden, or
 * labels cut. */
static size_t
count_room(const struct ladder_screen *s, size_t width)
{
	size_t least = ladder_least_cells(s), tight = ladder_tight_cells(s);
	size_t room = width > least ? width - least : 0;

	if (room >= s->brackets.first + LADDER_NOTE_CELLS + count_after(s))
		return room;
	return num_larger(room,
	    num_smaller(width / SHARE, width > tight ? width - tight : 0));
}

/* Some have no room beside a ladder that takes no less than it must. */
static size_t
drop_lanes(struct ladder_screen *s, size_t width)
{
	struct ladder_brackets *b = &s->brackets;
	size_t room = count_room(s, width), taken;
	size_t note = LADDER_NOTE_CELLS + count_after(s);

	b->shown = 0;
	b->noted = room >= note;
	if (!b->noted)
		return 0;
	taken = place_lanes(b, BRACKET_NAME, room - note);
	/* Ladders beside each other give up as much. */
	return b->joined ? room : taken + note;
}

size_t
ladder_fit_brackets(struct ladder_screen *s, size_t width)
{
	struct ladder_brackets *b = &s->brackets;
	bool fits = false;
	size_t need;

	b->cells = 0;
	if (b->total[BRACKET_NAME] == 0 || s->l->ncolumns == 0)
		return width;
	need = ladder_need_cells(s);
	for (unsigned f = 0; f < BRACKET_FORMS && !fits; f++) {
		size_t room = f == BRACKET_NAME ? ladder_least_cells(s) : need;

		b->cells = b->total[f] + b->note;
		fits = room + b->cells <= width;
		if (fits)
			place_lanes(b, f, b->total[f]);
	}
	b->noted = b->note > 0;
	if (!fits)
		b->cells = drop_lanes(s, width);
	return width - b->cells;
}

size_t
ladder_brackets_left(const struct ladder_screen *s)
{
	const struct ladder_brackets *b = &s->brackets;
	size_t n = b->rest.n;

	for (size_t i = b->shown; i < b->nlanes; i++)
		n += b->lanes[i].n;
	return n;
}

void
ladder_free_brackets(struct ladder_brackets *b)
{
	mem_free(b->list);
	mem_free(b->lanes);
	mem_free(b->lane_of);
	mem_free(b->count);
}
