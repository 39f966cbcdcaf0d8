/*
 * The pane Lab, used as a student uses it: every kind of task answered wrong
 * and right, hints, records gone to, a ladder put together, what is kept, and
 * an exam.
 */
#include "base/i18n.h"
#include "base/mem.h"
#include "fixtures/check.h"
#include "fixtures/labs.h"
#include "lesson_desk.h"

#include <unistd.h>

/* ---- answering ---- */

static const struct {
	unsigned task;
	const char *wrong, *said, *why; /* keys; what is shown then */
	const char *right, *mark;
} rows[] = {
	{ 1, "Enter 2 Enter", "wrong", "That counts the 180.",
	    "Enter Backspace 1 Enter", "[✓] 1. 4/4 points" },
	{ 2, "Enter s o o n Enter", "wrong", "answer with a time",
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

	CU_ASSERT_TRUE_FATAL(desk_sit_down(&k, NULL, 0, STR_NULL));
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		desk_open_task(&k, rows[i].task);
		DRIVER_TELLS(&k.v, rows[i].wrong, rows[i].said);
		desk_shows(&k, rows[i].why);
		DRIVER_TELLS(&k.v, rows[i].right, rows[i].mark);
		desk_hides(&k, rows[i].why);
	}
	driver_press(&k.v, "Home");
	/* A wrong option costs a quarter of its two points. */
	desk_shows(&k, "8.5 of 15 points");
	desk_get_up(&k);
}

/* Whatever the task asks for, letters and digits are the keys that they are
 * elsewhere, until Enter has opened a line. */
static void
keys_stay_until_a_line_is_open(void)
{
	struct desk k = { 0 };

	CU_ASSERT_TRUE_FATAL(desk_sit_down(&k, NULL, 0, STR_NULL));
	for (unsigned n = 1; n <= 11; n++) {
		desk_open_task(&k, n);
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
	desk_open_task(&k, 4);
	DRIVER_TELLS(&k.v, "Enter", "Enter answers, Esc leaves");
	driver_press(&k.v, "q 5 Esc");
	CU_ASSERT_FALSE(k.v.p->quit);
	desk_shows(&k, "your answer: a word");
	desk_get_up(&k);
}

/* A letter that is none of the options is told of, and can be mended. */
static void
a_choice_by_its_letter(void)
{
	struct desk k = { 0 };
	struct buf *answer;

	CU_ASSERT_TRUE_FATAL(desk_sit_down(&k, NULL, 0, STR_NULL));
	answer = &k.v.p->own.lesson->answers.tasks[2].text;
	desk_open_task(&k, 3);
	DRIVER_TELLS(
	    &k.v, "Enter x Enter", "the answer must be a letter from a to b");
	CU_ASSERT_EQUAL(k.v.p->own.lesson->answers.tasks[2].tries, 0);
	driver_press(&k.v, "Backspace B ) Enter");
	CU_ASSERT_STRING_EQUAL(buf_cstr(answer), "b");
	desk_shows(&k, "• b) CANCEL");
	desk_get_up(&k);
}

/* Enter opens a choice, and does not choose. */
static void
a_choice_is_opened_first(void)
{
	struct desk k = { 0 };
	struct buf *answer;

	CU_ASSERT_TRUE_FATAL(desk_sit_down(&k, NULL, 0, STR_NULL));
	answer = &k.v.p->own.lesson->answers.tasks[2].text;
	driver_press(&k.v, "8 ] ] ]");
	desk_hides(&k, "a) BYE");
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
	desk_get_up(&k);
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

	CU_ASSERT_TRUE_FATAL(desk_sit_down(&k, NULL, 0, STR_NULL));
	desk_open_task(&k, 1);
	DRIVER_TELLS(&k.v, "Enter 2 Enter", "RFC 3261 17.1.1.2");
	desk_shows(&k, "→ 15  bob");
	desk_to_deed(&k, PAGE_RECORD);
	driver_press(&k.v, "Enter");
	CU_ASSERT_EQUAL(play_view(k.v.p)->seq, 15);
	driver_press(&k.v, "Backspace");
	CU_ASSERT_EQUAL(play_view(k.v.p)->seq, 0);
	desk_get_up(&k);
}

/* In a pane that is too low for the task the reason is seen, not the words. */
static void
a_reason_is_seen_in_a_low_pane(void)
{
	struct desk k = { 0 };

	CU_ASSERT_TRUE_FATAL(desk_sit_down(&k, NULL, 0, STR_NULL));
	DRIVER_TELLS(
	    &k.v, "8 ] ] ] Enter", "your answer: ↓ to one of these, and Enter");
	desk_shows(&k, "b) CANCEL");
	DRIVER_TELLS(
	    &k.v, "Down Down Enter", "It takes back what is not answered.");
	DRIVER_TELLS(&k.v, "[", "[✗] 3. 0/2 points");
	DRIVER_TELLS(&k.v, "] ] ] ] ]", "[ ] 8.");
	desk_shows(&k, "] next task  Enter open");
	desk_get_up(&k);
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

	CU_ASSERT_TRUE_FATAL(desk_sit_down(&k, NULL, 0, STR_NULL));
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		desk_open_task(&k, words[i].task);
		desk_to_deed(&k, words[i].deed);
		desk_shows(&k, words[i].word);
	}
	desk_get_up(&k);
}

