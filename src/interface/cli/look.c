/* What show, explain and export share: a trace, and its ladder. */
#include "base/err.h"
#include "cli/captured.h"
#include "cli/choice.h"
#include "cli/cli.h"
#include "cli/exporters.h"
#include "cli/recording.h"
#include "engine/engine.h"
#include "ladder/ladder_file.h"
#include "ladder/ladder_text.h"
#include "words/time_words.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

/* A ladder longer than this is for a file or for --from and --to. */
#define ROWS_MAX 20000
/* A ladder that goes into a pipe or a file is as wide as most that read it. */
#define PLAIN_CELLS 80

/* A ladder says so itself. */
static void
say_cut_off(const struct cli *c, const char *file, const struct trace *t)
{
	uint64_t last = trace_count(t);
	char end[TIME_ROOM];

	if (!c->ladder)
		cli_remark(c,
		    _("%s: is incomplete: it breaks off at %s s, without its "
		      "end"),
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
		return err == 0
			   ? 0
			   : diag_set(d, err, NULL, 0, "%s", err_text(err));
	}
	err = recording_run(c, file, NULL, &rec, d);
	if (err == 0)
		err = recording_load(&rec, t, d);
	recording_free(&rec);
	return err;
}

int
cli_look(struct cli *c, const char *file, struct engine **e, struct diag *d)
{
	struct engine_inputs in = { .trace = NULL };
	int err = cli_load(c, file, &in.trace, d);

	*e = NULL;
	return err == 0 ? engine_open(e, &in, d) : err;
}

struct layout_options
cli_layout_options(const struct cli *c)
{
	struct layout_options o = LAYOUT_OPTIONS;

	o.true_time = c->true_time;
	o.number = c->number;
	o.fold = o.fold_lost = c->fold;
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
	struct cli_pick pick;
	int err;

	o.max_rows = ROWS_MAX;
	err = cli_lay_out(&l, &pick, c, t, &o, d);
	cli_pick_free(&pick);
	if (err == 0 && c->marks != 0)
		err = ladder_marks_create(&marks, l, t, c->marks);
	text.marks = marks;
	if (err == 0)
		err = c->json ? ladder_json_write(l, out)
			      : ladder_text_write(l, &text, out);
	ladder_marks_destroy(marks);
	layout_destroy(l);
	return err == 0 ? 0 : diag_set(d, err, NULL, 0, "%s", err_text(err));
}
