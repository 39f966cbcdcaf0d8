/* Which calls are looked at: those that somebody names, or a sample: the calls
 * whose Call-IDs come first in the order of their hashes. */
#include "inspect/inspect_in.h"

#include "base/err.h"

#include <stdlib.h>

static int
note_calls(struct inspect *in, const struct trace *t)
{
	for (uint64_t seq = 1; in->err == 0 && seq <= trace_count(t); seq++) {
		struct trace_rec rec;
		struct str id;

		if (trace_kind_of(t, seq) != TRACE_SEND)
			continue;
		trace_get(t, seq, &rec);
		id = trace_str(&rec, "call_id", &in->fields);
		if (id.n > 0)
			inspect_call_of(in, id);
	}
	return in->err;
}

static int
compare_hashes(const void *a, const void *b)
{
	const uint64_t *x = a, *y = b;

	return *x < *y ? -1 : *x > *y;
}

static void
draw_calls(struct inspect *in, const uint64_t *sorted, uint64_t most)
{
	size_t at = 0;
	struct str id;
	void *value;

	while (map_next(in->calls, &at, &id, &value)) {
		struct call *c = value;

		c->left_out = str_hash(id) > sorted[most - 1];
	}
}

static bool
is_chosen_call(const struct inspect_source *from, struct str id)
{
	for (size_t i = 0; i < from->nonly; i++)
		if (str_starts(id, from->only[i]))
			return true;
	return false;
}

/* Leaves out what FROM does not name; how many it does. */
static uint64_t
leave_others(struct inspect *in, const struct inspect_source *from)
{
	uint64_t named = 0;
	size_t at = 0;
	struct str id;
	void *value;

	while (map_next(in->calls, &at, &id, &value)) {
		struct call *c = value;

		c->left_out = !is_chosen_call(from, id);
		named += !c->left_out;
	}
	return named;
}

/* Of some calls that somebody has named. */
static int
choose_named(struct inspect *in, const struct trace *t,
    const struct inspect_source *from)
{
	struct inspect_file *file = &in->report.files[in->report.nfiles - 1];

	if (note_calls(in, t) != 0)
		return in->err;
	file->named = true;
	file->sampled = map_count(in->calls);
	if (from->nonly > 0) {
		file->calls = file->sampled;
		file->sampled = leave_others(in, from);
	}
	return 0;
}

int
inspect_choose_calls(struct inspect *in, const struct trace *t,
    const struct inspect_source *from)
{
	struct inspect_file *file = &in->report.files[in->report.nfiles - 1];
	uint64_t *hash;
	size_t at = 0, n = 0;
	struct str id;
	void *value;

	if (from->nonly > 0 || (from->calls > 0 && from->sampled == 0))
		return choose_named(in, t, from);
	if (in->sample == 0 || file->calls != 0 || note_calls(in, t) != 0)
		return in->err;
	file->calls = map_count(in->calls);
	file->sampled = file->calls;
	if (file->calls <= in->sample)
		return 0;
	hash = arena_get(in->arena, (size_t)file->calls, sizeof(*hash));
	if (hash == NULL)
		return ERR_NOMEM;
	while (map_next(in->calls, &at, &id, &value))
		hash[n++] = str_hash(id);
	qsort(hash, n, sizeof(*hash), compare_hashes);
	draw_calls(in, hash, in->sample);
	file->sampled = in->sample;
	return 0;
}
