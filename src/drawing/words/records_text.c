/* The table of records, and one record whole. */
#include "words/records_text.h"

#include "base/err.h"
#include "base/progress.h"
#include "text/json_fields.h"
#include "words/record_doc.h"
#include "words/record_json.h"
#include "words/record_line.h"

#define WIDE        400 /* cells where no width is given */
#define WIDTH_USUAL 80

struct table {
	const struct trace *t;
	struct records_options o;
	struct buf *out;
	struct grid g;
	struct record_columns columns;
	struct records_times times;
};

/* As many decimals as tell two times apart that stand below each other. */
static void
need_decimals(struct records_times *times, int64_t now)
{
	int64_t before = times->last;

	times->last = now;
	if (before == now || before < 0)
		return;
	if (times->decimals < 6 && before / 1000000 == now / 1000000)
		times->decimals = 6;
	if (before / 1000 == now / 1000)
		times->decimals = 9;
}

/* What JSON has around the records. */
static void
put_around(struct table *tab, const char *text)
{
	if (tab->o.json)
		buf_puts(tab->out, text);
}

static int
write_object(struct table *tab, const struct trace_rec *rec)
{
	json_put_item(tab->out);
	buf_putc(tab->out, '\n');
	record_put_json(tab->t, rec, false, tab->out);
	return tab->out->err;
}

static int
write_line(struct table *tab, const struct trace_rec *rec)
{
	struct grid_area a;
	int err;

	if (tab->o.json)
		return write_object(tab, rec);
	a = grid_line(&tab->g, tab->o.width != 0 ? tab->o.width : WIDE);
	err = record_line(tab->t, &tab->columns, rec, &a);
	return err != 0 ? err
			: grid_write_colour(&tab->g, tab->o.theme, tab->out);
}

static int
write_doc(struct table *tab, struct doc *d)
{
	int err = doc_write_colour(d, tab->o.theme, tab->out);

	doc_clear(d);
	return err;
}

/* The next record from SEQ on that F lets through; 0: none. */
static uint64_t
next_shown(const struct trace *t, const struct record_filter *f, uint64_t seq,
    struct trace_rec *rec, struct buf *scratch)
{
	for (; seq <= trace_count(t); seq++) {
		progress_count(N_("listing the records"), seq, trace_count(t));
		if (f != NULL && !record_filter_may(f, t, seq))
			continue;
		trace_get(t, seq, rec);
		if (f == NULL || record_filter_match(f, t, rec, scratch))
			return seq;
	}
	return 0;
}

int
records_write(const struct trace *t, const struct record_filter *f,
    const struct records_options *o, size_t *shown, struct buf *out)
{
	struct table tab = { .t = t, .out = out, .times = { 3, -1 } };
	struct doc d = DOC_INIT;
	struct buf scratch = BUF_INIT;
	struct trace_rec rec;
	uint64_t begin = o != NULL && o->first > 0 ? o->first - 1 : 0;
	uint64_t seq = begin;
	size_t n = 0;
	int err = 0;

	if (o != NULL)
		tab.o = *o;
	if (tab.o.times != NULL && tab.o.times->decimals > 0)
		tab.times = *tab.o.times;
	while ((seq = next_shown(t, f, seq + 1, &rec, &scratch)) != 0)
		need_decimals(&tab.times, rec.t);
	if (tab.o.times != NULL)
		*tab.o.times = tab.times;
	record_columns_measure(&tab.columns, t, tab.times.decimals);
	put_around(&tab, "{\"records\":[");
	seq = begin;
	while (err == 0 &&
	       (seq = next_shown(t, f, seq + 1, &rec, &scratch)) != 0) {
		n++;
		err = write_line(&tab, &rec);
		if (err == 0 && tab.o.messages && !tab.o.json &&
		    rec.kind == TRACE_SEND) {
			doc_line(&d, 0);
			record_doc_bytes(&rec, 0, &d);
			doc_line(&d, 0);
			err = write_doc(&tab, &d);
		}
	}
	put_around(&tab, "]}\n");
	if (shown != NULL)
		*shown = n;
	if (err == 0 && (out->err != 0 || scratch.err != 0))
		err = ERR_NOMEM;
	grid_free(&tab.g);
	doc_free(&d);
	buf_free(&scratch);
	return err;
}

int
records_write_one(const struct trace *t, uint64_t seq,
    const struct records_options *o, struct buf *out)
{
	struct table tab = { .t = t, .out = out, .times = { 3, -1 } };
	struct doc doc = DOC_INIT;
	struct trace_rec rec;
	int err;

	if (o != NULL)
		tab.o = *o;
	record_columns_measure(&tab.columns, t, tab.times.decimals);
	trace_get(t, seq, &rec);
	put_around(&tab, "{\"records\":[");
	err = write_line(&tab, &rec);
	put_around(&tab, "]}\n");
	if (!tab.o.json)
		record_doc_rest(t, &rec,
		    tab.o.width != 0 ? tab.o.width : WIDTH_USUAL, 0, &doc);
	if (err == 0)
		err = write_doc(&tab, &doc);
	grid_free(&tab.g);
	doc_free(&doc);
	return err;
}
