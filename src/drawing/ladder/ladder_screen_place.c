/*
 * Which lines a row has where order counts and time does not: two a message or
 * one, one a remark.  An arrow is drawn straight although it takes time; only
 * where that would tell something wrong (two messages pass each other, one
 * overtakes the other, a sender repeats what seems to have arrived) does it
 * arrive on a line of its own, below what was sent meanwhile.
 */
#include "base/err.h"
#include "base/mem.h"
#include "ladder/ladder_screen_in.h"

/* A message that will arrive on a line below row AFTER. */
struct coming {
	size_t row, after;
};

struct coming_list {
	struct coming list[2 * SLANT_ROWS];
	size_t n;
};

/* Whether A, drawn as if it arrived at once, would tell something wrong of B:
 * that B was sent by one who had A, that B came after it or was needless. */
static bool
misleads(const struct layout_row *a, const struct layout_row *b)
{
	if (b->item != LAYOUT_MESSAGE || b->t >= a->t_end)
		return false;
	if (b->from == a->to && b->to == a->from)
		return true;
	if (b->from != a->from || b->to != a->to)
		return false;
	return (b->retx > 0 && b->t > a->t) ||
	       (b->end_seq > b->seq && b->t_end < a->t_end && !b->lost);
}

size_t
ladder_arrives_after(const struct layout *l, size_t i, bool *late)
{
	const struct layout_row *r = &l->rows[i];
	bool wrong = false;
	size_t last = i;

	*late = false;
	if (r->item != LAYOUT_MESSAGE || r->lost || r->from == r->to)
		return i;
	for (size_t j = i + 1; j < l->nrows && l->rows[j].seq < r->end_seq;
	     j++) {
		if (j - i > SLANT_ROWS) {
			*late = wrong;
			return i;
		}
		wrong = wrong || misleads(r, &l->rows[j]);
		last = j;
	}
	return wrong ? last : i;
}

bool
ladder_is_arrow(const struct layout_row *r)
{
	return r->item == LAYOUT_MESSAGE || r->item == LAYOUT_MEDIA;
}

/* Lines of row I on paper, which has its place. */
static size_t
count_paper_lines(struct ladder_screen *s, size_t i)
{
	const struct layout_row *r = &s->l->rows[i];
	const struct ladder_screen_now now = LADDER_SCREEN_NOW;
	struct ladder_view v = { .s = s, .now = &now, .body.w = s->width };
	struct ladder_shown w = { .row = i };
	struct layout_row note;
	size_t lines;

	if (!ladder_is_arrow(r)) {
		lines = ladder_remark_lines(s, r);
	} else {
		if (r->lost)
			ladder_aim(&v, &w);
		lines = ladder_arrow_lines(&v, &w);
		buf_clear(&s->text);
	}
	if (r->note.n > 0) {
		note = ladder_note_of(r);
		lines += ladder_remark_lines(s, &note);
	}
	return lines;
}

/* Row I begins on LINE; how many it has, all together. */
static size_t
place_row(struct ladder_screen *s, size_t i, size_t line)
{
	size_t height =
	    s->mode == LADDER_USUAL && ladder_is_arrow(&s->l->rows[i]) ? 2 : 1;

	s->place[i].from = (uint32_t)line;
	s->place[i].to = (uint32_t)(line + height - 1);
	return s->paper ? count_paper_lines(s, i) : height;
}

/* Those that arrive below row J, in the order in which they do. */
static size_t
place_arrivals(
    struct ladder_screen *s, struct coming_list *c, size_t j, size_t line)
{
	for (;;) {
		size_t next = c->n;

		for (size_t i = 0; i < c->n; i++)
			if (c->list[i].after == j &&
			    (next == c->n ||
				s->l->rows[c->list[i].row].end_seq <
				    s->l->rows[c->list[next].row].end_seq))
				next = i;
		if (next == c->n)
			return line;
		s->place[c->list[next].row].to = (uint32_t)line++;
		c->list[next] = c->list[--c->n];
	}
}

/* Rows of a folded call share the line of the first of them. */
static bool
place_folded(struct ladder_screen *s, size_t i, size_t *line)
{
	const struct ladder_fold *f = ladder_fold_of(s, i);

	if (f == NULL)
		return false;
	s->place[i].from = (uint32_t)*line;
	s->place[i].to = i == f->head ? PLACE_FOLD : PLACE_HIDDEN;
	*line += i == f->head;
	return true;
}

static int
place_in_order(struct ladder_screen *s)
{
	const struct layout *l = s->l;
	struct coming_list c = { .n = 0 };
	size_t line = s->lead;

	for (size_t i = 0; i < l->nrows; i++) {
		size_t after;
		bool late;

		if (!place_folded(s, i, &line)) {
			line += place_row(s, i, line);
			after = ladder_arrives_after(l, i, &late);
			if (after != i &&
			    c.n < sizeof(c.list) / sizeof(c.list[0]))
				c.list[c.n++] = (struct coming){ i, after };
		}
		line = place_arrivals(s, &c, i, line);
	}
	s->lines = line + (s->mode == LADDER_USUAL && l->ncolumns > 0);
	return 0;
}

int
ladder_place_rows(
    struct ladder_screen *s, const struct ladder_screen_options *o)
{
	/* Three lines a row, on paper seven, or in true time 32, have numbers
	 * of 32 bits. */
	if (s->l->nrows > UINT32_MAX / 8)
		return ERR_NOMEM;
	s->place = mem_zalloc(s->l->nrows, sizeof(*s->place));
	if (s->place == NULL)
		return ERR_NOMEM;
	/* On paper labels have that line. */
	s->lead = s->mode == LADDER_USUAL &&
		  !(s->paper && (s->names || s->l->ncolumns == 0));
	if (s->mode == LADDER_TIME)
		return ladder_place_times(s, o->line_ns);
	return place_in_order(s);
}
