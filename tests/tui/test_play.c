/*
 * The screen, used as a person uses it: through the lab of two proxies with
 * steps, panes, a branch, a comparison, a prediction; and every key at every
 * size.
 */
#include "base/mem.h"

#include "fixtures/check.h"
#include "fixtures/golden.h"
#include "fixtures/play_driver.h"
#include "quiz/quiz.h"

#include <unistd.h>

#define LAB "labs/two-proxies"

static bool
opens(struct driver *v, const char *file, size_t w, size_t h)
{
	bool ok = driver_open(v, file, w, h);

	CU_ASSERT_TRUE(ok);
	return ok;
}

static void
steps_go_there_and_back(void)
{
	struct driver v;

	if (!opens(&v, LAB, 118, 35))
		return;
	CU_ASSERT_TRUE(driver_shows(&v, "message 0 of 24"));
	DRIVER_TELLS(&v, "Right Right Right", "message 3 of 24");
	DRIVER_TELLS(&v, "Left", "message 2 of 24");
	DRIVER_TELLS(&v, "End", "message 24 of 24");
	DRIVER_TELLS(&v, "Backspace", "message 2 of 24");
	DRIVER_TELLS(&v, "Home Left", "record 0 of");
	DRIVER_TELLS(&v, ". . ,", "record 1 of");
	DRIVER_TELLS(&v, "# 3 s Enter", "3.000 s");
	DRIVER_TELLS(&v, "# 5 1 Enter", "record 51 of");
	DRIVER_TELLS(&v, "# 9 9 9 9 9 Enter", "there are");
	driver_close(&v);
}

static void
every_position_is_reached_both_ways(void)
{
	struct driver v;
	uint64_t forth[256];
	size_t n = 0;

	if (!opens(&v, LAB, 80, 24))
		return;
	do
		forth[n++] = play_view(v.p)->seq;
	while (driver_press(&v, "Down"),
	    n < 256 && play_view(v.p)->seq != forth[n - 1]);
	CU_ASSERT_TRUE(n > 24 && n < 256);
	for (size_t i = n - 1; i > 0; i--) {
		CU_ASSERT_EQUAL(play_view(v.p)->seq, forth[i]);
		driver_press(&v, "Up");
	}
	CU_ASSERT_EQUAL(play_view(v.p)->seq, 0);
	driver_close(&v);
}

static void
panes_follow_the_position(void)
{
	struct driver v;

	if (!opens(&v, LAB, 118, 35))
		return;
	DRIVER_TELLS(&v, "# 6 0 Enter 1", "changed since");
	DRIVER_TELLS(&v, "r", "Max-Forwards: 69");
	DRIVER_TELLS(&v, "2", "Why did atl send INVITE to bil");
	DRIVER_TELLS(&v, "3", "INVITE client transaction");
	DRIVER_TELLS(&v, "4", "atlanta.example.com");
	DRIVER_TELLS(&v, "5", "Bindings");
	DRIVER_TELLS(&v, "6", "Timer B set, 32 s");
	/* Enter goes to the cause, Backspace comes back. */
	driver_press(&v, "2 Enter");
	CU_ASSERT_NOT_EQUAL(play_view(v.p)->seq, 60);
	driver_press(&v, "Backspace");
	CU_ASSERT_EQUAL(play_view(v.p)->seq, 60);
	/* Tab goes round. */
	driver_press(&v, "Esc Tab Tab Tab Tab Tab Tab Tab Tab");
	CU_ASSERT_FALSE(v.p->quit);
	driver_close(&v);
}

static void
acting_in_the_past_makes_a_branch(void)
{
	struct driver v;

	if (!opens(&v, LAB, 118, 35))
		return;
	driver_press(&v, "# 6 0 Enter a Enter Enter");
	CU_ASSERT_EQUAL(v.p->nviews, 2);
	CU_ASSERT_TRUE(driver_shows(&v, "branch drop INVITE"));
	CU_ASSERT_EQUAL(play_view(v.p)->seq, 60);
	DRIVER_TELLS(&v, "Right", "INVITE ↻1");
	/* Side by side. */
	DRIVER_TELLS(&v, "B", "are the same up to record 60");
	DRIVER_TELLS(&v, "B b", "left main at record 60");
	/* Named. */
	DRIVER_TELLS(&v, "Down Enter C-u lost Enter", "branch lost");
	DRIVER_TELLS(&v, "b Up Enter", "branch main");
	driver_close(&v);
}

