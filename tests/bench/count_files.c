/*
 * What a record of an export costs, a captured message that is inspected, and a
 * hand-in of a class, counted as count_work.c counts: in blocks of src.
 * The rows are commands of rung's, done in this process, whose children count
 * apart.
 *
 *	cost	the blocks of one, in the small run: its limit (limits.h), and
 *2 % growth	what each of those costs that the next larger run has more,
 *		beside what one cost before: 1.05, or what the row says
 *
 * Of one that has a third size the growth from the second to it is judged, too,
 * so that what goes with the square shows however little of it there is.  With
 * an argument it says all figures; with another one those of the rows that have
 * it in their names.
 */
#include "bench_trace.h"

#include "base/buf.h"
#include "base/folder.h"
#include "grade/class.h"
#include "grade/handin.h"
#include "grade/mark.h"
#include "limits.h"
#include "search/search.h"

#include <fcntl.h>
#include <pthread.h>
#include <string.h>
#include <sys/mman.h>

#define GROWTH 1.05
#define ROOM   1.02
#define SIZES  3
#define LAB    "lost-messages"

/* rung's main, as tests/build.mk calls it. */
int rung_main(int argc, char **argv);

/* Shared by this process and its children, which come one after the other: the
 * one counts in the first, the others in the second. */
static uint64_t alone[2], *shared = alone, *blocks = alone;

/* Called at the start of each block (gcc's -fsanitize-coverage=trace-pc). */
void __sanitizer_cov_trace_pc(void);

__attribute__((no_sanitize_coverage)) void
__sanitizer_cov_trace_pc(void)
{
	++*blocks;
}

static void
count_apart(void)
{
	blocks = &shared[1];
}

#define INSPECTED "inspect"
#define LISTED    "calls"
#define SEARCHED  "search"

struct file_row {
	const char *what, *format; /* NULL: a class's hand-ins; INSPECTED;
				      LISTED, SEARCHED: its sizes are
				      calls and runs */
	size_t sizes[SIZES];       /* the last may be 0 */
	double growth;             /* 0: GROWTH */
};

/* In a longer trace more calls are up at once, of which md and pdf tell more;
 * its graph has places. */
static const struct file_row rows[] = {
	{ "a record as txt", "txt", { 1000, 10000 }, 0 },
	{ "a record as md", "md", { 1000, 10000 }, 1.45 },
	{ "a record as mmd", "mmd", { 1000, 10000 }, 0 },
	{ "a record as puml", "puml", { 1000, 10000 }, 0 },
	{ "a record as gv", "gv", { 1000, 10000 }, 1.2 },
	{ "a record as pdf", "pdf", { 1000, 10000 }, 1.25 },
	{ "a record as svg", "svg", { 1000, 10000, 90000 }, 0 },
	{ "a record as json", "json", { 1000, 10000, 90000 }, 0 },
	{ "a record as pcapng", "pcapng", { 1000, 10000, 90000 }, 0 },
	{ "a record as html", "html", { 1000, 10000, 90000 }, 1.08 },
	{ "a captured message inspected", INSPECTED, { 1000, 10000 }, 0 },
	/* Calls that went well: nothing of them is read again (rung show). */
	{ "a call of a list", LISTED, { 100, 1000 }, 0 },
	{ "a run of a search", SEARCHED, { 10, 100 }, 0 },
	{ "a hand-in of a class", NULL, { 10, 100 }, 0 },
};

/* What they are made of. */
struct given {
	struct bench_trace traces[SIZES];
	double records[SIZES]; /* 0: that trace is not made yet */
	double messages[SIZES];
	char handins[64];
	unsigned nhandins;
};

/* ---- commands ---- */

/* The blocks of one; 0: it failed. */
static double
count_command(char **argv)
{
	uint64_t before = shared[0] + shared[1];
	int argc = 0, out = dup(STDOUT_FILENO), err = dup(STDERR_FILENO);
	int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC), status;

	fflush(stdout);
	dup2(nowhere, STDOUT_FILENO);
	dup2(nowhere, STDERR_FILENO);
	while (argv[argc] != NULL)
		argc++;
	status = rung_main(argc, argv);
	fflush(stdout);
	dup2(out, STDOUT_FILENO);
	dup2(err, STDERR_FILENO);
	close(out);
	close(err);
	close(nowhere);
	return status == 0 ? (double)(shared[0] + shared[1] - before) : 0;
}

