/* rung search: which fault breaks it? */
#include "base/err.h"
#include "base/folder.h"
#include "base/jobs.h"
#include "base/param.h"
#include "base/utf8.h"
#include "cli/cli.h"
#include "cli/choice.h"
#include "cli/interrupt.h"
#include "cli/progress.h"
#include "cli/recording.h"
#include "cli/sweep_in.h"
#include "draw/paper.h"
#include "ladder/ladder_file.h"
#include "ladder/ladder_text.h"
#include "lesson/lesson.h"
#include "search/keep.h"
#include "search/report.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define JOBS_MOST 1024

static int64_t
read_clock(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

/* ---- the search ---- */

/* Shorter ones are not spoken of. */
#define LONG_NS INT64_C(60000000000)

struct watch {
	struct cli *c;
	int64_t until_ns; /* when it is to end; 0: whenever */
	int64_t usual_ns; /* what the run without faults took, judged */
	unsigned jobs;
	struct search_keep keep; /* where C says in which folder */
};

static int
look_around(void *arg)
{
	const struct watch *w = arg;

	return interrupt_came() != 0 ||
	       (w->until_ns != 0 && read_clock() > w->until_ns);
}

/* So many runs are to come: says so where they last long. */
static void
say_how_long(void *arg, uint64_t runs)
{
	const struct watch *w = arg;
	double ns = (double)w->usual_ns * (double)runs / w->jobs;
	double minutes = ns / 60e9;

	if (ns < (double)LONG_NS || w->until_ns != 0)
		return;
	cli_remark(w->c,
	    _("%llu runs may take %.0f minutes; the most telling come first, "
	      "and --time, --runs or Ctrl-C end it with what was found"),
	    (unsigned long long)runs, minutes < 1 ? 1 : minutes);
}

static struct search_options
options_of(const struct cli *c, struct watch *w)
{
	struct search_options o = {
		.wish = { .kinds = c->kinds != 0 ? c->kinds : FAULT_ALL },
		.faults = c->faults != 0 ? c->faults : 1,
		.runs = c->runs,
		.run = search_run_apart,
		.jobs = c->jobs > 0 ? c->jobs : jobs_processors(),
		.all = c->all,
		.look = look_around,
		.level = say_how_long,
		.arg = w,
	};

	if (c->of_node != NULL)
		snprintf(o.wish.node, sizeof(o.wish.node), "%s", c->of_node);
	if (c->method != NULL)
		snprintf(o.wish.method, sizeof(o.wish.method), "%s", c->method);
	return o;
}

static int
check_node(const struct cli *c, const struct search *s, struct diag *d)
{
	if (c->of_node == NULL ||
	    trace_find_node(s->base.trace, str_of(c->of_node)) != NULL)
		return 0;
	return diag_set(d, ERR_NOTFOUND, NULL, 0,
	    _("--of: there is no node “%s”"), c->of_node);
}

/* ---- goals of the lab ---- */

/* The texts of the lab's check.lua.  Each run is asked by a check that is read
 * anew, so that no answer follows from what was asked before. */
struct lab_goals {
	const char *folder;
	struct lesson *lesson; /* for its texts */
	struct judge_goals goals;
};

static int
ask_goals(void *arg, const struct trace *t, bool holds[JUDGE_GOALS_MAX],
    uint64_t records[JUDGE_GOALS_MAX], size_t *failed, struct diag *d)
{
	const struct lab_goals *g = arg;
	struct lesson *l = NULL;
	int err = lesson_load(&l, g->folder, "", d);

	for (*failed = 0; err == 0 && *failed < g->goals.n; ++*failed) {
		err = lesson_ask_goal(
		    l, *failed, t, &holds[*failed], &records[*failed], d);
		if (err != 0)
			break;
	}
	lesson_destroy(l);
	return err;
}

static const char *
text_goal(void *arg, size_t i)
{
	return lesson_goal_text(((const struct lab_goals *)arg)->lesson, i);
}

/* FROM says in which folder the check.lua is: that of IN's script, unless it
 * says so already.  0 or ERR_NOMEM. */
static int
find_check(const struct inputs *in, struct search_origin *from)
{
	char path[PATH_MAX];

	if (from->lab.n == 0 && in->script != NULL && in->folder != NULL &&
	    folder_has(in->folder, LESSON_CHECK) &&
	    realpath(in->folder, path) != NULL)
		buf_puts(&from->lab, path);
	return from->lab.err;
}

/* The goals of the check.lua beside the script of IN, into O where it has some.
 */
static int
take_goals(struct lab_goals *g, const struct inputs *in,
    struct search_options *o, struct search_origin *from, struct diag *d)
{
	_Static_assert(
	    LESSON_GOALS_MAX <= JUDGE_GOALS_MAX, "all goals are asked");
	int err;

	err = find_check(in, from);
	if (err != 0 || from->lab.n == 0)
		return err;
	g->folder = buf_cstr(&from->lab);
	err = lesson_load(&g->lesson, g->folder, "", d);
	if (err != 0)
		return err;
	g->goals = (struct judge_goals){ .n = lesson_goals(g->lesson),
		.ask = ask_goals,
		.text = text_goal,
		.arg = g };
	if (g->goals.n > 0)
		o->goals = &g->goals;
	return 0;
}

/* ---- the ladder ---- */

/* What an outcome costs; one more, for a case that was not run. */
static const enum layout_cost costs[OUTCOME_COUNT + 1] = {
	[OUTCOME_SAME] = LAYOUT_COST_NOTHING,
	[OUTCOME_ABSORBED] = LAYOUT_COST_NOTHING,
	[OUTCOME_MENDED] = LAYOUT_COST_TIME,
	[OUTCOME_GIVEN_UP] = LAYOUT_COST_GOAL,
	[OUTCOME_BROKEN] = LAYOUT_COST_RULE,
};

/* What the loss of the message that record SEND sends costs. */
static enum layout_cost
cost_of(uint64_t send, struct buf *words, void *arg)
{
	enum search_outcome o;

	return search_tell_loss(arg, send, &o, words) ? costs[o]
						      : LAYOUT_COST_UNKNOWN;
}

/* … and a crash in the next piece of a lifeline. */
static bool
cost_of_crash(
    size_t *at, struct str *node, struct layout_piece *piece, void *arg)
{
	const struct search *s = arg;
	enum search_outcome o;
	uint32_t on;

	if (!search_tell_crash(s, at, &on, &o, &piece->t, &piece->t_end))
		return false;
	*node = trace_name(s->base.trace, on);
	piece->cost = costs[o];
	return true;
}

/* The run without faults, each arrow by what its loss costs, each piece of a
 * lifeline by what a crash there costs, in FORMAT. */
static int
put_ladder(struct cli *c, struct search *s, const char *format, struct buf *out,
    struct diag *d)
{
	struct layout_options o = cli_layout_options(c);
	struct ladder_text_options text = {
		.width = c->width > 0 ? c->width : CLI_WIDTH_PAGE,
		.ascii = !c->utf8,
		.theme = cli_theme(c),
		.title = true,
	};
	const struct ladder_file_options file = { .width = 0 };
	struct layout *l = NULL;
	int err;

	o.cost = cost_of;
	o.piece = cost_of_crash;
	o.cost_arg = s;
	o.notes = false;
	err = layout_create(&l, s->base.trace, &o, d);
	if (err == 0)
		err = strcmp(format, "txt") == 0
			  ? ladder_text_write(l, &text, out)
			  : ladder_file_write(
				format, s->base.trace, l, &file, out, d);
	layout_destroy(l);
	return err;
}

/* ---- what is told ---- */

struct telling {
	struct cli *c;
	struct search *s;
	struct search_report report;
	struct table table;
	const char *file;
};

static int
put_txt(struct telling *t, struct buf *out, struct diag *d)
{
	struct buf lines = BUF_INIT;
	int err;

	search_report_head(&t->report, &lines);
	buf_putc(&lines, '\n');
	table_put_text(&t->table, &lines);
	buf_putc(&lines, '\n');
	err = search_report_broken(&t->report, t->file, &lines, d);
	/* Names are anybody's; the ladder's own have been looked at. */
	utf8_add_safe_lines(out, buf_view(&lines));
	buf_end(&lines, &out->err);
	if (err == 0 && t->c->ladder)
		err = put_ladder(t->c, t->s, "txt", out, d);
	return err;
}

static int
put_picture(struct telling *t, struct buf *out, struct diag *d)
{
	return put_ladder(t->c, t->s, t->c->format, out, d);
}

static int
put_csv(struct telling *t, struct buf *out, struct diag *d)
{
	(void)d;
	table_put_csv(&t->table, out);
	return out->err;
}

static int
put_json(struct telling *t, struct buf *out, struct diag *d)
{
	return search_report_json(&t->report, out, d);
}

/* As a paper in Markdown, of which FORM is made. */
static int
put_paper(struct telling *t,
    int (*form)(const struct paper *, size_t, struct buf *, struct diag *),
    struct buf *out, struct diag *d)
{
	struct paper p = PAPER_INIT;
	struct paper_figure *figure = paper_add_figure(&p);
	int err = ERR_NOMEM;

	if (figure != NULL)
		err = put_ladder(t->c, t->s, "svg", &figure->svg, d);
	if (err == 0)
		err = put_ladder(t->c, t->s, "txt", &figure->text, d);
	if (err == 0)
		paper_measure(figure);
	buf_printf(&p.title, "%s", t->file);
	buf_printf(&p.text, "# %s\n\n", _("Which fault breaks it?"));
	search_report_head(&t->report, &p.text);
	buf_putc(&p.text, '\n');
	table_put_markdown(&t->table, &p.text);
	buf_puts(&p.text, "\n![figure 1]\n\n```\n");
	if (err == 0)
		err = search_report_broken(&t->report, t->file, &p.text, d);
	buf_puts(&p.text, "```\n");
	if (err == 0)
		err = form(&p, 1, out, d);
	paper_free(&p);
	return err;
}

static int
put_html(struct telling *t, struct buf *out, struct diag *d)
{
	return put_paper(t, paper_put_html, out, d);
}

static int
put_markdown(struct telling *t, struct buf *out, struct diag *d)
{
	return put_paper(t, paper_put_markdown, out, d);
}

/* Programs: other heads, and nanoseconds. */
static const struct format {
	const char *name;
	bool programs;
	int (*put)(struct telling *t, struct buf *out, struct diag *d);
} formats[] = {
	{ "txt", false, put_txt },
	{ "csv", true, put_csv },
	{ "json", true, put_json },
	{ "html", false, put_html },
	{ "md", false, put_markdown },
	{ "svg", false, put_picture },
	{ "png", false, put_picture },
	{ "pdf", false, put_picture },
};

static const struct format *
find_format(const char *name, struct diag *d)
{
	for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++)
		if (strcmp(formats[i].name, name) == 0)
			return &formats[i];
	diag_set(d, ERR_NOTFOUND, NULL, 0,
	    _("there is no format “%s”; there are %s"), name,
	    "txt, csv, json, html, md, svg, png, pdf");
	return NULL;
}

