/*
 * What show, explain and export share: a trace, its ladder, the messages that
 * options choose.
 */
#include "base/err.h"
#include "cli/capture_input.h"
#include "cli/cli.h"
#include "cli/export.h"
#include "cli/message_options.h"
#include "cli/recording.h"
#include "cli/student_lab.h"
#include "ladder/ladder_file.h"
#include "ladder/ladder_text.h"
#include "trace/record_name.h"
#include "words/time_words.h"

/* A ladder longer than this is for a file or for --from and --to. */
#define ROWS_MAX 20000
/* A ladder that goes into a pipe or a file is as wide as most that read it. */
#define PLAIN_CELLS 80

/* Says that T lacks its end; a ladder says that itself. */
static void
say_cut_off(const struct cli *c, const char *file, const struct trace *t)
{
	uint64_t last = trace_count(t);
	char end[TIME_ROOM];

	if (!c->ladder)
		cli_remark(c,
		    _("%s: is incomplete: it ends at %s s, without its last "
		      "record"),
		    file,
		    last > 0 ? time_text(trace_time_of(t, last), end) : "0");
}

int
cli_load(struct cli *c, const char *file, struct trace **t, struct diag *d)
{
	struct recording rec;
	int err;

	if (cli_is_capture(file))
		return cli_capture_load(c, file, t, d);
	if (trace_is_file(file)) {
		err = trace_load(t, file, d);
		if (err == 0 && !trace_complete(*t))
			say_cut_off(c, file, *t);
		return diag_fail(d, err);
	}
	err = recording_run(c, file, NULL, &rec, d);
	if (err == 0)
		err = recording_load(&rec, t, d);
	recording_free(&rec);
	return err == 0 ? cli_hold(c, file, t, d) : err;
}

struct layout_options
cli_layout_options(const struct cli *c)
{
	struct layout_options o = LAYOUT_OPTIONS;

	o.true_time = c->true_time;
	o.number = c->number;
	o.fold = o.state_at_lost = c->fold;
	o.notes = c->notes;
	o.timers = c->timers;
	o.states = c->states;
	o.from_ns = c->from_ns;
	o.to_ns = c->to_ns;
	o.nodes = c->nodes;
	o.nnodes = c->nnodes;
	o.call = c->ncalls == 1 ? c->calls[0] : NULL;
	o.remarks = c->remarks;
	o.nremarks = c->nremarks;
	return o;
}

int
cli_ladder(
    struct cli *c, const struct trace *t, struct buf *out, struct diag *d)
{
	struct layout_options o = cli_layout_options(c);
	struct ladder_text_options text = {
		.width = c->width > 0 ? c->width : PLAIN_CELLS,
		.ascii = !c->utf8,
		.theme = cli_theme(c),
		.title = true,
	};
	struct ladder_marks *marks = NULL;
	struct layout *l = NULL;
	struct cli_message_options options;
	int err;

	o.max_rows = ROWS_MAX;
	err = cli_lay_out(&l, &options, c, t, &o, d);
	cli_message_options_free(&options);
	if (err == 0 && c->marks != 0)
		err = ladder_marks_create(&marks, l, t, c->marks);
	text.marks = marks;
	if (err == 0)
		err = c->json ? ladder_json_write(l, out)
			      : ladder_text_write(l, &text, out);
	ladder_marks_destroy(marks);
	layout_destroy(l);
	return diag_fail(d, err);
}

void
cli_tell_number(const struct cli *c, const struct trace *t, const char *word)
{
	LOCAL_BUF status = BUF_INIT;

	trace_record_name_put_status(t, str_of(word), &status);
	if (status.n > 0)
		cli_remark(c, _("%s is record %s here; %s is the message"),
		    word, word, buf_cstr(&status));
}
