/*
 * Where the columns stand on a screen of some width.  As many cells as labels
 * need, or fewer; but where not all columns would have LEAST cells for a label,
 * only some of them are seen, at equal distances.  On paper all are seen,
 * however little room they have.
 */
#include "ladder/ladder_screen_in.h"
#include "base/num.h"

/* Lifelines do not stand nearer, if there is room for that. */
#define COMFORT 18
/* More than that is not left free behind the last lifeline. */
#define RIGHT_MOST 12
/* Paper of no given width: the usual one, a wide one, and the limit. */
#define PAPER_USUAL 80
#define PAPER_WIDE  100
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
	return num_larger(s->time_cells, count_half_name(s, 0) + 1);
}

static size_t
count_cells_right(const struct ladder_screen *s)
{
	size_t right = count_half_name(s, s->l->ncolumns - 1) + 1;

	if (s->paper || s->fit.right < RIGHT_MOST)
		return num_larger(right, s->fit.right);
	return num_larger(right, RIGHT_MOST);
}

/* Beside the gaps. */
static size_t
count_fixed_cells(const struct ladder_screen *s)
{
	return count_cells_left(s) + s->l->ncolumns + count_cells_right(s);
}

/* A label in its arrow has a dash and a head next to it. */
static size_t
count_around_label(const struct ladder_screen *s)
{
	return s->mode == LADDER_USUAL ? 0 : 3;
}

size_t
ladder_need_cells(const struct ladder_screen *s)
{
	size_t cells = count_fixed_cells(s);

	for (size_t i = 0; i < s->fit.n; i++)
		cells += num_larger(s->fit.need[i] + count_around_label(s),
		    ladder_least_inner(s));
	return cells;
}

size_t
ladder_least_cells(const struct ladder_screen *s)
{
	return count_fixed_cells(s) +
	       s->fit.n * (s->mode == LADDER_USUAL ? LEAST_ABOVE : LEAST_IN);
}

size_t
ladder_tight_cells(const struct ladder_screen *s)
{
	/* A screen may hide columns. */
	return s->paper ? count_fixed_cells(s) + s->fit.n * INNER_LEAST : 0;
}

/* Every column has its place. */
static void
place_all(struct ladder_screen *s, size_t room)
{
	size_t n = s->fit.n, least = ladder_least_inner(s), share = SIZE_MAX;
	size_t more = count_around_label(s);
	const size_t *wanted = s->fit.wish;

	if (ladder_text_sum(wanted, n) + n * more > room)
		wanted = s->fit.need;
	/* No wish takes more than its share from the others. */
	if (n > 0 && !s->paper)
		share = room / n > more ? room / n - more : 0;
	for (size_t i = 0; i < n; i++) {
		size_t most = num_larger(s->fit.need[i], share);

		s->gaps[i] = num_larger(
		    (wanted[i] < most ? wanted[i] : most) + more, least);
	}
	/* The others will be as wide. */
	if (n > 0 && !s->paper && ladder_text_sum(s->gaps, n) + COMFORT <= room)
		s->gaps[0] = num_larger(s->gaps[0], COMFORT);
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

/* Brackets are next to what the ladder makes use of, not at the edge of all
 * that it has. */
static void
draw_near(struct ladder_screen *s)
{
	const struct layout *l = s->l;
	size_t last = s->x[s->end - 1], need;

	if (s->brackets.cells == 0 || s->end < l->ncolumns)
		return;
	need = last + 1 + count_cells_right(s);
	need = num_larger(need, last + s->fit.beside);
	need = num_larger(need, s->x[s->first] + s->fit.over);
	need = num_larger(
	    need, last + utf8_width(l->columns[s->end - 1].label) / 2 + 2);
	for (size_t i = 0; i < l->nframes; i++) {
		const struct layout_frame *d = &l->frames[i];
		size_t first = num_larger(d->first, s->first);

		if (d->last >= s->first)
			need = num_larger(need, (s->x[first] + s->x[d->last] +
						    utf8_width(d->name)) /
							2 +
						    2);
	}
	s->width = num_smaller(s->width, need);
}

static bool
make_equal(size_t *a, size_t *b)
{
	bool same = *a == *b;

	*a = *b = num_larger(*a, *b);
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
	for (unsigned f = 0; f < BRACKET_FORMS; f++)
		make_equal(&s->brackets.total[f], &other->brackets.total[f]);
	make_equal(&s->brackets.note, &other->brackets.note);
	make_equal(&s->brackets.first, &other->brackets.first);
	s->brackets.joined = other->brackets.joined = true;
	same = make_equal(&s->time_cells, &other->time_cells) && same;
	make_equal(&a->beside, &b->beside);
	make_equal(&a->over, &b->over);
	if (!make_equal(&a->right, &b->right) || !same)
		s->fitted = other->fitted = SIZE_MAX;
}

/* As wide as labels and remarks want to be; brackets come to that where it is
 * more than usual, else only where labels would have too little room. */
static size_t
choose_paper_width(const struct ladder_screen *s)
{
	size_t wish =
	    count_fixed_cells(s) + ladder_text_sum(s->fit.wish, s->fit.n);
	size_t beside = s->brackets.total[BRACKET_NAME] + s->brackets.note;
	size_t need;

	if (wish > PAPER_USUAL)
		return num_smaller(wish, PAPER_MOST) + beside;
	need = ladder_need_cells(s) + s->brackets.note;
	if (need + s->brackets.total[BRACKET_NAME] <= PAPER_USUAL)
		return PAPER_USUAL;
	/* Where it is wider, names may be whole. */
	return need + s->brackets.total[BRACKET_LINES] <= PAPER_WIDE
		   ? PAPER_WIDE
		   : need + s->brackets.total[BRACKET_NAME];
}

void
ladder_fit_paper(struct ladder_screen *s, size_t width)
{
	size_t n = s->l->ncolumns, fixed;

	s->width = width != 0 ? width : PAPER_USUAL;
	if (n == 0)
		return;
	fixed = count_fixed_cells(s);
	if (width == 0)
		width = choose_paper_width(s);
	width = ladder_fit_brackets(s, width);
	if (s->brackets.cells > 0)
		s->width = width;
	place_all(s, width > fixed ? width - fixed : 0);
	draw_near(s);
	s->names_end = s->x[n - 1] + 1 + count_cells_right(s);
	s->width = num_larger(s->width, s->names_end);
	ladder_place_names(s);
}

void
ladder_screen_fit(struct ladder_screen *s, size_t width, size_t first)
{
	size_t n = s->l->ncolumns, fixed;

	if (n == 0 || s->paper || (s->fitted == width && s->asked == first))
		return;
	s->fitted = s->width = width;
	s->asked = first;
	s->edge_left = s->time_cells - 1;
	fixed = count_fixed_cells(s);
	if (fixed + (n - 1) * ladder_least_inner(s) <= width || n == 1)
		place_all(s, width > fixed ? width - fixed : 0);
	else
		place_some(s, first, width);
	draw_near(s);
	ladder_place_names(s);
}
