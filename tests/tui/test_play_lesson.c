/*
 * The pane Lab, used as a student uses it: every kind of task answered wrong
 * and right, hints, records gone to, a ladder put together, what is kept, and
 * an exam.
 */
#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"

#include "fixtures/check.h"
#include "fixtures/labs.h"
#include "fixtures/play_driver.h"
#include "views/tui/play_lesson_in.h"

#include <sys/stat.h>
#include <unistd.h>

#define LAB "labs/direct-call"

/* ---- a lab with a task of each kind ---- */

static const char handout[] =
    "# Each kind\n\nThe call of `direct-call`.\n\n## Tasks\n\n"
    "1. How many INVITEs are sent?\n\n"
    "       rung show each-kind text=\\\"INVITE\\\"\n"
    "       rung explain each-kind BYE@bob\n"
    "       rung run each-kind\n"
    "       rung show each-kind kind=timer\n\n"
    "2. When does Bob take the call?\n3. Which method ends it?\n"
    "4. What is the To tag called?\n5. Predict.\n6. Draw the beginning.\n"
    "7. Let Alice hear 486.\n8. Who hangs up?\n9. Let nobody talk.\n"
    "10. Draw it with rung.\n11. Nothing is lost.\n\n## Try\n\nMore.\n";

static const char check[] =
    "lesson { minutes = 20, level = 1 }\n"
    "vary { 'bob.answer=3s..4s:1s' }\n"
    "task { number = function(t) return t:count 'method=INVITE kind=send' "
    "end,\n"
    "  wrong = { { 2, why = 'That counts the 180.', rule = 'ict-1xx',\n"
    "    records = function(t) return t:first 'status=180' end } },\n"
    "  hint = { 'Look at the ladder.', 'Count again.' }, points = 4 }\n"
    "task { time = function(t) return t:first('status=200 cseq=INVITE').time "
    "end,\n"
    "  tolerance = '5ms', why = 'The 200 says it.' }\n"
    "task { choice = { { 'BYE', right = true }, { 'CANCEL',\n"
    "  why = 'It takes back what is not answered.' } }, points = 2 }\n"
    "task { text = 'tag', why = 'It stands behind the semicolon.' }\n"
    "task { predict = 2 }\n"
    "task { draw = 'cseq=INVITE method=INVITE kind=send' }\n"
    "task { goal = { { 'Alice hears 486', function(t)\n"
    "  local r = t:first 'kind=recv status=486' return r ~= nil, r end } } }\n"
    "task { find = { node = 'bob', record = function(t)\n"
    "  return t:first 'method=BYE' end }, why = 'Look for the BYE.' }\n"
    "task { build = { { 'nobody talks', function(t)\n"
    "  return t:count 'kind=call confirmed' == 0 end } } }\n"
    "task { figure = { { 'the INVITE', 'method=INVITE' } } }\n"
    "task { run = { { 'a message is lost', function(t)\n"
    "  return t:count 'kind=drop' > 0 end } } }\n";

static char folder[] = "/tmp/rung-lesson-XXXXXX";

static void
write_file(const char *name, struct str text)
{
	char path[128];
	struct buf b = BUF_INIT;

	snprintf(path, sizeof(path), "%s/each-kind/%s", folder, name);
	buf_str(&b, text);
	CU_ASSERT_EQUAL_FATAL(buf_write_file(&b, path), 0);
	buf_free(&b);
}

/* The lab's folder. */
static const char *
make_lab(void)
{
	static char path[128];
	struct buf script = BUF_INIT;

	if (path[0] != '\0')
		return path;
	CU_ASSERT_PTR_NOT_NULL_FATAL(mkdtemp(folder));
	snprintf(path, sizeof(path), "%s/each-kind", folder);
	CU_ASSERT_EQUAL_FATAL(mkdir(path, 0700), 0);
	CU_ASSERT_EQUAL_FATAL(
	    buf_read_file(&script, LAB "/lab.lua", 1u << 20), 0);
	write_file("lab.lua", buf_view(&script));
	write_file("README.md", str_of(handout));
	write_file("check.lua", str_of(check));
	buf_free(&script);
	return path;
}

static void
remove_lab(void)
{
	static const char *const names[] = { "lab.lua", "README.md",
		"check.lua" };
	char path[160];

	for (size_t i = 0; i < 3; i++) {
		snprintf(path, sizeof(path), "%s/%s", make_lab(), names[i]);
		unlink(path);
	}
	rmdir(make_lab());
	rmdir(folder);
}

/* ---- the screen of a lab with tasks ---- */

struct desk {
	struct driver v;
	struct play_lab lab; /* the driver's, with a clock of the test's */
	int64_t clock;
	struct buf kept, state;
};

static int
keep(struct str state, struct diag *d, void *arg)
{
	(void)state;
	(void)d;
	(void)arg;
	return 0;
}

static struct str kept_state;

static struct str
state_kept(void *arg)
{
	(void)arg;
	return kept_state;
}

static struct desk *now_open;

