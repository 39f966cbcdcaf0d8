/*
 * The ladder for programs.  Times are whole nanoseconds; rows and columns name
 * each other by index, records by seq; what does not apply is left out.
 */
#include "ladder/ladder_json.h"

#include "ladder/ladder_arrow.h"

#include "base/err.h"
#include "base/progress.h"
#include "text/json.h"

static void
put_index(struct buf *b, const char *key, size_t index)
{
	if (index != LAYOUT_NONE)
		json_put_int(b, key, (int64_t)index);
}

static void
put_count(struct buf *b, const char *key, unsigned n)
{
	if (n > 0)
		json_put_int(b, key, n);
}

static void
put_column(const struct layout *l, size_t i, struct buf *b)
{
	const struct layout_column *c = &l->columns[i];

	json_put_field(b, "name", c->name);
	json_put_field(b, "label", c->label.n > 0 ? c->label : c->name);
	json_put_field(b, "role", c->role);
	json_put_field(b, "domain", c->domain);
	if (!str_eq(c->frame_name, c->domain))
		json_put_field(b, "group", c->frame_name);
}

static void
put_row(const struct layout *l, size_t i, struct buf *b)
{
	const struct layout_row *r = &l->rows[i];
	bool arrow = r->item == LAYOUT_MESSAGE || r->item == LAYOUT_MEDIA;

	json_put_field(b, "item", str_of(layout_item_name(r->item)));
	json_put_int(b, "seq", (int64_t)r->seq);
	json_put_int(b, "t", r->t);
	if (r->end_seq != 0) {
		json_put_int(b, r->item == LAYOUT_TIMER ? "set_seq" : "end_seq",
		    (int64_t)r->end_seq);
		json_put_int(
		    b, r->item == LAYOUT_TIMER ? "set_t" : "end_t", r->t_end);
	}
	put_index(b, arrow ? "from" : "at", r->from);
	if (arrow) {
		put_index(b, "to", r->to);
		json_put_field(b, "kind", str_of(trace_arrow_name(r->arrow)));
	}
	json_put_field(b, "label", r->label);
	if (r->why.n > 0)
		json_put_field(b, "why", r->why);
	put_count(b, "number", r->number);
	put_count(b, "retransmission", r->retx);
	put_count(b, "folded", r->folded);
	put_count(b, "folded_lost", r->gone);
	/* Without it one, where none is missing. */
	if (r->copies > 1 || r->missing > 0)
		json_put_int(b, "copies", r->copies);
	put_count(b, "missing", r->missing);
	if (r->item == LAYOUT_MEDIA &&
	    ladder_streams[r->stream_kind].word != NULL)
		json_put_field(
		    b, "stream", str_of(ladder_streams[r->stream_kind].word));
	if (r->amiss.n > 0)
		json_put_field(b, "amiss", r->amiss);
	put_index(b, "first", r->first);
	put_index(b, "forwards", r->fwd);
	put_index(b, "since", r->since);
	if (r->lost)
		json_put_field(b, "lost",
		    r->reason != TRACE_DROP_COUNT
			? str_of(trace_drop_name(r->reason))
			: r->lost_text);
	if (r->note.n > 0)
		json_put_field(b, "note", r->note);
}

static void
put_bar(const struct layout *l, size_t i, struct buf *b)
{
	const struct layout_bar *bar = &l->bars[i];

	json_put_int(b, "at", (int64_t)bar->column);
	json_put_field(b, "machine", bar->machine);
	json_put_field(b, "state", bar->state);
	json_put_int(b, "seq", (int64_t)bar->seq);
	json_put_int(b, "t", bar->t);
	json_put_int(b, "end_t", bar->t_end);
}

static void
put_work(const struct layout *l, size_t i, struct buf *b)
{
	const struct layout_work *w = &l->works[i];

	json_put_int(b, "at", (int64_t)l->rows[w->row].from);
	json_put_int(b, "seq", (int64_t)w->seq);
	json_put_int(b, "t", w->t);
	json_put_int(b, "end_t", w->t_end);
	json_put_int(b, "instructions", (int64_t)w->count);
}

/* A list of N things, each an object on a line. */
static void
put_list(const struct layout *l, const char *key, size_t n,
    void (*put)(const struct layout *l, size_t i, struct buf *b), struct buf *b)
{
	json_open(b, key, '[');
	for (size_t i = 0; i < n && buf_pass(b) == 0; i++) {
		progress_count(N_("drawing the ladder"), i, n);
		buf_puts(b, i > 0 ? ",\n  {" : "\n  {");
		put(l, i, b);
		buf_putc(b, '}');
	}
	buf_putc(b, ']');
}

int
ladder_json_write(const struct layout *l, struct buf *b)
{
	buf_putc(b, '{');
	json_put_field(b, "title", l->title);
	json_put_int(b, "seed", l->seed);
	json_put_key(b, "complete");
	buf_puts(b, l->complete ? "true" : "false");
	json_put_int(b, "messages", (int64_t)l->nmessages);
	json_put_int(b, "lost", (int64_t)l->nlost);
	put_count(b, "discarded", (unsigned)l->ndiscarded);
	put_list(l, "columns", l->ncolumns, put_column, b);
	put_list(l, "rows", l->nrows, put_row, b);
	put_list(l, "states", l->nbars, put_bar, b);
	if (l->nworks > 0)
		put_list(l, "computing", l->nworks, put_work, b);
	buf_puts(b, "}\n");
	return b->err;
}