/* ---- exports ---- */

static double
count_lines(const char *path, const char *with)
{
	FILE *f = fopen(path, "r");
	char *line = NULL;
	size_t cap = 0, lines = 0;

	while (f != NULL && getline(&line, &cap, f) > 0)
		lines += strstr(line, with) != NULL;
	free(line);
	if (f != NULL)
		fclose(f);
	return (double)lines;
}

/* The trace of a row's K-th size. */
static bool
make_records(struct given *g, const struct file_row *row, size_t k)
{
	struct bench_trace *t = &g->traces[k];

	if (g->records[k] > 0)
		return true;
	if (!bench_trace_begin(t, "count") ||
	    !bench_trace_make(t, row->sizes[k]))
		return false;
	g->records[k] = count_lines(t->path, "\"seq\":");
	g->messages[k] = count_lines(t->path, "\"kind\":\"send\"");
	return true;
}

static double
count_export(struct given *g, const struct file_row *row, size_t k)
{
	struct bench_trace *t = &g->traces[k];
	char out[96], format[16];
	char rung[] = "rung", export[] = "export", to[] = "-o";
	char *argv[] = { rung, export, format, to, out, t->path, NULL };
	double counted;

	if (!make_records(g, row, k))
		return 0;
	snprintf(format, sizeof(format), "-f%s", row->format);
	snprintf(out, sizeof(out), "%s/out", t->dir);
	counted = count_command(argv);
	unlink(out);
	return counted;
}

/* The packets of that trace, inspected. */
static double
count_inspected(struct given *g, const struct file_row *row, size_t k)
{
	struct bench_trace *t = &g->traces[k];
	char out[96];
	char rung[] = "rung", export[] = "export", to[] = "-o";
	char inspect[] = "inspect";
	char *make[] = { rung, export, to, out, t->path, NULL };
	char *look[] = { rung, inspect, out, NULL };
	double counted;

	if (!make_records(g, row, k))
		return 0;
	snprintf(out, sizeof(out), "%s/out.pcapng", t->dir);
	counted = count_command(make) > 0 ? count_command(look) : 0;
	unlink(out);
	return counted;
}

/* The list of so many calls, all of which end well. */
static double
count_listed(size_t calls)
{
	struct bench_trace t = { .healthy = true };
	char rung[] = "rung", show[] = "show", list[] = "--calls";
	char *argv[] = { rung, show, list, t.path, NULL };
	double counted = 0;

	if (!bench_trace_begin(&t, "count"))
		return 0;
	if (bench_trace_make(&t, calls * RECORDS_A_CALL))
		counted = count_command(argv);
	bench_trace_end(&t);
	return counted;
}

/* ---- hand-ins ---- */

/* Student I's, all of whose answers are the key's, with a run, whose script is
 * compared with those of others. */
static int
put_handin(const char *folder, unsigned i)
{
	struct work w = WORK_INIT;
	struct mark m = MARK_INIT;
	struct diag d = DIAG_INIT;
	LOCAL_BUF out = BUF_INIT, path = BUF_INIT;
	char id[16];
	int err;

	snprintf(id, sizeof(id), "2023%04u", i);
	buf_printf(&path, "%s/%s.rung", folder, id);
	err = work_find_lab(&w, NULL, LAB, &d);
	if (err == 0)
		err = mark_work(&m, &w, id, &d);
	for (size_t k = 0; err == 0 && k < lesson_count(m.lesson); k++) {
		LOCAL_BUF key = BUF_INIT;

		err = lesson_key(m.lesson, k, m.trace, &key, NULL, &d);
		if (err == 0)
			err = answers_set(
			    &w.answers, (unsigned)k + 1, buf_view(&key));
	}
	if (err == 0)
		err = work_add_inputs(&w, mem_strdup("main"), m.trace);
	if (err == 0)
		err = work_run(&w, NULL);
	if (err == 0)
		err =
		    handin_write(&w, &m, id, "2026-11-21T00:00:00Z", &out, &d);
	if (err == 0)
		err = buf_write_file(&out, buf_cstr(&path));
	mark_free(&m);
	work_free(&w);
	return err;
}

