/*
 * Keys of secret streams in offers and answers: SDES (RFC 4568 5.1, 7.1); see
 * sip/sdp_crypto.h.
 */
#include "sip/sdp_crypto.h"

#include "base/err.h"
#include "base/mem.h"

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
write_line(const struct sdes_line *line, struct buf *b)
{
	buf_puts(b, "a=crypto:");
	sdes_write(line, b);
	buf_puts(b, "\r\n");
}

/* The lines that C offers: 5.1.1, by preference, each with a tag. */
static void
list_lines(
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
	list_lines(c, lines);
	for (unsigned i = 0; i < SIP_SDP_SUITES; i++)
		write_line(&lines[i], b);
	return 0;
}

static size_t
list_values(const struct msg_sdp *sdp, size_t i, struct str values[SDES_LINES])
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
	return sdes_choose(values, list_values(offer, i, values), line);
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
	write_line(&own, b);
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
	list_lines(p->crypto, offered);
	fault = sdes_read_answer(values, list_values(answer, i, values),
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
