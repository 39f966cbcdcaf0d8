/* Certificates as DER; see tls/certificate.h. */
#include "tls/certificate.h"

#include "base/addr.h"
#include "base/dates.h"
#include "base/err.h"

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

/* TAG, length, N octets at P. */
static void
der_put(struct buf *out, uint8_t tag, const void *p, size_t n)
{
	unsigned char head[6];
	size_t len = make_head(head, tag, n);

	buf_add(out, (const char *)head, len);
	buf_add(out, p, n);
}

/* The octets of OUT from AT on become the content of TAG. */
static void
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

/* The same where it has TAG. */
static bool
der_next_is(struct str *in, uint8_t tag, struct str *content)
{
	uint8_t got;

	return der_next(in, &got, content) && got == tag;
}

#define BYTES(...) ((const unsigned char[]){ __VA_ARGS__ })
/* An element whose octets are in a literal. */
#define PUT(out, tag, ...) \
	der_put(out, tag, BYTES(__VA_ARGS__), sizeof(BYTES(__VA_ARGS__)))

#define OID_CN    0x55, 0x04, 0x03
#define OID_SAN   0x55, 0x1d, 0x11
#define OID_BASIC 0x55, 0x1d, 0x13
#define OID_USAGE 0x55, 0x1d, 0x25
#define OID_RSA   0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01

#define KEY_ID 20 /* octets of a key's name */
#define SERIAL 20
#define DAY_S  86400
/* RFC 5280 4.1.2.5.1: UTCTime up to 2049, -1 at the end of its years. */
#define UTC_FROM (-631152000)
#define UTC_TO   2524608000

unsigned
tls_signature_size(bool rsa)
{
	return rsa ? 256 : 71;
}

/* ---- writing ---- */

static void
put_distinguished_name(struct buf *out, struct str cn)
{
	size_t at = out->n;

	PUT(out, DER_OID, OID_CN);
	der_put(out, DER_UTF8, cn.p, cn.n);
	der_wrap(out, at, DER_SEQUENCE);
	der_wrap(out, at, DER_SET);
	der_wrap(out, at, DER_SEQUENCE);
}

static void
certificate_put_time(struct buf *out, int64_t s)
{
	int64_t days = s / DAY_S - (s % DAY_S < 0), rest = s - days * DAY_S;
	bool utc = s >= UTC_FROM && s < UTC_TO;
	LOCAL_BUF text = BUF_INIT;
	int y, m, d;

	date_of_days(days, &y, &m, &d);
	buf_printf(&text, "%04d%02d%02d%02d%02d%02dZ", y, m, d,
	    (int)(rest / 3600), (int)(rest / 60 % 60), (int)(rest % 60));
	if (text.err == 0 && utc)
		der_put(out, DER_UTC_TIME, text.p + 2, text.n - 2);
	else if (text.err == 0)
		der_put(out, DER_TIME, text.p, text.n);
	else
		out->err = text.err;
}

static void
put_algorithm(struct buf *out, bool rsa)
{
	size_t at = out->n;

	if (rsa) {
		PUT(out, DER_OID, OID_RSA, 0x0b);
		der_put(out, 0x05, "", 0);
	} else {
		PUT(out, DER_OID, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03,
		    0x02);
	}
	der_wrap(out, at, DER_SEQUENCE);
}

/* A number of SIZE octets, not negative; nothing depends on its value. */
static void
certificate_put_number(struct buf *out, struct str owner, size_t size)
{
	size_t at = out->n;

	tls_put_opaque(out, str_hash(owner), size);
	if (out->err == 0)
		out->p[at] = (char)((out->p[at] & 0x3f) | 0x40);
	der_wrap(out, at, DER_INTEGER);
}

