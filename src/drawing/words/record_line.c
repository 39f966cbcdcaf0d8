/* Records as lines of a table; see words/record_line.h. */
#include "words/record_line.h"

#include "base/err.h"
#include "words/time_words.h"

#include <stdio.h>

#define NODE_MOST 16
#define KIND      7 /* cells of the longest kind */

void
record_columns_measure(
    struct record_columns *m, const struct trace *t, unsigned decimals)
{
	const struct trace_head *head = trace_head(t);
	uint64_t count = trace_count(t);
	struct buf time = BUF_INIT;

	time_put_fine(&time, count > 0 ? trace_time_of(t, count) : 0, decimals);
	*m = (struct record_columns){ .seq = str_digits(count),
		.time = time.n < 5 ? 5 : time.n,
		.node = 4,
		.decimals = decimals };
	for (size_t i = 0; i < head->nnodes; i++) {
		size_t cells = utf8_width(head->nodes[i].name);

		if (cells > m->node)
			m->node = cells;
	}
	if (m->node > NODE_MOST)
		m->node = NODE_MOST;
	buf_free(&time);
}

static size_t
right_aligned(
    const struct grid_area *a, size_t x, struct str text, size_t cells)
{
	grid_text(a, text.n < cells ? x + cells - text.n : x, 0, text, cells,
	    STYLE_DIM);
	return x + cells + 2;
}

int
record_line(const struct trace *t, const struct record_columns *m,
    const struct trace_rec *rec, const struct grid_area *a)
{
	enum canvas_style style = record_kind_style(rec->kind);
	struct buf text = BUF_INIT;
	char seq[24];
	size_t x = 0;
	int err;

	snprintf(seq, sizeof(seq), "%llu", (unsigned long long)rec->seq);
	x = right_aligned(a, x, str_of(seq), m->seq);
	time_put_fine(&text, rec->t, m->decimals);
	x = right_aligned(a, x, buf_view(&text), m->time);
	grid_text(a, x, 0, rec->node, m->node, STYLE_PLAIN);
	x += m->node + 2;
	if (a->w >= RECORD_LINE_KINDS) {
		grid_text(
		    a, x, 0, str_of(trace_kind_name(rec->kind)), KIND, style);
		x += KIND + 2;
	}
	err = text.err;
	buf_clear(&text);
	record_summary(t, rec, &text);
	grid_text(a, x, 0, buf_view(&text), SIZE_MAX, style);
	if (err == 0)
		err = text.err != 0 ? text.err : a->g->err;
	buf_free(&text);
	return err;
}