/* What the handout's commands do in the shell they do in the ladder. */
static void
commands_are_followed(const char *student)
{
	struct desk k = { 0 };

	CU_ASSERT_TRUE_FATAL(desk_sit_down(&k, student, 0, STR_NULL));
	driver_press(&k.v, "8 z ] Down Down Enter");
	CU_ASSERT_TRUE(
	    str_is(buf_view(&k.v.p->search.filter_text), "text=\"INVITE\""));
	driver_press(&k.v, "Down Enter");
	CU_ASSERT_TRUE(play_view(k.v.p)->seq > 15);
	driver_press(&k.v, "Down");
	desk_hides(&k, "Enter go there");
	DRIVER_TELLS(&k.v, "Enter", "type this command in the shell");
	DRIVER_TELLS(&k.v, "Down Enter",
	    "no message matches, but these records do; 8 returns");
	CU_ASSERT_EQUAL(k.v.p->pane, PANE_LOG);
	driver_press(&k.v, "8");
	CU_ASSERT_EQUAL(play_where(k.v.p), PLACE_LAB);
	desk_get_up(&k);
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

	CU_ASSERT_TRUE_FATAL(desk_sit_down(&k, NULL, 0, STR_NULL));
	desk_open_task(&k, 1);
	desk_shows(&k, "hint 1 of 2, for a quarter");
	DRIVER_TELLS(&k.v, "H", "A hint costs a quarter");
	driver_press(&k.v, "Enter");
	desk_hides(&k, "Look at the ladder.");
	DRIVER_TELLS(&k.v, "H Down Enter", "Look at the ladder.");
	desk_shows(&k, "H hint");
	desk_hides(&k, "Count again.");
	DRIVER_TELLS(&k.v, "H Down Enter H", "Count again.");
	desk_shows(&k, "there are no more hints");
	driver_press(&k.v, "Up Down");
	desk_hides(&k, "H hint");
	DRIVER_TELLS(&k.v, "Enter 1 Enter", "[✓] 1. 2/4 points");
	DRIVER_TELLS(&k.v, "H", "already right");
	desk_open_task(&k, 3);
	DRIVER_TELLS(&k.v, "H", "has no hint");
	desk_get_up(&k);
}

/* On each line of the page the key for hints is shown where there is one to
 * be had, and nowhere else: not at the desk_handout, nor at a task without. */
static void
hints_are_offered_where_there_are(void)
{
	struct desk k = { 0 };
	size_t lines = 0, offered = 0;

	CU_ASSERT_TRUE_FATAL(desk_sit_down(&k, NULL, 0, STR_NULL));
	desk_open_task(&k, 1);
	driver_press(&k.v, "Home");
	for (; lines < k.v.p->own.lesson->page.n; lines++) {
		const struct page_line *line = play_lesson_line(k.v.p);
		bool there =
		    line->task != SIZE_MAX &&
		    lesson_task(k.v.p->own.lesson->lesson, line->task)->nhints >
			0;

		offered += there;
		if (there)
			desk_shows(&k, "H hint");
		else
			desk_hides(&k, "H hint");
		driver_press(&k.v, "Down");
	}
	CU_ASSERT(offered > 0 && offered < lines);
	desk_get_up(&k);
}

/* ---- drawing ---- */

