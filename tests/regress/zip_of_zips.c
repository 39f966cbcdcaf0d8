/*
 * A zip file of zip files, 167 kB long, was unpacked to 15 GB, since each had
 * bounds of its own; and on a disk that was full then the work of others was
 * called damaged.  All that one hands in has one budget, and what the machine
 * can't do is said as that.
 */
#include "base/err.h"
#include "base/folder.h"
#include "base/mem.h"
#include "grade/class.h"
#include "zip_made.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#define MB ((size_t)1 << 20)

static char folder[] = "/tmp/rung-zips-XXXXXX";
static char inbox[64], temp[64];

static void
write_in(const char *name, const struct buf *b)
{
	LOCAL_BUF path = BUF_INIT;

	buf_printf(&path, "%s/%s", inbox, name);
	CU_ASSERT_EQUAL_FATAL(buf_write_file(b, buf_cstr(&path)), 0);
}

static void
begin(void)
{
	CU_ASSERT_PTR_NOT_NULL_FATAL(mkdtemp(folder));
	snprintf(inbox, sizeof(inbox), "%s/class", folder);
	snprintf(temp, sizeof(temp), "%s/temp", folder);
	CU_ASSERT_EQUAL_FATAL(mkdir(inbox, 0700), 0);
	CU_ASSERT_EQUAL_FATAL(mkdir(temp, 0700), 0);
	setenv("TMPDIR", temp, 1);
}

/* N copies of DATA, each a file. */
static void
put_copies(struct buf *zip, const char *ending, unsigned n, struct str data)
{
	struct made_zip z = { BUF_INIT, BUF_INIT, 0 };

	for (unsigned i = 0; i < n; i++) {
		char name[40];

		snprintf(name, sizeof(name), "%03u%s", i, ending);
		made_zip_add(&z, name, data);
	}
	made_zip_end(&z, zip);
}

static void
put_zeros(struct buf *zip, size_t bytes, unsigned n)
{
	LOCAL_BUF zeros = BUF_INIT;

	buf_fill(&zeros, '\0', bytes);
	put_copies(zip, "", n, buf_view(&zeros));
}

static int
judge_compare_runs(struct class *c, struct diag *d)
{
	struct class_options o = { .at_once = 1 };

	*d = DIAG_INIT;
	return class_judge(c, inbox, &o, d);
}

static bool
is_empty(const char *path)
{
	struct folder_names f;
	bool empty = folder_names_read(&f, path) == 0 && f.n == 0;

	folder_names_free(&f);
	return empty;
}

/* One row, which says that there is too much. */
static void
check_too_much(const struct class *c)
{
	CU_ASSERT_EQUAL_FATAL(c->n, 1);
	CU_ASSERT_PTR_NOT_NULL(strstr(c->entries[0].failed, "more than"));
	CU_ASSERT(is_empty(temp));
}

static void
bytes(void)
{
	LOCAL_BUF inner = BUF_INIT, outer = BUF_INIT;
	struct unzip_budget left = UNZIP_BUDGET;
	char to[80];
	struct class c;
	struct diag d;

	/* Four of them would be 40 MB. */
	put_zeros(&inner, 10 * MB, 1);
	put_copies(&outer, ".zip", 4, buf_view(&inner));
	CU_ASSERT(outer.n < MB);
	write_in("bytes.zip", &outer);
	CU_ASSERT_EQUAL(judge_compare_runs(&c, &d), 0);
	check_too_much(&c);
	class_free(&c);
	/* What is unpacked is taken off. */
	snprintf(to, sizeof(to), "%s/bytes.zip", inbox);
	{
		struct buf at = BUF_INIT;

		buf_printf(&at, "%s/out", folder);
		CU_ASSERT_EQUAL(class_unzip(to, buf_cstr(&at), &left, &d), 0);
		CU_ASSERT_EQUAL(left.bytes, UNZIP_BYTES_MAX - 4 * inner.n);
		/* The folder, and four files. */
		CU_ASSERT_EQUAL(left.files, UNZIP_FILES_MAX - 5);
		buf_free(&at);
	}
	unlink(to);
}

