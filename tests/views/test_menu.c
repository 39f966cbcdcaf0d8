/* views/menu: what is left, what is chosen, what is shown. */
#include "fixtures/check.h"
#include "fixtures/golden.h"
#include "fixtures/grid_styles.h"

#include "base/err.h"
#include "base/mem.h"
#include "views/menu/menu.h"

static const char resume[] = "Go on with";
static const char first[] = "First steps";
static const char wrong[] = "When things go wrong";
static const char rfc[] = "The flows of RFC 3665";

#define LAB(group, name, title, text)                       \
	{                                                   \
		group, title, text, "rung play " name, name \
	}

static const struct menu_item samples[] = {
	{ resume, "two-proxies, yesterday", "message 4, 0.505 s, branch lost",
	    "rung play two-proxies", NULL },
	LAB(first, "direct-call", "Call without servers",
	    "the smallest call: six messages, two phones"),
	LAB(first, "registration", "Registration",
	    "a binding is added, refreshed and removed"),
	LAB(first, "two-proxies", "Call through two proxies",
	    "the trapezoid: Via, Route, Record-Route"),
	LAB(first, "busy", "Bob is busy",
	    "a rejection, acknowledged hop by hop"),
	LAB(first, "cancel", "Alice gives up", "a call is cancelled"),
	LAB(wrong, "lost-messages", "Lost messages",
	    "who retransmits what, and when"),
	LAB(wrong, "no-answer", "No answer from a dead phone",
	    "Timer B, and 408 from the proxy"),
	LAB(wrong, "lying-location", "A location service that lies",
	    "right, wrong, slow and silent answers of a location service"),
	LAB(wrong, "torn-tcp", "A torn stream",
	    "a connection breaks off in the middle of a message"),
	LAB(rfc, "rfc3665-2.1", "Successful new registration", "RFC 3665 2.1"),
	LAB(rfc, "rfc3665-3.1", "Successful session establishment",
	    "RFC 3665 3.1"),
	LAB(rfc, "rfc3665-3.2", "Session establishment through two proxies",
	    "RFC 3665 3.2"),
	LAB(rfc, "rfc3665-3.6",
	    "Session via redirect and proxy servers with SDP in ACK",
	    "RFC 3665 3.6"),
	LAB(rfc, "rfc3665-3.9", "Unsuccessful: busy", "RFC 3665 3.9"),
	LAB(NULL, "mine", "A lab\033[2J of \342\200\256my own", ""),
};

#define LABS (sizeof(samples) / sizeof(samples[0]))

static void
type(struct menu *m, const char *text)
{
	for (struct str s = str_of(text); s.n > 0;) {
		size_t used;
		uint32_t c = utf8_decode(s, &used);

		CU_ASSERT(menu_type(m, c));
		s = str_slice(s, used, s.n);
	}
}

/* Fitted and drawn, as text with its styles. */
static void
shows(struct menu *m, size_t w, size_t h, bool ascii, const char *golden)
{
	struct grid g;
	struct grid_area all;
	LOCAL_BUF out = BUF_INIT;

	CU_ASSERT_EQUAL_FATAL(grid_init(&g, w, h, ascii), 0);
	all = grid_all(&g);
	menu_fit(m, h);
	menu_draw(m, &all);
	grid_write(&g, &out);
	CU_ASSERT(golden_same(golden, buf_view(&out)));
	grid_free(&g);
}

static void
draws(void)
{
	struct menu m;

	menu_init(&m, "rung · labs", samples, LABS);
	shows(&m, 80, 24, false, "menu.txt");
	menu_move(&m, 8);
	shows(&m, 80, 24, true, "menu-ascii.txt");
	m.help = true;
	shows(&m, 60, 20, false, "menu-help.txt");
	m.help = false;
	menu_last(&m);
	shows(&m, 60, 20, false, "menu-60x20.txt");
	shows(&m, 40, 8, false, "menu-small.txt");
	menu_first(&m);
	shows(&m, 120, 30, false, "menu-wide.txt");
	type(&m, "PROX call");
	shows(&m, 60, 20, false, "menu-find.txt");
	type(&m, " zzz");
	shows(&m, 60, 20, false, "menu-nothing.txt");
}

