/* Beside the ladder: the tabs keep their names or are numbers all of them, a
 * pane says how much of it is out of sight, two panes have room from 160
 * columns on, a beginner sees the message first, and the bottom line of 80×24
 * says how to leave and how to predict. */
#include "fixtures/check.h"
#include "fixtures/play_driver.h"

#include "views/tui/play_panes.h"

#include "base/i18n.h"
#include "ladder/ladder_file.h"

#include <unistd.h>

static const char *const names[] = { "Message", "Why", "Machines", "Network",
	"Node", "Log" };
static const char *const briefs[] = { "1 Msg", "2 Why", "3 FSM", "4 Net",
	"5 Node", "6 Log" };
#define NAMES (sizeof(names) / sizeof(names[0]))

/* Line Y of the screen. */
static struct str
line_of(struct driver *v, size_t y)
{
	struct str rest = buf_view(&v->text), line = STR_NULL;

	for (size_t i = 0; i <= y; i++)
		line = str_cut(rest, '\n', &rest);
	return line;
}

static size_t
count_in(struct str text, const char *word)
{
	size_t n = 0;
	long at;

	while ((at = str_find(text, word)) >= 0) {
		n++;
		text = str_slice(text, (size_t)at + strlen(word), text.n);
	}
	return n;
}

/* The line with the tabs: the first that has "1 " and "6 " in this order. */
static struct str
tabs_of(struct driver *v)
{
	static const char *const starts[] = { "1 Message", "1─Message", "1 Msg",
		"1 2 " };

	for (size_t y = 1; y < v->g.height; y++)
		for (size_t i = 0; i < 4; i++)
			if (str_find(line_of(v, y), starts[i]) >= 0)
				return line_of(v, y);
	return STR_NULL;
}

static void
tabs_alike(void)
{
	static const char *const labs[] = { "labs/forking", "labs/two-proxies",
		"labs/handset-call", "labs/redirection" };
	struct driver v;

	for (size_t i = 0; i < 4; i++) {
		CU_ASSERT_FATAL(driver_open(&v, labs[i], 60, 35));
		driver_press(&v, "Right Right");
		for (size_t w = 60; w <= 159; w += 3) {
			size_t shown = 0, brief = 0;

			driver_resize(&v, w, 35);
			driver_screen(&v);
			for (size_t k = 0; k < NAMES; k++) {
				shown += str_find(tabs_of(&v), names[k]) >= 0;
				brief += str_find(tabs_of(&v), briefs[k]) >= 0;
			}
			CU_ASSERT(
			    shown == NAMES || brief == NAMES || shown == 1);
			/* As few cells as the ladder can give keep them. */
			if (i == 0 && w == 117)
				CU_ASSERT_EQUAL(shown, NAMES);
		}
		driver_close(&v);
	}
}

/* Eight tabs beside the ladder of two nodes. */
static void
a_handsets_tabs_have_names(void)
{
	static const char *const shown[][8] = { { "1 Msg", "2 Why", "3 FSM",
						    "4 Net", "5 Node", "6 Log",
						    "7 Phone", "8 Lab" },
		{ "1 消息", "2 原因", "3 状态机", "4 网络", "5 节点", "6 日志",
		    "7 话机", "8 实验" } };
	struct diag d = DIAG_INIT;

	for (size_t i = 0; i < 2; i++) {
		struct driver v = { 0 };

		i18n_choose(i == 0 ? "en" : "zh");
		CU_ASSERT_EQUAL_FATAL(
		    session_open(&v.s, "labs/handset-slow", NULL, &d), 0);
		CU_ASSERT_EQUAL_FATAL(
		    cli_lab_open(&v.lab, v.s, NULL, 0, &d), 0);
		play_source_open(&v.src, &v.e, v.s, &d);
		v.src.save = NULL;
		v.src.lab = cli_lab_source(v.lab);
		CU_ASSERT_TRUE_FATAL(
		    driver_show(&v, "labs/handset-slow", 100, 30));
		for (size_t k = 0; k < 8; k++)
			CU_ASSERT_TRUE(driver_shows(&v, shown[i][k]));
		driver_close(&v);
	}
	i18n_choose("en");
}

static void
first_is_the_message(void)
{
	struct driver v;

	CU_ASSERT_FATAL(driver_open(&v, "labs/two-proxies", 118, 35));
	driver_press(&v, "Right");
	driver_screen(&v);
	CU_ASSERT(str_find(buf_view(&v.text), "REGISTER sip:atlanta") >= 0);
	driver_close(&v);
}