/* RFC 5280 4.1.2.7: 91 octets of P-256, 294 of RSA with 2048 bits. */
static void
certificate_put_key(struct buf *out, struct str owner, bool rsa)
{
	size_t at = out->n, key;

	if (rsa) {
		PUT(out, DER_OID, OID_RSA, 0x01);
		der_put(out, 0x05, "", 0);
	} else {
		PUT(out, DER_OID, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01);
		PUT(out, DER_OID, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01,
		    0x07);
	}
	der_wrap(out, at, DER_SEQUENCE);
	key = out->n;
	buf_putc(out, '\0');
	if (rsa) {
		size_t body = out->n;

		buf_putc(out, '\0');
		tls_put_opaque(out, str_hash(owner), 256);
		if (out->err == 0)
			out->p[body + 1] |= (char)0x80;
		der_wrap(out, body, DER_INTEGER);
		PUT(out, DER_INTEGER, 1, 0, 1);
		der_wrap(out, body, DER_SEQUENCE);
	} else {
		buf_putc(out, 4);
		tls_put_opaque(out, str_hash(owner), 64);
	}
	der_wrap(out, key, DER_BIT_STRING);
	der_wrap(out, at, DER_SEQUENCE);
}

/* The extension that began at AT with its OID; its value at VALUE. */
static void
end_certificate_extension(struct buf *out, size_t at, size_t value)
{
	der_wrap(out, value, DER_OCTET_STRING);
	der_wrap(out, at, DER_SEQUENCE);
}

static void
put_key_id(struct buf *out, uint8_t last, uint8_t tag, struct str owner)
{
	size_t at = out->n, value;

	PUT(out, DER_OID, 0x55, 0x1d, last);
	value = out->n;
	tls_put_opaque(out, ~str_hash(owner), KEY_ID);
	der_wrap(out, value, tag);
	if (tag != DER_OCTET_STRING)
		der_wrap(out, value, DER_SEQUENCE);
	end_certificate_extension(out, at, value);
}

/* The kinds of names (RFC 5280 4.2.1.6), by their numbers. */
static const struct {
	const char *word;
	uint8_t number;
} kinds[] = { { "DNS:", 2 }, { "URI:", 6 }, { "IP:", 7 } };

static void
put_general_name(struct buf *out, struct str word)
{
	for (size_t i = 0; i < COUNT_OF(kinds); i++) {
		size_t len = strlen(kinds[i].word);
		uint8_t tag = (uint8_t)(DER_CONTEXT | kinds[i].number);
		struct str value = str_slice(word, len, word.n);
		struct addr a;

		if (!str_starts(word, kinds[i].word))
			continue;
		if (kinds[i].number != 7)
			der_put(out, tag, value.p, value.n);
		else if (addr_parse(value, &a) == 0)
			der_put(out, tag, a.ip, a.len);
	}
}

static void
put_alternatives(struct buf *out, struct str names)
{
	size_t at = out->n, value;

	PUT(out, DER_OID, OID_SAN);
	value = out->n;
	while (names.n > 0)
		put_general_name(out, str_cut(names, ' ', &names));
	der_wrap(out, value, DER_SEQUENCE);
	end_certificate_extension(out, at, value);
}

static void
put_certificate_extensions(struct buf *out, const struct tls_certificate *c)
{
	size_t at = out->n, one, value;

	put_key_id(out, 0x0e, DER_OCTET_STRING, c->subject);
	put_key_id(out, 0x23, DER_CONTEXT, c->issuer);
	one = out->n;
	PUT(out, DER_OID, OID_BASIC);
	PUT(out, DER_BOOLEAN, 0xff);
	value = out->n;
	if (c->ca)
		PUT(out, DER_BOOLEAN, 0xff);
	der_wrap(out, value, DER_SEQUENCE);
	end_certificate_extension(out, one, value);
	if (!c->ca) {
		one = out->n;
		PUT(out, DER_OID, OID_USAGE);
		value = out->n;
		PUT(out, DER_OID, 0x2b, 6, 1, 5, 5, 7, 3, 1);
		PUT(out, DER_OID, 0x2b, 6, 1, 5, 5, 7, 3, 2);
		der_wrap(out, value, DER_SEQUENCE);
		end_certificate_extension(out, one, value);
	}
	if (c->names.n > 0)
		put_alternatives(out, c->names);
	der_wrap(out, at, DER_SEQUENCE);
	der_wrap(out, at, DER_CONTEXT | 0x20 | 3);
}

