/*
 * Acting on the screen: an act is done at the time that is shown, and what is
 * typed wrong is said.
 */
#include "fixtures/check.h"
#include "fixtures/play_driver.h"

#define LAB "labs/two-proxies"

static bool
opens(struct driver *v, const char *file, size_t w, size_t h)
{
	bool ok = driver_open(v, file, w, h);

	CU_ASSERT_TRUE(ok);
	return ok;
}

/* The clock stands between two records: there the act is done, and the
 * position goes on behind it. */
static void
acts_are_done_at_the_time_shown(void)
{
	static const struct {
		const char *lab, *keys;
		int64_t t_s;
	} rows[] = {
		{ "labs/direct-call",
		    "# 4s Enter : act Space alice/1 Space hold Enter", 4 },
		{ LAB, "# 5s Enter : act Space lan1-lan2 Space down Enter", 5 },
		/* By menus, the last argument left out. */
		{ "labs/ims-registration",
		    "# 5s Enter a Down Down Down Down Down Down Down "
		    "Enter Enter alice Enter Enter",
		    5 },
	};
	struct driver v;
	const struct play_view *w;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (!opens(&v, rows[i].lab, 118, 35))
			return;
		driver_press(&v, rows[i].keys);
		w = play_view(v.p);
		CU_ASSERT_EQUAL(v.p->nviews, 2);
		CU_ASSERT_EQUAL(w->t_ns, rows[i].t_s * 1000000000);
		CU_ASSERT_EQUAL(trace_time_of(w->trace, w->seq), w->t_ns);
		/* The other branch at that moment. */
		driver_press(&v, "b Up Enter");
		CU_ASSERT_EQUAL(v.p->now, 0);
		CU_ASSERT_EQUAL(play_view(v.p)->t_ns, rows[i].t_s * 1000000000);
		driver_close(&v);
	}
}

/* Two in a row at the end are in one branch. */
static void
one_act_after_another(void)
{
	struct driver v;
	uint64_t seq;

	if (!opens(&v, LAB, 118, 35))
		return;
	driver_press(&v, "End : act Space bil Space crash Enter");
	CU_ASSERT_EQUAL(v.p->nviews, 1);
	seq = play_view(v.p)->seq;
	driver_press(&v, ": act Space alice Space invite Space bob Enter");
	CU_ASSERT_EQUAL(v.p->nviews, 1);
	CU_ASSERT_TRUE(play_view(v.p)->seq > seq);
	driver_close(&v);
}

/* What goes nowhere is said at once. */
static void
an_act_that_goes_nowhere_is_told(void)
{
	static const char *const places[] = { "# 2 0 Enter", "End" };
	struct driver v;

	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
		if (!opens(&v, "labs/direct-call", 118, 35))
			return;
		driver_press(&v, places[i]);
		DRIVER_TELLS(&v,
		    ": act Space alice Space invite Space carol Enter",
		    "alice can't reach sip:carol: its address");
		driver_close(&v);
	}
}

/* As people say it, and no other message by mistake. */
static void
acts_are_understood(void)
{
	static const struct {
		const char *lab, *at, *act, *shown;
	} rows[] = {
		{ LAB, "# 9 6 Enter", "bob/1 Space refuse", "486" },
		{ LAB, "# 9 6 Enter", "alice/1 Space take Space back",
		    "CANCEL" },
		{ LAB, "# 4s Enter", "alice/1 Space hang Space up", "BYE" },
		{ LAB, "End", "alice Space call Space bob", "INVITE" },
	};
	struct driver v;
	size_t before;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (!opens(&v, rows[i].lab, 118, 35))
			return;
		driver_press(&v, rows[i].at);
		driver_press(&v, ": act Space");
		driver_press(&v, rows[i].act);
		driver_press(&v, "Enter");
		CU_ASSERT_FALSE(v.p->say_bad);
		if (v.p->say_bad)
			printf("  %s: %s\n", rows[i].act, buf_cstr(&v.p->say));
		DRIVER_TELLS(&v, "Right", rows[i].shown);
		driver_close(&v);
	}
	if (!opens(&v, LAB, 118, 35))
		return;
	DRIVER_TELLS(&v, "# 6 0 Enter : act Space alice Space fly Enter",
	    "alice can't “fly” now; it can invite, replace, barge, "
	    "refer, register");
	DRIVER_TELLS(&v, "Esc : act Space alice Space hold Enter",
	    "“hold” is an action of a call, not of alice; write it for "
	    "alice/1");
	DRIVER_TELLS(&v, ": act Space message Space edit Space Subject Enter",
	    "an editor opens");
	CU_ASSERT_EQUAL(v.p->nviews, 1);
	before = v.p->nviews;
	driver_press(&v, "Esc : act Space message Space edit Enter");
	CU_ASSERT_EQUAL(v.p->wish, WISH_EDIT);
	CU_ASSERT_TRUE(str_starts(buf_view(&v.p->edit), "INVITE sip:"));
	CU_ASSERT_EQUAL(v.p->nviews, before);
	v.p->wish = WISH_NOTHING;
	DRIVER_TELLS(&v, ": act Space alice Space send Enter", "send to");
	driver_close(&v);
}

