/*
 * Places in a long ladder have six digits; those of near rows differ in three.
 * Bundles write what they have in common once.
 */
#include "ladder/ladder_figure_in.h"

#include <math.h>

/* Units of the layout that a bundle is high: less than a thousand points. */
#define HEIGHT 32.0

void
picture_bundle(struct picture *p, struct bundle *b, double y)
{
	bool is_long = p->l->nrows > TIPS_MOST;
	size_t n = is_long && y > 0 ? (size_t)(y / HEIGHT) : 0;

	if (b->open && b->n == n)
		return;
	picture_bundle_end(p, b);
	b->n = n;
	b->open = is_long || b->x > 0;
	if (b->open)
		figure_shift(&p->figure, b->x,
		    is_long ? round(picture_y(p, (double)n * HEIGHT)) : 0);
	if (b->open && b->mark != NULL)
		figure_group(&p->figure, b->mark);
}

void
picture_bundle_end(struct picture *p, struct bundle *b)
{
	if (b->open && b->mark != NULL)
		figure_group_end(&p->figure);
	if (b->open)
		figure_shift_end(&p->figure);
	b->open = false;
}
