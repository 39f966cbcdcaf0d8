/* Growing buffers. */
#include "base/buf.h"

#include "base/err.h"
#include "base/mem.h"

#include <stdio.h>

void
buf_free(struct buf *b)
{
	mem_free(b->p);
	*b = BUF_INIT;
}

void
buf_end(struct buf *b, int *err)
{
	if (b->err != 0)
		*err = b->err;
	buf_free(b);
}

void
buf_clear(struct buf *b)
{
	b->n = 0;
	b->err = 0;
	if (b->p != NULL)
		b->p[0] = '\0';
}

void
buf_truncate(struct buf *b, size_t n)
{
	if (n < b->n) {
		b->n = n;
		b->p[n] = '\0';
	}
}

int
buf_move(struct buf *b, struct buf *from)
{
	struct buf taken = *from;

	if (b->n > 0 || b->err != 0 || from->err != 0) {
		buf_str(b, buf_view(from));
		buf_end(from, &b->err);
		return b->err;
	}
	taken.drain = b->drain;
	buf_free(b);
	*b = taken;
	*from = BUF_INIT;
	return 0;
}

int
buf_pass_all(struct buf *b)
{
	int err;

	if (b->err != 0 || b->drain == NULL || b->n == 0)
		return b->err;
	err = b->drain->sink(b->p, b->n, b->drain->arg);
	buf_clear(b);
	return b->err = err;
}

int
buf_grow(struct buf *b, size_t n)
{
	size_t want = b->cap != 0 ? b->cap : 64;
	char *p;

	if (b->err != 0)
		return b->err;
	if (n > SIZE_MAX / 4 || b->n > SIZE_MAX / 4) {
		mem_note_failure();
		return b->err = ERR_NOMEM;
	}
	while (want <= b->n + n)
		want *= 2;
	p = mem_realloc(b->p, want);
	if (p == NULL)
		return b->err = ERR_NOMEM;
	/* A text also while nothing is in it. */
	p[b->n] = '\0';
	b->p = p;
	b->cap = want;
	return 0;
}

int
buf_begin(struct buf *b, size_t n)
{
	*b = BUF_INIT;
	b->p = mem_alloc(n + 1);
	if (b->p == NULL)
		return b->err = ERR_NOMEM;
	b->p[0] = '\0';
	b->cap = n + 1;
	return 0;
}

void
buf_fill(struct buf *b, char c, size_t count)
{
	if (count == 0 || buf_reserve(b, count) != 0)
		return;
	memset(b->p + b->n, c, count);
	b->n += count;
	b->p[b->n] = '\0';
}

void
buf_u64(struct buf *b, uint64_t v)
{
	char digits[2 * STR_DIGITS];
	char *end = digits + STR_DIGITS, *at;

	if (buf_reserve(b, STR_DIGITS) != 0)
		return;
	memset(end, 0, STR_DIGITS);
	at = str_decimal(end, v);
	/* As many as there may be, and NULs: no loop, no call. */
	memcpy(b->p + b->n, at, STR_DIGITS);
	b->n += (size_t)(end - at);
	b->p[b->n] = '\0';
}

void
buf_hex(struct buf *b, uint64_t v, unsigned digits)
{
	static const char hex[] = "0123456789abcdef";

	while (digits-- > 0)
		buf_putc(b, hex[v >> 4 * digits & 15]);
}

void
buf_i64(struct buf *b, int64_t v)
{
	if (v < 0) {
		buf_putc(b, '-');
		buf_u64(b, 0 - (uint64_t)v);
	} else {
		buf_u64(b, (uint64_t)v);
	}
}

/* Of most texts that are printed. */
#define SHORT_TEXT ((size_t)64)

void
buf_vprintf(struct buf *b, const char *fmt, va_list ap)
{
	size_t room = b->cap - b->n;
	va_list again;
	int n;

	if (b->err != 0)
		return;
	/* Most texts fit at once then. */
	if (room < SHORT_TEXT && buf_reserve(b, SHORT_TEXT) != 0)
		return;
	room = b->cap - b->n;
	va_copy(again, ap);
	n = vsnprintf(b->p + b->n, room, fmt, ap);
	/* The C library lacks memory for a width or a number. */
	if (n < 0) {
		mem_note_failure();
		b->err = ERR_NOMEM;
	}
	/* Too long for the room that there was: once more. */
	if (n > 0 && (size_t)n >= room && buf_reserve(b, (size_t)n) == 0)
		vsnprintf(b->p + b->n, (size_t)n + 1, fmt, again);
	if (n > 0 && b->err == 0)
		b->n += (size_t)n;
	if (b->p != NULL)
		b->p[b->n] = '\0';
	va_end(again);
}

void
buf_printf(struct buf *b, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	buf_vprintf(b, fmt, ap);
	va_end(ap);
}

struct str
buf_view(const struct buf *b)
{
	return (struct str){ b->p, b->n };
}

const char *
buf_cstr(const struct buf *b)
{
	return b->p != NULL ? b->p : "";
}

char *
buf_take(struct buf *b)
{
	char *p = NULL;

	if (b->err == 0)
		p = b->p != NULL ? b->p : mem_strdup("");
	else
		mem_free(b->p);
	*b = BUF_INIT;
	return p;
}
