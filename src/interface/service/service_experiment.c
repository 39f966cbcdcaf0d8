/*
 * Requests for many runs: the search for faults, and the sweep.  One of them is
 * at work at a time, so many runs in a request, and what it has found can be
 * told at any time; it has all that it needs, whatever is opened meanwhile.
 */
#include "service/service_in.h"

#include "base/err.h"
#include "base/mem.h"
#include "ladder/ladder_file.h"
#include "lesson/search_goals.h"
#include "runs/inputs_named.h"
#include "search/search_costs.h"
#include "search/search_report.h"
#include "sweep/runs.h"
#include "sweep/table.h"
#include "trace/record_name.h"

#include <stdio.h>
#include <string.h>

/* Of a run of a sweep, as in one that is opened. */
#define RECORDS_MOST 4000000

struct service_experiment {
	struct inputs in; /* of the search */
	struct search search;
	struct search_goals goals;
	struct service_texts texts; /* the check.lua with its goals */
	char *lab, *words;
	unsigned looks, budget;

	bool sweeps;
	struct experiment e;
	struct sweep_runs runs;
	uint64_t next;
	struct buf lines; /* results */
};

void
service_end_experiment(struct service *s)
{
	struct service_experiment *x = s->experiment;

	s->experiment = NULL;
	if (x == NULL)
		return;
	search_free(&x->search);
	lesson_destroy(x->goals.lesson);
	inputs_free(&x->in);
	service_free_texts(&x->texts);
	mem_free(x->lab);
	mem_free(x->words);
	sweep_runs_free(&x->runs);
	experiment_free(&x->e);
	buf_free(&x->lines);
	mem_free(x);
}

/* What R's branch is made of. */
static int
service_experiment_take_branch(const struct service *s,
    const struct service_request *r, struct inputs *in, struct diag *d)
{
	struct engine_branch b;
	int err = service_find_branch(s, r->branch, &b, d) ? 0 : d->err;

	if (err == 0)
		err = inputs_from_head(in, b.trace, b.name, d);
	return err == 0 ? inputs_set_detail(in, TRACE_PROTOCOL, d) : err;
}

/* Begins one in place of that before; it is ended where it fails. */
static int
begin_experiment(struct service *s, const struct service_request *r,
    int (*begin)(struct service *s, const struct service_request *r,
	struct service_experiment *x, struct diag *d),
    struct diag *d)
{
	struct service_experiment *x = mem_zalloc(1, sizeof(*x));
	int err;

	service_end_experiment(s);
	if (x == NULL)
		return ERR_NOMEM;
	s->experiment = x;
	err = begin(s, r, x, d);
	if (err != 0)
		service_end_experiment(s);
	return err;
}

/* ---- the search ---- */

static int
look_at_budget(void *arg)
{
	struct service_experiment *x = arg;

	return x->budget != 0 && x->looks++ >= x->budget;
}

/* The goals of the check.lua among R's texts, if there is one. */
static int
take_goals(struct service_experiment *x, const struct service_request *r,
    struct search_options *o, struct diag *d)
{
	int err =
	    service_take_texts(&x->texts, json_member(r->object, "texts"), d);
	size_t i = 0;

	while (i < x->texts.n &&
	       !str_ends(str_of(x->texts.paths[i]), "/" LESSON_CHECK))
		i++;
	if (err != 0 || i == x->texts.n)
		return err;
	x->lab = inputs_folder_of(x->texts.paths[i]);
	return x->lab == NULL ? ERR_NOMEM
			      : search_goals_take(&x->goals, x->lab,
				    x->texts.list[i].text, o, d);
}

static int
service_experiment_begin_search(struct service *s,
    const struct service_request *r, struct service_experiment *x,
    struct diag *d)
{
	struct search_options o = { .wish = { .kinds = FAULT_ALL },
		.faults = r->faults != 0 ? r->faults : 1,
		.all = r->all,
		.look = look_at_budget,
		.arg = x };
	const char *words = service_text(r->words);
	int err = service_experiment_take_branch(s, r, &x->in, d);

