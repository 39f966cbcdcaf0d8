/*
 * Offers and answers as texts, and the places of the session that they leave.
 * RFC 3264 5, 6, 8.
 */
#include "sip/sdp_crypto.h"
#include "sip/sdp_ice.h"

#include "base/err.h"

/* RFC 3551 4.2: G.711 goes in packets of 20 ms. */
#define PTIME 20
/* RFC 863 */
#define DISCARD 9

/* ---- texts ---- */

static void
sdp_session_write_address(const struct addr *addr, struct buf *b)
{
	buf_puts(b, addr->len == 4 ? "IN IP4 " : "IN IP6 ");
	addr_write_bare(addr, b);
	buf_puts(b, "\r\n");
}

static void
write_bandwidth(const struct sip_sdp_can *can, struct buf *b)
{
	if (can->bandwidth > 0)
		buf_printf(b, "b=AS:%u\r\n", can->bandwidth);
}

static void
write_session(const struct sip_sdp_terms *t, struct buf *b)
{
	buf_puts(b, "s=-\r\nc=");
	/* 8.4: the address that stands for none. */
	if (t->nowhere)
		buf_puts(b,
		    t->addr.len == 4 ? "IN IP4 0.0.0.0\r\n" : "IN IP6 ::\r\n");
	else
		sdp_session_write_address(&t->addr, b);
	write_bandwidth(t->can, b);
}

/* RFC 8839 5.3 */
static void
write_lite(const struct sip_sdp_terms *t, struct buf *b)
{
	if (t->can->ice == SIP_SDP_ICE_LITE)
		buf_puts(b, "a=ice-lite\r\n");
}

/* RFC 3264 5, 8: the o= line of a session stays, its address as well, wherever
 * this side is by now, except for its version, which grows where REST, the part
 * behind it, has changed. */
static int
put_together(struct sip_sdp_session *s, const struct sip_sdp_terms *t,
    bool anew, struct buf *rest, struct buf *out)
{
	uint64_t hash = str_hash(buf_view(rest));

	if (s->id == 0) {
		s->id = t->id;
		s->version = 1;
	} else if (anew || hash != s->said) {
		s->version++;
	}
	if (s->origin.len == 0)
		s->origin = t->addr;
	s->said = hash;
	s->at = t->addr;
	buf_puts(out, "v=0\r\no=");
	buf_puts(out, t->user);
	buf_putc(out, ' ');
	buf_u64(out, s->id);
	buf_putc(out, ' ');
	buf_u64(out, s->version);
	buf_putc(out, ' ');
	sdp_session_write_address(&s->origin, out);
	buf_str(out, buf_view(rest));
	if (rest->err != 0)
		out->err = rest->err;
	buf_free(rest);
	return out->err;
}

/* 6: the t= of an answer is the offer's. */
static void
copy_times(const struct msg_sdp *offer, struct buf *b)
{
	bool any = false;

	for (size_t i = 0; i < offer->nlines; i++) {
		const struct msg_sdp_line *l = &offer->lines[i];

		if (l->type != 't' || l->media != 0)
			continue;
		buf_str(b, l->line);
		buf_puts(b, "\r\n");
		any = true;
	}
	if (!any)
		buf_puts(b, "t=0 0\r\n");
}

static void
write_refused(const struct sip_sdp_place *p, struct buf *b)
{
	buf_printf(b, "m=%s 0 %s %s\r\n", p->type, p->proto, p->formats);
}

/* NAME, an attribute of the format PAYLOAD. */
static void
sdp_session_write_format(
    struct buf *b, const char *name, int payload, const char *value)
{
	buf_puts(b, name);
	buf_i64(b, payload);
	buf_putc(b, ' ');
	buf_puts(b, value);
	buf_puts(b, "\r\n");
}

static void
write_meaning(struct buf *b, int payload, const struct sip_sdp_codec *c)
{
	sdp_session_write_format(b, "a=rtpmap:", payload, c->map);
	if (c->fmtp != NULL)
		sdp_session_write_format(b, "a=fmtp:", payload, c->fmtp);
}

