/* docs/SCENARIO.md says what there is: its verbs, and its example runs. */
#include "nodes/roles.h"
#include "node/verbs.h"

#include "check.h"
#include "labs.h"

static void
read_page(struct buf *page)
{
	CU_ASSERT_EQUAL_FATAL(
	    buf_read_file(page, "docs/SCENARIO.md", 1 << 20), 0);
}

static void
expect_verbs(struct str page, const struct node_verb *v)
{
	struct buf row = BUF_INIT;

	for (; v != NULL && v->name != NULL; v++) {
		bool there;

		buf_clear(&row);
		buf_printf(&row, "\n| `%s", v->name);
		there = str_find(page, buf_cstr(&row)) > 0;
		for (size_t i = 0; i < 4 && v->params[i] != NULL; i++) {
			buf_printf(
			    &row, "%s%s", i == 0 ? "(" : ", ", v->params[i]);
			there &= str_find(page, buf_cstr(&row)) > 0;
		}
		if (!there)
			printf("  docs/SCENARIO.md lacks %s\n", buf_cstr(&row));
		CU_ASSERT_TRUE(there);
	}
	buf_free(&row);
}

/* Every verb of every role is a row of the page's tables. */
static void
page_has_all_verbs(void)
{
	struct buf page = BUF_INIT;

	read_page(&page);
	for (size_t i = 0; node_roles[i] != NULL; i++)
		expect_verbs(buf_view(&page), node_roles[i]->verbs);
	expect_verbs(buf_view(&page), node_verbs);
	buf_free(&page);
}

/* The page's example is a script that runs and does what it says. */
static void
page_example_runs(void)
{
	static const char *const parts[] = { "example: begin", "```lua\n",
		NULL };
	struct buf page = BUF_INIT, out = BUF_INIT;
	struct diag d = DIAG_INIT;
	struct inputs in;
	struct str s;

	memset(&in, 0, sizeof(in));
	read_page(&page);
	s = buf_view(&page);
	for (size_t i = 0; parts[i] != NULL; i++) {
		ptrdiff_t at = str_find(s, parts[i]);

		CU_ASSERT_TRUE_FATAL(at >= 0);
		s = str_slice(s, (size_t)at + strlen(parts[i]), s.n);
	}
	s = str_slice(s, 0, (size_t)str_find(s, "```"));
	in.script = mem_dup(s.p, s.n);
	in.script_file = mem_strdup("example.lua");
	in.folder = mem_strdup(".");
	in.detail = TRACE_PROTOCOL;
	CU_ASSERT_EQUAL(lab_run_inputs(&in, 0, &out, &d), 0);
	if (d.err != 0)
		printf("  example.lua:%u: %s\n", d.line, d.text);
	s = buf_view(&out);
	CU_ASSERT_TRUE(str_find(s, "\"kind\":\"fault\"") > 0);
	CU_ASSERT_TRUE(str_find(s, "The line is slow now.") > 0);
	CU_ASSERT_TRUE(str_find(s, "\"start\":\"BYE\"") > 0);
	CU_ASSERT_TRUE(str_find(s, "\"reason\":\"duration\"") > 0);
	inputs_free(&in);
	buf_free(&page);
	buf_free(&out);
}

CHECK_MAIN("scenario_page", { "page_has_all_verbs", page_has_all_verbs },
    { "page_example_runs", page_example_runs })
