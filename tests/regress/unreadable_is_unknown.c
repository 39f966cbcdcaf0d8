/*
 * Whether a file is a hand-in, and whether a folder has a file, was “no” where
 * that can't be seen: no right to read, no descriptor, a fault of the disk.
 */
#include "base/err.h"
#include "base/folder.h"
#include "grade/handin.h"

#include "fixtures/check.h"

#include <errno.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static enum handin_kind kind;

/* A file called NAME with TEXT, looked at; it is removed. */
static enum handin_kind
look_at(const char *name, const char *text)
{
	LOCAL_BUF all = BUF_INIT, path = BUF_INIT;
	char folder[] = "/tmp/rung-look-XXXXXX";

	CU_ASSERT_PTR_NOT_NULL_FATAL(mkdtemp(folder));
	buf_printf(&path, "%s/%s", folder, name);
	buf_puts(&all, text);
	CU_ASSERT_EQUAL(buf_write_file(&all, buf_cstr(&path)), 0);
	CU_ASSERT_EQUAL(handin_look(buf_cstr(&path), &kind), 0);
	folder_remove(folder);
	return kind;
}

static void
each_kind_is_known(void)
{
	static const struct {
		const char *name, *text;
		enum handin_kind kind;
	} files[] = {
		{ "a.rung", HANDIN_BEGIN ",\"version\":1}", HANDIN_WORK },
		{ "a.txt", "\xef\xbb\xbf" HANDIN_BEGIN "}", HANDIN_WORK },
		{ "a.zip", "PK\3\4 and so on", HANDIN_ZIP },
		{ "a.html", "<p>no report</p>", HANDIN_NONE },
		{ "a.md", "\n[rung-hand-in]: eyJ9\n", HANDIN_WORK },
		{ "a.txt", "\n[rung-hand-in]: eyJ9\n", HANDIN_NONE },
		{ "empty", "", HANDIN_NONE },
	};
	LOCAL_BUF longer = BUF_INIT;

	for (size_t i = 0; i < COUNT_OF(files); i++)
		CU_ASSERT_EQUAL(
		    look_at(files[i].name, files[i].text), files[i].kind);
	/* Longer than any link. */
	buf_puts(&longer, HANDIN_BEGIN);
	for (unsigned i = 0; i < 300000; i++)
		buf_putc(&longer, ' ');
	CU_ASSERT_EQUAL(look_at("b.rung", buf_cstr(&longer)), HANDIN_WORK);
	CU_ASSERT_EQUAL(handin_look("labs", &kind), 0);
	CU_ASSERT_EQUAL(kind, HANDIN_NONE);
}

static void
what_cant_be_read_is_unknown(void)
{
	struct rlimit was, none;

	/* A file whose first byte is a fault. */
	CU_ASSERT_EQUAL(handin_look("/proc/self/mem", &kind), ERR_IO);
	CU_ASSERT_EQUAL(errno, EIO);
	CU_ASSERT_EQUAL(handin_look("labs/nowhere", &kind), ERR_IO);
	CU_ASSERT_EQUAL(errno, ENOENT);
	CU_ASSERT_EQUAL_FATAL(getrlimit(RLIMIT_NOFILE, &was), 0);
	none = was;
	none.rlim_cur = 0;
	CU_ASSERT_EQUAL_FATAL(setrlimit(RLIMIT_NOFILE, &none), 0);
	CU_ASSERT_EQUAL(handin_look("README.md", &kind), ERR_IO);
	CU_ASSERT_EQUAL(errno, EMFILE);
	CU_ASSERT_EQUAL(setrlimit(RLIMIT_NOFILE, &was), 0);
}

static void
a_folder_has_it_or_not_or_cant_be_seen(void)
{
	char loop[] = "/tmp/rung-look-XXXXXX";
	LOCAL_BUF path = BUF_INIT, name = BUF_INIT;
	bool has = true;

	CU_ASSERT_EQUAL(folder_look_for("labs", "nowhere", &has), 0);
	CU_ASSERT_FALSE(has);
	CU_ASSERT_EQUAL(folder_look_for("README.md", "x", &has), 0);
	CU_ASSERT_FALSE(has);
	CU_ASSERT_EQUAL(folder_look_for("labs", "direct-call", &has), 0);
	CU_ASSERT_TRUE(has);
	CU_ASSERT_TRUE(folder_has("labs", "direct-call"));
	for (unsigned i = 0; i < 300; i++)
		buf_putc(&name, 'a');
	CU_ASSERT_EQUAL(folder_look_for("labs", buf_cstr(&name), &has), ERR_IO);
	CU_ASSERT_EQUAL(errno, ENAMETOOLONG);
	CU_ASSERT_FALSE(folder_has("labs", buf_cstr(&name)));
	CU_ASSERT_PTR_NOT_NULL_FATAL(mkdtemp(loop));
	buf_printf(&path, "%s/loop", loop);
	CU_ASSERT_EQUAL(symlink("loop", buf_cstr(&path)), 0);
	CU_ASSERT_EQUAL(
	    folder_look_for(buf_cstr(&path), "answers.txt", &has), ERR_IO);
	CU_ASSERT_EQUAL(errno, ELOOP);
	folder_remove(loop);
}

CHECK_MAIN("unreadable_is_unknown",
    { "each kind is known", each_kind_is_known },
    { "what can't be read is unknown", what_cant_be_read_is_unknown },
    { "a folder has it, or not, or can't be seen",
	a_folder_has_it_or_not_or_cant_be_seen })