/* What ISSUER, with a key of that kind, signs TBS by. */
static void
put_signature(struct buf *out, struct str tbs, struct str issuer, bool rsa)
{
	uint64_t seed = str_hash_add(str_hash(issuer), tbs);

	tls_put_opaque(out, seed, tls_signature_size(rsa));
}

void
tls_certificate_write(const struct tls_certificate *c, struct buf *out)
{
	size_t at = out->n, one;

	buf_puts(out, "\xa0\x03\x02\x01\x02"); /* version 3 */
	certificate_put_number(out, c->subject, SERIAL);
	put_algorithm(out, c->rsa);
	put_distinguished_name(out, c->issuer);
	one = out->n;
	certificate_put_time(out, c->from_s);
	certificate_put_time(out, c->until_s);
	der_wrap(out, one, DER_SEQUENCE);
	put_distinguished_name(out, c->subject);
	certificate_put_key(out, c->subject, c->rsa);
	put_certificate_extensions(out, c);
	der_wrap(out, at, DER_SEQUENCE);
	if (out->err == 0) {
		struct buf sig = BUF_INIT;

		put_signature(&sig, str_slice(buf_view(out), at, out->n),
		    c->issuer, c->rsa);
		put_algorithm(out, c->rsa);
		one = out->n;
		buf_putc(out, '\0');
		buf_move(out, &sig);
		der_wrap(out, one, DER_BIT_STRING);
	}
	der_wrap(out, at, DER_SEQUENCE);
}

/* ---- reading ---- */

static bool
certificate_read_name(struct str *in, struct str *cn)
{
	struct str name, set, seq, oid;

	return der_next_is(in, DER_SEQUENCE, &name) &&
	       der_next_is(&name, DER_SET, &set) &&
	       der_next_is(&set, DER_SEQUENCE, &seq) &&
	       der_next_is(&seq, DER_OID, &oid) &&
	       der_next_is(&seq, DER_UTF8, cn);
}

static bool
certificate_read_time(struct str *in, int64_t *s)
{
	struct str text;
	uint8_t tag;
	int year, part[5];
	size_t at;

	if (!der_next(in, &tag, &text) ||
	    (tag != DER_UTC_TIME && tag != DER_TIME))
		return false;
	at = tag == DER_TIME ? 4 : 2;
	if (text.n != at + 11 || text.p[text.n - 1] != 'Z')
		return false;
	for (size_t i = 0; i + 1 < text.n; i++)
		if (!chr_is_digit(text.p[i]))
			return false;
	year = date_number(text, 0, at);
	if (tag == DER_UTC_TIME)
		year += year < 50 ? 2000 : 1900;
	for (size_t i = 0; i < 5; i++)
		part[i] = date_number(text, at + 2 * i, 2);
	if (part[0] < 1 || part[0] > 12 || part[1] < 1 || part[1] > 31)
		return false;
	*s = date_days(year, part[0], part[1]) * DAY_S + part[2] * 3600 +
	     part[3] * 60 + part[4];
	return true;
}

static bool
read_alternatives(struct str value, struct buf *names)
{
	struct str list, content;
	uint8_t tag;

	if (!der_next_is(&value, DER_SEQUENCE, &list))
		return false;
	while (der_next(&list, &tag, &content)) {
		struct addr a = { .len = (uint8_t)content.n };

		for (size_t i = 0; i < COUNT_OF(kinds); i++) {
			if (tag != (DER_CONTEXT | kinds[i].number))
				continue;
			buf_puts(names, names->n > 0 ? " " : "");
			buf_puts(names, kinds[i].word);
			if (kinds[i].number != 7) {
				buf_str(names, content);
			} else if (content.n == 4 || content.n == 16) {
				memcpy(a.ip, content.p, content.n);
				addr_write(&a, names);
			}
		}
	}
	return list.n == 0;
}

static bool
is_oid(struct str oid, const unsigned char *octets, size_t n)
{
	return oid.n == n && memcmp(oid.p, octets, n) == 0;
}

