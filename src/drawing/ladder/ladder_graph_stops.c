/* The moments of the lifelines of a ladder's graph, and their ranks. */
#include "ladder/ladder_graph_in.h"

#include <math.h>
#include <stdlib.h>

#include "base/array.h"
#include "base/err.h"
#include "base/map.h"
#include "base/mem.h"
#include "words/record_text.h"

/* Heights that differ by less are one. */
#define ONE_HEIGHT 1e-6

static void
put_state(const struct graph *g, const struct layout_bar *bar, struct buf *b)
{
	if (!g->one_machine)
		buf_printf(b, "%.*s ", STR_ARG(bar->machine));
	buf_str(b, bar->state);
}

void
graph_put_text(const struct graph *g, const struct graph_stop *s, struct buf *b)
{
	const struct layout_row *r =
	    s->kind == STOP_WORK || s->kind == STOP_STATE ? NULL
							  : &g->l->rows[s->of];
	const struct layout_work *w;
	LOCAL_BUF why = BUF_INIT;

	switch (s->kind) {
	case STOP_WORK:
		w = &g->l->works[s->of];
		board_put_work(b, w->count, (uint64_t)(w->t_end - w->t));
		break;
	case STOP_TIMER:
		picture_put_timer(g->p, r, b, &why);
		if (why.n > 0)
			buf_printf(b, "\n%s", buf_cstr(&why));
		break;
	case STOP_STATE:
		put_state(g, &g->l->bars[s->of], b);
		break;
	case STOP_NOTE:
		buf_str(b, r->note.text);
		break;
	default:
		buf_str(b, r->label);
	}
}

static void
add_stop(struct graph *g, enum graph_stop_kind kind, size_t of, size_t column,
    uint64_t seq, double y)
{
	if (ARRAY_ROOM(&g->stops, &g->cap, g->nstops + 1) != 0) {
		g->out->err = ERR_NOMEM;
		return;
	}
	g->stops[g->nstops++] =
	    (struct graph_stop){ kind, column, of, seq, y, 0, 0 };
}

/* Its line lies within one level. */
static bool
is_flat(const struct graph *g, size_t row)
{
	const struct layout_row *r = &g->l->rows[row];

	return r->item == LAYOUT_MEDIA || r->lost || r->from == r->to ||
	       r->y_end - r->y <= ONE_HEIGHT;
}

size_t
graph_next_column(const struct layout_row *r)
{
	if (r->loss.arrived)
		return r->to;
	return r->to > r->from ? r->from + 1 : r->from - 1;
}

static void
add_arrow(struct graph *g, size_t i)
{
	const struct layout_row *r = &g->l->rows[i];
	double end = is_flat(g, i) ? r->y : r->y_end;

	add_stop(g, STOP_SEND, i, r->from, r->seq, r->y);
	if (r->lost && r->from != r->to)
		add_stop(g, STOP_PASS, i, graph_next_column(r), r->seq, r->y);
	else if (r->from != r->to)
		add_stop(g, STOP_RECV, i, r->to, r->seq, end);
}

static void
add_row_stops(struct graph *g, size_t i)
{
	static const enum graph_stop_kind texts[LAYOUT_ITEM_COUNT] = {
		[LAYOUT_TIMER] = STOP_TIMER,
		[LAYOUT_REFUSED] = STOP_REFUSED,
		[LAYOUT_NOTE] = STOP_REMARK,
	};
	const struct layout_row *r = &g->l->rows[i];
	size_t last = g->l->ncolumns - 1;
	/* A remark of the whole run stands at its last lifeline. */
	size_t at = r->from != LAYOUT_NONE ? r->from : last;

	if (r->item == LAYOUT_MESSAGE || r->item == LAYOUT_MEDIA)
		add_arrow(g, i);
	else
		add_stop(g, texts[r->item], i, at, r->seq, r->y);
	if (r->note.text.n > 0)
		add_stop(g, STOP_NOTE, i,
		    r->note.at != LAYOUT_NONE ? r->note.at : at, r->seq,
		    r->note.at == r->to && r->item == LAYOUT_MESSAGE
			? fmax(r->y, r->y_end)
			: r->y);
}

