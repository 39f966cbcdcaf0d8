/*
 * A description that a party has sent before, made to fit what the other one
 * has said since: RFC 3264 6, 8.2.
 */
#include "pair/pair_sdp_in.h"

#include "msg/sdp.h"

/* Of "m=audio 49170 RTP/AVP 0 8" the port, without a number of ports. */
static struct str
find_port(struct str section)
{
	struct str line = str_trim(pair_sdp_line(&section)), rest, count;

	str_cut(line, ' ', &rest);
	return str_cut(str_cut(rest, ' ', &rest), '/', &count);
}

/* The stream with place AT at SIDE, as the other side has it in TEXT; empty: it
 * has not spoken of it. */
static struct str
find_peer(const struct pair_sdp *s, int side, int at, struct str text)
{
	for (size_t i = 0; i < s->n; i++)
		if (s->streams[i].at[side] == at)
			return pair_sdp_section(text, s->streams[i].at[!side]);
	return STR_NULL;
}

bool
pair_sdp_refuses(const struct pair_sdp *s, int side, struct str other)
{
	for (size_t i = 0; i < s->n; i++)
		if (str_is(find_port(pair_sdp_section(
			       other, s->streams[i].at[!side])),
			"0"))
			return true;
	return false;
}

/* A format of SECTION that PEER has as well: by its number, which RFC 3264 6.1
 * wants to be the same at either side. */
static bool
shares_format(struct str section, struct str peer)
{
	struct str head, line = pair_sdp_line(&section);
	struct str formats = pair_sdp_formats(line, &head);
	uint32_t number;

	while (formats.n > 0)
		if (str_u32(str_cut(formats, ' ', &formats), &number) == 0 &&
		    pair_sdp_has_format(peer, number))
			return true;
	return false;
}

static void
put_closed(struct str section, struct buf *out)
{
	struct str line = pair_sdp_line(&section), rest;
	struct str type = str_cut(line, ' ', &rest);

	str_cut(rest, ' ', &rest);
	buf_printf(out, "%.*s 0 %.*s", STR_ARG(type), STR_ARG(rest));
	buf_str(out, section);
}

/* The direction that LINE says; -1: it says none. */
static int
read_direction(struct str line)
{
	struct str name = str_trim(str_slice(line, 2, line.n));

	for (int way = MSG_SDP_SENDRECV;
	     str_starts(line, "a=") && way <= MSG_SDP_INACTIVE; way++)
		if (str_is(name,
			msg_sdp_direction_name((enum msg_sdp_direction)way)))
			return way;
	return -1;
}

/* RFC 8866 6.7: that of SECTION, else of the session, whose HEAD it is. */
static enum msg_sdp_direction
find_direction(struct str head, struct str section)
{
	struct str parts[] = { section, head };

	for (size_t i = 0; i < COUNT_OF(parts); i++)
		while (parts[i].n > 0) {
			int way = read_direction(pair_sdp_line(&parts[i]));

			if (way >= 0)
				return (enum msg_sdp_direction)way;
		}
	return MSG_SDP_SENDRECV;
}

/* SECTION, whose direction is OWN, with the direction WAY. */
static void
put_turned(struct str section, enum msg_sdp_direction own,
    enum msg_sdp_direction way, struct buf *out)
{
	if (own == way) {
		buf_str(out, section);
		return;
	}
	while (section.n > 0) {
		struct str line = pair_sdp_line(&section);

		if (read_direction(line) < 0)
			buf_str(out, line);
	}
	buf_printf(out, "a=%s\r\n", msg_sdp_direction_name(way));
}

/* 6.1: what OWN may say to an offer of PEER. */
static enum msg_sdp_direction
turn(enum msg_sdp_direction own, enum msg_sdp_direction peer)
{
	bool sends = own <= MSG_SDP_SENDONLY &&
		     (peer == MSG_SDP_SENDRECV || peer == MSG_SDP_RECVONLY);
	bool receives = (own == MSG_SDP_SENDRECV || own == MSG_SDP_RECVONLY) &&
			peer <= MSG_SDP_SENDONLY;

	return sends && receives ? MSG_SDP_SENDRECV
	       : sends           ? MSG_SDP_SENDONLY
	       : receives        ? MSG_SDP_RECVONLY
				 : MSG_SDP_INACTIVE;
}

bool
pair_sdp_fit(const struct pair_sdp *s, int side, struct str text,
    struct str other, bool answers, struct buf *out)
{
	struct str rest = text, head = pair_sdp_part(&rest), from = other;
	struct str peer_head = pair_sdp_part(&from);
	bool any = false;

	buf_str(out, head);
	for (int at = 0; rest.n > 0; at++) {
		struct str section = pair_sdp_part(&rest);
		struct str peer = find_peer(s, side, at, other);
		enum msg_sdp_direction own = find_direction(head, section);
		bool shut = str_is(find_port(peer), "0") ||
			    (answers && !shares_format(section, peer));

		any |= !shut && !str_is(find_port(section), "0");
		if (shut)
			put_closed(section, out);
		else if (!answers)
			buf_str(out, section);
		else
			put_turned(section, own,
			    turn(own, find_direction(peer_head, peer)), out);
	}
	return any;
}
