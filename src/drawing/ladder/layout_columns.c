/*
 * Which nodes are in a ladder, and in what order.  Frames (domains, and
 * clusters with a label) keep the order of the trace's header.  Within a frame
 * the header's order stays as well, unless another one makes the arrows much
 * shorter: each two nodes that change places have to be worth it.  Callers
 * would rather stand left of those they call, and a location service beside its
 * client.
 */
#include "base/array.h"
#include "base/err.h"
#include "base/mem.h"
#include "ladder/layout_in.h"
#include "trace/record_name.h"
#include "words/state_words.h"

/* Above this many columns the header's order is good enough. */
#define ARRANGE_MAX 64
/* More columns than these no reader can follow. */
#define COLUMNS_MAX 1000
/* In lengths of an arrow: what a message other than SIP counts, which has more
 * to say; what an INVITE that runs to the left costs. */
#define OTHER_WEIGHT 4
#define LEFT_COST    8
/* Two nodes change places only if that takes so much off the arrows: each one
 * of so many messages one column less. */
#define WORTH 4
/* Between two frames columns stand this much further apart. */
#define FRAME_SPACE 0.12

static int
add_column(struct layout_making *m, const struct trace_node *n, size_t *column)
{
	struct layout *l = m->l;
	struct layout_column *c;
	size_t cap = m->cap_columns;

	if (ARRAY_ROOM(&l->columns, &cap, l->ncolumns + 1) != 0 ||
	    ARRAY_ROOM(&m->flags, &m->cap_columns, l->ncolumns + 1) != 0)
		return ERR_NOMEM;
	m->flags[l->ncolumns] = 0;
	c = &l->columns[l->ncolumns];
	*c = (struct layout_column){ .frame = n->frame.n > 0 ? n->frame_first
							     : LAYOUT_NONE };
	c->name = layout_keep_text(m, n->name);
	c->label = layout_keep_text(m, node_caption(n->name, n->label));
	c->role = layout_keep_text(m, n->role);
	c->caption =
	    node_label_is_role(c->label, n->role) ? STR_NULL : c->label;
	c->domain = layout_keep_text(m, n->domain);
	c->frame_name = layout_keep_text(m, n->frame);
	*column = l->ncolumns++;
	/* The value is an index plus one, never NULL. */
	return map_put(m->nodes, c->name, (void *)(uintptr_t)l->ncolumns);
}

static int
flag_wanted(struct layout_making *m)
{
	for (size_t i = 0; i < m->o->nnodes; i++) {
		const char *wanted = m->o->nodes[i];
		uintptr_t at = (uintptr_t)map_get(m->nodes, str_of(wanted));

		if (at != 0) {
			m->flags[at - 1] |= COLUMN_WANTED;
			continue;
		}
		trace_check_node(m->trace, str_of(wanted), m->diag);
		return diag_set(m->diag, ERR_NOTFOUND, NULL, 0,
		    _("the trace has no node “%s”"), wanted);
	}
	return 0;
}

/* A node that nothing else names gets a column here that takes no part. */
static int
hide_nodes(struct layout_making *m)
{
	int err = 0;

	for (size_t i = 0; err == 0 && i < m->o->nhide; i++) {
		size_t column;

		err = layout_column_of(m, str_of(m->o->hide[i]), &column);
		if (err == 0)
			m->flags[column] |= COLUMN_HIDDEN;
	}
	return err;
}

/* The order that the options wish for, once for each column. */
static int
column_list_wanted(struct layout_making *m)
{
	m->listed = mem_zalloc(m->o->norder + 1, sizeof(*m->listed));
	if (m->listed == NULL)
		return ERR_NOMEM;
	for (size_t i = 0; i < m->o->norder; i++) {
		size_t column;
		int err = layout_column_of(m, str_of(m->o->order[i]), &column);

		if (err != 0)
			return err;
		if ((m->flags[column] & COLUMN_LISTED) != 0)
			continue;
		m->flags[column] |= COLUMN_LISTED;
		m->listed[m->nlisted++] = column;
	}
	return 0;
}

int
layout_columns_begin(struct layout_making *m)
{
	const struct trace_head *head = trace_head(m->trace);
	int err = map_create(&m->nodes);

	for (size_t i = 0; err == 0 && i < head->nnodes; i++) {
		size_t column;

		if (map_get(m->nodes, head->nodes[i].name) == NULL)
			err = add_column(m, &head->nodes[i], &column);
	}
	if (err == 0)
		err = flag_wanted(m);
	if (err == 0)
		err = hide_nodes(m);
	return err != 0 ? err : column_list_wanted(m);
}

int
layout_column_of(struct layout_making *m, struct str node, size_t *column)
{
	uintptr_t at = (uintptr_t)map_get(m->nodes, node);
	struct trace_node unknown = { .name = node };

	if (at != 0) {
		*column = at - 1;
		return 0;
	}
	/* A capture may name nodes that no header does. */
	return add_column(m, &unknown, column);
}