static void
more_is_told(size_t w, size_t h)
{
	struct driver v;
	struct str all;

	CU_ASSERT_FATAL(driver_open(&v, "labs/two-proxies", w, h));
	driver_press(&v, "Right Right Right Right Right");
	driver_screen(&v);
	all = buf_view(&v.text);
	CU_ASSERT(str_find(all, "▼ ") >= 0);
	CU_ASSERT(str_find(all, " of ") >= 0);
	CU_ASSERT(str_find(all, "Tab ↓") >= 0);
	driver_press(&v, "Tab PageDown PageDown");
	driver_screen(&v);
	CU_ASSERT(str_find(buf_view(&v.text), "▲▼ ") >= 0);
	for (int i = 0; i < 30; i++)
		driver_press(&v, "PageDown");
	driver_screen(&v);
	CU_ASSERT(str_find(buf_view(&v.text), "▲ ") >= 0);
	CU_ASSERT(str_find(buf_view(&v.text), "▲▼ ") < 0);
	/* And what the last line says is to be seen. */
	CU_ASSERT(str_find(buf_view(&v.text), " a=") >= 0);
	driver_press(&v, "2 Home Right");
	driver_screen(&v);
	CU_ASSERT(str_find(buf_view(&v.text), "▲") < 0);
	driver_close(&v);
}

static void
more(void)
{
	more_is_told(80, 24);
	more_is_told(118, 35);
	more_is_told(159, 40);
}

/* Every line of the Machines pane can be come to, and behind its last one the
 * next machine. */
static void
machines_scroll(size_t w, size_t h)
{
	struct driver v;
	size_t machine;

	CU_ASSERT_FATAL(driver_open(&v, "labs/lost-messages", w, h));
	for (int i = 0; i < 11; i++)
		driver_press(&v, "Right");
	DRIVER_TELLS(&v, "3", "INVITE server transaction (IST)");
	machine = play_pane_way(v.p, PANE_MACHINES);
	if (str_find(buf_view(&v.text), "▼ ") >= 0) {
		/* The live state is seen first. */
		CU_ASSERT(str_find(buf_view(&v.text), "░ proceeding ░") >= 0);
		DRIVER_TELLS(&v, "Down", "▲▼ ");
		driver_press(&v, "Up");
		driver_screen(&v);
		CU_ASSERT(str_find(buf_view(&v.text), "▲") < 0);
		for (int i = 0; i < 20; i++)
			driver_press(&v, "PageDown");
		CU_ASSERT(driver_shows(&v, "▲ "));
		CU_ASSERT(str_find(buf_view(&v.text), "▼") < 0);
	}
	CU_ASSERT(driver_shows(&v, "All machines of bob: 5"));
	CU_ASSERT(driver_shows(&v, " bob/1  "));
	if (play_pane_way(v.p, PANE_MACHINES) == machine)
		driver_press(&v, "Down");
	CU_ASSERT(play_pane_way(v.p, PANE_MACHINES) != machine);
	driver_screen(&v);
	CU_ASSERT(str_find(buf_view(&v.text), "▲") < 0);
	driver_close(&v);
}

static void
machines(void)
{
	machines_scroll(80, 24);
	machines_scroll(80, 30);
	machines_scroll(118, 35);
	machines_scroll(160, 50);
}

/* "▼ 12 of 34": where LAST is said to be of how many. */
static bool
reads_more(struct driver *v, size_t *last, size_t *of)
{
	static const char *const marks[] = { "▼ ", "▲ " };
	const char *at;

	/* A keypad has such signs, too. */
	for (size_t i = 0; i < 2; i++)
		for (at = driver_screen(v); (at = strstr(at, marks[i])) != NULL;
		     at++)
			if (sscanf(at + strlen(marks[i]), "%zu of %zu", last,
				of) == 2)
				return true;
	return false;
}

/* The log says how many records there are, of those that the filter lets
 * through. */
static void
log_tells(void)
{
	struct driver v;
	size_t last = 0, of = 0;

	CU_ASSERT_FATAL(driver_open(&v, "labs/lost-messages", 80, 24));
	driver_press(&v, "6");
	CU_ASSERT_FATAL(reads_more(&v, &last, &of));
	CU_ASSERT_EQUAL(last, 9);
	CU_ASSERT_EQUAL(of, trace_count(v.p->views[0].trace));
	driver_press(&v, "Down PageDown PageDown");
	CU_ASSERT_FATAL(reads_more(&v, &last, &of));
	CU_ASSERT(driver_shows(&v, "▲▼ "));
	driver_press(&v, "End");
	CU_ASSERT_FATAL(reads_more(&v, &last, &of));
	CU_ASSERT_EQUAL(last, of);
	driver_press(&v, "f kind=fsm Enter Home");
	CU_ASSERT_FATAL(reads_more(&v, &last, &of));
	CU_ASSERT(of > 9 && of < trace_count(v.p->views[0].trace) / 2);
	driver_close(&v);
}

