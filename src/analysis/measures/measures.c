/* The list of attempts: making it in one pass over a trace, and looking at it.
 * What one record does to it stands in measures/measures_take.c. */
#include "measures/measures_in.h"

#include "base/err.h"
#include "base/mem.h"

int
measures_create(struct measures **out)
{
	struct measures *m = mem_zalloc(1, sizeof(*m));

	*out = NULL;
	if (m == NULL)
		return ERR_NOMEM;
	if (map_create(&m->texts) != 0 || map_create(&m->calls) != 0 ||
	    map_create(&m->transactions) != 0 || map_create(&m->latest) != 0 ||
	    map_create(&m->sources) != 0) {
		measures_destroy(m);
		return ERR_NOMEM;
	}
	*out = m;
	return 0;
}

void
measures_destroy(struct measures *m)
{
	if (m == NULL)
		return;
	map_destroy(m->texts);
	map_destroy(m->calls);
	map_destroy(m->transactions);
	map_destroy(m->latest);
	map_destroy(m->sources);
	mem_free(m->list);
	mem_free(m->streams);
	story_free(&m->message);
	buf_free(&m->key);
	mem_free(m);
}

bool
measures_extend(struct measures *m, const struct trace *t, uint64_t max)
{
	uint64_t count = trace_count(t);

	for (; m->err == 0 && max > 0 && m->position < count; max--)
		m->err = measures_take(m, t, ++m->position);
	return m->err == 0 && m->position < count;
}

int
measures_error(const struct measures *m)
{
	return m->err;
}

size_t
measures_count(const struct measures *m)
{
	return m->n;
}

const struct measure *
measures_get(const struct measures *m, size_t i)
{
	return &m->list[i];
}

bool
measure_succeeded(const struct measure *a)
{
	return a->end == MEASURE_ANSWERED && a->status >= 200 &&
	       a->status < 300;
}

bool
measure_failed(const struct measure *a)
{
	return a->end == MEASURE_ANSWERED && a->status >= 400 &&
	       !story_is_challenge(a->status);
}

int64_t
measure_wait(const struct measure *a)
{
	return a->queued && a->t_ended >= 0 ? a->t_ended - a->t : -1;
}

int64_t
measure_delay(const struct measure *a)
{
	int64_t to = a->kind == MEASURE_SESSION ? a->t_told : a->t_ended;

	return to < 0 ? -1 : to - a->t;
}
