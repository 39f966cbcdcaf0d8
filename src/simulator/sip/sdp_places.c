/*
 * The m= lines of a session: what stands in each, its port, its payload
 * numbers. RFC 3264 8.
 */
#include "sip/sdp_crypto.h"
#include "sip/sdp_ice.h"

#include "base/err.h"
#include "base/mem.h"
#include "base/rows.h"

/* RFC 3551 6: from here on a number means what a=rtpmap says. */
#define DYNAMIC  96
#define PAYLOADS 128

void
sip_sdp_free_place(struct sip_sdp_place *p)
{
	mem_free(p->type);
	mem_free(p->crypto);
	mem_free(p->ice);
}

void
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
	for (size_t i = 0; i < ROWS_COUNT(words); i++) {
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
	struct buf formats = BUF_INIT;
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
	buf_free(&formats);
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
