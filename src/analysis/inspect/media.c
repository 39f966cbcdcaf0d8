/* Media of calls, record by record; see inspect/media.h. */
#include "inspect/media.h"

#include "base/addr.h"
#include "base/err.h"
#include "trace/vocab.h"

#define STEPS     16 /* of causes, from media back to a message */
#define TEXT      80
#define PACKET_NS INT64_C(20000000)

static struct str
keep(struct look *l, const struct trace_rec *rec, const char *key)
{
	return inspect_keep(
	    l->in, str_slice(trace_str(rec, key, &l->in->fields), 0, TEXT));
}

static void *
get(struct look *l, size_t size)
{
	void *p = arena_get(l->in->arena, 1, size);

	if (p == NULL)
		l->in->err = ERR_NOMEM;
	return p;
}

static void
put(struct look *l, struct str key, void *p)
{
	if (p != NULL && map_put(l->in->kept, key, p) != 0)
		l->in->err = ERR_NOMEM;
}

/* ---- calls and sides ---- */

static struct media_call *
call_with(struct look *l, struct str call_id)
{
	struct inspect *in = l->in;
	struct media_call *c =
	    map_get(in->kept, inspect_key(in, "media", call_id));

	if (c != NULL || call_id.n == 0)
		return c;
	c = get(l, sizeof(*c));
	put(l, inspect_key(in, "media", call_id), c);
	if (in->err != 0)
		return NULL;
	*c = (struct media_call){ .call = inspect_call_of(in, call_id),
		.call_id = inspect_keep(in, call_id) };
	*in->last_media = c;
	in->last_media = &c->next;
	return c;
}

static struct media_side *
side_of(struct look *l, struct media_call *c, uint32_t node, struct str type)
{
	struct media_side *s = c->sides;

	while (s != NULL && (s->node != node || !str_eq(s->type, type)))
		s = s->next;
	if (s != NULL)
		return s;
	s = get(l, sizeof(*s));
	if (s == NULL)
		return NULL;
	*s = (struct media_side){ .next = c->sides,
		.of = c,
		.node = node,
		.type = inspect_keep(l->in, type) };
	c->sides = s;
	return s;
}

/* The Call-ID of the message that record SEQ comes from, which a run's node has
 * given the name NAME; it is looked for once. */
static struct media_call *
call_of(struct look *l, const struct trace_rec *rec, struct str name)
{
	struct inspect *in = l->in;
	struct media_call *c =
	    map_get(in->kept, inspect_key(in, "media call", name));
	uint64_t seq = rec->cause;

	for (int i = 0; c == NULL && i < STEPS && seq != 0; i++) {
		enum trace_kind kind = trace_kind_of(l->t, seq);
		struct trace_rec from;

		if (kind == TRACE_SEND || kind == TRACE_RECV) {
			trace_get(l->t, seq, &from);
			if (story_read_rec(&in->read, l->t, &from) == 0 &&
			    in->read.sip && in->read.send.call_id.n > 0)
				c = call_with(l, in->read.send.call_id);
		}
		seq = trace_cause_of(l->t, seq);
	}
	if (c != NULL && name.n > 0)
		put(l, inspect_key(in, "media call", name), c);
	return c;
}

/* The side whose record REC is; NULL: of no call that is looked at. */
static struct media_side *
side_at(struct look *l, const struct trace_rec *rec)
{
	struct str name = keep(l, rec, "call"), type = keep(l, rec, "type");
	struct media_call *c = call_of(l, rec, name);

	if (c == NULL || l->in->err != 0 ||
	    (c->call != NULL && c->call->left_out))
		return NULL;
	return side_of(l, c, l->node, type.n > 0 ? type : STR("audio"));
}

/* ---- what is described ---- */

static bool
wants_media(enum msg_sdp_direction d)
{
	return d == MSG_SDP_SENDRECV || d == MSG_SDP_RECVONLY;
}

/* The stream that flows to S is asked to end, or to go on. */
static void
hold_streams(struct look *l, const struct media_side *s)
{
	for (struct media_side *o = s->of->sides; o != NULL; o = o->next) {
		struct media_stream *m = o->streams;

		if (o == s || !str_eq(o->type, s->type) || m == NULL ||
		    m->stop != 0)
			continue;
		m->held = wants_media(s->direction) ? 0 : l->seq;
		m->t_held = l->time;
	}
}

