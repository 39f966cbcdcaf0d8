/*
 * Finding and filtering on the screen: what is found is shown, and the list of
 * calls is as it stands at the position.
 */
#include "fixtures/check.h"
#include "fixtures/play_driver.h"
#include "views/tui/play_calls_in.h"

#define LAB "labs/two-proxies"

static bool
opens(struct driver *v, const char *file, size_t w, size_t h)
{
	bool ok = driver_open(v, file, w, h);

	CU_ASSERT_TRUE(ok);
	return ok;
}

static size_t
flagged(const struct grid *g, unsigned flag)
{
	size_t n = 0;

	for (size_t i = 0; i < g->width * g->height; i++)
		n += (g->cells[i].flags & flag) != 0;
	return n;
}

/* Deep in a message: the pane goes there, and it is said where it is. */
static void
what_is_found_is_shown(void)
{
	struct driver v;

	if (!opens(&v, LAB, 118, 20))
		return;
	DRIVER_TELLS(&v, "/ BYE Enter", ", in Allow");
	CU_ASSERT_TRUE(driver_shows(&v, "Allow: "));
	CU_ASSERT_TRUE(flagged(&v.g, GRID_FOUND) >= 3);
	DRIVER_TELLS(&v, "/", "small letters also match");
	DRIVER_TELLS(&v, "bYe Enter", "nothing matches");
	driver_close(&v);
}

/* The page of keys leaves only the rows that have what is typed. */
static void
keys_are_found_by_typing(void)
{
	struct driver v;

	if (!opens(&v, LAB, 118, 40))
		return;
	DRIVER_TELLS(&v, "?", "type to find");
	CU_ASSERT_TRUE(driver_shows(&v, "the next message"));
	/* Letters that are keys elsewhere are letters here. */
	DRIVER_TELLS(&v, "quit", "find: quit_");
	CU_ASSERT_TRUE(driver_shows(&v, "rung play continues"));
	CU_ASSERT_FALSE(driver_shows(&v, "the next message"));
	driver_press(&v, "Backspace Backspace Backspace Backspace");
	CU_ASSERT_TRUE(driver_shows(&v, "the next message"));
	/* By the key, by the place, by several words. */
	DRIVER_TELLS(&v, "f8", "hide what is to come");
	CU_ASSERT_FALSE(driver_shows(&v, "the next message"));
	DRIVER_TELLS(&v, "Esc", "the next message");
	DRIVER_TELLS(&v, "Pane Space down", "find: Pane down_");
	CU_ASSERT_TRUE(driver_shows(&v, "In a pane"));
	CU_ASSERT_FALSE(driver_shows(&v, "In the ladder"));
	DRIVER_TELLS(&v, "xyz", "nothing contains all of that");
	driver_press(&v, "Esc Esc");
	CU_ASSERT_FALSE(driver_shows(&v, "type to find"));
	/* Any other text is read as before. */
	DRIVER_TELLS(&v, "Right i", "Record");
	CU_ASSERT_FALSE(driver_shows(&v, "type to find"));
	driver_press(&v, "q");
	CU_ASSERT_EQUAL(v.p->box.over, OVER_NOTHING);
	driver_close(&v);
}

/* The cursor of the list is on a call of METHOD. */
static bool
stands_on(const struct play *p, const char *method)
{
	const struct play_calls *c = p->own.calls;

	return str_is(
	    calls_row(c->list, c->order.rows[c->cursor])->method, method);
}

static void
calls_are_as_they_stand(void)
{
	struct driver v;

	if (!opens(&v, LAB, 118, 35))
		return;
	DRIVER_TELLS(&v, "c", "Calls: 0; not begun yet: 3");
	DRIVER_TELLS(&v, "Esc # 2s Enter c", "ringing: 1");
	DRIVER_TELLS(&v, "Esc # 4s Enter c", "in call: 1");
	DRIVER_TELLS(&v, "f method=REGISTER Enter", "2 of 3 match");
	CU_ASSERT_EQUAL(v.p->own.calls->order.n, 2);
	driver_press(&v, "f C-u Enter / INVITE Enter");
	CU_ASSERT_TRUE(v.p->in_calls);
	CU_ASSERT_TRUE(stands_on(v.p, "INVITE"));
	/* The command looks where the key does. */
	driver_press(&v, ": find Space REGISTER Enter");
	CU_ASSERT_TRUE(v.p->in_calls);
	CU_ASSERT_TRUE(stands_on(v.p, "REGISTER"));
	DRIVER_TELLS(&v, "/ nowhere Enter", "no call contains “nowhere”");
	driver_close(&v);
}

CHECK_MAIN("play find", { "shown", what_is_found_is_shown },
    { "calls", calls_are_as_they_stand }, { "keys", keys_are_found_by_typing })