static void
write_stream(const struct sip_sdp_place *p, const struct sip_sdp_can *can,
    const struct sip_sdp_format *list, size_t n, struct buf *b)
{
	buf_puts(b, "m=");
	buf_puts(b, p->type);
	buf_putc(b, ' ');
	/* RFC 4145 4.1: who opens the connection waits nowhere. */
	buf_u64(b, p->wire.framed && p->wire.setup == SIP_SDP_SETUP_ACTIVE
		       ? DISCARD
		       : p->port);
	buf_putc(b, ' ');
	buf_puts(b, sip_sdp_profile_name(sip_sdp_profile(str_of(p->proto))));
	for (size_t i = 0; i < n; i++) {
		buf_putc(b, ' ');
		buf_i64(b, list[i].payload);
	}
	buf_puts(b, "\r\n");
	for (size_t i = 0; i < n; i++)
		write_meaning(
		    b, list[i].payload, &sip_sdp_codecs[list[i].codec]);
	if (str_is(str_of(p->type), "audio"))
		buf_printf(
		    b, "a=ptime:%u\r\n", can->ptime > 0 ? can->ptime : PTIME);
	if (str_is(str_of(p->type), "audio") && can->maxptime > 0)
		buf_printf(b, "a=maxptime:%u\r\n", can->maxptime);
}

static void
write_direction(struct sip_sdp_session *s, struct sip_sdp_place *p, bool sends,
    bool receives, struct buf *b)
{
	p->said = sends && receives ? MSG_SDP_SENDRECV
		  : sends           ? MSG_SDP_SENDONLY
		  : receives        ? MSG_SDP_RECVONLY
				    : MSG_SDP_INACTIVE;
	s->directions |= p->said != MSG_SDP_SENDRECV;
	if (s->directions)
		buf_printf(b, "a=%s\r\n", msg_sdp_direction_name(p->said));
}

/* What T has this side say of P. */
static struct sip_sdp_wire
wire_of(const struct sip_sdp_session *s, const struct sip_sdp_place *p,
    const struct sip_sdp_terms *t)
{
	struct sip_sdp_wire w = t->can->wire;

	w.framed = sip_sdp_profile(str_of(p->proto)) == SIP_SDP_FRAMED;
	/* A side with another address has lost it. */
	w.existing = w.framed && p->connected && addr_same_ip(&s->at, &t->addr);
	if (w.existing)
		w.setup = p->agreed.wire.setup;
	return w;
}

/* ---- offers ---- */

/* The codecs of P's kind, as CAN prefers them. */
static size_t
list_codecs(struct sip_sdp_place *p, const struct sip_sdp_can *can,
    struct sip_sdp_format list[SIP_SDP_CODECS])
{
	unsigned all =
	    sip_sdp_can_mask(can, sip_sdp_kind_find(str_of(p->type)));
	size_t n = 0;

	p->mask = sip_sdp_profile(str_of(p->proto));
	for (size_t i = 0; i < can->ncodecs; i++) {
		size_t c = can->codecs[i];
		int payload =
		    (all & 1u << c) != 0 ? sip_sdp_choose_payload(p, c) : -1;

		if (payload < 0)
			continue;
		p->mask |= 1u << c;
		list[n++] = (struct sip_sdp_format){ payload, c };
	}
	return n;
}

static int
offer_stream(struct sip_sdp_session *s, struct sip_sdp_place *p,
    const struct sip_sdp_terms *t, struct buf *b)
{
	struct sip_sdp_format list[SIP_SDP_CODECS];
	size_t n = list_codecs(p, t->can, list);
	int err = 0;

	p->wire = wire_of(s, p, t);
	write_stream(p, t->can, list, n, b);
	sip_sdp_wire_write(&p->wire, b);
	if ((p->mask & SIP_SDP_SECRET) != 0)
		err = sip_sdp_crypto_offer(p, t, b);
	if (err == 0 && !p->wire.framed)
		err = sip_sdp_ice_offer(p, t, b);
	write_direction(s, p, t->sends, t->receives, b);
	p->sends = t->sends;
	p->receives = t->receives && !t->nowhere;
	return err;
}

static int
need_ports(struct sip_sdp_session *s)
{
	int err = 0;

	for (size_t i = 0; i < s->nplaces && err == 0; i++)
		if (s->places[i].offered)
			err = sip_sdp_need_port(s, &s->places[i]);
	return err;
}