static void
styles(void)
{
	struct menu m;
	struct grid g;
	struct grid_area all;
	LOCAL_BUF out = BUF_INIT;

	menu_init(&m, "rung · labs", samples, LABS);
	type(&m, "busy");
	CU_ASSERT_EQUAL_FATAL(grid_init(&g, 60, 11, false), 0);
	all = grid_all(&g);
	menu_fit(&m, 11);
	menu_draw(&m, &all);
	grid_write_styles(&g, &out);
	CU_ASSERT(golden_same("menu-styles.txt", buf_view(&out)));
	grid_free(&g);
}

static void
chinese(void)
{
	static const struct menu_item items[] = {
		LAB("入门", "direct-call", "没有服务器的呼叫",
		    "最小的呼叫：六条消息，两部电话"),
		LAB("入门", "registration", "注册", "绑定的建立、刷新和删除"),
		LAB("入门", "two-proxies", "经过两个代理的呼叫",
		    "梯形结构：Via、Route、Record-Route"),
		LAB("出错的时候", "lost-messages", "丢失的消息",
		    "谁在什么时候重发什么"),
		LAB("出错的时候", "no-answer", "没电的 phone 无应答",
		    "定时器 B，以及替别人发出的 408"),
	};
	struct menu_item languages[8];
	struct menu m;
	size_t n;

	menu_init(&m, "rung · 实验", items, 5);
	menu_move(&m, 2);
	shows(&m, 60, 16, false, "menu-chinese.txt");
	type(&m, "ＶＩＡ");
	CU_ASSERT_EQUAL(m.nfilter, 3);
	type(&m, "、Ｒ");
	CU_ASSERT_EQUAL(m.chosen, 2);
	CU_ASSERT_FALSE(menu_has(&m, 0));
	shows(&m, 60, 16, false, "menu-chinese-find.txt");
	n = menu_languages(languages, 8);
	CU_ASSERT_EQUAL(n, 2);
	menu_init(&m, "Language · 语言", languages, n);
	menu_move(&m, 1);
	shows(&m, 80, 24, false, "menu-language.txt");
}

static void
moves(void)
{
	struct menu m;

	menu_init(&m, "", samples, LABS);
	CU_ASSERT_EQUAL(m.chosen, 0);
	menu_move(&m, -1);
	CU_ASSERT_EQUAL(m.chosen, 0);
	menu_move(&m, 3);
	CU_ASSERT_EQUAL(m.chosen, 3);
	menu_move(&m, 1000000);
	CU_ASSERT_EQUAL(m.chosen, LABS - 1);
	menu_group(&m, 1);
	CU_ASSERT_EQUAL(m.chosen, LABS - 1);
	menu_group(&m, -1);
	CU_ASSERT_EQUAL(m.chosen, 10);
	menu_move(&m, 2);
	menu_group(&m, -1);
	CU_ASSERT_EQUAL(m.chosen, 10);
	menu_group(&m, -1);
	CU_ASSERT_EQUAL(m.chosen, 6);
	menu_first(&m);
	menu_group(&m, 1);
	CU_ASSERT_EQUAL(m.chosen, 1);
	menu_group(&m, 1);
	CU_ASSERT_EQUAL(m.chosen, 6);
	menu_first(&m);
	menu_page(&m, 1, 24);
	CU_ASSERT(m.chosen > 10);
	menu_page(&m, -1, 24);
	CU_ASSERT_EQUAL(m.chosen, 0);
	menu_page(&m, 1, 0);
	CU_ASSERT_EQUAL(m.chosen, 1);
	menu_last(&m);
	CU_ASSERT_EQUAL(m.chosen, LABS - 1);
}

