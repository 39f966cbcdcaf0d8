/*
 * Media in the state: what each side of a call has agreed on and sends, and
 * which sources it hears (docs/TRACE.md, `media`).  The state keeps the numbers
 * of the records that tell, and what tells the streams apart.
 */
#include "trace/state_at_in.h"

#include "base/err.h"

/* One record on its way into the state. */
struct taking {
	struct state_at *f;
	struct str node;
	uint32_t owner;
	uint64_t seq;
	int64_t t, ssrc, packets;
	struct str op, call, type, peer, codec, direction, from, sound;
	struct str source; /* the SSRC as it stands */
	bool control;      /* of RTCP alone */
};

/* What names what a side sends: of a run a stream of each type, of a capture,
 * which tells no types, one of each SSRC. */
static struct str
state_at_media_stream_of(const struct taking *k)
{
	return k->type.n > 0 ? k->type : k->source;
}

/* NULL: there is none. */
static struct state_at_media *
find_media(struct taking *k)
{
	struct state_at_table *table = &k->f->tables[MEDIA];
	struct media_entry *e;
	bool made;

	if (state_at_table_find(
		table, k->node, k->call, state_at_media_stream_of(k)) == NULL)
		return NULL;
	e = state_at_table_put(table, k->owner, k->node, k->call,
	    state_at_media_stream_of(k), &made);
	return e != NULL ? &e->v : NULL;
}

/* NULL: without memory. */
static struct state_at_media *
state_at_media_make(struct taking *k)
{
	struct media_entry *e;
	bool made;

	e = state_at_table_put(&k->f->tables[MEDIA], k->owner, k->node, k->call,
	    state_at_media_stream_of(k), &made);
	if (e != NULL && made)
		e->v = (struct state_at_media){ .node = k->node,
			.call = k->call,
			.type = k->type,
			.ssrc = -1,
			.since = k->t };
	return e != NULL ? &e->v : NULL;
}

static int
state_at_media_take_agree(struct taking *k)
{
	struct state_at_media *v = state_at_media_make(k);

	if (v == NULL)
		return ERR_NOMEM;
	v->agree = k->seq;
	v->stop = v->way = 0;
	v->cut = false;
	v->peer = k->peer;
	v->direction = k->direction;
	v->codec = k->codec;
	if (v->flow == 0)
		v->since = k->t;
	return 0;
}

static int
state_at_media_take_flow(struct taking *k)
{
	struct state_at_media *v = state_at_media_make(k);

	if (v == NULL)
		return ERR_NOMEM;
	v->flow = k->seq;
	v->stop = 0;
	v->goes = k->peer;
	v->from = k->from;
	v->sound = k->sound;
	v->say = 0;
	v->codec = k->codec;
	v->ssrc = k->ssrc;
	v->since = k->t;
	return 0;
}

static int
state_at_media_take_stop(struct taking *k)
{
	struct state_at_media *v = find_media(k);

	if (v == NULL)
		return 0;
	if (v->agree == 0 || state_at_find_call(k->f, k->node, k->call) == NULL)
		return state_at_table_remove(&k->f->tables[MEDIA], k->node,
		    k->call, state_at_media_stream_of(k));
	v->flow = 0;
	v->stop = k->seq;
	v->goes = STR_NULL;
	v->since = k->t;
	return 0;
}

static int
state_at_media_take_say(struct taking *k)
{
	struct state_at_media *v = find_media(k);

	if (v != NULL) {
		v->sound = k->sound;
		v->say = k->seq;
	}
	return 0;
}

static int
state_at_media_take_way(struct taking *k)
{
	struct state_at_media *v = k->control ? NULL : find_media(k);

	if (v != NULL) {
		v->way = k->seq;
		v->cut =
		    str_is(k->op, "disconnect") || str_is(k->op, "unreachable");
	}
	return 0;
}

static int
state_at_media_take_report(struct taking *k)
{
	struct state_at_media *v = find_media(k);

	if (v != NULL)
		v->report = k->seq;
	return 0;
}

static int
state_at_media_take_hear(struct taking *k)
{
	struct state_at_media *v = find_media(k);
	struct source_entry *e;
	bool made;

	if (v != NULL)
		v->still = 0;
	e = state_at_table_put(&k->f->tables[SOURCES], k->owner, k->node,
	    k->call, k->source, &made);
	if (e == NULL)
		return ERR_NOMEM;
	e->v = (struct state_at_source){ .node = k->node,
		.call = k->call,
		.type = k->type,
		.peer = k->peer,
		.codec = k->codec,
		.ssrc = k->ssrc,
		.hear = k->seq,
		.since = k->t };
	return 0;
}

