/*
 * TLS as octets (src/protocol/tls): the sizes of handshakes as they were
 * measured, certificates, who may speak for a domain, and two ends that are
 * given what nobody would send.
 */
#include "fixtures/check.h"

#include "base/buf.h"
#include "base/err.h"
#include "tls/certificate.h"
#include "tls/handshake.h"
#include "tls/seen.h"

#include <string.h>

#define NOW_S 1577836800

/* Two ends, and their certificates. */
struct pair {
	struct buf leaf, root, ticket;
	struct tls_config client, server;
	struct tls_end c, s;
	char said[1000]; /* "C 209 ; S 65/877/…": bodies of records */
};

static void
begin(struct pair *p, enum tls_version v, bool rsa, bool mutual)
{
	struct tls_certificate cert = { .subject = STR("proxy.example.com"),
		.issuer = STR("rung root CA"),
		.names = STR("DNS:example.com URI:sip:proxy.example.com"),
		.from_s = NOW_S - 1,
		.until_s = NOW_S + 1,
		.rsa = rsa };

	memset(p, 0, sizeof(*p));
	tls_certificate_write(&cert, &p->leaf);
	cert.subject = cert.issuer;
	cert.names = STR_NULL;
	cert.ca = true;
	tls_certificate_write(&cert, &p->root);
	p->server = (struct tls_config){ .versions = 1U << v,
		.mutual = mutual,
		.leaf = buf_view(&p->leaf),
		.root = buf_view(&p->root),
		.rsa = rsa,
		.trust = { STR("rung root CA"), NOW_S, STR_NULL },
		.seed = 1,
		.ticket_key = 77 };
	p->client = p->server;
	p->client.seed = 2;
	p->client.trust.host = STR("proxy.example.com");
}

static void
end(struct pair *p)
{
	tls_end_free(&p->c);
	tls_end_free(&p->s);
	buf_free(&p->leaf);
	buf_free(&p->root);
	buf_free(&p->ticket);
}

static void
note(struct pair *p, bool client, struct str bytes)
{
	size_t n = strlen(p->said);

	n += (size_t)snprintf(p->said + n, sizeof(p->said) - n, "%s%c",
	    n > 0 ? " ; " : "", client ? 'C' : 'S');
	for (const char *before = " "; bytes.n >= 5; before = "/") {
		size_t body = (size_t)(unsigned char)bytes.p[3] << 8 |
			      (unsigned char)bytes.p[4];

		n += (size_t)snprintf(
		    p->said + n, sizeof(p->said) - n, "%s%zu", before, body);
		bytes = str_slice(bytes, 5 + body, bytes.n);
	}
}

/* E hears BYTES; what it says then into S. */
static void
hear(struct tls_end *e, struct str bytes, struct tls_saying *s)
{
	LOCAL_BUF plain = BUF_INIT;
	size_t n;

	while (bytes.n > 0 && !e->closed) {
		tls_read(e, bytes, &n, &plain, s);
		if (n == 0)
			break;
		bytes = str_slice(bytes, n, bytes.n);
	}
}

/* The ends talk until none has anything to say. */
static void
shake(struct pair *p)
{
	struct tls_saying s = { .bytes = BUF_INIT };
	bool client = true;

	tls_end_free(&p->c);
	tls_end_free(&p->s);
	p->said[0] = '\0';
	tls_end_init(&p->c, &p->client, true);
	tls_end_init(&p->s, &p->server, false);
	tls_begin(&p->c, &s);
	for (int i = 0; s.bytes.n > 0 && i < 8; i++, client = !client) {
		struct tls_saying reply = { .bytes = BUF_INIT };

		note(p, client, buf_view(&s.bytes));
		hear(client ? &p->s : &p->c, buf_view(&s.bytes), &reply);
		tls_saying_free(&s);
		s = reply;
	}
	tls_saying_free(&s);
}

/* The same once more with the ticket of the first time. */
static void
shake_again(struct pair *p, enum tls_version v)
{
	buf_clear(&p->ticket);
	buf_str(&p->ticket, buf_view(&p->c.ticket));
	p->client.ticket = buf_view(&p->ticket);
	p->client.ticket_version = v;
	shake(p);
}

