/*
 * Hostile bytes through the gate and the stack, for a bounded time: pieces of
 * good messages cut, doubled and bent.  Nothing crashes or leaks, nothing is
 * answered twice, an ACK or a response is never answered, and what comes out
 * can be read.  $RUNG_FUZZ_SECONDS asks for more than the usual half second.
 */
#include "fixtures/sip_world.h"

#include <time.h>

static const char *const seeds[] = {
	"INVITE sip:a@192.0.2.1 SIP/2.0\r\n"
	"Via: SIP/2.0/UDP 192.0.2.2:5060;branch=z9hG4bK1;rport,"
	"SIP/2.0/UDP h\r\nMax-Forwards: 70\r\n"
	"Route: <sip:192.0.2.1;lr>, <sip:p>\r\nRecord-Route: <sip:q;lr>\r\n"
	"From: \"B\\\"o,b\" <sip:b@192.0.2.2>;tag=b\r\nTo: <sip:a@x>\r\n"
	"Call-ID: c\r\nCSeq: 1 INVITE\r\nContact: <sip:b@h:5>;q=0.5\r\n"
	"Content-Type: multipart/mixed;boundary=\"x\"\r\n"
	"Content-Length: 12\r\n\r\n--x\r\n\r\n--x--\r\n",
	"ACK sip:a@192.0.2.1 SIP/2.0\r\nv: SIP/2.0/UDP 192.0.2.2:5060"
	";branch=z9hG4bK1\r\nf: <sip:b@192.0.2.2>;tag=b\r\n"
	"t: <sip:a@x>;tag=a\r\ni: c\r\nCSeq: 1 ACK\r\nl: 0\r\n\r\n",
	"SIP/2.0 180 Ringing\r\nVia: SIP/2.0/UDP 192.0.2.1:5060;branch=z\r\n"
	"From: <sip:a@x>;tag=1\r\nTo: <sip:b@y>;tag=2\r\nCall-ID: c\r\n"
	"CSeq: 1 INVITE\r\nRequire: 100rel\r\nRSeq: 1\r\n\r\n",
	"REGISTER sip:x SIP/2.0\r\nVia: SIP / 2.0 / TCP [2001:db8::1]:9;"
	"branch=1;received=1.2.3.4\r\nFrom: sip:a\r\nTo: sip:a\r\n"
	"Call-ID: d\r\nCSeq: 2 REGISTER\r\nContact: *\r\nExpires: 0\r\n"
	"Authorization: Digest username=\"a\", realm=\"b,\", response=\"\"\r\n"
	"Subject:\r\n folded\r\n\tmore\r\nX: \0\r\n\r\n",
};

static const char *const pieces[] = { "\r\n", "\r", "\n", "\0", ",", ";", "<",
	">", "\"", "\\", "=", ":", " ", "\t", "@", "sip:", "SIP/2.0",
	"branch=", ";lr", "%00", "Via: ", "Content-Length: 99999\r\n", "[", "]",
	"\xff", "\r\n ", "tag=", "?", "*", "Route: <sip:p>\r\n" };

static uint64_t
next(uint64_t *x)
{
	*x ^= *x << 13;
	*x ^= *x >> 7;
	*x ^= *x << 17;
	return *x;
}

static size_t
mutate(char *p, size_t n, size_t cap, uint64_t *x)
{
	for (unsigned i = 1 + (unsigned)(next(x) % 4); i > 0 && n > 1; i--) {
		size_t at = (size_t)(next(x) % n), len, piece;

		switch (next(x) % 4) {
		case 0:
			p[at] = (char)next(x);
			break;
		case 1: /* cut out */
			len = (size_t)(next(x) % 24);
			len = len < n - at ? len : n - at;
			memmove(p + at, p + at + len, n - at - len);
			n -= len;
			break;
		case 2: /* put in */
			piece = (size_t)(next(x) % 30);
			len = piece == 3 ? 1 : strlen(pieces[piece]);
			if (n + len > cap)
				break;
			memmove(p + at + len, p + at, n - at);
			memcpy(p + at, pieces[piece], len);
			n += len;
			break;
		default: /* say again, a few times */
			len = (size_t)(next(x) % 40);
			len = len < n - at ? len : n - at;
			for (unsigned k = (unsigned)(next(x) % 20);
			     k > 0 && n + len <= cap; k--) {
				memmove(p + at + len, p + at, n - at);
				n += len;
			}
		}
	}
	return n;
}

/* What comes out are responses; a refusal may be as large as its request. */
static void
out_of_it(const struct sip_world *w)
{
	static struct msg m;

	for (size_t i = 0; i < w->nsent; i++) {
		enum msg_fault fault = msg_read(
		    &m, (struct str){ w->sent[i].text, w->sent[i].n }, NULL);

		CU_ASSERT_FATAL(
		    !m.request &&
		    (fault == MSG_FAULT_NONE ||
			(fault == MSG_FAULT_TOO_LARGE && m.status >= 400)));
	}
}

static void
fuzz(void)
{
	const char *more = getenv("RUNG_FUZZ_SECONDS");
	double seconds = more != NULL ? atof(more) : 0.5;
	clock_t stop = clock() + (clock_t)(seconds * CLOCKS_PER_SEC);
	static char bytes[8192];
	uint64_t x = 88172645463325252u;
	unsigned long runs = 0, passed = 0;

	while (clock() < stop) {
		struct sip_world w;

		sip_world_open(&w);
		for (unsigned i = 0; i < 500; i++) {
			const char *seed = seeds[next(&x) % 4];
			size_t n = strlen(seed), sent = w.nsent_all;

			memcpy(bytes, seed, n);
			n = mutate(bytes, n, sizeof(bytes), &x);
			w.server = NULL;
			sip_world_receive_bytes(
			    &w, "192.0.2.2:5060", (struct str){ bytes, n });
			CU_ASSERT_FATAL(w.nsent_all <= sent + 1);
			if (w.server != NULL) {
				passed++;
				sip_world_respond(&w, 180);
				sip_world_respond(&w, 486);
			}
			out_of_it(&w);
			sip_world_forget(&w);
			runs++;
		}
		w.nsent = 0;
		sip_world_run(&w, 40000);
		sip_world_close(&w);
	}
	CU_ASSERT(passed * 200 > runs); /* some get through */
}

CHECK_MAIN("fuzz_gate", { "fuzz", fuzz })
