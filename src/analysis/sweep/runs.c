/* Which runs have results.  A failure may be due to the machine, so a result of
 * the same run that came to its end takes the place of one that failed. */
#include "sweep/runs.h"

#include "base/err.h"
#include "base/mem.h"

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
