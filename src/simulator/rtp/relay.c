/* See rtp/relay.h.  The packets keep their sources, numbers and times, so that
 * reports of RTCP fit (RFC 3550 7.1: a translator), and their payload, but
 * where it is coded again. */
#include "rtp/relay.h"

#include "base/err.h"
#include "base/mem.h"
#include "media/g711.h"
#include "media/rtp.h"
#include "msg/sdp.h"
#include "node/world.h"
#include "rtp/rtp_in.h"
#include "rules/rule_names.h"

#include <string.h>

/* Packets that go through at one moment; more are sent in a circle, by
 * descriptions that have the relay send to itself. */
#define AT_ONCE 1000
#define RECODED 160 /* samples that are coded again at once */

enum { MEDIA, CONTROL, CHANNELS };

struct side {
	struct rtp_relay *relay;
	char *call; /* owned */
	struct addr at, to;
	bool takes[2];
	bool secret;
	struct net_sock *sock[CHANNELS];
	struct addr latched[CHANNELS]; /* len 0: nothing has come yet */
	struct rtp_refusals *refusals; /* NULL: nothing was rejected */
	/* The stream to it. */
	bool flowing; /* a record says so */
	struct addr flows_to, from;
	int came; /* the payload type before it was coded again; -1: it is not
		   */
	struct rtp_head first;
	uint64_t packets, octets;
	uint64_t strays; /* from it, but not from where it has latched */
};

struct rtp_relay {
	struct node *node;
	struct rtp_relay_options options;
	struct side sides[2];
	int64_t now;
	unsigned at_now;
};

static struct side *
other_of(struct side *s)
{
	return &s->relay->sides[s == &s->relay->sides[0]];
}

/* Where packets to S go. */
static struct addr
relay_find_way(const struct side *s, unsigned channel)
{
	struct addr to = s->to;

	if (to.len == 0 || to.port == 0)
		return (struct addr){ 0 };
	if (s->relay->options.latches && s->latched[channel].len != 0)
		return s->latched[channel];
	to.port = (uint16_t)(to.port + channel);
	return to;
}

/* ---- records ---- */

static struct trace_writer *
open_relay_record(const struct side *s, const char *op, enum rule_id why)
{
	struct trace_writer *w = node_record(s->relay->node, TRACE_MEDIA, why);

	trace_put_cstr(w, "op", op);
	trace_put_cstr(w, "call", s->call);
	trace_put_cstr(w, "type", sip_sdp_kind_name(s->relay->options.kind));
	return w;
}

static struct trace_writer *
open_flow(const struct side *s, const char *op, enum rule_id why)
{
	struct trace_writer *w = open_relay_record(s, op, why);
	const char *codec = msg_sdp_static_codec(s->first.payload);

	rtp_record_put_addr(w, "peer", &s->flows_to);
	if (codec != NULL)
		trace_put_cstr(w, "codec", codec);
	trace_put_int(w, "pt", s->first.payload);
	trace_put_int(w, "ssrc", s->first.ssrc);
	rtp_record_put_addr(w, "from", &s->from);
	if (s->came >= 0)
		trace_put_cstr(w, "recodes", msg_sdp_static_codec(s->came));
	return w;
}

static struct trace_writer *
open_refused(const void *side, enum rule_id why)
{
	return open_relay_record(side, "refused", why);
}

static void
stop_flow(struct side *s)
{
	struct trace_writer *w;

	if (!s->flowing)
		return;
	s->flowing = false;
	w = open_flow(s, "stop", RULE_NONE);
	trace_put_int(w, "packets", (int64_t)s->packets);
	trace_put_int(w, "octets", (int64_t)s->octets);
	if (other_of(s)->strays > 0)
		trace_put_int(w, "strays", (int64_t)other_of(s)->strays);
	trace_close(w);
	s->packets = s->octets = other_of(s)->strays = 0;
}

/* HEAD, which was of the payload type CAME (-1: as it is), goes on to S, at TO.
 */
static void
follow_flow(struct side *s, const struct addr *from, const struct addr *to,
    const struct rtp_head *head, int came)
{
	if (s->flowing && (!addr_eq(&s->flows_to, to) || s->came != came))
		stop_flow(s);
	if (s->flowing)
		return;
	s->flowing = true;
	s->flows_to = *to;
	s->from = *from;
	s->first = *head;
	s->came = came;
	trace_close(open_flow(
	    s, "flow", came >= 0 ? RULE_MEDIA_RECODE : RULE_MEDIA_RELAY));
}

