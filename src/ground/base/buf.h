/*
 * A growing buffer of bytes.  Running out of memory is remembered in `err`
 * and makes every later call do nothing: write a whole text, then look once.
 *
 * A long text need not be held.  Where its buffer has a drain, what has come
 * together goes there from time to time: its writer calls buf_pass where it
 * looks back at nothing any more, behind a whole line; to a buffer without a
 * drain that means nothing.
 */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include "base/str.h"

#include <stdarg.h>
#include <stddef.h>
#include <string.h>

/*
 * A sink, where bytes go in pieces: a file, a compressor, another text. Takes N
 * bytes; 0 or an error code (base/err.h), after which it is not called again.
 */
typedef int sink_fn(const char *p, size_t n, void *arg);

struct buf_drain {
	sink_fn *sink;
	void *arg;
};

struct buf {
	char *p; /* owned; always with a NUL at p[n] once something is in */
	size_t n;
	size_t cap;
	int err;                       /* 0, ERR_NOMEM or the drain's error */
	const struct buf_drain *drain; /* borrowed; NULL: all is held */
};

#define BUF_INIT ((struct buf){ NULL, 0, 0, 0, NULL })
/* So much is held before it goes to the drain. */
#define BUF_HELD ((size_t)64 << 10)

void buf_free(struct buf *b); /* back to BUF_INIT */
/* A buffer of a block, freed where the block is left, by whichever way:
 *	LOCAL_BUF text = BUF_INIT;
 * Its bytes go elsewhere by buf_move alone. */
#define LOCAL_BUF __attribute__((cleanup(buf_free))) struct buf
/* So, and its error, where it has one, is *ERR's from now on. */
void buf_end(struct buf *b, int *err);
/* Empties it; its memory and its error stay: look at the error first, or rely
 * on a later check of mem_failures. */
void buf_clear(struct buf *b);
void buf_truncate(struct buf *b, size_t n);
/* Appends FROM's bytes, most often without a copy, and frees FROM.  B's
 * error. */
int buf_move(struct buf *b, struct buf *from);

/* Gives the drain all that B holds, and empties it: at the end of the text.
 * B's error. */
int buf_pass_all(struct buf *b);
/* The same once it is worth it: behind each piece. */
static inline int
buf_pass(struct buf *b)
{
	return b->drain != NULL && b->n >= BUF_HELD ? buf_pass_all(b) : b->err;
}

/* What buf_reserve does where the memory is too small. */
int buf_grow(struct buf *b, size_t n);

/* B, which holds nothing, with room for N bytes and no more: for what stays.  0
 * or ERR_NOMEM, as in `err`. */
int buf_begin(struct buf *b, size_t n);

/* Makes room for N more bytes; 0 or ERR_NOMEM. */
static inline int
buf_reserve(struct buf *b, size_t n)
{
	return b->err == 0 && n < b->cap - b->n ? 0 : buf_grow(b, n);
}

/* These four stand here so that a literal is copied without a call. */
static inline void
buf_add(struct buf *b, const char *p, size_t n)
{
	if (n == 0 || buf_reserve(b, n) != 0)
		return;
	memcpy(b->p + b->n, p, n);
	b->n += n;
	b->p[b->n] = '\0';
}

static inline void
buf_str(struct buf *b, struct str s)
{
	buf_add(b, s.p, s.n);
}

static inline void
buf_puts(struct buf *b, const char *s)
{
	buf_add(b, s, strlen(s));
}

static inline void
buf_putc(struct buf *b, char c)
{
	buf_add(b, &c, 1);
}

void buf_fill(struct buf *b, char c, size_t count);
void buf_u64(struct buf *b, uint64_t v);
void buf_i64(struct buf *b, int64_t v);
/* The last DIGITS hexadecimal digits of V, 16 at most, with zeros in front. */
void buf_hex(struct buf *b, uint64_t v, unsigned digits);
void buf_printf(struct buf *b, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
void buf_vprintf(struct buf *b, const char *fmt, va_list ap)
    __attribute__((format(printf, 2, 0)));

struct str buf_view(const struct buf *b);
/* The text as a C string, "" when empty; valid until the next change. */
const char *buf_cstr(const struct buf *b);
/* Hands the block over; the caller frees. NULL when out of memory. */
char *buf_take(struct buf *b);

/* B without a byte order mark before it (str_unmarked). */
void buf_unmark(struct buf *b);
/* A whole file, without such a mark; 0, ERR_IO (errno says why), ERR_NOMEM or
 * ERR_LIMIT. */
int buf_read_file(struct buf *b, const char *path, size_t limit);
/* The same to see what kind of file it is: it counts as none that was read
 * (base/infile.h). */
int buf_look_into_file(struct buf *b, const char *path, size_t limit);
/* The file is whole or as it was before (base/outfile.h); "-" is standard
 * output.  0, ERR_IO (errno says why), ERR_NOMEM or ERR_EXISTS. */
int buf_write_file(const struct buf *b, const char *path);
/* The same by outfile_open_own. */
int buf_write_own_file(const struct buf *b, const char *path);

#endif