/* Where PANE holds more than fits, it scrolls to its last line. */
static void
scrolls(const char *file, const char *pane, size_t w, size_t h)
{
	struct driver v;
	size_t last = 0, of = 0, steps = 0;

	CU_ASSERT_FATAL(driver_open(&v, file, w, h));
	for (int i = 0; i < 8; i++)
		driver_press(&v, "Right");
	driver_press(&v, pane);
	CU_ASSERT_FATAL(reads_more(&v, &last, &of));
	while (last < of && steps++ < 200) {
		size_t before = last;

		driver_press(&v, "Down");
		CU_ASSERT_FATAL(reads_more(&v, &last, &of));
		CU_ASSERT_EQUAL(last, before + 1);
	}
	CU_ASSERT_EQUAL(last, of);
	for (; steps > 0; steps--)
		driver_press(&v, "Up");
	CU_ASSERT_EQUAL(v.p->texts[v.p->pane].top, 0);
	driver_close(&v);
}

static void
pictures(void)
{
	scrolls("topologies/twenty.gv", "4", 80, 24);
	scrolls("labs/handset-call", "7", 80, 24);
	scrolls("labs/handset-call", "7", 118, 35);
}

static void
two_panes(void)
{
	static const size_t widths[] = { 159, 160, 200 };
	struct driver v;

	for (size_t i = 0; i < 3; i++) {
		CU_ASSERT_FATAL(
		    driver_open(&v, "labs/two-proxies", widths[i], 50));
		driver_press(&v, "Right");
		driver_screen(&v);
		CU_ASSERT_EQUAL(
		    count_in(line_of(&v, 1), "2 Why"), i > 0 ? 2 : 1);
		CU_ASSERT_EQUAL(
		    str_find(buf_view(&v.text), "Effects") >= 0, i > 0);
		driver_press(&v, "2");
		driver_screen(&v);
		CU_ASSERT_EQUAL(
		    count_in(line_of(&v, 1), "1 Message"), i > 0 ? 2 : 1);
		driver_close(&v);
	}
}

/* What `e` is given: each format there is, and one there isn't. */
static void
exports(void)
{
	char name[64], keys[96];
	struct driver v;
	size_t n = 0;

	CU_ASSERT_FATAL(driver_open(&v, "labs/two-proxies", 118, 35));
	for (; ladder_file_format(n) != NULL; n++) {
		snprintf(name, sizeof(name), "screen-panes-%d.%s",
		    (int)getpid(), ladder_file_format(n));
		driver_press(&v, "e");
		/* What may be typed is said above. */
		CU_ASSERT(driver_shows(&v, ladder_file_format(n)));
		snprintf(keys, sizeof(keys), "%s Enter", name);
		DRIVER_TELLS(&v, keys, "written to");
		snprintf(keys, sizeof(keys), "%s/%s", v.p->o.folder, name);
		CU_ASSERT_EQUAL(unlink(keys), 0);
	}
	CU_ASSERT(n >= 9);
	DRIVER_TELLS(&v, "e ladder.odt Enter", ".puml");
	driver_close(&v);
}

static void
bottom_line(void)
{
	static const char *const keys[] = { "Right", "Tab", "Tab Tab", "2 Down",
		"3", "5 Down Down Down Down Down Down Down Down" };
	struct driver v;

	for (int chinese = 0; chinese < 2; chinese++) {
		i18n_choose(chinese ? "zh" : "en");
		CU_ASSERT_FATAL(driver_open(&v, "labs/two-proxies", 80, 24));
		driver_press(&v, "Right Right");
		for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
			driver_press(&v, keys[i]);
			driver_screen(&v);
			CU_ASSERT(str_find(line_of(&v, 23), "Q ") >= 0);
			CU_ASSERT(str_find(line_of(&v, 23), "q ") >= 0);
			CU_ASSERT(str_find(line_of(&v, 23), "? ") >= 0);
		}
		driver_close(&v);
	}
	i18n_choose("en");
}

CHECK_MAIN("screen_panes", { "tabs are alike", tabs_alike },
    { "a handset's tabs have names", a_handsets_tabs_have_names },
    { "first is the message", first_is_the_message }, { "more", more },
    { "machines", machines }, { "log tells", log_tells },
    { "pictures", pictures }, { "two panes", two_panes },
    { "exports", exports }, { "bottom line", bottom_line })
