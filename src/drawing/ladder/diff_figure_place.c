/*
 * Where everything stands in the figure of a comparison: the columns of both
 * ladders, which are the same distance apart, and how many rows there are.
 */
#include "base/err.h"
#include "base/map.h"
#include "base/mem.h"
#include "ladder/diff_figure_in.h"
#include "ladder/layout.h"
#include "words/diff_text.h"

/* Of a column. */
#define LEAST 88.0
#define MOST  190.0

/* ---- columns ---- */

static size_t
node_limit(const struct align *al)
{
	const struct align_side *sides[] = { &al->a, &al->b };
	size_t n = 0;

	for (int k = 0; k < 2; k++)
		for (size_t i = 0; i < sides[k]->n; i++) {
			const struct align_message *m = &sides[k]->messages[i];

			n = m->from >= n ? m->from + 1 : n;
			n = m->to >= n ? m->to + 1 : n;
		}
	return n;
}

/* A column for NODE; it may have one. */
static void
add_diff_column(struct half *h, uint32_t node, struct str name)
{
	if (h->column[node] != 0)
		return;
	h->names[h->ncolumns++] = name;
	h->column[node] = h->ncolumns;
}

/* Columns in the order of the ladder, without those that have no message. */
static int
make_columns(struct diff_picture *f, struct half *h)
{
	struct layout_options o = LAYOUT_OPTIONS;
	struct layout *l = NULL;
	struct map *nodes = NULL; /* name -> number plus 1 */
	int err;

	o.notes = false;
	h->column = mem_zalloc(f->nnodes + 1, sizeof(*h->column));
	h->names = mem_zalloc(f->nnodes + 1, sizeof(*h->names));
	err = h->column == NULL || h->names == NULL ? ERR_NOMEM
						    : map_create(&nodes);
	if (err == 0)
		err = layout_create(&l, h->side->trace, &o, NULL);
	for (size_t i = 0; i < h->side->n && err == 0; i++) {
		const struct align_message *m = &h->side->messages[i];

		err = map_put(
		    nodes, m->from_name, (void *)((uintptr_t)m->from + 1));
		if (err == 0)
			err = map_put(
			    nodes, m->to_name, (void *)((uintptr_t)m->to + 1));
	}
	for (size_t i = 0; err == 0 && i < l->ncolumns; i++) {
		uintptr_t known = (uintptr_t)map_get(nodes, l->columns[i].name);
		const struct trace_node *n =
		    trace_find_node(h->side->trace, l->columns[i].name);

		if (known != 0 && n != NULL)
			add_diff_column(h, (uint32_t)(known - 1), n->name);
	}
	for (size_t i = 0; i < h->side->n && err == 0; i++) {
		const struct align_message *m = &h->side->messages[i];

		add_diff_column(h, m->from, m->from_name);
		add_diff_column(h, m->to, m->to_name);
	}
	map_destroy(nodes);
	layout_destroy(l);
	return err;
}

/* ---- sizes ---- */

static void
widen_columns(struct diff_picture *f, struct half *h, size_t i)
{
	double w;

	buf_clear(&f->text);
	diff_put_message(&f->text, &h->side->messages[i], false);
	w = figure_text_width(buf_view(&f->text), LABEL, true) + 18;
	if (w > h->step)
		h->step = w < MOST ? w : MOST;
}

static void
measure_rows(struct diff_picture *f)
{
	struct diff_walk w = { .al = f->al, .all = f->o->all };
	size_t row, summed;

	while (diff_walk_next(&w, &row, &summed)) {
		const struct align_row *r = &f->al->rows[row];

		f->nrows++;
		if (summed == 0 && r->place != ALIGN_IN_B)
			widen_columns(f, &f->a, r->a);
		if (summed == 0 && r->place != ALIGN_IN_A)
			widen_columns(f, &f->b, r->b);
	}
}

/* The widest name, with its box. */
static double
names_width(const struct half *h)
{
	double widest = 60;

	for (size_t i = 0; i < h->ncolumns; i++) {
		double w = figure_text_width(h->names[i], 11, true) + 20;

		widest = w > widest ? w : widest;
	}
	return widest < MOST ? widest : MOST;
}

/* The same columns for both, so that they look alike. */
static double
place_half(struct half *h, double x, double step, double names)
{
	h->step = step;
	h->names_half = names / 2;
	h->left = x;
	h->first = x + TIMES + names / 2;
	h->right = h->first + names / 2 + 4 +
		   (h->ncolumns > 1 ? (double)(h->ncolumns - 1) * step : 0);
	return h->right;
}

static void
measure(struct diff_picture *f)
{
	double step = LEAST, names = names_width(&f->a), x;

	f->a.step = f->b.step = LEAST;
	measure_rows(f);
	names = names_width(&f->b) > names ? names_width(&f->b) : names;
	step = f->a.step > f->b.step ? f->a.step : f->b.step;
	step = step > names + 10 ? step : names + 10;
	x = place_half(&f->a, MARGIN, step, names) + GUTTER;
	f->width = place_half(&f->b, x, step, names) + MARGIN;
	f->top = MARGIN + (f->o->title != NULL ? 24 : 0);
	f->bottom = f->top + 28 + NAMES + 16 + UNIT * (double)f->nrows + 10;
}

int
diff_figure_place(struct diff_picture *f)
{
	int err;

	f->nnodes = node_limit(f->al);
	err = make_columns(f, &f->a);
	if (err == 0)
		err = make_columns(f, &f->b);
	if (err == 0)
		measure(f);
	return err;
}
