/* gzip streams: there and back, and those that are torn, damaged, followed by
 * something, or bombs; traces in such streams. */
#include "base/gzip.h"

#include "base/err.h"
#include "base/mem.h"
#include "fixtures/check.h"
#include "trace/reader.h"

#include <string.h>
#include <unistd.h>

#define HEAD "{\"kind\":\"trace\",\"version\":1,\"nodes\":[{\"name\":\"a\"}]}\n"

/* A sink; ARG a struct buf. */
static int
keep(const char *p, size_t n, void *arg)
{
	struct buf *b = arg;

	buf_add(b, p, n);
	return b->err;
}

static int
refuse(const char *p, size_t n, void *arg)
{
	(void)p;
	(void)n;
	(void)arg;
	return ERR_IO;
}

/* TEXT, given in pieces of STEP bytes, as a stream behind what is in OUT. */
static int
pack(struct str text, size_t step, struct buf *out)
{
	struct gzip *z;
	int err = gzip_create(&z, keep, out);

	for (size_t at = 0; err == 0 && at < text.n; at += step) {
		struct str s = str_slice(text, at, at + step);

		err = gzip_write(z, s.p, s.n);
	}
	if (err == 0)
		err = gzip_end(z);
	gzip_destroy(z);
	return err;
}

struct piece {
	struct str left;
	size_t step;
};

static size_t
read_piece(char *to, size_t n, void *arg)
{
	struct piece *p = arg;

	n = n < p->step ? n : p->step;
	n = n < p->left.n ? n : p->left.n;
	memcpy(to, p->left.p, n);
	p->left = str_slice(p->left, n, p->left.n);
	return n;
}

/* What STREAM holds, to OUT. */
static enum gunzip_state
unpack(struct str stream, size_t step, struct buf *out)
{
	struct piece p = { stream, step };
	enum gunzip_state state;
	struct gunzip *g;
	char some[1000];
	size_t n;

	if (gunzip_create(&g, STR_NULL, read_piece, &p) != 0)
		return GUNZIP_NOMEM;
	while ((n = gunzip_read(g, some, sizeof(some))) > 0)
		buf_add(out, some, n);
	state = gunzip_state(g);
	gunzip_destroy(g);
	return state;
}

/* A trace of N notes. */
static void
make_trace(struct buf *b, int n)
{
	buf_puts(b, HEAD);
	for (int i = 1; i <= n; i++)
		buf_printf(b,
		    "{\"seq\":%d,\"t\":%d,\"node\":\"a\",\"kind\":\"note\","
		    "\"text\":\"%d\"}\n",
		    i, i, i * 7919 % 1000);
	buf_printf(b,
	    "{\"seq\":%d,\"t\":%d,\"kind\":\"end\",\"reason\":\"idle\"}\n",
	    n + 1, n + 1);
}

static void
refused_by_sink(void)
{
	struct gzip *z;
	char some[4096];
	int err = 0;

	CU_ASSERT_EQUAL_FATAL(gzip_create(&z, refuse, NULL), 0);
	for (unsigned i = 0, x = 1; err == 0 && i < 100; i++) {
		for (size_t k = 0; k < sizeof(some); k++)
			some[k] = (char)((x = x * 1103515245 + 12345) >> 16);
		err = gzip_write(z, some, sizeof(some));
	}
	CU_ASSERT_EQUAL(err, ERR_IO);
	CU_ASSERT_EQUAL(gzip_end(z), ERR_IO);
	gzip_destroy(z);
}

