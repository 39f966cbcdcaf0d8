/*
 * What is to come, hidden by a key: two runs that are alike up to the position
 * look alike on every screen, whatever each of them comes to.
 */
#include "base/i18n.h"

#include "fixtures/check.h"
#include "fixtures/labs.h"
#include "fixtures/play_driver.h"

/* A lab, and what happens otherwise in the second run. */
static const struct {
	const char *lab, *act;
} runs[] = {
	{ "labs/two-proxies", "bob crash" },
	{ "labs/lost-messages", "atl crash" },
	{ "labs/forking", "alice crash" },
	{ "labs/third-party", "bob crash" },
};
#define RUNS (sizeof(runs) / sizeof(runs[0]))

static const struct {
	size_t w, h;
} sizes[] = { { 118, 35 }, { 160, 40 }, { 200, 60 } };

/* Keys that lead to a screen, and from it. */
static const struct {
	const char *to, *from;
	enum ladder_mode mode;
} screens[] = { { "1", "Esc", LADDER_USUAL }, { "2", "Esc", LADDER_COMPACT },
	{ "3", "Esc", LADDER_TIME }, { "4", "Esc", LADDER_USUAL },
	{ "5", "Esc", LADDER_USUAL }, { "6", "Esc", LADDER_USUAL },
	{ "6 z", "z Esc", LADDER_USUAL }, { "c", "Esc", LADDER_USUAL },
	{ "x", "x", LADDER_USUAL }, { "X", "X", LADDER_USUAL },
	{ "L", "L", LADDER_TIME } };
#define SCREENS (sizeof(screens) / sizeof(screens[0]))

/* Two runs of the lab, alike up to *ALIKE. */
static bool
open_two(struct driver *v, size_t i, size_t size, uint64_t *alike)
{
	struct play *p;

	if (!driver_open(v, runs[i].lab, sizes[size].w, sizes[size].h))
		return false;
	p = v->p;
	p->in_calls = false;
	/* Late enough that both runs have as many digits in the log. */
	*alike = trace_count(play_view(p)->trace) * 4 / 5;
	play_seek(p, *alike);
	if (play_act_text(p, str_of(runs[i].act)) != 0)
		return false;
	driver_settle(v);
	return p->nviews == 2;
}

/* The screen of branch B at SEQ without its first line, which names it. */
static char *
screen_of(struct driver *v, size_t b, uint64_t seq, size_t screen)
{
	struct play *p = v->p;
	const char *text;
	char *copy;

	play_go_branch(p, b, seq);
	play_seek(p, seq);
	p->ladder.mode = screens[screen].mode;
	p->ladder.mode_chosen = true;
	play_show_anew(p);
	driver_press(v, screens[screen].to);
	/* How far apart the columns stand follows from all labels there are. */
	ladder_screen_join(p->views[0].ladder, p->views[1].ladder);
	play_view(p)->top = 0;
	text = strchr(driver_screen(v), '\n');
	copy = mem_strdup(text != NULL ? text : "");
	driver_press(v, screens[screen].from);
	return copy;
}

static bool
look_alike(struct driver *v, uint64_t seq, size_t screen, bool told)
{
	char *one = screen_of(v, 0, seq, screen);
	char *two = screen_of(v, 1, seq, screen);
	bool same = strcmp(one, two) == 0;

	if (!same && told)
		printf("  record %llu, \"%s\":\n%s\n%s\n",
		    (unsigned long long)seq, screens[screen].to, one, two);
	mem_free(one);
	mem_free(two);
	return same;
}

static void
runs_alike_look_alike(void)
{
	for (size_t i = 0; i < RUNS; i++) {
		struct driver v = { 0 };
		uint64_t alike;
		unsigned differ = 0;

		if (!open_two(&v, i, i % 3, &alike)) {
			CU_FAIL("no two runs");
			driver_close(&v);
			continue;
		}
		/* As long as nothing is hidden they don't. */
		for (size_t k = 0; k < SCREENS; k++)
			differ += !look_alike(&v, alike - 9, k, false);
		CU_ASSERT_TRUE(differ > 4);
		driver_press(&v, "v");
		for (uint64_t seq = 0; seq < alike; seq += 7)
			for (size_t k = 0; k < SCREENS; k++)
				CU_ASSERT_TRUE(look_alike(&v, seq, k, true));
		driver_press(&v, "v");
		CU_ASSERT_FALSE(look_alike(&v, alike - 9, 0, false));
		driver_close(&v);
	}
}

/* Neither how many messages there will be nor which. */
static void
nothing_is_told(void)
{
	struct driver v = { 0 };

	CU_ASSERT_TRUE_FATAL(driver_open(&v, "labs/lost-messages", 118, 35));
	DRIVER_TELLS(&v, "v Right Right 6", "message 2 · record 15");
	CU_ASSERT_PTR_NULL(strstr(driver_screen(&v), "200 OK"));
	CU_ASSERT_PTR_NULL(strstr(driver_screen(&v), "INVITE"));
	DRIVER_TELLS(&v, "Right", "200 OK");
	driver_press(&v, "Home");
	CU_ASSERT_PTR_NULL(strstr(driver_screen(&v), "REGISTER"));
	DRIVER_TELLS(&v, "v", "INVITE");
	driver_close(&v);
}