	if (err == 0 && service_text(r->only) != NULL)
		err = fault_find_kinds(r->only, &o.wish.kinds, d);
	if (service_text(r->node) != NULL)
		snprintf(o.wish.node, sizeof(o.wish.node), "%s", r->node);
	if (service_text(r->method) != NULL)
		snprintf(o.wish.method, sizeof(o.wish.method), "%s", r->method);
	if (err == 0)
		err = take_goals(x, r, &o, d);
	if (err == 0 &&
	    (x->words = mem_strdup(words != NULL ? words : "FILE")) == NULL)
		err = ERR_NOMEM;
	if (err == 0)
		err = search_begin(&x->search, &x->in, &o, d);
	if (err == 0 && o.wish.node[0] != '\0')
		err = trace_check_node(
		    x->search.base.trace, str_of(o.wish.node), d);
	if (err == 0)
		err = search_check_method(&x->search, d);
	return err;
}

int
service_search(struct service *s, const struct service_request *r,
    struct buf *out, struct diag *d)
{
	(void)out;
	return begin_experiment(s, r, service_experiment_begin_search, d);
}

static int
put_search_ladder(struct service_experiment *x, struct buf *out, struct diag *d)
{
	const struct ladder_file_options f = { .width = 0 };
	const struct trace *t = x->search.base.trace;
	struct layout_options o = LAYOUT_OPTIONS;
	struct layout *l = NULL;
	int err;

	search_take_costs(&x->search, &o);
	err = layout_create(&l, t, &o, d);
	if (err == 0)
		err = ladder_file_write("svg", t, l, &f, out, d);
	layout_destroy(l);
	return err;
}

/* Line N of the text is about the run that is made with WORDS. */
static void
service_experiment_put_open(size_t n, const struct buf *words, struct buf *out)
{
	json_open(out, NULL, '{');
	json_put_int(out, "line", (int64_t)n);
	json_put_field(out, "words", str_trim(buf_view(words)));
	buf_putc(out, '}');
}

static void
service_experiment_put_picture(
    const char *name, const struct buf *svg, struct buf *out)
{
	json_open(out, NULL, '{');
	json_put_field(out, "name", str_of(name));
	json_put_field(out, "svg", buf_view(svg));
	buf_putc(out, '}');
}

/* The groups stand behind the head, an empty line and the columns' names. */
static int
put_search_opens(
    const struct search_report *report, struct buf *out, struct diag *d)
{
	LOCAL_BUF head = BUF_INIT, acts = BUF_INIT;
	size_t line = 2;
	int err = 0;

	search_report_head(report, &head);
	for (size_t i = 0; i < head.n; i++)
		line += head.p[i] == '\n';
	json_open(out, "opens", '[');
	for (size_t i = 0; err == 0 && i < report->n; i++) {
		buf_clear(&acts);
		err = search_put_acts(
		    report->s, report->groups[i].example, " --act ", &acts, d);
		service_experiment_put_open(line + i, &acts, out);
	}
	buf_putc(out, ']');
	return err;
}

static int
tell_search(struct service_experiment *x, struct buf *out, struct diag *d)
{
	struct search_report report;
	struct table table = TABLE_INIT;
	LOCAL_BUF text = BUF_INIT, svg = BUF_INIT;
	int err = search_report_make(&report, &x->search);

	if (err == 0)
		err = search_report_table(&report, false, &table, d);
	if (err == 0)
		err = search_report_text(&report, &table, x->words, &text, d);
	json_put_field(out, "text", buf_view(&text));
	if (err == 0)
		err = put_search_opens(&report, out, d);
	if (err == 0)
		err = put_search_ladder(x, &svg, d);
	json_open(out, "pictures", '[');
	service_experiment_put_picture("ladder.svg", &svg, out);
	buf_putc(out, ']');
	search_report_free(&report);
	table_free(&table);
	buf_end(&text, &out->err);
	return err;
}

/* ---- the sweep ---- */

static int
begin_sweep(struct service *s, const struct service_request *r,
    struct service_experiment *x, struct diag *d)
{
	struct service_strings params = { .n = 0 };
	int err = service_experiment_take_branch(s, r, &x->e.in, d);

	x->sweeps = true;
	if (err == 0)
		err = sweep_seeds_read(
		    r->seeds, &x->e.seed_from, &x->e.seed_to, d);
	if (err == 0)
		err = service_take_strings(
		    &params, json_member(r->object, "settings"));
	for (size_t i = 0; err == 0 && i < params.n; i++)
		err = experiment_add_param(&x->e, params.list[i], d);
	service_free_strings(&params);
	if (err == 0)
		err = experiment_settle(&x->e, d);
	return err == 0 ? sweep_runs_create(&x->runs, &x->e) : err;
}

int
service_sweep(struct service *s, const struct service_request *r,
    struct buf *out, struct diag *d)
{
	int err = begin_experiment(s, r, begin_sweep, d);

