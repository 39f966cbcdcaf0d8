/* Media of calls, record by record; see inspect/media.h. */
#include "inspect/media.h"

#include "base/addr.h"
#include "base/err.h"
#include "msg/bodies.h"
#include "trace/vocab.h"
#include "follower/hearing.h"

#define STEPS     16 /* of causes, from media back to a message */
#define TEXT      80
#define PACKET_NS INT64_C(20000000)

static struct str
media_side_keep(
    struct inspected_message *l, const struct trace_rec *rec, const char *key)
{
	return inspect_keep(
	    l->in, str_slice(trace_str(rec, key, &l->in->fields), 0, TEXT));
}

static void *
media_side_get(struct inspected_message *l, size_t size)
{
	void *p = arena_get(l->in->arena, 1, size);

	if (p == NULL)
		l->in->err = ERR_NOMEM;
	return p;
}

/* ---- calls and sides ---- */

static struct media_call *
call_with(struct inspected_message *l, struct str call_id)
{
	struct inspect *in = l->in;
	struct media_call *c = kept_media(in, inspect_key(in, call_id));

	if (c != NULL || call_id.n == 0)
		return c;
	c = media_side_get(l, sizeof(*c));
	keep_media(in, inspect_key(in, call_id), c);
	if (in->err != 0)
		return NULL;
	*c = (struct media_call){ .call = inspect_call_of(in, call_id),
		.call_id = inspect_keep(in, call_id) };
	*in->last_media = c;
	in->last_media = &c->next;
	return c;
}

static struct media_side *
media_side_of(struct inspected_message *l, struct media_call *c, uint32_t node,
    struct str type)
{
	struct media_side *s = c->sides;

	while (s != NULL && (s->node != node || !str_eq(s->type, type)))
		s = s->next;
	if (s != NULL)
		return s;
	s = media_side_get(l, sizeof(*s));
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
media_side_call_of(
    struct inspected_message *l, const struct trace_rec *rec, struct str name)
{
	struct inspect *in = l->in;
	struct media_call *c = kept_media_name(in, inspect_key(in, name));
	uint64_t seq = rec->cause;

