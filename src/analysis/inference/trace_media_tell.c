/*
 * Media in the trace of a capture: its streams, their reception, and, in detail
 * `network`, their packets.
 */
#include "inference/trace_in.h"

#include "base/array.h"
#include "base/err.h"
#include "base/mem.h"
#include "inference/infer_call.h"
#include "inference/trace_notes.h"
#include "quality/jitter_buffer.h"
#include "rules/rule_names.h"

/* So many packets are told. */
#define PACKETS_TOLD 262144

/* ---- collecting ---- */

static int
add_packet(struct making *k, uint32_t stream, uint32_t packet)
{
	struct trace_event e = { .at = (uint32_t)k->npackets,
		.what = TRACE_PACKETS };

	if (k->npackets == PACKETS_TOLD)
		return 0;
	if (ARRAY_ROOM(&k->packets, &k->packets_cap, k->npackets + 1) != 0)
		return ERR_NOMEM;
	k->packets[k->npackets++] = (struct making_packet){ packet, stream };
	e.t = media_packet_time(
	    k->co, &k->media[stream], &k->co->src->packets[packet - 1]);
	return making_add(k, e);
}

static int
add_packets(struct making *k, uint32_t stream)
{
	uint32_t p = k->media[stream].s->first_packet;
	int err = 0;

	for (; err == 0 && p != 0; p = k->co->src->packets[p - 1].next)
		err = add_packet(k, stream, p);
	return err;
}

/* What happens to stream I. */
static int
add_stream_events(struct making *k, uint32_t i)
{
	const struct media_stream *m = &k->media[i];
	const struct trace_event events[] = {
		{ m->first, i, TRACE_FLOWS },
		{ m->last, i, TRACE_STOPS },
		{ m->first, i, TRACE_LISTENS },
		{ m->heard_last, i, TRACE_HAS_HEARD },
	};
	int err = 0;

	for (size_t e = 0; err == 0 && e < (m->heard ? 4 : 2); e++)
		err = making_add(k, events[e]);
	if (err == 0 && k->o->detail >= TRACE_NETWORK)
		err = add_packets(k, i);
	return err;
}

int
making_collect_media(struct making *k)
{
	int err = 0;

	k->npackets = 0;
	for (uint32_t i = 0; err == 0 && i < k->nmedia; i++)
		err = add_stream_events(k, i);
	for (uint32_t i = 0; err == 0 && i < k->nnotes; i++)
		err = making_add(
		    k, (struct trace_event){ k->notes[i].t, i, TRACE_NOTES });
	return err;
}

static void
free_media(struct media_stream *list, size_t n, struct media_note *notes)
{
	for (size_t i = 0; i < n; i++)
		heard_destroy(list[i].hearing);
	mem_free(list);
	mem_free(notes);
}

void
making_free_media(struct making *k)
{
	free_media(k->media, k->nmedia, k->notes);
}

/* What was told of those in LIST holds for the same ones, found again: where
 * they are others all is told again (inference/live.h). */
static int
stream_event_take_over(
    struct making *k, const struct media_stream *list, size_t n)
{
	for (uint32_t i = 0; i < n && i < k->nmedia; i++) {
		struct media_stream *m = &k->media[i];

		m->flow = list[i].flow;
		m->recv = list[i].recv;
		m->hear = list[i].hear;
		m->rated = list[i].rated;
		if (list[i].hearing == NULL || !m->heard)
			continue;
		m->hearing = heard_create(k->co, k->media, i);
		if (m->hearing == NULL)
			return ERR_NOMEM;
		while (heard_changes(m->hearing) <
		       heard_changes(list[i].hearing)) {
			heard_go_on(m->hearing, INT64_MAX);
			heard_change(m->hearing);
		}
	}
	return 0;
}

int
making_find_media(struct making *k, bool all)
{
	struct media_stream *list = k->media;
	struct media_note *notes = k->notes;
	size_t n = k->nmedia;
	int err;

	k->media = NULL;
	k->notes = NULL;
	k->nmedia = k->nnotes = 0;
	err = media_of_calls(k->co, all, &k->media, &k->nmedia);
	if (err == 0)
		err = media_hear(
		    k->co, k->media, k->nmedia, &k->notes, &k->nnotes);
	if (err == 0)
		err = stream_event_take_over(k, list, n);
	free_media(list, n, notes);
	return err;
}

/* ---- telling ---- */

/* The call of stream M at NODE. */
static void
stream_event_put_call(
    struct making *k, const struct media_stream *m, uint32_t node)
{
	uint32_t call = k->co->m[m->message].call;
	const struct infer_call *c = infer_find_call(k->f, node, call, true);

	if (c == NULL)
		c = infer_find_call(k->f, node, call, false);
	if (c != NULL)
		trace_put_str(k->w, "call", infer_call_id(k->f, c));
	if (m->type != NULL)
		trace_put_cstr(k->w, "type", m->type);
}

