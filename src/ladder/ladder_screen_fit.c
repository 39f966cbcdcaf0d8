/*
 * Where the columns stand on a screen of some width.  As many cells as labels
 * need, or fewer; but where not all columns would have LEAST cells for a label,
 * only some of them are seen, at equal distances.  On paper all are seen,
 * however little room they have.
 */
#include "ladder/ladder_screen_in.h"

/* Lifelines do not stand nearer, if there is room for that. */
#define COMFORT 18
/* More than that is not left free behind the last lifeline. */
#define RIGHT_MOST 12
/* Paper of no given width: what one hopes for, and what is too much. */
#define PAPER_USUAL 80
#define PAPER_MOST  200

size_t
ladder_least_inner(const struct ladder_screen *s)
{
	if (s->paper)
		return INNER_LEAST;
	return s->mode == LADDER_USUAL ? LEAST_ABOVE : LEAST_IN;
}

/* Cells left of the middle of a column's name. */
static size_t
count_half_name(const struct ladder_screen *s, size_t column)
{
	size_t cells = utf8_width(s->l->columns[column].name);

	return (cells < NAME_MOST ? cells : NAME_MOST) / 2;
}

/* The first lifeline where no column is hidden. */
static size_t
count_cells_left(const struct ladder_screen *s)
{
	return ladder_larger(s->time_cells, count_half_name(s, 0) + 1);
}

static size_t
count_cells_right(const struct ladder_screen *s)
{
	size_t right = count_half_name(s, s->l->ncolumns - 1) + 1;

	if (s->paper || s->fit.right < RIGHT_MOST)
		return ladder_larger(right, s->fit.right);
	return ladder_larger(right, RIGHT_MOST);
}

/* Every column has its place. */
static void
place_all(struct ladder_screen *s, size_t room)
{
	size_t n = s->fit.n, least = ladder_least_inner(s), share = SIZE_MAX;
	/* What stands in its arrow has a dash and a head beside it. */
	size_t more = s->mode == LADDER_USUAL ? 0 : 3;
	const size_t *wanted = s->fit.wish;

	if (ladder_text_sum(wanted, n) + n * more > room)
		wanted = s->fit.need;
	/* Nobody's wish takes more than its share from the others. */
	if (n > 0 && !s->paper)
		share = room / n > more ? room / n - more : 0;
	for (size_t i = 0; i < n; i++) {
		size_t most = ladder_larger(s->fit.need[i], share);

		s->gaps[i] = ladder_larger(
		    (wanted[i] < most ? wanted[i] : most) + more, least);
	}
	/* The others will be as wide. */
	if (n > 0 && !s->paper && ladder_text_sum(s->gaps, n) + COMFORT <= room)
		s->gaps[0] = ladder_larger(s->gaps[0], COMFORT);
	if (ladder_text_sum(s->gaps, n) <= room)
		ladder_text_grow(s->gaps, n, room);
	else
		ladder_text_shrink(s->gaps, n, room, least);
	s->first = 0;
	s->end = n + 1;
	s->x[0] = count_cells_left(s);
	for (size_t i = 0; i < n; i++)
		s->x[i + 1] = s->x[i] + 1 + s->gaps[i];
}

/* How many columns have room behind cell X with TAIL cells after the last. */
static size_t
count_columns(
    const struct ladder_screen *s, size_t x, size_t width, size_t tail)
{
	if (width <= x + tail + 1)
		return 1;
	return 1 + (width - x - tail - 1) / (ladder_least_inner(s) + 1);
}

/* As many as there is room for, from the one that was asked for on; the last
 * ones fill the screen. */
static void
place_some(struct ladder_screen *s, size_t asked, size_t width)
{
	size_t n = s->l->ncolumns, right = count_cells_right(s);
	size_t hidden = s->edge_left + ladder_least_inner(s), x, shown, room,
	       step;
	size_t last = count_columns(s, hidden, width, right);
	size_t first = asked < n - last ? asked : n - last;

	x = first > 0 ? hidden : count_cells_left(s);
	shown = count_columns(s, x, width, right);
	if (first + shown < n) {
		shown = count_columns(s, x, width, ladder_least_inner(s));
		right = ladder_least_inner(s);
	} else {
		shown = n - first;
	}
	step = ladder_least_inner(s) + 1;
	room = width > x + right + 1 ? width - x - right - 1 : 0;
	if (shown > 1 && room / (shown - 1) > step)
		step = room / (shown - 1);
	s->first = first;
	s->end = first + shown;
	for (size_t i = 0; i < shown; i++)
		s->x[first + i] = x + i * step;
}

static bool
make_equal(size_t *a, size_t *b)
{
	bool same = *a == *b;

	*a = *b = ladder_larger(*a, *b);
	return same;
}

void
ladder_screen_join(struct ladder_screen *s, struct ladder_screen *other)
{
	struct ladder_fit *a = &s->fit, *b = &other->fit;
	bool same = true;

	if (s->l->ncolumns != other->l->ncolumns || s->l->ncolumns == 0)
		return;
	for (size_t i = 0; i < a->n; i++) {
		same = make_equal(&a->need[i], &b->need[i]) && same;
		same = make_equal(&a->wish[i], &b->wish[i]) && same;
	}
	same = make_equal(&s->time_cells, &other->time_cells) && same;
	if (!make_equal(&a->right, &b->right) || !same)
		s->width = other->width = SIZE_MAX;
}

void
ladder_fit_paper(struct ladder_screen *s, size_t width)
{
	size_t n = s->l->ncolumns, fixed;

	s->width = width != 0 ? width : PAPER_USUAL;
	if (n == 0)
		return;
	fixed = count_cells_left(s) + n + count_cells_right(s);
	if (width == 0) {
		width = fixed + ladder_text_sum(s->fit.wish, n - 1);
		width = ladder_larger(width, PAPER_USUAL);
		width = width < PAPER_MOST ? width : PAPER_MOST;
	}
	place_all(s, width > fixed ? width - fixed : 0);
	s->names_end = s->x[n - 1] + 1 + count_cells_right(s);
	s->width = ladder_larger(s->width, s->names_end);
	ladder_place_names(s);
}

void
ladder_screen_fit(struct ladder_screen *s, size_t width, size_t first)
{
	size_t n = s->l->ncolumns, fixed;

	if (n == 0 || s->paper || (s->width == width && s->asked == first))
		return;
	s->width = width;
	s->asked = first;
	s->edge_left = s->time_cells - 1;
	fixed = count_cells_left(s) + n + count_cells_right(s);
	if (fixed + (n - 1) * ladder_least_inner(s) <= width || n == 1)
		place_all(s, width > fixed ? width - fixed : 0);
	else
		place_some(s, first, width);
	ladder_place_names(s);
}