int
sip_sdp_write_offer(
    struct sip_sdp_session *s, const struct sip_sdp_terms *t, struct buf *out)
{
	struct buf b = BUF_INIT;
	int err = sip_sdp_plan(s, t);

	if (err == 0)
		err = need_ports(s);
	if (err != 0) {
		sip_sdp_take_back(s);
		return err;
	}
	write_session(t, &b);
	buf_puts(&b, "t=0 0\r\n");
	write_lite(t, &b);
	/* 8: as many m= lines as before, those without use with port 0. */
	for (size_t i = 0; i < s->nplaces; i++)
		if (s->places[i].offered)
			b.err |= offer_stream(s, &s->places[i], t, &b);
		else
			write_refused(&s->places[i], &b);
	s->offers = true;
	return put_together(s, t, t->anew, &b, out);
}

/* ---- capabilities: RFC 3264 9 ---- */

static void
write_capability(
    const struct sip_sdp_can *can, enum sip_sdp_kind kind, struct buf *out)
{
	buf_printf(out, "m=%s 0 %s", sip_sdp_kind_name(kind),
	    sip_sdp_profile_name(sip_sdp_can_offer(can)));
	for (size_t i = 0; i < can->ncodecs; i++)
		if (sip_sdp_codecs[can->codecs[i]].kind == kind)
			buf_printf(
			    out, " %d", sip_sdp_codecs[can->codecs[i]].payload);
	buf_puts(out, "\r\n");
	for (size_t i = 0; i < can->ncodecs; i++) {
		const struct sip_sdp_codec *c = &sip_sdp_codecs[can->codecs[i]];

		if (c->kind == kind)
			write_meaning(out, c->payload, c);
	}
}

void
sip_sdp_write_capabilities(const char *user, const struct addr *addr,
    const struct sip_sdp_can *can, uint64_t id, struct buf *out)
{
	buf_printf(out, "v=0\r\no=%s %llu 1 ", user, (unsigned long long)id);
	sdp_session_write_address(addr, out);
	buf_puts(out, "s=-\r\nc=");
	sdp_session_write_address(addr, out);
	write_bandwidth(can, out);
	buf_puts(out, "t=0 0\r\n");
	for (unsigned k = 0; k < SIP_SDP_KINDS; k++)
		if ((can->kinds & 1u << k) != 0)
			write_capability(can, (enum sip_sdp_kind)k, out);
}

/* ---- reading ---- */

/* The hash of TEXT's o= line; 0: it has none. */
static uint64_t
hash_origin(struct str text)
{
	while (text.n > 0) {
		struct str line = str_cut(text, '\n', &text);

		if (str_starts(line, "o="))
			return str_hash(str_trim(line));
	}
	return 0;
}

void
sip_sdp_hear(struct sip_sdp_session *s, struct str text)
{
	uint64_t hash = text.n > 0 ? hash_origin(text) : 0;

	if (hash != 0)
		s->heard = hash;
}

/* 8: OFFER is what the other side has said last, once more. */
static bool
sdp_session_is_heard(const struct sip_sdp_session *s, struct str offer)
{
	return s->heard != 0 && s->heard == hash_origin(offer);
}

/* ---- answers ---- */

/* Place I of S is as stream I of SDP says; its formats that are known here, of
 * the codecs in MASK, into BOTH, *N of them.  NULL when out of memory. */
static struct sip_sdp_place *
sdp_session_take_place(struct sip_sdp_session *s, const struct msg_sdp *sdp,
    size_t i, unsigned mask, struct sip_sdp_format both[SIP_SDP_CODECS],
    size_t *n)
{
	const struct msg_sdp_media *m = &sdp->media[i];
	struct sip_sdp_place *p =
	    i < s->nplaces ? &s->places[i] : sip_sdp_add_place(s);

	if (p == NULL ||
	    sip_sdp_set_place(p, m->type, m->proto, m->formats) != 0)
		return NULL;
	*n = sip_sdp_common(sdp, i, mask, both);
	p->own = *n > 0;
	sip_sdp_note_numbers(p, m->formats);
	for (size_t k = 0; k < *n; k++)
		p->payload[both[k].codec] = both[k].payload;
	return p;
}

