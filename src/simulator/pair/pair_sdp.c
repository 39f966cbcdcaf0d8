/* See pair/pair_sdp.h. */
#include "pair/pair_sdp_in.h"

#include "base/err.h"
#include "base/mem.h"
#include "media/rtp.h"
#include "msg/sdp.h"
#include "pair/pair_in.h"
#include "rtp/relay.h"

/* ---- sections ---- */

static bool
pair_sdp_has_line(struct str part, const char *start)
{
	while (part.n > 0)
		if (str_starts(pair_sdp_line(&part), start))
			return true;
	return false;
}

/* ---- streams ---- */

void
pair_sdp_begin(struct pair_sdp *s, uint64_t id, struct sip_sdp_ports *ports)
{
	s->own = true;
	s->id = id;
	s->ports = ports;
}

void
pair_sdp_end_relays(struct pair_sdp *s)
{
	for (size_t i = 0; i < s->n; i++) {
		rtp_relay_destroy(s->streams[i].relay);
		s->streams[i].relay = NULL;
	}
}

static void
release_stream(struct pair_sdp *s, struct pair_stream *stream)
{
	rtp_relay_destroy(stream->relay);
	mem_free(stream->refused);
	for (int side = 0; side < 2; side++)
		if (stream->port[side] != 0)
			sip_sdp_port_give_back(s->ports, stream->port[side]);
}

void
pair_sdp_free(struct pair_sdp *s)
{
	for (size_t i = 0; i < s->n; i++)
		release_stream(s, &s->streams[i]);
	mem_free(s->streams);
	s->streams = NULL;
	s->n = s->room = 0;
}

/* "m=audio 49170 RTP/AVP 0 8" with port 0; NULL when out of memory. */
static char *
refuse_line(struct str section)
{
	struct str line = str_trim(pair_sdp_line(&section)), rest, formats;
	struct str type = str_cut(line, ' ', &rest);
	struct buf b = BUF_INIT;

	str_cut(rest, ' ', &formats);
	buf_printf(&b, "%.*s 0 %.*s", STR_ARG(type), STR_ARG(formats));
	return buf_take(&b);
}

static bool
pair_sdp_is_alike(const char *refused, struct str section)
{
	struct str rest;

	return str_eq(
	    str_cut(str_of(refused), ' ', &rest), str_cut(section, ' ', &rest));
}

static bool
has_stream_at(const struct pair_sdp *s, int side, int at)
{
	for (size_t i = 0; i < s->n; i++)
		if (s->streams[i].at[side] == at)
			return true;
	return false;
}

/* The stream that SIDE has not spoken of yet, and that SECTION may be. */
static struct pair_stream *
find_free(struct pair_sdp *s, int side, struct str section)
{
	for (size_t i = 0; i < s->n; i++)
		if (s->streams[i].at[side] < 0 &&
		    pair_sdp_is_alike(s->streams[i].refused, section))
			return &s->streams[i];
	return NULL;
}

/* One more, like SECTION; NULL when out of memory. */
static struct pair_stream *
pair_sdp_add_stream(struct pair_sdp *s, struct str section)
{
	size_t room = s->room == 0 ? 1 : 2 * s->room;
	char *refused = refuse_line(section);
	struct pair_stream *all = s->streams;

	if (refused != NULL && s->n == s->room) {
		all = mem_realloc(all, room * sizeof(*all));
		if (all != NULL) {
			s->streams = all;
			s->room = room;
		}
	}
	if (refused == NULL || all == NULL) {
		mem_free(refused);
		return NULL;
	}
	s->streams[s->n] =
	    (struct pair_stream){ .refused = refused, .agreed = { -1, -1 } };
	return &s->streams[s->n++];
}

static int
place_stream(struct pair_sdp *s, int side, int at, struct str section)
{
	struct pair_stream *stream = find_free(s, side, section);

	if (stream == NULL && s->n == PAIR_STREAMS)
		return ERR_LIMIT;
	if (stream == NULL) {
		stream = pair_sdp_add_stream(s, section);
		if (stream == NULL)
			return ERR_NOMEM;
		stream->at[!side] = -1;
	}
	stream->at[side] = at;
	return 0;
}

int
pair_sdp_hear(struct pair_sdp *s, int side, struct str text)
{
	int err = 0, at = 0;

	pair_sdp_part(&text);
	for (; err == 0 && text.n > 0; at++) {
		struct str section = pair_sdp_part(&text);

		if (!has_stream_at(s, side, at))
			err = place_stream(s, side, at, section);
	}
	if (at > s->count[side])
		s->count[side] = at;
	return err;
}

