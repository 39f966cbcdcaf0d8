/* Reading and writing gzip streams; see base/gzip.h. */
#include "base/gzip.h"

#include <zlib.h>

#include "base/err.h"
#include "base/mem.h"

/* 16: with gzip's header and sum. */
#define GZIP_WINDOW (16 + MAX_WBITS)

static inline void *
gzip_alloc(void *arg, uInt count, uInt size)
{
	(void)arg;
	return mem_zalloc(count, size);
}

static inline void
gzip_free(void *arg, void *p)
{
	(void)arg;
	mem_free(p);
}

static inline void
gzip_use_mem(z_stream *z)
{
	z->zalloc = gzip_alloc;
	z->zfree = gzip_free;
	z->opaque = NULL;
}

/* ---- writing gzip streams ---- */

#define OUT_BYTES 65536
/* Of a trace 1 leaves a fifth more than 3 in the same time, and 6 a quarter
 * less in more than twice the time (tests/bench/README.md). */
#define LEVEL 3
/* RFC 1952 2.3.1: "unknown", the same everywhere. */
#define NO_SYSTEM 255

struct gzip {
	z_stream z;
	gz_header header;
	sink_fn *sink;
	void *arg;
	int err;
	char out[OUT_BYTES];
};

static int
gzip_allocate(struct gzip **out, int level, sink_fn *sink, void *arg)
{
	struct gzip *g = mem_zalloc(1, sizeof(*g));

	*out = NULL;
	if (g == NULL)
		return ERR_NOMEM;
	g->sink = sink;
	g->arg = arg;
	g->header.os = NO_SYSTEM;
	g->z.next_out = (Bytef *)g->out;
	g->z.avail_out = OUT_BYTES;
	gzip_use_mem(&g->z);
	if (deflateInit2(&g->z, level, Z_DEFLATED, GZIP_WINDOW, 8,
		Z_DEFAULT_STRATEGY) != Z_OK) {
		mem_free(g);
		return ERR_NOMEM;
	}
	deflateSetHeader(&g->z, &g->header);
	*out = g;
	return 0;
}

int
gzip_create(struct gzip **out, sink_fn *sink, void *arg)
{
	return gzip_allocate(out, LEVEL, sink, arg);
}

/* What was made so far to the sink. */
static void
gzip_hand_over(struct gzip *g)
{
	size_t n = OUT_BYTES - g->z.avail_out;

	if (g->err == 0 && n > 0)
		g->err = g->sink(g->out, n, g->arg);
	g->z.next_out = (Bytef *)g->out;
	g->z.avail_out = OUT_BYTES;
}

static int
compress_input(struct gzip *g, int flush)
{
	int done;

	do {
		if (g->z.avail_out == 0)
			gzip_hand_over(g);
		done = deflate(&g->z, flush);
	} while (
	    g->err == 0 &&
	    (g->z.avail_in > 0 || (flush == Z_FINISH && done != Z_STREAM_END) ||
		(flush == Z_SYNC_FLUSH && g->z.avail_out == 0)));
	return g->err;
}

int
gzip_write(struct gzip *g, const char *p, size_t n)
{
	/* zlib counts in unsigned int, and reads through a pointer without
	 * const. */
	while (n > 0 && g->err == 0) {
		size_t some = n < (1u << 30) ? n : 1u << 30;

		g->z.next_in = (Bytef *)(uintptr_t)p;
		g->z.avail_in = (uInt)some;
		compress_input(g, Z_NO_FLUSH);
		p += some;
		n -= some;
	}
	return g->err;
}

int
gzip_flush(struct gzip *g)
{
	g->z.avail_in = 0;
	if (compress_input(g, Z_SYNC_FLUSH) == 0)
		gzip_hand_over(g);
	return g->err;
}

int
gzip_end(struct gzip *g)
{
	g->z.avail_in = 0;
	if (compress_input(g, Z_FINISH) == 0)
		gzip_hand_over(g);
	return g->err;
}

void
gzip_destroy(struct gzip *g)
{
	if (g == NULL)
		return;
	deflateEnd(&g->z);
	mem_free(g);
}

bool
gzip_is_named(const char *path)
{
	return str_ends(str_of(path), ".gz");
}

static int
gzip_put_piece(const char *p, size_t n, void *arg)
{
	struct buf *b = arg;

	buf_add(b, p, n);
	return b->err;
}

int
gzip_put(struct str bytes, bool small, struct buf *out)
{
	struct gzip *z;
	int err = gzip_allocate(
	    &z, small ? Z_BEST_COMPRESSION : LEVEL, gzip_put_piece, out);

	if (err == 0)
		err = gzip_write(z, bytes.p, bytes.n);
	if (err == 0)
		err = gzip_end(z);
	gzip_destroy(z);
	return err;
}

/* ---- reading gzip streams ---- */

#define FREE_OUT  (1u << 26) /* what may come out in any case, … */
#define MOST_FOLD 200        /* … and for each byte that went in */