/* The same columns at the same cells, both begin where they part; one above the
 * other where it is narrow. */
static void
branches_beside_each_other(void)
{
	struct driver v;
	const struct layout *a, *b;

	if (!opens(&v, LAB, 118, 35))
		return;
	driver_press(&v, "# 6 0 Enter : act Space bob Space crash Enter");
	CU_ASSERT_EQUAL_FATAL(v.p->nviews, 2);
	driver_press(&v, "Home B");
	CU_ASSERT_EQUAL(play_view(v.p)->seq, play_difference(v.p, v.p->now));
	CU_ASSERT(
	    golden_same("play-beside-118x35.txt", str_of(driver_screen(&v))));
	driver_resize(&v, 80, 24);
	CU_ASSERT(
	    golden_same("play-beside-80x24.txt", str_of(driver_screen(&v))));
	/* What one lacks has its column, too. */
	driver_press(&v, "f from:bob Enter");
	driver_screen(&v);
	a = v.p->views[0].layout;
	b = v.p->views[1].layout;
	CU_ASSERT_EQUAL_FATAL(a->ncolumns, b->ncolumns);
	for (size_t i = 0; i < a->ncolumns; i++)
		CU_ASSERT(str_eq(a->columns[i].name, b->columns[i].name));
	driver_press(&v, "f C-u Enter B");
	CU_ASSERT_EQUAL(v.p->ladder.columns.n, 0);
	driver_close(&v);
}

/* As the editor would: Max-Forwards is 0. */
static void
edit_max_forwards(struct driver *v)
{
	char *at = strstr(buf_cstr(&v->p->edit), "Max-Forwards: 70");
	struct buf text = BUF_INIT;

	CU_ASSERT_PTR_NOT_NULL_FATAL(at);
	buf_add(&text, v->p->edit.p, (size_t)(at - v->p->edit.p));
	buf_puts(&text, "Max-Forwards: 0");
	buf_puts(&text, at + strlen("Max-Forwards: 70"));
	buf_free(&v->p->edit);
	v->p->edit = text;
	play_edited(v->p, true);
}

static bool
parts_at(struct driver *v, const char *label, int64_t t_ms, bool lost)
{
	const struct layout_row *r[2] = { play_parting_row(v->p, v->p->now),
		play_parting_row(v->p, v->p->beside) };

	for (int i = 0; i < 2; i++)
		if (r[i] == NULL || !str_starts(r[i]->label, label) ||
		    r[i]->t / 1000000 != t_ms ||
		    r[i]->lost != (lost && i == 0)) {
			printf("  half %d parts at another row than %s\n", i,
			    label);
			return false;
		}
	return true;
}

/* Marked is the message that fares otherwise, in both halves, and the columns
 * stay in their order. */
static void
what_parts_two_branches_is_marked(void)
{
	static const struct {
		const char *at, *label;
		int64_t t_ms;
	} rows[] = { { "# 113 Enter", "200 OK", 3070 },
		{ "# 55 Enter", "100 Trying", 1030 } };
	struct driver v;
	char order[200] = "", now[200];

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (!opens(&v, LAB, 118, 35))
			return;
		driver_press(&v, rows[i].at);
		driver_press(&v, ": act Space message Space drop Enter B");
		CU_ASSERT_TRUE(parts_at(&v, rows[i].label, rows[i].t_ms, true));
		driver_resize(&v, 60, 20);
		driver_press(&v, "L");
		CU_ASSERT_TRUE(parts_at(&v, rows[i].label, rows[i].t_ms, true));
		driver_close(&v);
	}
	if (!opens(&v, LAB, 118, 35))
		return;
	for (int i = 0; i < 2; i++) {
		const struct layout *l = play_view(v.p)->layout;

		now[0] = '\0';
		for (size_t k = 0; k < l->ncolumns; k++)
			snprintf(now + strlen(now), sizeof(now) - strlen(now),
			    "%.*s ", STR_ARG(l->columns[k].name));
		if (i == 0) {
			memcpy(order, now, sizeof(order));
			driver_press(&v, "# 1.02s Enter : act Space message "
					 "Space edit Enter");
			CU_ASSERT_EQUAL(v.p->wish, WISH_EDIT);
			v.p->wish = WISH_NOTHING;
			edit_max_forwards(&v);
			driver_settle(&v);
		}
	}
	CU_ASSERT_EQUAL(v.p->nviews, 2);
	CU_ASSERT_STRING_EQUAL(order, now);
	driver_press(&v, "B");
	CU_ASSERT_TRUE(parts_at(&v, "INVITE", 1020, false));
	CU_ASSERT_TRUE(driver_shows(&v, "INVITE, edited"));
	driver_close(&v);
}