/* ---- sizes: OpenSSL's, on a loopback ---- */

static const struct {
	enum tls_version version;
	bool rsa, mutual;
	const char *full, *resumed;
} measured[] = {
	{ TLS_12, false, false,
	    "C 209 ; S 65/877/114/4 ; C 37/1/40 ; S 186/1/40",
	    "C 417 ; S 85/1/40 ; C 1/40" },
	{ TLS_12, true, false,
	    "C 209 ; S 65/1669/300/4 ; C 37/1/40 ; S 186/1/40", NULL },
	{ TLS_13, false, false,
	    "C 246 ; S 122/1/23/899/96/69 ; C 1/69 ; S 250/250",
	    "C 517 ; S 128/1/23/69 ; C 1/69 ; S 250" },
	{ TLS_13, true, false,
	    "C 246 ; S 122/1/23/1691/281/69 ; C 1/69 ; S 250/250", NULL },
	{ TLS_12, false, true,
	    "C 155 ; S 65/877/148/79/4 ; C 877/70/80/1/40 ; S 666/1/40", NULL },
	{ TLS_12, true, true,
	    "C 155 ; S 65/1669/333/79/4 ; C 1669/70/264/1/40 ; S 1066/1/40",
	    NULL },
	{ TLS_13, false, true,
	    "C 257 ; S 155/1/49/95/899/97/53 ; C 1/899/97/53 ; S 714/714",
	    NULL },
	{ TLS_13, true, true,
	    "C 257 ; S 155/1/49/95/1691/281/53 ; C 1/1691/281/53 ; "
	    "S 1114/1114",
	    NULL },
};

static void
sizes(void)
{
	for (size_t i = 0; i < sizeof(measured) / sizeof(measured[0]); i++) {
		struct pair p;

		begin(&p, measured[i].version, measured[i].rsa,
		    measured[i].mutual);
		CU_ASSERT_EQUAL(p.leaf.n, measured[i].rsa ? 869 : 473);
		CU_ASSERT_EQUAL(p.root.n, measured[i].rsa ? 787 : 391);
		shake(&p);
		CU_ASSERT_STRING_EQUAL(p.said, measured[i].full);
		CU_ASSERT(p.c.open && p.s.open);
		CU_ASSERT_EQUAL(p.s.peer.n > 0, measured[i].mutual);
		shake_again(&p, measured[i].version);
		if (measured[i].resumed != NULL)
			CU_ASSERT_STRING_EQUAL(p.said, measured[i].resumed);
		CU_ASSERT(p.c.open && p.s.open && p.s.resumed);
		/* Who he is stands in his ticket. */
		CU_ASSERT_EQUAL(p.s.peer.n > 0, measured[i].mutual);
		end(&p);
	}
}

/* Overhead of a record: 29 octets, 22. */
static void
messages(void)
{
	static const char text[40000] = "OPTIONS";
	static const size_t lengths[] = { 0, 1, 18, 16384, 16385, 40000 };

	for (unsigned v = 0; v < TLS_VERSION_COUNT; v++) {
		struct pair p;

		begin(&p, v, false, false);
		shake(&p);
		for (size_t i = 0; i < 6; i++) {
			struct buf wire = BUF_INIT, plain = BUF_INIT;
			struct tls_saying s = { .bytes = BUF_INIT };
			struct str rest;
			size_t n, records = 0;

			tls_write(
			    &p.c, (struct str){ text, lengths[i] }, &wire);
			rest = buf_view(&wire);
			while (rest.n > 0 && tls_read(&p.s, rest, &n, &plain,
						 &s) == TLS_EVENT_DATA) {
				rest = str_slice(rest, n, rest.n);
				records++;
			}
			CU_ASSERT_EQUAL(wire.n - lengths[i],
			    records * (v == TLS_12 ? 29 : 22));
			CU_ASSERT(str_eq(buf_view(&plain),
			    (struct str){ text, lengths[i] }));
			/* Nothing of it is to be read on the way. */
			CU_ASSERT(lengths[i] < 18 ||
				  str_find(buf_view(&wire), "OPTIONS") < 0);
			buf_free(&wire);
			buf_free(&plain);
			tls_saying_free(&s);
		}
		end(&p);
	}
}

/* ---- certificates ---- */