static int64_t
clock_of_test(void *arg)
{
	(void)arg;
	return now_open->clock;
}

/* The lab for STUDENT, with an exam of SECONDS, taken up from STATE. */
static bool
sit_down(struct desk *k, const char *student, int64_t seconds, struct str state)
{
	struct diag d = DIAG_INIT;
	int64_t clock = k->clock;

	memset(k, 0, sizeof(*k));
	k->clock = clock;
	now_open = k;
	kept_state = state;
	if (session_open(&k->v.s, make_lab(), NULL, &d) != 0 ||
	    cli_lab_open(
		&k->v.lab, k->v.s, student, seconds * 1000000000, &d) != 0 ||
	    k->v.lab == NULL) {
		printf("  %s\n", d.text);
		return false;
	}
	play_source_open(&k->v.src, &k->v.e, k->v.s, &d);
	k->lab = *cli_lab_source(k->v.lab);
	k->lab.clock = clock_of_test;
	k->v.src.lab = &k->lab;
	k->v.src.save = keep;
	k->v.src.state = state_kept;
	return driver_show(&k->v, "each-kind", 80, 24);
}

static void
get_up(struct desk *k)
{
	driver_close(&k->v);
}

/* To task N, which is opened, over the whole screen. */
static void
open_task(struct desk *k, unsigned n)
{
	struct play *p = k->v.p;

	driver_press(&k->v, "8");
	driver_press(&k->v, "Home");
	if (!p->pane_whole)
		driver_press(&k->v, "z");
	for (unsigned i = 0; i < n; i++)
		driver_press(&k->v, "]");
	if (p->own.lesson->open != n - 1)
		driver_press(&k->v, "Enter");
}

/* Down to a line that does DEED. */
static void
to_deed(struct desk *k, enum page_deed deed)
{
	for (int i = 0; i < 20 && play_lesson_line(k->v.p)->deed != deed; i++)
		driver_press(&k->v, "Down");
	CU_ASSERT_EQUAL(play_lesson_line(k->v.p)->deed, deed);
}

static bool
shows(struct desk *k, const char *text)
{
	bool ok = driver_shows(&k->v, text);

	CU_ASSERT_TRUE(ok);
	return ok;
}

static bool
shows_not(struct desk *k, const char *text)
{
	bool there = strstr(driver_screen(&k->v), text) != NULL;

	if (there)
		printf("  \"%s\" is on the screen:\n%s", text,
		    driver_screen(&k->v));
	CU_ASSERT_FALSE(there);
	return !there;
}

/* ---- answering ---- */

static const struct {
	unsigned task;
	const char *wrong, *said, *why; /* keys; what is shown then */
	const char *right, *mark;
} rows[] = {
	{ 1, "Enter 2 Enter", "wrong", "That counts the 180.",
	    "Enter Backspace 1 Enter", "[✓] 1. 4/4 points" },
	{ 2, "Enter s o o n Enter", "wrong", "a time is asked for",
	    "Enter C-u 3 . 0 1 Space s Enter", "[✓] 2. 1/1 point" },
	{ 3, "Enter b Enter", "wrong", "It takes back what is not answered.",
	    "Down Enter", "[✓] 3. 1.5/2 points" },
	{ 4, "Enter b r a n c h Enter", "wrong",
	    "It stands behind the semicolon.", "Enter C-u T A G Enter",
	    "[✓] 4. 1/1 point" },
	{ 8, "Enter C-u n o d e = b o b Enter", "right in part", "✗ the record",
	    "Enter Space r e c o r d = B Y E @ b o b Enter",
	    "[✓] 8. 1/1 point" },
};

static void
written_kinds(void)
{
	struct desk k = { 0 };

	CU_ASSERT_TRUE_FATAL(sit_down(&k, NULL, 0, STR_NULL));
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		open_task(&k, rows[i].task);
		DRIVER_TELLS(&k.v, rows[i].wrong, rows[i].said);
		shows(&k, rows[i].why);
		DRIVER_TELLS(&k.v, rows[i].right, rows[i].mark);
		shows_not(&k, rows[i].why);
	}
	driver_press(&k.v, "Home");
	/* A wrong option costs a quarter of its two points. */
	shows(&k, "8.5 of 15 points");
	get_up(&k);
}

/* Whatever the task asks for, letters and digits are the keys that they are
 * elsewhere, until Enter has opened a line. */
static void
keys_stay_until_a_line_is_open(void)
{
	struct desk k = { 0 };

	CU_ASSERT_TRUE_FATAL(sit_down(&k, NULL, 0, STR_NULL));
	for (unsigned n = 1; n <= 11; n++) {
		open_task(&k, n);
		driver_press(&k.v, "5");
		CU_ASSERT_EQUAL(k.v.p->box.over, OVER_NOTHING);
		CU_ASSERT_EQUAL(k.v.p->pane, PANE_NODE);
		driver_press(&k.v, "8 a");
		CU_ASSERT_EQUAL(k.v.p->box.over, OVER_CHOOSER);
		driver_press(&k.v, "Esc .");
		CU_ASSERT_EQUAL(play_view(k.v.p)->seq, n);
		CU_ASSERT_EQUAL(play_where(k.v.p), PLACE_LAB);
		CU_ASSERT_EQUAL(
		    k.v.p->own.lesson->answers.tasks[n - 1].text.n, 0);
	}
	open_task(&k, 4);
	DRIVER_TELLS(&k.v, "Enter", "Enter answers, Esc leaves");
	driver_press(&k.v, "q 5 Esc");
	CU_ASSERT_FALSE(k.v.p->quit);
	shows(&k, "your answer: a word");
	get_up(&k);
}