	if (err == 0)
		json_put_int(out, "of", (int64_t)s->experiment->e.runs);
	return err;
}

/* The next run: its result stands behind the others. */
static int
sweep_next(struct service_experiment *x)
{
	LOCAL_BUF line = BUF_INIT;
	struct sweep_result r;
	int err;

	memset(&r, 0, sizeof(r));
	(void)sweep_run_once(&x->e, x->next, NULL, RECORDS_MOST, &line);
	err = line.err != 0
		  ? ERR_NOMEM
		  : sweep_result_read(&r, x->e.id, str_trim(buf_view(&line)));
	if (err == 0) {
		sweep_runs_take(&x->runs, &r, str_trim(buf_view(&line)));
		buf_str(&x->lines, buf_view(&line));
		x->next++;
		err = x->lines.err;
	}
	sweep_result_free(&r);
	return err;
}

static int
service_experiment_fill_table(
    const struct service_experiment *x, struct sweep_table *t)
{
	struct str rest = buf_view(&x->lines);
	struct sweep_result r;
	int err = 0;

	memset(&r, 0, sizeof(r));
	while (err == 0 && rest.n > 0) {
		err =
		    sweep_result_read(&r, x->e.id, str_cut(rest, '\n', &rest));
		if (err == 0 && r.end == SWEEP_OK)
			err = sweep_table_take(t, &r);
	}
	sweep_result_free(&r);
	sweep_table_settle(t, &x->runs);
	return err;
}

static void
put_sweep_told(const struct service_experiment *x, const struct sweep_table *t,
    struct buf *out)
{
	struct buf text = BUF_INIT;
	char name[64];
	size_t left;

	sweep_table_csv(t, &text);
	json_put_field(out, "csv", buf_view(&text));
	buf_clear(&text);
	sweep_table_text(t, &text);
	buf_putc(&text, '\n');
	sweep_put_counts(&x->runs, &text);
	json_put_field(out, "text", buf_view(&text));
	json_open(out, "opens", '[');
	for (size_t p = 0; p < x->e.points; p++) {
		buf_clear(&text);
		experiment_put_options(&x->e, p, x->e.seed_from, &text);
		service_experiment_put_open(1 + p, &text, out);
	}
	buf_putc(out, ']');
	json_open(out, "pictures", '[');
	buf_clear(&text);
	for (size_t i = 0; sweep_table_plot(t, i, name, &text, &left); i++) {
		service_experiment_put_picture(name, &text, out);
		buf_clear(&text);
	}
	buf_putc(out, ']');
	buf_end(&text, &out->err);
}

static int
tell_sweep(const struct service_experiment *x, struct buf *out)
{
	struct sweep_table t;
	int err = sweep_table_create(&t, &x->e);

	if (err == 0)
		err = service_experiment_fill_table(x, &t);
	if (err == 0)
		put_sweep_told(x, &t, out);
	sweep_table_free(&t);
	return err;
}

/* ---- either ---- */

static int
find_experiment(const struct service *s, struct diag *d)
{
	return s->experiment != NULL
		   ? 0
		   : diag_set(d, ERR_STATE, NULL, 0,
			 _("start a search or a sweep first"));
}

int
service_proceed(struct service *s, const struct service_request *r,
    struct buf *out, struct diag *d)
{
	struct service_experiment *x = s->experiment;
	int err = find_experiment(s, d);

	if (err != 0)
		return err;
	x->looks = 0;
	x->budget = r->budget;
	if (!x->sweeps)
		err = search_go(&x->search, d);
	for (unsigned n = 0; err == 0 && x->sweeps && x->next < x->e.runs &&
			     (r->budget == 0 || n < r->budget);
	     n++)
		err = sweep_next(x);
	json_put_bool(
	    out, "done", x->sweeps ? x->next == x->e.runs : !x->search.stopped);
	json_put_int(
	    out, "runs", (int64_t)(x->sweeps ? x->next : x->search.runs));
	json_put_int(
	    out, "of", (int64_t)(x->sweeps ? x->e.runs : x->search.runs_known));
	return err;
}

int
service_outcome(struct service *s, const struct service_request *r,
    struct buf *out, struct diag *d)
{
	int err = find_experiment(s, d);

	(void)r;
	if (err != 0)
		return err;
	return s->experiment->sweeps ? tell_sweep(s->experiment, out)
				     : tell_search(s->experiment, out, d);
}
