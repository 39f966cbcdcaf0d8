/*
 * How far the lifelines stand apart.  Every label wants to fit between two of
 * them; where the line has cells to spare, narrow gaps grow towards the widest,
 * and where it has too few, the widest shrink and their labels are shortened.
 */
#include "base/err.h"
#include "base/mem.h"
#include "ladder/ladder_text_in.h"
#include "words/time_words.h"

/* Without a width given: what one hopes for, and what is too much. */
#define WIDTH_USUAL 80
#define WIDTH_MOST  200
/* Cells between the names of two domains. */
#define TITLE_SPACE 2

#define NAME_LINES 4

static size_t
at_most(size_t a, size_t b)
{
	return a < b ? a : b;
}

static void
raise_to(size_t *value, size_t least)
{
	if (*value < least)
		*value = least;
}

size_t
ladder_text_time_cells(const struct layout *l)
{
	struct buf b = BUF_INIT;
	size_t cells;

	time_put(&b, l->nrows > 0 ? l->rows[l->nrows - 1].t : 0);
	cells = b.n < 5 ? 5 : b.n;
	buf_free(&b);
	return TIME_MARGIN + cells + TIME_AFTER;
}

size_t
ladder_text_inner(const struct ladder_text *t, size_t i)
{
	return t->x[i + 1] - t->x[i] - 1;
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
		    at_most(ladder_text_label_cells(r, LABEL_DETAIL) + 2,
			DETAIL_MOST));
	if (r->lost)
		raise_to(&f->wish[gap],
		    at_most(utf8_width(r->lost_text) + (r->arrived ? 3 : 10),
			REMARK_MOST));
}