static bool
read_extension(struct str ext, struct tls_certificate *c, struct buf *names)
{
	struct str oid, value, basic, flag;
	uint8_t tag;

	if (!der_next_is(&ext, DER_OID, &oid) || !der_next(&ext, &tag, &value))
		return false;
	if (tag == DER_BOOLEAN && !der_next_is(&ext, DER_OCTET_STRING, &value))
		return false;
	if (is_oid(oid, BYTES(OID_SAN), 3))
		return read_alternatives(value, names);
	if (!is_oid(oid, BYTES(OID_BASIC), 3))
		return true;
	tag = 0;
	if (!der_next_is(&value, DER_SEQUENCE, &basic) ||
	    (basic.n > 0 && !der_next(&basic, &tag, &flag)))
		return false;
	c->ca = tag == DER_BOOLEAN && flag.p[0] != 0;
	return true;
}

int
tls_certificate_read(
    struct str der, struct tls_certificate *c, struct buf *names)
{
	struct str all, tbs, part, time, ext;
	uint8_t tag;
	bool good;

	*c = (struct tls_certificate){ .ca = false };
	good = der_next_is(&der, DER_SEQUENCE, &all) && der.n == 0 &&
	       der_next_is(&all, DER_SEQUENCE, &tbs) &&
	       der_next_is(&tbs, DER_CONTEXT | 0x20, &part) &&
	       der_next_is(&tbs, DER_INTEGER, &part) &&
	       der_next_is(&tbs, DER_SEQUENCE, &part) &&
	       certificate_read_name(&tbs, &c->issuer) &&
	       der_next_is(&tbs, DER_SEQUENCE, &time) &&
	       certificate_read_time(&time, &c->from_s) &&
	       certificate_read_time(&time, &c->until_s) &&
	       certificate_read_name(&tbs, &c->subject) &&
	       der_next_is(&tbs, DER_SEQUENCE, &part);
	if (!good)
		return ERR_SYNTAX;
	c->rsa = part.n > 128;
	while (der_next(&tbs, &tag, &part)) {
		if (tag != (DER_CONTEXT | 0x20 | 3) ||
		    !der_next_is(&part, DER_SEQUENCE, &all))
			continue;
		while (good && der_next_is(&all, DER_SEQUENCE, &ext))
			good = read_extension(ext, c, names);
		good = good && all.n == 0;
	}
	c->names = buf_view(names);
	return !good || tbs.n > 0 ? ERR_SYNTAX : names->err;
}

/* RFC 5280 4.1.1.2: what TBS says that it is signed by. */
static struct str
certificate_algorithm_of(struct str tbs)
{
	struct str part = STR_NULL;

	if (!der_next_is(&tbs, DER_CONTEXT | 0x20, &part) ||
	    !der_next_is(&tbs, DER_INTEGER, &part) ||
	    !der_next_is(&tbs, DER_SEQUENCE, &part))
		return STR_NULL;
	return part;
}

/* The signature is its issuer's, of what the certificate says. */
static bool
tls_certificate_is_signed(struct str der)
{
	struct str all, rest, tbs, whole, part, sig;
	struct tls_certificate c;
	LOCAL_BUF names = BUF_INIT, want = BUF_INIT;
	bool good = false;

	if (tls_certificate_read(der, &c, &names) == 0 &&
	    der_next_is(&der, DER_SEQUENCE, &all)) {
		rest = all;
		good = der_next_is(&rest, DER_SEQUENCE, &tbs);
		whole = str_slice(all, 0, all.n - rest.n);
		good = good && der_next_is(&rest, DER_SEQUENCE, &part) &&
		       str_eq(part, certificate_algorithm_of(tbs)) &&
		       der_next_is(&rest, DER_BIT_STRING, &sig) &&
		       rest.n == 0 && sig.n > 0 && sig.p[0] == 0;
		put_signature(&want, whole, c.issuer, c.rsa);
		good = good && want.err == 0 &&
		       str_eq(str_slice(sig, 1, sig.n), buf_view(&want));
	}
	return good;
}

/* ---- whether a certificate is good, and for whom ---- */

static const struct {
	const char *word;
	enum tls_alert alert;
} verdicts[TLS_VERDICT_COUNT] = {
#define X(id, word, alert) { word, TLS_ALERT_##alert },
	TLS_VERDICTS(X)
#undef X
};