static int
tell(struct cli *c, struct search *s, const char *file, const struct format *f,
    struct diag *d)
{
	struct telling t = {
		.c = c, .s = s, .table = TABLE_INIT, .file = file
	};
	struct buf out = BUF_INIT;
	int err = search_report_make(&t.report, s);

	if (err == 0)
		err = search_report_table(&t.report, f->programs, &t.table, d);
	if (err == 0)
		err = f->put(&t, &out, d);
	if (err == 0)
		err = c->output != NULL ? cli_write(c, &out, c->output, d)
					: cli_print(c, &out, d);
	for (size_t i = 0; i < t.report.n; i++)
		c->none_like_that |=
		    t.report.groups[i].v.outcome == OUTCOME_BROKEN ||
		    t.report.groups[i].v.goal != 0;
	search_report_free(&t.report);
	table_free(&t.table);
	buf_free(&out);
	return err;
}

/* ---- a folder ---- */

static bool
is_known(void *arg, const struct search *s, size_t i, struct verdict *v)
{
	return search_keep_known(&((struct watch *)arg)->keep, s, i, v);
}

static int
keep_found(void *arg, const struct search *s, size_t i, struct diag *d)
{
	return search_keep_found(&((struct watch *)arg)->keep, s, i, d);
}

/* What is there already is told, and nothing is run. */
static int
run_none(struct search *s, const uint32_t *order, size_t n, struct diag *d)
{
	(void)s;
	(void)order;
	(void)n;
	(void)d;
	return 0;
}

