/*
 * Whether a certificate is good, and for whom: RFC 5280 6.1 as far as there are
 * rows for it, RFC 5922 7.
 */
#include "base/addr.h"
#include "tls/certificate.h"

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
has_address(struct str names, const struct addr *a)
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

enum tls_verdict
tls_speaks_for(struct str names, struct str subject, struct str host)
{
	bool found = false;
	struct addr a;
	size_t n;

	if (addr_parse(host, &a) == 0)
		return has_address(names, &a) ? TLS_VERDICT_GOOD
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

enum tls_verdict
tls_check(struct str der, const struct tls_trust *trust)
{
	struct buf names = BUF_INIT;
	struct tls_certificate c;
	enum tls_verdict v = TLS_VERDICT_GARBLED;

	if (tls_certificate_read(der, &c, &names) == 0 &&
	    tls_certificate_is_signed(der))
		v = check_certificate(&c, trust);
	buf_free(&names);
	return v;
}