static void
a_ladder_is_put_together(void)
{
	struct desk k = { 0 };

	CU_ASSERT_TRUE_FATAL(desk_sit_down(&k, NULL, 0, STR_NULL));
	desk_open_task(&k, 6);
	DRIVER_TELLS(&k.v, "Enter", "the next arrow comes here");
	/* INVITE is the first; a wrong arrow comes before it. */
	DRIVER_TELLS(&k.v, "Right Down Enter Enter", "alice ─▶ bob ACK");
	DRIVER_TELLS(
	    &k.v, "Up Right Up Right Down Enter", "alice ─▶ bob INVITE");
	DRIVER_TELLS(&k.v, "< PageDown Backspace Esc", "alice -> bob INVITE");
	desk_hides(&k, "ACK");
	desk_shows(&k, "[✓] 6. 1/1 point");
	/* From the editor. */
	buf_clear(&k.v.p->edit);
	driver_press(&k.v, "Down Enter");
	CU_ASSERT_EQUAL(k.v.p->wish, WISH_EDIT);
	CU_ASSERT_TRUE(str_starts(buf_view(&k.v.p->edit), "# "));
	buf_puts(&k.v.p->edit, "bob -> alice 200\n");
	k.v.p->wish = WISH_NOTHING;
	play_edited(k.v.p, true);
	driver_settle(&k.v);
	desk_shows(&k, "[✗] 6. 0/1 point");
	desk_shows(&k, "nobody sends bob → alice 200");
	desk_get_up(&k);
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

	CU_ASSERT_TRUE_FATAL(desk_sit_down(&k, NULL, 0, STR_NULL));
	desk_open_task(&k, 7);
	desk_shows(&k, "[ ] 7. 1 point");
	desk_shows(&k, "- Alice hears 486");
	driver_press(&k.v, "Tab");
	k.v.p->in_pane = false;
	/* In the past, so in a branch of its own. */
	act(&k, "alice crash");
	desk_open_task(&k, 7);
	desk_shows(&k, "[ ] 7. 0/1 point");
	desk_shows(&k, "not yet");
	desk_open_task(&k, 9);
	desk_shows(&k, "[✓] 9. 1/1 point");
	driver_press(&k.v, "1");
	k.v.p->in_pane = false;
	play_go_branch(k.v.p, 0, 0);
	act(&k, "bob set busy=true");
	desk_open_task(&k, 7);
	desk_shows(&k, "[✓] 7. 1/1 point");
	desk_shows(&k, "✓ Alice hears 486");
	/* The record is of that branch. */
	play_go_branch(k.v.p, 0, 0);
	desk_to_deed(&k, PAGE_RECORD);
	driver_press(&k.v, "Enter");
	CU_ASSERT_EQUAL(k.v.p->now, 2);
	CU_ASSERT_TRUE(play_view(k.v.p)->seq > 0);
	/* Without the branch there is nothing to show. */
	CU_ASSERT_TRUE(play_delete_branch(k.v.p, 2));
	driver_settle(&k.v);
	desk_open_task(&k, 7);
	desk_shows(&k, "[ ] 7. 0/1 point");
	desk_get_up(&k);
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

	CU_ASSERT_TRUE_FATAL(desk_sit_down(&k, NULL, 0, STR_NULL));
	desk_open_task(&k, 11);
	DRIVER_TELLS(&k.v, "Enter n o n e Enter", "[✗] 11. 0/1 point");
	DRIVER_TELLS(&k.v, "Enter C-u l o s t - m e s s a g e s Enter",
	    "[✓] 11. 1/1 point");
	endless = true;
	k.lab.named_more = more_of_a_run;
	k.lab.named_leave = nothing_left;
	DRIVER_TELLS(&k.v, "Enter C-u t w o - p r o x i e s Enter",
	    "the run for task 11: 1234 records so far; Esc");
	/* Other answers wait for it. */
	driver_press(&k.v, "[ Right");
	CU_ASSERT_TRUE(play_view(k.v.p)->seq > 0);
	DRIVER_TELLS(&k.v, "Esc", "the answer is not judged");
	desk_shows(&k, "[ ] 11. 1 point");
	DRIVER_TELLS(&k.v, "Down Down Enter Enter", "[ ] 11. 1 point");
	endless = false;
	DRIVER_TELLS(&k.v, "Down", "[✗] 11. 0/1 point");
	desk_get_up(&k);
}

static void
predictions_count(void)
{
	struct desk k = { 0 };

	CU_ASSERT_TRUE_FATAL(desk_sit_down(&k, NULL, 0, STR_NULL));
	desk_open_task(&k, 5);
	desk_shows(&k, "predictions so far: 0");
	driver_press(&k.v, "Enter");
	CU_ASSERT_TRUE(k.v.p->predicting);
	driver_press(&k.v, "s Esc Esc");
	desk_open_task(&k, 5);
	desk_shows(&k, "predictions so far: 1, right at the first try: 0");
	desk_shows(&k, "[ ] 5. 1 point");
	desk_get_up(&k);
}

