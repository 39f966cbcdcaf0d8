/* rung search: which fault breaks it? */
#include "cli/search_in.h"

#include "base/err.h"
#include "base/folder.h"
#include "cli/interrupt.h"
#include "cli/progress.h"
#include "cli/recording.h"
#include "cli/sweep_in.h"
#include "jobs/jobs.h"
#include "jobs/program.h"
#include "lesson/answers.h"
#include "trace/record_name.h"

#include <limits.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* A search that is kept in a folder: gone on with, in parts, as a plan. */

static bool
search_command_is_known(
    void *arg, const struct search *s, size_t i, struct verdict *v)
{
	return search_folder_known(
	    &((struct search_watch *)arg)->keep, s, i, v);
}

static int
keep_found(void *arg, const struct search *s, size_t i, struct diag *d)
{
	return search_folder_found(
	    &((struct search_watch *)arg)->keep, s, i, d);
}

/* Shows the existing results, and runs no case. */
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
search_command_tell_left_out(const struct diag *d, void *arg)
{
	cli_complain(((struct search_watch *)arg)->c, d);
}

/* S, which has begun, is kept where C says, by W.  0 or D's error. */
static int
search_folder_begin(struct search_watch *w, struct search *s,
    struct search_origin *from, struct diag *d)
{
	const struct cli *c = w->c;

	if (c->kept_in == NULL)
		return 0;
	s->o.part = c->part;
	s->o.parts = c->parts;
	s->o.known = search_command_is_known;
	s->o.found = keep_found;
	if (c->merge)
		s->o.run = run_none;
	return search_folder_open(&w->keep, c->kept_in, s, from,
	    !c->merge && c->plan == NULL, search_command_tell_left_out, w, d);
}

/* Runs of the largest sets that a part has, at least; nor fewer than it has of
 * the smaller ones, which all parts make. */
#define PART_LEAST 500

/* Singles are counted, and each may have as many more. */
static void
search_command_count_parts(const struct search *s, struct sweep_plan *p)
{
	const double most =
	    s->o.runs != 0 ? (double)s->o.runs : (double)SEARCH_CASES_MAX;
	double all = 0, common = 0, sets = 1, parts;

	for (unsigned n = 1; n <= s->o.faults; n++) {
		common = all;
		sets *= (double)s->level[1] / n;
		all = all + sets < most ? all + sets : most;
	}
	parts = (all - common) / (common > PART_LEAST ? common : PART_LEAST);
	p->parts = parts < 1                 ? 1
		   : parts > SWEEP_PARTS_MAX ? SWEEP_PARTS_MAX
					     : (unsigned)parts;
	p->runs = (uint64_t)(all + (p->parts - 1) * common);
}

/* Prints the commands for parts of S, kept by W; nothing is run.  0 or D's
 * error.
 */
static int
search_print_plan(
    const struct search_watch *w, struct search *s, struct diag *d)
{
	const struct search_options o = s->o;
	struct sweep_plan plan = { .command = "search",
		.memory = SEARCH_MEMORY,
		.run_ns = w->usual_ns,
		.part_ns = (double)w->c->most_ns,
		.bytes = 200 + 20 * o.faults };
	LOCAL_BUF words = BUF_INIT;
	int err;

	s->o.run = run_none;
	s->o.level = NULL;
	s->o.faults = 1;
	s->o.runs = 0;
	err = search_go(s, d);
	s->o = o;
	search_command_count_parts(s, &plan);
	/* What the folder does not say. */
	if (o.runs > 0)
		buf_printf(
		    &words, " --limit=runs=%llu", (unsigned long long)o.runs);
	if (w->c->most_ns > 0)
		buf_printf(
		    &words, " --limit=wall=%.9gs", (double)w->c->most_ns / 1e9);
	plan.words = buf_cstr(&words);
	if (err == 0)
		err =
		    cli_print_plan(w->c, w->c->kept_in, w->c->output, &plan, d);
	return err;
}

/* Something that a kept search has said already. */
static bool
asks_otherwise(const struct cli *c)
{
	return c->faults != 0 || c->kinds != 0 || c->nnodes > 0 ||
	       c->method[0] != '\0' || c->all || c->nof_run > 0 ||
	       c->ntries > 0;
}

