/* base/buf: what is appended, and that running out of memory sticks. */
#include "fixtures/check.h"

#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define IS(b, text) CU_ASSERT_STRING_EQUAL(buf_cstr(b), text)

static void
truncates_nothing(void)
{
	struct buf b = BUF_INIT;

	buf_truncate(&b, 0);
	buf_clear(&b);
	IS(&b, "");
	CU_ASSERT_PTR_NULL(b.p);
}

static void
prints(void)
{
	LOCAL_BUF b = BUF_INIT;
	char word[300];

	buf_printf(&b, "%s", "");
	IS(&b, "");
	buf_printf(&b, "%d-%s", 7, "x");
	IS(&b, "7-x");
	memset(word, 'w', sizeof(word) - 1);
	word[sizeof(word) - 1] = '\0';
	/* The text may be longer than what there is room for. */
	for (int i = 0; i < 20; i++)
		buf_printf(&b, "%s", word);
	CU_ASSERT_EQUAL(b.n, 3 + 20 * 299);
	CU_ASSERT_EQUAL(strlen(buf_cstr(&b)), b.n);
}

/* Every length around the doublings: the NUL always has a place. */
static void
grows(void)
{
	for (size_t n = 0; n < 300; n++) {
		struct buf b = BUF_INIT;

		buf_fill(&b, 'x', n);
		buf_putc(&b, 'y');
		CU_ASSERT_EQUAL(b.n, n + 1);
		CU_ASSERT_EQUAL(strlen(buf_cstr(&b)), n + 1);
		CU_ASSERT_TRUE(b.cap > b.n);
		buf_free(&b);
	}
}

static void
reserves(void)
{
	struct buf b = BUF_INIT;
	const char *before;

	CU_ASSERT_EQUAL(buf_reserve(&b, 1000), 0);
	IS(&b, "");
	before = b.p;
	buf_fill(&b, 'x', 1000);
	CU_ASSERT_PTR_EQUAL(b.p, before);
	CU_ASSERT_EQUAL(buf_reserve(&b, SIZE_MAX), ERR_NOMEM);
	CU_ASSERT_EQUAL(b.err, ERR_NOMEM);
	CU_ASSERT_EQUAL(b.n, 1000);
	buf_free(&b);
	CU_ASSERT_EQUAL(buf_reserve(&b, SIZE_MAX / 2), ERR_NOMEM);
	buf_free(&b);
}

static void
error_sticks(void)
{
	LOCAL_BUF b = BUF_INIT;

	buf_puts(&b, "kept");
	mem_fail_from(1);
	buf_fill(&b, 'x', 1000);
	mem_fail_from(0);
	CU_ASSERT_EQUAL(b.err, ERR_NOMEM);
	/* There is memory again, and still nothing happens: no text with a
	 * hole in it. */
	buf_puts(&b, "more");
	buf_u64(&b, 1);
	buf_printf(&b, "%d", 2);
	buf_fill(&b, 'x', 1000);
	CU_ASSERT_EQUAL(buf_reserve(&b, 1), ERR_NOMEM);
	IS(&b, "kept");
	CU_ASSERT_EQUAL(buf_write_file(&b, "/dev/null"), ERR_NOMEM);
	CU_ASSERT_PTR_NULL(buf_take(&b));
	CU_ASSERT_EQUAL(b.err, 0);
	buf_puts(&b, "again");
	IS(&b, "again");
	mem_fail_from(1);
	buf_fill(&b, 'x', 1000);
	mem_fail_from(0);
	buf_clear(&b);
	buf_puts(&b, "new");
	IS(&b, "new");
}

static void
takes(void)
{
	struct buf b = BUF_INIT;
	char *p;

	p = buf_take(&b);
	CU_ASSERT_PTR_NOT_NULL_FATAL(p);
	CU_ASSERT_STRING_EQUAL(p, "");
	mem_free(p);
	buf_puts(&b, "mine");
	p = buf_take(&b);
	CU_ASSERT_PTR_NOT_NULL_FATAL(p);
	CU_ASSERT_STRING_EQUAL(p, "mine");
	CU_ASSERT_PTR_NULL(b.p);
	IS(&b, "");
	mem_free(p);
	mem_fail_from(1);
	p = buf_take(&b);
	mem_fail_from(0);
	CU_ASSERT_PTR_NULL(p);
}

/* A whole text with every allocation failing in turn. */
static void
any_allocation_may_fail(void)
{
	int err = ERR_NOMEM;
	unsigned n;

	for (n = 1; err != 0 && n < 50; n++) {
		struct buf b = BUF_INIT;
		char *p;

		mem_fail_from(n);
		for (int i = 0; i < 500; i++)
			buf_printf(&b, "%d,", i);
		buf_puts(&b, "end");
		err = b.err;
		p = buf_take(&b);
		mem_fail_from(0);
		if (err == 0) {
			CU_ASSERT_PTR_NOT_NULL_FATAL(p);
			CU_ASSERT_STRING_EQUAL(p + strlen(p) - 3, "end");
		} else {
			CU_ASSERT_PTR_NULL(p);
		}
		mem_free(p);
	}
	CU_ASSERT_EQUAL(err, 0);
	CU_ASSERT_TRUE(n > 3);
}