/* An order of N columns being found: ORDER lists them by their number in the
 * header's order. */
struct arranging {
	const struct layout *l;
	const size_t *used; /* from that number to the column */
	size_t *order, n;
	long *pairs; /* [a * n + b]: what passed between a and b, weighed */
	long *calls; /* [a * n + b]: INVITEs from a to b */
	long total;  /* of all messages */
};

static int
column_count_messages(struct arranging *g, const size_t *place)
{
	size_t n = g->n;

	g->pairs = mem_zalloc(2 * n * n, sizeof(*g->pairs));
	if (g->pairs == NULL)
		return ERR_NOMEM;
	g->calls = g->pairs + n * n;
	for (size_t i = 0; i < g->l->nrows; i++) {
		const struct layout_row *r = &g->l->rows[i];
		long weight = r->class == TRACE_CLASS_SIP ? 1 : OTHER_WEIGHT;
		size_t a, b;

		if (r->item != LAYOUT_MESSAGE || r->repeat.retx > 0)
			continue;
		a = place[r->from];
		b = place[r->to];
		g->pairs[a * n + b] += weight;
		g->pairs[b * n + a] += weight;
		g->calls[a * n + b] += str_is(r->brief, "INVITE");
		g->total += weight;
	}
	return 0;
}

/* What of the costs depends on which of the columns at places A and A + 1
 * comes first. */
static long
column_cost_at(const struct arranging *g, size_t a)
{
	const size_t *order = g->order;
	size_t n = g->n, b = a + 1;
	long sum = 0;

	for (size_t i = 0; i < n; i++) {
		if (i != a)
			sum += (long)(i > a ? i - a : a - i) *
			       g->pairs[order[i] * n + order[a]];
		if (i != b)
			sum += (long)(i > b ? i - b : b - i) *
			       g->pairs[order[i] * n + order[b]];
	}
	sum += LEFT_COST * g->calls[order[b] * n + order[a]];
	return WORTH * sum + (order[a] > order[b] ? g->total : 0);
}

/* The columns at A and A + 1 change places; what that costs. */
static long
column_swap(struct arranging *g, size_t a)
{
	long before = column_cost_at(g, a);
	size_t one = g->order[a];

	g->order[a] = g->order[a + 1];
	g->order[a + 1] = one;
	return column_cost_at(g, a) - before;
}

static bool
together(const struct arranging *g, size_t a)
{
	return g->l->columns[g->used[g->order[a]]].frame ==
	       g->l->columns[g->used[g->order[a + 1]]].frame;
}

static void
column_move(struct arranging *g, size_t from, size_t to)
{
	while (from > to)
		column_swap(g, --from);
	while (from < to)
		column_swap(g, from++);
}

/* The best place in its frame for the column at FROM, and what it costs to go
 * there: below 0 where that is worth it. */
static long
best_place(struct arranging *g, size_t from, size_t *to)
{
	size_t at = from;
	long sum = 0, best = 0;

	*to = from;
	while (at > 0 && together(g, at - 1)) {
		sum += column_swap(g, --at);
		if (sum < best) {
			best = sum;
			*to = at;
		}
	}
	column_move(g, at, from);
	for (at = from, sum = 0; at + 1 < g->n && together(g, at);) {
		sum += column_swap(g, at++);
		if (sum < best) {
			best = sum;
			*to = at;
		}
	}
	column_move(g, at, from);
	return best;
}

/* The column that gains most moves first. */
static void
arrange(struct arranging *g)
{
	long best = -1;

	for (size_t pass = 0; best < 0 && pass < g->n; pass++) {
		size_t from = 0, to = 0;

		best = 0;
		for (size_t i = 0; i < g->n; i++) {
			size_t place;
			long cost = best_place(g, i, &place);

			if (cost < best) {
				best = cost;
				from = i;
				to = place;
			}
		}
		column_move(g, from, to);
	}
}

/* All columns: first the ones listed in the options, then the others. */
static void
list_all(struct layout_making *m, size_t *all)
{
	size_t n = 0;

	for (size_t i = 0; i < m->nlisted; i++)
		all[n++] = m->listed[i];
	for (size_t i = 0; i < m->l->ncolumns; i++)
		if ((m->flags[i] & COLUMN_LISTED) == 0)
			all[n++] = i;
}

/* USED lists the columns that take part, in the order of ALL, a frame's nodes
 * together. */
