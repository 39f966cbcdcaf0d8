/* Places of inspect/relation.h: how each finds its message. */
#ifndef INSPECT_PLACES_H
#define INSPECT_PLACES_H

#include "inspect/relate.h"

/* The record of the message at a place; 0: there is none.  *P is sure where
 * nothing else is said. */
typedef uint64_t place_fn(struct look *l, struct placed *p);

#define X(id, text) place_fn place_##id;
PLACES(X)
#undef X

/* One that asks another function, of L and P. */
#define PLACE(name, how)                                              \
	uint64_t place_##name(                                        \
	    struct look *l, __attribute__((unused)) struct placed *p) \
	{                                                             \
		return how;                                           \
	}

/* The request of TX, which may be NULL. */
uint64_t place_take_tx(const struct followed_tx *tx, struct placed *p);

/* The dialog of L's node; of what it forwards there is none. */
static inline const struct followed_dialog *
place_dialog(const struct look *l)
{
	return l->forwarded ? NULL : l->dialog;
}

#endif
