/*
 * Octets to one end of a TLS connection, at its beginning or when it is open,
 * as client or as server; and to the reader of certificates.  Whoever was
 * refused hears nothing more.
 */
#include "fuzz.h"

#include "tls/seen.h"

static void
hear(struct tls_end *e, struct str in, struct tls_saying *s)
{
	LOCAL_BUF plain = BUF_INIT;
	size_t n = 1;

	while (n > 0 && in.n > 0) {
		bool was = e->closed;
		enum tls_event event = tls_read(e, in, &n, &plain, s);

		fuzz_want(n <= in.n);
		fuzz_want(!was || event == TLS_EVENT_MORE);
		fuzz_want(event != TLS_EVENT_BAD || e->closed);
		in = str_slice(in, n, in.n);
	}
}

/* What somebody on the line makes of them. */
static void
look(struct str in)
{
	struct tls_seen s = { .rest = in };
	struct tls_hello h;

	while (tls_see(&s)) {
		fuzz_want(s.name != NULL && s.bytes.n <= in.n);
		tls_read_hello(s.bytes, true, &h);
		tls_read_hello(s.bytes, false, &h);
		tls_first_certificate(s.bytes);
	}
}

/* A certificate of NAMES and its root, in P. */
static void
certify(struct tls_config *p, struct buf *leaf)
{
	struct tls_certificate c = { .subject = STR("a.example"),
		.issuer = STR("root"),
		.names = STR("DNS:a.example URI:sip:a.example IP:192.0.2.1"),
		.until_s = 1000 };

	tls_certificate_write(&c, leaf);
	p->leaf = buf_view(leaf);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct tls_config c = { .versions = 3,
		.trust = { STR("root"), 10, STR("a.example") },
		.seed = 1,
		.ticket_key = 7 };
	struct tls_saying s = { .bytes = BUF_INIT }, reply = s;
	struct buf leaf = BUF_INIT, names = BUF_INIT;
	struct tls_certificate cert;
	struct tls_end client, server;
	struct str in;

	if (n == 0)
		return 0;
	in = (struct str){ (const char *)bytes + 1, n - 1 };
	c.mutual = (bytes[0] & 4) != 0;
	look(in);
	certify(&c, &leaf);
	tls_end_init(&client, &c, true);
	tls_end_init(&server, &c, false);
	tls_begin(&client, &s);
	/* As far as the first bits say both speak as they should. */
	if (bytes[0] & 2) {
		hear(&server, buf_view(&s.bytes), &reply);
		hear(&client, buf_view(&reply.bytes), &s);
	}
	hear(bytes[0] & 1 ? &client : &server, in, &reply);
	if (tls_certificate_read(in, &cert, &names) == 0)
		tls_check(in, &c.trust);
	tls_end_free(&client);
	tls_end_free(&server);
	tls_saying_free(&s);
	tls_saying_free(&reply);
	buf_free(&leaf);
	buf_free(&names);
	return 0;
}
