/* Writing gzip streams; see base/gzip.h. */
#include "base/gzip.h"

#include "base/err.h"
#include "base/gzip_in.h"
#include "base/mem.h"

#define OUT_BYTES 65536
/* Of a trace 1 leaves a fifth more than 3 in the same time, and 6 a quarter
 * less in more than twice the time (docs/PERFORMANCE.md). */
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
create(struct gzip **out, int level, sink_fn *sink, void *arg)
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
	return create(out, LEVEL, sink, arg);
}

/* What was made so far to the sink. */
static void
hand_over(struct gzip *g)
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
			hand_over(g);
		done = deflate(&g->z, flush);
	} while (
	    g->err == 0 &&
	    (g->z.avail_in > 0 || (flush == Z_FINISH && done != Z_STREAM_END)));
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
gzip_end(struct gzip *g)
{
	g->z.avail_in = 0;
	if (compress_input(g, Z_FINISH) == 0)
		hand_over(g);
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
put_piece(const char *p, size_t n, void *arg)
{
	struct buf *b = arg;

	buf_add(b, p, n);
	return b->err;
}

int
gzip_put(struct str bytes, bool small, struct buf *out)
{
	struct gzip *z;
	int err =
	    create(&z, small ? Z_BEST_COMPRESSION : LEVEL, put_piece, out);

	if (err == 0)
		err = gzip_write(z, bytes.p, bytes.n);
	if (err == 0)
		err = gzip_end(z);
	gzip_destroy(z);
	return err;
}