static void
add_stops(struct graph *g)
{
	const struct layout *l = g->l;

	for (size_t i = 0; i < l->nrows && l->ncolumns > 0; i++)
		add_row_stops(g, i);
	for (size_t i = 0; i < l->nbars; i++)
		add_stop(g, STOP_STATE, i, l->bars[i].column, l->bars[i].seq,
		    l->bars[i].y);
	for (size_t i = 0; i < l->nworks; i++)
		add_stop(g, STOP_WORK, i, l->rows[l->works[i].row].from,
		    l->works[i].seq, l->works[i].y_end);
	for (size_t i = 0; i < l->nticks; i++)
		add_stop(g, STOP_TICK, i, LAYOUT_NONE, i, l->ticks[i].y);
	for (size_t i = 0; i < l->ngaps; i++)
		add_stop(g, STOP_GAP, i, LAYOUT_NONE, i, l->gaps[i].y);
}

/* From top to bottom; at one height a message's end follows its beginning. */
static int
compare_stops(const void *x, const void *y)
{
	const struct graph_stop *a = x, *b = y;
	bool arrows = a->kind >= STOP_SEND && a->kind <= STOP_PASS &&
		      b->kind >= STOP_SEND && b->kind <= STOP_PASS;

	if (fabs(a->y - b->y) > ONE_HEIGHT)
		return a->y < b->y ? -1 : 1;
	if (!arrows && a->kind != b->kind)
		return a->kind < b->kind ? -1 : 1;
	if (a->of != b->of)
		return a->of < b->of ? -1 : 1;
	return (a->kind > b->kind) - (a->kind < b->kind);
}

/* Columns from LEFT to RIGHT; none where LEFT is greater. */
struct span {
	size_t left, right;
};

static bool
is_empty(struct span s)
{
	return s.left > s.right;
}

static bool
spans_meet(struct span a, struct span b)
{
	return a.left <= b.right && b.left <= a.right;
}

static void
widen_span(struct span *s, struct span by)
{
	s->left = by.left < s->left ? by.left : s->left;
	s->right = by.right > s->right ? by.right : s->right;
}

/* What a level has so far. */
struct level {
	size_t n;
	bool text;        /* a text, which is alone */
	struct span used; /* where something of a lifeline is */
	struct span line; /* where lines lie in it */
};

#define NO_SPAN ((struct span){ SIZE_MAX, 0 })

/* What S takes of its level: a line's columns, or its own. */
static struct span
span_of(const struct graph *g, const struct graph_stop *s)
{
	struct span own = { s->column, s->column };
	const struct layout_row *r;
	size_t to;

	if (s->kind != STOP_SEND || !is_flat(g, s->of))
		return own;
	r = &g->l->rows[s->of];
	to = r->lost && r->from != r->to ? graph_next_column(r) : r->to;
	widen_span(&own, (struct span){ to, to });
	return own;
}

/* Whether S can be at LEVEL. */
static bool
has_place(const struct graph *g, const struct graph_stop *s,
    const struct level *level)
{
	bool end = s->kind == STOP_RECV || s->kind == STOP_PASS;
	struct span own = span_of(g, s);

	if (s->column == LAYOUT_NONE || (end && is_flat(g, s->of)))
		return true;
	if (level->text || spans_meet(own, level->line))
		return false;
	if (graph_kinds[s->kind].text != GRAPH_POINT)
		return is_empty(level->used);
	if (own.left != own.right)
		return !spans_meet(own, level->used);
	return g->last[s->column] == 0 ||
	       g->stops[g->last[s->column] - 1].level < level->n;
}

/* S is the next of its lifeline. */
static void
link_stop(struct graph *g, struct graph_stop *s)
{
	size_t i = (size_t)(s - g->stops), *last = &g->last[s->column];

	*(*last > 0 ? &g->stops[*last - 1].below : &g->tops[s->column]) = i;
	*last = i + 1;
}

