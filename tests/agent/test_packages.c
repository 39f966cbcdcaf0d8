/* Event packages by their rows: whoever understands one explains it, and the
 * page for scripts names those that a phone subscribes to. */
#include "agent/package.h"
#include "base/buf.h"

#include "fixtures/check.h"
#include "fixtures/page_part.h"

#define DOC "docs/SCENARIO.md"

static void
agents_know_what_is_explained(void)
{
	for (size_t i = 0; i < AGENT_PACKAGE_COUNT; i++) {
		const struct agent_package *p = &agent_packages[i];

		CU_ASSERT_PTR_NOT_NULL_FATAL(p->row);
		CU_ASSERT(p->row >= msg_packages &&
			  p->row < msg_packages + MSG_PACKAGE_COUNT);
		CU_ASSERT(p->row->rfc > 0 && p->row->text[0] != '\0');
		CU_ASSERT_PTR_EQUAL(
		    agent_package_find(str_of(p->row->name)), p);
		for (size_t k = 0; k < i; k++)
			CU_ASSERT_PTR_NOT_EQUAL(agent_packages[k].row, p->row);
	}
	/* RFC 6665 8.2.1: byte by byte. */
	CU_ASSERT_PTR_NULL(agent_package_find(STR("Presence")));
	CU_ASSERT_PTR_NULL(agent_package_find(STR("kpml")));
}

/* The row of the verb `subscribe` that stands behind the list of verbs. */
static struct str
find_row(struct str page)
{
	struct str rest = page_part(page, "verbs"), line;

	rest = (struct str){ rest.p + rest.n,
		page.n - (size_t)(rest.p + rest.n - page.p) };
	while (rest.n > 0) {
		line = str_cut(rest, '\n', &rest);
		if (str_starts(line, "| `subscribe(target"))
			return line;
	}
	return STR_NULL;
}

static void
page_names_them(void)
{
	struct buf page = BUF_INIT, word = BUF_INIT;
	struct str row;

	CU_ASSERT_EQUAL_FATAL(buf_read_file(&page, DOC, 1 << 20), 0);
	row = find_row(buf_view(&page));
	CU_ASSERT_FATAL(row.n > 0);
	for (size_t i = 0; i < AGENT_PACKAGE_COUNT; i++) {
		if (i == AGENT_PACKAGE_REFER)
			continue;
		buf_clear(&word);
		buf_printf(&word, "`%s`", agent_packages[i].row->name);
		if (str_find(row, buf_cstr(&word)) < 0) {
			printf("  " DOC " lacks %s\n", buf_cstr(&word));
			CU_FAIL("a package that the page does not name");
		}
	}
	buf_free(&page);
	buf_free(&word);
}

CHECK_MAIN("packages",
    { "agents_know_what_is_explained", agents_know_what_is_explained },
    { "page_names_them", page_names_them })
