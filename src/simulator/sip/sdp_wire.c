/*
 * How the packets of a stream go, in offers and answers: ports, multiplexing,
 * keys (RFC 4568), ICE (RFC 8839).
 */
#include "sip/sdp_wire.h"

#include "base/err.h"
#include "base/mem.h"
#include "sip/sdp_crypto.h"
#include "sip/sdp_ice.h"
#include "sip/sdp_ports.h"

#include <string.h>

static const struct {
	const char *word;
	enum sip_sdp_setup other;
} setups[] = {
#define X(id, word, other) { word, SIP_SDP_SETUP_##other },
	SIP_SDP_SETUPS(X)
#undef X
};

const char *
sip_sdp_setup_word(enum sip_sdp_setup s)
{
	return setups[s].word;
}

enum sip_sdp_setup
sip_sdp_setup_find(struct str word)
{
	unsigned s = 0;

	while (s < SIP_SDP_SETUP_COUNT && !str_is(word, setups[s].word))
		s++;
	return (enum sip_sdp_setup)s;
}

void
sip_sdp_wire_write(const struct sip_sdp_wire *own, struct buf *b)
{
	if (own->mux)
		buf_puts(b, "a=rtcp-mux\r\n");
	if (own->metrics || own->receiver_trip)
		buf_puts(b, "a=rtcp-xr:rcvr-rtt=all voip-metrics\r\n");
	if (own->framed)
		buf_printf(b, "a=setup:%s\r\na=connection:%s\r\n",
		    sip_sdp_setup_word(own->setup),
		    own->existing ? "existing" : "new");
}

/* "53020", or "53020 IN IP4 126.16.64.4". */
struct addr
sip_sdp_wire_control(const struct msg_sdp *sdp, size_t i)
{
	struct addr control = { 0 };
	struct str value, rest;
	uint32_t port = 0;

	if (!msg_sdp_attribute_find(sdp, (unsigned)i + 1, "rtcp", 0, &value) ||
	    str_u32(str_cut(str_trim(value), ' ', &rest), &port) != 0 ||
	    port == 0 || port > UINT16_MAX)
		return control;
	str_cut(rest, ' ', &rest);
	str_cut(rest, ' ', &rest);
	if (addr_parse(rest, &control) != 0)
		control.len = 0;
	control.port = (uint16_t)port;
	return control;
}

/* RFC 3611 5.1: "rcvr-rtt=all:10 voip-metrics", of the stream, else of the
 * session. */
static void
read_extended(struct sip_sdp_wire *w, const struct msg_sdp *sdp, unsigned media)
{
	struct str rest;

	if (!msg_sdp_attribute_find(sdp, media, "rtcp-xr", 0, &rest) &&
	    !msg_sdp_attribute_find(sdp, 0, "rtcp-xr", 0, &rest))
		return;
	while (rest.n > 0) {
		struct str word = str_cut(str_trim(rest), ' ', &rest);

		w->metrics |= str_is(word, "voip-metrics");
		w->receiver_trip |= str_starts(word, "rcvr-rtt=all");
	}
}

/* RFC 4145 4, 5: of the stream, else of the session. */
static struct str
sdp_wire_find_word(const struct msg_sdp *sdp, unsigned media, const char *name)
{
	struct str value;

	if (msg_sdp_attribute_find(sdp, media, name, 0, &value) ||
	    msg_sdp_attribute_find(sdp, 0, name, 0, &value))
		return str_trim(value);
	return STR_NULL;
}

/* RFC 4145 4.1: the part that is left for this side; an offer of either leaves
 * it the choice. */
static enum sip_sdp_setup
choose_part(enum sip_sdp_setup own, struct str theirs, bool answer)
{
	enum sip_sdp_setup s = sip_sdp_setup_find(theirs);

	if (s == SIP_SDP_SETUP_COUNT)
		s = answer ? SIP_SDP_SETUP_PASSIVE : SIP_SDP_SETUP_ACTIVE;
	if (s == SIP_SDP_SETUP_ACTPASS && own == SIP_SDP_SETUP_PASSIVE)
		return own;
	return setups[s].other;
}

