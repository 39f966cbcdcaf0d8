/*
 * What an offer and its answer have agreed on: RFC 3264 6, 7, 8.  An offer that
 * gets none leaves everything as it was (RFC 3261 14.1).
 */
#include "sip/sdp_crypto.h"

#include "base/err.h"
#include "base/mem.h"
#include "sip/sdp_ice.h"

#include <string.h>

/* ---- The m= lines of a session: RFC 3264 8 ---- */

/* RFC 3551 6: from here on a number means what a=rtpmap says. */
#define DYNAMIC  96
#define PAYLOADS 128

static void
sip_sdp_free_place(struct sip_sdp_place *p)
{
	mem_free(p->type);
	mem_free(p->crypto);
	mem_free(p->ice);
}

/* P's port, if it has one, is free again. */
static void
sip_sdp_close_port(struct sip_sdp_session *s, struct sip_sdp_place *p)
{
	if (p->port != 0 && !p->lent)
		sip_sdp_port_give_back(s->ports, p->port);
	p->port = 0;
	p->lent = false;
}

void
sip_sdp_free(struct sip_sdp_session *s)
{
	for (size_t i = 0; i < s->nplaces; i++) {
		sip_sdp_close_port(s, &s->places[i]);
		sip_sdp_free_place(&s->places[i]);
	}
	mem_free(s->places);
	s->places = NULL;
	s->nplaces = s->nagreed = 0;
}

struct sip_sdp_place *
sip_sdp_add_place(struct sip_sdp_session *s)
{
	struct sip_sdp_place *list =
	    mem_realloc_array(s->places, s->nplaces + 1, sizeof(*s->places));

	if (list == NULL)
		return NULL;
	s->places = list;
	list[s->nplaces] = (struct sip_sdp_place){ 0 };
	for (size_t c = 0; c < SIP_SDP_CODECS; c++)
		list[s->nplaces].payload[c] = -1;
	return &list[s->nplaces++];
}

int
sip_sdp_set_place(struct sip_sdp_place *p, struct str type, struct str proto,
    struct str formats)
{
	const struct str words[] = { type, proto, formats };
	char **const at[] = { &p->type, &p->proto, &p->formats };
	char *block = mem_alloc(type.n + proto.n + formats.n + 3);
	char *old = p->type;

	if (block == NULL)
		return ERR_NOMEM;
	for (size_t i = 0; i < COUNT_OF(words); i++) {
		*at[i] = block;
		for (size_t k = 0; k < words[i].n; k++)
			*block++ = words[i].p[k];
		*block++ = '\0';
	}
	mem_free(old);
	return 0;
}

static int
copy_place(struct sip_sdp_session *s, const struct sip_sdp_place *from)
{
	struct sip_sdp_place *p = sip_sdp_add_place(s);

	if (p == NULL)
		return ERR_NOMEM;
	*p = *from;
	p->type = p->proto = p->formats = NULL;
	p->crypto = NULL;
	p->ice = NULL;
	p->lent = from->port != 0;
	if (from->crypto != NULL) {
		p->crypto = mem_zalloc(1, sizeof(*p->crypto));
		if (p->crypto == NULL)
			return ERR_NOMEM;
		*p->crypto = *from->crypto;
	}
	if (from->ice != NULL) {
		p->ice = mem_zalloc(1, sizeof(*p->ice));
		if (p->ice == NULL)
			return ERR_NOMEM;
		*p->ice = *from->ice;
	}
	return sip_sdp_set_place(
	    p, str_of(from->type), str_of(from->proto), str_of(from->formats));
}

int
sip_sdp_copy(struct sip_sdp_session *to, const struct sip_sdp_session *from)
{
	int err = 0;

	*to = *from;
	to->places = NULL;
	to->nplaces = 0;
	for (size_t i = 0; i < from->nplaces && err == 0; i++)
		err = copy_place(to, &from->places[i]);
	if (to->nagreed > to->nplaces)
		to->nagreed = to->nplaces;
	return err;
}

int
sip_sdp_need_port(struct sip_sdp_session *s, struct sip_sdp_place *p)
{
	return p->port != 0 ? 0 : sip_sdp_port_take(s->ports, &p->port);
}

/* ---- numbers ---- */

/* The next number from N on that P has no meaning for. */
static int
find_free_payload(struct sip_sdp_place *p, int n)
{
	if (n < DYNAMIC)
		return n;
	while (n < PAYLOADS && (p->dynamic & 1u << (n - DYNAMIC)) != 0)
		n++;
	if (n < PAYLOADS)
		p->dynamic |= 1u << (n - DYNAMIC);
	return n < PAYLOADS ? n : -1;
}