/* A search finds what is shown, and does not say whether more is to come. */
static void
nothing_is_found(void)
{
	struct driver v = { 0 };
	struct play *p;

	CU_ASSERT_TRUE_FATAL(driver_open(&v, "labs/lost-messages", 118, 35));
	p = v.p;
	driver_press(&v, "v Right Right");
	driver_press(&v, "/ I N V I T E Enter");
	CU_ASSERT_EQUAL(play_view(p)->seq, 15);
	CU_ASSERT_TRUE(driver_shows(&v, "nothing that is shown matches"));
	driver_press(&v, "/ n o n e Enter");
	CU_ASSERT_EQUAL(play_view(p)->seq, 15);
	CU_ASSERT_TRUE(driver_shows(&v, "nothing that is shown matches"));
	driver_press(&v, "/ R E G I S T E R Enter");
	CU_ASSERT_TRUE(play_view(p)->seq > 0 && play_view(p)->seq <= 15);
	driver_press(&v, "v / I N V I T E Enter");
	CU_ASSERT_TRUE(play_view(p)->seq > 15);
	driver_close(&v);
}

/* A long title does not cut it, in neither language. */
static void
that_it_is_hidden_is_told(void)
{
	static const char *const words[] = { "[rest hidden]", "[后续已隐藏]" };
	static const size_t heights[][2] = { { 80, 24 }, { 100, 30 } };
	struct driver v = { 0 };

	for (size_t i = 0; i < 4; i++) {
		CU_ASSERT_EQUAL_FATAL(i18n_choose(i < 2 ? "en" : "zh"), 0);
		CU_ASSERT_TRUE_FATAL(driver_open(&v, "labs/rfc3665-3.6",
		    heights[i % 2][0], heights[i % 2][1]));
		driver_press(&v, "v End");
		CU_ASSERT_TRUE(driver_shows(&v, words[i / 2]));
		driver_press(&v, "L");
		CU_ASSERT_TRUE(driver_shows(&v, words[i / 2]));
		driver_close(&v);
	}
	i18n_choose("en");
}

/* In the lecture hall the key stands at the bottom, also of a small screen. */
static void
the_key_is_told(void)
{
	static const char *const words[][2] = { { "v hide rest",
						    "v show rest" },
		{ "v 隐藏后续", "v 显示后续" } };
	struct driver v = { 0 };

	for (size_t i = 0; i < 2; i++) {
		CU_ASSERT_EQUAL_FATAL(i18n_choose(i == 0 ? "en" : "zh"), 0);
		CU_ASSERT_TRUE_FATAL(
		    driver_open(&v, "labs/direct-call", 60, 20));
		CU_ASSERT_PTR_NULL(strstr(driver_screen(&v), words[i][0]));
		DRIVER_TELLS(&v, "L", words[i][0]);
		DRIVER_TELLS(&v, "F8", words[i][1]);
		driver_close(&v);
	}
	i18n_choose("en");
}

/* Why a call ended is told from its last message on, unless what is to come is
 * hidden or asked about. */
static void
why_it_ended_is_not_given_away(void)
{
	static const char says[] = "408 for alice: the INVITE from bil";
	struct driver v = { 0 };

	CU_ASSERT_TRUE_FATAL(driver_open(&v, "labs/no-answer", 200, 60));
	v.p->in_calls = false;
	driver_settle(&v);
	DRIVER_TELLS(&v, "2 End Left", says);
	CU_ASSERT_TRUE(driver_shows(&v, "Check the path from bil"));
	CU_ASSERT_TRUE(driver_shows(&v, "100 drop"));
	DRIVER_TELLS(&v, "c", "408 lost");
	driver_press(&v, "c v");
	CU_ASSERT_PTR_NULL(strstr(driver_screen(&v), says));
	driver_press(&v, "c");
	CU_ASSERT_PTR_NULL(strstr(driver_screen(&v), "408 lost"));
	DRIVER_TELLS(&v, "c v", says);
	/* A proof is a line that leads to its record. */
	driver_press(&v, "Enter");
	CU_ASSERT_EQUAL(play_view(v.p)->seq, 81);
	DRIVER_TELLS(&v, "End Left Left", "Why did atl send 408");
	CU_ASSERT_PTR_NULL(strstr(driver_screen(&v), says));
	driver_press(&v, "c");
	CU_ASSERT_PTR_NULL(strstr(driver_screen(&v), "408 lost"));
	driver_press(&v, "c");
	play_seek(v.p, 29);
	DRIVER_TELLS(&v, "2", "bil accepted the REGISTER");
	driver_press(&v, "Q");
	CU_ASSERT_TRUE(v.p->predicting);
	CU_ASSERT_PTR_NULL(
	    strstr(driver_screen(&v), "bil accepted the REGISTER"));
	driver_close(&v);
}

CHECK_MAIN("play_coming", { "runs_alike_look_alike", runs_alike_look_alike },
    { "nothing_is_told", nothing_is_told },
    { "nothing_is_found", nothing_is_found },
    { "that_it_is_hidden_is_told", that_it_is_hidden_is_told },
    { "the_key_is_told", the_key_is_told },
    { "why_it_ended_is_not_given_away", why_it_ended_is_not_given_away })
