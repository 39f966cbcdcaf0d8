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

/* Behind the parameters, the runs and the calls. */
static const struct {
	const char *head;
	enum sweep_figure figure;
	double scale;
	int digits;
	const char *unit;
	bool interval;
} columns[] = {
	{ N_("set up"), SWEEP_SET_UP, 100, 1, " %", true },
	{ N_("delay (mean)"), SWEEP_SRD_MEAN, 1, 2, " s", true },
	{ N_("delay (95 %)"), SWEEP_SRD_95, 1, 2, " s", false },
	{ N_("repetitions a call"), SWEEP_RETX, 1, 1, "", true },
	{ N_("wait (mean)"), SWEEP_WAIT_MEAN, 1, 1, " s", true },
	{ N_("abandoned"), SWEEP_ABANDONED, 100, 1, " %", true },
	{ N_("service level"), SWEEP_SERVICE, 100, 1, " %", true },
	{ N_("MOS (mean)"), SWEEP_MOS_MEAN, 1, 2, "", true },
	{ N_("MOS (least)"), SWEEP_MOS_LEAST, 1, 2, "", false },
	{ N_("wideband MOS (mean)"), SWEEP_MOS_WB_MEAN, 1, 2, "", true },
	{ N_("wideband MOS (least)"), SWEEP_MOS_WB_LEAST, 1, 2, "", false },
	{ N_("fullband MOS (mean)"), SWEEP_MOS_FB_MEAN, 1, 2, "", true },
	{ N_("fullband MOS (least)"), SWEEP_MOS_FB_LEAST, 1, 2, "", false },
	{ N_("packets lost"), SWEEP_LOST, 100, 1, " %", false },
	{ N_("packets late"), SWEEP_LATE, 100, 1, " %", false },
	{ N_("jitter"), SWEEP_JITTER, 1000, 1, " ms", false },
};
#define COLUMNS (sizeof(columns) / sizeof(columns[0]))

static void
put_text_point(const struct sweep_table *t, size_t point, struct table *out)
{
	const struct sweep_row *row = &t->rows[point];

	for (size_t i = 0; i < t->e->nparams; i++)
		buf_puts(table_cell(out),
		    t->e->params[i].values[experiment_value(t->e, point, i)]);
	buf_u64(table_cell(out), row->runs);
	buf_u64(table_cell(out), row->attempts[MEASURE_SESSION]);
	for (size_t i = 0; i < sweep_table_places(t); i++) {
		struct sweep_estimate share = sweep_row_place(row, i);

		put_text_estimate(table_cell(out), &share, 100, 0, " %", false);
	}
	for (size_t i = 0; i < COLUMNS; i++)
		if (sweep_table_has(t, columns[i].figure))
			put_text_estimate(table_cell(out),
			    &row->figures[columns[i].figure], columns[i].scale,
			    columns[i].digits, columns[i].unit,
			    columns[i].interval);
}

void
sweep_table_text(const struct sweep_table *t, struct buf *out)
{
	struct table table = TABLE_INIT;

	for (size_t i = 0; i < t->e->nparams; i++)
		buf_puts(
		    table_column(&table, TABLE_NUMBER), t->e->params[i].name);
	buf_puts(table_column(&table, TABLE_NUMBER), _("runs"));
	buf_puts(table_column(&table, TABLE_NUMBER), _("calls"));
	for (size_t i = 0; i < sweep_table_places(t); i++)
		buf_printf(
		    table_column(&table, TABLE_NUMBER), _("call %zu"), i + 1);
	for (size_t i = 0; i < COLUMNS; i++)
		if (sweep_table_has(t, columns[i].figure))
			buf_puts(table_column(&table, TABLE_NUMBER),
			    i18n_text(columns[i].head));
	for (size_t p = 0; p < t->e->points; p++)
		put_text_point(t, p, &table);
	table_put_text(&table, out);
	table_free(&table);
}