void
sip_sdp_wire_agree(struct sip_sdp_wire *agreed, const struct sip_sdp_wire *own,
    const struct msg_sdp *sdp, size_t i, bool answer)
{
	unsigned media = (unsigned)i + 1;
	struct str value;

	*agreed = (struct sip_sdp_wire){ 0 };
	/* RFC 5761 5.1.1: both have to say so. */
	agreed->mux = own->mux &&
		      msg_sdp_attribute_find(sdp, media, "rtcp-mux", 0, &value);
	/* RFC 3611 5.2: who has said nothing is not asked for it. */
	if (own->metrics)
		read_extended(agreed, sdp, media);
	agreed->framed = own->framed;
	if (!own->framed)
		return;
	agreed->setup = choose_part(
	    own->setup, sdp_wire_find_word(sdp, media, "setup"), answer);
	agreed->existing =
	    own->existing &&
	    str_is(sdp_wire_find_word(sdp, media, "connection"), "existing");
}

struct sip_sdp_wire
sip_sdp_wire_said(const struct msg_sdp *sdp, size_t i)
{
	enum sip_sdp_setup s = sip_sdp_setup_find(
	    sdp_wire_find_word(sdp, (unsigned)i + 1, "setup"));

	return (struct sip_sdp_wire){
		.setup = s != SIP_SDP_SETUP_COUNT ? s : SIP_SDP_SETUP_ACTPASS
	};
}

void
sip_sdp_wire_answer(struct sip_sdp_wire *own, const struct sip_sdp_wire *agreed)
{
	own->mux = agreed->mux;
	own->metrics = agreed->metrics;
	own->receiver_trip = agreed->receiver_trip;
	own->setup = agreed->setup;
	own->existing = agreed->existing;
}

/* 6.1: a key of its own for each line. */
static const struct srtp_master *
need_key(struct sip_sdp_crypto *c, const struct sip_sdp_terms *t,
    enum srtp_suite suite)
{
	struct srtp_master *own = &c->own[suite];

	if ((c->drawn & 1u << suite) != 0)
		return own;
	*own = (struct srtp_master){ .suite = suite };
	t->draw(t->draw_arg, own->key, sizeof(own->key));
	t->draw(t->draw_arg, own->salt, sizeof(own->salt));
	c->drawn |= 1u << suite;
	return own;
}

/* 7.1.4: another address or port asks for other keys; else they stay. */
static struct sip_sdp_crypto *
need_crypto(struct sip_sdp_place *p, const struct sip_sdp_terms *t)
{
	struct sip_sdp_crypto *c = p->crypto;
	struct addr at = { 0 };

	if (!t->nowhere)
		at = t->addr;
	at.port = p->port;
	if (c == NULL)
		c = p->crypto = mem_zalloc(1, sizeof(*c));
	if (c != NULL && !addr_eq(&c->at, &at)) {
		c->at = at;
		c->drawn = 0;
	}
	return c;
}

static void
sdp_wire_write_line(const struct sdes_line *line, struct buf *b)
{
	buf_puts(b, "a=crypto:");
	sdes_write(line, b);
	buf_puts(b, "\r\n");
}

/* The lines that C offers: 5.1.1, by preference, each with a tag. */
static void
sdp_wire_list_lines(
    const struct sip_sdp_crypto *c, struct sdes_line lines[SIP_SDP_SUITES])
{
	for (unsigned i = 0; i < SIP_SDP_SUITES; i++) {
		unsigned suite = ((unsigned)c->first + i) % SIP_SDP_SUITES;

		lines[i] = (struct sdes_line){ i + 1, c->own[suite] };
	}
}

int
sip_sdp_crypto_offer(
    struct sip_sdp_place *p, const struct sip_sdp_terms *t, struct buf *b)
{
	struct sdes_line lines[SIP_SDP_SUITES];
	struct sip_sdp_crypto *c = need_crypto(p, t);

	if (c == NULL)
		return ERR_NOMEM;
	for (unsigned i = 0; i < SIP_SDP_SUITES; i++)
		need_key(c, t, (enum srtp_suite)i);
	sdp_wire_list_lines(c, lines);
	for (unsigned i = 0; i < SIP_SDP_SUITES; i++)
		sdp_wire_write_line(&lines[i], b);
	return 0;
}

/* ---- reading ---- */

static size_t
sdp_wire_list_values(
    const struct msg_sdp *sdp, size_t i, struct str values[SDES_LINES])
{
	size_t n = 0;

	while (n < SDES_LINES && msg_sdp_attribute_find(sdp, (unsigned)i + 1,
				     "crypto", n, &values[n]))
		n++;
	return n;
}

enum sdes_fault
sip_sdp_crypto_choose(
    const struct msg_sdp *offer, size_t i, struct sdes_line *line)
{
	struct str values[SDES_LINES];

	if (sip_sdp_profile(offer->media[i].proto) != SIP_SDP_SECRET)
		return SDES_NONE;
	return sdes_choose(
	    values, sdp_wire_list_values(offer, i, values), line);
}