static double
count_class(struct given *g, size_t n)
{
	struct class_options o = { .at_once = 1 };
	struct class c = CLASS_INIT;
	struct diag d = DIAG_INIT;
	LOCAL_BUF out = BUF_INIT;
	uint64_t before;
	bool all;

	if (g->handins[0] == '\0') {
		snprintf(g->handins, sizeof(g->handins), "/tmp/count_XXXXXX");
		if (mkdtemp(g->handins) == NULL)
			return 0;
	}
	while (g->nhandins < n)
		if (put_handin(g->handins, g->nhandins++) != 0)
			return 0;
	before = shared[0] + shared[1];
	all = class_judge(&c, g->handins, &o, &d) == 0 && c.n == n &&
	      class_put_csv(&c, &out) == 0;
	class_free(&c);
	return all ? (double)(shared[0] + shared[1] - before) : 0;
}

/* ---- searches ---- */

/* N runs of a call with a fault each, in this process. */
static double
count_search(size_t n)
{
	struct search_options o = {
		.wish = { .kinds = FAULT_ALL }, .faults = 1, .runs = n
	};
	struct inputs in;
	struct search s;
	struct diag d = DIAG_INIT;
	uint64_t before = shared[0] + shared[1], counted = 0;

	if (inputs_read(&in, "labs/direct-call", &d) != 0)
		return 0;
	in.detail = TRACE_PROTOCOL;
	if (search_begin(&s, &in, &o, &d) == 0 && search_go(&s, &d) == 0 &&
	    s.runs == n)
		counted = shared[0] + shared[1] - before;
	search_free(&s);
	inputs_free(&in);
	return (double)counted;
}

/* ---- rows ---- */

/* The blocks of ROW's K-th size, of so MANY. */
static double
count_row(struct given *g, const struct file_row *row, size_t k, double *many)
{
	double now;

	*many = (double)row->sizes[k];
	if (row->format == NULL)
		return count_class(g, row->sizes[k]);
	if (strcmp(row->format, LISTED) == 0)
		return count_listed(row->sizes[k]);
	if (strcmp(row->format, SEARCHED) == 0)
		return count_search(row->sizes[k]);
	now = strcmp(row->format, INSPECTED) == 0 ? count_inspected(g, row, k)
						  : count_export(g, row, k);
	*many = now > 0 && strcmp(row->format, INSPECTED) == 0 ? g->messages[k]
							       : g->records[k];
	return now;
}

/* Prints it where it fails, or where all are to be SAID; how much fails. */
static unsigned
check(struct given *g, const struct file_row *row, bool say)
{
	double most = row->growth > 0 ? row->growth : GROWTH, last = 0;
	double counted = 0, n = 0, cost[SIZES] = { 0 }, times[SIZES] = { 0 };
	struct limit limit = limit_find(row->what, NULL);
	unsigned failed = 0;

	for (size_t k = 0; k < SIZES && row->sizes[k] > 0; k++) {
		double of, now = count_row(g, row, k, &of);

		cost[k] = (now - counted) / (of - n);
		times[k] = k > 0 ? cost[k] / last : 1;
		failed += now <= 0 || times[k] > most;
		last = cost[k];
		counted = now;
		n = of;
	}
	failed += cost[0] > limit.most * ROOM;
	if (failed == 0 && !say)
		return 0;
	printf("%s: %.0f (at most %u, to be %u), %.3f times as many with ten "
	       "times as many (%.2f)",
	    row->what, cost[0], limit.most, limit.aim, times[1], most);
	if (row->sizes[2] > 0)
		printf(", %.2f with %zu", times[2], row->sizes[2]);
	printf("\n");
	return failed;
}

int
main(int argc, char **argv)
{
	struct given g = { .handins = "" };
	unsigned n = 0, failed = 0;

	blocks = shared = mmap(NULL, 2 * sizeof(*shared),
	    PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	pthread_atfork(NULL, NULL, count_apart);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (argc > 2 && strstr(rows[i].what, argv[2]) == NULL)
			continue;
		failed += check(&g, &rows[i], argc > 1);
		n += 2 + (rows[i].sizes[2] > 0);
	}
	for (size_t k = 0; k < SIZES; k++)
		if (g.traces[k].dir[0] != '\0')
			bench_trace_end(&g.traces[k]);
	if (g.handins[0] != '\0')
		folder_remove(g.handins);
	printf("files: %u passed, %u failed\n", n - failed, failed);
	return failed != 0;
}
