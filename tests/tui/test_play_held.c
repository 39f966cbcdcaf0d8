/*
 * A student with a number walks by keys through a copy of each lab, from the
 * task that holds the run to the next: before a try no key leads behind the
 * hold, and all views end there; with the last try the run is seen whole, and
 * nothing was looked at first.  Labs of tests/sample; with LABS=all all of
 * them.
 */
#include "cli/recording.h"
#include "cli/student_lab.h"
#include "fixtures/check.h"
#include "fixtures/labs.h"
#include "fixtures/play_driver.h"
#include "lesson/prediction_hold.h"
#include "views/tui/play_lesson_in.h"

#include <fcntl.h>
#include <unistd.h>

/* Numbers of those who walk: the next lab has the next of them. */
static const char *const numbers[] = { "2023007", "2023012", "77301" };

static struct {
	size_t labs, holds;
} walked;

/* The copy of LAB for STUDENT at TO. */
static bool
copy_lab_for(const char *lab, const char *student, const char *to)
{
	struct cli c = { .quiet = true, .student = student };
	struct diag d = DIAG_INIT;
	char *argv[] = { (char *)(uintptr_t)lab, (char *)(uintptr_t)to };
	int kept = dup(STDERR_FILENO), none = open("/dev/null", O_WRONLY);
	int status;

	/* It says what to do next. */
	dup2(none, STDERR_FILENO);
	status = cli_copy.fn(&c, 2, argv, &d);
	dup2(kept, STDERR_FILENO);
	close(none);
	close(kept);
	if (status == CLI_OK)
		return true;
	printf("  %s: %s\n", lab, d.text);
	return false;
}

static bool
sit_down(struct driver *v, const char *folder)
{
	struct topology_setting settings[CLI_SETTINGS_MOST];
	struct cli c = { .quiet = true };
	struct session_options o;
	struct diag d = DIAG_INIT;
	struct variant own;
	int err;

	memset(v, 0, sizeof(*v));
	err = cli_make_variant(&c, folder, &own, &d);
	if (err == 0) {
		o = (struct session_options){ .run = cli_inputs_options(
						  &c, &own, settings) };
		err = session_open(&v->s, folder, &o, &d);
	}
	variant_free(&own);
	if (err == 0)
		err = cli_lab_open(&v->lab, v->s, NULL, 0, &d);
	if (err == 0)
		err = play_source_open(&v->src, &v->e, v->s, &d);
	if (err != 0) {
		printf("  %s: %s\n", folder, d.text);
		return false;
	}
	v->src.lab = cli_lab_source(v->lab);
	v->src.save = NULL;
	return driver_show(v, folder, 80, 24);
}

/* How many records the first branch shows. */
static uint64_t
seen(const struct driver *v)
{
	return trace_count(v->p->views[0].trace);
}

/* Keys that would lead behind the hold end at it. */
static void
try_to_pass(struct driver *v, uint64_t hold)
{
	static const char *const keys[] = { "Home End", "# 9999999 Enter",
		"Right Right Right", "1 PageDown End", "2 End", "3 End",
		"4 End", "5 End", "6 End", "7 End", "9 End", "Esc End" };

	for (size_t i = 0; i < COUNT_OF(keys); i++) {
		driver_press(v, keys[i]);
		CU_ASSERT_EQUAL(seen(v), hold);
		CU_ASSERT(play_view(v->p)->seq <= hold);
	}
}

/* Whether a line of the open task takes its answer, which is given. */
static bool
answer_here(struct driver *v)
{
	const struct page_line *line = play_lesson_line(v->p);

	if (line == NULL || line->task != v->p->own.lesson->open)
		return false;
	switch (line->deed) {
	case PAGE_OPTION:
		driver_press(v, "Enter");
		return true;
	case PAGE_WRITE:
	case PAGE_FIGURE:
		driver_press(v, "Enter 1 Enter");
		return true;
	case PAGE_EDIT:
		driver_press(v, "Enter");
		v->p->wish = WISH_NOTHING;
		buf_puts(&v->p->edit, "alice -> bob INVITE\n");
		v->p->edited(v->p);
		driver_settle(v);
		return true;
	default:
		return false;
	}
}

static void
answer(struct driver *v)
{
	unsigned held = play_held_by(v->p);
	int downs = 0;

	driver_press(v, "t");
	while (!answer_here(v) && downs++ < 60)
		driver_press(v, "Down");
	driver_press(v, "Esc");
	CU_ASSERT(play_held_by(v->p) != held);
}

static void
walk_copy(const char *folder)
{
	struct driver v;
	uint64_t before = 0;

	if (!sit_down(&v, folder)) {
		CU_FAIL("a copy is not opened");
		return;
	}
	for (int tasks = 0; play_held_by(v.p) != 0 && tasks < 8; tasks++) {
		uint64_t hold = seen(&v);

		CU_ASSERT(hold >= before);
		CU_ASSERT(driver_shows(&v, "looks first."));
		try_to_pass(&v, hold);
		answer(&v);
		before = hold;
		walked.holds++;
	}
	CU_ASSERT_EQUAL(play_held_by(v.p), 0);
	CU_ASSERT_FALSE(trace_is_cut(v.p->views[0].trace));
	for (size_t i = 0; i < LESSON_TASKS_MAX; i++)
		CU_ASSERT_FALSE(v.p->own.lesson->answers.tasks[i].looked);
	driver_close(&v);
}

static void
walk_lab(const char *lab)
{
	const char *tmp = getenv("TMPDIR");
	LOCAL_BUF folder = BUF_INIT, remove = BUF_INIT;

	buf_printf(&folder, "%s/held-%d-%s", tmp != NULL ? tmp : "/tmp",
	    (int)getpid(), strrchr(lab, '/') + 1);
	if (!copy_lab_for(strrchr(lab, '/') + 1,
		numbers[walked.labs++ % COUNT_OF(numbers)],
		buf_cstr(&folder))) {
		CU_FAIL("a lab is not copied");
		return;
	}
	walk_copy(buf_cstr(&folder));
	buf_printf(&remove, "rm -rf '%s'", buf_cstr(&folder));
	CU_ASSERT_EQUAL(system(buf_cstr(&remove)), 0);
}

static void
from_hold_to_hold(void)
{
	const char *all = getenv("LABS");
	size_t times = all != NULL && strcmp(all, "all") == 0 ? 3 : 1;

	for (; times > 0; times--, walked.labs++)
		if (IS_SANITIZED)
			labs_each_nth(walk_lab, false, 1);
		else
			labs_each(walk_lab, false);
	printf("  %zu labs, %zu holds\n", walked.labs, walked.holds);
	CU_ASSERT(walked.holds > 5);
}

CHECK_MAIN("play_held", { "from_hold_to_hold", from_hold_to_hold })