int
sip_sdp_crypto_answer(struct sip_sdp_place *p, const struct sip_sdp_terms *t,
    const struct sdes_line *line, struct buf *b)
{
	struct sip_sdp_crypto *c = need_crypto(p, t);
	struct sdes_line own = { .tag = line->tag };

	if (c == NULL)
		return ERR_NOMEM;
	c->first = line->master.suite;
	own.master = *need_key(c, t, c->first);
	c->sends = own.master;
	c->receives = line->master;
	c->agreed = true;
	sdp_wire_write_line(&own, b);
	return 0;
}

enum sdes_fault
sip_sdp_crypto_judge(const struct sip_sdp_place *p,
    const struct msg_sdp *answer, size_t i, struct sip_sdp_crypto *agreed)
{
	struct sdes_line offered[SIP_SDP_SUITES], line;
	struct str values[SDES_LINES];
	enum sdes_fault fault;
	size_t which;

	*agreed = (struct sip_sdp_crypto){ 0 };
	if (sip_sdp_profile(answer->media[i].proto) != SIP_SDP_SECRET)
		return SDES_NONE;
	if (p->crypto == NULL)
		return SDES_OFFERED;
	sdp_wire_list_lines(p->crypto, offered);
	fault =
	    sdes_read_answer(values, sdp_wire_list_values(answer, i, values),
		offered, SIP_SDP_SUITES, &line, &which);
	if (fault != SDES_NONE)
		return fault;
	agreed->agreed = true;
	agreed->sends = offered[which].master;
	agreed->receives = line.master;
	return SDES_NONE;
}

void
sip_sdp_crypto_settle(
    struct sip_sdp_place *p, const struct sip_sdp_crypto *agreed)
{
	if (p->crypto == NULL)
		return;
	p->crypto->agreed = agreed->agreed;
	p->crypto->sends = agreed->sends;
	p->crypto->receives = agreed->receives;
}

/* RFC 8445 5.3: 24 and 128 bits, at least. */
#define UFRAG 8
#define PWD   24

static const struct {
	const char *word;
	unsigned preference;
} types[] = {
#define X(id, word, preference) { word, preference },
	SIP_SDP_CANDIDATE_TYPES(X)
#undef X
};

const char *
sip_sdp_candidate_word(enum sip_sdp_candidate_type type)
{
	return types[type].word;
}

uint32_t
sip_sdp_candidate_priority(enum sip_sdp_candidate_type type)
{
	return types[type].preference << 24 | 65535u << 8 | 255;
}

enum sip_sdp_ice_part
sip_sdp_ice_find(struct str word)
{
#define X(id, name)             \
	if (str_is(word, name)) \
		return SIP_SDP_ICE_##id;
	SIP_SDP_ICE_PARTS(X)
#undef X
	return SIP_SDP_ICE_NO;
}

/* ---- writing ---- */

/* RFC 8839 5.4: N ice-chars, and a zero. */
static void
draw_word(const struct sip_sdp_terms *t, char *out, size_t n)
{
	static const char chars[] = "abcdefghijklmnopqrstuvwxyz"
				    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+/";

	t->draw(t->draw_arg, (uint8_t *)out, n);
	for (size_t i = 0; i < n; i++)
		out[i] = chars[(uint8_t)out[i] % 64];
	out[n] = '\0';
}

/* RFC 8839 4.4.2.1: THEIRS has other names; 4.4.3.1: who offers (NULL) has
 * heard none in the last answer. */
static bool
sdp_wire_begins_anew(
    const struct sip_sdp_ice *ice, const struct sip_sdp_ice_side *theirs)
{
	return ice != NULL && ice->settled &&
	       (!ice->agreed || (theirs != NULL && strcmp(ice->theirs.ufrag,
						       theirs->ufrag) != 0));
}

/* P's own part, with other names where it begins ANEW (RFC 8839 4.4.1.1.1), or
 * is elsewhere than before (RFC 8445 9). */
static int
sdp_wire_make_ice(
    struct sip_sdp_place *p, const struct sip_sdp_terms *t, bool anew)
{
	struct sip_sdp_ice *ice = p->ice;
	struct sip_sdp_candidate host = { .type = SIP_SDP_CANDIDATE_HOST,
		.addr = t->addr,
		.priority =
		    sip_sdp_candidate_priority(SIP_SDP_CANDIDATE_HOST) };

