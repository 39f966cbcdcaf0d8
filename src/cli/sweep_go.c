/* Doing the runs of an experiment before somebody's eyes. */
#include "base/err.h"
#include "base/utf8.h"
#include "cli/interrupt.h"
#include "cli/sweep.h"
#include "sweep/plan.h"
#include "sweep/work.h"

#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* How often the line is drawn anew. */
#define DRAW_NS INT64_C(250000000)
/* Failed runs that are named. */
#define NAMED SWEEP_REASONS

struct progress {
	const struct sweep *s;
	bool shown;            /* there is a terminal to show it on */
	uint64_t before, size; /* done before, and to be done now */
	int64_t begun, drawn;  /* ns */
};

/* For people alone; nothing that is kept depends on it. */
static int64_t
now_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * INT64_C(1000000000) + t.tv_nsec;
}

/* "2 h 05 min", "40 s" */
static void
put_time_left(struct buf *b, double seconds)
{
	unsigned long s = seconds < 1e9 ? (unsigned long)seconds : 1000000000;

	if (s >= 3600)
		buf_printf(b, _("%lu h %02lu min"), s / 3600, s / 60 % 60);
	else if (s >= 60)
		buf_printf(b, _("%lu min %02lu s"), s / 60, s % 60);
	else
		buf_printf(b, _("%lu s"), s);
}

static void
put_progress(struct buf *b, const struct progress *p, double seconds)
{
	uint64_t now = p->s->runs.done - p->before;
	double rate = seconds > 0 ? (double)now / seconds : 0;

	buf_printf(b, _("%llu of %llu runs"), (unsigned long long)now,
	    (unsigned long long)p->size);
	if (p->s->runs.failed > 0)
		buf_printf(b, _(", %llu failed"),
		    (unsigned long long)p->s->runs.failed);
	if (now == 0)
		return;
	buf_printf(b, _("; %.1f a second; "), rate);
	put_time_left(b, (double)(p->size - now) / rate);
	buf_puts(b, _(" left"));
}

/* Over the line of before; an empty one takes it away. */
static void
draw_line(struct str text)
{
	fprintf(stderr, "\r%.*s\033[K", STR_ARG(text));
	fflush(stderr);
}

static int
look(void *arg)
{
	struct progress *p = arg;
	int64_t now = now_ns();

	if (p->shown && now - p->drawn >= DRAW_NS) {
		struct buf b = BUF_INIT;

		p->drawn = now;
		put_progress(&b, p, (double)(now - p->begun) / 1e9);
		draw_line(buf_view(&b));
		buf_free(&b);
	}
	return interrupt_came();
}

static unsigned
processors(void)
{
	cpu_set_t set;
	int n;

	CPU_ZERO(&set);
	n = sched_getaffinity(0, sizeof(set), &set) == 0 ? CPU_COUNT(&set) : 0;
	return n > 0 ? (unsigned)n : 1;
}

static int
make_traces_folder(const struct sweep *s, struct diag *d)
{
	if (!s->c->keep || mkdirat(s->store.fd, "traces", 0777) == 0 ||
	    errno == EEXIST)
		return 0;
	return diag_set(d, ERR_IO, s->store.folder, 0,
	    _("can't be written: %s"), err_system(errno));
}

/* "  --seed=7 --set loss=5%: ended with an error: lab.lua:3: …" */
static void
put_failure(const struct sweep *s, uint64_t run, struct buf *out)
{
	const char *why = sweep_runs_reason(&s->runs, run);
	struct buf options = BUF_INIT, line = BUF_INIT;

	experiment_put_options(&s->e, experiment_point(&s->e, run),
	    experiment_seed(&s->e, run), &options);
	/* TRANSLATORS: the options of a run, what became of it */
	buf_printf(&line, _("  %s: %s"), buf_cstr(&options) + 1,
	    sweep_end_text(sweep_runs_end(&s->runs, run)));
	if (why != NULL && why[0] != '\0')
		/* TRANSLATORS: and why */
		buf_printf(&line, _(": %s"), why);
	/* Values and reasons may be anybody's. */
	utf8_add_safe(out, buf_view(&line));
	buf_putc(out, '\n');
	if (line.err != 0 || options.err != 0)
		out->err = ERR_NOMEM;
	buf_free(&options);
	buf_free(&line);
}

void
sweep_put_failures(const struct sweep *s, struct buf *out)
{
	uint64_t named = 0;

	for (uint64_t run = 0; run < s->e.runs && named < NAMED; run++) {
		if (!sweep_runs_has(&s->runs, run) ||
		    sweep_runs_end(&s->runs, run) == SWEEP_OK)
			continue;
		named++;
		put_failure(s, run, out);
	}
	if (named < s->runs.failed)
		buf_printf(out, _("  and %llu more\n"),
		    (unsigned long long)(s->runs.failed - named));
}

static int
print_end(const struct sweep *s, struct diag *d)
{
	struct buf out = BUF_INIT, folder = BUF_INIT;
	int err;

	buf_printf(&out, _("Runs done: %llu of %llu; failed: %llu.\n"),
	    (unsigned long long)s->runs.done, (unsigned long long)s->e.runs,
	    (unsigned long long)s->runs.failed);
	sweep_put_failures(s, &out);
	sweep_put_word(&folder, s->store.folder);
	if (s->c->parts == 0)
		buf_printf(&out,
		    _("rung sweep --merge %s makes the table and the plots.\n"),
		    buf_cstr(&folder));
	err = cli_print(s->c, &out, d);
	buf_free(&folder);
	buf_free(&out);
	return err;
}

static int
end_early(const struct sweep *s)
{
	int sig = interrupt_came();
	struct buf folder = BUF_INIT;

	sweep_put_word(&folder, s->store.folder);
	cli_remark(s->c,
	    _("interrupted; %llu of %llu runs are done; rung sweep -o %s goes "
	      "on"),
	    (unsigned long long)s->runs.done, (unsigned long long)s->e.runs,
	    buf_cstr(&folder));
	buf_free(&folder);
	interrupt_leave();
	raise(sig);
	return 128 + sig;
}

static int
work(struct sweep *s, struct diag *d)
{
	struct progress p = { .s = s,
		.shown = isatty(STDERR_FILENO) == 1,
		.before = s->runs.done,
		.begun = now_ns() };
	struct sweep_work w = { .e = &s->e,
		.store = &s->store,
		.runs = &s->runs,
		.jobs = s->c->jobs > 0 ? s->c->jobs : processors(),
		.part = s->c->part > 0 ? s->c->part : 1,
		.parts = s->c->parts > 0 ? s->c->parts : 1,
		.keep = s->c->keep,
		.look = look,
		.arg = &p };
	int err = make_traces_folder(s, d);

	if (err == 0)
		err = store_open_results(&s->store, s->c->part, &w.results, d);
	if (err != 0)
		return err;
	p.size = sweep_work_size(&w);
	err = sweep_work_do(&w, d);
	if (p.shown)
		draw_line(STR_NULL);
	close(w.results);
	return err;
}

int
sweep_go(struct sweep *s, struct diag *d)
{
	int err = sweep_load(s, d), status;

	if (err != 0)
		return CLI_USAGE;
	interrupt_catch();
	err = work(s, d);
	if (err == 0 && interrupt_came() != 0)
		return end_early(s);
	interrupt_leave();
	if (err != 0 || print_end(s, d) != 0)
		return CLI_USAGE;
	status = s->runs.failed > 0 ? CLI_FAILED : CLI_OK;
	return status;
}
