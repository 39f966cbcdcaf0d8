/*
 * The screen that the README shows, in either language, is what the program
 * draws today: its tabs, panes and keys.  GOLDEN=1 puts it there.
 */
#include "base/i18n.h"
#include "text/utf8.h"

#include "fixtures/check.h"
#include "fixtures/play_driver.h"

#define COMMAND "    $ rung play lost-messages\n"
#define INDENT  4
#define WIDTH   125
#define HEIGHT  31
/* To the INVITE that is sent again, and the pane of machines. */
#define KEYS "Right Right Right Right Right Right Right Right 3"

static const struct {
	const char *page, *lang;
} pages[] = {
	{ "README.md", "en" },
	{ "README.zh.md", "zh" },
};

/* The block below COMMAND in PAGE. */
static struct str
find_block(struct str page)
{
	ptrdiff_t at = str_find(page, COMMAND), end;

	CU_ASSERT_FATAL(at >= 0);
	page = str_slice(page, (size_t)at + strlen(COMMAND), page.n);
	end = str_find(page, "\n\n");
	CU_ASSERT_FATAL(end > 0);
	return str_slice(page, 0, (size_t)end + 1);
}

/* The screen as a page has it: indented, without spaces at the ends of lines.
 */
static void
put_screen(struct str screen, struct buf *out)
{
	while (screen.n > 0) {
		struct str line = str_cut(screen, '\n', &screen);

		while (line.n > 0 && line.p[line.n - 1] == ' ')
			line.n--;
		buf_printf(out, "%*s%.*s\n", INDENT, "", STR_ARG(line));
	}
}

static bool
open_lab(struct driver *v)
{
	struct diag d = DIAG_INIT;

	memset(v, 0, sizeof(*v));
	if (session_open(&v->s, "labs/lost-messages", NULL, &d) != 0 ||
	    cli_lab_open(&v->lab, v->s, "", 0, &d) != 0) {
		printf("  %s\n", d.text);
		return false;
	}
	play_source_open(&v->src, &v->e, v->s, &d);
	v->src.lab = cli_lab_source(v->lab);
	v->src.save = NULL;
	return driver_show(v, "labs/lost-messages", WIDTH, HEIGHT);
}

static void
check_page(const char *name, const char *lang)
{
	LOCAL_BUF page = BUF_INIT, drawn = BUF_INIT, written = BUF_INIT;
	struct str block, whole;
	struct driver v;

	CU_ASSERT_EQUAL_FATAL(i18n_choose(lang), 0);
	CU_ASSERT_EQUAL_FATAL(buf_read_file(&page, name, 1 << 20), 0);
	CU_ASSERT_FATAL(open_lab(&v));
	driver_press(&v, KEYS);
	put_screen(str_of(driver_screen(&v)), &drawn);
	whole = buf_view(&page);
	block = find_block(whole);
	if (getenv("GOLDEN") != NULL) {
		size_t at = (size_t)(block.p - whole.p);

		buf_str(&written, str_slice(whole, 0, at));
		buf_str(&written, buf_view(&drawn));
		buf_str(&written, str_slice(whole, at + block.n, whole.n));
		CU_ASSERT_EQUAL(buf_write_file(&written, name), 0);
	} else if (!str_eq(block, buf_view(&drawn))) {
		printf("BAD %s shows another screen than\n%s", name,
		    buf_cstr(&drawn));
		CU_FAIL("the README's screen");
	}
	driver_close(&v);
	i18n_choose("en");
}

static void
screens(void)
{
	for (size_t i = 0; i < sizeof(pages) / sizeof(pages[0]); i++)
		check_page(pages[i].page, pages[i].lang);
}

CHECK_MAIN("README's screen", { "screens", screens })