	if (ice == NULL)
		ice = p->ice = mem_zalloc(1, sizeof(*ice));
	if (ice == NULL)
		return ERR_NOMEM;
	host.addr.port = p->port;
	if (anew || ice->own.ncandidates == 0 ||
	    !addr_eq(&ice->own.candidates[0].addr, &host.addr)) {
		draw_word(t, ice->own.ufrag, UFRAG);
		draw_word(t, ice->own.pwd, PWD);
		ice->agreed = false;
	}
	ice->own.lite = t->can->ice == SIP_SDP_ICE_LITE;
	ice->own.candidates[0] = host;
	ice->own.ncandidates = 1;
	return 0;
}

/* RFC 8839 5.1: "candidate:1 1 UDP 2130706431 192.0.2.1 49170 typ host" */
static void
write_side(const struct sip_sdp_ice_side *s, struct buf *b)
{
	buf_printf(b, "a=ice-ufrag:%s\r\na=ice-pwd:%s\r\n", s->ufrag, s->pwd);
	buf_puts(b, "a=ice-options:ice2\r\n");
	for (size_t i = 0; i < s->ncandidates; i++) {
		const struct sip_sdp_candidate *c = &s->candidates[i];

		buf_printf(b, "a=candidate:%zu 1 UDP %u ", i + 1, c->priority);
		addr_write_bare(&c->addr, b);
		buf_printf(b, " %u typ %s\r\n", c->addr.port,
		    sip_sdp_candidate_word(c->type));
	}
}

int
sip_sdp_ice_offer(
    struct sip_sdp_place *p, const struct sip_sdp_terms *t, struct buf *b)
{
	if (t->can->ice == SIP_SDP_ICE_NO)
		return 0;
	if (sdp_wire_make_ice(p, t, sdp_wire_begins_anew(p->ice, NULL)) != 0)
		return ERR_NOMEM;
	p->ice->offers = p->ice->offers || !p->ice->settled;
	write_side(&p->ice->own, b);
	return b->err;
}

void
sip_sdp_ice_readdress(struct sip_sdp_place *p, const struct addr *to)
{
	if (p->ice == NULL)
		return;
	p->ice->own.candidates[0].addr = *to;
	p->ice->own.candidates[0].addr.port = p->port;
}

/* ---- reading ---- */

bool
sip_sdp_ice_is_in(const struct msg_sdp *sdp)
{
	struct str v;

	for (unsigned i = 0; i <= sdp->nmedia; i++)
		if (msg_sdp_attribute_find(sdp, i, "ice-ufrag", 0, &v))
			return true;
	return false;
}

/* RFC 8839 5.4: of the stream, else of the session; too long is none. */
static void
sdp_wire_read_word(
    const struct msg_sdp *sdp, unsigned media, const char *name, char *to)
{
	struct str v;

	to[0] = '\0';
	if (!msg_sdp_attribute_find(sdp, media, name, 0, &v) &&
	    !msg_sdp_attribute_find(sdp, 0, name, 0, &v))
		return;
	v = str_trim(v);
	if (v.n == 0 || v.n > SIP_SDP_ICE_WORD)
		return;
	memcpy(to, v.p, v.n);
	to[v.n] = '\0';
}

static enum sip_sdp_candidate_type
find_type(struct str word)
{
	unsigned t = 0;

	while (t < SIP_SDP_CANDIDATE_COUNT && !str_is(word, types[t].word))
		t++;
	return (enum sip_sdp_candidate_type)t;
}

/* False: it is none, or none of use here (another component, TCP, a name). */
static bool
read_candidate(struct str v, struct sip_sdp_candidate *c)
{
	enum {
		FOUNDATION,
		COMPONENT,
		TRANSPORT,
		RANK, /* its priority */
		ADDR,
		PORT,
		TYP,
		TYPE,
		WORDS
	};
	struct str words[WORDS];
	uint32_t port;

	for (unsigned i = 0; i < WORDS; i++)
		words[i] = str_cut(v, ' ', &v);
	c->type = find_type(str_trim(words[TYPE]));
	if (!str_is(words[COMPONENT], "1") ||
	    !str_iis(words[TRANSPORT], "UDP") || !str_is(words[TYP], "typ") ||
	    str_u32(words[RANK], &c->priority) != 0 ||
	    str_u32(words[PORT], &port) != 0 || port == 0 ||
	    port > UINT16_MAX || addr_parse(words[ADDR], &c->addr) != 0 ||
	    c->type == SIP_SDP_CANDIDATE_COUNT)
		return false;
	c->addr.port = (uint16_t)port;
	return true;
}

