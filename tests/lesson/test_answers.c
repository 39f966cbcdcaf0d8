/*
 * The answers for teachers, answers.md and answers.zh.md: the Chinese page has
 * the items of the English one, in each the same code and all of its numbers
 * (RFCs, sections, records, times), and names the model solution, which stands
 * in the English page alone.
 */
#include "base/page_file.h"
#include "fixtures/check.h"
#include "lesson/handout.h"
#include "fixtures/lessons.h"

/* ---- names ---- */

static void
names(void)
{
	LOCAL_BUF name = BUF_INIT;

	page_file_name(PAGE_ANSWERS, "en", &name);
	CU_ASSERT_STRING_EQUAL(buf_cstr(&name), "answers.md");
	buf_clear(&name);
	page_file_name(PAGE_HANDOUT, "zh_CN", &name);
	CU_ASSERT_STRING_EQUAL(buf_cstr(&name), "README.zh.md");
	CU_ASSERT(page_file_is("answers.md", PAGE_ANSWERS));
	CU_ASSERT(page_file_is("answers.zh.md", PAGE_ANSWERS));
	CU_ASSERT(!page_file_is("answers.txt", PAGE_ANSWERS));
	CU_ASSERT(!page_file_is("answers-old.md", PAGE_ANSWERS));
	CU_ASSERT(!page_file_is("answers.md.md.md", PAGE_ANSWERS));
	CU_ASSERT(!page_file_is("my-answers.md", PAGE_ANSWERS));
	CU_ASSERT(!page_file_is(".md", PAGE_ANSWERS));
}

CHECK_MAIN("answers", { "names", names })
