/* A search that is kept in a folder: gone on with, in parts, as a plan. */
#include "cli/search_in.h"

#include "base/err.h"
#include "cli/recording.h"
#include "cli/sweep_in.h"
#include "jobs/program.h"

static bool
is_known(void *arg, const struct search *s, size_t i, struct verdict *v)
{
	return search_keep_known(&((struct search_watch *)arg)->keep, s, i, v);
}

static int
keep_found(void *arg, const struct search *s, size_t i, struct diag *d)
{
	return search_keep_found(&((struct search_watch *)arg)->keep, s, i, d);
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
	cli_complain(((struct search_watch *)arg)->c, d);
}

int
search_keep_begin(struct search_watch *w, struct search *s,
    struct search_origin *from, struct diag *d)
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

/* Runs of the largest sets that a part has, at least; nor fewer than it has of
 * the smaller ones, which all parts make. */
#define PART_LEAST 500

/* Singles are counted, and each may have as many more. */
static void
count_parts(const struct search *s, struct sweep_plan *p)
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

int
search_print_plan(
    const struct search_watch *w, struct search *s, struct diag *d)
{
	const struct search_options o = s->o;
	struct sweep_plan plan = { .command = "search",
		.option = "--folder",
		.memory = SEARCH_MEMORY,
		.run_ns = w->usual_ns,
		.part_ns = (double)w->c->most_ns,
		.bytes = 200 + 20 * o.faults };
	struct buf words = BUF_INIT;
	int err;

	s->o.run = run_none;
	s->o.level = NULL;
	s->o.faults = 1;
	s->o.runs = 0;
	err = search_go(s, d);
	s->o = o;
	count_parts(s, &plan);
	/* What the folder does not say. */
	if (o.runs > 0)
		buf_printf(&words, " --runs=%llu", (unsigned long long)o.runs);
	if (w->c->most_ns > 0)
		buf_printf(
		    &words, " --time=%.9gs", (double)w->c->most_ns / 1e9);
	plan.words = buf_cstr(&words);
	if (err == 0)
		err =
		    cli_print_plan(w->c, w->c->kept_in, w->c->output, &plan, d);
	buf_free(&words);
	return err;
}

/* Something that a kept search has said already. */
static bool
asks_otherwise(const struct cli *c)
{
	return c->faults != 0 || c->kinds != 0 || c->of_node != NULL ||
	       c->method != NULL || c->all || c->nof_run > 0 || c->ntries > 0;
}

/* TEXT, "hss.deregister:user=bob", is an act that is to be tried. */
static int
take_try(const char *text, struct inputs *tried, struct diag *d)
{
	struct buf act = BUF_INIT;
	int err;

	buf_printf(&act, "1:%s", text);
	err =
	    act.err == 0 ? inputs_add_act(tried, buf_cstr(&act), d) : ERR_NOMEM;
	if (err != 0 && err != ERR_NOMEM)
		diag_prefix(d, "--try: ");
	buf_free(&act);
	return err;
}

int
search_take_inputs(struct cli *c, const char *file, struct inputs *in,
    struct search_options *o, struct search_origin *from, struct diag *d)
{
	int err;

	o->wish.tried = &from->tried;
	if (file == NULL && asks_otherwise(c))
		return diag_set(d, ERR_STATE, NULL, 0,
		    _("--folder alone goes on with what was asked before; what "
		      "is tried can't be changed there"));
	if (file == NULL)
		return search_keep_read(c->kept_in, in, o, from, d);
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
