/*
 * Judging students' work: a class that has handed in one lab, each in a process
 * of its own on all processors, and every lab with its own model solution's
 * judge.  Time on the wall: that is what a teacher waits.
 */
#include "base/buf.h"
#include "bench.h"
#include "grade/class.h"
#include "grade/handin.h"
#include "inputs/share_labs.h"

#include <errno.h>
#include <sys/stat.h>

#define LAB "lost-messages"

static double
wall_now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* Student I's answers, all of them the key's. */
static int
fill_in(struct work *w, struct mark *m)
{
	struct diag d = DIAG_INIT;
	int err = 0;

	for (size_t i = 0; err == 0 && i < lesson_count(m->lesson); i++) {
		struct buf key = BUF_INIT;

		err = lesson_key(m->lesson, i, m->trace, &key, NULL, &d);
		if (err == 0)
			err = answers_set(
			    &w->answers, (unsigned)i + 1, buf_view(&key));
		buf_free(&key);
	}
	return err;
}

static int
write_handin(const char *folder, unsigned student)
{
	struct work w = WORK_INIT;
	struct mark m = MARK_INIT;
	struct diag d = DIAG_INIT;
	LOCAL_BUF out = BUF_INIT, path = BUF_INIT;
	char id[16];
	int err;

	snprintf(id, sizeof(id), "2023%04u", student);
	buf_printf(&path, "%s/%s.rung", folder, id);
	err = work_find_lab(&w, NULL, LAB, &d);
	if (err == 0)
		err = mark_work(&m, &w, id, &d);
	if (err == 0)
		err = fill_in(&w, &m);
	if (err == 0)
		err =
		    handin_write(&w, &m, id, "2026-11-21T00:00:00Z", &out, &d);
	if (err == 0)
		err = buf_write_file(&out, buf_cstr(&path));
	mark_free(&m);
	work_free(&w);
	return err;
}

static int
judge_class(const char *folder, unsigned students)
{
	struct class_options o = { .lab = NULL };
	struct class c = CLASS_INIT;
	struct diag d = DIAG_INIT;
	double begun = wall_now();
	size_t judged = 0;
	int err = class_judge(&c, folder, &o, &d);

	for (size_t i = 0; i < c.n; i++)
		judged += c.entries[i].failed[0] == '\0';
	if (err == 0 && judged == students) {
		printf("%u submissions of " LAB "\n", students);
		bench_print("  judged", wall_now() - begun, "s", "at most 20");
	}
	class_free(&c);
	return err == 0 && judged == students ? 0 : 1;
}

static int
judge_labs(void)
{
	struct share_labs labs = SHARE_LABS_INIT;
	double begun = wall_now();
	size_t n = 0;
	int err = share_labs_read(&labs);

	for (size_t i = 0; err == 0 && i < labs.n; i++) {
		struct work w = WORK_INIT;
		struct mark m = MARK_INIT;
		struct diag d = DIAG_INIT;

		if (work_find_lab(&w, NULL, labs.list[i].name, &d) == 0 &&
		    mark_work(&m, &w, NULL, &d) == 0)
			n++;
		mark_free(&m);
		work_free(&w);
	}
	printf("all labs\n");
	bench_print("  labs with tasks", (double)n, "labs", NULL);
	bench_print("  judged, one after the other", wall_now() - begun, "s",
	    "at most 60");
	share_labs_free(&labs);
	return err;
}

int
main(int argc, char **argv)
{
	unsigned students = argc > 1 ? (unsigned)atol(argv[1]) : 200;
	char folder[] = "/tmp/bench-class-XXXXXX";
	char command[64];
	int bad = mkdtemp(folder) == NULL;

	for (unsigned i = 0; !bad && i < students; i++)
		bad = write_handin(folder, i) != 0;
	if (!bad)
		bad = judge_class(folder, students);
	if (!bad)
		bad = judge_labs();
	snprintf(command, sizeof(command), "rm -rf %s", folder);
	if (system(command) != 0 || bad)
		fprintf(stderr, "a measurement failed\n");
	return bad;
}