	for (int i = 0; c == NULL && i < STEPS && seq != 0; i++) {
		enum trace_kind kind = trace_kind_of(l->t, seq);
		struct trace_rec from;

		if (kind == TRACE_SEND || kind == TRACE_RECV) {
			trace_get(l->t, seq, &from);
			if (sent_message_read_record(&in->read, l->t, &from) ==
				0 &&
			    in->read.sip && in->read.send.call_id.n > 0)
				c = call_with(l, in->read.send.call_id);
		}
		seq = trace_cause_of(l->t, seq);
	}
	if (c != NULL && name.n > 0)
		keep_media_name(in, inspect_key(in, name), c);
	return c;
}

/* After a restart its names are given again.  A caller has the name before the
 * message, which another call may cause. */
void
media_named(struct inspected_message *l, const struct trace_rec *rec)
{
	struct str name;

	if (!l->in->has_media)
		return;
	name = media_side_keep(l, rec, "id");
	if (str_is(trace_str(rec, "from", &l->in->fields), "idle"))
		forget_media_name(l->in, inspect_key(l->in, name));
	if (!str_is(trace_str(rec, "state", &l->in->fields), "calling"))
		media_side_call_of(l, rec, name);
}

/* The side whose record REC is; NULL: of no call that is inspected. */
static struct media_side *
side_at(struct inspected_message *l, const struct trace_rec *rec)
{
	struct str name = media_side_keep(l, rec, "call"),
		   type = media_side_keep(l, rec, "type");
	struct media_call *c = media_side_call_of(l, rec, name);

	if (c == NULL || l->in->err != 0 ||
	    (c->call != NULL && c->call->left_out))
		return NULL;
	return media_side_of(l, c, l->node, type.n > 0 ? type : STR("audio"));
}

/* ---- descriptions ---- */

/* The stream that flows to S is asked to end, or to go on. */
static void
hold_streams(struct inspected_message *l, const struct media_side *s)
{
	for (struct media_side *o = s->of->sides; o != NULL; o = o->next) {
		struct media_stream *m = o->streams;

		if (o == s || !str_eq(o->type, s->type) || m == NULL ||
		    m->stop != 0)
			continue;
		m->held = media_is_wanted(s) ? 0 : l->seq;
		m->t_held = l->time;
	}
}

static void
describe_side(struct inspected_message *l, struct media_call *c, size_t i)
{
	const struct msg_sdp_media *m = &l->in->sdp->media[i];
	struct media_side *s = media_side_of(l, c, l->node, m->type);
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
	s->t = l->time;
	if (!media_is_box(l->in, l->node))
		keep_described(l->in, inspect_key(l->in, s->at), s);
	s->direction = m->direction;
	s->secret = str_find(m->proto, "SAVP") >= 0;
	s->ptime = 0;
	if (msg_sdp_attribute_find(
		l->in->sdp, (unsigned)i + 1, "ptime", 0, &value))
		str_u32(value, &s->ptime);
	hold_streams(l, s);
	buf_end(&at, &l->in->err);
}

/* Appends DIGIT to *DIGITS. */
static void
add_digit(struct inspected_message *l, struct str digit, struct str *digits)
{
	struct buf b = BUF_INIT;

	if (digits->n >= TEXT)
		return;
	buf_str(&b, *digits);
	buf_str(&b, digit);
	*digits = inspect_keep(l->in, buf_view(&b));
	buf_end(&b, &l->in->err);
}

/* That L's message, an INFO, has in its body; empty: it has none. */
static struct str
digit_of(const struct inspected_message *l)
{
	return l->msg->request && l->msg->method == MSG_INFO
		   ? msg_digit(l->msg, NULL)
		   : STR_NULL;
}

void
media_sent(struct inspected_message *l)
{
	struct media_call *c;
	struct media_side *s;
	struct str digit;

	if (l->in->err != 0 || !l->in->has_media || l->msg == NULL ||
	    l->forwarded || l->send.call_id.n == 0)
		return;
	digit = digit_of(l);
	if (digit.n == 0 && !inspected_sdp(l))
		return;
	c = call_with(l, l->send.call_id);
	for (size_t i = 0; c != NULL && digit.n == 0 && i < l->in->sdp->nmedia;
	     i++)
		describe_side(l, c, i);
	s = c != NULL && digit.n > 0 && l->tx != NULL &&
		    l->tx->request == l->seq
		? media_side_of(l, c, l->node, STR("audio"))
		: NULL;
	if (s != NULL)
		add_digit(l, digit, &s->digits[MEDIA_INFO]);
}

void
media_came(struct inspected_message *l)
{
	struct media_call *c;
	struct str digit;

	if (l->in->err != 0 || !l->in->has_media || l->msg == NULL ||
	    l->tx == NULL || l->tx->arrived != l->seq)
		return;
	digit = digit_of(l);
	c = digit.n > 0 ? kept_media(l->in, inspect_key(l->in, l->send.call_id))
			: NULL;
	/* A node that only forwards it describes nothing. */
	for (struct media_side *s = c != NULL ? c->sides : NULL; s != NULL;
	     s = s->next)
		if (s->node == l->node && str_is(s->type, "audio"))
			add_digit(l, digit, &s->informed);
}

/* ---- streams and reception ---- */

static struct str
ssrc_key(struct inspect *in, uint32_t ssrc)
{
	char room[24];

	return inspect_key(in, inspect_digits(ssrc, room));
}

const struct media_stream *
media_last_of_ssrc(struct inspect *in, uint32_t ssrc)
{
	return kept_source(in, ssrc_key(in, ssrc));
}

const struct media_stream *
media_last_to(struct inspect *in, struct str at)
{
	return kept_to(in, inspect_key(in, at));
}

const struct media_side *
media_described_at(struct inspect *in, struct str at)
{
	return kept_described(in, inspect_key(in, at));
}

/* A capture knows of no flow what it says. */
static void
media_side_take_say(struct inspected_message *l, const struct trace_rec *rec,
    struct media_side *s)
{
	struct str sound = trace_str(rec, "sound", &l->in->fields);