static void
finds(void)
{
	struct menu m;

	menu_init(&m, "", samples, LABS);
	menu_move(&m, 3);
	type(&m, "pro");
	/* What was chosen stays so as long as it is left. */
	CU_ASSERT_EQUAL(m.chosen, 3);
	type(&m, "xies");
	CU_ASSERT_EQUAL(m.chosen, 3);
	menu_move(&m, 1);
	CU_ASSERT_EQUAL(m.chosen, 12);
	menu_move(&m, -2);
	CU_ASSERT_EQUAL(m.chosen, 0);
	menu_last(&m);
	CU_ASSERT_EQUAL(m.chosen, 12);
	menu_clear(&m);
	CU_ASSERT_EQUAL(m.chosen, 12);
	type(&m, "é中");
	CU_ASSERT_EQUAL(m.chosen, MENU_NONE);
	menu_move(&m, 1);
	menu_page(&m, -1, 24);
	menu_group(&m, 1);
	menu_fit(&m, 24);
	CU_ASSERT_EQUAL(m.chosen, MENU_NONE);
	CU_ASSERT_EQUAL(m.nfilter, 5);
	CU_ASSERT(menu_erase(&m));
	CU_ASSERT_EQUAL(m.nfilter, 2);
	CU_ASSERT(menu_erase(&m));
	CU_ASSERT_EQUAL(m.chosen, 0);
	CU_ASSERT_FALSE(menu_erase(&m));
	CU_ASSERT_FALSE(menu_type(&m, '\033'));
	CU_ASSERT_FALSE(menu_type(&m, 0x7f));
	CU_ASSERT_FALSE(menu_type(&m, 0x9b));
	for (int i = 0; i < 200; i++)
		menu_type(&m, 0x4e2d);
	CU_ASSERT(m.nfilter <= sizeof(m.filter));
	CU_ASSERT_EQUAL(m.nfilter % 3, 0);
}

/* Every item can be shown at every size, and is found again where it stands. */
static void
sizes(void)
{
	struct menu m;

	for (size_t h = 1; h < 40; h++) {
		menu_init(&m, "x", samples, LABS);
		for (size_t i = 0; i < LABS; i++) {
			size_t found = 0;

			menu_fit(&m, h);
			for (size_t y = 0; y < h; y++)
				found += menu_at(&m, y, h) == m.chosen;
			CU_ASSERT_EQUAL(found, 1);
			menu_move(&m, 1);
		}
	}
	for (size_t w = 0; w < 70; w++) {
		struct grid g;
		struct grid_area all;

		CU_ASSERT_EQUAL_FATAL(grid_init(&g, w, w / 3, false), 0);
		all = grid_all(&g);
		menu_fit(&m, w / 3);
		menu_draw(&m, &all);
		m.help = true;
		menu_draw(&m, &all);
		grid_free(&g);
	}
}

static void
empty(void)
{
	struct menu m;

	menu_init(&m, "rung · labs", NULL, 0);
	menu_move(&m, 1);
	menu_first(&m);
	menu_last(&m);
	menu_page(&m, 1, 24);
	menu_group(&m, -1);
	type(&m, "x");
	CU_ASSERT_EQUAL(m.chosen, MENU_NONE);
	CU_ASSERT_EQUAL(menu_at(&m, 3, 24), MENU_NONE);
	shows(&m, 60, 12, false, "menu-empty.txt");
}

static void
memory(void)
{
	struct menu m;
	struct grid g;
	struct grid_area all;

	CU_ASSERT_EQUAL_FATAL(grid_init(&g, 80, 24, false), 0);
	all = grid_all(&g);
	for (unsigned long n = 1; n < 400; n++) {
		menu_init(&m, "rung · labs", samples, LABS);
		mem_fail_from(n);
		menu_type(&m, 'a');
		menu_fit(&m, 24);
		menu_draw(&m, &all);
		m.help = true;
		menu_draw(&m, &all);
		mem_fail_from(0);
	}
	grid_free(&g);
}

CHECK_MAIN("menu", { "draws", draws }, { "styles", styles },
    { "Chinese", chinese }, { "moves", moves }, { "finds", finds },
    { "sizes", sizes }, { "empty", empty }, { "memory", memory })
