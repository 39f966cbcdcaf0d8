/*
 * The table for people, as comma-separated values (RFC 4180) and as JSON.
 */
#include <stdio.h>

#include "draw/table.h"
#include "sweep/table.h"

/* ---- for people: what matters most, a line for each point ---- */

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
	for (size_t i = 0; i < COUNT_OF(columns); i++)
		if (sweep_table_has(t, columns[i].figure))
			put_text_estimate(table_cell(out),
			    &row->figures[columns[i].figure], columns[i].scale,
			    columns[i].digits, columns[i].unit,
			    columns[i].interval);
}

void
sweep_table_text(const struct sweep_table *t, struct buf *out)
{
	LOCAL(table_free) struct table table = TABLE_INIT;

	for (size_t i = 0; i < t->e->nparams; i++)
		buf_puts(
		    table_column(&table, TABLE_NUMBER), t->e->params[i].name);
	buf_puts(table_column(&table, TABLE_NUMBER), _("runs"));
	buf_puts(table_column(&table, TABLE_NUMBER), _("calls"));
	for (size_t i = 0; i < sweep_table_places(t); i++)
		buf_printf(
		    table_column(&table, TABLE_NUMBER), _("call %zu"), i + 1);
	for (size_t i = 0; i < COUNT_OF(columns); i++)
		if (sweep_table_has(t, columns[i].figure))
			buf_puts(table_column(&table, TABLE_NUMBER),
			    i18n_text(columns[i].head));
	for (size_t p = 0; p < t->e->points; p++)
		put_text_point(t, p, &table);
	table_put_text(&table, out);
}

/* ---- as comma-separated values and as JSON ---- */

/* Six digits tell more than any sample has. */
static void
put_value(struct buf *b, double v)
{
	buf_printf(b, "%.6g", v);
}

static const char *const counts[] = { "runs", "runs_failed", "calls", "set_up",
	"registrations", "hangups" };

static uint64_t
count_of(const struct sweep_row *row, size_t i)
{
	const uint64_t of[COUNT_OF(counts)] = { row->runs,
		row->runs - row->failed[SWEEP_OK],
		row->attempts[MEASURE_SESSION], row->good[MEASURE_SESSION],
		row->attempts[MEASURE_REGISTRATION],
		row->attempts[MEASURE_DISCONNECT] };

	return of[i];
}

/* The Ith call of each run, from 0. */
#define PLACE_SIZE 40

static void
put_place(size_t i, char name[PLACE_SIZE])
{
	snprintf(name, PLACE_SIZE, "call_%zu_set_up_share", i + 1);
}

/* ---- CSV: an estimate and the ends of its interval are columns ---- */

static void
put_estimate_heads(struct table *t, const char *column)
{
	buf_puts(table_column(t, TABLE_NUMBER), column);
	buf_printf(table_column(t, TABLE_NUMBER), "%s_low", column);
	buf_printf(table_column(t, TABLE_NUMBER), "%s_high", column);
}

static void
put_estimate(struct table *t, const struct sweep_estimate *e)
{
	const struct {
		bool has;
		double v;
	} cells[] = { { e->has, e->value }, { e->i.has_low, e->i.low },
		{ e->i.has_high, e->i.high } };

	for (size_t i = 0; i < COUNT_OF(cells); i++) {
		struct buf *b = table_cell(t);

		if (e->has && cells[i].has)
			put_value(b, cells[i].v);
	}
}

static void
put_heads(const struct sweep_table *t, struct table *out)
{
	char place[PLACE_SIZE];

	for (size_t i = 0; i < t->e->nparams; i++)
		buf_puts(table_column(out, TABLE_WORD), t->e->params[i].name);
	for (size_t i = 0; i < COUNT_OF(counts); i++)
		buf_puts(table_column(out, TABLE_NUMBER), counts[i]);
	for (enum sweep_figure f = 0; f < SWEEP_FIGURE_COUNT; f++)
		if (sweep_table_has(t, f))
			put_estimate_heads(out, sweep_figure_column(f));
	for (size_t i = 0; i < sweep_table_places(t); i++) {
		put_place(i, place);
		put_estimate_heads(out, place);
	}
	for (size_t i = 0; i < t->nfailures; i++) {
		struct buf name = BUF_INIT;

		buf_puts(&name, "failed_");
		sweep_put_status(&name, t->failures[i].status);
		buf_str(table_column(out, TABLE_NUMBER), buf_view(&name));
		buf_puts(&name, "_share");
		put_estimate_heads(out, buf_cstr(&name));
		buf_end(&name, &out->text.err);
	}
}

