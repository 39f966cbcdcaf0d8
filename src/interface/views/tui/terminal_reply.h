/*
 * Finds a terminal's answers to "where is the cursor" (CSI row ; column R)
 * among the keyboard's bytes.  Both are bytes from outside.
 */
#ifndef VIEWS_TUI_TERMINAL_REPLY_H
#define VIEWS_TUI_TERMINAL_REPLY_H

#include "base/buf.h"

/* Bytes; anything longer is not an answer. */
#define TERMINAL_REPLY_MOST 16

struct terminal_reply {
	char bytes[TERMINAL_REPLY_MOST]; /* of what may become an answer */
	size_t n;
	unsigned row, column; /* of the last answer, from 1 */
};

/*
 * Takes one byte; true when it completes an answer.  What turns out to be
 * none goes to OTHER (may be NULL), every byte, in order.
 */
bool terminal_reply_take(struct terminal_reply *r, char c, struct buf *other);

/* Nothing more comes: what was begun goes to OTHER. */
void terminal_reply_end(struct terminal_reply *r, struct buf *other);

#endif