/* A letter that is none of the options is told of, and can be mended. */
static void
a_choice_by_its_letter(void)
{
	struct desk k = { 0 };
	struct buf *answer;

	CU_ASSERT_TRUE_FATAL(sit_down(&k, NULL, 0, STR_NULL));
	answer = &k.v.p->own.lesson->answers.tasks[2].text;
	open_task(&k, 3);
	DRIVER_TELLS(
	    &k.v, "Enter x Enter", "a letter from a to b is asked for");
	CU_ASSERT_EQUAL(k.v.p->own.lesson->answers.tasks[2].tries, 0);
	driver_press(&k.v, "Backspace B ) Enter");
	CU_ASSERT_STRING_EQUAL(buf_cstr(answer), "b");
	shows(&k, "• b) CANCEL");
	get_up(&k);
}

/* Enter opens a choice, and does not choose. */
static void
a_choice_is_opened_first(void)
{
	struct desk k = { 0 };
	struct buf *answer;

	CU_ASSERT_TRUE_FATAL(sit_down(&k, NULL, 0, STR_NULL));
	answer = &k.v.p->own.lesson->answers.tasks[2].text;
	driver_press(&k.v, "8 ] ] ]");
	shows_not(&k, "a) BYE");
	DRIVER_TELLS(&k.v, "Enter", "a) BYE");
	CU_ASSERT_EQUAL(answer->n, 0);
	driver_press(&k.v, "Enter");
	CU_ASSERT_EQUAL(k.v.p->box.over, OVER_LINE);
	driver_press(&k.v, "Esc");
	CU_ASSERT_EQUAL(answer->n, 0);
	driver_press(&k.v, "Down Down Enter");
	CU_ASSERT_STRING_EQUAL(buf_cstr(answer), "b");
	/* The one that was chosen is where it opens. */
	driver_press(&k.v, "[ Enter Enter Enter");
	CU_ASSERT_STRING_EQUAL(buf_cstr(answer), "b");
	CU_ASSERT_EQUAL(k.v.p->own.lesson->answers.tasks[2].tries, 1);
	DRIVER_TELLS(&k.v, "Up Enter [", "[✓] 3. 1.5/2 points");
	get_up(&k);
}

/* Steps down from the first line of task I, which is open: each of its options
 * is stood on once, whatever lines it takes, and up again. */
static void
step_through_options(const struct page *p, size_t i, size_t noptions)
{
	size_t at = page_question(p, i), next = 0, back;

	for (; at < p->n && p->lines[at].task == i; at = page_end_of(p, at)) {
		back = page_start_of(p, page_end_of(p, at) - 1);
		CU_ASSERT_EQUAL(back, at);
		if (p->lines[at].deed == PAGE_OPTION)
			CU_ASSERT_EQUAL(p->lines[at].which, next++);
	}
	CU_ASSERT_EQUAL(next, noptions);
}

static void
step_through_lab(const char *file)
{
	static const struct lesson_result none[LESSON_TASKS_MAX];
	static const bool unjudged[LESSON_TASKS_MAX];
	struct answers answers = ANSWERS_INIT;
	struct diag d = DIAG_INIT;
	struct page p = PAGE_INIT;
	struct lesson *l;

	if (lesson_load(&l, file, "", &d) != 0)
		return;
	for (size_t i = 0; i < lesson_count(l); i++) {
		const struct lesson_task *t = lesson_task(l, i);

		page_make(&p, &(struct page_source){ .lesson = l,
				  .answers = &answers,
				  .results = none,
				  .judged = unjudged,
				  .open = i,
				  .width = 43 });
		if (t->kind == LESSON_CHOICE)
			step_through_options(&p, i, t->noptions);
	}
	page_free(&p);
	answers_free(&answers);
	lesson_destroy(l);
}

static void
an_option_is_one_step(void)
{
	labs_each(step_through_lab, false);
	CU_ASSERT_EQUAL_FATAL(i18n_choose("zh"), 0);
	labs_each(step_through_lab, false);
	i18n_choose("en");
}

/* The reason names its rule and leads to the record. */
static void
a_reason_leads_to_its_record(void)
{
	struct desk k = { 0 };

	CU_ASSERT_TRUE_FATAL(sit_down(&k, NULL, 0, STR_NULL));
	open_task(&k, 1);
	DRIVER_TELLS(&k.v, "Enter 2 Enter", "RFC 3261 17.1.1.2");
	shows(&k, "→ 15  bob");
	to_deed(&k, PAGE_RECORD);
	driver_press(&k.v, "Enter");
	CU_ASSERT_EQUAL(play_view(k.v.p)->seq, 15);
	driver_press(&k.v, "Backspace");
	CU_ASSERT_EQUAL(play_view(k.v.p)->seq, 0);
	get_up(&k);
}

