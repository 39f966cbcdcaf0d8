/* A search that is kept in a folder: gone on with, in parts, as a plan. */
#include "cli/search_in.h"

#include "base/err.h"
#include "base/shell.h"
#include "cli/recording.h"
#include "cli/sweep_in.h"

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
    const struct search_origin *from, struct diag *d)
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

int
search_print_plan(struct cli *c, struct search *s, struct diag *d)
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

/* Something that a kept search has said already. */
static bool
asks_otherwise(const struct cli *c)
{
	return c->faults != 0 || c->kinds != 0 || c->of_node != NULL ||
	       c->method != NULL || c->all || c->nsettings > 0 ||
	       c->nacts > 0 || c->has_seed || c->has_detail || c->until_ns != 0;
}

int
search_take_inputs(struct cli *c, const char *file, struct inputs *in,
    struct search_options *o, struct search_origin *from, struct diag *d)
{
	int err;

	if (file == NULL && asks_otherwise(c))
		return diag_set(d, ERR_STATE, NULL, 0,
		    _("--folder alone goes on with what was asked before; what "
		      "is tried can't be changed there"));
	if (file == NULL)
		return search_keep_read(c->kept_in, in, o, from, d);
	err = recording_inputs(c, file, in, d);
	if (in->detail < TRACE_PROTOCOL)
		in->detail = TRACE_PROTOCOL;
	buf_puts(&from->file, file);
	shell_put_word(&from->words, file);
	cli_put_run_words(c, &from->words);
	return err;
}