static void
describe_side(struct look *l, struct media_call *c, size_t i)
{
	const struct msg_sdp_media *m = &l->in->sdp->media[i];
	struct media_side *s = side_of(l, c, l->node, m->type);
	struct addr a;
	struct buf at = BUF_INIT;
	struct str value;

	if (s == NULL || m->port == 0 || addr_parse(m->address, &a) != 0)
		return;
	a.port = m->port;
	addr_write(&a, &at);
	if (!str_eq(s->at, buf_view(&at)))
		s->was = s->at;
	s->at = inspect_keep(l->in, buf_view(&at));
	s->described = l->seq;
	s->direction = m->direction;
	s->ptime = 0;
	if (msg_sdp_attribute_find(
		l->in->sdp, (unsigned)i + 1, "ptime", 0, &value))
		str_u32(value, &s->ptime);
	hold_streams(l, s);
	buf_end(&at, &l->in->err);
}

void
media_described(struct look *l)
{
	struct media_call *c;

	if (l->in->err != 0 || l->msg == NULL || l->forwarded ||
	    l->send.call_id.n == 0 || !look_sdp(l))
		return;
	c = call_with(l, l->send.call_id);
	for (size_t i = 0; c != NULL && i < l->in->sdp->nmedia; i++)
		describe_side(l, c, i);
}

/* ---- what flows, and what is heard ---- */

static struct str
ssrc_key(struct look *l, uint32_t ssrc)
{
	char room[24];

	return inspect_key(l->in, "ssrc", inspect_digits(ssrc, room));
}

static void
take_flow(struct look *l, const struct trace_rec *rec, struct media_side *s)
{
	struct media_stream *m = get(l, sizeof(*m));
	uint32_t ssrc = (uint32_t)trace_int(rec, "ssrc", 0);

	if (m == NULL)
		return;
	*m = (struct media_stream){ .next = s->streams,
		.side = s,
		.flow = l->seq,
		.t = l->time,
		.t_end = l->time,
		.ssrc = ssrc,
		.hearer = TRACE_NO_NODE,
		.codec = keep(l, rec, "codec"),
		.peer = keep(l, rec, "peer"),
		.asked = keep(l, rec, "asked"),
		.formats = keep(l, rec, "formats"),
		.type = trace_int(rec, "pt", -1),
		.passed_on = trace_str(rec, "from", &l->in->fields).n > 0,
		.reason =
		    trace_drop_find(trace_str(rec, "reason", &l->in->fields)) };
	m->silent = str_is(trace_str(rec, "sound", &l->in->fields), "silence");
	m->older = map_get(l->in->kept, ssrc_key(l, ssrc));
	for (struct media_stream *o = m->older; o != NULL; o = o->older)
		o->still = false;
	put(l, ssrc_key(l, ssrc), m);
	s->streams = m;
}

static void
take_stop(struct look *l, const struct trace_rec *rec, struct media_side *s)
{
	uint32_t ssrc = (uint32_t)trace_int(rec, "ssrc", 0);
	struct str peer = keep(l, rec, "peer"), codec = keep(l, rec, "codec");
	struct media_stream *m = s->streams;

	while (m != NULL &&
	       (m->ssrc != ssrc || m->stop != 0 || !str_eq(m->peer, peer) ||
		   !str_eq(m->codec, codec)))
		m = m->next;
	if (m == NULL)
		return;
	m->stop = l->seq;
	m->t_end = l->time;
	m->packets = trace_int(rec, "packets", 0);
}

/* Whoever has passed it on has had it from its sender. */
static void
take_hear(struct look *l, const struct trace_rec *rec, struct media_side *s)
{
	uint32_t ssrc = (uint32_t)trace_int(rec, "ssrc", 0);

	if (s->hear == 0)
		s->hear = l->seq;
	s->hears = keep(l, rec, "codec");
	for (struct media_stream *m = map_get(l->in->kept, ssrc_key(l, ssrc));
	     m != NULL; m = m->older) {
		if (m->hear != 0 || m->side == s)
			continue;
		m->hear = l->seq;
		m->hearer = l->node;
	}
}

/* The figures are those of the source since its first packet; after its end
 * there may be another with the same SSRC. */
static void
count_heard(struct media_stream *m, const struct media_side *s, bool ends)
{
	int64_t came = m->ended + s->came + s->lost;

	m->still = !ends && m->came == came;
	m->came = came;
	if (ends)
		m->ended = came;
}

static void
take_heard(struct look *l, const struct trace_rec *rec, struct media_side *s)
{
	uint32_t ssrc = (uint32_t)trace_int(rec, "ssrc", 0);
	struct media_stream *m = map_get(l->in->kept, ssrc_key(l, ssrc));

	s->heard = l->seq;
	s->hears = keep(l, rec, "codec");
	s->came = trace_int(rec, "packets", 0);
	s->lost = trace_int(rec, "lost", 0);
	s->late = trace_int(rec, "late", 0);
	s->mos = trace_int(rec, "mos", 0);
	while (m != NULL && m->hearer != l->node)
		m = m->older;
	if (m == NULL)
		return;
	m->heard = l->seq;
	count_heard(
	    m, s, str_is(trace_str(rec, "op", &l->in->fields), "heard"));
	m->measured = trace_int(rec, "reports", -1) >= 0;
	m->reports = trace_int(rec, "reports", 0);
	m->skew = trace_int(rec, "skew", 0);
	m->ptime = trace_int(rec, "ptime", 0);
	m->silent |= str_is(trace_str(rec, "sound", &l->in->fields), "silence");
}

