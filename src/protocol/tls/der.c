/* See tls/der.h. */
#include "tls/der.h"

/* The head of an element of N octets, into HEAD; its size. */
static size_t
make_head(unsigned char head[6], uint8_t tag, size_t n)
{
	size_t at = 0, octets = 0;

	head[at++] = tag;
	if (n < 0x80) {
		head[at++] = (unsigned char)n;
		return at;
	}
	while (octets < 4 && n >> 8 * octets != 0)
		octets++;
	head[at++] = (unsigned char)(0x80 | octets);
	while (octets-- > 0)
		head[at++] = (unsigned char)(n >> 8 * octets & 0xff);
	return at;
}

void
der_put(struct buf *out, uint8_t tag, const void *p, size_t n)
{
	unsigned char head[6];
	size_t len = make_head(head, tag, n);

	buf_add(out, (const char *)head, len);
	buf_add(out, p, n);
}

void
der_wrap(struct buf *out, size_t at, uint8_t tag)
{
	unsigned char head[6];
	size_t n = out->n - at, len = make_head(head, tag, n);

	if (buf_reserve(out, len) != 0)
		return;
	memmove(out->p + at + len, out->p + at, n);
	memcpy(out->p + at, head, len);
	out->n += len;
	out->p[out->n] = '\0';
}

/* The one way to write the value. */
static bool
is_distinguished(uint8_t tag, const unsigned char *p, size_t n)
{
	switch (tag) {
	case DER_BOOLEAN: /* 11.1 */
		return n == 1 && (p[0] == 0 || p[0] == 0xff);
	case DER_INTEGER: /* 8.3.2: the first nine bits are not all alike */
		return n == 1 || (n > 1 && p[0] != (p[1] & 0x80 ? 0xff : 0));
	case DER_BIT_STRING: /* 8.6.2, 11.2.1: unused bits are 0 */
		return n > 0 && p[0] < (n > 1 ? 8 : 1) &&
		       (p[n - 1] & ((1 << p[0]) - 1)) == 0;
	default: /* 8.1.2.4: no tag here has a number above 30; 8.1.5 */
		return tag != 0 && (tag & 0x1f) != 0x1f;
	}
}

bool
der_next(struct str *in, uint8_t *tag, struct str *content)
{
	const unsigned char *p = (const unsigned char *)in->p;
	size_t at = 2, n, octets;

	if (in->n < 2)
		return false;
	*tag = p[0];
	n = p[1];
	if (n >= 0x80) {
		octets = n & 0x7f;
		if (octets == 0 || octets > 3 || in->n - at < octets)
			return false;
		for (n = 0; octets > 0; octets--)
			n = n << 8 | p[at++];
		/* 10.1: no more octets than the length needs */
		if (n < 0x80 || p[2] == 0)
			return false;
	}
	if (in->n - at < n || !is_distinguished(*tag, p + at, n))
		return false;
	*content = str_slice(*in, at, at + n);
	*in = str_slice(*in, at + n, in->n);
	return true;
}

bool
der_next_is(struct str *in, uint8_t tag, struct str *content)
{
	uint8_t got;

	return der_next(in, &got, content) && got == tag;
}
