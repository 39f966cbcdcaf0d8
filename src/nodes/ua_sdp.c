/*
 * The session description of a phone that knows G.711: RFC 8866, RFC 3264.
 * An offer has PCMU and PCMA; an answer keeps those of the offer's formats
 * that the phone knows, and refuses (port 0) what it does not.  Directions are
 * written once somebody is, or was, on hold.
 */
#include "nodes/ua.h"

#include "base/err.h"
#include "msg/sdp.h"

/* The first of the ports that calls get in turn; RFC 3550 11: even, since RTCP
 * has the odd one behind it. */
#define RTP_PORT_FIRST 49170
#define RTP_PORTS      ((65536 - RTP_PORT_FIRST) / 2)
/* RFC 3551 4.2: G.711 goes in packets of 20 ms. */
#define PTIME "a=ptime:20\r\n"

struct format {
	const char *payload, *map;
};

/* RFC 3551 table 4 */
static const struct format formats[] = {
	{ "0", "PCMU/8000" },
	{ "8", "PCMA/8000" },
};

#define NFORMATS (sizeof(formats) / sizeof(formats[0]))

static const struct format *
known(struct str payload)
{
	for (size_t i = 0; i < NFORMATS; i++)
		if (str_is(payload, formats[i].payload))
			return &formats[i];
	return NULL;
}

/* RFC 3264 5, 8: the o= line of a session stays but for its version. */
static void
write_session(struct ua_call *c, bool anew, struct buf *b)
{
	struct ua *ua = c->ua;
	const struct addr *a = &ua->node->addr;
	struct addr bare = *a;

	if (c->sdp_id == 0) {
		c->sdp_id = (uint64_t)(sim_now(ua_sim(ua)) / SIM_S) + 1;
		c->sdp_version = 1;
		c->rtp_port =
		    (uint16_t)(RTP_PORT_FIRST + ua->next_rtp++ % RTP_PORTS * 2);
	} else if (anew) {
		c->sdp_version++;
	}
	bare.port = 0;
	buf_puts(b, "v=0\r\no=");
	buf_puts(b, ua->node->name);
	buf_putc(b, ' ');
	buf_u64(b, c->sdp_id);
	buf_printf(b, " %u IN IP%c ", c->sdp_version, a->len == 4 ? '4' : '6');
	addr_write(&bare, b);
	buf_puts(b, "\r\ns=-\r\n");
	buf_printf(b, "c=IN IP%c ", a->len == 4 ? '4' : '6');
	addr_write(&bare, b);
	buf_puts(b, "\r\nt=0 0\r\n");
}

static void
write_maps(struct buf *b, const struct format *const *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		buf_printf(
		    b, "a=rtpmap:%s %s\r\n", list[i]->payload, list[i]->map);
	buf_puts(b, PTIME);
}

static bool
sends(enum msg_sdp_direction d)
{
	return d == MSG_SDP_SENDRECV || d == MSG_SDP_SENDONLY;
}

static bool
receives(enum msg_sdp_direction d)
{
	return d == MSG_SDP_SENDRECV || d == MSG_SDP_RECVONLY;
}

static void
write_direction(struct ua_call *c, bool out, bool in, struct buf *b)
{
	enum msg_sdp_direction d = out && in ? MSG_SDP_SENDRECV
				   : out     ? MSG_SDP_SENDONLY
				   : in      ? MSG_SDP_RECVONLY
					     : MSG_SDP_INACTIVE;

	c->directions |= d != MSG_SDP_SENDRECV;
	if (c->directions)
		buf_printf(b, "a=%s\r\n", msg_sdp_direction_name(d));
}

/* RFC 3264 8.4: who holds goes on sending, unless it is held itself; who does
 * not is ready for both ways again. */
static void
write_offer(struct ua_call *c, struct buf *b)
{
	const struct format *all[] = { &formats[0], &formats[1] };

	buf_printf(b, "m=audio %u RTP/AVP 0 8\r\n", c->rtp_port);
	write_maps(b, all, 2);
	write_direction(c, !c->hold_next || !c->held, !c->hold_next, b);
}

/* The formats that both sides know, in the offer's order; none where the
 * medium is not for this phone. */
static size_t
common(const struct msg_sdp_media *m, const struct format *both[NFORMATS])
{
	struct str rest = m->formats;
	size_t n = 0;

	if (!str_is(m->type, "audio") || m->port == 0)
		return 0;
	while (rest.n > 0 && n < NFORMATS) {
		struct str f = str_cut(str_trim(rest), ' ', &rest);

		if (known(f) != NULL)
			both[n++] = known(f);
	}
	return n;
}

/* RFC 3264 6: one m= line for each of the offer's, in its order. */
static void
write_answer(struct ua_call *c, struct buf *b, const struct msg_sdp_media *m)
{
	const struct format *both[NFORMATS];
	size_t n = common(m, both);

	if (n == 0) {
		buf_printf(b, "m=%.*s 0 %.*s %.*s\r\n", STR_ARG(m->type),
		    STR_ARG(m->proto), STR_ARG(m->formats));
		return;
	}
	buf_printf(b, "m=audio %u %.*s", c->rtp_port, STR_ARG(m->proto));
	for (size_t i = 0; i < n; i++)
		buf_printf(b, " %s", both[i]->payload);
	buf_puts(b, "\r\n");
	write_maps(b, both, n);
	/* 6.1: what the other side does not receive is not sent, and the other
	 * way round. */
	write_direction(
	    c, receives(m->direction), sends(m->direction) && !c->hold, b);
}

void
ua_sdp_note_hold(struct ua_call *c, struct str text)
{
	const struct format *both[NFORMATS];
	struct msg_sdp sdp;

	if (text.n == 0 || msg_sdp_read(&sdp, text, NULL) != 0)
		return;
	for (size_t i = 0; i < sdp.nmedia; i++)
		if (common(&sdp.media[i], both) > 0) {
			c->held = !receives(sdp.media[i].direction);
			return;
		}
}

bool
ua_sdp_unusable(struct str offer)
{
	const struct format *both[NFORMATS];
	struct msg_sdp sdp;

	if (offer.n == 0)
		return false;
	if (msg_sdp_read(&sdp, offer, NULL) != 0)
		return true;
	for (size_t i = 0; i < sdp.nmedia; i++)
		if (common(&sdp.media[i], both) > 0)
			return false;
	/* No media at all can be agreed on. */
	return sdp.nmedia > 0;
}

char *
ua_sdp_make(struct ua_call *c, struct str offer, bool anew)
{
	struct buf b = BUF_INIT;
	struct msg_sdp sdp;

	write_session(c, anew, &b);
	if (offer.n == 0)
		write_offer(c, &b);
	else if (msg_sdp_read(&sdp, offer, NULL) == 0)
		for (size_t i = 0; i < sdp.nmedia; i++)
			write_answer(c, &b, &sdp.media[i]);
	return buf_take(&b);
}