static void
put_point(const struct sweep_table *t, size_t point, struct table *out)
{
	const struct sweep_row *row = &t->rows[point];

	for (size_t i = 0; i < t->e->nparams; i++)
		buf_puts(table_cell(out),
		    t->e->params[i].values[experiment_value(t->e, point, i)]);
	for (size_t i = 0; i < COUNT_OF(counts); i++)
		buf_u64(table_cell(out), count_of(row, i));
	for (enum sweep_figure f = 0; f < SWEEP_FIGURE_COUNT; f++)
		if (sweep_table_has(t, f))
			put_estimate(out, &row->figures[f]);
	for (size_t i = 0; i < sweep_table_places(t); i++) {
		struct sweep_estimate share = sweep_row_place(row, i);

		put_estimate(out, &share);
	}
	for (size_t i = 0; i < t->nfailures; i++) {
		struct sweep_estimate share;

		buf_u64(table_cell(out),
		    sweep_row_failed(row, t->failures[i].status, &share));
		put_estimate(out, &share);
	}
}

void
sweep_table_csv(const struct sweep_table *t, struct buf *b)
{
	LOCAL(table_free) struct table table = TABLE_INIT;

	put_heads(t, &table);
	for (size_t p = 0; p < t->e->points; p++)
		put_point(t, p, &table);
	table_put_csv(&table, b);
}

/* ---- JSON ---- */

static void
put_json_estimate(
    struct buf *b, const char *key, const struct sweep_estimate *e)
{
	if (!e->has)
		return;
	json_put_key(b, key);
	buf_puts(b, "{\"value\":");
	put_value(b, e->value);
	if (e->i.has_low) {
		buf_puts(b, ",\"low\":");
		put_value(b, e->i.low);
	}
	if (e->i.has_high) {
		buf_puts(b, ",\"high\":");
		put_value(b, e->i.high);
	}
	buf_putc(b, '}');
}

static void
put_settings(const struct sweep_table *t, size_t point, struct buf *b)
{
	buf_puts(b, "{\"set\":{");
	for (size_t i = 0; i < t->e->nparams; i++) {
		const struct sweep_param *p = &t->e->params[i];

		buf_puts(b, i > 0 ? "," : "");
		json_put_str(b, str_of(p->name));
		buf_putc(b, ':');
		json_put_str(
		    b, str_of(p->values[experiment_value(t->e, point, i)]));
	}
	buf_putc(b, '}');
}

static void
put_failures(const struct sweep_row *row, struct buf *b)
{
	json_open(b, "failures", '[');
	for (size_t i = 0; i < row->nfailures; i++) {
		struct sweep_estimate share;
		LOCAL_BUF status = BUF_INIT;

		sweep_put_status(&status, row->failures[i].status);
		sweep_row_failed(row, row->failures[i].status, &share);
		buf_puts(b, i > 0 ? ",{\"status\":" : "{\"status\":");
		json_put_str(b, buf_view(&status));
		json_put_int(b, "calls", (int64_t)row->failures[i].n);
		put_json_estimate(b, "share", &share);
		buf_putc(b, '}');
	}
	buf_putc(b, ']');
}

static void
put_json_point(const struct sweep_table *t, size_t point, struct buf *b)
{
	const struct sweep_row *row = &t->rows[point];
	char place[PLACE_SIZE];

	put_settings(t, point, b);
	for (size_t i = 0; i < COUNT_OF(counts); i++)
		json_put_int(b, counts[i], (int64_t)count_of(row, i));
	for (int f = 0; f < SWEEP_FIGURE_COUNT; f++)
		put_json_estimate(b, sweep_figure_column((enum sweep_figure)f),
		    &row->figures[f]);
	for (size_t i = 0; i < sweep_table_places(t); i++) {
		struct sweep_estimate share = sweep_row_place(row, i);

		put_place(i, place);
		put_json_estimate(b, place, &share);
	}
	put_failures(row, b);
	buf_putc(b, '}');
}

void
sweep_table_json(const struct sweep_table *t, struct buf *b)
{
	buf_printf(b,
	    "{\"kind\":\"sweep\",\"version\":1,\"rung\":\"%s\","
	    "\"experiment\":\"%016llx\",\n\"seeds\":{\"from\":%llu,"
	    "\"to\":%llu},\n\"confidence\":0.95,"
	    "\"intervals\":{\"share\":\"Wilson\",\"mean\":\"Student t\","
	    "\"percentile\":\"order statistics\"},\n\"points\":[\n",
	    RUNG_VERSION, (unsigned long long)t->e->id,
	    (unsigned long long)t->e->seed_from,
	    (unsigned long long)t->e->seed_to);
	for (size_t p = 0; p < t->e->points; p++) {
		put_json_point(t, p, b);
		buf_puts(b, p + 1 < t->e->points ? ",\n" : "\n");
	}
	buf_puts(b, "]}\n");
}