/* In a pane that is too low for the task the reason is seen, not the words. */
static void
a_reason_is_seen_in_a_low_pane(void)
{
	struct desk k = { 0 };

	CU_ASSERT_TRUE_FATAL(sit_down(&k, NULL, 0, STR_NULL));
	DRIVER_TELLS(
	    &k.v, "8 ] ] ] Enter", "your answer: ↓ to one of these, and Enter");
	shows(&k, "b) CANCEL");
	DRIVER_TELLS(
	    &k.v, "Down Down Enter", "It takes back what is not answered.");
	DRIVER_TELLS(&k.v, "[", "[✗] 3. 0/2 points");
	DRIVER_TELLS(&k.v, "] ] ] ] ]", "[ ] 8.");
	shows(&k, "] next task  Enter open");
	get_up(&k);
}

/* At the bottom stands what Enter does on the line. */
static void
the_word_for_enter(void)
{
	static const struct {
		unsigned task;
		enum page_deed deed;
		const char *word;
	} words[] = {
		{ 1, PAGE_WRITE, "Enter write" },
		{ 1, PAGE_HINT, "Enter hint" },
		{ 1, PAGE_READ, "next task  H hint" },
		{ 3, PAGE_OPTION, "Enter choose" },
		{ 5, PAGE_PREDICT, "Enter predict" },
		{ 6, PAGE_ARROWS, "Enter draw" },
	};
	struct desk k = { 0 };

	CU_ASSERT_TRUE_FATAL(sit_down(&k, NULL, 0, STR_NULL));
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		open_task(&k, words[i].task);
		to_deed(&k, words[i].deed);
		shows(&k, words[i].word);
	}
	get_up(&k);
}

/* What the handout's commands do in the shell they do in the ladder. */
static void
commands_are_followed(const char *student)
{
	struct desk k = { 0 };

	CU_ASSERT_TRUE_FATAL(sit_down(&k, student, 0, STR_NULL));
	driver_press(&k.v, "8 z ] Down Down Enter");
	CU_ASSERT_TRUE(
	    str_is(buf_view(&k.v.p->search.filter_text), "text=\"INVITE\""));
	driver_press(&k.v, "Down Enter");
	CU_ASSERT_TRUE(play_view(k.v.p)->seq > 15);
	driver_press(&k.v, "Down");
	shows_not(&k, "Enter go there");
	DRIVER_TELLS(&k.v, "Enter", "a command for the shell");
	DRIVER_TELLS(&k.v, "Down Enter",
	    "no message matches, but these records do; 8 goes back");
	CU_ASSERT_EQUAL(k.v.p->pane, PANE_LOG);
	driver_press(&k.v, "8");
	CU_ASSERT_EQUAL(play_where(k.v.p), PLACE_LAB);
	get_up(&k);
}

static void
commands_of_everybody(void)
{
	commands_are_followed(NULL);
}

/* They say whose values they mean. */
static void
commands_of_a_student(void)
{
	commands_are_followed("7");
}

static void
hints_cost(void)
{
	struct desk k = { 0 };

	CU_ASSERT_TRUE_FATAL(sit_down(&k, NULL, 0, STR_NULL));
	open_task(&k, 1);
	shows(&k, "hint 1 of 2, for a quarter");
	DRIVER_TELLS(&k.v, "H", "A hint costs a quarter");
	driver_press(&k.v, "Enter");
	shows_not(&k, "Look at the ladder.");
	DRIVER_TELLS(&k.v, "H Down Enter", "Look at the ladder.");
	shows(&k, "H hint");
	shows_not(&k, "Count again.");
	DRIVER_TELLS(&k.v, "H Down Enter H", "Count again.");
	shows(&k, "there are no more hints");
	driver_press(&k.v, "Up Down");
	shows_not(&k, "H hint");
	DRIVER_TELLS(&k.v, "Enter 1 Enter", "[✓] 1. 2/4 points");
	DRIVER_TELLS(&k.v, "H", "right already");
	open_task(&k, 3);
	DRIVER_TELLS(&k.v, "H", "has no hint");
	get_up(&k);
}

/* On each line of the page the key for hints is shown where there is one to
 * be had, and nowhere else: not at the handout, nor at a task without. */
static void
hints_are_offered_where_there_are(void)
{
	struct desk k = { 0 };
	size_t lines = 0, offered = 0;

	CU_ASSERT_TRUE_FATAL(sit_down(&k, NULL, 0, STR_NULL));
	open_task(&k, 1);
	driver_press(&k.v, "Home");
	for (; lines < k.v.p->own.lesson->page.n; lines++) {
		const struct page_line *line = play_lesson_line(k.v.p);
		bool there =
		    line->task != SIZE_MAX &&
		    lesson_task(k.v.p->own.lesson->lesson, line->task)->nhints >
			0;

		offered += there;
		if (there)
			shows(&k, "H hint");
		else
			shows_not(&k, "H hint");
		driver_press(&k.v, "Down");
	}
	CU_ASSERT(offered > 0 && offered < lines);
	get_up(&k);
}

