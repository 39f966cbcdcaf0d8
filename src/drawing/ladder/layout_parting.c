/*
 * Where the ladders of two branches part: the first arrow or remark of each
 * that the other does not have, or that fares differently there.
 */
#include "ladder/layout.h"

#include "base/bisect.h"
static bool
same_column(
    const struct layout *a, size_t in_a, const struct layout *b, size_t in_b)
{
	if (in_a >= a->ncolumns || in_b >= b->ncolumns)
		return in_a >= a->ncolumns && in_b >= b->ncolumns;
	return str_eq(a->columns[in_a].name, b->columns[in_b].name);
}

/* It fares as the other does. */
static bool
same_fate(const struct layout_row *r, const struct layout_row *s)
{
	return r->t_end == s->t_end && r->lost == s->lost &&
	       r->altered == s->altered && r->arrived == s->arrived &&
	       r->under_way == s->under_way && r->copies == s->copies &&
	       r->reason == s->reason && r->gone == s->gone;
}

static bool
same_row(const struct layout *a, const struct layout_row *r,
    const struct layout *b, const struct layout_row *s)
{
	return r->t == s->t && r->item == s->item && r->retx == s->retx &&
	       r->folded == s->folded && same_fate(r, s) &&
	       str_eq(r->label, s->label) && str_eq(r->detail, s->detail) &&
	       str_eq(r->call, s->call) &&
	       same_column(a, r->from, b, s->from) &&
	       same_column(a, r->to, b, s->to);
}

/* L has a row like ROW of OF, not before its row FROM. */
static bool
has_row(const struct layout *l, size_t from, const struct layout *of,
    const struct layout_row *row)
{
	size_t i;

	BISECT(i, from, l->nrows, l->rows[i].t < row->t);
	for (; i < l->nrows && l->rows[i].t == row->t; i++)
		if (same_row(of, row, l, &l->rows[i]))
			return true;
	return false;
}

static size_t
first_alone(const struct layout *l, const struct layout *other, size_t from)
{
	for (size_t i = from; i < l->nrows; i++)
		if (!has_row(other, from, l, &l->rows[i]))
			return i;
	return LAYOUT_NONE;
}

void
layout_parting(const struct layout *a, const struct layout *b, size_t *row_a,
    size_t *row_b)
{
	size_t same = 0;

	while (same < a->nrows && same < b->nrows &&
	       same_row(a, &a->rows[same], b, &b->rows[same]))
		same++;
	*row_a = first_alone(a, b, same);
	*row_b = first_alone(b, a, same);
}