void
pair_sdp_agree(struct pair_sdp *s, int side)
{
	for (size_t i = 0; i < s->n; i++)
		s->streams[i].agreed[side] = s->streams[i].at[side];
	s->agreed[side] = s->count[side];
}

void
pair_sdp_undo(struct pair_sdp *s, int side)
{
	size_t kept = 0;

	for (size_t i = 0; i < s->n; i++) {
		struct pair_stream *stream = &s->streams[i];

		stream->at[side] = stream->agreed[side];
		if (stream->at[side] < 0 && stream->at[!side] < 0)
			release_stream(s, stream);
		else
			s->streams[kept++] = *stream;
	}
	s->n = kept;
	s->count[side] = s->agreed[side];
}

void
pair_sdp_forget(struct pair_sdp *s, int side)
{
	for (size_t i = 0; i < s->n; i++)
		s->streams[i].at[side] = s->streams[i].agreed[side] = -1;
	s->count[side] = s->agreed[side] = 0;
	s->version[side] = 0;
	s->passed[side] = 0;
	s->counts[side] = false;
	s->told[side] = 0;
}

struct pair_origin
pair_sdp_origin(const struct pair_sdp *s, int side)
{
	return (struct pair_origin){ s->own, s->id, s->version[side],
		s->told[side] };
}

void
pair_sdp_resume(struct pair_sdp *s, int side, const struct pair_origin *origin)
{
	s->own = origin->own;
	s->id = origin->id;
	s->version[side] = origin->version;
	s->told[side] = origin->told;
}

/* ---- texts ---- */

static void
pair_sdp_put_address(const struct addr *a, struct buf *out)
{
	buf_puts(out, a->len == 4 ? "IN IP4 " : "IN IP6 ");
	addr_write_bare(a, out);
	buf_puts(out, "\r\n");
}

/* RFC 3725 4.4: the box's own o= goes on from description to description. */
static void
pair_sdp_put_origin(const struct pair_sdp *s, int side, struct buf *out)
{
	buf_printf(out, "o=- %llu %u ",
	    (unsigned long long)(s->own ? s->id : 1), s->version[side]);
	pair_sdp_put_address(&s->addr[side], out);
}

static void
put_own_head(
    struct pair_sdp *s, int side, struct str connection, struct buf *out)
{
	s->version[side]++;
	pair_sdp_renew(s, side);
	buf_puts(out, "v=0\r\n");
	pair_sdp_put_origin(s, side, out);
	buf_printf(out, "s=-\r\nc=%.*s\r\nt=0 0\r\n", STR_ARG(connection));
}

static struct str
pair_sdp_nowhere(const struct pair_sdp *s, int side)
{
	return s->addr[side].len == 4 ? STR("IN IP4 0.0.0.0")
				      : STR("IN IP6 ::");
}

/* c= of a box through which media go: its own, but RFC 3264 8.4's hold. */
static void
put_connection(
    const struct pair_sdp *s, int side, struct str line, struct buf *out)
{
	struct str host = str_trim(line), rest;

	host = str_slice(host, 2, host.n);
	str_cut(host, ' ', &rest);
	str_cut(rest, ' ', &host);
	buf_puts(out, "c=");
	if (msg_sdp_is_nowhere(str_trim(host)))
		buf_printf(out, "%.*s\r\n", STR_ARG(pair_sdp_nowhere(s, side)));
	else
		pair_sdp_put_address(&s->addr[side], out);
}

/* RFC 3264 8: the version in an o= that goes on rises, also where the session
 * goes back to what was before: LINE has "o=USER ID VERSION ...". */
static void
put_passed_origin(
    struct pair_sdp *s, int side, struct str line, struct buf *out)
{
	struct str rest, at;
	uint64_t version = 0;

	str_cut(line, ' ', &rest);
	str_cut(rest, ' ', &rest);
	at = str_cut(rest, ' ', &rest);
	s->counts[side] |=
	    str_u64(at, &version) == 0 && version < s->passed[side];
	if (s->counts[side] && version <= s->passed[side]) {
		version = s->passed[side] + 1;
		buf_str(out, str_slice(line, 0, (size_t)(at.p - line.p)));
		buf_printf(out, "%llu %.*s", (unsigned long long)version,
		    STR_ARG(rest));
	} else
		buf_str(out, line);
	s->passed[side] = version;
}

static void
put_passed_head(struct pair_sdp *s, int side, struct str head, struct buf *out)
{
	while (head.n > 0) {
		struct str line = pair_sdp_line(&head);

		if (str_starts(line, "o=") && s->version[side] > 0)
			pair_sdp_put_origin(s, side, out);
		else if (str_starts(line, "o="))
			put_passed_origin(s, side, line, out);
		else if (s->ports != NULL && str_starts(line, "c="))
			put_connection(s, side, line, out);
		else
			buf_str(out, line);
	}
}