/* RFC 8839 4.2.5: the address of c= and m= is one of the candidates, or ICE is
 * of no use: a box between has changed one and not the other. */
static bool
fits_default(const struct sip_sdp_ice_side *s, const struct msg_sdp_media *m)
{
	struct addr at;

	if (addr_parse(m->address, &at) != 0)
		return false;
	at.port = m->port;
	for (size_t i = 0; i < s->ncandidates; i++)
		if (addr_eq(&s->candidates[i].addr, &at))
			return true;
	return false;
}

/* False: stream I says nothing of ICE, or what contradicts its address. */
static bool
sdp_wire_read_side(struct sip_sdp_ice_side *s, const struct msg_sdp *sdp,
    size_t i, bool *mismatch)
{
	unsigned media = (unsigned)i + 1;
	struct str v;

	*s = (struct sip_sdp_ice_side){ 0 };
	*mismatch = false;
	sdp_wire_read_word(sdp, media, "ice-ufrag", s->ufrag);
	sdp_wire_read_word(sdp, media, "ice-pwd", s->pwd);
	s->lite = msg_sdp_attribute_find(sdp, 0, "ice-lite", 0, &v);
	for (size_t k = 0;
	     s->ncandidates < SIP_SDP_CANDIDATES &&
	     msg_sdp_attribute_find(sdp, media, "candidate", k, &v);
	     k++)
		s->ncandidates +=
		    read_candidate(v, &s->candidates[s->ncandidates]);
	if (s->ufrag[0] == '\0' || s->pwd[0] == '\0')
		return false;
	*mismatch = !fits_default(s, &sdp->media[i]);
	if (*mismatch)
		s->ufrag[0] = '\0';
	return !*mismatch;
}

static void
hear_side(
    struct sip_sdp_ice *ice, const struct sip_sdp_ice_side *theirs, bool agreed)
{
	ice->theirs = *theirs;
	ice->agreed = agreed;
	ice->settled |= agreed;
}

int
sip_sdp_ice_answer(struct sip_sdp_place *p, const struct sip_sdp_terms *t,
    const struct msg_sdp *offer, size_t i, struct buf *b)
{
	struct sip_sdp_ice_side theirs;
	bool mismatch, has = sdp_wire_read_side(&theirs, offer, i, &mismatch);

	if (t->can->ice == SIP_SDP_ICE_NO || (!has && !mismatch)) {
		if (p->ice != NULL)
			hear_side(p->ice, &theirs, false);
		return 0;
	}
	if (sdp_wire_make_ice(p, t, sdp_wire_begins_anew(p->ice, &theirs)) != 0)
		return ERR_NOMEM;
	p->ice->offers = p->ice->settled && p->ice->offers;
	hear_side(p->ice, &theirs, has);
	if (has)
		write_side(&p->ice->own, b);
	else
		buf_puts(b, "a=ice-mismatch\r\n");
	return b->err;
}

void
sip_sdp_ice_settle(
    struct sip_sdp_place *p, const struct msg_sdp *answer, size_t i)
{
	struct sip_sdp_ice_side theirs;
	bool mismatch, has;

	if (p->ice == NULL)
		return;
	has = sdp_wire_read_side(&theirs, answer, i, &mismatch);
	hear_side(p->ice, &theirs, has);
}

/* Which RTP ports of a node are taken. */

int
sip_sdp_port_take(struct sip_sdp_ports *p, uint16_t *port)
{
	if (p->taken == NULL)
		p->taken = mem_zalloc((SIP_SDP_PORTS + 7) / 8, 1);
	if (p->taken == NULL)
		return ERR_NOMEM;
	for (unsigned i = 0; i < SIP_SDP_PORTS; i++) {
		unsigned at = (p->next + i) % SIP_SDP_PORTS;

		if ((p->taken[at / 8] & 1u << at % 8) != 0)
			continue;
		p->taken[at / 8] |= (uint8_t)(1u << at % 8);
		p->next = (at + 1) % SIP_SDP_PORTS;
		*port = (uint16_t)(SIP_SDP_PORT_FIRST + 2 * at);
		return 0;
	}
	return ERR_LIMIT;
}

void
sip_sdp_port_give_back(struct sip_sdp_ports *p, uint16_t port)
{
	unsigned at = (port - SIP_SDP_PORT_FIRST) / 2u;

	p->taken[at / 8] &= (uint8_t) ~(1u << at % 8);
}

void
sip_sdp_ports_free(struct sip_sdp_ports *p)
{
	mem_free(p->taken);
	*p = (struct sip_sdp_ports){ 0 };
}