static void
branches_are_deleted(void)
{
	struct driver v;

	if (!opens(&v, LAB, 118, 35))
		return;
	driver_press(&v, "# 6 0 Enter a Enter Enter Right : act Space bob "
			 "Space crash Enter # 6 1 Enter 1 2 3 4 5 6");
	CU_ASSERT_EQUAL(v.p->nviews, 3);
	CU_ASSERT_TRUE(driver_shows(&v, "branch crash bob"));
	/* The one between goes; the last one has left the first now. */
	DRIVER_TELLS(&v, ": branch Space drop Space INVITE Enter b Up",
	    "branch drop INVITE");
	DRIVER_TELLS(&v, "Esc : branch Space drop Space it Enter",
	    "there is no branch “drop it”");
	DRIVER_TELLS(&v, "Esc b Down Down Down Enter", "Delete this branch?");
	driver_press(&v, "Enter");
	CU_ASSERT_EQUAL(v.p->nviews, 3);
	driver_press(&v, "b Down Down Down Enter Down Enter");
	CU_ASSERT_EQUAL(v.p->nviews, 2);
	CU_ASSERT_TRUE(driver_shows(&v, "the branch is deleted"));
	CU_ASSERT_TRUE(driver_shows(&v, "branch main"));
	DRIVER_TELLS(&v, "b", "left main at record 60");
	/* Side by side, then gone. */
	driver_press(&v, "Esc B : branch Space rename Space x Enter");
	driver_press(&v, ": branch Space delete Space crash Space bob Enter");
	CU_ASSERT_EQUAL(v.p->nviews, 1);
	CU_ASSERT_EQUAL(v.p->beside, SIZE_MAX);
	DRIVER_TELLS(
	    &v, ": branch Space delete Enter", "was opened first and can");
	CU_ASSERT_EQUAL(v.p->nviews, 1);
	driver_press(&v, "Esc 1 2 3 4 5 6 Right Right c");
	driver_close(&v);
}

/* What is wrong is said while it can be mended. */
static void
prompts_judge_what_is_typed(void)
{
	struct driver v;
	uint64_t before;

	if (!opens(&v, LAB, 118, 35))
		return;
	before = trace_count(play_view(v.p)->trace);
	DRIVER_TELLS(&v, "End a", "alice");
	DRIVER_TELLS(&v, "Enter", "call somebody");
	DRIVER_TELLS(
	    &v, "Enter", "such as bob, sip:bob@example.com; Esc stops");
	driver_press(&v, "Enter");
	CU_ASSERT_TRUE(v.p->say_bad);
	CU_ASSERT_TRUE(driver_shows(&v, "invite: “target” is missing"));
	DRIVER_TELLS(&v, "<b> Enter", "“<b>” is not known");
	CU_ASSERT_TRUE(driver_shows(&v, "invite target: <b>"));
	driver_press(&v, "C-u bob Enter");
	driver_settle(&v);
	CU_ASSERT_TRUE(trace_count(play_view(v.p)->trace) > before + 20);
	/* A setting by its name. */
	driver_press(&v, "End a Enter Up Enter busi=true Enter");
	CU_ASSERT_TRUE(v.p->say_bad);
	driver_press(&v, "C-u busy=true Enter");
	CU_ASSERT_FALSE(v.p->say_bad);
	CU_ASSERT_TRUE(driver_shows(&v, "done"));
	/* The same behind the colon, in the past. */
	DRIVER_TELLS(&v, "# 6 0 Enter : act Space message Space delay Enter",
	    "delay: “by” is missing");
	DRIVER_TELLS(&v, "Esc : act Space lan1-lan2 Space loss Space 2 Enter",
	    "“2” is not a share");
	driver_press(&v, "Esc : act Space lan1-lan2 Space loss Space 2% Enter");
	CU_ASSERT_EQUAL(v.p->nviews, 2);
	CU_ASSERT_TRUE(driver_shows(&v, "branch loss lan1-lan2"));
	driver_close(&v);
}

