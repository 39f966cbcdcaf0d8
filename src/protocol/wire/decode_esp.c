/*
 * ESP (RFC 4303) whose encryption is NULL (RFC 2410), as phones of an IMS
 * network have it, also in UDP (RFC 3948).  No packet says so; but at the end
 * of one that is not encrypted stand a padding that counts from 1, its length
 * and the number of a protocol whose head agrees with what is there (RFC 5879).
 */
#include "wire/bytes.h"
#include "wire/decode_in.h"

#define ESP_HEAD 8 /* SPI and sequence number (2) */
#define TRAILER  2 /* length of the padding, next header */
#define IPV4     4 /* packets in a tunnel (RFC 2003, RFC 2473) */
#define IPV6     41

/* What stands around: an initialisation vector, an integrity check value. */
static const struct esp_form {
	uint8_t iv, icv;
} forms[] = {
	{ 0, 12 }, /* HMAC-MD5-96, HMAC-SHA-1-96 (RFC 2403, 2404) */
	{ 0, 16 }, /* HMAC-SHA-256-128 (RFC 4868) */
	{ 8, 16 }, /* AES-GMAC (RFC 4543) */
	{ 0, 24 }, /* HMAC-SHA-384-192 */
	{ 0, 32 }, /* HMAC-SHA-512-256 */
};

/* RFC 1071 over P, N octets, added to SUM. */
static uint32_t
add_sum(uint32_t sum, const uint8_t *p, size_t n)
{
	for (size_t i = 0; i + 1 < n; i += 2)
		sum += get16(p + i);
	return n % 2 != 0 ? sum + ((uint32_t)p[n - 1] << 8) : sum;
}

/* RFC 9293 3.1: a segment by its checksum, for no length stands in it. */
static bool
is_tcp(const struct walk *w, const uint8_t *p, size_t n)
{
	uint32_t sum = DECODE_TCP + (uint32_t)n;

	if (n < 20 || n > UINT16_MAX || p[12] >> 4 < 5 ||
	    (size_t)(p[12] >> 4) * 4 > n)
		return false;
	sum = add_sum(sum, w->ip[0], w->len);
	sum = add_sum(sum, w->ip[1], w->len);
	sum = add_sum(sum, p, n);
	while (sum > UINT16_MAX)
		sum = (sum & UINT16_MAX) + (sum >> 16);
	return sum == UINT16_MAX;
}

/* The head of protocol NEXT agrees with N octets at P: UDP (RFC 768), TCP, or a
 * tunnel's packet (RFC 791 3.1, RFC 8200 3). */
static bool
agrees(const struct walk *w, unsigned next, const uint8_t *p, size_t n)
{
	switch (next) {
	case DECODE_UDP:
		return n >= 8 && get16(p + 4) == n;
	case DECODE_TCP:
		return is_tcp(w, p, n);
	case IPV4:
		return n >= 20 && p[0] >> 4 == 4 && get16(p + 2) == n;
	case IPV6:
		return n >= 40 && p[0] >> 4 == 6 &&
		       get16(p + 4) + (size_t)40 == n;
	default:
		return false;
	}
}

/* The padding of N octets before END (2.4). */
static bool
is_padding(const uint8_t *end, size_t n)
{
	for (size_t i = 1; i <= n; i++)
		if (end[-(ptrdiff_t)i] != n + 1 - i)
			return false;
	return true;
}

/* W, behind SPI and number, is of FORM: it stands at what is carried then, of
 * protocol *NEXT. */
static bool
enter_form(struct walk *w, const struct esp_form *form, uint8_t *next)
{
	size_t around = (size_t)form->iv + form->icv + TRAILER, n, padding;
	const uint8_t *end;

	if (w->length < around)
		return false;
	end = w->p + w->length - form->icv - TRAILER;
	padding = end[0];
	*next = end[1];
	if (padding > w->length - around || !is_padding(end, padding))
		return false;
	n = w->length - around - padding;
	if (!agrees(w, *next, w->p + form->iv, n))
		return false;
	walk_on(w, form->iv);
	w->n = w->length = n;
	return true;
}

bool
walk_esp(struct walk *w)
{
	uint8_t next;

	w->unread = DECODE_ESP;
	/* What the capture cut has no end to tell by. */
	if (w->n < w->length || w->length < ESP_HEAD)
		return false;
	walk_on(w, ESP_HEAD);
	w->length -= ESP_HEAD;
	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
		if (!enter_form(w, &forms[i], &next))
			continue;
		w->unread = DECODE_READ;
		return walk_proto(w, next);
	}
	return false;
}