static size_t
list_used(const struct layout *l, const size_t *all, const bool *takes_part,
    size_t *used)
{
	size_t n = 0;

	for (size_t i = 0; i < l->ncolumns; i++) {
		size_t frame = l->columns[all[i]].frame;
		bool before = false;

		if (!takes_part[all[i]])
			continue;
		for (size_t k = 0; frame != LAYOUT_NONE && k < n && !before;
		     k++)
			before = l->columns[used[k]].frame == frame;
		if (before)
			continue;
		used[n++] = all[i];
		for (size_t k = i + 1; frame != LAYOUT_NONE && k < l->ncolumns;
		     k++)
			if (takes_part[all[k]] &&
			    l->columns[all[k]].frame == frame)
				used[n++] = all[k];
	}
	return n;
}

static void
renumber(struct layout *l, const size_t *place)
{
	for (size_t i = 0; i < l->nrows; i++) {
		struct layout_row *r = &l->rows[i];

		if (r->from != LAYOUT_NONE)
			r->from = place[r->from];
		if (r->to != LAYOUT_NONE)
			r->to = place[r->to];
	}
	for (size_t i = 0; i < l->nbars; i++)
		l->bars[i].column = place[l->bars[i].column];
}

/* Until here a column's frame is the first node that the head has in it. */
static int
make_frames(struct layout *l)
{
	size_t before = LAYOUT_NONE;
	double x = 0;

	l->frames = mem_zalloc(l->ncolumns, sizeof(*l->frames));
	if (l->frames == NULL)
		return ERR_NOMEM;
	for (size_t i = 0; i < l->ncolumns; i++) {
		struct layout_column *c = &l->columns[i];
		struct layout_frame *f = l->frames + l->nframes;
		size_t frame = c->frame;

		if (i > 0) {
			x += 1;
			if (frame != before)
				x += FRAME_SPACE;
		}
		c->x = x;
		if (frame != LAYOUT_NONE && frame != before) {
			*f = (struct layout_frame){ c->frame_name, i, i };
			l->nframes++;
		} else if (frame != LAYOUT_NONE) {
			f[-1].last = i;
		}
		before = frame;
		if (frame != LAYOUT_NONE)
			c->frame = l->nframes - 1;
	}
	l->width = x;
	return 0;
}

/* ORDER and PLACE have room for every column. */
static int
choose_columns(struct layout_making *m, bool *takes_part, size_t *used,
    size_t *order, size_t *place)
{
	struct layout *l = m->l;
	struct layout_column *sorted;
	size_t n;

	/* PLACE has no other use yet. */
	list_all(m, place);
	for (size_t i = 0; i < l->nrows; i++) {
		if (l->rows[i].from != LAYOUT_NONE)
			takes_part[l->rows[i].from] = true;
		if (l->rows[i].to != LAYOUT_NONE)
			takes_part[l->rows[i].to] = true;
	}
	for (size_t i = n = 0; i < l->ncolumns; i++) {
		bool hidden = (m->flags[i] & COLUMN_HIDDEN) != 0;
		bool talks = (m->flags[i] & COLUMN_TALKS) != 0;

		l->hidden += hidden && talks;
		bool listed =
		    (m->flags[i] & COLUMN_LISTED) != 0 && !m->o->order_only;

		takes_part[i] = !hidden && (takes_part[i] || talks || listed);
		n += takes_part[i];
	}
	if (n > COLUMNS_MAX)
		return diag_set(m->diag, ERR_LIMIT, NULL, 0,
		    _("a ladder can't have more than %d nodes; choose some "
		      "with --node"),
		    COLUMNS_MAX);
	n = list_used(l, place, takes_part, used);
	for (size_t i = 0; i < n; i++) {
		order[i] = i;
		place[used[i]] = i;
	}
	if (n > 2 && n <= ARRANGE_MAX && !m->o->keep_order &&
	    m->o->norder == 0) {
		struct arranging g = {
			.l = l, .used = used, .order = order, .n = n
		};
		int err = column_count_messages(&g, place);

		if (err != 0)
			return err;
		arrange(&g);
		mem_free(g.pairs);
	}
	sorted = mem_zalloc(n, sizeof(*sorted));
	if (sorted == NULL)
		return ERR_NOMEM;
	for (size_t i = 0; i < n; i++) {
		sorted[i] = l->columns[used[order[i]]];
		place[used[order[i]]] = i;
	}
	mem_free(l->columns);
	l->columns = sorted;
	l->ncolumns = n;
	renumber(l, place);
	return make_frames(l);
}

int
layout_columns_end(struct layout_making *m)
{
	size_t n = m->l->ncolumns;
	LOCAL_MEM bool *takes_part = mem_zalloc(n, sizeof(*takes_part));
	LOCAL_MEM size_t *lists = mem_zalloc(3 * n, sizeof(*lists));
	int err = ERR_NOMEM;

	if (takes_part != NULL && lists != NULL)
		err = choose_columns(
		    m, takes_part, lists, lists + n, lists + 2 * n);
	return err;
}