static void
members(void)
{
	LOCAL_BUF stream = BUF_INIT, back = BUF_INIT;
	char some[10];

	CU_ASSERT_EQUAL(pack(STR("one, "), 9, &stream), 0);
	CU_ASSERT_EQUAL(pack(STR(""), 9, &stream), 0);
	CU_ASSERT_EQUAL(pack(STR("two"), 9, &stream), 0);
	CU_ASSERT_EQUAL(unpack(buf_view(&stream), 1, &back), GUNZIP_ENDED);
	CU_ASSERT(str_is(buf_view(&back), "one, two"));
	CU_ASSERT_EQUAL(gunzip_peek(buf_view(&stream), some, 3), 3);
	CU_ASSERT(memcmp(some, "one", 3) == 0);
	CU_ASSERT_EQUAL(gunzip_peek(buf_view(&stream), some, 10), 8);
	CU_ASSERT_EQUAL(gunzip_peek(STR("\x1f\x8b"), some, 10), 0);
	buf_puts(&stream, "zero");
	buf_clear(&back);
	CU_ASSERT_EQUAL(unpack(buf_view(&stream), 1, &back), GUNZIP_FOLLOWED);
	CU_ASSERT(str_is(buf_view(&back), "one, two"));
}

/* How TEXT, compressed, is read as a trace. */
static struct trace *
load(struct str stream, struct diag *d)
{
	struct buf b = BUF_INIT;
	struct trace *t;
	int err;

	*d = DIAG_INIT;
	buf_str(&b, stream);
	err = trace_load_buf(&t, &b, "x.gz", d);
	CU_ASSERT(err == d->err && (err == 0) == (t != NULL));
	CU_ASSERT(b.p == NULL);
	return t;
}

static void
traces(void)
{
	LOCAL_BUF text = BUF_INIT, stream = BUF_INIT;
	struct trace *t, *plain;
	uint64_t before = 0;
	struct diag d;

	make_trace(&text, 3000);
	CU_ASSERT_EQUAL_FATAL(pack(buf_view(&text), 500, &stream), 0);
	CU_ASSERT(stream.n < text.n / 4);
	plain = load(buf_view(&text), &d);
	t = load(buf_view(&stream), &d);
	CU_ASSERT_FATAL(t != NULL && plain != NULL);
	CU_ASSERT(trace_count(t) == 3001 && trace_complete(t));
	CU_ASSERT_EQUAL(trace_hash(t), trace_hash(plain));
	trace_destroy(plain);
	trace_destroy(t);
	/* Of a torn one what is there, as of one that was not compressed. */
	for (size_t n = 0; n < stream.n; n += 997) {
		t = load(str_slice(buf_view(&stream), 0, n), &d);
		CU_ASSERT(t == NULL
			      ? d.err == ERR_SYNTAX
			      : !trace_complete(t) && trace_count(t) >= before);
		before = t != NULL ? trace_count(t) : before;
		trace_destroy(t);
	}
	CU_ASSERT(before > 1000);
	buf_puts(&stream, "\n");
	t = load(buf_view(&stream), &d);
	CU_ASSERT(t == NULL && strstr(d.text, "other bytes follow") != NULL);
	stream.p[stream.n / 2] ^= 1;
	t = load(buf_view(&stream), &d);
	CU_ASSERT(t == NULL && strstr(d.text, "damaged") != NULL);
	/* Twice compressed it is no trace. */
	buf_clear(&text);
	CU_ASSERT_EQUAL_FATAL(pack(buf_view(&stream), 500, &text), 0);
	CU_ASSERT_PTR_NULL(load(buf_view(&text), &d));
}

/* A head, and then zeros, a gigabyte of them. */
static void
bomb(void)
{
	LOCAL_BUF stream = BUF_INIT;
	struct gzip *z;
	struct diag d;
	char zeros[65536] = { 0 };

	CU_ASSERT_EQUAL_FATAL(gzip_create(&z, keep, &stream), 0);
	CU_ASSERT_EQUAL(gzip_write(z, HEAD, sizeof(HEAD) - 1), 0);
	for (int i = 0; i < 1 << 14; i++)
		gzip_write(z, zeros, sizeof(zeros));
	CU_ASSERT_EQUAL(gzip_end(z), 0);
	gzip_destroy(z);
	CU_ASSERT_PTR_NULL(load(buf_view(&stream), &d));
	CU_ASSERT_EQUAL(d.err, ERR_LIMIT);
	CU_ASSERT(strstr(d.text, "expands more than 200-fold") != NULL);
}

