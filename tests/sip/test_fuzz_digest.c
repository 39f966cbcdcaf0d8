/*
 * Hostile challenges and credentials, for a bounded time: pieces of good ones
 * cut, doubled and bent.  Every slice lies in what was read (each input has a
 * block of its own, so that a sanitizer sees a byte too far), what is read and
 * written again reads alike, and gives the same response.
 * $RUNG_FUZZ_SECONDS asks for more than the usual half second.
 */
#include "fixtures/check.h"

#include "base/err.h"
#include "base/mem.h"
#include "sip/digest.h"

#include <string.h>
#include <time.h>

static const char *const seeds[] = {
	"Digest realm=\"biloxi.com\", qop=\"auth,auth-int\", "
	"nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\", stale=true,\r\n "
	"opaque=\"5ccc069c403ebaf9f0171e9517f40e41\", algorithm=SHA-256",
	"Digest username=\"bob\", realm=\"bil\\\"oxi.com\", nonce=\"dcd9\", "
	"uri=\"sip:bob@biloxi.com\", qop=auth-int, nc=00000001, "
	"cnonce=\"0a4f113b\", algorithm=MD5-sess,\r\n\t"
	"response=\"6629fae49393a05397450978507c4ef1\", opaque=\"\"",
	"digest username=a,realm=b,nonce=c,uri=d,response=\"\"",
};

static const char *const pieces[] = { "\"", "\\", ",", "=", " ", "\r\n ",
	"\\\"", ", ,", "Digest ", "qop=", "auth-int", "nc=ffffffff",
	"username=\"\"", "realm=\"", "algorithm=sha-512-256-sess",
	"response=", "uri=sip:x", "cnonce=\"", "\xff",
	"username*=", "nonce=\"\\\\\"", "stale=TRUE" };

static uint64_t
next(uint64_t *x)
{
	*x ^= *x << 13;
	*x ^= *x >> 7;
	*x ^= *x << 17;
	return *x;
}

static void
mutate(struct buf *b, uint64_t *x)
{
	struct buf out = BUF_INIT;
	size_t at = (size_t)(next(x) % (b->n + 1));
	size_t len = (size_t)(next(x) % 30);
	struct str all = buf_view(b);

	switch (next(x) % 4) {
	case 0: /* cut out */
		buf_str(&out, str_slice(all, 0, at));
		buf_str(&out, str_slice(all, at + len, all.n));
		break;
	case 1: /* put in */
		buf_str(&out, str_slice(all, 0, at));
		buf_puts(&out,
		    pieces[next(x) % (sizeof(pieces) / sizeof(pieces[0]))]);
		buf_str(&out, str_slice(all, at, all.n));
		break;
	case 2: /* say again */
		buf_str(&out, str_slice(all, 0, at + len));
		buf_str(&out, str_slice(all, at, all.n));
		break;
	default:
		buf_str(&out, all);
		if (at < out.n)
			out.p[at] = (char)next(x);
	}
	buf_free(b);
	*b = out;
}

static bool
lies_in(struct str s, struct str all)
{
	return s.p == NULL ? s.n == 0
			   : s.p >= all.p && s.p + s.n <= all.p + all.n;
}

static void
try_challenge(struct str s)
{
	struct digest_challenge c, back;
	LOCAL_BUF b = BUF_INIT;
	int err = digest_challenge_read(s, &c);

	CU_ASSERT_FATAL(lies_in(c.realm, s) && lies_in(c.nonce, s) &&
			lies_in(c.opaque, s) && lies_in(c.domain, s));
	if (err != 0)
		return;
	digest_challenge_write(&c, &b);
	CU_ASSERT_EQUAL_FATAL(digest_challenge_read(buf_view(&b), &back), 0);
	CU_ASSERT_FATAL(
	    str_eq(c.realm, back.realm) && str_eq(c.nonce, back.nonce) &&
	    str_eq(c.opaque, back.opaque) && c.algorithm == back.algorithm &&
	    c.stale == back.stale && c.qop_auth == back.qop_auth &&
	    c.qop_auth_int == back.qop_auth_int);
}

static void
try_credentials(struct str s)
{
	struct digest_credentials c, back;
	char hex[DIGEST_HEX], again[DIGEST_HEX] = "";
	LOCAL_BUF b = BUF_INIT;
	int err = digest_credentials_read(s, &c);

	CU_ASSERT_FATAL(lies_in(c.username, s) && lies_in(c.realm, s) &&
			lies_in(c.nonce, s) && lies_in(c.uri, s) &&
			lies_in(c.response, s) && lies_in(c.opaque, s) &&
			lies_in(c.cnonce, s));
	if (err != 0)
		return;
	digest_credentials_write(&c, &b);
	CU_ASSERT_EQUAL_FATAL(digest_credentials_read(buf_view(&b), &back), 0);
	CU_ASSERT_EQUAL(
	    digest_response(&c, STR("p"), STR("INVITE"), s, hex), 0);
	CU_ASSERT_EQUAL(
	    digest_response(&back, STR("p"), STR("INVITE"), s, again), 0);
	CU_ASSERT_STRING_EQUAL(hex, again);
}

static void
hostile(void)
{
	const char *more = getenv("RUNG_FUZZ_SECONDS");
	double seconds = more != NULL ? atof(more) : 0.5;
	clock_t end = clock() + (clock_t)(seconds * CLOCKS_PER_SEC);
	uint64_t x = 88172645463325252ull;
	unsigned long n = 0;

	while (clock() < end) {
		struct buf b = BUF_INIT;
		char *block;

		buf_puts(&b, seeds[n++ % (sizeof(seeds) / sizeof(seeds[0]))]);
		for (unsigned i = (unsigned)(next(&x) % 5); i > 0; i--)
			mutate(&b, &x);
		block = mem_dup(b.p != NULL ? b.p : "", b.n);
		if (block != NULL) {
			char *tight = mem_realloc(block, b.n > 0 ? b.n : 1);
			struct str s = { tight, b.n };

			try_challenge(s);
			try_credentials(s);
			mem_free(tight);
		}
		buf_free(&b);
	}
	CU_ASSERT(n > 1000);
}

CHECK_MAIN("fuzz_digest", { "hostile values", hostile })