/* The codecs that T has for stream I of OFFER: of a kind that it takes, or that
 * is there already. */
static unsigned
mask_for(const struct sip_sdp_session *s, const struct sip_sdp_terms *t,
    const struct msg_sdp *offer, size_t i)
{
	struct sip_sdp_can can = *t->can;

	if (i < s->nplaces && s->places[i].own)
		can.kinds = UINT32_MAX;
	return sip_sdp_can_stream(&can, offer, i);
}

/* 6: one m= line for each of the offer's, in its order. */
static int
answer_stream(struct sip_sdp_session *s, const struct sip_sdp_terms *t,
    const struct msg_sdp *offer, size_t i, struct buf *b)
{
	const struct msg_sdp_media *m = &offer->media[i];
	struct sip_sdp_format both[SIP_SDP_CODECS];
	size_t n;
	struct sip_sdp_place *p = sdp_session_take_place(
	    s, offer, i, mask_for(s, t, offer, i), both, &n);
	bool secret = sip_sdp_profile(m->proto) == SIP_SDP_SECRET;
	struct sdes_line line;
	int err = 0;

	if (p == NULL)
		return ERR_NOMEM;
	/* RFC 4568 7.1.2 */
	p->own = p->own && sip_sdp_crypto_choose(offer, i, &line) == SDES_NONE;
	if (p->own)
		err = sip_sdp_need_port(s, p);
	if (err == ERR_NOMEM)
		return err;
	/* What gets no port is rejected as well. */
	p->own = p->own && err == 0;
	if (!p->own) {
		write_refused(p, b);
		return err;
	}
	p->sends = t->sends;
	p->receives = t->receives && !t->nowhere;
	p->wire = wire_of(s, p, t);
	sip_sdp_settle(p, offer, i, both, n, false);
	sip_sdp_wire_answer(&p->wire, &p->agreed.wire);
	write_stream(p, t->can, both, n, b);
	if (secret && sip_sdp_crypto_answer(p, t, &line, b) != 0)
		return ERR_NOMEM;
	if (!secret && p->crypto != NULL)
		p->crypto->agreed = false;
	sip_sdp_wire_write(&p->wire, b);
	if (!p->wire.framed && sip_sdp_ice_answer(p, t, offer, i, b) != 0)
		return ERR_NOMEM;
	/* 6.1: what the other side does not receive is not sent, and the other
	 * way round. */
	write_direction(s, p, sip_sdp_receives(m->direction) && t->sends,
	    sip_sdp_sends(m->direction) && t->receives, b);
	return 0;
}

/* What the last line o= of SDP with numbers says; false: there is none. */
static bool
sdp_session_read_origin(const struct msg_sdp *sdp, struct str *user,
    uint64_t *id, uint32_t *version)
{
	bool found = false;

	for (size_t i = 0; i < sdp->nlines; i++) {
		struct str name, rest;
		uint64_t number;
		uint32_t count;

		if (sdp->lines[i].type != 'o')
			continue;
		name = str_cut(sdp->lines[i].value, ' ', &rest);
		if (str_u64(str_cut(rest, ' ', &rest), &number) != 0 ||
		    str_u32(str_cut(rest, ' ', &rest), &count) != 0)
			continue;
		*user = name;
		*id = number;
		*version = count;
		found = true;
	}
	return found;
}

/* RFC 8866 5.2: the number of T's session, or another one where the offer, SDP,
 * has that: a phone that calls itself has two. */
static uint64_t
number_answer(const struct sip_sdp_terms *t, const struct msg_sdp *sdp)
{
	struct str user;
	uint32_t version;
	uint64_t id;
	bool own = sdp_session_read_origin(sdp, &user, &id, &version) &&
		   str_is(user, t->user) && id == t->id;

	return own ? t->id + 1 : t->id;
}

int
sip_sdp_write_answer(struct sip_sdp_session *s, const struct sip_sdp_terms *t,
    struct str offer, struct buf *out)
{
	struct buf b = BUF_INIT;
	struct msg_sdp sdp;
	bool known = sdp_session_is_heard(s, offer), anew = t->anew && !known;
	unsigned version = s->version;
	struct sip_sdp_terms own = *t;
	int err = 0, bad;