/* ---- drawing ---- */

static void
a_ladder_is_put_together(void)
{
	struct desk k = { 0 };

	CU_ASSERT_TRUE_FATAL(sit_down(&k, NULL, 0, STR_NULL));
	open_task(&k, 6);
	DRIVER_TELLS(&k.v, "Enter", "the next arrow comes here");
	/* INVITE is the first; a wrong arrow comes before it. */
	DRIVER_TELLS(&k.v, "Right Down Enter Enter", "alice ─▶ bob ACK");
	DRIVER_TELLS(
	    &k.v, "Up Right Up Right Down Enter", "alice ─▶ bob INVITE");
	DRIVER_TELLS(&k.v, "< PageDown Backspace Esc", "alice -> bob INVITE");
	shows_not(&k, "ACK");
	shows(&k, "[✓] 6. 1/1 point");
	/* From the editor. */
	buf_clear(&k.v.p->edit);
	driver_press(&k.v, "Down Enter");
	CU_ASSERT_EQUAL(k.v.p->wish, WISH_EDIT);
	CU_ASSERT_TRUE(str_starts(buf_view(&k.v.p->edit), "# "));
	buf_puts(&k.v.p->edit, "bob -> alice 200\n");
	k.v.p->wish = WISH_NOTHING;
	play_edited(k.v.p, true);
	driver_settle(&k.v);
	shows(&k, "[✗] 6. 0/1 point");
	shows(&k, "nobody sends bob → alice 200");
	get_up(&k);
}

/* ---- runs ---- */

static void
act(struct desk *k, const char *text)
{
	struct play *p = k->v.p;

	CU_ASSERT_EQUAL(play_act_text(p, str_of(text)), 0);
	driver_settle(&k->v);
}

static void
branches_reach_goals(void)
{
	struct desk k = { 0 };

	CU_ASSERT_TRUE_FATAL(sit_down(&k, NULL, 0, STR_NULL));
	open_task(&k, 7);
	shows(&k, "[ ] 7. 1 point");
	shows(&k, "- Alice hears 486");
	driver_press(&k.v, "Tab");
	k.v.p->in_pane = false;
	/* In the past, so in a branch of its own. */
	act(&k, "alice crash");
	open_task(&k, 7);
	shows(&k, "[ ] 7. 0/1 point");
	shows(&k, "not yet");
	open_task(&k, 9);
	shows(&k, "[✓] 9. 1/1 point");
	driver_press(&k.v, "1");
	k.v.p->in_pane = false;
	play_go_branch(k.v.p, 0, 0);
	act(&k, "bob set busy=true");
	open_task(&k, 7);
	shows(&k, "[✓] 7. 1/1 point");
	shows(&k, "✓ Alice hears 486");
	/* The record is of that branch. */
	play_go_branch(k.v.p, 0, 0);
	to_deed(&k, PAGE_RECORD);
	driver_press(&k.v, "Enter");
	CU_ASSERT_EQUAL(k.v.p->now, 2);
	CU_ASSERT_TRUE(play_view(k.v.p)->seq > 0);
	/* Without the branch there is nothing to show. */
	CU_ASSERT_TRUE(play_delete_branch(k.v.p, 2));
	driver_settle(&k.v);
	open_task(&k, 7);
	shows(&k, "[ ] 7. 0/1 point");
	get_up(&k);
}

static bool endless;

static bool
more_of_a_run(struct str command, uint64_t *records, void *arg)
{
	(void)command;
	(void)arg;
	*records = 1234;
	return endless;
}

static void
nothing_left(void *arg)
{
	(void)arg;
}

/* The screen lives while the run that an answer names is made. */
static void
a_run_is_made_beside(void)
{
	struct desk k = { 0 };

	CU_ASSERT_TRUE_FATAL(sit_down(&k, NULL, 0, STR_NULL));
	open_task(&k, 11);
	DRIVER_TELLS(&k.v, "Enter n o n e Enter", "[✗] 11. 0/1 point");
	DRIVER_TELLS(&k.v, "Enter C-u l o s t - m e s s a g e s Enter",
	    "[✓] 11. 1/1 point");
	endless = true;
	k.lab.named_more = more_of_a_run;
	k.lab.named_leave = nothing_left;
	DRIVER_TELLS(&k.v, "Enter C-u t w o - p r o x i e s Enter",
	    "the run for task 11 is made: 1234 records so far; Esc");
	/* Other answers wait for it. */
	driver_press(&k.v, "[ Right");
	CU_ASSERT_TRUE(play_view(k.v.p)->seq > 0);
	DRIVER_TELLS(&k.v, "Esc", "the answer is not judged");
	shows(&k, "[ ] 11. 1 point");
	DRIVER_TELLS(&k.v, "Down Down Enter Enter", "[ ] 11. 1 point");
	endless = false;
	DRIVER_TELLS(&k.v, "Down", "[✗] 11. 0/1 point");
	get_up(&k);
}

