/* The table for people: what matters most, a line for each point. */
#include "base/utf8.h"
#include "sweep/table.h"

#include <math.h>

#define CELLS (SWEEP_PARAMS_MAX + 8)
#define GAP   2

struct line {
	struct buf cells[CELLS];
	size_t n;
};

static struct buf *
next_cell(struct line *l)
{
	return &l->cells[l->n++];
}

static void
put_text_header(const struct sweep_table *t, struct line *l)
{
	for (size_t i = 0; i < t->e->nparams; i++)
		buf_puts(next_cell(l), t->e->params[i].name);
	buf_puts(next_cell(l), _("runs"));
	buf_puts(next_cell(l), _("calls"));
	buf_puts(next_cell(l), _("set up"));
	buf_puts(next_cell(l), _("delay (mean)"));
	buf_puts(next_cell(l), _("delay (95 %)"));
	buf_puts(next_cell(l), _("repetitions a call"));
}

/* "97.5 % (96.1–98.4)"; "0.31 s" without its interval. */
static void
put_text_estimate(struct buf *b, const struct sweep_estimate *e, double scale,
    int digits, const char *unit, bool interval)
{
	if (!e->has) {
		buf_puts(b, "–");
		return;
	}
	buf_printf(b, "%.*f%s", digits, e->value * scale, unit);
	if (interval && e->i.has_low && e->i.has_high)
		buf_printf(b, " (%.*f–%.*f)", digits, e->i.low * scale, digits,
		    e->i.high * scale);
}

static void
put_text_point(const struct sweep_table *t, size_t point, struct line *l)
{
	const struct sweep_row *row = &t->rows[point];

	for (size_t i = 0; i < t->e->nparams; i++)
		buf_puts(next_cell(l),
		    t->e->params[i].values[experiment_value(t->e, point, i)]);
	buf_u64(next_cell(l), row->runs);
	buf_u64(next_cell(l), row->attempts[MEASURE_SESSION]);
	put_text_estimate(
	    next_cell(l), &row->figures[SWEEP_SET_UP], 100, 1, " %", true);
	put_text_estimate(
	    next_cell(l), &row->figures[SWEEP_SRD_MEAN], 1, 2, " s", true);
	put_text_estimate(
	    next_cell(l), &row->figures[SWEEP_SRD_95], 1, 2, " s", false);
	put_text_estimate(
	    next_cell(l), &row->figures[SWEEP_RETX], 1, 1, "", true);
}

static void
clear_line(struct line *l)
{
	for (size_t i = 0; i < l->n; i++)
		buf_clear(&l->cells[i]);
	l->n = 0;
}

static void
widen_columns(const struct line *l, size_t *widths)
{
	for (size_t i = 0; i < l->n; i++) {
		size_t n = utf8_width(buf_view(&l->cells[i]));

		widths[i] = n > widths[i] ? n : widths[i];
	}
}

static void
put_text_line(const struct line *l, const size_t *widths, struct buf *out)
{
	for (size_t i = 0; i < l->n; i++) {
		struct str s = buf_view(&l->cells[i]);

		buf_fill(out, ' ', widths[i] - utf8_width(s) + (i > 0) * GAP);
		utf8_add_safe(out, s);
		if (l->cells[i].err != 0)
			out->err = l->cells[i].err;
	}
	buf_putc(out, '\n');
}

void
sweep_table_text(const struct sweep_table *t, struct buf *out)
{
	size_t widths[CELLS] = { 0 };
	struct line l = { .n = 0 };

	/* Once to see how wide it is. */
	for (int pass = 0; pass < 2; pass++) {
		for (size_t p = 0; p <= t->e->points; p++) {
			clear_line(&l);
			if (p == 0)
				put_text_header(t, &l);
			else
				put_text_point(t, p - 1, &l);
			if (pass == 0)
				widen_columns(&l, widths);
			else
				put_text_line(&l, widths, out);
		}
	}
	for (size_t i = 0; i < CELLS; i++)
		buf_free(&l.cells[i]);
}