/* One digit more behind those of its way. */
static void
add_digit(struct look *l, const struct trace_rec *rec, struct str *ways)
{
	bool event = str_is(trace_str(rec, "way", &l->in->fields), "events");
	struct str *digits = &ways[event ? MEDIA_EVENTS : MEDIA_IN_BAND];
	struct buf b = BUF_INIT;

	if (digits->n >= TEXT)
		return;
	buf_str(&b, *digits);
	buf_str(&b, trace_str(rec, "digit", &l->in->fields));
	*digits = inspect_keep(l->in, buf_view(&b));
	buf_end(&b, &l->in->err);
}

static void
take_press(struct look *l, const struct trace_rec *rec, struct media_side *s)
{
	if (s->pressed == 0)
		s->pressed = l->seq;
	add_digit(l, rec, s->digits);
}

static void
take_digit(struct look *l, const struct trace_rec *rec, struct media_side *s)
{
	uint32_t ssrc = (uint32_t)trace_int(rec, "ssrc", 0);
	struct media_stream *m = map_get(l->in->kept, ssrc_key(l, ssrc));

	(void)s;
	for (; m != NULL; m = m->older)
		if (m->hearer == l->node)
			add_digit(l, rec, m->heard_digits);
}

void
media_taken(struct look *l, const struct trace_rec *rec)
{
	static const struct {
		const char *op;
		void (*take)(struct look *l, const struct trace_rec *rec,
		    struct media_side *s);
	} ops[] = {
		{ "flow", take_flow },
		{ "stop", take_stop },
		{ "hear", take_hear },
		{ "quality", take_heard },
		{ "heard", take_heard },
		{ "press", take_press },
		{ "digit", take_digit },
	};
	struct buf op = BUF_INIT;
	struct str word = trace_str(rec, "op", &op);
	struct media_side *s;

	for (size_t i = 0; i < sizeof(ops) / sizeof(ops[0]); i++) {
		if (!str_is(word, ops[i].op))
			continue;
		s = side_at(l, rec);
		if (s != NULL)
			ops[i].take(l, rec, s);
	}
	buf_end(&op, &l->in->err);
}

/* ---- what became of it ---- */

const struct media_side *
media_other(const struct media_side *s)
{
	const struct media_side *other = NULL;

	for (const struct media_side *o = s->of->sides; o != NULL; o = o->next)
		if (o != s && str_eq(o->type, s->type) &&
		    (other == NULL ||
			(other->streams == NULL && o->streams != NULL)))
			other = o;
	return other;
}

static bool
goes_to(const struct media_stream *m, const struct media_side *s)
{
	return s->at.n > 0 && m->side != s &&
	       (str_eq(m->peer, s->at) || str_eq(m->asked, s->at) ||
		   (s->was.n > 0 && str_eq(m->peer, s->was)));
}

const struct media_stream *
media_to(const struct inspect *in, const struct media_side *s)
{
	const struct media_side *other = media_other(s);

	for (const struct media_call *c = in->first_media; c != NULL;
	     c = c->next)
		for (const struct media_side *o = c->sides; o != NULL;
		     o = o->next)
			for (const struct media_stream *m = o->streams;
			     m != NULL; m = m->next)
				if (goes_to(m, s))
					return m;
	return other != NULL ? other->streams : NULL;
}

int64_t
media_unheard(const struct media_stream *m)
{
	int64_t missing = 0;
	bool goes_on = false, still = false;

	if (m->heard == 0 || m->passed_on || m->measured)
		return 0;
	for (const struct media_stream *o = m->side->streams; o != NULL;
	     o = o->next) {
		if (o->ssrc != m->ssrc)
			continue;
		missing += o->packets;
		goes_on |= o->stop == 0;
		if (o->hearer != m->hearer)
			continue;
		missing -= o->came;
		still |= o->still;
	}
	/* As the trace ends it may be heard still: what has come since the last
	 * figures nobody has told. */
	return goes_on && !still ? 0 : missing;
}

/* Its sender is not in the private network to which M goes. */
static bool
is_beyond(const struct media_stream *m)
{
	struct addr to, from;

	return addr_parse(m->peer, &to) == 0 && addr_private(&to) != NULL &&
	       addr_parse(m->side->at, &from) == 0 &&
	       addr_private(&from) != addr_private(&to);
}