static void
files(void)
{
	char path[] = "/tmp/rung-test-XXXXXX";
	struct buf b = BUF_INIT, back = BUF_INIT;
	int fd = mkstemp(path);

	CU_ASSERT_TRUE_FATAL(fd >= 0);
	close(fd);
	CU_ASSERT_EQUAL(buf_read_file(&back, path, 0), 0);
	IS(&back, "");
	/* More than one read's worth, with NULs in it. */
	for (unsigned i = 0; i < 200000; i++)
		buf_putc(&b, (char)(i % 251));
	CU_ASSERT_EQUAL(buf_write_file(&b, path), 0);
	CU_ASSERT_EQUAL(buf_read_file(&back, path, b.n), 0);
	CU_ASSERT_TRUE(str_eq(buf_view(&b), buf_view(&back)));
	buf_clear(&back);
	CU_ASSERT_EQUAL(buf_read_file(&back, path, b.n - 1), ERR_LIMIT);
	buf_clear(&back);
	CU_ASSERT_EQUAL(buf_read_file(&back, path, 0), ERR_LIMIT);
	buf_free(&back);
	mem_fail_from(1);
	CU_ASSERT_EQUAL(buf_read_file(&back, path, b.n), ERR_NOMEM);
	mem_fail_from(0);
	buf_free(&back);
	mem_fail_from(2);
	CU_ASSERT_EQUAL(buf_read_file(&back, path, b.n), ERR_NOMEM);
	mem_fail_from(0);
	buf_free(&back);
	buf_free(&b);
	unlink(path);
	CU_ASSERT_EQUAL(buf_read_file(&back, path, 10), ERR_IO);
	CU_ASSERT_EQUAL(buf_read_file(&back, "/tmp", 10), ERR_IO);
	buf_free(&back);
	CU_ASSERT_EQUAL(buf_write_file(&b, "/tmp/rung-none/x"), ERR_IO);
	/* An endless file ends at the limit. */
	CU_ASSERT_EQUAL(buf_read_file(&back, "/dev/zero", 1000), ERR_LIMIT);
	buf_free(&back);
}

/* The disk is full: said, not lost. */
static void
full_disk(void)
{
	LOCAL_BUF b = BUF_INIT;
	struct stat st;

	if (stat("/dev/full", &st) != 0) {
		check_skip("no /dev/full");
		return;
	}
	buf_puts(&b, "x");
	CU_ASSERT_EQUAL(buf_write_file(&b, "/dev/full"), ERR_IO);
	buf_fill(&b, 'x', 100000);
	CU_ASSERT_EQUAL(buf_write_file(&b, "/dev/full"), ERR_IO);
}

/* A sink into another text, which takes no more than 200,000 bytes. */
static int
take(const char *p, size_t n, void *arg)
{
	struct buf *to = arg;

	if (to->n + n > 200000)
		return ERR_LIMIT;
	buf_add(to, p, n);
	return to->err;
}

static void
drains(void)
{
	struct buf to = BUF_INIT, b = BUF_INIT;
	const struct buf_drain drain = { take, &to };

	b.drain = &drain;
	buf_puts(&b, "held");
	CU_ASSERT_EQUAL(buf_pass(&b), 0);
	CU_ASSERT_EQUAL(to.n, 0);
	CU_ASSERT_EQUAL(buf_pass_all(&b), 0);
	CU_ASSERT_STRING_EQUAL(buf_cstr(&to), "held");
	CU_ASSERT_EQUAL(b.n, 0);
	for (int i = 0; i < 3; i++) {
		buf_fill(&b, 'x', BUF_HELD);
		CU_ASSERT_EQUAL(buf_pass(&b), 0);
		CU_ASSERT_EQUAL(b.n, 0);
	}
	buf_fill(&b, 'y', BUF_HELD);
	CU_ASSERT_EQUAL(buf_pass(&b), ERR_LIMIT);
	buf_puts(&b, "no more");
	CU_ASSERT_EQUAL(b.n, 0);
	CU_ASSERT_EQUAL(buf_pass_all(&b), ERR_LIMIT);
	CU_ASSERT_EQUAL(to.n, strlen("held") + 3 * BUF_HELD);
	buf_free(&b);
	buf_free(&to);
	/* Without a drain all is held. */
	buf_fill(&b, 'x', 2 * BUF_HELD);
	CU_ASSERT_EQUAL(buf_pass(&b), 0);
	CU_ASSERT_EQUAL(buf_pass_all(&b), 0);
	CU_ASSERT_EQUAL(b.n, 2 * BUF_HELD);
	buf_free(&b);
}

static void
moves(void)
{
	struct buf b = BUF_INIT, from = BUF_INIT;
	const struct buf_drain drain = { take, NULL };
	const char *p;

	b.drain = &drain;
	buf_puts(&from, "one");
	p = from.p;
	CU_ASSERT_EQUAL(buf_move(&b, &from), 0);
	CU_ASSERT_PTR_EQUAL(b.p, p);
	CU_ASSERT_PTR_EQUAL(b.drain, &drain);
	CU_ASSERT_PTR_NULL(from.p);
	buf_puts(&from, ", two");
	CU_ASSERT_EQUAL(buf_move(&b, &from), 0);
	CU_ASSERT_STRING_EQUAL(buf_cstr(&b), "one, two");
	from.err = ERR_NOMEM;
	CU_ASSERT_EQUAL(buf_move(&b, &from), ERR_NOMEM);
	CU_ASSERT_EQUAL(from.err, 0);
	buf_free(&b);
}

CHECK_MAIN("buf", { "drains", drains }, { "moves", moves },
    { "truncates nothing", truncates_nothing }, { "prints", prints },
    { "grows", grows }, { "reserves", reserves },
    { "error sticks", error_sticks }, { "takes", takes },
    { "any allocation may fail", any_allocation_may_fail }, { "files", files },
    { "full disk", full_disk })