	s->speaks |= sound.n > 0 && !str_is(sound, "silence");
}

static void
media_side_take_flow(struct inspected_message *l, const struct trace_rec *rec,
    struct media_side *s)
{
	struct media_stream *m = media_side_get(l, sizeof(*m));
	uint32_t ssrc = (uint32_t)trace_int(rec, "ssrc", 0);

	if (m == NULL)
		return;
	media_side_take_say(l, rec, s);
	*m = (struct media_stream){ .next = s->streams,
		.side = s,
		.flow = l->seq,
		.t = l->time,
		.t_end = l->time,
		.ssrc = ssrc,
		.hearer = TRACE_NO_NODE,
		.share = -1,
		.codec = media_side_keep(l, rec, "codec"),
		.peer = media_side_keep(l, rec, "peer"),
		.asked = media_side_keep(l, rec, "asked"),
		.formats = media_side_keep(l, rec, "formats"),
		.type = trace_int(rec, "pt", -1),
		.passed_on = trace_str(rec, "from", &l->in->fields).n > 0,
		.reason =
		    trace_drop_find(trace_str(rec, "reason", &l->in->fields)) };
	m->silent = str_is(trace_str(rec, "sound", &l->in->fields), "silence");
	if (!str_is(s->type, "image"))
		m->older = kept_source(l->in, ssrc_key(l->in, ssrc));
	for (struct media_stream *o = m->older; o != NULL; o = o->older)
		o->still = false;
	if (!str_is(s->type, "image"))
		keep_source(l->in, ssrc_key(l->in, ssrc), m);
	m->older_to = kept_to(l->in, inspect_key(l->in, m->peer));
	keep_to(l->in, inspect_key(l->in, m->peer), m);
	s->streams = m;
}

static void
media_side_take_stop(struct inspected_message *l, const struct trace_rec *rec,
    struct media_side *s)
{
	uint32_t ssrc = (uint32_t)trace_int(rec, "ssrc", 0);
	struct str peer = media_side_keep(l, rec, "peer"),
		   codec = media_side_keep(l, rec, "codec");
	struct media_stream *m = s->streams;

	while (m != NULL &&
	       (m->ssrc != ssrc || m->stop != 0 || !str_eq(m->peer, peer) ||
		   !str_eq(m->codec, codec)))
		m = m->next;
	if (m == NULL)
		return;
	m->stop = l->seq;
	if (l->node < l->in->node_n && l->in->node[l->node].crash == rec->cause)
		m->crash = rec->cause;
	m->t_end = l->time;
	m->packets = trace_int(rec, "packets", 0);
	m->octets = trace_int(rec, "octets", 0);
}

/* What REC's source is heard as. */
static struct str
media_side_name_codec(struct inspected_message *l, const struct trace_rec *rec)
{
	struct str codec = media_side_keep(l, rec, "codec");
	struct buf b = BUF_INIT, type = BUF_INIT;

	if (codec.n > 0)
		return codec;
	buf_i64(&type, trace_int(rec, "pt", 0));
	/* TRANSLATORS: of RTP; "payload type 97" */
	buf_printf(&b, _("payload type %s"), buf_cstr(&type));
	codec = inspect_keep(l->in, buf_view(&b));
	buf_end(&type, &l->in->err);
	buf_end(&b, &l->in->err);
	return codec;
}

/* A node that has forwarded it has had it from its sender. */
static void
media_side_take_hear(struct inspected_message *l, const struct trace_rec *rec,
    struct media_side *s)
{
	uint32_t ssrc = (uint32_t)trace_int(rec, "ssrc", 0);