/* TEXT, "hss.deregister:user=bob", is an act that is to be tried. */
static int
take_try(const char *text, struct inputs *tried, struct diag *d)
{
	LOCAL_BUF act = BUF_INIT;
	int err;

	buf_printf(&act, "1:%s", text);
	err =
	    act.err == 0 ? inputs_add_act(tried, buf_cstr(&act), d) : ERR_NOMEM;
	if (err != 0 && err != ERR_NOMEM)
		diag_prefix(d, "--try: ");
	return err;
}

/* The inputs and options of FILE, or where that is NULL of
 * what C's folder keeps.  Free IN and FROM in any case. */
static int
search_take_inputs(struct cli *c, const char *file, struct inputs *in,
    struct search_options *o, struct search_origin *from, struct diag *d)
{
	int err;

	o->wish.tried = &from->tried;
	if (file == NULL && asks_otherwise(c))
		return diag_set(d, ERR_STATE, NULL, 0,
		    _("-o FOLDER alone continues the saved search; what it "
		      "tries can't be changed"));
	if (file == NULL)
		return search_folder_read(c->kept_in, in, o, from, d);
	err = recording_inputs(c, file, in, d);
	for (size_t i = 0; err == 0 && i < c->ntries; i++)
		err = take_try(c->tries[i], &from->tried, d);
	if (in->detail < TRACE_PROTOCOL)
		in->detail = TRACE_PROTOCOL;
	buf_puts(&from->file, file);
	shell_put_word(&from->words, file);
	cli_put_run_words(c, &from->words);
	return err;
}

/* ---- where the goals of a search are: in the lab's check.lua ---- */

/* FROM has the check.lua that lies beside IN's script, unless it has one
 * already.  0 or D's error. */
static int
find_check(const struct inputs *in, struct search_origin *from, struct diag *d)
{
	char path[PATH_MAX];

	if (from->lab.n > 0 || in->script == NULL || in->folder == NULL ||
	    !folder_has(in->folder, LESSON_CHECK) ||
	    realpath(in->folder, path) == NULL)
		return 0;
	buf_str(&from->lab, folder_name(path));
	return from->lab.err != 0 ? from->lab.err
				  : lesson_read_check(path, &from->check, d);
}

/* The goals of the check.lua beside the script of IN, or where
 * FROM says, into O where it has some.  0 or D's error. */
static int
search_find_goals(struct search_goals *g, const struct inputs *in,
    struct search_options *o, struct search_origin *from, struct diag *d)
{
	int err = find_check(in, from, d);

	if (err != 0 || from->lab.n == 0)
		return err;
	return search_goals_take(
	    g, buf_cstr(&from->lab), buf_view(&from->check), o, d);
}

/* ---- the search ---- */

/* Shorter ones are not spoken of. */
#define LONG_NS INT64_C(60000000000)

static int
look_around(void *arg)
{
	const struct search_watch *w = arg;

	return interrupt_came() != 0 ||
	       (w->until_ns != 0 && cli_now_ns() > w->until_ns);
}

/* So many runs are to come: says so where they last long. */
static void
say_how_long(void *arg, uint64_t runs)
{
	const struct search_watch *w = arg;
	double ns = (double)w->usual_ns * (double)runs / w->jobs;
	double minutes = ns / 60e9;

	if (ns < (double)LONG_NS || w->until_ns != 0)
		return;
	cli_remark(w->c,
	    _("%llu runs may take %.0f min; the most useful come first; "
	      "--limit or Ctrl-C ends the search and keeps what it has found"),
	    (unsigned long long)runs, minutes < 1 ? 1 : minutes);
}

static struct search_options
search_options_of(const struct cli *c, struct search_watch *w)
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

	if (c->nnodes > 0)
		snprintf(o.wish.node, sizeof(o.wish.node), "%s", c->nodes[0]);
	if (c->method[0] != '\0')
		snprintf(o.wish.method, sizeof(o.wish.method), "%s", c->method);
	return o;
}