static void
take_place(struct graph *g, struct graph_stop *s, struct level *level)
{
	const struct graph_kind *kind = &graph_kinds[s->kind];
	struct span own = span_of(g, s);

	s->level = level->n;
	s->below = g->nstops;
	if (is_empty(level->used))
		g->names[level->n] = (size_t)(s - g->stops);
	if (s->column == LAYOUT_NONE)
		return;
	link_stop(g, s);
	widen_span(&level->used, own);
	level->text = kind->text != GRAPH_POINT;
	if (own.left != own.right)
		widen_span(&level->line, own);
	if (kind->row)
		g->sent[s->of] = level->n;
	if (kind->row || s->kind == STOP_RECV)
		g->came[s->of] = level->n;
}

static void
give_levels(struct graph *g)
{
	struct level level = { 0, false, NO_SPAN, NO_SPAN };

	for (size_t i = 0; i < g->nstops; i++) {
		struct graph_stop *s = &g->stops[i];

		if (i > 0 &&
		    (s->y - s[-1].y > ONE_HEIGHT || !has_place(g, s, &level)))
			level = (struct level){ level.n + 1, false, NO_SPAN,
				NO_SPAN };
		take_place(g, s, &level);
	}
}

bool
graph_begins_level(const struct graph *g, const struct graph_stop *s)
{
	return s == g->stops || s->level != s[-1].level;
}

const struct graph_stop *
graph_level(const struct graph *g, size_t level)
{
	return &g->stops[g->names[level]];
}

size_t
graph_end_of(const struct graph *g, const struct ladder_mark *m)
{
	return m->sent ? g->sent[m->last] : g->came[m->last];
}

/* Of each mark the first lane that no other takes at its levels. */
static int
make_lanes(struct graph *g)
{
	const struct ladder_marks *marks = g->p->o->marks;
	size_t n = marks != NULL ? marks->n : 0;
	LOCAL_MEM size_t *free_at = mem_zalloc(n + 1, sizeof(*free_at));

	g->lane = mem_zalloc(n + 1, sizeof(*g->lane));
	if (g->lane == NULL || free_at == NULL)
		return ERR_NOMEM;
	for (size_t i = 0; i < n; i++) {
		const struct ladder_mark *m = &marks->list[i];
		size_t k = 0;

		while (k < g->nlanes && free_at[k] > g->sent[m->first])
			k++;
		g->nlanes += k == g->nlanes;
		g->lane[i] = k;
		free_at[k] = graph_end_of(g, m) + 1;
	}
	return 0;
}

/* The names of heads, which points do not have. */
static int
note_heads(struct graph *g)
{
	int err = map_create(&g->heads);

	for (size_t i = 0; err == 0 && i < g->l->ncolumns; i++)
		err = map_put(g->heads, g->l->columns[i].name, g->heads);
	return err;
}

int
graph_make_stops(struct graph *g)
{
	size_t n = g->l->ncolumns;
	LOCAL_MEM size_t *last = mem_zalloc(n + 1, sizeof(*last));

	g->sent = mem_zalloc(g->l->nrows + 1, sizeof(*g->sent));
	g->came = mem_zalloc(g->l->nrows + 1, sizeof(*g->came));
	g->tops = mem_zalloc(n + 1, sizeof(*g->tops));
	g->one_machine = picture_is_one_machine(g->l);
	add_stops(g);
	g->names = mem_zalloc(g->nstops + 1, sizeof(*g->names));
	if (last == NULL || g->sent == NULL || g->came == NULL ||
	    g->tops == NULL || g->names == NULL || g->out->err != 0)
		return ERR_NOMEM;
	for (size_t i = 0; i < n; i++)
		g->tops[i] = g->nstops;
	if (g->nstops > 0)
		qsort(g->stops, g->nstops, sizeof(*g->stops), compare_stops);
	g->last = last;
	give_levels(g);
	g->last = NULL;
	return note_heads(g) != 0 ? ERR_NOMEM : make_lanes(g);
}
