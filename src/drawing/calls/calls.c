/*
 * The list of calls: making it in one pass over the `send` records, and looking
 * at it.  What one record does to it stands in calls/calls_take.c.
 */
#include "calls/calls_in.h"

#include "base/err.h"
#include "base/mem.h"

#include <string.h>

const char *
calls_state_word(enum calls_state s)
{
	static const char *const words[] = {
#define X(id, name, word, style) word,
		CALLS_STATES(X)
#undef X
	};

	return i18n_text(words[s]);
}

const char *
calls_state_name(unsigned s)
{
	static const char *const names[] = {
#define X(id, name, word, style) name,
		CALLS_STATES(X)
#undef X
	};

	return s < CALLS_STATE_COUNT ? names[s] : NULL;
}

enum calls_state
calls_state_find(struct str name)
{
	unsigned s = 0;

	while (s < CALLS_STATE_COUNT && !str_is(name, calls_state_name(s)))
		s++;
	return (enum calls_state)s;
}

int
calls_create(struct calls **out)
{
	struct calls *c = mem_zalloc(1, sizeof(*c));

	*out = NULL;
	if (c == NULL)
		return ERR_NOMEM;
	if (map_create(&c->known) != 0 || map_create(&c->names) != 0 ||
	    map_create(&c->store) != 0 || serving_create(&c->serving) != 0) {
		calls_destroy(c);
		return ERR_NOMEM;
	}
	*out = c;
	return 0;
}

void
calls_destroy(struct calls *c)
{
	if (c == NULL)
		return;
	map_destroy(c->known);
	map_destroy(c->names);
	map_destroy(c->store);
	serving_destroy(c->serving);
	mem_free(c->rows);
	mem_free(c->moments);
	mem_free(c->nodes);
	story_free(&c->m);
	buf_free(&c->text);
	mem_free(c);
}

bool
calls_extend(struct calls *c, const struct trace *t, uint64_t max)
{
	uint64_t count = trace_count(t);

	c->err = 0;
	for (; max > 0 && c->position < count; max--) {
		c->err = calls_take(c, t, c->position + 1);
		if (c->err != 0)
			return false;
		c->position++;
		c->now = trace_time_of(t, c->position);
	}
	return c->position < count;
}

/* ---- looking at it ---- */

int
calls_error(const struct calls *c)
{
	return c->err;
}

const uint32_t *
calls_served_by(const struct calls *c, const struct calls_row *row)
{
	return serving_counts(c->serving, row->call_id);
}

size_t
calls_count(const struct calls *c)
{
	return c->nrows;
}

const struct calls_row *
calls_row(const struct calls *c, size_t row)
{
	return &c->rows[row];
}

size_t
calls_find(const struct calls *c, struct str call_id)
{
	return (size_t)(uintptr_t)map_get(c->known, call_id) - 1;
}

size_t
calls_in_state(const struct calls *c, enum calls_state s)
{
	return c->in_state[s];
}

uint64_t
calls_position(const struct calls *c)
{
	return c->position;
}

struct str
calls_node(const struct calls *c, const struct calls_row *row, size_t i)
{
	return c->nodes[row->nodes[i]];
}

int64_t
calls_delay(const struct calls_row *row)
{
	return row->told >= 0 ? row->told - row->t : -1;
}

int64_t
calls_talk(const struct calls *c, const struct calls_row *row)
{
	if (row->talk_from < 0)
		return -1;
	return (row->talk_to >= 0 ? row->talk_to : c->now) - row->talk_from;
}
