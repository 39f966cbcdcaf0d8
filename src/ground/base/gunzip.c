/* Reading gzip streams; see base/gzip.h. */
#include "base/gzip.h"

#include "base/err.h"
#include "base/gzip_in.h"

#define FREE_OUT  (1u << 26) /* what may come out in any case, … */
#define MOST_FOLD 200        /* … and for each byte that went in */

struct gunzip {
	z_stream z;
	gunzip_read_fn *read;
	void *arg;
	uint64_t in, out;
	enum gunzip_state state;
	bool between; /* a member is over; what is behind it is not known */
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
feed(struct gunzip *g)
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

/* A member, or what is behind one; false: more must come first. */
static bool
read_member(struct gunzip *g)
{
	switch (feed(g)) {
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
		if (!read_member(g))
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
		    _("something else stands behind the compressed bytes"));
	case GUNZIP_LIMIT:
		return diag_set(d, ERR_LIMIT, file, 0,
		    _("the compressed file grows more than %d-fold; the rest "
		      "is not read"),
		    MOST_FOLD);
	case GUNZIP_NOMEM:
		return diag_set(
		    d, ERR_NOMEM, file, 0, "%s", err_text(ERR_NOMEM));
	}
	return 0;
}
