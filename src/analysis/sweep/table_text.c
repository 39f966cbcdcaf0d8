/* The table for people: what matters most, a line for each point. */
#include "draw/table.h"
#include "sweep/table.h"

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
put_text_point(const struct sweep_table *t, size_t point, struct table *out)
{
	const struct sweep_row *row = &t->rows[point];
	const struct sweep_estimate *f = row->figures;

	for (size_t i = 0; i < t->e->nparams; i++)
		buf_puts(table_cell(out),
		    t->e->params[i].values[experiment_value(t->e, point, i)]);
	buf_u64(table_cell(out), row->runs);
	buf_u64(table_cell(out), row->attempts[MEASURE_SESSION]);
	put_text_estimate(
	    table_cell(out), &f[SWEEP_SET_UP], 100, 1, " %", true);
	put_text_estimate(
	    table_cell(out), &f[SWEEP_SRD_MEAN], 1, 2, " s", true);
	put_text_estimate(table_cell(out), &f[SWEEP_SRD_95], 1, 2, " s", false);
	put_text_estimate(table_cell(out), &f[SWEEP_RETX], 1, 1, "", true);
	if (!t->queues)
		return;
	put_text_estimate(
	    table_cell(out), &f[SWEEP_WAIT_MEAN], 1, 1, " s", true);
	put_text_estimate(
	    table_cell(out), &f[SWEEP_ABANDONED], 100, 1, " %", true);
	put_text_estimate(
	    table_cell(out), &f[SWEEP_SERVICE], 100, 1, " %", true);
}

void
sweep_table_text(const struct sweep_table *t, struct buf *out)
{
	static const char *const heads[] = { N_("runs"), N_("calls"),
		N_("set up"), N_("delay (mean)"), N_("delay (95 %)"),
		N_("repetitions a call"), N_("wait (mean)"), N_("abandoned"),
		N_("service level") };
	size_t n = sizeof(heads) / sizeof(heads[0]) - (t->queues ? 0 : 3);
	struct table table = TABLE_INIT;

	for (size_t i = 0; i < t->e->nparams; i++)
		buf_puts(
		    table_column(&table, TABLE_NUMBER), t->e->params[i].name);
	for (size_t i = 0; i < n; i++)
		buf_puts(
		    table_column(&table, TABLE_NUMBER), i18n_text(heads[i]));
	for (size_t p = 0; p < t->e->points; p++)
		put_text_point(t, p, &table);
	table_put_text(&table, out);
	table_free(&table);
}
