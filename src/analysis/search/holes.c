/* The rows. */
#include "search/holes.h"

const struct hole_row hole_rows[HOLE_COUNT] = {
#define X(id, word, invariants, kinds, places, lost, hit, marks, rfc, section, \
    what, why, lab, acts)                                                      \
	[HOLE_##id] = { word, invariants, kinds, places, lost, hit, marks,     \
		rfc, section, what, why, lab, acts },
	SEARCH_HOLES(X)
#undef X
};

/* Bits F has one of what a row asks for; 0 asks for nothing. */
static bool
has_any(unsigned f, unsigned row)
{
	return row == 0 || (f & row) != 0;
}

/* One fault has struck all that a row asks for. */
static bool
is_struck(const struct hole_facts *f, const struct hole_row *row)
{
	for (size_t i = 0; i < f->nstruck; i++)
		if (has_any(f->struck[i].kinds, row->kinds) &&
		    has_any(f->struck[i].places, row->places) &&
		    has_any(f->struck[i].hit, row->hit))
			return true;
	return false;
}

static bool
has_row(const struct hole_facts *f, const struct hole_row *row)
{
	return (row->invariants & 1u << f->invariant) != 0 &&
	       is_struck(f, row) && has_any(f->lost, row->lost) &&
	       has_any(f->marks, row->marks);
}

enum hole
hole_find(const struct hole_facts *f)
{
	for (unsigned i = HOLE_NONE + 1; i < HOLE_COUNT; i++)
		if (has_row(f, &hole_rows[i]))
			return (enum hole)i;
	return HOLE_NONE;
}

enum hole
hole_named(struct str word)
{
	for (unsigned i = HOLE_NONE + 1; i < HOLE_COUNT; i++)
		if (str_is(word, hole_rows[i].word))
			return (enum hole)i;
	return HOLE_NONE;
}