static int
search_command_check_node(
    const struct cli *c, const struct search *s, struct diag *d)
{
	int err = c->nnodes > 1 ? diag_set(d, ERR_UNSUPPORTED, NULL, 0,
				      _("search takes one node"))
		  : c->nnodes > 0
		      ? trace_check_node(s->base.trace, str_of(c->nodes[0]), d)
		      : 0;

	if (err != 0)
		diag_prefix(d, "--node: ");
	return err;
}

static int
search_command_check_method(const struct search *s, struct diag *d)
{
	int err = search_check_method(s, d);

	if (err != 0)
		diag_prefix(d, "--only: ");
	return err;
}

/* ---- the command ---- */

#define OF_MESSAGES                                                 \
	(1u << FAULT_DROP | 1u << FAULT_DOUBLE | 1u << FAULT_LATE | \
	    1u << FAULT_OVERTAKEN)

/* Says of each act that was asked for, and could be done nowhere, that it is no
 * use. */
static void
say_undone(const struct cli *c, const struct search *s)
{
	for (size_t i = 0; i < c->ntries; i++) {
		bool tried = false, done = false;

		for (size_t k = 0; k < s->ncases; k++) {
			const struct search_case *one = &s->cases[k];

			if (one->fault.kind != FAULT_ACT || !one->done ||
			    one->fault.on != s->o.wish.given_up + i)
				continue;
			tried = true;
			done = done || one->v.outcome != OUTCOME_IMPOSSIBLE;
		}
		if (tried && !done)
			cli_remark(c,
			    _("--try=%s: this action is possible at no step "
			      "(rung run --act says why)"),
			    c->tries[i]);
	}
}

/* Where a signal ended it, what was found is told, but not over a file that is
 * whole. */
static int
search_and_tell(struct search_watch *w, struct search *s,
    struct search_origin *from, const struct search_form *f, struct diag *d)
{
	struct cli *c = w->c;
	int err;

	interrupt_catch();
	err = search_go(s, d);
	w->signal = err == 0 ? interrupt_came() : 0;
	interrupt_leave();
	if (err == 0 && s->ncases == 0)
		cli_remark(c, _("there is no fault to try"));
	say_undone(c, s);
	if (s->undone > 0)
		cli_remark(c,
		    _("%llu runs had too little memory or were stopped from "
		      "outside; their results are not kept"),
		    (unsigned long long)s->undone);
	if (w->signal != 0)
		cli_remark(c, _("interrupted; these are the results so far"));
	if (w->signal != 0 && c->output != NULL) {
		cli_remark(c, _("nothing was written to %s"), c->output);
		f = search_form_find("txt", d);
		c->output = NULL;
	}
	if (err == 0)
		err = search_tell(c, s, from, f, d);
	/* A part says whether it is done, not what it has found. */
	c->none_like_that =
	    s->undone > 0 || (c->none_like_that && c->parts == 0);
	return err;
}

static int
search_file(struct cli *c, const char *file, const struct search_form *f,
    struct diag *d)
{
	int64_t begun = cli_now_ns();
	struct search_watch w = { .c = c,
		.until_ns = c->most_ns != 0 ? begun + c->most_ns : 0 };
	struct search_options o = search_options_of(c, &w);
	struct inputs in = { .topology = NULL };
	struct search s = { .ncases = 0 };
	struct search_origin from = SEARCH_ORIGIN_INIT;
	struct search_goals goals = { .lesson = NULL };
	int err = search_take_inputs(c, file, &in, &o, &from, d);

