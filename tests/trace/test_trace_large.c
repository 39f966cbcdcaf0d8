/* Traces that are too long for memory: their text lies in a file without a
 * name, is the same as any other's, and takes no memory. */
#include "base/err.h"
#include "base/gzip.h"
#include "base/mem.h"
#include "fixtures/check.h"
#include "trace/reader.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#define LARGE (12u << 20) /* more than is kept in memory */

static char path[] = "/tmp/test_trace_large_XXXXXX.gz";

/* Some N bytes of trace, to B. */
static void
make_text(struct buf *b, size_t n)
{
	uint64_t seq = 0;

	buf_puts(b, "{\"kind\":\"trace\",\"version\":1,\"nodes\":[{\"name\":"
		    "\"a\"}]}\n");
	while (b->n < n) {
		seq++;
		buf_printf(b,
		    "{\"seq\":%llu,\"t\":%llu,\"node\":\"n%llu\",\"kind\":"
		    "\"note\",\"text\":\"",
		    (unsigned long long)seq, (unsigned long long)seq,
		    (unsigned long long)(seq % 9));
		buf_fill(b, 'x', 100 + seq * 7919 % 1700);
		buf_puts(b, "\"}\n");
	}
	buf_printf(b, "{\"seq\":%llu,\"t\":%llu,\"kind\":\"end\"}\n",
	    (unsigned long long)seq + 1, (unsigned long long)seq + 1);
}

static void
write_file(const struct buf *text, bool packed)
{
	struct outfile o;

	CU_ASSERT_EQUAL_FATAL(
	    packed ? outfile_open_packed(&o, path) : outfile_open(&o, path), 0);
	CU_ASSERT_EQUAL(outfile_write(text->p, text->n, &o), 0);
	CU_ASSERT_EQUAL_FATAL(outfile_close(&o, true), 0);
}

static void
begin(struct buf *text, size_t n)
{
	int fd;

	strcpy(path, "/tmp/test_trace_large_XXXXXX.gz");
	fd = mkstemps(path, 3);
	CU_ASSERT_FATAL(fd >= 0);
	close(fd);
	make_text(text, n);
	write_file(text, false);
}

/* Bytes that the process has in memory; 0: nobody says. */
static double
resident(void)
{
	FILE *f = fopen("/proc/self/statm", "r");
	unsigned long size, pages = 0;

	if (f != NULL && fscanf(f, "%lu %lu", &size, &pages) != 2)
		pages = 0;
	if (f != NULL)
		fclose(f);
	return (double)pages * (double)sysconf(_SC_PAGESIZE);
}

/* T has TEXT, looked at from both ends. */
static void
expect(const struct trace *t, const struct buf *text)
{
	struct str rest = buf_view(text), last;
	uint64_t count, seq = 0;

	CU_ASSERT_PTR_NOT_NULL_FATAL(t);
	count = trace_count(t);
	CU_ASSERT(trace_complete(t));
	CU_ASSERT(
	    trace_hash(t) == str_hash_end(str_hash_add(STR_HASH_START, rest)));
	last = trace_line(t, count);
	str_cut(rest, '\n', &rest);
	while (rest.n > 0) {
		struct str line = str_cut(rest, '\n', &rest);

		CU_ASSERT_FATAL(++seq <= count);
		CU_ASSERT_FATAL(str_eq(trace_line(t, seq), line));
		/* Slices stay valid, whatever else was looked at. */
		CU_ASSERT_FATAL(str_starts(last, "{\"seq\":"));
		CU_ASSERT_FATAL(
		    str_starts(trace_line(t, count + 1 - seq), "{\"seq\":"));
	}
	CU_ASSERT_EQUAL(seq, count);
	CU_ASSERT(str_eq(last, trace_line(t, count)));
}

static struct trace *
load(void)
{
	struct diag d = DIAG_INIT;
	struct trace *t;

	CU_ASSERT_EQUAL(trace_load(&t, path, &d), 0);
	return t;
}

static void
same_as_in_memory(void)
{
	LOCAL_BUF text = BUF_INIT;
	struct trace *t;

	begin(&text, LARGE);
	t = load();
	/* The file may go, or be another. */
	CU_ASSERT_EQUAL(truncate(path, 10), 0);
	expect(t, &text);
	trace_destroy(t);
	write_file(&text, true);
	t = load();
	expect(t, &text);
	trace_destroy(t);
	unlink(path);
}

/* Nowhere to put it: then it is in memory. */
static void
no_file(void)
{
	LOCAL_BUF text = BUF_INIT;
	struct rlimit before, small = { 3u << 20, 3u << 20 };
	struct trace *t;
	char *dir =
	    getenv("TMPDIR") != NULL ? mem_strdup(getenv("TMPDIR")) : NULL;

	begin(&text, LARGE);
	setenv("TMPDIR", "/nowhere/at/all", 1);
	t = load();
	expect(t, &text);
	trace_destroy(t);
	if (dir != NULL)
		setenv("TMPDIR", dir, 1);
	else
		unsetenv("TMPDIR");
	mem_free(dir);
	/* As a full disk. */
	CU_ASSERT_EQUAL(getrlimit(RLIMIT_FSIZE, &before), 0);
	small.rlim_max = before.rlim_max;
	signal(SIGXFSZ, SIG_IGN);
	CU_ASSERT_EQUAL(setrlimit(RLIMIT_FSIZE, &small), 0);
	t = load();
	small.rlim_cur = 10u << 20;
	CU_ASSERT_EQUAL(setrlimit(RLIMIT_FSIZE, &small), 0);
	expect(t, &text);
	trace_destroy(t);
	t = load();
	CU_ASSERT_EQUAL(setrlimit(RLIMIT_FSIZE, &before), 0);
	signal(SIGXFSZ, SIG_DFL);
	expect(t, &text);
	trace_destroy(t);
	unlink(path);
}

static void
no_memory(void)
{
	LOCAL_BUF text = BUF_INIT;
	struct trace *t = NULL;

	begin(&text, LARGE);
	for (unsigned long k = 1; t == NULL && k < 200; k++) {
		struct diag d = DIAG_INIT;
		int err;

		mem_fail_only(k);
		err = trace_load(&t, path, &d);
		mem_fail_from(0);
		CU_ASSERT(err == d.err && (err == 0 || err == ERR_NOMEM));
	}
	expect(t, &text);
	trace_destroy(t);
	unlink(path);
}

static void
little_memory(void)
{
	LOCAL_BUF text = BUF_INIT;
	struct trace *t;
	double before;

	begin(&text, 5 * LARGE);
	before = resident();
	t = load();
	for (uint64_t seq = 1; t != NULL && seq <= trace_count(t); seq++) {
		struct trace_rec rec;

		trace_get(t, seq, &rec);
		CU_ASSERT_FATAL(rec.seq == seq);
	}
	/* 60 MB of text. */
	CU_ASSERT(IS_SANITIZED || resident() - before < 2e7);
	trace_destroy(t);
	unlink(path);
}

CHECK_MAIN("trace_large", { "same as in memory", same_as_in_memory },
    { "no file", no_file }, { "no memory", no_memory },
    { "little memory", little_memory })