static void
record_latch(const struct side *s, const struct addr *src)
{
	struct trace_writer *w =
	    open_relay_record(s, "latch", RULE_MEDIA_LATCH);

	rtp_record_put_addr(w, "peer", src);
	rtp_record_put_addr(w, "asked", &s->to);
	trace_close(w);
}

/* ---- a packet ---- */

/* Whether what comes from SRC is S's; anything is while nothing is said.  A
 * sender at S's described address is preferred to all others. */
static bool
take_source(struct side *s, unsigned channel, const struct addr *src)
{
	struct addr *known = &s->latched[channel], said = s->to;
	bool first = known->len == 0, as_said;

	if (!s->relay->options.latches || said.len == 0)
		return true;
	said.port = (uint16_t)(said.port + channel);
	as_said = addr_eq(&said, src);
	if (addr_eq(known, src))
		return true;
	if (!first && !as_said) {
		s->strays++;
		return false;
	}
	*known = *src;
	if (channel == MEDIA && (!first || !as_said))
		record_latch(s, src);
	return true;
}

static void
relay_send_on(
    struct side *to, unsigned channel, const struct addr *dst, struct str bytes)
{
	const struct trace_message *m =
	    rtp_message(to->secret, channel == CONTROL);
	bool folded =
	    !trace_wants(sim_trace(node_sim(to->relay->node)), TRACE_PACKET);

	if (folded)
		net_udp_send_folded(to->sock[channel], dst, bytes, m);
	else
		net_udp_send(
		    to->sock[channel], dst, bytes, m, RULE_MEDIA_RELAY);
}

static bool
goes_round(struct rtp_relay *r)
{
	int64_t now = sim_now(node_sim(r->node));

	r->at_now = r->now == now ? r->at_now + 1 : 0;
	r->now = now;
	return r->at_now > AT_ONCE;
}

/* RFC 5761 4: RTCP may come to the port of RTP. */
static bool
is_media(const struct net_datagram *d, struct rtp_head *head)
{
	const uint8_t *p = (const uint8_t *)d->bytes.p;

	return rtp_read_head(p, d->bytes.n, head) &&
	       !rtp_is_control(p, d->bytes.n);
}

static bool
relay_is_control(const struct net_datagram *d)
{
	struct rtcp_head head;

	return rtcp_read_head((const uint8_t *)d->bytes.p, d->bytes.n, &head);
}

/* ---- coded again ---- */

/* The payload type that S takes in place of PAYLOAD, whose samples are the
 * same; negative: that it takes PAYLOAD, or neither. */
static int
relay_find_twin(const struct side *s, unsigned payload)
{
	bool alaw = payload == RTP_PCMA;

	if (!s->relay->options.transcodes || s->secret ||
	    (payload != RTP_PCMU && payload != RTP_PCMA) || s->takes[alaw] ||
	    !s->takes[!alaw])
		return -1;
	return alaw ? RTP_PCMU : RTP_PCMA;
}

/* The payload of BYTES, a packet with HEAD, as PAYLOAD has the samples; into
 * OUT. */
static void
recode(struct str bytes, struct rtp_head *head, int payload, uint8_t *out)
{
	struct rtp_packet p = { .n = 0 };
	int16_t samples[RECODED];

	memcpy(out, bytes.p, bytes.n);
	rtp_read(out, bytes.n, &p);
	for (size_t at = 0; at < p.n; at += RECODED) {
		size_t n = p.n - at < RECODED ? p.n - at : RECODED;
		uint8_t *block = out + (p.data - out) + at;

		g711_decode(head->payload, block, n, samples);
		g711_encode(payload, samples, n, block);
	}
	out[1] = (uint8_t)((out[1] & 0x80) | payload);
	head->payload = (uint8_t)payload;
}

/* HEAD and BYTES go on to S as it takes them. */
static void
relay_media(struct side *s, const struct net_datagram *d, const struct addr *to,
    struct rtp_head *head)
{
	int came = head->payload, twin = relay_find_twin(s, head->payload);
	uint8_t *copy = twin >= 0 ? mem_alloc(d->bytes.n) : NULL;
	struct str bytes = d->bytes;

