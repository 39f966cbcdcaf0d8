/*
 * How wide a ladder made of characters is to be: the cells of labels and times,
 * what lies between two lifelines so that every label fits, and how gaps share
 * what there is: if there are cells to spare, narrow gaps grow towards the
 * widest; if there are too few, the widest shrink.
 */
#include "base/num.h"
#include "ladder/ladder_arrow.h"
#include "ladder/ladder_screen_in.h"
#include "ladder/ladder_text_in.h"
#include "text/utf8.h"
#include "words/time_words.h"

/* Wider than this no gap is to begin with. */
#define GAP_MOST 200
/* Remarks beyond this are clipped rather than given room. */
#define REMARK_MOST 32
#define OVER_MOST   60
/* "query", whom for, and a mark. */
#define DETAIL_MOST 48

static void
raise_to(size_t *value, size_t least)
{
	if (*value < least)
		*value = least;
}

size_t
ladder_text_time_cells(const struct layout *l)
{
	LOCAL_BUF b = BUF_INIT;
	size_t cells;

	time_put(&b, l->nrows > 0 ? l->rows[l->nrows - 1].t : 0);
	cells = b.n < 5 ? 5 : b.n;
	return TIME_MARGIN + cells + TIME_AFTER;
}

void
ladder_text_put_front(const struct layout_row *r, struct buf *out)
{
	if (r->number > 0)
		buf_printf(out, "F%u ", r->number);
	if (ladder_costs[r->cost].sign != '\0')
		buf_printf(out, "%c ", ladder_costs[r->cost].sign);
}

size_t
ladder_text_label_cells(const struct layout_row *r, enum label_size size)
{
	size_t cells = utf8_width(size == LABEL_BRIEF ? r->brief : r->label);
	LOCAL_BUF around = BUF_INIT;

	ladder_text_put_front(r, &around);
	layout_put_marks(r, LAYOUT_AGAIN, &around);
	cells += utf8_width(buf_view(&around));
	return size == LABEL_DETAIL ? cells + utf8_width(r->detail) : cells;
}

static void
measure_message(struct ladder_fit *f, const struct layout_row *r)
{
	size_t cells = ladder_text_label_cells(r, LABEL_USUAL) + 2;
	size_t gap;

	if (r->from == r->to) {
		if (r->from + 1 == f->l->ncolumns)
			raise_to(&f->right, cells + 4);
		else
			raise_to(&f->need[r->from], cells + 3);
		return;
	}
	gap = r->from < r->to ? r->from : r->from - 1;
	raise_to(&f->need[gap], cells);
	if (r->detail.n > 0)
		raise_to(&f->wish[gap],
		    num_smaller(ladder_text_label_cells(r, LABEL_DETAIL) + 2,
			DETAIL_MOST));
	if (r->lost)
		raise_to(&f->wish[gap],
		    num_smaller(
			utf8_width(r->loss.text) + (r->loss.arrived ? 3 : 10),
			REMARK_MOST));
}

/* What R says beyond the last lifeline. */
static void
measure_beside(struct ladder_fit *f, const struct layout_row *r)
{
	bool arrow = r->item == LAYOUT_MESSAGE || r->item == LAYOUT_MEDIA;
	size_t last = f->l->ncolumns - 1, cells = 0;

	if (r->from == LAYOUT_NONE)
		raise_to(
		    &f->over, num_smaller(utf8_width(r->label) + 3, OVER_MOST));
	else if (!arrow && r->from == last)
		cells = utf8_width(r->label);
	else if (r->lost && (r->to == last || r->from == last))
		cells = utf8_width(r->loss.text);
	if (r->note.text.n > 0)
		cells = num_larger(cells, utf8_width(r->note.text));
	if (cells > 0)
		raise_to(&f->beside, num_smaller(cells + 3, REMARK_MOST));
}

static void
measure_labels(struct ladder_fit *f)
{
	const struct layout *l = f->l;

	for (size_t i = 0; i < l->nrows; i++) {
		const struct layout_row *r = &l->rows[i];

		measure_beside(f, r);
		if (r->from == LAYOUT_NONE)
			continue;
		if (r->item == LAYOUT_MESSAGE || r->item == LAYOUT_MEDIA)
			measure_message(f, r);
		else if (l->ncolumns > 1)
			raise_to(&f->wish[r->from < f->n ? r->from : f->n - 1],
			    num_smaller(utf8_width(r->label) + 3, REMARK_MOST));
	}
	for (size_t i = 0; i < f->n; i++) {
		size_t a =
		    num_smaller(utf8_width(l->columns[i].name), NAME_MOST);
		size_t b =
		    num_smaller(utf8_width(l->columns[i + 1].name), NAME_MOST);

		raise_to(&f->need[i], (a + b) / 2 + 1);
		raise_to(&f->wish[i], f->need[i]);
	}
}

/* A domain's title wants to fit above its columns. */
static void
measure_frames(struct ladder_fit *f)
{
	for (size_t i = 0; i < f->l->nframes; i++) {
		const struct layout_frame *d = &f->l->frames[i];
		size_t cells = num_smaller(utf8_width(d->name), 2 * NAME_MOST);
		size_t has = 0, gaps = d->last - d->first;

		for (size_t k = d->first; k < d->last; k++)
			has += f->wish[k] + 1;
		/* Half of the gaps next to it are its own as well. */
		if (d->first > 0)
			has += f->wish[d->first - 1] / 2;
		if (d->last < f->n)
			has += f->wish[d->last] / 2;
		if (has >= cells)
			continue;
		if (gaps > 0) {
			for (size_t k = d->first; k < d->last; k++)
				f->wish[k] += (cells - has + gaps - 1) / gaps;
		} else {
			if (d->first > 0)
				f->wish[d->first - 1] += cells - has;
			if (d->last < f->n)
				f->wish[d->last] += cells - has;
		}
	}
}

void
ladder_text_measure(struct ladder_fit *f)
{
	f->n = f->l->ncolumns > 0 ? f->l->ncolumns - 1 : 0;
	for (size_t i = 0; i < f->n; i++)
		f->need[i] = INNER_LEAST;
	measure_labels(f);
	measure_frames(f);
}

/* What GAPS take together where each is what OF makes of it and LEVEL. */
static size_t
sum_levelled(const size_t *gaps, size_t n, size_t level,
    uint64_t (*of)(uint64_t gap, uint64_t level))
{
	size_t total = 0;

	for (size_t i = 0; i < n; i++)
		total += of(gaps[i], level);
	return total;
}

void
ladder_text_grow(size_t *gaps, size_t n, size_t room)
{
	size_t level = 0;

	for (size_t i = 0; i < n; i++)
		raise_to(&level, gaps[i]);
	while (level > 0 && sum_levelled(gaps, n, level, num_larger) > room)
		level--;
	for (size_t i = 0; i < n; i++)
		raise_to(&gaps[i], level);
}

void
ladder_text_shrink(size_t *gaps, size_t n, size_t room, size_t least)
{
	size_t level = GAP_MOST;

	while (
	    level > least && sum_levelled(gaps, n, level, num_smaller) > room)
		level--;
	for (size_t i = 0; i < n; i++)
		gaps[i] = num_smaller(gaps[i], level);
}

size_t
ladder_text_sum(const size_t *cells, size_t n)
{
	return sum_levelled(cells, n, 0, num_larger);
}