/* What was set is seen at once; Esc goes back one level. */
static void
acts_are_seen(void)
{
	struct driver v;

	if (!opens(&v, LAB, 118, 35))
		return;
	DRIVER_TELLS(&v,
	    "# 4s Enter 4 : act Space lan1-lan2 Space loss Space 40% "
	    "Enter",
	    "loss 40%");
	DRIVER_TELLS(&v, "a Enter", "Do what?");
	DRIVER_TELLS(&v, "Esc", "Act on what?");
	driver_press(&v, "Esc");
	CU_ASSERT_EQUAL(v.p->box.over, OVER_NOTHING);
	DRIVER_TELLS(&v, ": Tab", "node-next");
	driver_press(&v, "Esc Home 2 Tab");
	driver_resize(&v, 30, 8);
	CU_ASSERT_TRUE(driver_shows(&v, "40×10 is needed"));
	driver_close(&v);
}

/* Below the faults each broken invariant is said in words, once. */
static void
faults_are_said_in_words(void)
{
	struct driver v;
	struct str all;
	ptrdiff_t at;

	if (!opens(&v, "labs/direct-call", 118, 35))
		return;
	driver_press(&v, "# 4s Enter F");
	driver_settle(&v);
	CU_ASSERT_TRUE(driver_shows(&v, "broken one-sided, crashed-end"));
	CU_ASSERT_TRUE(driver_shows(&v, "one-sided: a UA stays in a dialog"));
	CU_ASSERT_TRUE(
	    driver_shows(&v, "crashed-end: One side of a call crashes."));
	all = str_of(driver_screen(&v));
	at = str_find(all, "one-sided: ");
	CU_ASSERT_TRUE(at > 0 && str_find(str_slice(all, (size_t)at + 1, all.n),
				     "one-sided: ") < 0);
	driver_close(&v);
}

/* The pane of faults: the cursor is on the first of them, near ones that end
 * alike are one, Enter makes a branch. */
static void
faults_are_chosen(void)
{
	struct driver v;

	if (!opens(&v, "labs/direct-call", 118, 35))
		return;
	driver_press(&v, "Right Right Right F");
	driver_settle(&v);
	CU_ASSERT_EQUAL(v.p->texts[PANE_FAULTS].cursor, FAULT_PREVIEW_HEAD);
	CU_ASSERT_TRUE(driver_shows(&v, "late by 0.489–0.491 s"));
	CU_ASSERT_TRUE(driver_shows(&v, "mended +0.491 s, timer 2xx"));
	CU_ASSERT_TRUE(driver_shows(&v, "late by 31.989–31.991 s"));
	driver_press(&v, "Down Down Down Down");
	CU_ASSERT_EQUAL(v.p->texts[PANE_FAULTS].cursor, FAULT_PREVIEW_HEAD + 4);
	driver_press(&v, "Up Up Up Up Up Enter");
	CU_ASSERT_EQUAL(v.p->nviews, 1);
	CU_ASSERT_TRUE(driver_shows(&v, "↓ chooses a fault"));
	driver_press(&v, "Down Enter");
	driver_settle(&v);
	CU_ASSERT_EQUAL(v.p->nviews, 2);
	CU_ASSERT_TRUE(driver_shows(&v, "crash bob"));
	/* It is told once that it can't crash again. */
	CU_ASSERT_EQUAL(
	    v.p->texts[PANE_FAULTS].doc.nlines, FAULT_PREVIEW_HEAD + 1);
	driver_press(&v, "Esc");
	CU_ASSERT_EQUAL(v.p->pane, PANE_FAULTS);
	driver_press(&v, "Tab");
	CU_ASSERT_TRUE(v.p->in_pane);
	driver_press(&v, "Tab");
	CU_ASSERT_FALSE(v.p->in_pane);
	driver_close(&v);
}

CHECK_MAIN("play acts", { "words", acts_are_understood },
    { "faults", faults_are_chosen },
    { "faults in words", faults_are_said_in_words }, { "seen", acts_are_seen },
    { "time", acts_are_done_at_the_time_shown },
    { "one after another", one_act_after_another },
    { "nowhere", an_act_that_goes_nowhere_is_told })
