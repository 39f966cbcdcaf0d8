/*
 * A ladder as a long text was held whole, in Markdown three times, before the
 * first byte of it was written.  It goes out piece by piece: no block of memory
 * is of its size meanwhile, the bytes are those of the text that is held, and
 * one piece that can't be written ends it.
 */
#include "fixtures/check.h"
#include "fixtures/sample_trace.h"

#include "base/err.h"
#include "base/mem.h"
#include "base/mem_in.h"
#include "ladder/ladder_file.h"

#define MESSAGES 10000
/* Some pieces, and eight bytes a row. */
#define BLOCK_MOST ((size_t)192 << 10)

/* ---- a heap that knows the largest block it was asked for ---- */

static size_t largest;

static size_t
note_size(size_t n)
{
	largest = n > largest ? n : largest;
	return n;
}

static void *
noted_alloc(size_t n)
{
	return malloc(note_size(n));
}

static void *
noted_zalloc(size_t count, size_t n)
{
	note_size(count * n);
	return calloc(count, n);
}

static void *
noted_realloc(void *p, size_t n)
{
	return realloc(p, note_size(n));
}

static void
trim_nothing(void)
{
}

/* ---- where the text goes ---- */

struct taken {
	const struct buf *held; /* the same text */
	size_t n, pieces;
	size_t refused; /* which piece is; 0: none */
};

/* A sink; ARG is the struct taken. */
static int
take(const char *p, size_t n, void *arg)
{
	struct taken *to = arg;

	if (to->n + n > to->held->n || memcmp(to->held->p + to->n, p, n) != 0)
		return ERR_SYNTAX;
	to->n += n;
	to->pieces++;
	return to->pieces == to->refused ? ERR_IO : 0;
}

struct wish {
	const char *format;
	bool messages;
};

static const struct wish wishes[] = { { "txt", false }, { "txt", true },
	{ "md", false }, { "md", true }, { "mmd", false }, { "puml", false },
	{ "json", false } };
#define WISHES (sizeof(wishes) / sizeof(wishes[0]))

static int
put_wish(const struct wish *w, const struct trace *t, const struct layout *l,
    struct buf *out, struct diag *d)
{
	return ladder_file_write(w->format, t, l,
	    &(struct ladder_file_options){ .messages = w->messages }, out, d);
}

static void
write_drained(const struct wish *w, const struct trace *t,
    const struct layout *l, const struct buf *held)
{
	struct taken to = { .held = held };
	const struct buf_drain drain = { take, &to };
	LOCAL_BUF out = BUF_INIT;

	out.drain = &drain;
	largest = 0;
	CU_ASSERT_EQUAL(put_wish(w, t, l, &out, NULL), 0);
	CU_ASSERT_EQUAL(buf_pass_all(&out), 0);
	CU_ASSERT_EQUAL(to.n, held->n);
	CU_ASSERT_TRUE(held->n > BLOCK_MOST);
	CU_ASSERT_TRUE(largest < BLOCK_MOST);
	if (largest >= BLOCK_MOST || to.n != held->n)
		printf("  %s%s: a block of %zu bytes, %zu of %zu bytes came\n",
		    w->format, w->messages ? " -m" : "", largest, to.n,
		    held->n);
}

/* The second piece finds the disk full. */
static void
write_in_vain(const struct wish *w, const struct trace *t,
    const struct layout *l, const struct buf *held)
{
	struct taken to = { .held = held, .refused = 2 };
	const struct buf_drain drain = { take, &to };
	LOCAL_BUF out = BUF_INIT;
	struct diag d = DIAG_INIT;

	out.drain = &drain;
	CU_ASSERT_EQUAL(put_wish(w, t, l, &out, &d), ERR_IO);
	CU_ASSERT_EQUAL(buf_pass_all(&out), ERR_IO);
	CU_ASSERT_EQUAL(to.pieces, 2);
	/* Whoever gave the drain knows why. */
	CU_ASSERT_EQUAL(d.err, 0);
}

static void
a_long_text_goes_as_it_comes(void)
{
	const struct mem_heap noted = { noted_alloc, noted_zalloc,
		noted_realloc, free, trim_nothing };
	struct layout_options o = LAYOUT_OPTIONS;
	struct sample s = SAMPLE_INIT;
	struct layout *l = NULL;
	struct trace *t;

	mem_use(&noted);
	sample_begin(&s, "Long");
	sample_node(&s, "alice", "ua", "a.example", NULL);
	sample_node(&s, "bob", "ua", "b.example", NULL);
	for (size_t i = 0; i < MESSAGES / 2; i++) {
		sample_pass(&s, "alice", "bob", "MESSAGE", "MESSAGE", 0, MS);
		sample_pass(&s, "bob", "alice", "200 OK", "MESSAGE", 0, MS);
	}
	t = sample_end(&s);
	CU_ASSERT_PTR_NOT_NULL_FATAL(t);
	o.number = true;
	CU_ASSERT_EQUAL_FATAL(layout_create(&l, t, &o, NULL), 0);
	for (size_t i = 0; i < WISHES; i++) {
		struct buf held = BUF_INIT;

		CU_ASSERT_EQUAL(put_wish(&wishes[i], t, l, &held, NULL), 0);
		write_drained(&wishes[i], t, l, &held);
		write_in_vain(&wishes[i], t, l, &held);
		buf_free(&held);
	}
	layout_destroy(l);
	trace_destroy(t);
}

CHECK_MAIN("export_held_its_text",
    { "a long text goes as it comes", a_long_text_goes_as_it_comes })