struct gunzip {
	z_stream z;
	gunzip_read_fn *read;
	void *arg;
	uint64_t in, out;
	enum gunzip_state state;
	bool between; /* a member is over; the bytes after it are not read yet
		       */
	char bytes[GUNZIP_CHUNK]; /* what z reads from */
};

int
gunzip_create(
    struct gunzip **out, struct str begin, gunzip_read_fn *read, void *arg)
{
	struct gunzip *g;

	*out = NULL;
	if (begin.n > GUNZIP_CHUNK)
		return ERR_RANGE;
	g = mem_zalloc(1, sizeof(*g));
	if (g == NULL)
		return ERR_NOMEM;
	gzip_use_mem(&g->z);
	if (inflateInit2(&g->z, GZIP_WINDOW) != Z_OK) {
		mem_free(g);
		return ERR_NOMEM;
	}
	if (begin.n > 0)
		memcpy(g->bytes, begin.p, begin.n);
	g->z.next_in = (Bytef *)g->bytes;
	g->z.avail_in = (uInt)begin.n;
	g->in = begin.n;
	g->read = read;
	g->arg = arg;
	*out = g;
	return 0;
}

void
gunzip_destroy(struct gunzip *g)
{
	if (g == NULL)
		return;
	inflateEnd(&g->z);
	mem_free(g);
}

enum gunzip_state
gunzip_state(const struct gunzip *g)
{
	return g->state;
}

enum feeding { FED, LATER, NO_MORE };

/* Something for zlib to read. */
static enum feeding
gzip_feed(struct gunzip *g)
{
	size_t n;

	if (g->z.avail_in > 0)
		return FED;
	n = g->read != NULL ? g->read(g->bytes, sizeof(g->bytes), g->arg) : 0;
	if (n == GUNZIP_LATER)
		return LATER;
	g->z.next_in = (Bytef *)g->bytes;
	g->z.avail_in = (uInt)n;
	g->in += n;
	return n > 0 ? FED : NO_MORE;
}

static void
note_result(struct gunzip *g, int result)
{
	if (result == Z_STREAM_END)
		g->between = true;
	else if (result == Z_MEM_ERROR)
		g->state = GUNZIP_NOMEM;
	else if (result != Z_OK && result != Z_BUF_ERROR)
		g->state = GUNZIP_DAMAGED;
}

/* A member, or the bytes behind one; false: more must come first. */
static bool
gzip_read_member(struct gunzip *g)
{
	switch (gzip_feed(g)) {
	case LATER:
		return false;
	case NO_MORE:
		g->state = g->between ? GUNZIP_ENDED : GUNZIP_TORN;
		return true;
	case FED:
		break;
	}
	if (!g->between)
		note_result(g, inflate(&g->z, Z_NO_FLUSH));
	else if (*g->z.next_in != 0x1f || inflateReset(&g->z) != Z_OK)
		g->state = GUNZIP_FOLLOWED;
	else
		g->between = false;
	return true;
}

size_t
gunzip_read(struct gunzip *g, char *to, size_t n)
{
	uInt room = n < (1u << 30) ? (uInt)n : 1u << 30;
	size_t got;

	g->z.next_out = (Bytef *)to;
	g->z.avail_out = room;
	while (g->z.avail_out == room && g->state == GUNZIP_OPEN)
		if (!gzip_read_member(g))
			break;
	got = room - g->z.avail_out;
	g->out += got;
	if (g->out > FREE_OUT && (g->out - FREE_OUT) / MOST_FOLD > g->in)
		g->state = GUNZIP_LIMIT;
	return got;
}

bool
gunzip_is(struct str head)
{
	return str_starts(head, "\x1f\x8b");
}

size_t
gunzip_peek(struct str head, char *to, size_t n)
{
	struct gunzip *g;
	size_t all = 0, got;

	head = str_slice(head, 0, GUNZIP_CHUNK);
	if (gunzip_create(&g, head, NULL, NULL) != 0)
		return 0;
	while (all < n && (got = gunzip_read(g, to + all, n - all)) > 0)
		all += got;
	gunzip_destroy(g);
	return all;
}

int
gunzip_say(enum gunzip_state state, const char *file, struct diag *d)
{
	switch (state) {
	case GUNZIP_OPEN:
	case GUNZIP_ENDED:
		break;
	case GUNZIP_TORN:
		return diag_set(d, ERR_SYNTAX, file, 0,
		    _("the compressed file ends too early"));
	case GUNZIP_DAMAGED:
		return diag_set(d, ERR_SYNTAX, file, 0,
		    _("the compressed file is damaged; what follows is "
		      "missing"));
	case GUNZIP_FOLLOWED:
		return diag_set(d, ERR_SYNTAX, file, 0,
		    _("other bytes follow the compressed bytes"));
	case GUNZIP_LIMIT:
		return diag_set(d, ERR_LIMIT, file, 0,
		    _("the compressed file expands more than %d-fold; the rest "
		      "is not read"),
		    MOST_FOLD);
	case GUNZIP_NOMEM:
		return diag_fail_file(d, ERR_NOMEM, file);
	}
	return 0;
}