static void
predictions_count(void)
{
	struct desk k = { 0 };

	CU_ASSERT_TRUE_FATAL(sit_down(&k, NULL, 0, STR_NULL));
	open_task(&k, 5);
	shows(&k, "predictions so far: 0");
	driver_press(&k.v, "Enter");
	CU_ASSERT_TRUE(k.v.p->predicting);
	driver_press(&k.v, "s Esc Esc");
	open_task(&k, 5);
	shows(&k, "predictions so far: 1, right at the first try: 0");
	shows(&k, "[ ] 5. 1 point");
	get_up(&k);
}

/* What is typed with its words into the form that has them already. */
static void
a_form_is_not_doubled(void)
{
	struct desk k = { 0 };

	CU_ASSERT_TRUE_FATAL(sit_down(&k, NULL, 0, STR_NULL));
	open_task(&k, 8);
	shows(&k, "in the form node=NAME record=N");
	driver_press(&k.v, "Enter C-u n o d e = n o d e = b o b Space");
	DRIVER_TELLS(&k.v, "r e c o r d = 4 3 Space r e c o r d = Enter",
	    "your answer: node=bob record=43");
	CU_ASSERT_STRING_EQUAL(
	    buf_cstr(&k.v.p->own.lesson->answers.tasks[7].text),
	    "node=bob record=43");
	get_up(&k);
}

static void
figures_are_read(void)
{
	struct desk k = { 0 };
	char path[128];
	struct buf b = BUF_INIT;

	CU_ASSERT_TRUE_FATAL(sit_down(&k, NULL, 0, STR_NULL));
	snprintf(path, sizeof(path), "%s/x.svg", folder);
	buf_printf(&b,
	    "<svg><metadata>rung 1; trace: %016llx</metadata>"
	    "<title>#9, 1.000 s, INVITE</title></svg>",
	    (unsigned long long)trace_hash(play_view(k.v.p)->trace));
	CU_ASSERT_EQUAL_FATAL(buf_write_file(&b, path), 0);
	open_task(&k, 10);
	driver_press(&k.v, "Enter");
	driver_press(&k.v, path);
	DRIVER_TELLS(&k.v, "Enter", "[✓] 10. 1/1 point");
	DRIVER_TELLS(&k.v, "Enter C-u x Enter", "[✗] 10. 0/1 point");
	shows(&k, "there is no file x");
	unlink(path);
	/* What is exported is taken for it. */
	driver_press(&k.v, "e C-u");
	driver_press(&k.v, path);
	DRIVER_TELLS(&k.v, "Enter", "[✓] 10. 1/1 point");
	unlink(path);
	buf_free(&b);
	get_up(&k);
}

/* ---- kept ---- */

/* What the screen would keep now. */
static void
put_kept(struct desk *k, struct buf *b)
{
	buf_clear(b);
	buf_puts(b, "{\"lesson\":");
	play_lesson_put(k->v.p, b);
	buf_putc(b, '}');
}

static void
answers_come_back(void)
{
	struct desk k = { 0 };
	struct buf state = BUF_INIT;
	struct answers a;
	struct exam e;

	CU_ASSERT_TRUE_FATAL(sit_down(&k, "7", 0, STR_NULL));
	open_task(&k, 1);
	driver_press(&k.v, "H Down Enter Enter 7 Enter");
	driver_press(&k.v, "Enter Backspace 1 Enter");
	open_task(&k, 3);
	driver_press(&k.v, "Enter b Enter");
	put_kept(&k, &state);
	get_up(&k);
	CU_ASSERT_EQUAL(kept_lesson_find(buf_view(&state), &a, &e), 0);
	CU_ASSERT_STRING_EQUAL(a.student, "7");
	CU_ASSERT_STRING_EQUAL(a.lab, "each-kind");
	CU_ASSERT_EQUAL(a.tasks[0].hints, 1);
	CU_ASSERT_EQUAL(a.tasks[0].tries, 2);
	CU_ASSERT_TRUE(str_is(buf_view(&a.tasks[2].text), "b"));
	CU_ASSERT_EQUAL(e.seconds, 0);
	answers_free(&a);
	CU_ASSERT_TRUE_FATAL(sit_down(&k, "7", 0, buf_view(&state)));
	DRIVER_TELLS(&k.v, "8 z", "3 of 15 points");
	shows(&k, "· 7");
	shows(&k, "[✓] 1. 3/4 points");
	shows(&k, "[✗] 3. 0/2 points");
	CU_ASSERT_EQUAL(k.v.p->own.lesson->answers.tasks[0].tries, 2);
	get_up(&k);
	/* They are no other student's. */
	CU_ASSERT_TRUE_FATAL(sit_down(&k, "8", 0, buf_view(&state)));
	DRIVER_TELLS(&k.v, "8 z", "0 of 15 points");
	get_up(&k);
	buf_free(&state);
}

