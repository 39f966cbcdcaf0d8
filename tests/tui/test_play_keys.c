/*
 * The list of requests: no key means two things in one place, every request
 * has what it needs, and docs/PLAY.md has the table of them, docs/zh/PLAY.md in
 * Chinese (make golden writes it anew).
 */
#include "views/tui/play_panes.h"
#include "views/tui/requests.h"

#include "base/i18n.h"
#include "fixtures/check.h"

#include <stdlib.h>
#include <string.h>

/* A page in each language. */
static const struct {
	const char *language, *file, *head;
} pages[] = {
	{ "en", "docs/PLAY.md", "| Keys | Command | |" },
	{ "zh", "docs/zh/PLAY.md", "| 按键 | 命令 | |" },
};

#define BEGIN "<!-- keys: begin -->\n"
#define END   "<!-- keys: end -->\n"

static void
no_key_means_two_things(void)
{
	for (unsigned a = 0; a < REQ_COUNT; a++) {
		const struct play_request_row *row = &play_requests[a];
		struct str rest = str_of(row->keys);

		while (rest.n > 0) {
			struct str word = str_cut(rest, ' ', &rest);
			struct key key = key_of_name(word);

			CU_ASSERT_TRUE(key.name != KEY_IS_NONE || key.ch != 0);
			if (request_of_key(row->place, key) != a)
				printf("  %.*s is %s, and something else\n",
				    STR_ARG(word), row->command);
			CU_ASSERT_EQUAL(request_of_key(row->place, key), a);
			if (row->place != PLACE_EVERYWHERE)
				continue;
			CU_ASSERT_EQUAL(request_of_key(PLACE_LADDER, key), a);
			CU_ASSERT_EQUAL(request_of_key(PLACE_PANE, key), a);
			CU_ASSERT_EQUAL(request_of_key(PLACE_CALLS, key), a);
		}
	}
}

static void
commands_have_names_of_their_own(void)
{
	for (unsigned a = 0; a < REQ_COUNT; a++)
		for (unsigned b = a + 1; b < REQ_COUNT; b++)
			CU_ASSERT_STRING_NOT_EQUAL(
			    play_requests[a].command, play_requests[b].command);
	CU_ASSERT_EQUAL(request_of_name(STR("export")), REQ_EXPORT);
	CU_ASSERT_EQUAL(request_of_name(STR("exp")), REQ_EXPORT);
	CU_ASSERT_EQUAL(request_of_name(STR("")), REQ_NONE);
	/* Two begin so. */
	CU_ASSERT_EQUAL(request_of_name(STR("fi")), REQ_NONE);
}

static void
full_width_letters_are_their_twins(void)
{
	static const struct {
		uint32_t typed;
		enum play_request request;
	} rows[] = { { 0xff41, REQ_ACT }, { 0xff1f, REQ_HELP },
		{ 0xff1a, REQ_COMMAND }, { 0x3000, REQ_MARK },
		{ 0x3001, REQ_FIND }, { 0x3002, REQ_RECORD_NEXT },
		{ 0x3010, REQ_NODE_LEFT } };

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		CU_ASSERT_EQUAL(
		    request_of_key(PLACE_LADDER, KEY_CHAR(rows[i].typed)),
		    rows[i].request);
}

/* ---- the page ---- */

static void
put_keys(enum play_request r, struct buf *b)
{
	struct str rest = str_of(play_requests[r].keys), word;

	while (rest.n > 0) {
		word = str_cut(rest, ' ', &rest);
		buf_puts(b, "`");
		key_put(key_of_name(word), false, b);
		buf_puts(b, rest.n > 0 ? "` " : "`");
	}
}

static void
put_table(struct buf *b, const char *head)
{
	for (unsigned place = 0; place < PLACE_COUNT; place++) {
		bool any = false;

		for (unsigned r = 0; r < REQ_COUNT; r++) {
			if (play_requests[r].place != place)
				continue;
			if (!any)
				buf_printf(b, "\n### %s\n\n%s\n|---|---|---|\n",
				    i18n_text(play_place_title(place)), head);
			any = true;
			buf_puts(b, "| ");
			put_keys(r, b);
			buf_printf(b, " | %s | %s |\n",
			    play_requests[r].command,
			    i18n_text(play_requests[r].text));
		}
	}
	buf_putc(b, '\n');
}

static void
check_table(const char *file, const char *head)
{
	LOCAL_BUF page = BUF_INIT, now = BUF_INIT;
	struct str all, before, after;
	long from, to;

	CU_ASSERT_EQUAL_FATAL(buf_read_file(&page, file, 1 << 20), 0);
	all = buf_view(&page);
	from = str_find(all, BEGIN);
	to = str_find(all, END);
	CU_ASSERT_TRUE_FATAL(from > 0 && to > from);
	before = str_slice(all, 0, (size_t)from + strlen(BEGIN));
	after = str_slice(all, (size_t)to, all.n);
	buf_str(&now, before);
	put_table(&now, head);
	buf_str(&now, after);
	if (getenv("GOLDEN") != NULL) {
		CU_ASSERT_EQUAL(buf_write_file(&now, file), 0);
	} else {
		if (!str_eq(buf_view(&now), all))
			printf("  %s is old; GOLDEN=1 writes it\n", file);
		CU_ASSERT_TRUE(str_eq(buf_view(&now), all));
	}
}

static void
pages_have_the_table(void)
{
	for (size_t i = 0; i < sizeof(pages) / sizeof(*pages); i++) {
		CU_ASSERT_EQUAL(i18n_choose(pages[i].language), 0);
		check_table(pages[i].file, pages[i].head);
	}
	i18n_choose("en");
}

CHECK_MAIN("play_keys", { "keys", no_key_means_two_things },
    { "commands", commands_have_names_of_their_own },
    { "full width", full_width_letters_are_their_twins },
    { "pages", pages_have_the_table })
