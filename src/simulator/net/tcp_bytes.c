/*
 * Two queues for TCP: of bytes, and of elements of one size.  What is taken off
 * at the start is moved away only now and then.
 */
#include "net/tcp_in.h"

#include "base/array.h"
#include "base/mem.h"

#include <string.h>

/* Moving is worth while for so many bytes that are gone. */
#define SLACK 4096

struct str
tcp_bytes_view(const struct tcp_bytes *b)
{
	return str_slice(buf_view(&b->b), b->gone, b->b.n);
}

void
tcp_bytes_drop(struct tcp_bytes *b, size_t n)
{
	b->gone += n;
	if (b->gone == b->b.n) {
		buf_truncate(&b->b, 0);
		b->gone = 0;
	} else if (b->gone > SLACK && b->gone > b->b.n / 2) {
		memmove(b->b.p, b->b.p + b->gone, b->b.n - b->gone);
		buf_truncate(&b->b, b->b.n - b->gone);
		b->gone = 0;
	}
}

void
tcp_bytes_free(struct tcp_bytes *b)
{
	buf_free(&b->b);
	b->gone = 0;
}

void *
tcp_row_add(struct tcp_row *r, size_t size)
{
	if (r->first > 0 && r->first + r->n == r->cap) {
		memmove(r->p, r->p + r->first * size, r->n * size);
		r->first = 0;
	}
	if (array_room(&r->p, &r->cap, r->n + 1, size) != 0)
		return NULL;
	return r->p + (r->first + r->n++) * size;
}

void *
tcp_row_at(const struct tcp_row *r, size_t size, size_t i)
{
	return r->p + (r->first + i) * size;
}

void
tcp_row_drop(struct tcp_row *r)
{
	r->first++;
	if (--r->n == 0)
		r->first = 0;
}

void
tcp_row_free(struct tcp_row *r)
{
	mem_free(r->p);
	*r = (struct tcp_row){ 0 };
}
