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

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define ITEMS_MAX 16
#define WORDS_MAX 200
#define MODEL     "\n## Model solution\n"
#define LAST      "\n可运行的标准答案在 `answers.md` 的 Model solution 一节。\n"

/* ---- items ---- */

static bool
begins_item(struct str line)
{
	size_t i = 0;

	while (i < line.n && isdigit((unsigned char)line.p[i]))
		i++;
	return i > 0 && str_starts(str_slice(line, i, line.n), ". ");
}

/* What stands before the first item is item 0. */
static size_t
find_items(struct str page, struct str item[ITEMS_MAX])
{
	size_t n = 1;

	item[0] = (struct str){ page.p, 0 };
	while (page.n > 0) {
		struct str line = str_cut(page, '\n', &page);

		if (begins_item(line) && n < ITEMS_MAX)
			item[n++] = (struct str){ line.p, 0 };
		item[n - 1].n = (size_t)(line.p + line.n - item[n - 1].p);
	}
	return n;
}

/* ---- words ---- */

/* The code of ITEM, between backticks. */
static size_t
find_code(struct str item, struct str word[WORDS_MAX])
{
	size_t n = 0;

	for (size_t i = 0; i < item.n && n < WORDS_MAX; i++) {
		size_t from = i;

		if (item.p[i] != '`')
			continue;
		while (++i < item.n && item.p[i] != '`')
			;
		word[n++] = str_slice(item, from, i + 1);
	}
	return n;
}

/* The numbers of ITEM outside of code: 3261, 13.2.2.4, 0.5 */
static size_t
find_numbers(struct str item, struct str word[WORDS_MAX])
{
	bool code = false;
	size_t n = 0;

	for (size_t i = 0; i < item.n && n < WORDS_MAX; i++) {
		size_t from = i;

		code ^= item.p[i] == '`';
		if (code || !isdigit((unsigned char)item.p[i]))
			continue;
		while (i < item.n &&
		       (isdigit((unsigned char)item.p[i]) || item.p[i] == '.'))
			i++;
		while (item.p[i - 1] == '.')
			i--;
		word[n++] = str_slice(item, from, i);
		i--;
	}
	return n;
}

static size_t
count_word(const struct str *words, size_t n, struct str word)
{
	size_t count = 0;

	for (size_t i = 0; i < n; i++)
		count += str_eq(words[i], word);
	return count;
}

/* ---- labs ---- */

static bool
says_the_same(struct str en, struct str zh)
{
	struct str a[WORDS_MAX], b[WORDS_MAX];
	size_t n = find_code(en, a), m = find_code(zh, b);
	bool same = n == m;

	for (size_t i = 0; i < n && same; i++)
		same = count_word(a, n, a[i]) == count_word(b, m, a[i]);
	n = find_numbers(en, a);
	m = find_numbers(zh, b);
	for (size_t i = 0; i < n && same; i++)
		same = count_word(b, m, a[i]) > 0;
	return same;
}

static void
items_agree(const char *lab, struct str en, struct str zh)
{
	struct str a[ITEMS_MAX], b[ITEMS_MAX];
	size_t n = find_items(en, a), m = find_items(zh, b);

	CU_ASSERT(n > 3);
	CU_ASSERT_EQUAL(n, m);
	for (size_t i = 0; i < n && i < m; i++) {
		bool same = says_the_same(a[i], b[i]);

		if (!same)
			printf("  DIFFERS %s, item %zu\n", lab, i);
		CU_ASSERT(same);
	}
}

static void
has_title(const char *lab, struct str page)
{
	struct handout h = HANDOUT_INIT;
	struct buf first = BUF_INIT;
	struct diag d = DIAG_INIT;

	CU_ASSERT_EQUAL(handout_read(&h, lab, "zh_CN", &d), 0);
	buf_puts(&first, "# 答案：");
	buf_str(&first, h.title);
	buf_putc(&first, '\n');
	if (!str_starts(page, buf_cstr(&first)))
		printf("  TITLE %s: not %s", lab, buf_cstr(&first));
	CU_ASSERT(str_starts(page, buf_cstr(&first)));
	buf_free(&first);
	handout_free(&h);
}

static void
pages_agree(const char *lab)
{
	struct buf en = BUF_INIT, zh = BUF_INIT;
	struct str a, b;
	ptrdiff_t end;

	read_text(lab, "answers.md", &en);
	read_text(lab, "answers.zh.md", &zh);
	a = buf_view(&en);
	b = buf_view(&zh);
	has_title(lab, b);
	end = str_find(a, MODEL);
	CU_ASSERT(end > 0 && str_ends(b, LAST));
	a = str_slice(a, 0, (size_t)end);
	b = str_slice(b, 0, b.n - strlen(LAST));
	items_agree(lab, a, b);
	buf_free(&en);
	buf_free(&zh);
}

static void
all_labs(void)
{
	each_lesson(pages_agree);
}

/* ---- names ---- */

static void
names(void)
{
	struct buf name = BUF_INIT;

	page_file_name(PAGE_ANSWERS, "en", &name);
	CU_ASSERT_STRING_EQUAL(buf_cstr(&name), "answers.md");
	buf_clear(&name);
	page_file_name(PAGE_HANDOUT, "zh_CN", &name);
	CU_ASSERT_STRING_EQUAL(buf_cstr(&name), "README.zh.md");
	buf_free(&name);
	CU_ASSERT(page_file_is("answers.md", PAGE_ANSWERS));
	CU_ASSERT(page_file_is("answers.zh.md", PAGE_ANSWERS));
	CU_ASSERT(!page_file_is("answers.txt", PAGE_ANSWERS));
	CU_ASSERT(!page_file_is("answers-old.md", PAGE_ANSWERS));
	CU_ASSERT(!page_file_is("answers.md.md.md", PAGE_ANSWERS));
	CU_ASSERT(!page_file_is("my-answers.md", PAGE_ANSWERS));
	CU_ASSERT(!page_file_is(".md", PAGE_ANSWERS));
}

CHECK_MAIN("answers", { "names", names }, { "labs", all_labs })