static void
measure(struct ladder_fit *f)
{
	const struct layout *l = f->l;

	for (size_t i = 0; i < l->nrows; i++) {
		const struct layout_row *r = &l->rows[i];

		if (r->from == LAYOUT_NONE)
			continue;
		if (r->item == LAYOUT_MESSAGE || r->item == LAYOUT_MEDIA)
			measure_message(f, r);
		else if (l->ncolumns > 1)
			raise_to(&f->wish[r->from < f->n ? r->from : f->n - 1],
			    at_most(utf8_width(r->label) + 3, REMARK_MOST));
	}
	for (size_t i = 0; i < f->n; i++) {
		size_t a = at_most(utf8_width(l->columns[i].name), NAME_MOST);
		size_t b =
		    at_most(utf8_width(l->columns[i + 1].name), NAME_MOST);

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
		size_t cells = at_most(utf8_width(d->name), 2 * NAME_MOST);
		size_t has = 0, gaps = d->last - d->first;

		for (size_t k = d->first; k < d->last; k++)
			has += f->wish[k] + 1;
		/* Half of the gaps beside it are its own, too. */
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
	measure(f);
	measure_frames(f);
}

static size_t
sum(const size_t *values, size_t n)
{
	size_t total = 0;

	for (size_t i = 0; i < n; i++)
		total += values[i];
	return total;
}

void
ladder_text_grow(size_t *gaps, size_t n, size_t room)
{
	size_t widest = 0, level;

	for (size_t i = 0; i < n; i++)
		raise_to(&widest, gaps[i]);
	for (level = widest; level > 0; level--) {
		size_t total = 0;

		for (size_t i = 0; i < n; i++)
			total += gaps[i] > level ? gaps[i] : level;
		if (total <= room)
			break;
	}
	for (size_t i = 0; i < n; i++)
		raise_to(&gaps[i], level);
}

void
ladder_text_shrink(size_t *gaps, size_t n, size_t room, size_t least)
{
	size_t level = WIDTH_MOST;

	for (; level > least; level--) {
		size_t total = 0;

		for (size_t i = 0; i < n; i++)
			total += at_most(gaps[i], level);
		if (total <= room)
			break;
	}
	for (size_t i = 0; i < n; i++)
		gaps[i] = at_most(gaps[i], level);
}

/* Cells from TO back to where all names of domains begin, one after the other;
 * where that is more than there are, the longest are cut. */
static void
cut_titles(struct ladder_text *t, size_t room)
{
	size_t n = t->l->nframes, spaces = n > 1 ? (n - 1) * TITLE_SPACE : 0;

	for (size_t i = 0; i < n; i++)
		t->title_cells[i] = utf8_width(t->l->frames[i].name);
	room = room > spaces ? room - spaces : 0;
	if (sum(t->title_cells, n) > room)
		ladder_text_shrink(t->title_cells, n, room, 1);
}

/* Each domain's name stands above the middle of its columns, or as near to that
 * as the names beside it let it. */
void
ladder_text_place_titles(struct ladder_text *t)
{
	const struct layout *l = t->l;
	size_t from = t->title_from, end = from;
	size_t to = t->title_to != 0 ? t->title_to : t->room;

	cut_titles(t, to > from ? to - from : 0);
	for (size_t i = 0; i < l->nframes; i++) {
		const struct layout_frame *d = &l->frames[i];
		size_t cells = t->title_cells[i];
		size_t middle = (t->x[d->first] + t->x[d->last] + 1) / 2;

		t->title[i] = middle > cells / 2 ? middle - cells / 2 : 0;
		raise_to(&t->title[i], end);
		end = t->title[i] + cells + TITLE_SPACE;
	}
	end = to;
	for (size_t i = l->nframes; i-- > 0;) {
		size_t cells = t->title_cells[i];

		if (t->title[i] + cells > end)
			t->title[i] = end > cells ? end - cells : 0;
		end = t->title[i] > TITLE_SPACE ? t->title[i] - TITLE_SPACE : 0;
	}
}

static void
settle(struct ladder_text *t, struct ladder_fit *f)
{
	const struct layout *l = t->l;
	size_t first = ladder_text_time_cells(l), fixed, room, width;
	size_t *gaps = f->wish;

	raise_to(
	    &first, at_most(utf8_width(l->columns[0].name), NAME_MOST) / 2 + 1);
	raise_to(&f->right,
	    at_most(utf8_width(l->columns[f->n].name), NAME_MOST) / 2 + 1);
	fixed = first + 1 + f->n + f->right;
	width = t->o.width;
	if (width == 0) {
		width = fixed + sum(f->wish, f->n);
		width = width < WIDTH_USUAL ? WIDTH_USUAL
					    : at_most(width, WIDTH_MOST);
	}
	room = width > fixed ? width - fixed : 0;
	if (sum(f->wish, f->n) <= room) {
		ladder_text_grow(gaps, f->n, room);
	} else if (sum(f->need, f->n) <= room) {
		gaps = f->need;
		ladder_text_grow(gaps, f->n, room);
	} else {
		gaps = f->need;
		ladder_text_shrink(gaps, f->n, room, INNER_LEAST);
	}
	t->x[0] = first;
	for (size_t i = 0; i < f->n; i++)
		t->x[i + 1] = t->x[i] + 1 + gaps[i];
	t->width = t->x[f->n] + 1 + f->right;
	t->room = t->o.width != 0 ? t->o.width : WIDTH_USUAL;
	raise_to(&t->room, t->width);
	ladder_text_place_titles(t);
	t->name_lines = ladder_text_name_lines(l, t->x, NAME_LINES);
}

int
ladder_text_fit(struct ladder_text *t)
{
	const struct layout *l = t->l;
	struct ladder_fit f = { .l = l };
	size_t *lists;

	if (l->ncolumns == 0) {
		t->width = t->o.width != 0 ? t->o.width : WIDTH_USUAL;
		t->room = t->width;
		return 0;
	}
	t->x = mem_zalloc(l->ncolumns, sizeof(*t->x));
	t->title = mem_zalloc(2 * l->ncolumns, sizeof(*t->title));
	lists = mem_zalloc(2 * l->ncolumns, sizeof(*lists));
	if (t->x == NULL || t->title == NULL || lists == NULL) {
		mem_free(lists);
		return ERR_NOMEM;
	}
	t->title_cells = t->title + l->ncolumns;
	f.need = lists;
	f.wish = lists + l->ncolumns;
	ladder_text_measure(&f);
	settle(t, &f);
	mem_free(lists);
	return 0;
}