/* RFC 5922 7.1, 7.2. */
static void
identities(void)
{
	static const struct {
		const char *names, *subject, *host;
		enum tls_verdict v;
	} rows[] = {
		{ "URI:sip:a.example", "x", "a.example", TLS_VERDICT_GOOD },
		{ "URI:SIP:A.example", "x", "a.EXAMPLE", TLS_VERDICT_GOOD },
		{ "URI:sips:a.example", "x", "a.example",
		    TLS_VERDICT_NO_IDENTITY },
		{ "URI:sip:al@a.example", "x", "a.example",
		    TLS_VERDICT_NO_IDENTITY },
		{ "URI:sip:al@a.example DNS:a.example", "x", "a.example",
		    TLS_VERDICT_GOOD },
		{ "URI:sip:b.example DNS:a.example", "x", "a.example",
		    TLS_VERDICT_WRONG_NAME },
		{ "DNS:a.example", "x", "s.a.example", TLS_VERDICT_WRONG_NAME },
		{ "DNS:*.a.example", "x", "s.a.example",
		    TLS_VERDICT_WRONG_NAME },
		{ "DNS:b.example", "a.example", "a.example",
		    TLS_VERDICT_WRONG_NAME },
		{ "", "a.example", "a.example", TLS_VERDICT_GOOD },
		{ "IP:192.0.2.1", "x", "192.0.2.1", TLS_VERDICT_GOOD },
		{ "IP:2001:db8::1", "x", "[2001:db8::1]", TLS_VERDICT_GOOD },
		{ "DNS:a.example", "x", "192.0.2.1", TLS_VERDICT_WRONG_NAME },
		{ "IP:192.0.2.1", "x", "a.example", TLS_VERDICT_NO_IDENTITY },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		CU_ASSERT_EQUAL(
		    tls_speaks_for(str_of(rows[i].names),
			str_of(rows[i].subject), str_of(rows[i].host)),
		    rows[i].v);
}

static enum tls_verdict
check_at(struct str der, const char *anchors, int64_t now_s)
{
	return tls_check(der, &(struct tls_trust){ str_of(anchors), now_s,
				  STR("proxy.example.com") });
}

static void
certificates(void)
{
	const char *root = "rung root CA";
	struct pair p;
	struct str der;

	begin(&p, TLS_13, false, false);
	der = buf_view(&p.leaf);
	CU_ASSERT_EQUAL(check_at(der, root, NOW_S), TLS_VERDICT_GOOD);
	CU_ASSERT_EQUAL(
	    check_at(der, "a, rung root CA", NOW_S), TLS_VERDICT_GOOD);
	CU_ASSERT_EQUAL(check_at(der, root, NOW_S + 2), TLS_VERDICT_EXPIRED);
	CU_ASSERT_EQUAL(check_at(der, root, NOW_S - 2), TLS_VERDICT_EARLY);
	CU_ASSERT_EQUAL(check_at(der, "a", NOW_S), TLS_VERDICT_UNKNOWN_ISSUER);
	CU_ASSERT_EQUAL(
	    check_at(buf_view(&p.root), "a", NOW_S), TLS_VERDICT_SELF_SIGNED);
	/* Each octet counts, and none of those that are missing is read. */
	for (size_t i = 0; i < p.leaf.n; i++) {
		char *copy = malloc(i + 1);

		memcpy(copy, p.leaf.p, i);
		CU_ASSERT_EQUAL(check_at((struct str){ copy, i }, root, NOW_S),
		    TLS_VERDICT_GARBLED);
		free(copy);
		p.leaf.p[i] ^= 0x10;
		CU_ASSERT_NOT_EQUAL(
		    check_at(der, root, NOW_S), TLS_VERDICT_GOOD);
		p.leaf.p[i] ^= 0x10;
	}
	end(&p);
}

/* X.690 10 and 11: one way to write each value; the reader takes no other.  As
 * many more octets follow as N says. */
static void
distinguished(void)
{
	static const struct {
		struct str head;
		size_t n;
		bool is;
	} rows[] = {
/* clang-format off */
#define IS(bytes, n) { STR_INIT(bytes), n, true }
#define NO(bytes, n) { STR_INIT(bytes), n, false }
		/* clang-format on */
		/* 10.1: lengths are definite and minimal, and there */
		IS("\x04\x02", 2), NO("\x04\x03", 2), NO("\x04", 0),
		NO("\x04\x82\x01", 0), NO("\x04\x81\x02", 2),
		NO("\x30\x80\0\0", 0), NO("\x04\xff\x01", 1),
		IS("\x04\x81\x80", 128), NO("\x04\x82\0\x80", 128),
		IS("\x04\x82\x01\0", 256), NO("\x04\x83\0\x01\0", 256),
		NO("\x04\x84\0\0\x01\0", 256),
		/* 8.1.5: the end of contents; 8.1.2.4: high tag numbers */
		NO("\0\0", 0), NO("\x1f\x01", 1), NO("\xbf\x8f\x01\x01", 1),
		/* 8.3.2 */
		NO("\x02\0", 0), IS("\x02\x01\0", 0), IS("\x02\x01\xff", 0),
		NO("\x02\x02\0\x7f", 0), IS("\x02\x02\0\x80", 0),
		NO("\x02\x02\xff\x80", 0), IS("\x02\x02\xff\x7f", 0),
		/* 11.1 */
		IS("\x01\x01\xff", 0), NO("\x01\x01\x01", 0),
		NO("\x01\x02\0\xff", 0),
		/* 8.6.2, 11.2.1 */
		IS("\x03\x02\x04\xf0", 0), NO("\x03\x02\x04\xff", 0),
		NO("\x03\x02\x08\0", 0), NO("\x03\x01\x01", 0), NO("\x03\0", 0)
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct buf b = BUF_INIT;
		struct str in, content;
		uint8_t tag;

		buf_str(&b, rows[i].head);
		buf_fill(&b, 'x', rows[i].n);
		in = buf_view(&b);
		CU_ASSERT_EQUAL(der_next(&in, &tag, &content), rows[i].is);
		buf_free(&b);
	}
}

/* What the reader makes of DER where the octet AT behind BEFORE is OCTET. */
static int
read_changed(struct buf *der, const char *before, size_t at, char octet,
    struct tls_certificate *c)
{
	LOCAL_BUF names = BUF_INIT;
	ptrdiff_t found = str_find(buf_view(der), before);
	char *p = der->p + found + at, was = *p;
	int err;

	CU_ASSERT_FATAL(found >= 0);
	*p = octet;
	err = tls_certificate_read(buf_view(der), c, &names);
	*p = was;
	return err;
}

/* A certificate of which something is no DER is none, wherever that stands. */
static void
otherwise_written(void)
{
	struct tls_certificate c;
	struct pair p;

	begin(&p, TLS_13, false, false);
	CU_ASSERT_EQUAL(read_changed(&p.leaf, "\x02\x14", 0, 2, &c), 0);
	/* its number; a name; whether it may sign others; what follows it */
	CU_ASSERT(read_changed(&p.leaf, "\x02\x14", 1, 0, &c) != 0);
	CU_ASSERT(read_changed(&p.leaf, "\x82\x0b", 0, 0x1f, &c) != 0);
	CU_ASSERT(read_changed(&p.root, "\x04\x05\x30\x03", 6, 1, &c) != 0);
	CU_ASSERT(read_changed(&p.root, "\x04\x05\x30\x03", 6, 0, &c) == 0);
	CU_ASSERT_FALSE(c.ca);
	buf_putc(&p.leaf, 'x');
	CU_ASSERT(read_changed(&p.leaf, "\x02\x14", 0, 2, &c) != 0);
	end(&p);
}

/* ---- what nobody would send ---- */

/* E is given BYTES in pieces of STEP octets; the alert that it sends. */
static enum tls_alert
feed(struct tls_end *e, struct str bytes, size_t step)
{
	LOCAL_BUF have = BUF_INIT, plain = BUF_INIT;
	struct tls_saying s = { .bytes = BUF_INIT };
	size_t n;

	for (size_t at = 0; at < bytes.n && !e->closed; at += step) {
		buf_str(&have, str_slice(bytes, at, at + step));
		do {
			char *copy = malloc(have.n + 1);

			memcpy(copy, have.p, have.n);
			tls_read(
			    e, (struct str){ copy, have.n }, &n, &plain, &s);
			free(copy);
			memmove(have.p, have.p + n, have.n - n);
			buf_truncate(&have, have.n - n);
		} while (n > 0 && have.n > 0 && !e->closed);
	}
	tls_saying_free(&s);
	return e->alert;
}

/* A server that has heard nothing yet. */
static void
renew_server(struct pair *p)
{
	tls_end_free(&p->s);
	tls_end_init(&p->s, &p->server, false);
}

/* The first words of a client, as a server's input. */
static void
first_words(struct pair *p, struct buf *out)
{
	struct tls_saying s = { .bytes = BUF_INIT };

	tls_end_free(&p->c);
	tls_end_init(&p->c, &p->client, true);
	renew_server(p);
	tls_begin(&p->c, &s);
	buf_str(out, buf_view(&s.bytes));
	tls_saying_free(&s);
}

static void
refused(void)
{
	LOCAL_BUF hello = BUF_INIT, twice = BUF_INIT;
	struct pair p;

	begin(&p, TLS_13, false, false);
	first_words(&p, &hello);
	CU_ASSERT_EQUAL(feed(&p.s, buf_view(&hello), 1), TLS_ALERT_NONE);
	/* doubled */
	first_words(&p, &twice);
	buf_str(&twice, buf_view(&hello));
	CU_ASSERT_EQUAL(
	    feed(&p.s, buf_view(&twice), 7), TLS_ALERT_UNEXPECTED_MESSAGE);
	/* no TLS, another version, too long, cut within */
	renew_server(&p);
	CU_ASSERT_EQUAL(
	    feed(&p.s, STR("INVITE sip:bob@example.com SIP/2.0"), 5),
	    TLS_ALERT_UNEXPECTED_MESSAGE);
	renew_server(&p);
	CU_ASSERT_EQUAL(
	    feed(&p.s, STR("\x16\x02\x01\x00\x01"), 5), TLS_ALERT_DECODE_ERROR);
	renew_server(&p);
	CU_ASSERT_EQUAL(feed(&p.s, STR("\x16\x03\x01\xff\xff"), 5),
	    TLS_ALERT_RECORD_OVERFLOW);
	renew_server(&p);
	CU_ASSERT_EQUAL(feed(&p.s, STR("\x17\x03\x03\x00\x05hello"), 3),
	    TLS_ALERT_UNEXPECTED_MESSAGE);
	p.server.versions = 1U << TLS_12;
	renew_server(&p);
	CU_ASSERT_EQUAL(
	    feed(&p.s, buf_view(&hello), 1000), TLS_ALERT_PROTOCOL_VERSION);
	end(&p);
}

/* A message by the number that stands for ChangeCipherSpec in the tables, where
 * that is due; a list of certificates that is too short for one. */
static void
misnumbered(void)
{
	static const struct {
		bool mutual;
		const char *bytes;
		size_t n;
		enum tls_alert alert;
	} rows[] = {
		{ false,
		    "\x16\x03\x03\0\x09"
		    "\x10\0\0\x01\0\xfe\0\0\0",
		    14, TLS_ALERT_UNEXPECTED_MESSAGE },
		{ true,
		    "\x16\x03\x03\0\x09"
		    "\x0b\0\0\x05\0\0\x02\x01\0",
		    14, TLS_ALERT_DECODE_ERROR },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct buf bytes = BUF_INIT;
		struct pair p;

		begin(&p, TLS_12, false, rows[i].mutual);
		first_words(&p, &bytes);
		buf_add(&bytes, rows[i].bytes, rows[i].n);
		CU_ASSERT_EQUAL(
		    feed(&p.s, buf_view(&bytes), 1000), rows[i].alert);
		buf_free(&bytes);
		end(&p);
	}
}

/* A record that was changed on its way, and one that comes a second time. */
static void
changed(void)
{
	for (unsigned v = 0; v < TLS_VERSION_COUNT; v++)
		for (int twice = 0; twice < 2; twice++) {
			struct buf wire = BUF_INIT;
			struct pair p;

			begin(&p, v, false, false);
			shake(&p);
			tls_write(&p.c, STR("OPTIONS"), &wire);
			if (twice)
				tls_write(&p.s, STR("x"), &wire);
			else
				wire.p[wire.n - 20] ^= 1;
			CU_ASSERT_EQUAL(feed(&p.s, buf_view(&wire), 100),
			    TLS_ALERT_BAD_RECORD_MAC);
			buf_free(&wire);
			end(&p);
		}
}

/* Somebody between takes TLS 1.3 away; a client that knows it sees that. */
static void
weakened(void)
{
	struct pair p;

	begin(&p, TLS_13, false, false);
	p.client.versions = p.server.versions = 3;
	p.server.weakened = true;
	shake(&p);
	CU_ASSERT_EQUAL(p.c.alert, TLS_ALERT_ILLEGAL_PARAMETER);
	CU_ASSERT_FALSE(p.c.open);
	p.client.versions = 1;
	shake(&p);
	CU_ASSERT(p.c.open && p.c.version == TLS_12);
	end(&p);
}

/* Any octet of a handshake changed: nothing breaks, and nobody takes a server's
 * words that are not his. */
static void
garbled(void)
{
	for (size_t at = 0; at < 1240; at += IS_SANITIZED ? 7 : 1) {
		struct tls_saying s = { .bytes = BUF_INIT };
		struct buf hello = BUF_INIT;
		struct pair p;

		begin(&p, at % 2 == 0 ? TLS_12 : TLS_13, false, at % 3 == 0);
		first_words(&p, &hello);
		if (at < hello.n)
			hello.p[at] ^= (char)(1 << at % 8);
		hear(&p.s, buf_view(&hello), &s);
		if (at >= hello.n && s.bytes.n > at)
			s.bytes.p[at] ^= (char)(1 << at % 8);
		feed(&p.c, buf_view(&s.bytes), 100);
		tls_saying_free(&s);
		buf_free(&hello);
		end(&p);
	}
}

/* What passes, as somebody on the line reads it. */
static void
seen(void)
{
	/* A ClientHello of 1.2 and 1.3 for "b.example", then an alert. */
	static const char bytes[] =
	    "\x16\3\1\0\x47\1\0\0\x43\3\3"
	    "................................\0"
	    "\0\4\x13\1\xc0\x2b\1\0"
	    "\0\x16\0\0\0\x0e\0\x0c\0\0\x09"
	    "b.example"
	    "\0\x2b\0\0"
	    "\x15\3\3\0\2\2\x2a\x14\3\3\0\1\1\x16\3\3\0\1x\x17\3";
	struct tls_seen s = { .rest = { bytes, sizeof(bytes) - 1 } };
	struct tls_hello h;

	CU_ASSERT_TRUE_FATAL(tls_see(&s));
	CU_ASSERT_STRING_EQUAL(s.name, "ClientHello");
	CU_ASSERT_TRUE(tls_read_hello(s.bytes, true, &h));
	CU_ASSERT_TRUE(str_is(h.server_name, "b.example"));
	CU_ASSERT_EQUAL(h.suites, 2);
	CU_ASSERT_TRUE(tls_see(&s));
	CU_ASSERT_STRING_EQUAL(s.name, "bad_certificate");
	CU_ASSERT_TRUE(tls_see(&s));
	CU_ASSERT_STRING_EQUAL(s.name, "ChangeCipherSpec");
	CU_ASSERT_TRUE(tls_see(&s));
	CU_ASSERT_STRING_EQUAL(s.name, "sealed handshake");
	CU_ASSERT_FALSE(tls_see(&s));
	CU_ASSERT_FALSE(s.bad);
	CU_ASSERT_EQUAL(s.rest.n, 2);
	for (size_t n = 0; n + 1 < sizeof(bytes); n++) {
		s = (struct tls_seen){ .rest = { bytes, n } };
		while (tls_see(&s))
			tls_read_hello(s.bytes, true, &h);
	}
}

CHECK_MAIN("tls", { "seen", seen }, { "sizes of handshakes", sizes },
    { "messages in records", messages }, { "identities", identities },
    { "certificates", certificates }, { "distinguished", distinguished },
    { "otherwise written", otherwise_written }, { "refused", refused },
    { "misnumbered", misnumbered }, { "changed", changed },
    { "weakened", weakened }, { "garbled", garbled })