static void
tell_left_out(const struct diag *d, void *arg)
{
	cli_complain(((struct watch *)arg)->c, d);
}

/* S, which has begun, is kept where C says.  0 or D's error. */
static int
keep_search(struct watch *w, struct search *s, const struct search_origin *from,
    struct diag *d)
{
	const struct cli *c = w->c;

	if (c->kept_in == NULL)
		return 0;
	s->o.part = c->part;
	s->o.parts = c->parts;
	s->o.known = is_known;
	s->o.found = keep_found;
	if (c->merge)
		s->o.run = run_none;
	return search_keep_open(&w->keep, c->kept_in, s, from,
	    !c->merge && c->plan == NULL, tell_left_out, w, d);
}

/* Runs that a part has, at least. */
#define PART_LEAST 500

/* In how many parts: singles are counted, and each may have as many more. */
static unsigned
count_parts(const struct search *s)
{
	double runs = 1, parts;

	for (unsigned n = 0; n < s->o.faults; n++)
		runs *= (double)s->level[1] / (n + 1);
	parts = runs / PART_LEAST;
	return parts < 1                 ? 1
	       : parts > SWEEP_PARTS_MAX ? SWEEP_PARTS_MAX
					 : (unsigned)parts;
}

/* Nothing is run: how many cases there are is enough. */
static int
print_plan(struct cli *c, struct search *s, struct diag *d)
{
	struct sweep_plan plan = {
		.command = "search", .words = "", .option = "--folder"
	};
	unsigned faults = s->o.faults;
	int err;

	s->o.run = run_none;
	s->o.faults = 1;
	err = search_go(s, d);
	s->o.faults = faults;
	plan.parts = count_parts(s);
	return err == 0 ? cli_print_plan(c, c->kept_in, &plan, d) : err;
}

