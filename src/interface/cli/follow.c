/* Following a capture; see cli/follow.h. */
#include "cli/follow.h"

#include "base/err.h"
#include "inference/live.h"
#include "cli/captured.h"
#include "cli/interrupt.h"
#include "words/record_doc.h"

#include <time.h>

/* How often it is looked whether the file has grown, and how often that nothing
 * has come until all is told. */
#define LOOK_NS 200000000
#define QUIET   5

struct following {
	struct cli *c;
	const char *file;
	struct record_filter filter;
	struct cli_captured of; /* names and clocks */
	struct live *live;
	struct trace *t;  /* what was told; NULL: nothing */
	struct buf head;  /* of the trace */
	uint64_t printed; /* records */
	struct records_times times;
	struct diag *d;
};

/* ---- the trace, as it is told ---- */

/* A trace with F's head, and the records of F's trace before FROM. */
static int
begin_trace(struct following *f, uint64_t from)
{
	struct trace *t = NULL;
	int err = trace_begin(&t, f->file);

	if (err == 0)
		err = trace_feed(t, f->head.p, f->head.n, f->d);
	for (uint64_t seq = 1; err == 0 && seq < from; seq++) {
		struct str line = trace_line(f->t, seq);

		/* A line has its newline behind it. */
		err = trace_feed(t, line.p, line.n + 1, f->d);
	}
	trace_destroy(f->t);
	f->t = t;
	return err;
}

/* Nodes that have come are in the head; it is wanted only when the trace is
 * begun. */
static int
on_head(struct str line, void *arg)
{
	struct following *f = arg;

	buf_clear(&f->head);
	buf_str(&f->head, line);
	return f->head.err;
}

static int
on_record(struct str line, void *arg)
{
	struct following *f = arg;
	int err = f->t != NULL ? 0 : begin_trace(f, 1);

	return err == 0 ? trace_feed(f->t, line.p, line.n, f->d) : err;
}

/* ---- printing ---- */

static int
print(struct following *f, struct buf *out)
{
	int err =
	    out->n > 0 || out->err != 0 ? cli_write(f->c, out, NULL, f->d) : 0;

	buf_free(out);
	return err;
}

/* Records that were printed are no more. */
static int
say_retold(struct following *f, uint64_t from)
{
	struct buf out = BUF_INIT;

	buf_printf(&out,
	    /* TRANSLATORS: a record's number */
	    _("What came since shows it otherwise from record %llu on:"),
	    (unsigned long long)from);
	buf_putc(&out, '\n');
	return print(f, &out);
}

static int
on_retell(uint64_t from, void *arg)
{
	struct following *f = arg;
	int err = from <= f->printed ? say_retold(f, from) : 0;

	if (from <= f->printed)
		f->printed = from - 1;
	return err == 0 ? begin_trace(f, from) : err;
}

/* Those that were not printed yet. */
static int
print_records(struct following *f)
{
	struct records_options o = { .width = f->c->width,
		.theme = cli_theme(f->c),
		.messages = f->c->messages,
		.first = f->printed + 1,
		.times = &f->times };
	struct buf out = BUF_INIT, ascii = BUF_INIT;
	int err;

	if (f->t == NULL || trace_count(f->t) == f->printed)
		return 0;
	err = records_write(f->t, &f->filter, &o, NULL, &out);
	f->printed = trace_count(f->t);
	if (err != 0)
		out.err = err;
	if (f->c->utf8)
		return print(f, &out);
	utf8_add_ascii(&ascii, buf_view(&out));
	buf_free(&out);
	return print(f, &ascii);
}

/* ---- following ---- */

static int
print_new_records(struct following *f, bool all)
{
	int err = live_go_on(f->live, all, f->d);

	return err == 0 ? print_records(f) : err;
}

/* Until something ends it.  A signal does without an error. */
static int
go_along(struct following *f)
{
	const struct timespec pause = { .tv_nsec = LOOK_NS };
	struct capture *c = f->of.capture;
	uint64_t had = 0;
	unsigned quiet = 0;
	int err = 0;

	while (err == 0 && interrupt_came() == 0) {
		err = capture_check(c, f->d);
		if (err == 0)
			err = capture_go_on(c, f->d);
		/* Nor was it written over meanwhile. */
		if (err == 0)
			err = capture_check(c, f->d);
		quiet = capture_read_bytes(c) == had ? quiet + 1 : 0;
		had = capture_read_bytes(c);
		if (err == 0)
			err = print_new_records(f, quiet == QUIET);
		/* Who writes to a file that was renamed may do so for a while.
		 */
		if (err == 0 && quiet >= QUIET)
			err = capture_check_name(c, f->d);
		if (capture_is_over(c))
			break;
		nanosleep(&pause, NULL);
	}
	return err;
}

static int
end_following(struct following *f)
{
	int err = capture_end(f->of.capture, f->d);

	if (err == 0)
		err = live_end(f->live, f->d);
	if (err == 0)
		err = print_records(f);
	return err == 0 ? cli_captured_judge(f->c, &f->of, f->d) : err;
}

int
cli_follow(struct cli *c, const char *file, const char *filter, struct diag *d)
{
	static const struct live_ops ops = { on_head, on_record, on_retell };
	struct following f = { .c = c, .file = file, .head = BUF_INIT, .d = d };
	struct capture_trace_options o;
	struct clocks_options clocks;
	struct clock_given given[CLI_CLOCKS_MOST];
	char names[CLI_CLOCKS_MOST][CLI_CLOCKS_NAME];
	int err = record_filter_parse(&f.filter, filter, NULL, d);

	if (err == 0)
		err = cli_captured_follow(c, file, &f.of, d);
	if (err == 0)
		err = cli_captured_clocks(c, &f.of, given, names, &clocks, d);
	o = cli_captured_options(
	    &f.of, c->has_detail ? c->detail : TRACE_PROTOCOL, NULL, 0);
	interrupt_catch();
	if (err == 0)
		err = live_create(
		    &f.live, f.of.capture, &o, &clocks, &ops, &f, d);
	if (err == 0)
		err = go_along(&f);
	if (err == 0)
		err = end_following(&f);
	interrupt_leave();
	live_destroy(f.live);
	trace_destroy(f.t);
	buf_free(&f.head);
	cli_captured_close(&f.of);
	return err;
}