	w.keep = (struct search_folder){ .store = { .fd = -1 }, .fd = -1 };
	if (err == 0)
		err = search_find_goals(&goals, &in, &o, &from, d);
	w.jobs = o.jobs;
	begun = cli_now_ns();
	if (err == 0)
		err = search_begin(&s, &in, &o, d);
	w.usual_ns = s.o.run_ns = cli_now_ns() - begun;
	if (err == 0)
		err = search_command_check_node(c, &s, d);
	if (err == 0)
		err = search_command_check_method(&s, d);
	/* Of the run without faults. */
	if (err == 0)
		cli_tell_roles(c, &s.base.in);
	for (size_t i = 0; err == 0 && i < s.base.ndoubts; i++)
		cli_complain(c, &s.base.doubts[i]);
	if (err == 0)
		err = search_folder_begin(&w, &s, &from, d);
	if (err == 0)
		err = c->plan != NULL ? search_print_plan(&w, &s, d)
				      : search_and_tell(&w, &s, &from, f, d);
	search_free(&s);
	search_folder_close(&w.keep);
	search_origin_free(&from);
	lesson_destroy(goals.lesson);
	inputs_free(&in);
	if (w.signal != 0) {
		cli_progress_end();
		raise(w.signal);
	}
	return err;
}

static int
keep_in(struct cli *c, const char *folder, struct diag *d)
{
	c->kept_in = folder;
	return folder_has(folder, ANSWERS_FILE)
		   ? diag_set(d, ERR_UNSUPPORTED, folder, 0,
			 _("is a student's work; give another folder to -o"))
		   : 0;
}

/* Without a format a name without an ending is that of a new folder. */
static int
settle_output(struct cli *c, struct diag *d)
{
	const char *name = c->output;

	if (name == NULL || c->format != NULL || c->kept_in != NULL ||
	    strcmp(name, "-") == 0 || cli_is_device(name) ||
	    file_ending(str_of(name)).n > 0)
		return 0;
	c->output = NULL;
	return keep_in(c, name, d);
}

/* A FILE; a folder that is there, or a name that ends as one.  Of two the first
 * is the folder. */
static int
set_search_output(struct cli *c, const char *value, struct diag *d)
{
	struct stat st;

	if (str_ends(str_of(value), "/") ||
	    (stat(value, &st) == 0 && S_ISDIR(st.st_mode)))
		return keep_in(c, value, d);
	if (c->output != NULL && settle_output(c, d) != 0)
		return d->err;
	return cli_set_output(c, value, d);
}

static int
run_search(struct cli *c, int argc, char **argv, struct diag *d)
{
	const struct search_form *f;
	int err;

	if (argc > 1)
		return cli_refuse_words(c, argv, d);
	if (settle_output(c, d) != 0)
		return CLI_USAGE;
	if (argc == 0 && c->kept_in == NULL)
		return cli_refuse(
		    d, _("search takes one FILE: a lab, script, topology or "
			 "trace; or -o FOLDER alone, to continue"));
	if (c->kept_in == NULL && (c->plan != NULL || c->parts > 0 || c->merge))
		return cli_refuse(d,
		    _("--plan and --part need -o FOLDER, where the results are "
		      "kept"));
	if (c->kept_in != NULL && c->processes)
		return cli_refuse(d,
		    _("a search that is kept in a folder starts no programs; "
		      "use --processes without -o FOLDER"));
	if (c->merge && (c->plan != NULL || c->parts > 0))
		return cli_refuse(
		    d, _("--part=all runs nothing; leave out --plan and other "
			 "--part options"));
	if (c->plan != NULL && (c->parts > 0 || c->ladder || c->format != NULL))
		return cli_refuse(
		    d, _("--plan prints commands; give --part, --format and "
			 "--ladder to these commands"));
	if (c->method[0] != '\0' && c->kinds != 0 &&
	    (c->kinds & OF_MESSAGES) == 0)
		return cli_refuse(
		    d, _("--only: a method needs faults of messages (drop, "
			 "double, late, overtaken)"));
	if (cli_choose_format(c, "txt", d) != 0)
		return CLI_USAGE;
	f = search_form_find(c->plan == NULL ? c->format : "txt", d);
	if (f == NULL)
		return CLI_USAGE;
	err = search_file(c, argc > 0 ? argv[0] : NULL, f, d);
	diag_fail(d, err);
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
	    _("--faults: “%s” is not a number from 1 to %d"), value,
	    ATTEMPT_FAULTS);
}

