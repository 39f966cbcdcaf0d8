/* Which runs have results.  A failure may be due to the machine, so a result of
 * the same run that came to its end takes the place of one that failed. */
#include "sweep/runs.h"

#include "base/err.h"
#include "base/mem.h"
#include "text/utf8.h"

int
sweep_runs_create(struct sweep_runs *r, const struct experiment *e)
{
	memset(r, 0, sizeof(*r));
	r->e = e;
	r->state = mem_zalloc(e->runs, sizeof(*r->state));
	r->digest = mem_zalloc(e->runs, sizeof(*r->digest));
	return r->state != NULL && r->digest != NULL ? 0 : ERR_NOMEM;
}

void
sweep_runs_free(struct sweep_runs *r)
{
	for (size_t i = 0; i < r->nreasons; i++)
		mem_free(r->reasons[i].what);
	mem_free(r->state);
	mem_free(r->digest);
	memset(r, 0, sizeof(*r));
}

const char *
sweep_runs_reason(const struct sweep_runs *r, uint64_t run)
{
	for (size_t i = 0; i < r->nreasons; i++)
		if (r->reasons[i].run == run)
			return r->reasons[i].what;
	return NULL;
}

/* WHAT is why RUN failed, in place of another reason for it; without memory
 * nobody knows. */
static void
keep_reason(struct sweep_runs *r, uint64_t run, struct str what)
{
	size_t at = 0;
	char *copy;

	while (at < r->nreasons && r->reasons[at].run < run)
		at++;
	if (at == SWEEP_REASONS)
		return;
	copy = mem_dup(what.p != NULL ? what.p : "", what.n);
	if (copy == NULL)
		return;
	if (at < r->nreasons && r->reasons[at].run == run) {
		mem_free(r->reasons[at].what);
		r->reasons[at].what = copy;
		return;
	}
	if (r->nreasons == SWEEP_REASONS)
		mem_free(r->reasons[--r->nreasons].what);
	memmove(&r->reasons[at + 1], &r->reasons[at],
	    (r->nreasons - at) * sizeof(r->reasons[0]));
	r->reasons[at] = (struct sweep_reason){ run, copy };
	r->nreasons++;
}

bool
sweep_runs_take(
    struct sweep_runs *r, const struct sweep_result *result, struct str line)
{
	uint64_t run =
	    (result->seed - r->e->seed_from) * r->e->points + result->point;
	uint8_t state = (uint8_t)(result->end + 1), *old = &r->state[run];
	uint32_t digest = (uint32_t)str_hash(str_trim(line));

	if (*old == 0) {
		r->done++;
		r->failed += result->end != SWEEP_OK;
	} else if (*old <= state) {
		if (*old == SWEEP_OK + 1 && *old == state &&
		    r->digest[run] != digest)
			r->differing++;
		return false;
	} else {
		r->failed -= result->end == SWEEP_OK;
	}
	if (result->end != SWEEP_OK)
		keep_reason(r, run, buf_view(&result->what));
	*old = state;
	r->digest[run] = digest;
	return result->end == SWEEP_OK;
}

/* "  --seed=7 --set loss=5%: ended with an error: lab.lua:3: …" */
static void
put_failure(const struct sweep_runs *r, uint64_t run, struct buf *out)
{
	const char *why = sweep_runs_reason(r, run);
	struct buf options = BUF_INIT, line = BUF_INIT;

	experiment_put_options(r->e, experiment_point(r->e, run),
	    experiment_seed(r->e, run), &options);
	/* TRANSLATORS: the options of a run, what became of it */
	buf_printf(&line, _("  %s: %s"), buf_cstr(&options) + 1,
	    sweep_end_text(sweep_runs_end(r, run)));
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
sweep_put_failures(const struct sweep_runs *r, struct buf *out)
{
	uint64_t named = 0;

	for (uint64_t run = 0; run < r->e->runs && named < SWEEP_REASONS;
	     run++) {
		if (!sweep_runs_has(r, run) ||
		    sweep_runs_end(r, run) == SWEEP_OK)
			continue;
		named++;
		put_failure(r, run, out);
	}
	if (named < r->failed)
		buf_printf(out, _("  and %llu more\n"),
		    (unsigned long long)(r->failed - named));
}

void
sweep_put_counts(const struct sweep_runs *r, struct buf *out)
{
	buf_printf(out, _("Runs with a result: %llu of %llu; failed: %llu.\n"),
	    (unsigned long long)r->done, (unsigned long long)r->e->runs,
	    (unsigned long long)r->failed);
	sweep_put_failures(r, out);
	if (r->differing > 0)
		buf_printf(out,
		    _("Runs with two results that differ: %llu; the first "
		      "counts.\n"),
		    (unsigned long long)r->differing);
}
