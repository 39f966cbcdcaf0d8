/* docs/SCENARIO.md says what there is: its verbs, and its example runs. */
#include "role/verb.h"

#include "fixtures/check.h"
#include "fixtures/labs.h"
#include "fixtures/page_part.h"
#include "role/rows.h"

#define DOC "docs/SCENARIO.md"

/* V as it is called: its arguments in their order, those that need their names
 * behind them. */
static void
put_call(const struct verb *v, struct buf *out)
{
	size_t i = 0;

	buf_puts(out, v->name);
	for (; verb_placed(v, i) != NULL; i++)
		buf_printf(out, "%s%s", i == 0 ? "(" : ", ", v->args[i].key);
}

/* Every verb of nodes and calls has a row in a table of the page, after the
 * list of all, or of a role's page. */
static void
page_has_all_verbs(void)
{
	LOCAL_BUF page = BUF_INIT, row = BUF_INIT, told = BUF_INIT;
	struct str list;

	CU_ASSERT_EQUAL_FATAL(buf_read_file(&page, DOC, 1 << 20), 0);
	list = page_part(buf_view(&page), "verbs");
	buf_puts(&told, list.p + list.n);
	for (size_t r = 0; r < ROLE_COUNT; r++) {
		char path[64];

		snprintf(
		    path, sizeof(path), "docs/roles/%s.md", role_rows[r].word);
		CU_ASSERT_EQUAL(buf_read_file(&told, path, 1 << 20), 0);
	}
	for (size_t i = 0; i < VERB_COUNT; i++) {
		const struct verb *v = &verb_rows[i];

		if (v->thing > VERB_OF_CALL)
			continue;
		buf_clear(&row);
		buf_puts(&row, "\n| `");
		put_call(v, &row);
		if (str_find(buf_view(&told), buf_cstr(&row)) < 0) {
			printf("  documents lack%s\n", buf_cstr(&row));
			CU_FAIL(v->name);
		}
	}
}

/* … and the arguments that need their names. */
static void
put_named(const struct verb *v, struct buf *out)
{
	bool any = verb_placed(v, 0) != NULL, open = false;

	for (size_t i = 0; v->args[i].key != NULL; i++) {
		if (v->args[i].placed)
			continue;
		buf_printf(out, "%s%s%s",
		    open  ? ", "
		    : any ? ", { "
			  : " { ",
		    v->args[i].key[0] == '*' ? "name" : v->args[i].key, "=");
		open = true;
	}
	buf_puts(out, open ? " }" : any ? "" : "()");
	buf_puts(out, any ? ")" : "");
}

/* On what V is said. */
static void
put_thing(const struct verb *v, struct buf *out)
{
	const char *between = "";

	if (v->thing == VERB_OF_CALL)
		buf_puts(out, "a call of ");
	if (v->thing == VERB_OF_LINK)
		buf_puts(out, "a link");
	else if (v->thing == VERB_OF_MESSAGE)
		buf_puts(out, "a message, by a person");
	else if (*v->roles == VERB_ANY_NODE)
		buf_puts(out, "any node");
	else if (*v->roles == VERB_ANY_ROLE)
		buf_puts(out, "any role");
	else
		for (size_t r = 0; r < ROLE_COUNT; r++)
			if ((*v->roles & role_rows[r].is) != 0) {
				buf_printf(
				    out, "%s`%s`", between, role_rows[r].word);
				between = ", ";
			}
}

/* The page's list of all verbs is what their rows say; GOLDEN=1 writes it. */
static void
page_lists_verbs(void)
{
	LOCAL_BUF list = BUF_INIT;

	buf_puts(&list, "| Verb | Of | What it does |\n|---|---|---|\n");
	for (size_t i = 0; i < VERB_COUNT; i++) {
		const struct verb *v = &verb_rows[i];

		if (v->thing == VERB_OF_RUN)
			continue;
		buf_puts(&list, "| `");
		put_call(v, &list);
		put_named(v, &list);
		buf_puts(&list, "` | ");
		put_thing(v, &list);
		buf_printf(&list, " | %s |\n", v->sentence);
	}
	page_part_expect(DOC, "verbs", &list);
}

/* The page's example is a script that runs and does what it says. */
static void
page_example_runs(void)
{
	static const char *const parts[] = { "example: begin", "```lua\n",
		NULL };
	LOCAL_BUF page = BUF_INIT, out = BUF_INIT;
	struct diag d = DIAG_INIT;
	struct inputs in;
	struct str s;

	memset(&in, 0, sizeof(in));
	CU_ASSERT_EQUAL_FATAL(buf_read_file(&page, DOC, 1 << 20), 0);
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
}

CHECK_MAIN("scenario_page", { "page_has_all_verbs", page_has_all_verbs },
    { "page_lists_verbs", page_lists_verbs },
    { "page_example_runs", page_example_runs })