/* The inputs and options: of FILE, or where that is NULL of what is kept. */
static int
take_inputs(struct cli *c, const char *file, struct inputs *in,
    struct search_options *o, struct search_origin *from, struct diag *d)
{
	int err;

	if (file == NULL)
		return search_keep_read(c->kept_in, in, o, from, d);
	err = recording_inputs(c, file, in, d);
	if (in->detail < TRACE_PROTOCOL)
		in->detail = TRACE_PROTOCOL;
	buf_puts(&from->file, file);
	return err;
}

/* ---- the command ---- */

static int
go(struct cli *c, const char *file, const struct format *f, struct diag *d)
{
	int64_t begun = read_clock();
	struct watch w = { .c = c,
		.until_ns = c->most_ns != 0 ? begun + c->most_ns : 0 };
	struct search_options o = options_of(c, &w);
	struct inputs in;
	struct search s = { .ncases = 0 };
	struct search_origin from = SEARCH_ORIGIN_INIT;
	struct lab_goals goals = { .folder = NULL };
	int err = take_inputs(c, file, &in, &o, &from, d);

	w.keep = (struct search_keep){ .store = { .fd = -1 }, .fd = -1 };
	if (err == 0)
		err = take_goals(&goals, &in, &o, &from, d);
	cli_progress_begin(c);
	interrupt_catch();
	w.jobs = o.jobs;
	begun = read_clock();
	if (err == 0)
		err = search_begin(&s, &in, &o, d);
	w.usual_ns = read_clock() - begun;
	if (err == 0)
		err = check_node(c, &s, d);
	/* Of the run without faults. */
	for (size_t i = 0; err == 0 && i < s.base.ndoubts; i++)
		cli_complain(c, &s.base.doubts[i]);
	if (err == 0)
		err = keep_search(&w, &s, &from, d);
	if (err == 0 && c->plan == NULL)
		err = search_go(&s, d);
	cli_progress_end();
	if (err == 0 && interrupt_came() != 0)
		cli_remark(c, _("interrupted; this is what was found so far"));
	interrupt_leave();
	if (err == 0)
		err = c->plan != NULL ? print_plan(c, &s, d)
				      : tell(c, &s, buf_cstr(&from.file), f, d);
	search_free(&s);
	search_keep_close(&w.keep);
	search_origin_free(&from);
	lesson_destroy(goals.lesson);
	inputs_free(&in);
	return err;
}