static void
finding_and_filtering(void)
{
	struct driver v;

	if (!opens(&v, LAB, 118, 35))
		return;
	driver_press(&v, "/ ringing Enter");
	CU_ASSERT_TRUE(play_view(v.p)->found.n > 0);
	CU_ASSERT_NOT_EQUAL(play_view(v.p)->seq, 0);
	DRIVER_TELLS(&v, "n N / zzz Enter", "nothing matches “zzz”");
	driver_press(&v, "f method=INVITE Enter");
	CU_ASSERT_EQUAL(play_view(v.p)->layout->nmessages, 3);
	driver_press(&v, "f C-u method=INVIT Space nod=atl Enter");
	CU_ASSERT_TRUE(v.p->say_bad);
	driver_press(&v, "Esc");
	CU_ASSERT_EQUAL(play_view(v.p)->layout->nmessages, 3);
	driver_press(&v, "f C-u Enter");
	CU_ASSERT_EQUAL(play_view(v.p)->layout->nmessages, 24);
	/* One call alone. */
	driver_press(&v, "# 6 0 Enter o");
	CU_ASSERT_TRUE(play_view(v.p)->layout->nmessages < 24);
	driver_press(&v, "o ] ] H");
	CU_ASSERT_EQUAL(play_view(v.p)->layout->ncolumns, 3);
	driver_press(&v, "H");
	CU_ASSERT_EQUAL(play_view(v.p)->layout->ncolumns, 4);
	driver_close(&v);
}

static void
marks_are_compared(void)
{
	struct driver v;

	if (!opens(&v, LAB, 118, 35))
		return;
	driver_press(&v, "# 5 1 Enter Space # 6 0 Enter Space =");
	CU_ASSERT_EQUAL(v.p->box.over, OVER_DOC);
	CU_ASSERT_TRUE(driver_shows(&v, "Two messages compared"));
	driver_press(&v, "Esc Home '");
	CU_ASSERT_EQUAL(play_view(v.p)->seq, 51);
	driver_close(&v);
}

static void
predictions_are_judged(void)
{
	struct driver v;

	if (!opens(&v, LAB, 118, 35))
		return;
	DRIVER_TELLS(&v, "# 5 1 Enter Q", "Who sends what to whom next?");
	driver_press(&v, "s");
	CU_ASSERT_EQUAL(play_quiz_score(v.p)->n, 1);
	driver_press(&v, "Enter Enter Enter");
	DRIVER_TELLS(&v, "Esc", "Results");
	driver_press(&v, "Esc");
	CU_ASSERT_FALSE(v.p->predicting);
	driver_close(&v);
}

static void
ladder_and_screen_go_to_files(void)
{
	static const char *const files[] = { "play-test.txt", "play-test.gv",
		"play-test.svg", "play-test.json" };
	struct driver v;
	char keys[128];
	LOCAL_BUF b = BUF_INIT;

	if (!opens(&v, LAB, 118, 35))
		return;
	for (size_t i = 0; i < sizeof(files) / sizeof(*files); i++) {
		snprintf(keys, sizeof(keys), "e C-u %s Enter", files[i]);
		DRIVER_TELLS(&v, keys, "written to");
		buf_clear(&b);
		buf_printf(&b, "%s/%s", v.p->o.folder, files[i]);
		CU_ASSERT_EQUAL(unlink(buf_cstr(&b)), 0);
	}
	DRIVER_TELLS(&v, "S C-u play-test.txt Enter", "written to");
	/* Not written over unasked. */
	DRIVER_TELLS(&v, "S C-u play-test.txt Enter", "Enter again");
	DRIVER_TELLS(&v, "Esc e C-u play-test.txt Enter", "Enter again");
	DRIVER_TELLS(&v, "Enter", "written to");
	buf_clear(&b);
	buf_printf(&b, "%s/play-test.txt", v.p->o.folder);
	CU_ASSERT_EQUAL(unlink(buf_cstr(&b)), 0);
	/* What is wrong stays there to be mended. */
	driver_press(&v, "e x.doc Enter");
	CU_ASSERT_TRUE(v.p->say_bad);
	CU_ASSERT_TRUE(driver_shows(&v, "ladder to file: x.doc"));
	driver_press(&v, "Esc");
	/* Graphviz, once used, gives every node of every graph a label. */
	driver_press(&v, "# 6 0 Enter a Enter Enter");
	CU_ASSERT_EQUAL(v.p->nviews, 2);
	for (size_t i = 0; i < 4 && v.p->nviews == 2; i++)
		CU_ASSERT_TRUE(
		    str_eq(trace_head(v.p->views[0].trace)->nodes[i].label,
			trace_head(v.p->views[1].trace)->nodes[i].label));
	driver_close(&v);
}