/* What is typed with its words into the form that has them already. */
static void
a_form_is_not_doubled(void)
{
	struct desk k = { 0 };

	CU_ASSERT_TRUE_FATAL(desk_sit_down(&k, NULL, 0, STR_NULL));
	desk_open_task(&k, 8);
	desk_shows(&k, "in the form node=NAME record=N");
	driver_press(&k.v, "Enter C-u n o d e = n o d e = b o b Space");
	DRIVER_TELLS(&k.v, "r e c o r d = 4 3 Space r e c o r d = Enter",
	    "your answer: node=bob record=43");
	CU_ASSERT_STRING_EQUAL(
	    buf_cstr(&k.v.p->own.lesson->answers.tasks[7].text),
	    "node=bob record=43");
	desk_get_up(&k);
}

static void
figures_are_read(void)
{
	struct desk k = { 0 };
	char path[128];
	struct buf b = BUF_INIT;

	CU_ASSERT_TRUE_FATAL(desk_sit_down(&k, NULL, 0, STR_NULL));
	snprintf(path, sizeof(path), "%s/x.svg", desk_folder);
	buf_printf(&b,
	    "<svg><metadata>rung 1; trace: %016llx</metadata>"
	    "<title>#9, 1.000 s, INVITE</title></svg>",
	    (unsigned long long)trace_hash(play_view(k.v.p)->trace));
	CU_ASSERT_EQUAL_FATAL(buf_write_file(&b, path), 0);
	desk_open_task(&k, 10);
	driver_press(&k.v, "Enter");
	driver_press(&k.v, path);
	DRIVER_TELLS(&k.v, "Enter", "[✓] 10. 1/1 point");
	DRIVER_TELLS(&k.v, "Enter C-u x Enter", "[✗] 10. 0/1 point");
	desk_shows(&k, "there is no file x");
	unlink(path);
	/* What is exported is taken for it. */
	driver_press(&k.v, "e C-u");
	driver_press(&k.v, path);
	DRIVER_TELLS(&k.v, "Enter", "[✓] 10. 1/1 point");
	unlink(path);
	buf_free(&b);
	desk_get_up(&k);
}

/* ---- what there is otherwise ---- */

static void
another_language(void)
{
	struct desk k = { 0 };

	CU_ASSERT_TRUE_FATAL(desk_sit_down(&k, NULL, 0, STR_NULL));
	desk_open_task(&k, 3);
	DRIVER_TELLS(&k.v, "Enter b Enter W", "[✗] 3.");
	desk_hides(&k, "wrong");
	DRIVER_TELLS(&k.v, "W", "wrong");
	i18n_choose("en");
	desk_get_up(&k);
}

static void
a_lab_without_tasks(void)
{
	struct driver v;

	CU_ASSERT_TRUE_FATAL(driver_open(&v, "labs/two-proxies", 80, 24));
	CU_ASSERT_PTR_NULL(strstr(driver_screen(&v), "Lab"));
	DRIVER_TELLS(&v, "8", "This lab has no tasks");
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

	CU_ASSERT_TRUE_FATAL(desk_sit_down(&k, NULL, 0, STR_NULL));
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
	desk_get_up(&k);
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

	CU_ASSERT_TRUE_FATAL(desk_sit_down(&k, NULL, 0, STR_NULL));
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		unsigned long all;

		mem_count();
		driver_press(&k.v, lines[i]);
		all = mem_count();
		for (unsigned long n = 1; n <= all; n += 1 + n / 12) {
			mem_fail_from(n);
			driver_press(&k.v, lines[i]);
			desk_put_kept(&k, &state);
			mem_fail_from(0);
			k.v.p->box.over = OVER_NOTHING;
			k.v.p->wish = WISH_NOTHING;
			driver_settle(&k.v);
			CU_ASSERT_EQUAL(play_draw(k.v.p, &k.v.g), 0);
		}
	}
	i18n_choose("en");
	desk_get_up(&k);
	buf_free(&state);
	desk_remove_lab();
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
    { "another_language", another_language },
    { "a_lab_without_tasks", a_lab_without_tasks }, { "any_key", any_key },
    { "memory_runs_out", memory_runs_out })
