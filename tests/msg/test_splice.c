/* Splicing: what is not edited stays byte for byte. */
#include "fixtures/check.h"

#include "base/err.h"
#include "base/mem.h"
#include "splice_write.h"

#define TEXT "one two three"

static struct str
at(struct str s, size_t from, size_t to)
{
	return str_slice(s, from, to);
}

static void
edits_the_ends(void)
{
	struct str s = STR(TEXT);
	struct msg_splice sp;
	LOCAL_BUF out = BUF_INIT;

	msg_splice_init(&sp, s);
	msg_splice_before(&sp, at(s, 13, 13), STR("end"));
	msg_splice_before(&sp, at(s, 0, 0), STR("begin"));
	msg_splice_before(&sp, at(s, 5, 5), STR(""));
	msg_splice_delete(&sp, at(s, 5, 5));
	CU_ASSERT_EQUAL(sp.n, 2);
	CU_ASSERT_EQUAL(splice_write(&sp, &out), 0);
	CU_ASSERT_STRING_EQUAL(buf_cstr(&out), "begin" TEXT "end");
	msg_splice_free(&sp);

	buf_clear(&out);
	msg_splice_init(&sp, s);
	CU_ASSERT_EQUAL(splice_write(&sp, &out), 0);
	CU_ASSERT_STRING_EQUAL(buf_cstr(&out), TEXT);
	msg_splice_delete(&sp, s);
	buf_clear(&out);
	CU_ASSERT_EQUAL(splice_write(&sp, &out), 0);
	CU_ASSERT_EQUAL(out.n, 0);
	msg_splice_free(&sp);
}

/* Cuts [2,6), then does the edit (FROM, TO, TEXT) upon it. */
static int
second_edit(size_t from, size_t to, const char *text)
{
	struct str s = STR(TEXT);
	struct msg_splice sp;
	LOCAL_BUF out = BUF_INIT;
	int err;

	msg_splice_init(&sp, s);
	msg_splice_delete(&sp, at(s, 2, 6));
	msg_splice_replace(&sp, at(s, from, to), str_of(text));
	err = splice_write(&sp, &out);
	CU_ASSERT_TRUE(err == 0 || out.n == 0);
	msg_splice_free(&sp);
	return err;
}

static void
refuses_overlaps(void)
{
	CU_ASSERT_EQUAL(second_edit(2, 6, "x"), ERR_STATE);
	CU_ASSERT_EQUAL(second_edit(0, 3, "x"), ERR_STATE);
	CU_ASSERT_EQUAL(second_edit(5, 9, "x"), ERR_STATE);
	CU_ASSERT_EQUAL(second_edit(0, 13, "x"), ERR_STATE);
	CU_ASSERT_EQUAL(second_edit(4, 4, "x"), ERR_STATE);
	CU_ASSERT_EQUAL(second_edit(2, 2, "x"), 0);
	CU_ASSERT_EQUAL(second_edit(6, 6, "x"), 0);
	CU_ASSERT_EQUAL(second_edit(0, 2, "x"), 0);
	CU_ASSERT_EQUAL(second_edit(6, 13, "x"), 0);
}

static void
refuses_foreign_slices(void)
{
	static const char other[] = "other";
	struct msg_splice sp;
	struct buf out = BUF_INIT;

	msg_splice_init(&sp, STR(TEXT));
	msg_splice_delete(&sp, str_of(other));
	CU_ASSERT_EQUAL(splice_write(&sp, &out), ERR_RANGE);
	msg_splice_free(&sp);
}

static void
keeps_the_limit(void)
{
	struct str s = STR(TEXT);
	struct msg_splice sp;
	struct buf out = BUF_INIT;

	msg_splice_init(&sp, s);
	for (int i = 0; i < MSG_SPLICES; i++)
		msg_splice_before(&sp, s, STR("x"));
	CU_ASSERT_EQUAL(sp.err, 0);
	msg_splice_before(&sp, s, STR("x"));
	CU_ASSERT_EQUAL(splice_write(&sp, &out), ERR_LIMIT);
	msg_splice_free(&sp);
}

static void
survives_without_memory(void)
{
	struct str s = STR(TEXT);
	int err = ERR_NOMEM;

	for (unsigned long n = 1; err == ERR_NOMEM; n++) {
		struct msg_splice sp;
		struct buf out = BUF_INIT;

		CU_ASSERT_TRUE_FATAL(n < 20);
		mem_fail_from(n);
		msg_splice_init(&sp, s);
		msg_splice_replace(&sp, at(s, 0, 3), STR("1"));
		msg_splice_after(&sp, s, STR("."));
		err = splice_write(&sp, &out);
		mem_fail_from(0);
		if (err == 0)
			CU_ASSERT_STRING_EQUAL(buf_cstr(&out), "1 two three.");
		msg_splice_free(&sp);
		buf_free(&out);
	}
	CU_ASSERT_EQUAL(err, 0);
}

CHECK_MAIN("splice", { "both ends can be edited", edits_the_ends },
    { "overlaps are refused", refuses_overlaps },
    { "slices from elsewhere are refused", refuses_foreign_slices },
    { "there is a limit", keeps_the_limit },
    { "running out of memory is survived", survives_without_memory })