struct str
media_digits_heard(const struct media_side *s, enum media_way way)
{
	struct str heard = STR_NULL;

	for (const struct media_stream *m = s->streams; m != NULL; m = m->next)
		if (m->heard_digits[way].n > heard.n)
			heard = m->heard_digits[way];
	return heard;
}

/* M is heard, or what its source has sent there as another codec. */
static bool
is_heard(const struct media_stream *m)
{
	for (const struct media_stream *o = m; o != NULL; o = o->older)
		if (o->hear != 0 && o->side == m->side &&
		    str_eq(o->peer, m->peer))
			return true;
	return false;
}

enum media_cause
media_cause_of(const struct inspect *in, const struct media_side *s)
{
	const struct media_stream *m;

	if (s->hear != 0 || s->described == 0 || !wants_media(s->direction))
		return MEDIA_HEARS;
	m = media_to(in, s);
	if (m == NULL)
		return MEDIA_NOT_SENT;
	/* Behind a box that does not stand between the media. */
	if (is_heard(m))
		return MEDIA_HEARS;
	if (is_beyond(m) || m->reason == TRACE_DROP_PRIVATE)
		return MEDIA_BEYOND;
	if (m->reason != TRACE_DROP_COUNT)
		return MEDIA_LOST;
	return m->asked.n > 0 ? MEDIA_ELSEWHERE : MEDIA_GONE;
}

void
media_put_cause(const struct look *l, const struct media_side *s, struct buf *b)
{
	const struct media_stream *m = media_to(l->in, s);
	const struct media_side *other = media_other(s);
	struct str who = m != NULL       ? trace_name(l->t, m->side->node)
			 : other != NULL ? trace_name(l->t, other->node)
					 : STR_NULL;

	switch (media_cause_of(l->in, s)) {
	case MEDIA_NOT_SENT:
		/* TRANSLATORS: of RTP; a node */
		buf_printf(b, _("%.*s sends nothing"), STR_ARG(who));
		break;
	case MEDIA_BEYOND:
		/* TRANSLATORS: a node, an address of a private network */
		buf_printf(b,
		    _("what %.*s sends to %.*s does not arrive, for that is an "
		      "address of a private network"),
		    STR_ARG(who), STR_ARG(m->peer));
		break;
	case MEDIA_LOST:
		/* TRANSLATORS: a node, an address, why a packet is lost */
		buf_printf(b, _("what %.*s sends to %.*s does not arrive: %s"),
		    STR_ARG(who), STR_ARG(m->peer), trace_drop_text(m->reason));
		break;
	case MEDIA_ELSEWHERE:
		/* TRANSLATORS: a node, two addresses */
		buf_printf(b,
		    _("%.*s sends to %.*s, and its description has %.*s"),
		    STR_ARG(who), STR_ARG(m->peer), STR_ARG(m->asked));
		break;
	case MEDIA_GONE:
		buf_printf(b, _("nothing comes of what %.*s sends to %.*s"),
		    STR_ARG(who), STR_ARG(m->peer));
		break;
	case MEDIA_HEARS:
		break;
	}
}

/* ---- the end ---- */

/* Those of C that go on as the trace ends do so until then. */
static void
end_streams(struct look *l, struct media_call *c)
{
	for (struct media_side *s = c->sides; s != NULL; s = s->next)
		for (struct media_stream *m = s->streams; m != NULL;
		     m = m->next) {
			if (m->stop != 0)
				continue;
			m->t_end = l->in->t_end;
			m->packets = (m->t_end - m->t) / PACKET_NS;
		}
}

static void
look_at_streams(struct look *l, struct media_side *s)
{
	for (struct media_stream *m = s->streams; m != NULL; m = m->next) {
		l->stream = m;
		l->node = s->node;
		l->seq = m->stop != 0 ? m->stop : m->flow;
		l->time = m->t_end;
		inspect_look(l, AT_STREAM);
	}
	l->stream = NULL;
}

void
media_ended(struct look *l)
{
	for (struct media_call *c = l->in->first_media;
	     c != NULL && l->in->err == 0; c = c->next) {
		l->call = c->call;
		end_streams(l, c);
		if (c->call == NULL || c->call->left_out)
			continue;
		for (struct media_side *s = c->sides; s != NULL; s = s->next) {
			look_at_streams(l, s);
			l->side = s;
			l->node = s->node;
			l->seq = s->described;
			l->time = l->seq != 0 ? trace_time_of(l->t, l->seq) : 0;
			if (l->seq != 0)
				inspect_look(l, AT_SIDE);
			l->side = NULL;
		}
		media_put_verdict(l, c);
	}
	l->call = NULL;
}