/* Whatever a file holds, it is no more than answers. */
static void
damaged_states(void)
{
	static const char *const states[] = {
		"", "{", "[]", "{\"lesson\":3}",
		"{\"lesson\":{\"answers\":[],\"exam\":[]}}",
		"{\"lesson\":{\"answers\":{\"tasks\":[{\"task\":99},{\"task\":"
		"1,"
		"\"hints\":-3,\"text\":7}]},\"exam\":{\"seconds\":-1}}}",
		"{\"lesson\":{\"exam\":{\"seconds\":99999999,\"begun\":1e9}}}"
	};

	for (size_t i = 0; i < sizeof(states) / sizeof(states[0]); i++) {
		struct desk k = { 0 };

		CU_ASSERT_TRUE_FATAL(sit_down(&k, NULL, 0, str_of(states[i])));
		DRIVER_TELLS(&k.v, "8", "0 of 15 points");
		get_up(&k);
	}
}

/* ---- an exam ---- */

static void
an_exam_tells_nothing(void)
{
	struct desk k = { .clock = 1000 };
	struct buf state = BUF_INIT;

	CU_ASSERT_TRUE_FATAL(sit_down(&k, "7", 1800, STR_NULL));
	shows(&k, "exam 30:00");
	shows_not(&k, "Why");
	open_task(&k, 3);
	DRIVER_TELLS(&k.v, "Enter b Enter", "[•] 3. 2 points");
	shows_not(&k, "wrong");
	shows_not(&k, "It takes back");
	DRIVER_TELLS(&k.v, "H", "not during an exam");
	driver_press(&k.v, "Q");
	CU_ASSERT_FALSE(k.v.p->predicting);
	/* Nor what belongs together. */
	DRIVER_TELLS(&k.v, "Esc Esc m", "not during an exam");
	DRIVER_TELLS(
	    &k.v, ": brackets Space dialog Enter", "not during an exam");
	CU_ASSERT_EQUAL(k.v.p->ladder.brackets, 0);
	driver_press(&k.v, "8");
	driver_press(&k.v, "2");
	CU_ASSERT_NOT_EQUAL(k.v.p->pane, PANE_WHY);
	k.clock += 754;
	CU_ASSERT_TRUE(play_exam_goes_on(k.v.p));
	shows(&k, "exam 17:26");
	put_kept(&k, &state);
	get_up(&k);
	/* What was practised with is gone. */
	state.n--;
	buf_puts(&state, ",\"brackets\":3}");
	/* The clock has gone on meanwhile. */
	k.clock += 1000;
	CU_ASSERT_TRUE_FATAL(sit_down(&k, "7", 0, buf_view(&state)));
	shows(&k, "exam 0:46");
	CU_ASSERT_EQUAL(k.v.p->ladder.brackets, 0);
	open_task(&k, 3);
	driver_press(&k.v, "Up Enter");
	k.clock += 46;
	driver_settle(&k.v);
	shows(&k, "exam over");
	CU_ASSERT_FALSE(play_exam_goes_on(k.v.p));
	/* No verdict, no try. */
	for (size_t i = 0; i < LESSON_TASKS_MAX; i++) {
		CU_ASSERT_EQUAL(k.v.p->own.lesson->answers.tasks[i].tries, 0);
		CU_ASSERT_EQUAL(k.v.p->own.lesson->answers.tasks[i].wrong, 0);
	}
	DRIVER_TELLS(&k.v, "Down Enter", "answers stay as they are");
	shows(&k, "• a) BYE");
	CU_ASSERT_EQUAL(play_act_do(k.v.p, "alice", "bye", NULL, 0), ERR_STATE);
	shows(&k, "• a) BYE");
	open_task(&k, 1);
	DRIVER_TELLS(&k.v, "Enter", "answers stay as they are");
	put_kept(&k, &state);
	CU_ASSERT_TRUE(
	    str_find(buf_view(&state), "\"begun\":1000,\"ended\":2800") > 0);
	get_up(&k);
	buf_free(&state);
}

/* What is drawn when the time is over is the answer. */
static void
an_exam_ends_a_drawing(void)
{
	struct desk k = { .clock = 5 };

	CU_ASSERT_TRUE_FATAL(sit_down(&k, NULL, 60, STR_NULL));
	open_task(&k, 6);
	DRIVER_TELLS(&k.v, "Enter Enter Enter Enter", "alice ─▶ bob INVITE");
	k.clock += 60;
	driver_settle(&k.v);
	CU_ASSERT_FALSE(k.v.p->own.lesson->in_arrows);
	shows(&k, "exam over");
	get_up(&k);
}

/* ---- what there is otherwise ---- */

static void
students_have_their_own(void)
{
	struct desk k = { 0 };

	/* What is played is the lab as it stands, so it counts as a run that
	 * somebody has made of this student's lab. */
	CU_ASSERT_TRUE_FATAL(sit_down(&k, "2023001", 0, STR_NULL));
	open_task(&k, 2);
	DRIVER_TELLS(&k.v, "Enter 3 . 0 1 Space s Enter", "[✗] 2.");
	get_up(&k);
}