static void
no_memory(void)
{
	struct buf text = BUF_INIT, stream = BUF_INIT, out = BUF_INIT;
	struct trace *t = NULL;
	struct diag d;
	int err = ERR_NOMEM;

	make_trace(&text, 2000);
	CU_ASSERT_EQUAL_FATAL(pack(buf_view(&text), 500, &stream), 0);
	for (unsigned long k = 1; err != 0 && k < 100; k++) {
		buf_free(&out);
		mem_fail_from(k);
		err = pack(buf_view(&text), 500, &out);
		mem_fail_from(0);
		CU_ASSERT(err == 0 || err == ERR_NOMEM);
	}
	CU_ASSERT_EQUAL(err, 0);
	for (unsigned long k = 1; t == NULL && k < 300; k++) {
		struct buf b = BUF_INIT;

		buf_str(&b, buf_view(&stream));
		d = DIAG_INIT;
		mem_fail_only(k);
		err = trace_load_buf(&t, &b, "x", &d);
		mem_fail_from(0);
		CU_ASSERT(err == d.err && (err == 0 || err == ERR_NOMEM));
	}
	CU_ASSERT(t != NULL && trace_count(t) == 2001);
	trace_destroy(t);
	buf_free(&text);
	buf_free(&stream);
	buf_free(&out);
}

/* A file is written compressed by its name, and recognized by its content. */
static void
files(void)
{
	char dir[] = "/tmp/test_gzip_XXXXXX", path[64], other[64];
	LOCAL_BUF text = BUF_INIT, plain = BUF_INIT;
	struct outfile o;
	struct trace *t;
	struct diag d = DIAG_INIT;

	CU_ASSERT_PTR_NOT_NULL_FATAL(mkdtemp(dir));
	snprintf(path, sizeof(path), "%s/x.gz", dir);
	snprintf(other, sizeof(other), "%s/x", dir);
	make_trace(&text, 100);
	CU_ASSERT_EQUAL_FATAL(outfile_open_packed(&o, path), 0);
	CU_ASSERT_EQUAL(outfile_write(text.p, text.n, &o), 0);
	CU_ASSERT_EQUAL(outfile_close(&o, true), 0);
	CU_ASSERT_EQUAL(outfile_close(&o, true), 0);
	CU_ASSERT_EQUAL_FATAL(outfile_open_packed(&o, other), 0);
	CU_ASSERT_EQUAL(outfile_write(text.p, text.n, &o), 0);
	CU_ASSERT_EQUAL(outfile_close(&o, true), 0);
	CU_ASSERT_EQUAL(buf_read_file(&plain, other, 1 << 20), 0);
	CU_ASSERT(str_eq(buf_view(&plain), buf_view(&text)));
	CU_ASSERT_EQUAL(rename(path, other), 0);
	CU_ASSERT(trace_is_file(other));
	CU_ASSERT_EQUAL(trace_load(&t, other, &d), 0);
	CU_ASSERT(t != NULL && trace_count(t) == 101);
	trace_destroy(t);
	/* Given up. */
	CU_ASSERT_EQUAL_FATAL(outfile_open_packed(&o, path), 0);
	CU_ASSERT_EQUAL(outfile_write(text.p, text.n, &o), 0);
	CU_ASSERT_EQUAL(outfile_close(&o, false), 0);
	CU_ASSERT(access(path, F_OK) != 0);
	for (unsigned long k = 1; k < 8; k++) {
		mem_fail_from(k);
		CU_ASSERT(outfile_open_packed(&o, path) != 0 ||
			  outfile_close(&o, true) != 0);
		mem_fail_from(0);
		CU_ASSERT(access(path, F_OK) != 0);
	}
	unlink(other);
	rmdir(dir);
}

CHECK_MAIN("gzip", { "refused by the sink", refused_by_sink },
    { "members", members }, { "traces", traces }, { "bomb", bomb },
    { "no memory", no_memory }, { "files", files })
