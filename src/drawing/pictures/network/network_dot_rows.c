/*
 * Nodes that are alike stand in one row.  Links between them go along it where
 * they string them together one after the other; whatever would have to pass
 * another node of the row goes above.
 */
#include "pictures/network/network_dot_in.h"

static size_t
string_of(const struct network_figure *f, size_t i)
{
	while (f->places[i].string != i)
		i = f->places[i].string;
	return i;
}

/* The row of A and B has room for a link along it: it is not to pass others of
 * the row, which are strung by such links. */
static bool
is_free(const struct network_figure *f, size_t a, size_t b)
{
	const struct place *p = f->places;

	if (p[a].level != p[b].level || p[a].flat == 2 || p[b].flat == 2)
		return false;
	return string_of(f, a) != string_of(f, b);
}

bool
network_dot_are_neighbours(const struct network_figure *f, size_t a, size_t b)
{
	size_t from = a < b ? a : b, to = a < b ? b : a;

	for (size_t i = from + 1; i < to; i++)
		if (f->places[i].level == f->places[a].level)
			return false;
	return true;
}

static void
tie(struct network_figure *f, size_t a, size_t b)
{
	struct place *p = f->places;

	p[string_of(f, a)].string = string_of(f, b);
	p[a].beside[p[a].flat++] = b;
	p[b].beside[p[b].flat++] = a;
}

bool
network_dot_is_flat(const struct network_figure *f, size_t a, size_t b)
{
	const struct place *p = &f->places[a];

	return (p->flat > 0 && p->beside[0] == b) ||
	       (p->flat > 1 && p->beside[1] == b);
}

/* Numbers a string of nodes from one end to the other. */
static void
number_string(struct network_figure *f, size_t i)
{
	size_t before = SIZE_MAX, order = 1;

	while (i != SIZE_MAX) {
		struct place *p = &f->places[i];
		size_t next = SIZE_MAX;

		p->order = order++;
		for (unsigned k = 0; k < p->flat; k++)
			if (p->beside[k] != before)
				next = p->beside[k];
		before = i;
		i = next;
	}
}

void
network_dot_string(struct network_figure *f)
{
	size_t a, b;

	for (int wide = 0; wide < 2; wide++)
		for (size_t i = 0; i < f->head->nlinks; i++)
			if (network_dot_ends(f, &f->head->links[i], &a, &b) &&
			    (wide || network_dot_are_neighbours(f, a, b)) &&
			    is_free(f, a, b))
				tie(f, a, b);
	for (size_t i = 0; i < f->head->nnodes; i++)
		if (f->places[i].flat == 1 && f->places[i].order == 0)
			number_string(f, i);
}

bool
network_dot_between(
    const struct network_figure *f, size_t i, size_t a, size_t b)
{
	const struct place *p = f->places;
	size_t from = p[a].order < p[b].order ? p[a].order : p[b].order;
	size_t to = p[a].order < p[b].order ? p[b].order : p[a].order;

	return p[i].order > from && p[i].order < to &&
	       string_of(f, a) == string_of(f, b) &&
	       string_of(f, i) == string_of(f, a);
}
