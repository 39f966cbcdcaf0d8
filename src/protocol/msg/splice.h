/*
 * Changing a message in place: the received bytes with pieces cut out, put in
 * or exchanged, everything else byte for byte and in order.  This is how a
 * proxy forwards (RFC 3261 16.6, 16.7).
 */
#ifndef MSG_SPLICE_H
#define MSG_SPLICE_H

#include "base/buf.h"
#include "msg/message.h"

/* Every field may go, and some lines come. */
#define MSG_SPLICES (MSG_MAX_HEADERS + 16)

struct msg_splice {
	struct str bytes; /* borrowed: the original */
	struct {
		size_t at, cut; /* in the original */
		size_t from, n; /* in `text` */
	} edits[MSG_SPLICES];   /* by `at`, those at one place in order */
	size_t n;
	struct buf text; /* the inserted text */
	/* Sticky: ERR_NOMEM, ERR_LIMIT, ERR_RANGE (a slice from elsewhere),
	 * ERR_STATE (two edits overlap). */
	int err;
};

void msg_splice_init(struct msg_splice *s, struct str bytes);
void msg_splice_free(struct msg_splice *s);

/* WHERE is a slice of the original. */
void
msg_splice_replace(struct msg_splice *s, struct str where, struct str text);
void msg_splice_delete(struct msg_splice *s, struct str where);
void msg_splice_before(struct msg_splice *s, struct str where, struct str text);
void msg_splice_after(struct msg_splice *s, struct str where, struct str text);

/* The changed message's size, and a copy of it into TO, which has room for so
 * many bytes; only where `err` is 0. */
size_t msg_splice_size(const struct msg_splice *s);
void msg_splice_copy(const struct msg_splice *s, char *to);

/*
 * Makes M, a view of the original, one of TEXT, the changed message.  The edits
 * are within values or behind them: they add or remove no line, no element of a
 * list and no body.  Text inserted at the end of a value belongs to it.
 */
void
msg_splice_move(const struct msg_splice *s, struct msg *m, struct str text);

#endif