static int
search(struct cli *c, int argc, char **argv, struct diag *d)
{
	const struct format *f;
	int err;

	if (argc > 1 || (argc == 0 && c->kept_in == NULL))
		return cli_refuse(
		    d, _("search takes one FILE: a lab, script, topology or "
			 "trace; or --folder alone, to go on"));
	if (c->kept_in == NULL && (c->plan != NULL || c->parts > 0 || c->merge))
		return cli_refuse(d,
		    _("--plan, --part and --merge need --folder=FOLDER, where "
		      "what is found is kept"));
	cli_choose_format(c, "txt");
	f = find_format(c->format, d);
	if (f == NULL)
		return CLI_USAGE;
	err = go(c, argc > 0 ? argv[0] : NULL, f, d);
	if (err != 0)
		diag_set(d, err, NULL, 0, "%s", err_text(err));
	return err != 0 ? CLI_USAGE : c->none_like_that ? CLI_FAILED : CLI_OK;
}

/* ---- options ---- */

static int
set_faults(struct cli *c, const char *value, struct diag *d)
{
	if (str_u32(str_of(value), &c->faults) == 0 && c->faults >= 1 &&
	    c->faults <= ATTEMPT_FAULTS)
		return 0;
	return diag_set(d, ERR_RANGE, NULL, 0,
	    _("--faults: “%s” is no number from 1 to %d"), value,
	    ATTEMPT_FAULTS);
}

static int
set_runs(struct cli *c, const char *value, struct diag *d)
{
	if (str_u64(str_of(value), &c->runs) == 0 && c->runs > 0)
		return 0;
	return diag_set(d, ERR_RANGE, NULL, 0,
	    _("--runs: “%s” is no number of runs"), value);
}

static int
set_most(struct cli *c, const char *value, struct diag *d)
{
	if (param_time(str_of(value), &c->most_ns) == 0 && c->most_ns > 0)
		return 0;
	return diag_set(d, ERR_SYNTAX, NULL, 0, _("--%s: “%s” is no time: %s"),
	    "time", value,
	    param_time_why(
		str_of(value), _("expected something like 60s or 5min")));
}

static int
set_only(struct cli *c, const char *value, struct diag *d)
{
	struct str rest = str_of(value);

	c->kinds = 0;
	while (rest.n > 0) {
		struct str word = str_cut(rest, ',', &rest);
		enum fault_kind kind;

		if (!fault_find(word, &kind))
			return diag_set(d, ERR_NOTFOUND, NULL, 0,
			    _("--only: “%.*s” is no fault; there are drop, "
			      "double, late, overtaken, crash, restart and "
			      "down"),
			    STR_ARG(word));
		c->kinds |= 1u << kind;
	}
	return 0;
}