void
making_tell_stream(struct making *k, const struct trace_event *ev)
{
	struct media_stream *m = &k->media[ev->at];
	uint64_t seq;

	trace_open(k->w, TRACE_MEDIA, ev->t, k->co->nodes[m->node].name,
	    k->f->place[m->message].send, RULE_NONE);
	trace_put_cstr(k->w, "op", ev->what == TRACE_FLOWS ? "flow" : "stop");
	stream_event_put_call(k, m, m->node);
	trace_put_addr(k->w, "peer", &m->s->dst);
	if (m->to != CORRELATION_NONE)
		trace_put_cstr(k->w, "dst", k->co->nodes[m->to].name);
	if (m->codec[0] != '\0')
		trace_put_cstr(k->w, "codec", m->codec);
	if (m->codec[0] == '\0' || m->formats[0] != '\0')
		trace_put_int(k->w, "pt", m->s->payload_type);
	if (m->formats[0] != '\0')
		trace_put_cstr(k->w, "formats", m->formats);
	if (m->asked.len != 0)
		trace_put_addr(k->w, "asked", &m->asked);
	if (m->reason != TRACE_DROP_COUNT)
		trace_put_cstr(k->w, "reason", trace_drop_name(m->reason));
	if (!m->s->udptl)
		trace_put_int(k->w, "ssrc", m->s->ssrc);
	if (m->from.len != 0)
		trace_put_addr(k->w, "from", &m->from);
	if (ev->what == TRACE_STOPS) {
		trace_put_int(k->w, "packets", (int64_t)m->s->packets);
		trace_put_int(k->w, "lost", (int64_t)m->s->lost);
		/* RFC 3550 5.1: twelve octets of a packet are its head. */
		if (!m->s->udptl)
			trace_put_int(k->w, "octets",
			    (int64_t)(m->s->bytes - 12 * m->s->packets));
	}
	seq = trace_close(k->w);
	if (ev->what == TRACE_FLOWS)
		m->flow = seq;
}

/* Opens a record of who hears M. */
static void
open_hearing(struct making *k, const struct media_stream *m, int64_t t,
    uint64_t cause, const char *op, enum rule_id why)
{
	const struct media_stream *as = heard_stream(m->hearing);
	struct str rest, codec = str_cut(str_of(as->codec), '/', &rest);

	trace_open(k->w, TRACE_MEDIA, t, k->co->nodes[m->to].name, cause, why);
	trace_put_cstr(k->w, "op", op);
	stream_event_put_call(k, m, m->to);
	trace_put_addr(k->w, "peer", &m->s->src);
	if (codec.n > 0)
		trace_put_str(k->w, "codec", codec);
	trace_put_int(k->w, "pt", as->s->payload_type);
	trace_put_int(k->w, "ssrc", m->s->ssrc);
}

static uint64_t
close_inferred(struct making *k)
{
	trace_put_bool(k->w, "inferred", true);
	return trace_close(k->w);
}

/* How M comes; OP is `quality` or `heard`. */
static void
stream_event_put_quality(
    struct making *k, struct media_stream *m, int64_t t, const char *op)
{
	bool ends = str_is(str_of(op), "heard");

	heard_go_on(m->hearing, ends ? INT64_MAX : t);
	open_hearing(k, m, t, m->hear, op, RULE_MEDIA_QUALITY);
	heard_put(m->hearing, ends, k->w);
	close_inferred(k);
}

/* M is heard from now on. */
static void
put_hear(struct making *k, struct media_stream *m, int64_t t)
{
	open_hearing(k, m, t,
	    m->recv != 0 ? m->recv : heard_stream(m->hearing)->flow, "hear",
	    RULE_MEDIA_HEAR);
	trace_put_int(k->w, "buffer", JITTER_BUFFER_USUAL_NS);
	m->hear = close_inferred(k);
}

int
making_tell_hearing(struct making *k, const struct trace_event *ev)
{
	struct media_stream *m = &k->media[ev->at];

	if (ev->what == TRACE_HAS_HEARD) {
		if (m->hearing != NULL) {
			stream_event_put_quality(k, m, ev->t, "heard");
			m->rated = heard_rated(m->hearing);
		}
		heard_destroy(m->hearing);
		m->hearing = NULL;
		return 0;
	}
	m->hearing = heard_create(k->co, k->media, ev->at);
	if (m->hearing == NULL)
		return ERR_NOMEM;
	put_hear(k, m, ev->t);
	return 0;
}

/* ---- digits and RTCP ---- */

static void
stream_event_put_digit(struct making *k, const struct media_note *note,
    const char *op, uint32_t node, uint64_t cause)
{
	const struct media_stream *m = &k->media[note->stream];
	char digit[2] = { note->digit, '\0' };

	trace_open(k->w, TRACE_MEDIA, note->t, k->co->nodes[node].name, cause,
	    RULE_MEDIA_EVENT);
	trace_put_cstr(k->w, "op", op);
	stream_event_put_call(k, m, node);
	trace_put_addr(k->w, "peer", node == m->node ? &m->s->dst : &m->s->src);
	trace_put_int(k->w, "ssrc", m->s->ssrc);
	trace_put_cstr(k->w, "digit", digit);
	trace_put_cstr(k->w, "way", "events");
	close_inferred(k);
}