const char *
tls_verdict_word(enum tls_verdict v)
{
	return verdicts[v].word;
}

enum tls_alert
tls_verdict_alert(enum tls_verdict v)
{
	return verdicts[v].alert;
}

/* RFC 5922 7.1: the domain in WORD, "URI:sip:example.com", empty where that is
 * of a user or of another scheme. */
static struct str
domain_of_uri(struct str word)
{
	struct str host;

	if (!str_starts(word, "URI:") ||
	    !str_istarts(str_slice(word, 4, word.n), "sip:") ||
	    str_chr(word, '@') >= 0)
		return STR_NULL;
	host = str_slice(word, 8, word.n);
	return host.n > 0 && host.p[0] == '[' ? host
					      : str_cut(host, ';', &word);
}

/* How many identities NAMES has, of URIs or of DNS names; *FOUND: HOST is one
 * of them.  7.2: whole, without wildcards, in letters of either size. */
static size_t
count_identities(struct str names, bool uris, struct str host, bool *found)
{
	size_t n = 0;

	while (names.n > 0) {
		struct str word = str_cut(names, ' ', &names), domain;

		domain = domain_of_uri(word);
		if (!uris)
			domain = str_starts(word, "DNS:")
				     ? str_slice(word, 4, word.n)
				     : STR_NULL;
		n += domain.n > 0;
		*found |= domain.n > 0 && str_ieq(domain, host);
	}
	return n;
}

/* RFC 5280 4.2.1.6: an address among NAMES. */
static bool
certificate_has_address(struct str names, const struct addr *a)
{
	while (names.n > 0) {
		struct str word = str_cut(names, ' ', &names);
		struct addr one;

		if (str_starts(word, "IP:") &&
		    addr_parse(str_slice(word, 3, word.n), &one) == 0 &&
		    addr_same_ip(&one, a))
			return true;
	}
	return false;
}

/* RFC 5922 7 */
enum tls_verdict
tls_speaks_for(struct str names, struct str subject, struct str host)
{
	bool found = false;
	struct addr a;
	size_t n;

	if (addr_parse(host, &a) == 0)
		return certificate_has_address(names, &a)
			   ? TLS_VERDICT_GOOD
			   : TLS_VERDICT_WRONG_NAME;
	/* 7.1: names count only where no URI does, the subject only where there
	 * is nothing else. */
	n = count_identities(names, true, host, &found);
	if (n == 0)
		n = count_identities(names, false, host, &found);
	if (names.n == 0 && subject.n > 0) {
		found = str_ieq(subject, host);
		n = 1;
	}
	if (n == 0)
		return TLS_VERDICT_NO_IDENTITY;
	return found ? TLS_VERDICT_GOOD : TLS_VERDICT_WRONG_NAME;
}

static bool
is_anchor(struct str anchors, struct str name)
{
	while (anchors.n > 0)
		if (str_eq(str_trim(str_cut(anchors, ',', &anchors)), name))
			return true;
	return false;
}

static enum tls_verdict
check_certificate(
    const struct tls_certificate *c, const struct tls_trust *trust)
{
	if (!is_anchor(trust->anchors, c->issuer))
		return str_eq(c->issuer, c->subject)
			   ? TLS_VERDICT_SELF_SIGNED
			   : TLS_VERDICT_UNKNOWN_ISSUER;
	/* RFC 5280 4.1.2.5 */
	if (trust->now_s < c->from_s)
		return TLS_VERDICT_EARLY;
	if (trust->now_s > c->until_s)
		return TLS_VERDICT_EXPIRED;
	return trust->host.n == 0
		   ? TLS_VERDICT_GOOD
		   : tls_speaks_for(c->names, c->subject, trust->host);
}

/* RFC 5280 6.1 as far as there are rows for it. */
enum tls_verdict
tls_check(struct str der, const struct tls_trust *trust)
{
	LOCAL_BUF names = BUF_INIT;
	struct tls_certificate c;
	enum tls_verdict v = TLS_VERDICT_GARBLED;

	if (tls_certificate_read(der, &c, &names) == 0 &&
	    tls_certificate_is_signed(der))
		v = check_certificate(&c, trust);
	return v;
}