static int
set_of(struct cli *c, const char *value, struct diag *d)
{
	(void)d;
	c->of_node = value;
	return 0;
}

static int
set_kept_in(struct cli *c, const char *value, struct diag *d)
{
	(void)d;
	c->kept_in = value;
	return 0;
}

static int
set_method(struct cli *c, const char *value, struct diag *d)
{
	(void)d;
	c->method = value;
	return 0;
}

static int
set_search_jobs(struct cli *c, const char *value, struct diag *d)
{
	if (str_u32(str_of(value), &c->jobs) == 0 && c->jobs > 0 &&
	    c->jobs <= JOBS_MOST)
		return 0;
	return diag_set(d, ERR_RANGE, NULL, 0,
	    _("--jobs: “%s” is no number from 1 to %d"), value, JOBS_MOST);
}

static const struct cli_option search_options[] = {
	{ "faults", 0, "N",
	    N_("so many faults at once, 1 to 3: first each alone, then all "
	       "pairs"),
	    set_faults },
	{ "runs", 0, "N", N_("makes no more runs than that"), set_runs },
	{ "time", 0, "TIME", N_("takes no longer than that"), set_most },
	{ "only", 0, "FAULTS",
	    N_("these alone: drop, double, late, overtaken, crash, restart, "
	       "down, with commas"),
	    set_only },
	{ "of", 0, "NODE", N_("of that node, its messages and links alone"),
	    set_of },
	{ "method", 0, "METHOD", N_("upon messages of that method alone"),
	    set_method },
	{ "all", 0, NULL, N_("runs also what can make no difference"),
	    cli_set_all },
	{ "ladder", 'l', NULL,
	    N_("the ladder, too: each arrow by what its loss costs"),
	    cli_set_ladder },
	{ "jobs", 0, "N", N_("runs at one time; else one for each processor"),
	    set_search_jobs },
	{ "folder", 0, "FOLDER",
	    N_("keeps there what is found: the same command, or this option "
	       "alone, goes on where it was ended"),
	    set_kept_in },
	{ "plan", 0, "[=slurm]",
	    N_("runs nothing, but prints commands for GNU parallel, or a "
	       "script for Slurm"),
	    cli_set_plan },
	{ "part", 0, "I/N", N_("does the I-th of N parts, as a plan says"),
	    cli_set_part },
	{ "merge", 0, NULL, N_("runs nothing: tells what the folder has"),
	    cli_set_merge },
	{ "format", 'f', "FORMAT",
	    N_("txt, csv, json, html, md; svg, png or pdf: the ladder"),
	    cli_set_format },
	{ "output", 'o', "FILE",
	    N_("writes to FILE, in the format of its ending"), cli_set_output },
	{ 0 },
};

static const struct cli_example search_examples[] = {
	{ "rung search direct-call", N_("each single fault of a call") },
	{ "rung search two-proxies --only=drop --method=BYE",
	    N_("what comes of a BYE that is lost") },
	{ "rung search direct-call --faults=2 --only=drop,crash --of=bob",
	    N_("pairs of losses and crashes at bob") },
	{ NULL, NULL },
};

const struct cli_command cli_search = {
	.name = "search",
	.usage = "FILE",
	.text = N_("tries every fault a call can meet; says which breaks it"),
	.about = N_(
	    "FILE is what rung run takes. It is run once, then with each "
	    "message lost, doubled, late by a time that matters and overtaken, "
	    "each node crashing behind each step, each link down for a while. "
	    "What became of each run is held against what must hold whatever "
	    "happens: a table says which faults the protocol mends, and how, "
	    "which end the call, and which leave something broken, with the "
	    "smallest example of each. The status is 1 where something is "
	    "broken."),
	.examples = search_examples,
	.options = search_options,
	.runs = true,
	.lasts = true,
	.fn = search,
};
