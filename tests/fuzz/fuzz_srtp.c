/*
 * SRTP and SRTCP as others send them, one packet after the other: the first
 * octet says how each goes on.  What is refused stays as it came; what is
 * sealed is opened to what it was, once.
 */
#include "fuzz.h"

#include "base/str.h"
#include "srtp/srtp.h"

#include <string.h>

/* Bits of a packet's first octet: it is RTCP, it is sealed by the key's owner
 * first, its last octet is another. */
#define RTCP    1u
#define SEALED  2u
#define CHANGED 4u

struct sides {
	struct srtp out, in;
};

/* Opens the N octets at P; they came from the key's owner if they are GOOD. */
static void
open_one(
    struct sides *s, unsigned way, const uint8_t *p, size_t n, struct str good)
{
	uint8_t *bytes = malloc(n + 1);
	size_t left = n;
	enum srtp_verdict verdict;

	fuzz_want(bytes != NULL);
	memcpy(bytes, p, n);
	verdict = ((way & RTCP) != 0 ? srtp_open_rtcp : srtp_open)(
	    &s->in, bytes, &left);
	if (verdict != SRTP_OK)
		fuzz_want(left == n && memcmp(bytes, p, n) == 0);
	else if (good.p != NULL)
		fuzz_want(left == good.n && memcmp(bytes, good.p, left) == 0);
	fuzz_want(srtp_verdict_word(verdict)[0] != '\0');
	free(bytes);
}

static void
seal_one(struct sides *s, unsigned way, const uint8_t *p, size_t n)
{
	struct str was = { (const char *)p, n };
	uint8_t *bytes = malloc(n + SRTP_TRAILER);

	fuzz_want(bytes != NULL);
	memcpy(bytes, p, n);
	if (((way & RTCP) != 0 ? srtp_seal_rtcp : srtp_seal)(
		&s->out, bytes, &n) == SRTP_OK) {
		fuzz_want(n > was.n && n <= was.n + SRTP_TRAILER);
		bytes[n - 1] ^= (way & CHANGED) != 0;
		open_one(
		    s, way, bytes, n, (way & CHANGED) != 0 ? STR_NULL : was);
		/* Refused or not: it was there. */
		if ((way & CHANGED) == 0)
			open_one(s, way, bytes, n, STR("seen"));
	} else {
		fuzz_want(memcmp(bytes, p, n) == 0);
	}
	free(bytes);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct srtp_master m = { .key = "a key of sixteen" };
	struct sides s;

	if (n == 0)
		return 0;
	m.suite = bytes[0] % 2 == 0 ? SRTP_AES_CM_80 : SRTP_AES_CM_32;
	m.lifetime = bytes[0] / 2;
	srtp_begin(&s.out, &m);
	srtp_begin(&s.in, &m);
	/* Each: how, its length, its octets. */
	for (size_t at = 1; at + 2 <= n;) {
		unsigned way = bytes[at];
		size_t length = bytes[at + 1];

		at += 2;
		length = length < n - at ? length : n - at;
		if ((way & SEALED) != 0)
			seal_one(&s, way, bytes + at, length);
		else
			open_one(&s, way, bytes + at, length, STR_NULL);
		at += length;
	}
	return 0;
}