int
sip_sdp_choose_payload(struct sip_sdp_place *p, size_t codec)
{
	if (p->payload[codec] < 0)
		p->payload[codec] =
		    find_free_payload(p, sip_sdp_codecs[codec].payload);
	return p->payload[codec];
}

void
sip_sdp_note_numbers(struct sip_sdp_place *p, struct str formats)
{
	uint32_t n;

	while (formats.n > 0)
		if (str_u32(str_cut(str_trim(formats), ' ', &formats), &n) ==
			0 &&
		    n >= DYNAMIC && n < PAYLOADS)
			p->dynamic |= 1u << (n - DYNAMIC);
}

/* ---- lines ---- */

/* A line of KIND with CAN's formats, behind all others; NULL when out of
 * memory.
 */
static struct sip_sdp_place *
add_media_line(struct sip_sdp_session *s, enum sip_sdp_kind kind,
    const struct sip_sdp_can *can)
{
	LOCAL_BUF formats = BUF_INIT;
	struct sip_sdp_place *p;
	int err;

	for (size_t i = 0; i < can->ncodecs; i++) {
		if (sip_sdp_codecs[can->codecs[i]].kind != kind)
			continue;
		if (formats.n > 0)
			buf_putc(&formats, ' ');
		buf_i64(&formats, sip_sdp_codecs[can->codecs[i]].payload);
	}
	p = formats.err == 0 ? sip_sdp_add_place(s) : NULL;
	err = p == NULL
		  ? ERR_NOMEM
		  : sip_sdp_set_place(p, str_of(sip_sdp_kind_name(kind)),
			str_of(sip_sdp_profile_name(sip_sdp_can_offer(can))),
			buf_view(&formats));
	if (err != 0 && p != NULL)
		s->nplaces--;
	return err == 0 ? p : NULL;
}

/* 8.1: a line that is out of use serves again. */
static struct sip_sdp_place *
find_media_line(struct sip_sdp_session *s, enum sip_sdp_kind kind,
    const struct sip_sdp_can *can)
{
	for (size_t i = 0; i < s->nplaces; i++)
		if (!s->places[i].offered &&
		    sip_sdp_kind_find(str_of(s->places[i].type)) == kind &&
		    sip_sdp_profile(str_of(s->places[i].proto)) ==
			sip_sdp_can_offer(can))
			return &s->places[i];
	return NULL;
}

int
sip_sdp_plan(struct sip_sdp_session *s, const struct sip_sdp_terms *t)
{
	unsigned add = s->nplaces == 0 ? t->can->kinds : t->add;

	for (size_t i = 0; i < s->nplaces; i++) {
		struct sip_sdp_place *p = &s->places[i];
		enum sip_sdp_kind kind = sip_sdp_kind_find(str_of(p->type));

		p->offered = (s->nagreed > 0 ? p->own : p->offered) &&
			     (t->remove & 1u << kind) == 0;
	}
	for (unsigned k = 0; k < SIP_SDP_KINDS; k++) {
		enum sip_sdp_kind kind = (enum sip_sdp_kind)k;
		struct sip_sdp_place *p;

		if ((add & 1u << k) == 0)
			continue;
		p = find_media_line(s, kind, t->can);
		if (p == NULL)
			p = add_media_line(s, kind, t->can);
		if (p == NULL)
			return ERR_NOMEM;
		p->offered = true;
	}
	return 0;
}

/* ---- streams ---- */

/* Whole milliseconds that stream I of SDP says as attribute NAME, "20" or
 * "22.5"; 0: none, or nonsense. */
static uint16_t
read_ms(const struct msg_sdp *sdp, size_t i, const char *name)
{
	struct str value, part;
	uint32_t ms;

	if (!msg_sdp_attribute_find(sdp, (unsigned)i + 1, name, 0, &value) ||
	    str_u32(str_cut(str_trim(value), '.', &part), &ms) != 0)
		return 0;
	return (uint16_t)(ms < UINT16_MAX ? ms : UINT16_MAX);
}