	s->short_of = false;
	sip_sdp_hear(s, offer);
	write_session(t, &b);
	if (msg_sdp_read(&sdp, offer, NULL) != 0) {
		buf_puts(&b, "t=0 0\r\n");
		bad = put_together(s, t, anew, &b, out);
		return bad != 0 ? bad : ERR_SYNTAX;
	}
	own.id = number_answer(t, &sdp);
	copy_times(&sdp, &b);
	if (sip_sdp_ice_is_in(&sdp))
		write_lite(t, &b);
	for (size_t i = 0; i < sdp.nmedia && err != ERR_NOMEM; i++) {
		err = answer_stream(s, t, &sdp, i, &b);
		s->short_of |= err == ERR_LIMIT;
	}
	s->nagreed = s->nplaces;
	s->offers = false;
	if (put_together(s, &own, anew, &b, out) != 0 || err == ERR_NOMEM)
		return ERR_NOMEM;
	/* What was said early is said once more. */
	s->exchanges += !known || s->version != version;
	return sip_sdp_is_refused(s) ? ERR_LIMIT : 0;
}

/* ---- an offer that goes from another address ---- */

/* LINE of S's offer has this side's address: where it begins; -1: not. */
static ptrdiff_t
sdp_session_find_own(
    const struct sip_sdp_session *s, struct str line, struct buf *old)
{
	buf_clear(old);
	if (str_starts(line, "a=candidate:")) {
		addr_write_bare(&s->at, old);
		return str_find(line, buf_cstr(old));
	}
	sdp_session_write_address(&s->at, old);
	return (str_starts(line, "o=") || str_starts(line, "c=")) &&
		       str_ends(line, buf_cstr(old))
		   ? (ptrdiff_t)(line.n - old->n)
		   : -1;
}

int
sip_sdp_readdress(struct sip_sdp_session *s, struct str body,
    const struct addr *to, struct buf *out)
{
	LOCAL_BUF old = BUF_INIT;
	size_t behind = 0;

	while (body.n > 0) {
		struct str line = str_slice(body, 0, body.n);
		ptrdiff_t end = str_chr(body, '\n');
		ptrdiff_t at;
		bool origin = str_starts(line, "o=");

		if (end >= 0)
			line.n = (size_t)end + 1;
		body = str_slice(body, line.n, body.n);
		at = sdp_session_find_own(s, line, &old);
		if (at >= 0) {
			buf_str(out, str_slice(line, 0, (size_t)at));
			if (str_starts(line, "a="))
				addr_write_bare(to, out);
			else
				sdp_session_write_address(to, out);
			line = str_slice(line, (size_t)at + old.n, line.n);
		}
		buf_str(out, line);
		if (origin)
			behind = out->n;
	}
	if (old.err != 0)
		out->err = ERR_NOMEM;
	if (out->err != 0)
		return out->err;
	s->said = str_hash(str_slice(buf_view(out), behind, out->n));
	s->at = s->origin = *to;
	for (size_t i = 0; i < s->nplaces; i++)
		sip_sdp_ice_readdress(&s->places[i], to);
	return 0;
}

/* ---- offers of others ---- */

void
sip_sdp_take_origin(struct sip_sdp_session *s, struct str offer)
{
	struct str user;
	uint64_t id;
	uint32_t version;
	struct msg_sdp sdp;

	msg_sdp_read(&sdp, offer, NULL);
	if (sdp_session_read_origin(&sdp, &user, &id, &version)) {
		s->id = id;
		s->version = version;
	}
}

int
sip_sdp_take_places(struct sip_sdp_session *s, struct str answer)
{
	struct sip_sdp_format both[SIP_SDP_CODECS];
	struct msg_sdp sdp;
	size_t n;

	if (msg_sdp_read(&sdp, answer, NULL) != 0)
		return ERR_SYNTAX;
	for (size_t i = 0; i < sdp.nmedia; i++)
		if (sdp_session_take_place(s, &sdp, i,
			UINT32_MAX & ~SIP_SDP_SECRET, both, &n) == NULL)
			return ERR_NOMEM;
	s->nagreed = s->nplaces;
	return 0;
}
