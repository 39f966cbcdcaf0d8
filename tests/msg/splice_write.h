/* A changed message into a buffer, for tests: the parts that src uses. */
#ifndef SPLICE_WRITE_H
#define SPLICE_WRITE_H

#include "base/err.h"
#include "msg/splice.h"

/* Appends what S makes to OUT; 0, S's error or ERR_NOMEM. */
static int
splice_write(const struct msg_splice *s, struct buf *out)
{
	size_t n;

	if (s->err != 0)
		return s->err;
	n = msg_splice_size(s);
	if (buf_reserve(out, n) != 0)
		return ERR_NOMEM;
	msg_splice_copy(s, out->p + out->n);
	out->n += n;
	out->p[out->n] = '\0';
	return 0;
}

#endif
