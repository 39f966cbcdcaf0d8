/* Files that are whole or not there. */
#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/outfile.h"
#include "check.h"

#include <dirent.h>
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[] = "/tmp/rung-outfile-XXXXXX";
static char path[64];

/* What stands there; "" where nothing does. */
static const char *
content(void)
{
	static char text[64];
	FILE *f = fopen(path, "rb");
	size_t n = 0;

	if (f != NULL) {
		n = fread(text, 1, sizeof(text) - 1, f);
		fclose(f);
	}
	text[n] = '\0';
	return text;
}

static int
files(void)
{
	DIR *d = opendir(folder);
	int n = 0;

	while (d != NULL && readdir(d) != NULL)
		n++;
	if (d != NULL)
		closedir(d);
	return n - 2; /* . and .. */
}

static void
in_time(void)
{
	struct outfile o;

	CU_ASSERT_PTR_NOT_NULL_FATAL(mkdtemp(folder));
	snprintf(path, sizeof(path), "%s/x", folder);
	CU_ASSERT_EQUAL(outfile_open(&o, path), 0);
	CU_ASSERT_EQUAL(outfile_write("one", 3, &o), 0);
	CU_ASSERT_STRING_EQUAL(content(), "");
	CU_ASSERT_EQUAL(outfile_close(&o, true), 0);
	CU_ASSERT_STRING_EQUAL(content(), "one");
	CU_ASSERT_EQUAL(outfile_close(&o, true), 0);
	CU_ASSERT_EQUAL(files(), 1);
}

static void
given_up(void)
{
	struct outfile o;

	CU_ASSERT_EQUAL(outfile_open(&o, path), 0);
	CU_ASSERT_EQUAL(outfile_write("two", 3, &o), 0);
	CU_ASSERT_EQUAL(files(), 2);
	CU_ASSERT_EQUAL(outfile_close(&o, false), 0);
	CU_ASSERT_STRING_EQUAL(content(), "one");
	CU_ASSERT_EQUAL(files(), 1);
}

static void
permissions(void)
{
	struct outfile o;
	struct stat st;

	chmod(path, 0604);
	CU_ASSERT_EQUAL(outfile_open(&o, path), 0);
	CU_ASSERT_EQUAL(outfile_close(&o, true), 0);
	CU_ASSERT_EQUAL(stat(path, &st), 0);
	CU_ASSERT_EQUAL(st.st_mode & 0777, 0604);
	CU_ASSERT_EQUAL(st.st_size, 0);
}

static void
no_place(void)
{
	struct outfile o;

	errno = 0;
	CU_ASSERT_EQUAL(outfile_open(&o, "/tmp/rung-none/x"), ERR_IO);
	CU_ASSERT_EQUAL(errno, ENOENT);
	CU_ASSERT_EQUAL(outfile_open(&o, folder), ERR_IO);
	CU_ASSERT_EQUAL(errno, EISDIR);
	CU_ASSERT_EQUAL(outfile_open(&o, ""), ERR_IO);
	if (access("/dev/full", W_OK) == 0) {
		CU_ASSERT_EQUAL(outfile_open(&o, "/dev/full"), 0);
		outfile_write("x", 1, &o);
		CU_ASSERT_EQUAL(outfile_close(&o, true), ERR_IO);
		CU_ASSERT_EQUAL(errno, ENOSPC);
	}
	CU_ASSERT_EQUAL(files(), 1);
}

static void
memory(void)
{
	for (unsigned long n = 1; n < 4; n++) {
		struct outfile o;
		int err;

		mem_fail_from(n);
		err = outfile_open(&o, path);
		mem_fail_from(0);
		CU_ASSERT_EQUAL(err, n < 3 ? ERR_NOMEM : 0);
		CU_ASSERT_EQUAL(outfile_close(&o, false), 0);
		CU_ASSERT_EQUAL(files(), 1);
	}
	unlink(path);
	rmdir(folder);
}

CHECK_MAIN("outfile", { "in its place at the end", in_time },
    { "given up", given_up }, { "permissions", permissions },
    { "no place", no_place }, { "memory", memory })