void
sip_sdp_settle(struct sip_sdp_place *p, const struct msg_sdp *sdp, size_t i,
    const struct sip_sdp_format *both, size_t nboth, bool answer)
{
	const struct msg_sdp_media *m = &sdp->media[i];
	struct sip_sdp_stream *a = &p->agreed;
	size_t n = m->address.n < sizeof(a->remote) ? m->address.n
						    : sizeof(a->remote) - 1;
	size_t first = 0;

	/* One of them carries speech. */
	while (first + 1 < nboth &&
	       (SIP_SDP_CODECS_BESIDE >> both[first].codec & 1u) != 0)
		first++;
	/* RFC 3264 8.4: an address that is none is a hold as in RFC 2543. */
	*a = (struct sip_sdp_stream){
		.codec = (uint8_t)both[first].codec,
		.payload = (uint8_t)both[first].payload,
		.port = p->port,
		.remote_port = m->port,
		.sends = p->sends && sip_sdp_receives(m->direction) &&
			 !msg_sdp_is_nowhere(m->address),
		.receives = p->receives && sip_sdp_sends(m->direction),
		.ptime = read_ms(sdp, i, "ptime"),
		.maxptime = read_ms(sdp, i, "maxptime"),
	};
	for (size_t k = 0; k < n; k++)
		a->remote[k] = m->address.p[k];
	memset(a->payloads, -1, sizeof(a->payloads));
	for (size_t k = 0; k < nboth; k++)
		a->payloads[both[k].codec] = (int8_t)both[k].payload;
	sip_sdp_wire_agree(&a->wire, &p->wire, sdp, i, answer);
	if (!a->wire.mux)
		a->control = sip_sdp_wire_control(sdp, i);
	p->offered = true;
}

static void
agree_place(struct sip_sdp_session *s, size_t i, const struct msg_sdp *sdp)
{
	struct sip_sdp_format both[SIP_SDP_CODECS];
	struct sip_sdp_place *p = &s->places[i];
	struct sip_sdp_crypto crypto;
	size_t n = i < sdp->nmedia && p->offered &&
			   sip_sdp_reaches(&sdp->media[i], s->at.len != 4)
		       ? sip_sdp_common(sdp, i, p->mask, both)
		       : 0;

	if (n > 0 && sip_sdp_crypto_judge(p, sdp, i, &crypto) != SDES_NONE)
		n = 0;
	p->own = p->offered = n > 0;
	if (n == 0)
		return;
	sip_sdp_settle(p, sdp, i, both, n, true);
	sip_sdp_crypto_settle(p, &crypto);
	sip_sdp_ice_settle(p, sdp, i);
}

bool
sip_sdp_agree(struct sip_sdp_session *s, struct str answer)
{
	struct msg_sdp sdp;

	if (msg_sdp_read(&sdp, answer, NULL) != 0) {
		sip_sdp_take_back(s);
		return false;
	}
	for (size_t i = 0; i < s->nplaces; i++)
		agree_place(s, i, &sdp);
	s->nagreed = s->nplaces;
	s->offers = false;
	s->exchanges++;
	return true;
}

void
sip_sdp_preview(struct sip_sdp_session *s, struct str answer)
{
	struct sip_sdp_crypto crypto;
	struct msg_sdp sdp;

	if (msg_sdp_read(&sdp, answer, NULL) != 0)
		return;
	for (size_t i = 0; i < s->nplaces && i < sdp.nmedia; i++) {
		struct sip_sdp_place *p = &s->places[i];

		if (p->crypto == NULL ||
		    sip_sdp_crypto_judge(p, &sdp, i, &crypto) != SDES_NONE ||
		    !crypto.agreed)
			continue;
		p->crypto->previewed = true;
		p->crypto->receives = crypto.receives;
	}
}

void
sip_sdp_take_back(struct sip_sdp_session *s)
{
	s->offers = false;
	/* A first offer without an answer is made again as it was. */
	if (s->nagreed == 0)
		return;
	for (size_t i = 0; i < s->nplaces; i++) {
		struct sip_sdp_place *p = &s->places[i];

		p->offered = p->own;
		if (i < s->nagreed)
			continue;
		sip_sdp_close_port(s, p);
		sip_sdp_free_place(p);
	}
	if (s->nplaces > s->nagreed)
		s->nplaces = s->nagreed;
}

/* ---- what others have exchanged ---- */

/* P is what stream I of SDP, this side's, has it say. */
static int
overhear_own(struct sip_sdp_place *p, const struct msg_sdp *sdp, size_t i)
{
	const struct msg_sdp_media *m = &sdp->media[i];
	struct sip_sdp_format own[SIP_SDP_CODECS];
	size_t n = sip_sdp_common(sdp, i, UINT32_MAX, own);

	p->mask = sip_sdp_profile(m->proto);
	for (size_t k = 0; k < n; k++) {
		p->mask |= 1u << own[k].codec;
		p->payload[own[k].codec] = (int8_t)own[k].payload;
	}
	p->port = m->port;
	p->lent = true;
	p->wire = sip_sdp_wire_said(sdp, i);
	p->wire.framed = sip_sdp_profile(m->proto) == SIP_SDP_FRAMED;
	p->sends = sip_sdp_sends(m->direction);
	p->receives =
	    sip_sdp_receives(m->direction) && !msg_sdp_is_nowhere(m->address);
	return sip_sdp_set_place(p, m->type, m->proto, m->formats);
}

