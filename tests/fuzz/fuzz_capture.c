/*
 * A capture or a log: opened or refused with a sentence, every message of it
 * read, its clocks set right, and the trace that it makes is one that rung
 * reads.  In pieces, which its last byte draws, it is the same, and so is the
 * trace that is told while they come.
 */
#include "fuzz.h"

#include "base/buf.h"
#include "base/err.h"
#include "inference/clocks.h"
#include "inference/live.h"
#include "trace/reader.h"

#include <sys/mman.h>
#include <unistd.h>

#define MOST 100000 /* messages and bytes kept, so that a run stays short */

/* With the packets of media, or without, as the last byte but one draws. */
static enum trace_detail
detail_of(const uint8_t *bytes, size_t n)
{
	return n > 1 && bytes[n - 2] % 4 == 0 ? TRACE_NETWORK : TRACE_PROTOCOL;
}

static int
keep_line(const char *line, size_t n, void *arg)
{
	buf_add(arg, line, n);
	return 0;
}

static struct capture *
open_bytes(const uint8_t *bytes, size_t n, int *fd)
{
	struct capture_options o = { .memory_most = MOST };
	struct capture *c = NULL;
	struct diag d = DIAG_INIT;
	char path[64];

	*fd = memfd_create("fuzz", 0);
	fuzz_want(*fd >= 0 && write(*fd, bytes, n) == (ssize_t)n);
	snprintf(path, sizeof(path), "/proc/self/fd/%d", *fd);
	capture_open(&c, path, &o, &d);
	fuzz_want(c != NULL || (d.err != 0 && d.text[0] != '\0'));
	return c;
}

/* The trace of C into TEXT; false: it has none. */
static bool
make_trace(struct capture *c, enum trace_detail detail, struct buf *text)
{
	struct capture_trace_options o = { .detail = detail };
	struct clocks_options usual = { .off = false };
	struct capture_reader raw = capture_reader_of(c), reader;
	struct diag d = DIAG_INIT;
	struct clocks *clocks = NULL;
	LOCAL_BUF copy = BUF_INIT;
	struct trace *t = NULL;
	bool has;

	fuzz_want(clocks_create(&clocks, &raw, &usual, &d) == 0);
	reader = clocks_reader(clocks);
	o.clocks = clocks;
	has = capture_trace(&reader, &o, keep_line, text, &d) == 0;
	if (has) {
		buf_str(&copy, buf_view(text));
		fuzz_want(trace_load_buf(&t, &copy, "fuzz", &d) == 0);
		trace_destroy(t);
	} else {
		fuzz_want(d.text[0] != '\0');
	}
	clocks_destroy(clocks);
	return has;
}

/* ---- in pieces ---- */

#define RECORDS 20000

struct told {
	struct buf head, lines;
	size_t begins[RECORDS], n;
};

static int
on_head(struct str line, void *arg)
{
	struct told *t = arg;

	buf_clear(&t->head);
	buf_str(&t->head, line);
	return 0;
}

static int
on_record(struct str line, void *arg)
{
	struct told *t = arg;

	if (t->n == RECORDS)
		return ERR_LIMIT;
	t->begins[t->n++] = t->lines.n;
	buf_str(&t->lines, line);
	return 0;
}

static int
on_retell(uint64_t from, void *arg)
{
	struct told *t = arg;

	fuzz_want(from >= 1 && from <= t->n);
	t->n = (size_t)from - 1;
	buf_truncate(&t->lines, t->begins[t->n]);
	return 0;
}

/* EXPECTED: its trace; NULL: it has none. */
static void
feed_pieces(const uint8_t *bytes, size_t n, const struct buf *expected)
{
	static const struct live_ops ops = { on_head, on_record, on_retell };
	static struct told told;
	struct capture_options limit = { .memory_most = MOST };
	struct capture_trace_options o = { .detail = detail_of(bytes, n) };
	struct clocks_options usual = { .off = false };
	uint64_t draw = n > 0 ? bytes[n - 1] + 1u : 1;
	struct str rest = { (const char *)bytes, n };
	struct capture *c = NULL;
	struct live *l = NULL;
	struct diag d = DIAG_INIT;
	int err = capture_create(&c, &limit, &d);

	told.n = 0;
	buf_clear(&told.head);
	buf_clear(&told.lines);
	fuzz_want(
	    err == 0 && live_create(&l, c, &o, &usual, &ops, &told, &d) == 0);
	while (err == 0 && rest.n > 0) {
		size_t some;

		draw = draw * 6364136223846793005u + 1442695040888963407u;
		some = (size_t)(draw >> 33) % (rest.n < 4000 ? 64 : 900) + 1;
		err = capture_feed(c, str_slice(rest, 0, some), &d);
		if (err == 0)
			err = live_go_on(l, (draw >> 40) % 16 == 0, &d);
		rest = str_slice(rest, some, rest.n);
	}
	if (err == 0)
		err = capture_end(c, &d);
	if (err == 0)
		err = live_end(l, &d);
	fuzz_want(err == 0 ? d.text[0] == '\0' : d.text[0] != '\0');
	if (expected != NULL && err != ERR_LIMIT) {
		buf_str(&told.head, buf_view(&told.lines));
		fuzz_want(err == 0 &&
			  str_eq(buf_view(&told.head), buf_view(expected)));
	}
	live_destroy(l);
	capture_close(c);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct capture_message m;
	struct buf scratch = BUF_INIT, text = BUF_INIT;
	bool has = false;
	struct capture *c;
	int fd;

	c = open_bytes(bytes, n, &fd);
	for (size_t i = 0; c != NULL && i < capture_count(c); i++)
		capture_get(c, i, &m, &scratch);
	if (c != NULL)
		has = make_trace(c, detail_of(bytes, n), &text) &&
		      capture_count(c) > 0;
	capture_close(c);
	feed_pieces(bytes, n, has ? &text : NULL);
	buf_free(&text);
	buf_free(&scratch);
	close(fd);
	return 0;
}