static void
files(void)
{
	LOCAL_BUF inner = BUF_INIT, outer = BUF_INIT;
	struct class c;
	struct diag d;
	char at[80];

	put_copies(&inner, "", 150, STR("x"));
	put_copies(&outer, ".zip", 4, buf_view(&inner));
	write_in("files.zip", &outer);
	CU_ASSERT_EQUAL(judge_compare_runs(&c, &d), 0);
	check_too_much(&c);
	class_free(&c);
	snprintf(at, sizeof(at), "%s/files.zip", inbox);
	unlink(at);
}

/* Zip files in each other, without an end. */
static void
depth(void)
{
	struct buf now = BUF_INIT;
	struct class c;
	struct diag d;
	char at[80];

	put_copies(&now, "", 1, STR("x"));
	for (int i = 0; i < 12; i++) {
		struct buf next = BUF_INIT;

		put_copies(&next, ".zip", 1, buf_view(&now));
		buf_free(&now);
		now = next;
	}
	write_in("depth.zip", &now);
	CU_ASSERT_EQUAL(judge_compare_runs(&c, &d), 0);
	CU_ASSERT_EQUAL_FATAL(c.n, 1);
	CU_ASSERT_PTR_NOT_NULL(strstr(c.entries[0].failed, "too deep"));
	class_free(&c);
	snprintf(at, sizeof(at), "%s/depth.zip", inbox);
	unlink(at);
	buf_free(&now);
}

static void
check_own_trouble(const char *text)
{
	struct class c;
	struct diag d;

	CU_ASSERT_EQUAL(judge_compare_runs(&c, &d), ERR_IO);
	CU_ASSERT_PTR_NOT_NULL(strstr(d.text, "this machine can't judge"));
	CU_ASSERT_PTR_NOT_NULL(strstr(d.text, text));
	CU_ASSERT_EQUAL(c.n, 0);
	CU_ASSERT(is_empty(temp));
	class_free(&c);
}

/* A file may not grow, as on a disk that is full. */
static void
troubles(void)
{
	struct rlimit before, small;
	LOCAL_BUF zip = BUF_INIT;
	char at[80];

	put_zeros(&zip, MB, 2);
	write_in("fine.zip", &zip);
	CU_ASSERT_EQUAL(getrlimit(RLIMIT_FSIZE, &before), 0);
	small = before;
	small.rlim_cur = 1000;
	signal(SIGXFSZ, SIG_IGN);
	setrlimit(RLIMIT_FSIZE, &small);
	check_own_trouble(strerror(EFBIG));
	setrlimit(RLIMIT_FSIZE, &before);
	signal(SIGXFSZ, SIG_DFL);
	snprintf(at, sizeof(at), "%s/fine.zip", inbox);
	unlink(at);
}

/* No memory for a moment, here or in the process of the submission: never a
 * word of the work. */
static void
memory(void)
{
	LOCAL_BUF zip = BUF_INIT;
	unsigned long told = 0;
	char at[80];

	put_copies(&zip, ".txt", 2, STR("x"));
	write_in("fine.zip", &zip);
	for (unsigned long n = 1; n < 120; n += 3) {
		struct class c;
		struct diag d;
		int err;

		mem_fail_only(n);
		err = judge_compare_runs(&c, &d);
		mem_fail_only(0);
		told += err != 0;
		for (size_t i = 0; err == 0 && i < c.n; i++)
			CU_ASSERT_PTR_NOT_NULL(
			    strstr(c.entries[i].failed, "contains no work"));
		class_free(&c);
		CU_ASSERT(is_empty(temp));
	}
	CU_ASSERT(told > 10);
	snprintf(at, sizeof(at), "%s/fine.zip", inbox);
	unlink(at);
}

static void
end(void)
{
	CU_ASSERT(is_empty(inbox));
	folder_remove(folder);
}

CHECK_MAIN("zip_of_zips", { "begin", begin }, { "bytes", bytes },
    { "files", files }, { "depth", depth },
    { "what the machine can't do", troubles }, { "memory", memory },
    { "end", end })
