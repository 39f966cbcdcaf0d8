/*
 * A capture or a log: opened or refused with a sentence, every message of it
 * read, its clocks set right, and the trace that it makes is one that rung
 * reads.
 */
#include "fuzz.h"

#include "base/buf.h"
#include "capture/clocks.h"
#include "capture/trace.h"
#include "trace/reader.h"

#include <sys/mman.h>
#include <unistd.h>

#define MOST 100000 /* messages and bytes kept, so that a run stays short */

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

static void
make_trace(struct capture *c)
{
	struct capture_trace_options o = { .detail = TRACE_PROTOCOL };
	struct clocks_options usual = { .off = false };
	struct capture_reader raw = capture_reader_of(c), reader;
	struct buf text = BUF_INIT;
	struct diag d = DIAG_INIT;
	struct clocks *clocks = NULL;
	struct trace *t = NULL;

	fuzz_want(clocks_create(&clocks, &raw, &usual, &d) == 0);
	reader = clocks_reader(clocks);
	o.clocks = clocks;
	if (capture_trace(&reader, &o, keep_line, &text, &d) == 0) {
		fuzz_want(trace_load_buf(&t, &text, "fuzz", &d) == 0);
		trace_destroy(t);
	} else {
		fuzz_want(d.text[0] != '\0');
	}
	buf_free(&text);
	clocks_destroy(clocks);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct capture_message m;
	struct buf scratch = BUF_INIT;
	struct capture *c;
	int fd;

	c = open_bytes(bytes, n, &fd);
	for (size_t i = 0; c != NULL && i < capture_count(c); i++)
		capture_get(c, i, &m, &scratch);
	if (c != NULL)
		make_trace(c);
	capture_close(c);
	buf_free(&scratch);
	close(fd);
	return 0;
}