int
sip_sdp_overhear(
    struct sip_sdp_session *s, struct str own, struct str theirs, bool answered)
{
	struct sip_sdp_format both[SIP_SDP_CODECS];
	struct msg_sdp a, b;

	if (msg_sdp_read(&a, own, NULL) != 0 ||
	    msg_sdp_read(&b, theirs, NULL) != 0)
		return ERR_SYNTAX;
	for (size_t i = 0; i < a.nmedia; i++) {
		struct sip_sdp_place *p =
		    i < s->nplaces ? &s->places[i] : sip_sdp_add_place(s);
		size_t n;

		if (p == NULL || overhear_own(p, &a, i) != 0)
			return ERR_NOMEM;
		n = i < b.nmedia && p->port != 0 &&
			    sip_sdp_reaches(&b.media[i], s->at.len != 4)
			? sip_sdp_common(&b, i, p->mask, both)
			: 0;
		p->own = p->offered = n > 0;
		if (n == 0)
			continue;
		sip_sdp_settle(p, &b, i, both, n, answered);
		/* It does what it has said itself. */
		if (p->wire.setup != SIP_SDP_SETUP_ACTPASS)
			p->agreed.wire.setup = p->wire.setup;
	}
	s->nagreed = s->nplaces;
	s->exchanges++;
	return 0;
}

size_t
sip_sdp_count(const struct sip_sdp_session *s, enum sip_sdp_kind kind)
{
	size_t n = 0;

	for (size_t i = 0; i < s->nplaces; i++)
		n += s->places[i].own &&
		     (kind == SIP_SDP_KINDS ||
			 sip_sdp_kind_find(str_of(s->places[i].type)) == kind);
	return n;
}

bool
sip_sdp_is_refused(const struct sip_sdp_session *s)
{
	return s->short_of && sip_sdp_count(s, SIP_SDP_KINDS) == 0;
}

/* ---- texts of the other side ---- */

/* 6.1: ANSWER to what this side has SAID has a stream go one way more. */
static bool
goes_other_way(enum msg_sdp_direction said, enum msg_sdp_direction answer)
{
	return (sip_sdp_sends(answer) && !sip_sdp_receives(said)) ||
	       (sip_sdp_receives(answer) && !sip_sdp_sends(said));
}

enum sip_sdp_fit
sip_sdp_judge_answer(struct sip_sdp_session *s, const struct msg_sdp *sdp,
    enum msg_sdp_direction ways[2])
{
	struct sip_sdp_format both[SIP_SDP_CODECS];
	struct sip_sdp_crypto crypto;
	bool any = false, astray = false;

	s->fault = SDES_NONE;
	/* 6: as many m= lines as the offer has, each of its kind. */
	if (sdp == NULL || msg_sdp_missing(sdp) != '\0' ||
	    sdp->nmedia != s->nplaces)
		return SIP_SDP_UNFIT;
	for (size_t i = 0; i < sdp->nmedia; i++) {
		const struct sip_sdp_place *p = &s->places[i];
		const struct msg_sdp_media *m = &sdp->media[i];

		if (!str_is(m->type, p->type))
			return SIP_SDP_UNFIT;
		if (!p->offered || !sip_sdp_reaches(m, s->at.len != 4) ||
		    sip_sdp_common(sdp, i, p->mask, both) == 0)
			continue;
		s->fault = sip_sdp_crypto_judge(p, sdp, i, &crypto);
		if (s->fault != SDES_NONE)
			return SIP_SDP_UNFIT;
		any = true;
		if (astray || !goes_other_way(p->said, m->direction))
			continue;
		astray = true;
		ways[0] = p->said;
		ways[1] = m->direction;
	}
	return !any ? SIP_SDP_UNFIT : astray ? SIP_SDP_OTHER_WAY : SIP_SDP_FITS;
}

bool
sip_sdp_says_receives(const struct msg_sdp *sdp, bool *receives)
{
	struct sip_sdp_format both[SIP_SDP_CODECS];

	for (size_t i = 0; sdp != NULL && i < sdp->nmedia; i++)
		if (sip_sdp_common(sdp, i, UINT32_MAX, both) > 0) {
			const struct msg_sdp_media *m = &sdp->media[i];

			*receives = sip_sdp_receives(m->direction) &&
				    !msg_sdp_is_nowhere(m->address);
			return true;
		}
	return false;
}

bool
sip_sdp_text_receives(struct str text, bool *receives)
{
	struct msg_sdp sdp;

	return text.n > 0 && msg_sdp_read(&sdp, text, NULL) == 0 &&
	       sip_sdp_says_receives(&sdp, receives);
}
