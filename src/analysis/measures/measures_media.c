/*
 * How media came, by the records of whoever heard them.  What a record counts,
 * it counts since the source's first packet (RFC 3550 A.3, A.8), so that each
 * takes the place of the one before.
 */
#include "measures/measures_in.h"

#include "base/array.h"
#include "base/err.h"

/* Whose source it is: a call's, so that an SSRC that comes again in another one
 * is another source. */
static struct str
source_key(struct measures *m, const struct trace_rec *rec, uint32_t node)
{
	uint32_t head[2] = { node, (uint32_t)trace_int(rec, "ssrc", 0) };
	struct str call = trace_str(rec, "call", &m->message.fields);

	buf_clear(&m->key);
	buf_add(&m->key, (const char *)head, sizeof(head));
	buf_str(&m->key, call);
	return buf_view(&m->key);
}

static int
find_stream(struct measures *m, struct str key, struct measure_stream **out)
{
	uintptr_t at = (uintptr_t)map_get(m->sources, key);

	if (m->key.err != 0)
		return ERR_NOMEM;
	if (at == 0) {
		if (ARRAY_ROOM(&m->streams, &m->streams_cap, m->nstreams + 1) !=
			0 ||
		    map_put(m->sources, key,
			(void *)(uintptr_t)(m->nstreams + 1)) != 0)
			return ERR_NOMEM;
		at = ++m->nstreams;
		m->streams[at - 1] = (struct measure_stream){ .mos1000 = -1 };
	}
	*out = &m->streams[at - 1];
	return 0;
}

static int64_t
count_of(const struct trace_rec *rec, const char *key)
{
	int64_t n = trace_int(rec, key, 0);

	return n > 0 ? n : 0;
}

static const char *const scales[] = {
#define X(id, word) word,
	MEASURE_SCALES(X)
#undef X
};

const char *
measure_scale_word(enum measure_scale s)
{
	return scales[s];
}

static enum measure_scale
scale_of(const struct trace_rec *rec, struct buf *scratch)
{
	struct str word = trace_str(rec, "scale", scratch);
	unsigned s = MEASURE_SCALE_COUNT - 1;

	while (s > 0 && !str_is(word, scales[s]))
		s--;
	return (enum measure_scale)s;
}

int
measures_take_media(struct measures *m, const struct trace *t, uint64_t seq)
{
	struct measure_stream *s;
	struct trace_rec rec;
	struct str op;
	int err;

	trace_get(t, seq, &rec);
	op = trace_str(&rec, "op", &m->message.fields);
	if (!str_is(op, "quality") && !str_is(op, "heard"))
		return 0;
	err = find_stream(m, source_key(m, &rec, trace_node_of(t, seq)), &s);
	/* What straggles in after the end is counted anew. */
	if (err == 0 && count_of(&rec, "packets") >= s->packets)
		*s = (struct measure_stream){ .node = trace_node_of(t, seq),
			.packets = count_of(&rec, "packets"),
			/* Duplicates make fewer than none. */
			.lost = count_of(&rec, "lost"),
			.late = count_of(&rec, "late"),
			.jitter_ns = count_of(&rec, "jitter"),
			.mos1000 = trace_int(&rec, "mos", -1),
			.scale = scale_of(&rec, &m->message.fields) };
	return err;
}

size_t
measures_streams(const struct measures *m)
{
	return m->nstreams;
}

const struct measure_stream *
measures_stream(const struct measures *m, size_t i)
{
	return &m->streams[i];
}

double
measure_stream_share(const struct measure_stream *s, int64_t n)
{
	double sent = (double)s->packets + (double)s->lost;

	return sent > 0 ? (double)n / sent : 0;
}