	if (twin >= 0 && copy == NULL) {
		node_fail_memory(s->relay->node);
		return;
	}
	if (copy != NULL) {
		recode(d->bytes, head, twin, copy);
		bytes.p = (const char *)copy;
	}
	follow_flow(s, &d->src, to, head, copy != NULL ? came : -1);
	s->packets++;
	s->octets += bytes.n - head->n;
	relay_send_on(s, MEDIA, to, bytes);
	mem_free(copy);
}

static void
relay_packet(struct side *s, unsigned channel, const struct net_datagram *d)
{
	struct side *other = other_of(s);
	struct addr to = relay_find_way(other, channel);
	struct rtp_head head;
	bool media = is_media(d, &head);

	if ((channel == CONTROL && media) || (!media && !relay_is_control(d))) {
		rtp_refuse(&s->refusals, s->relay->node,
		    channel == CONTROL ? RTP_REFUSED_CONTROL
				       : RTP_REFUSED_PACKET,
		    &d->src, NULL);
		return;
	}
	if (!take_source(s, channel, &d->src)) {
		rtp_refuse(&s->refusals, s->relay->node, RTP_REFUSED_STRAY,
		    &d->src, NULL);
		return;
	}
	if (to.len == 0 || other->sock[channel] == NULL || goes_round(s->relay))
		return;
	if (media)
		relay_media(other, d, &to, &head);
	else
		relay_send_on(other, channel, &to, d->bytes);
}

static void
on_media(const struct net_datagram *d, void *side)
{
	relay_packet(side, MEDIA, d);
}

static void
on_control(const struct net_datagram *d, void *side)
{
	relay_packet(side, CONTROL, d);
}

/* ---- its life ---- */

int
rtp_relay_create(struct rtp_relay **rp, struct node *n,
    const struct rtp_relay_options *options)
{
	struct rtp_relay *r = mem_zalloc(1, sizeof(*r));

	*rp = r;
	if (r == NULL)
		return ERR_NOMEM;
	r->node = n;
	r->options = *options;
	r->sides[0].relay = r->sides[1].relay = r;
	return 0;
}

static void
close_ports(struct side *s)
{
	for (unsigned channel = 0; channel < CHANNELS; channel++) {
		net_udp_close(s->sock[channel]);
		s->sock[channel] = NULL;
	}
	s->at = (struct addr){ 0 };
}

static void
listen_side_at(struct side *s, const struct addr *at)
{
	static net_recv_fn *const hear[CHANNELS] = { on_media, on_control };
	struct node *n = s->relay->node;

	if (addr_eq(&s->at, at))
		return;
	close_ports(s);
	if (at->port == 0)
		return;
	s->at = *at;
	for (unsigned channel = 0; channel < CHANNELS; channel++) {
		struct addr a = *at;

		a.port = (uint16_t)(a.port + channel);
		if (net_udp_open_at(n->host, &a, hear[channel], s,
			&s->sock[channel]) == ERR_NOMEM)
			node_fail_memory(n);
	}
}

static void
name_call(struct side *s, const char *call)
{
	if (call == NULL || (s->call != NULL && strcmp(s->call, call) == 0))
		return;
	stop_flow(s);
	mem_free(s->call);
	s->call = mem_strdup(call);
	if (s->call == NULL)
		node_fail_memory(s->relay->node);
}

void
rtp_relay_follow(struct rtp_relay *r, int side, const struct rtp_relay_side *as)
{
	struct side *s = &r->sides[side];

	name_call(s, as->call);
	listen_side_at(s, &as->at);
	memcpy(s->takes, as->takes, sizeof(s->takes));
	s->secret = as->secret;
	if (addr_eq(&s->to, &as->to))
		return;
	s->to = as->to;
	memset(s->latched, 0, sizeof(s->latched));
	if (as->to.len == 0)
		stop_flow(s);
}

void
rtp_relay_destroy(struct rtp_relay *r)
{
	if (r == NULL)
		return;
	for (int side = 0; side < 2; side++)
		stop_flow(&r->sides[side]);
	for (int side = 0; side < 2; side++) {
		rtp_refusals_end(&r->sides[side].refusals, r->node,
		    open_refused, &r->sides[side]);
		close_ports(&r->sides[side]);
		mem_free(r->sides[side].call);
	}
	mem_free(r);
}