/* The source that the record is about, to be changed, into *E: NULL where it is
 * not known, with 0, or ERR_NOMEM. */
static int
change_source(struct taking *k, struct source_entry **e)
{
	bool made;

	*e = NULL;
	if (state_at_table_find(
		&k->f->tables[SOURCES], k->node, k->call, k->source) == NULL)
		return 0;
	*e = state_at_table_put(&k->f->tables[SOURCES], k->owner, k->node,
	    k->call, k->source, &made);
	return *e != NULL ? 0 : ERR_NOMEM;
}

static int
take_quality(struct taking *k)
{
	struct source_entry *e;
	int err;

	err = change_source(k, &e);
	if (e == NULL)
		return err;
	if (e->v.quality == 0 || k->packets != e->v.packets)
		e->v.still = e->v.silent ? e->v.still : 0;
	else if (e->v.still == 0)
		e->v.still = k->seq;
	e->v.quality = k->seq;
	e->v.packets = k->packets;
	return 0;
}

/* It falls silent, or comes again. */
static int
state_at_media_take_still(struct taking *k)
{
	struct state_at_media *v = find_media(k);
	bool still = str_is(k->op, "still");
	struct source_entry *e;
	int err;

	if (v != NULL)
		v->still = still ? k->seq : 0;
	err = change_source(k, &e);
	if (e == NULL)
		return err;
	e->v.silent = still;
	e->v.still = still ? k->seq : 0;
	return 0;
}

static int
state_at_media_take_heard(struct taking *k)
{
	return state_at_table_remove(
	    &k->f->tables[SOURCES], k->node, k->call, k->source);
}

/* By the record's `op`. */
static const struct {
	const char *op;
	int (*take)(struct taking *k);
} ops[] = {
	{ "agree", state_at_media_take_agree },
	{ "flow", state_at_media_take_flow },
	{ "stop", state_at_media_take_stop },
	{ "say", state_at_media_take_say },
	{ "report", state_at_media_take_report },
	{ "connect", state_at_media_take_way },
	{ "disconnect", state_at_media_take_way },
	{ "choose", state_at_media_take_way },
	{ "unreachable", state_at_media_take_way },
	{ "hear", state_at_media_take_hear },
	{ "quality", take_quality },
	{ "still", state_at_media_take_still },
	{ "again", state_at_media_take_still },
	{ "heard", state_at_media_take_heard },
};

int
state_at_media_step(struct state_at *f, uint64_t seq, uint32_t owner)
{
	static const struct str keys[] = { STR_INIT("op"), STR_INIT("call"),
		STR_INIT("type"), STR_INIT("peer"), STR_INIT("codec"),
		STR_INIT("direction"), STR_INIT("from"), STR_INIT("sound"),
		STR_INIT("ssrc"), STR_INIT("packets"), STR_INIT("control") };
	struct taking k = { .f = f,
		.node = trace_name(f->trace, trace_node_of(f->trace, seq)),
		.owner = owner,
		.seq = seq,
		.t = trace_time_of(f->trace, seq) };
	struct str *const texts[] = { &k.op, &k.call, &k.type, &k.peer,
		&k.codec, &k.direction, &k.from, &k.sound };
	struct json_value v[COUNT_OF(keys)];
	int err = 0;

	trace_members_of(f->trace, seq, keys, COUNT_OF(keys), v);
	for (size_t i = 0; i < COUNT_OF(texts) && err == 0; i++)
		err = state_at_text(f, v[i], texts[i]);
	k.source = v[8].type == JSON_NUMBER ? v[8].raw : STR_NULL;
	k.ssrc = json_int_or(v[8], -1);
	k.packets = json_int_or(v[9], -1);
	k.control = str_is(v[10].raw, "true");
	for (size_t i = 0; i < COUNT_OF(ops) && err == 0; i++)
		if (str_is(k.op, ops[i].op))
			return ops[i].take(&k);
	return err;
}

int
state_at_media_end(struct state_at *f, struct str node, struct str call)
{
	const struct str types[] = { STR("audio"), STR("video") };
	const struct media_entry *e;
	int err = 0;

	for (size_t i = 0; i < COUNT_OF(types) && err == 0; i++) {
		e = state_at_table_find(
		    &f->tables[MEDIA], node, call, types[i]);
		/* What still flows has its `stop` ahead. */
		if (e != NULL && e->v.flow == 0)
			err = state_at_table_remove(
			    &f->tables[MEDIA], node, call, types[i]);
	}
	return err;
}