static void
put_refused(const struct pair_sdp *s, int side, const char *line,
    bool connected, struct buf *out)
{
	buf_printf(out, "%s\r\n", line);
	if (!connected)
		buf_printf(
		    out, "c=%.*s\r\n", STR_ARG(pair_sdp_nowhere(s, side)));
}

/* ---- a box through which media go: RFC 7092 3.2.1 ---- */

/* The lines that name other ways than through the box. */
static bool
is_of_other_way(struct str line)
{
	static const char *const starts[] = { "a=rtcp:", "a=candidate:",
		"a=ice-", "a=remote-candidates:", "a=end-of-candidates" };

	for (size_t i = 0; i < COUNT_OF(starts); i++)
		if (str_starts(line, starts[i]))
			return true;
	return false;
}

/* The port at which the box hears SIDE's stream. */
static int
pair_sdp_take_port(struct pair_sdp *s, struct pair_stream *stream, int side)
{
	return stream->port[side] != 0
		   ? 0
		   : sip_sdp_port_take(s->ports, &stream->port[side]);
}

/* "m=audio 49170 RTP/AVP 0": with the box's own port, unless it is 0. */
static int
put_anchored_line(struct pair_sdp *s, int side, struct pair_stream *stream,
    struct str line, struct buf *out)
{
	struct str rest, formats;
	struct str type = str_cut(line, ' ', &rest);
	struct str port = str_cut(rest, ' ', &formats), count;
	int err = 0;

	port = str_cut(port, '/', &count);
	if (str_is(port, "0")) {
		buf_str(out, line);
		return 0;
	}
	err = pair_sdp_take_port(s, stream, side);
	buf_printf(out, "%.*s %u %.*s", STR_ARG(type), stream->port[side],
	    STR_ARG(formats));
	return err;
}

static int
put_anchored(struct pair_sdp *s, int side, struct pair_stream *stream,
    struct str section, struct buf *out)
{
	int err = 0;

	while (section.n > 0 && err == 0) {
		struct str line = pair_sdp_line(&section);

		if (str_starts(line, "m="))
			err = put_anchored_line(s, side, stream, line, out);
		else if (str_starts(line, "c="))
			put_connection(s, side, line, out);
		else if (!is_of_other_way(line))
			buf_str(out, line);
	}
	return err;
}

static int
pair_sdp_put_stream(struct pair_sdp *s, int side, struct pair_stream *stream,
    struct str section, struct buf *out)
{
	if (s->ports != NULL)
		return put_anchored(s, side, stream, section, out);
	buf_str(out, section);
	return 0;
}

/* ---- passing descriptions ---- */

/* Place AT of SIDE: the other side's section of TEXT. */
static int
pair_sdp_put_section(struct pair_sdp *s, int side, int at, struct str text,
    bool connected, struct buf *out)
{
	int err = 0;

	for (size_t i = 0; i < s->n && err == 0; i++) {
		struct pair_stream *stream = &s->streams[i];
		struct str section;

		if (stream->at[side] != at)
			continue;
		section = pair_sdp_section(text, stream->at[!side]);
		if (section.n > 0)
			err =
			    pair_sdp_put_stream(s, side, stream, section, out);
		else
			put_refused(s, side, stream->refused, connected, out);
	}
	return err;
}

/* What SIDE has not heard of gets the next places. */
static void
place_new(struct pair_sdp *s, int side)
{
	for (int at = 0; at < s->count[!side]; at++)
		for (size_t i = 0; i < s->n; i++)
			if (s->streams[i].at[!side] == at &&
			    s->streams[i].at[side] < 0)
				s->streams[i].at[side] = s->count[side]++;
}

static int
put_passed(struct pair_sdp *s, int side, struct str text, struct buf *out)
{
	struct str rest = text, head = pair_sdp_part(&rest);
	bool connected = pair_sdp_has_line(head, "c=");
	int err = 0;

	buf_clear(out);
	put_passed_head(s, side, head, out);
	for (int at = 0; at < s->count[side] && err == 0; at++)
		err = pair_sdp_put_section(s, side, at, text, connected, out);
	return err != 0 ? err : out->err != 0 ? ERR_NOMEM : 0;
}

/* RFC 3264 8: the version of an o= of the box's own stays as long as the rest
 * does. */
static int
put_with_version(struct pair_sdp *s, int side, struct str text, struct buf *out)
{
	uint64_t said;
	int err;

	if (!s->own) {
		s->version[side] += s->version[side] > 0;
		return put_passed(s, side, text, out);
	}
	s->version[side] += s->version[side] == 0;
	err = put_passed(s, side, text, out);
	said = str_hash(buf_view(out));
	if (err == 0 && s->told[side] != 0 && s->told[side] != said) {
		s->version[side]++;
		err = put_passed(s, side, text, out);
		said = str_hash(buf_view(out));
	}
	s->told[side] = said;
	return err;
}

