/* Finders of the other message that a relation names (inspect/relation.h): one
 * for each row of OTHER_MESSAGES. */
#ifndef INSPECT_OTHER_MESSAGE_H
#define INSPECT_OTHER_MESSAGE_H

#include "inspect/relate.h"

/* The record of the other message, as seen from L; 0: there is none.  *P is
 * sure if the finder does not change that. */
typedef uint64_t
other_message_fn(struct inspected_message *l, struct placed_message *p);

#define X(id, text) other_message_fn other_message_##id;
OTHER_MESSAGES(X)
#undef X

/* A finder that asks another function, of L and P. */
#define OTHER_MESSAGE(name, how)                                   \
	uint64_t other_message_##name(struct inspected_message *l, \
	    __attribute__((unused)) struct placed_message *p)      \
	{                                                          \
		return how;                                        \
	}

/* The request of TX, which may be NULL. */
uint64_t
other_message_take_tx(const struct followed_tx *tx, struct placed_message *p);

/* The dialog of L's node; of what it forwards there is none. */
static inline const struct followed_dialog *
other_message_dialog(const struct inspected_message *l)
{
	return l->forwarded ? NULL : l->dialog;
}

#endif