static void
another_language(void)
{
	struct desk k = { 0 };

	CU_ASSERT_TRUE_FATAL(sit_down(&k, NULL, 0, STR_NULL));
	open_task(&k, 3);
	DRIVER_TELLS(&k.v, "Enter b Enter W", "[✗] 3.");
	shows_not(&k, "wrong");
	DRIVER_TELLS(&k.v, "W", "wrong");
	i18n_choose("en");
	get_up(&k);
}

static void
a_lab_without_tasks(void)
{
	struct driver v;

	CU_ASSERT_TRUE_FATAL(driver_open(&v, "labs/two-proxies", 80, 24));
	CU_ASSERT_PTR_NULL(strstr(driver_screen(&v), "Lab"));
	DRIVER_TELLS(&v, "8", "no lab with tasks");
	driver_press(&v, "Enter ] H Down End Home PageDown a");
	driver_close(&v);
}

/* Every key anywhere, at every size, and memory short now and then. */
static void
any_key(void)
{
	static const char *const keys[] = { "8", "]", "[", "Enter", "a", "b",
		"H", "Down", "Up", "z", "End", "Right", "PageDown", "Backspace",
		">", "Esc", "1", "Space", "Tab", "W", "x", "S-Tab", "d" };
	struct desk k = { 0 };
	uint64_t x = 7;

	CU_ASSERT_TRUE_FATAL(sit_down(&k, NULL, 0, STR_NULL));
	for (int i = 0; i < 1500; i++) {
		x = x * 6364136223846793005u + 1442695040888963407u;
		driver_press(
		    &k.v, keys[(x >> 33) % (sizeof(keys) / sizeof(keys[0]))]);
		k.v.p->wish = WISH_NOTHING;
		k.v.p->quit = false;
		if (i % 100 == 0)
			driver_resize(
			    &k.v, 40 + (x >> 40) % 100, 10 + (x >> 50) % 40);
	}
	i18n_choose("en");
	get_up(&k);
}

/* Each is pressed with memory for N allocations, whatever N is. */
static void
memory_runs_out(void)
{
	static const char *const lines[] = { "8", "] Enter", "Enter 2 Enter",
		"H Down Enter", "z", "] ] Enter b", "] ] ] Enter Enter",
		"Enter Enter Enter", "< > Backspace Esc", "W", "W",
		"Home PageDown Enter" };
	struct desk k = { 0 };
	struct buf state = BUF_INIT;

	CU_ASSERT_TRUE_FATAL(sit_down(&k, NULL, 0, STR_NULL));
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		unsigned long all;

		mem_count();
		driver_press(&k.v, lines[i]);
		all = mem_count();
		for (unsigned long n = 1; n <= all; n += 1 + n / 12) {
			mem_fail_from(n);
			driver_press(&k.v, lines[i]);
			put_kept(&k, &state);
			mem_fail_from(0);
			k.v.p->box.over = OVER_NOTHING;
			k.v.p->wish = WISH_NOTHING;
			driver_settle(&k.v);
			CU_ASSERT_EQUAL(play_draw(k.v.p, &k.v.g), 0);
		}
	}
	i18n_choose("en");
	get_up(&k);
	buf_free(&state);
	remove_lab();
}

CHECK_MAIN("play_lesson", { "written_kinds", written_kinds },
    { "keys_stay_until_a_line_is_open", keys_stay_until_a_line_is_open },
    { "a_choice_by_its_letter", a_choice_by_its_letter },
    { "an_option_is_one_step", an_option_is_one_step },
    { "a_choice_is_opened_first", a_choice_is_opened_first },
    { "a_reason_leads_to_its_record", a_reason_leads_to_its_record },
    { "a_reason_is_seen_in_a_low_pane", a_reason_is_seen_in_a_low_pane },
    { "the_word_for_enter", the_word_for_enter },
    { "commands_of_everybody", commands_of_everybody },
    { "commands_of_a_student", commands_of_a_student },
    { "hints_cost", hints_cost },
    { "hints_are_offered_where_there_are", hints_are_offered_where_there_are },
    { "a_ladder_is_put_together", a_ladder_is_put_together },
    { "branches_reach_goals", branches_reach_goals },
    { "a_run_is_made_beside", a_run_is_made_beside },
    { "predictions_count", predictions_count },
    { "a_form_is_not_doubled", a_form_is_not_doubled },
    { "figures_are_read", figures_are_read },
    { "answers_come_back", answers_come_back },
    { "damaged_states", damaged_states },
    { "an_exam_tells_nothing", an_exam_tells_nothing },
    { "an_exam_ends_a_drawing", an_exam_ends_a_drawing },
    { "students_have_their_own", students_have_their_own },
    { "another_language", another_language },
    { "a_lab_without_tasks", a_lab_without_tasks }, { "any_key", any_key },
    { "memory_runs_out", memory_runs_out })