static void
time_plays(void)
{
	struct driver v;

	if (!opens(&v, LAB, 118, 35))
		return;
	driver_press(&v, "p");
	CU_ASSERT_TRUE(v.p->playing);
	play_pass(v.p, 1500000000);
	CU_ASSERT_EQUAL(play_view(v.p)->t_ns, 1500000000);
	CU_ASSERT_EQUAL(play_view(v.p)->seq,
	    trace_at_time(play_view(v.p)->trace, 1500000000));
	driver_press(&v, "> > > > > > >");
	play_pass(v.p, 3600000000);
	CU_ASSERT_EQUAL(
	    play_view(v.p)->seq, trace_count(play_view(v.p)->trace));
	CU_ASSERT_FALSE(v.p->playing);
	CU_ASSERT_TRUE(driver_shows(&v, "this is the end"));
	CU_ASSERT_EQUAL(play_view(v.p)->t_ns,
	    trace_time_of(play_view(v.p)->trace, play_view(v.p)->seq));
	DRIVER_TELLS(&v, "Home # 5 0 0 s Enter", "this is the end");
	CU_ASSERT_EQUAL(play_view(v.p)->t_ns,
	    trace_time_of(play_view(v.p)->trace, play_view(v.p)->seq));
	driver_close(&v);
}

/* Any keys, at any size: nothing breaks, everything can be drawn. */
static void
any_keys_at_any_size(void)
{
	static const size_t sizes[][2] = { { 80, 24 }, { 200, 60 }, { 1, 1 },
		{ 40, 10 }, { 60, 20 }, { 118, 35 }, { 20, 5 }, { 300, 80 } };
	static const char *const labs[] = { "labs/two-proxies",
		"labs/lost-messages", "labs/forking", "topologies/fork.gv" };
	uint32_t dice = 1;
	struct driver v;

	for (size_t l = 0; l < sizeof(labs) / sizeof(*labs); l++) {
		if (!opens(&v, labs[l], 80, 24))
			continue;
		for (int i = 0; i < 3000 && !v.p->quit; i++) {
			struct key key = { 0 };

			dice = dice * 1664525u + 1013904223u;
			if (dice >> 24 < 100)
				key.name =
				    1 + (dice >> 8) % (KEY_NAME_COUNT - 1);
			else
				key.ch = 32 + (dice >> 8) % 95;
			/* Files, editors and leaving aside. */
			if (key.ch == 'q' || key.ch == 'e' || key.ch == 'S' ||
			    key.name == KEY_IS_F10 || key.name == KEY_IS_F2)
				continue;
			key.x = (dice >> 4) % 90;
			key.y = (dice >> 11) % 30;
			play_key(v.p, key);
			v.p->wish = WISH_NOTHING;
			v.p->quit = false;
			if (i % 37 == 0) {
				size_t s = (dice >> 16) % 8;

				driver_resize(&v, sizes[s][0], sizes[s][1]);
			}
			CU_ASSERT_EQUAL(play_draw(v.p, &v.g), 0);
			/* Acts make branches, and those runs. */
			play_work(v.p);
		}
		driver_close(&v);
	}
}

/* ---- memory ---- */