int
pair_sdp_pass(struct pair_sdp *s, int side, struct str text,
    const struct pair_sdp_way *way, struct buf *out)
{
	LOCAL_BUF twins = BUF_INIT, allowed = BUF_INIT;
	int err = 0;

	if (way->transcodes) {
		pair_sdp_put_twins(s, side, text, way, &twins);
		text = buf_view(&twins);
		err = twins.err;
	}
	if (err == 0 && way->offers && way->codecs != NULL) {
		err = pair_sdp_put_allowed(way->codecs, text, &allowed);
		text = buf_view(&allowed);
	}
	if (way->offers)
		place_new(s, side);
	if (err == 0)
		err = put_with_version(s, side, text, out);
	return err;
}

void
pair_sdp_renew(struct pair_sdp *s, int side)
{
	s->told[side] = 1; /* the hash of nothing that is ever said */
}

void
pair_sdp_empty(struct pair_sdp *s, int side, struct buf *out)
{
	put_own_head(s, side, pair_sdp_nowhere(s, side), out);
	for (int at = 0; at < s->count[side]; at++)
		pair_sdp_put_section(s, side, at, STR_NULL, true, out);
}

/* The lines of a section that say where media go, and whether. */
static bool
is_of_way(struct str line)
{
	static const char *const starts[] = { "c=", "a=sendrecv", "a=sendonly",
		"a=recvonly", "a=inactive", "a=rtcp:", "a=candidate:", "a=ice-",
		"a=setup:", "a=connection:" };

	for (size_t i = 0; i < COUNT_OF(starts); i++)
		if (str_starts(line, starts[i]))
			return true;
	return false;
}

void
pair_sdp_hole(struct pair_sdp *s, int side, struct str offer, struct buf *out)
{
	struct str rest = offer;
	bool keyed = false;

	pair_sdp_part(&rest);
	put_own_head(s, side, pair_sdp_nowhere(s, side), out);
	while (rest.n > 0) {
		struct str line = pair_sdp_line(&rest);
		bool key = str_starts(line, "a=crypto:");

		/* RFC 4568 5.1.2: one is taken; by its key nothing is
		 * encrypted.
		 */
		if (!is_of_way(line) && !(key && keyed))
			buf_str(out, line);
		keyed = !str_starts(line, "m=") && (keyed || key);
		/* RFC 3264 6.1: fits whatever direction was offered. */
		if (str_starts(line, "m="))
			buf_puts(out, "a=inactive\r\n");
	}
}

/* ---- The relay of each stream: RFC 7092 3.2.1 ---- */

/* The last word of a line "c=IN IP4 192.0.2.1". */
static void
pair_sdp_read_connection(struct str line, struct addr *to)
{
	struct str rest = str_trim(line), host;

	str_cut(rest, ' ', &rest);
	str_cut(rest, ' ', &host);
	host = str_trim(host);
	if (msg_sdp_is_nowhere(host) || addr_parse(host, to) != 0)
		*to = (struct addr){ 0 };
}

static void
pair_sdp_find_connection(struct str part, struct addr *to)
{
	while (part.n > 0) {
		struct str line = pair_sdp_line(&part);

		if (str_starts(line, "c="))
			pair_sdp_read_connection(line, to);
	}
}

/* Of "m=audio 49170 RTP/AVP 0 8" the port, and whether it is RTP/SAVP. */
static uint16_t
pair_sdp_read_port(struct str section, bool *secret)
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
pair_sdp_read_side(const struct pair *p, const struct pair_stream *stream,
    int side, struct rtp_relay_side *s)
{
	const struct pair_leg *h = pair_voice(p, side);
	struct str text = str_of(h != NULL ? h->now.text : NULL);
	struct str section = pair_sdp_section(text, stream->at[side]);

	*s = (struct rtp_relay_side){ .call = h != NULL ? h->call.name : NULL,
		.at = p->sdp.addr[side] };
	s->at.port = stream->port[side];
	if (section.n == 0)
		return;
	pair_sdp_find_connection(pair_sdp_part(&text), &s->to);
	pair_sdp_find_connection(section, &s->to);
	s->to.port = pair_sdp_read_port(section, &s->secret);
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

/* Each stream has a relay as soon as the box has told one of the parties a port
 * of its own. */
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
			pair_sdp_read_side(p, stream, side, &s);
			rtp_relay_follow(stream->relay, side, &s);
		}
	}
}