/* Methods are in capitals, faults are not. */
static int
set_only(struct cli *c, const char *value, struct diag *d)
{
	LOCAL_BUF faults = BUF_INIT;
	struct str rest = str_of(value);
	int err;

	while (rest.n > 0) {
		struct str word = str_trim(str_cut(rest, ',', &rest));

		if (word.n == 0 || !(word.p[0] >= 'A' && word.p[0] <= 'Z'))
			buf_printf(&faults, "%s%.*s", faults.n > 0 ? "," : "",
			    STR_ARG(word));
		else if (word.n >= sizeof(c->method) || c->method[0] != '\0')
			return diag_set(d, ERR_UNSUPPORTED, NULL, 0,
			    _("--only takes one method; leave out “%.*s”"),
			    STR_ARG(word));
		else
			memcpy(c->method, word.p, word.n);
	}
	err = faults.err != 0 ? diag_fail(d, faults.err)
	      : faults.n > 0 ? fault_find_kinds(buf_cstr(&faults), &c->kinds, d)
			     : 0;
	if (err != 0)
		diag_prefix(d, "--only: ");
	return err;
}

static const struct cli_option search_options[] = {
	{ "faults", 0, "N",
	    N_("tries up to N faults at once, 1 to 3: first each one, then all "
	       "pairs"),
	    set_faults },
	{ "only", 0, "FAULT,…,METHOD",
	    N_("tries only these: drop, double, late, overtaken, crash, "
	       "restart, down, rest, act; and only on messages of METHOD"),
	    set_only },
	{ "try", 0, "ON.VERB[:KEY=VALUE,…]",
	    N_("also tries this action at each step, such as "
	       "hss.deregister:user=bob; may be repeated"),
	    cli_add_try },
	{ "node", 0, "NODE",
	    N_("tries only faults of that node, its messages "
	       "and links"),
	    cli_add_node },
	{ "with", 0, "all", N_("also runs what can make no difference"),
	    cli_set_with },
	{ "ladder", 'l', NULL,
	    N_("adds the ladder: each arrow shows what its loss causes"),
	    cli_set_ladder },
	{ "jobs", 0, "N",
	    N_("sets the number of parallel runs (default: one "
	       "for each processor)"),
	    cli_set_jobs },
	{ "plan", 0, "[=slurm]",
	    N_("runs nothing, prints commands for GNU parallel, or a script "
	       "for Slurm"),
	    cli_set_plan },
	{ "part", 0, "I/N",
	    N_("does part I of N of a plan; all: runs nothing, reports what "
	       "the folder contains"),
	    cli_set_part },
	{ "format", 'f', "FORMAT",
	    N_("writes txt, csv, json, html, md; gv, svg, png, pdf: the "
	       "ladder"),
	    cli_set_format },
	{ "output", 'o', "FILE",
	    N_("writes to FILE, in the format of its ending; a FOLDER keeps "
	       "the results: the same command, or -o FOLDER alone, continues"),
	    set_search_output },
	{ 0 },
};

static const struct cli_example search_examples[] = {
	{ "rung search direct-call", N_("each single fault of a call") },
	{ "rung search two-proxies --only=drop,BYE",
	    N_("what happens if a BYE is lost") },
	{ "rung search direct-call --faults=2 --only=drop,crash --node=bob",
	    N_("pairs of losses and crashes at bob") },
	{ NULL, NULL },
};

const struct cli_command cli_search = {
	.name = "search",
	.usage = "FILE",
	.text = N_("tries every fault in a call; reports which breaks it"),
	.purpose =
	    N_("Tries every fault that a call can meet. It reports which "
	       "faults the protocol recovers from, and which break something."),
	.about = N_(
	    "FILE is as for rung run. It is run once, then again with each "
	    "message lost, duplicated, delayed by a time that matters, and "
	    "overtaken, with each node crashing after each step, and with each "
	    "link down for a while. Each run is checked against conditions "
	    "that must always hold. A table shows which faults the protocol "
	    "recovers from, and how, which end the call, and which break "
	    "something, with the smallest example of each. The exit status is "
	    "1 if something is broken or a run has failed. --limit=runs=N and "
	    "--limit=wall=TIME end the search earlier."),
	.examples = search_examples,
	.options = search_options,
	.runs = true,
	.lasts = true,
	.fn = run_search,
};