static void
no_memory_is_survived(void)
{
	struct driver v;

	if (!opens(&v, LAB, 118, 35))
		return;
	for (unsigned long n = 1; n < 400; n += 7) {
		static const char *const keys[] = { "Right", "1", "2", "3", "4",
			"5", "6", "t", "x", "?", "Esc", "/ INV Enter", "a",
			"Esc", "c", "Esc", "Q", "Esc", "Esc", "b", "Esc" };

		mem_fail_from(n);
		for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++) {
			struct str rest = str_of(keys[i]);

			while (rest.n > 0)
				play_key(v.p,
				    key_of_name(str_cut(rest, ' ', &rest)));
			play_draw(v.p, &v.g);
			play_work(v.p);
		}
		mem_fail_from(0);
		v.p->quit = false;
	}
	driver_settle(&v);
	CU_ASSERT_EQUAL(play_draw(v.p, &v.g), 0);
	driver_close(&v);
}

/* m goes through the kinds; a command takes several; branches beside each other
 * have them, another form of the ladder, another language, and a file. */
static void
brackets_come_and_go(void)
{
	struct driver v;
	char path[256];
	LOCAL_BUF text = BUF_INIT;

	if (!opens(&v, LAB, 200, 60))
		return;
	DRIVER_TELLS(&v, "End m", "brackets: transactions");
	CU_ASSERT_TRUE(driver_shows(&v, "┐ T6"));
	DRIVER_TELLS(&v, "m", "brackets: dialogs");
	CU_ASSERT_TRUE(driver_shows(&v, "┐ dialog 1"));
	CU_ASSERT_TRUE(strstr(driver_screen(&v), "┐ T6") == NULL);
	DRIVER_TELLS(&v, "m", "brackets: phases of calls");
	CU_ASSERT_TRUE(driver_shows(&v, "┤ release"));
	DRIVER_TELLS(&v, "m", "brackets: none");
	CU_ASSERT_TRUE(strstr(driver_screen(&v), "release") == NULL);
	DRIVER_TELLS(&v, ": brackets Space transaction Space phase Enter",
	    "transactions, phases of calls");
	DRIVER_TELLS(&v, "t", "┤ release");
	DRIVER_TELLS(&v, "t t x X", "┐ T1");
	CU_ASSERT_TRUE(strstr(driver_screen(&v), "release") == NULL);
	DRIVER_TELLS(&v, "X :language Space zh Enter", "释放");
	driver_press(&v, ":language Space en Enter");
	DRIVER_TELLS(&v, ": brackets Space dialogue Enter",
	    "use the brackets transaction");
	driver_press(&v, "Esc");
	driver_press(&v, "e C-u play-brackets.txt Enter");
	snprintf(path, sizeof(path), "%s/play-brackets.txt", v.p->o.folder);
	CU_ASSERT_EQUAL(buf_read_file(&text, path, 1 << 20), 0);
	CU_ASSERT(str_find(buf_view(&text), "┐ T8") > 0);
	CU_ASSERT(str_find(buf_view(&text), "┤ release") > 0);
	CU_ASSERT_EQUAL(unlink(path), 0);
	driver_press(&v, "# 6 0 Enter a Enter Enter B");
	CU_ASSERT_EQUAL(v.p->nviews, 2);
	CU_ASSERT_PTR_NOT_NULL(v.p->views[0].brackets);
	CU_ASSERT_PTR_NOT_NULL(v.p->views[1].brackets);
	/* Of several, back to none. */
	driver_press(&v, "m");
	CU_ASSERT_EQUAL(v.p->ladder.brackets, 0);
	driver_close(&v);
}

CHECK_MAIN("play", { "steps", steps_go_there_and_back },
    { "both ways", every_position_is_reached_both_ways },
    { "panes", panes_follow_the_position },
    { "branch", acting_in_the_past_makes_a_branch },
    { "branches beside each other", branches_beside_each_other },
    { "parting", what_parts_two_branches_is_marked },
    { "deleted", branches_are_deleted },
    { "prompts", prompts_judge_what_is_typed },
    { "find and filter", finding_and_filtering },
    { "marks", marks_are_compared }, { "predict", predictions_are_judged },
    { "brackets", brackets_come_and_go },
    { "files", ladder_and_screen_go_to_files }, { "time", time_plays },
    { "any keys", any_keys_at_any_size },
    { "no memory", no_memory_is_survived })
