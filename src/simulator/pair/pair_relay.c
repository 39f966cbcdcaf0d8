/*
 * The media that go through a box: each stream of a pair has a relay (RFC 7092
 * 3.2.1), as soon as the box has told one of the parties a port of its own.
 */
#include "pair/pair_in.h"
#include "pair/pair_sdp_in.h"

#include "base/err.h"
#include "media/rtp.h"
#include "msg/sdp.h"
#include "rtp/relay.h"

/* The last word of a line "c=IN IP4 192.0.2.1". */
static void
read_connection(struct str line, struct addr *to)
{
	struct str rest = str_trim(line), host;

	str_cut(rest, ' ', &rest);
	str_cut(rest, ' ', &host);
	host = str_trim(host);
	if (msg_sdp_is_nowhere(host) || addr_parse(host, to) != 0)
		*to = (struct addr){ 0 };
}

static void
find_connection(struct str part, struct addr *to)
{
	while (part.n > 0) {
		struct str line = pair_sdp_line(&part);

		if (str_starts(line, "c="))
			read_connection(line, to);
	}
}

/* Of "m=audio 49170 RTP/AVP 0 8" the port, and whether it is RTP/SAVP. */
static uint16_t
read_port(struct str section, bool *secret)
{
	struct str line = str_trim(pair_sdp_line(&section)), rest, port;
	uint32_t number = 0;

	str_cut(line, ' ', &rest);
	port = str_cut(rest, ' ', &rest);
	*secret = sip_sdp_profile(str_cut(rest, ' ', &rest)) == SIP_SDP_SECRET;
	return str_u32(str_cut(port, '/', &port), &number) == 0 &&
		       number <= UINT16_MAX
		   ? (uint16_t)number
		   : 0;
}

/* What SIDE has said last of STREAM. */
static void
read_side(const struct pair *p, const struct pair_stream *stream, int side,
    struct rtp_relay_side *s)
{
	const struct pair_leg *h = p->legs[side];
	struct str text = str_of(h != NULL ? h->heard : NULL);
	struct str section = pair_sdp_section(text, stream->at[side]);

	*s = (struct rtp_relay_side){ .call = h != NULL ? h->call.name : NULL,
		.at = p->sdp.addr[side] };
	s->at.port = stream->port[side];
	if (section.n == 0)
		return;
	find_connection(pair_sdp_part(&text), &s->to);
	find_connection(section, &s->to);
	s->to.port = read_port(section, &s->secret);
	s->takes[0] = pair_sdp_has_format(section, RTP_PCMU);
	s->takes[1] = pair_sdp_has_format(section, RTP_PCMA);
	if (s->to.port == 0)
		s->to = (struct addr){ 0 };
}

/* Of audio and video; anything else stays without. */
static int
begin_relay(const struct pair *p, struct pair_stream *stream)
{
	struct rtp_relay_options options = { .latches = p->policy.latches,
		.transcodes = p->policy.transcodes };
	struct str rest, type = str_cut(str_of(stream->refused), ' ', &rest);

	options.kind = sip_sdp_kind_find(str_slice(type, 2, type.n));
	if (options.kind == SIP_SDP_KINDS)
		return 0;
	return rtp_relay_create(&stream->relay, p->pairs->agent.node, &options);
}

void
pair_relay_follow(struct pair *p)
{
	struct rtp_relay_side s;

	for (size_t i = 0; i < p->sdp.n && p->sdp.ports != NULL; i++) {
		struct pair_stream *stream = &p->sdp.streams[i];

		if (pair_is(p, STATE_PARTING) ||
		    (stream->port[0] == 0 && stream->port[1] == 0))
			continue;
		if (stream->relay == NULL && begin_relay(p, stream) != 0) {
			agent_fail_memory(&p->pairs->agent);
			return;
		}
		for (int side = 0; side < 2 && stream->relay != NULL; side++) {
			read_side(p, stream, side, &s);
			rtp_relay_follow(stream->relay, side, &s);
		}
	}
}