static void
stream_event_tell_digit(struct making *k, const struct media_note *note)
{
	const struct media_stream *m = &k->media[note->stream];

	stream_event_put_digit(k, note, "press", m->node, m->flow);
	if (m->hear != 0)
		stream_event_put_digit(k, note, "digit", m->to, m->hear);
}

/* What M's receiver says of it, also behind its end, and what was measured up
 * to then. */
static void
tell_report(struct making *k, const struct media_note *note)
{
	struct media_stream *m = &k->media[note->stream];
	const struct rtcp_block *b = &note->block;

	if (m->hear == 0)
		return;
	if (m->hearing != NULL) {
		stream_event_put_quality(k, m, note->t, "quality");
		m->rated = heard_rated(m->hearing);
	}
	trace_open(k->w, TRACE_MEDIA, note->t, k->co->nodes[m->node].name,
	    m->flow, RULE_MEDIA_REPORT);
	trace_put_cstr(k->w, "op", "report");
	stream_event_put_call(k, m, m->node);
	trace_put_addr(k->w, "peer", &m->s->dst);
	if (m->codec[0] != '\0')
		trace_put_cstr(k->w, "codec", m->codec);
	trace_put_int(k->w, "ssrc", m->s->ssrc);
	trace_put_int(k->w, "lost", b->lost);
	trace_put_int(k->w, "fraction", b->fraction);
	if (m->rated.clock != 0)
		trace_put_int(k->w, "jitter",
		    (int64_t)b->jitter * INT64_C(1000000000) / m->rated.clock);
	media_put_reported(&m->rated, b, k->w);
	trace_close(k->w);
}

/* Its source is measured again as another codec. */
static void
tell_change(struct making *k, const struct media_note *note)
{
	struct media_stream *m = &k->media[note->stream];

	if (m->hearing == NULL)
		return;
	stream_event_put_quality(k, m, note->t, "heard");
	heard_change(m->hearing);
	put_hear(k, m, note->t);
}

static void
tell_still(struct making *k, const struct media_note *note)
{
	struct media_stream *m = &k->media[note->stream];

	if (m->hearing == NULL)
		return;
	open_hearing(k, m, note->t, m->hear,
	    note->kind == MEDIA_STILL ? "still" : "again", RULE_NONE);
	close_inferred(k);
}

void
making_tell_media_note(struct making *k, const struct trace_event *ev)
{
	const struct media_note *note = &k->notes[ev->at];

	if (note->kind == MEDIA_DIGIT)
		stream_event_tell_digit(k, note);
	else if (note->kind == MEDIA_CHANGE)
		tell_change(k, note);
	else if (note->kind != MEDIA_REPORT)
		tell_still(k, note);
	else
		tell_report(k, note);
}

uint64_t
making_facts_of_note(const struct making *k, const struct trace_event *e)
{
	const struct media_note *note = &k->notes[e->at];

	return (uint64_t)note->stream << 32 ^ (uint64_t)note->kind << 24 ^
	       (uint64_t)note->digit << 16 ^ note->block.highest ^
	       (uint64_t)note->block.lost << 40 ^ note->block.jitter;
}

/* ---- packets ---- */

void
making_tell_packet(struct making *k, const struct trace_event *ev)
{
	static const struct trace_message rtp = { .proto = TRACE_PROTO_RTP };
	const struct capture_reader *src = k->co->src;
	struct media_stream *m = &k->media[k->packets[ev->at].stream];
	const struct capture_packet *p =
	    &src->packets[k->packets[ev->at].packet - 1];
	LOCAL_BUF room = BUF_INIT;
	struct str bytes = src->packet(src->packets_of, p, &room);
	uint64_t send;

	trace_open(k->w, TRACE_SEND, ev->t, k->co->nodes[m->node].name, m->flow,
	    RULE_NONE);
	trace_put_cstr(k->w, "src", k->co->nodes[m->node].name);
	if (m->to != CORRELATION_NONE)
		trace_put_cstr(k->w, "dst", k->co->nodes[m->to].name);
	trace_put_addr(k->w, "src_addr", &m->s->src);
	trace_put_addr(k->w, "dst_addr", &m->s->dst);
	trace_put_cstr(k->w, "transport", m->s->tcp ? "tcp" : "udp");
	trace_put_message(k->w, &rtp);
	trace_put_int(k->w, "size", (int64_t)bytes.n);
	trace_put_bytes(k->w, bytes);
	send = trace_close(k->w);
	if (!m->heard)
		return;
	trace_open(
	    k->w, TRACE_RECV, ev->t, k->co->nodes[m->to].name, send, RULE_NONE);
	trace_put_int(k->w, "of", (int64_t)send);
	trace_put_addr(k->w, "src_addr", &m->s->src);
	trace_put_addr(k->w, "dst_addr", &m->s->dst);
	send = trace_close(k->w);
	m->recv = send;
}