	s->still = 0;
	if (s->hear == 0)
		s->hear = l->seq;
	if (s->hears.n == 0)
		s->hears = media_side_name_codec(l, rec);
	for (struct media_stream *m = kept_source(l->in, ssrc_key(l->in, ssrc));
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
count_heard(struct media_stream *m, int64_t n, bool ends)
{
	int64_t came = m->ended + n;

	m->still = !ends && m->came == came;
	m->came = came;
	if (ends)
		m->ended = came;
}

/* Packets of a stranger (not KNOWN) are no figures of the call. */
static void
take_figures(struct inspected_message *l, const struct trace_rec *rec,
    struct media_side *s, bool known)
{
	uint32_t ssrc = (uint32_t)trace_int(rec, "ssrc", 0);
	struct str from = media_side_keep(l, rec, "peer");
	int64_t came = trace_int(rec, "packets", 0);

	if (!known && came > s->strange) {
		s->stranger = from;
		s->strange = came;
	}
	if (s->heard != 0 &&
	    (known < s->known ||
		(known == s->known && came < s->came &&
		    (s->ssrc != ssrc || !str_eq(s->from, from)))))
		return;
	s->heard = l->seq;
	s->known = known;
	s->ssrc = ssrc;
	s->from = from;
	s->hears = media_side_name_codec(l, rec);
	s->came = came;
	s->lost = trace_int(rec, "lost", 0);
	s->late = trace_int(rec, "late", 0);
	s->mos = trace_int(rec, "mos", 0);
	s->scale = hearing_scale(rec);
}

/* A side of S's call that tells nothing of what it sends, such as a real
 * program, has described FROM as the place where it takes media: it sends from
 * there (RFC 4961). */
static bool
is_described(const struct media_side *s, struct str from)
{
	for (const struct media_side *o = s->of->sides; o != NULL; o = o->next)
		if (o != s && o->streams == NULL && o->at.n > 0 &&
		    str_eq(o->at, from))
			return true;
	return false;
}

static void
media_side_take_heard(struct inspected_message *l, const struct trace_rec *rec,
    struct media_side *s)
{
	uint32_t ssrc = (uint32_t)trace_int(rec, "ssrc", 0);
	struct media_stream *m = kept_source(l->in, ssrc_key(l->in, ssrc));

	take_figures(l, rec, s,
	    m != NULL ||
		is_described(s, trace_str(rec, "peer", &l->in->fields)));
	while (m != NULL && m->hearer != l->node)
		m = m->older;
	if (m == NULL)
		return;
	m->heard = l->seq;
	count_heard(m, trace_int(rec, "packets", 0) + trace_int(rec, "lost", 0),
	    str_is(trace_str(rec, "op", &l->in->fields), "heard"));
	m->measured = trace_int(rec, "reports", -1) >= 0;
	m->reports = trace_int(rec, "reports", 0);
	m->skew = trace_int(rec, "skew", 0);
	m->bases = trace_int(rec, "bases", 0);
	m->ptime = trace_int(rec, "ptime", 0);
	m->silent |= str_is(trace_str(rec, "sound", &l->in->fields), "silence");
}

/* A source falls silent, or comes again. */
static void
media_side_take_still(struct inspected_message *l, const struct trace_rec *rec,
    struct media_side *s)
{
	struct buf *room = &l->in->fields;

	s->still = str_is(trace_str(rec, "op", room), "still") ? l->seq : 0;
	s->t_still = l->time;
	s->still_ssrc = (uint32_t)trace_int(rec, "ssrc", 0);
	s->why = trace_drop_find(trace_str(rec, "reason", room));
	s->unagreed = str_is(trace_str(rec, "reason", room), "payload");
	s->where = media_side_keep(l, rec, "where");
}

/* What a capture has of who gets the stream. */
static void
media_side_take_report(struct inspected_message *l, const struct trace_rec *rec,
    struct media_side *s)
{
	uint32_t ssrc = (uint32_t)trace_int(rec, "ssrc", 0);
	int64_t share = trace_int(rec, "share", -1);

	for (struct media_stream *m = s->streams; share >= 0 && m != NULL;
	     m = m->next)
		if (m->ssrc == ssrc) {
			m->share = share;
			m->mos = trace_int(rec, "mos", 0);
			m->scale = hearing_scale(rec);
		}
	(void)l;
}

static void
take_refused(struct inspected_message *l, const struct trace_rec *rec,
    struct media_side *s)
{
	(void)l;
	s->refused += trace_int(rec, "packets", 0);
	s->unopened +=
	    trace_int(rec, "no_key", 0) + trace_int(rec, "auth_fail", 0);
	s->foreign += trace_int(rec, "other_ssrc", 0);
}

/* The way of its media is there, or not; what was there and is closed is none
 * that has not come about. */
static void
media_side_take_way(struct inspected_message *l, const struct trace_rec *rec,
    struct media_side *s)
{
	struct str op = media_side_keep(l, rec, "op");

	if (json_is_true(trace_member(rec, "control")))
		return;
	/* A side that waits for a connection does not record that none
	 * comes. */
	if (str_is(op, "agree") &&
	    trace_str(rec, "setup", &l->in->fields).n == 0)
		return;
	if (str_is(op, "connect") || str_is(op, "choose"))
		s->connected = true;
	s->cut = s->connected ? 0 : l->seq;
}

/* One digit more behind those of its way. */
static void
media_side_add_way(
    struct inspected_message *l, const struct trace_rec *rec, struct str *ways)
{
	bool event = str_is(trace_str(rec, "way", &l->in->fields), "events");

	add_digit(l, media_side_keep(l, rec, "digit"),
	    &ways[event ? MEDIA_EVENTS : MEDIA_IN_BAND]);
}

static void
take_press(struct inspected_message *l, const struct trace_rec *rec,
    struct media_side *s)
{
	if (s->pressed == 0)
		s->pressed = l->seq;
	media_side_add_way(l, rec, s->digits);
}

static void
media_side_take_digit(struct inspected_message *l, const struct trace_rec *rec,
    struct media_side *s)
{
	uint32_t ssrc = (uint32_t)trace_int(rec, "ssrc", 0);
	struct media_stream *m = kept_source(l->in, ssrc_key(l->in, ssrc));

	(void)s;
	for (; m != NULL; m = m->older)
		if (m->hearer == l->node)
			media_side_add_way(l, rec, m->heard_digits);
}

void
media_taken(struct inspected_message *l, const struct trace_rec *rec)
{
	static const struct {
		const char *op;
		void (*take)(struct inspected_message *l,
		    const struct trace_rec *rec, struct media_side *s);
	} ops[] = {
		{ "flow", media_side_take_flow },
		{ "say", media_side_take_say },
		{ "stop", media_side_take_stop },
		{ "hear", media_side_take_hear },
		{ "quality", media_side_take_heard },
		{ "heard", media_side_take_heard },
		{ "refused", take_refused },
		{ "report", media_side_take_report },
		{ "still", media_side_take_still },
		{ "again", media_side_take_still },
		{ "press", take_press },
		{ "digit", media_side_take_digit },
		{ "agree", media_side_take_way },
		{ "connect", media_side_take_way },
		{ "choose", media_side_take_way },
		{ "disconnect", media_side_take_way },
		{ "unreachable", media_side_take_way },
	};
	struct buf op = BUF_INIT;
	struct str word = trace_str(rec, "op", &op);
	struct media_side *s;

	if (l->node < l->in->node_n)
		l->in->node[l->node].media = true;
	for (size_t i = 0; i < COUNT_OF(ops); i++) {
		if (!str_is(word, ops[i].op))
			continue;
		s = side_at(l, rec);
		if (s != NULL)
			ops[i].take(l, rec, s);
	}
	buf_end(&op, &l->in->err);
}

/* ---- the end ---- */

/* Those of C that go on as the trace ends do so until then. */
static void
end_streams(struct inspected_message *l, struct media_call *c)
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
media_side_look_at_streams(struct inspected_message *l, struct media_side *s)
{
	/* Of fax there is no more to tell than that it came. */
	if (str_is(s->type, "image"))
		return;
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
media_ended(struct inspected_message *l)
{
	for (struct media_call *c = l->in->first_media; c != NULL; c = c->next)
		end_streams(l, c);
	for (struct media_call *c = l->in->first_media;
	     c != NULL && l->in->err == 0; c = c->next) {
		l->call = c->call;
		if (c->call == NULL || c->call->left_out)
			continue;
		for (struct media_side *s = c->sides; s != NULL; s = s->next) {
			media_side_look_at_streams(l, s);
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
