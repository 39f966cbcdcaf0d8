/* Parts of session descriptions about keys: DTLS, a=crypto
 * (inspect/field_parts.h). */
#include "inspect/field_parts_sdp.h"

static void
put_said(
    const struct asked *a, const struct msg_sdp *s, unsigned m, struct buf *b)
{
	struct str value;

	if (a->e->word == NULL)
		field_parts_put_line(b, m, STR_NULL);
	else if (field_parts_find_value(s, m, a->e->word, &value))
		buf_printf(b, "%.*s\n", STR_ARG(value));
}

/* By DTLS, RFC 5763; TCP and TLS have other rules. */
PUT(PRINTED)
{
	struct str value;

	if (field_parts_is_rtp(&s->media[m - 1]) &&
	    field_parts_find_value(s, m, "fingerprint", &value))
		put_said(a, s, m, b);
}

PUT(SETTLED)
{
	struct str value;

	if (field_parts_find_value(s, m, "setup", &value) &&
	    (a->e->word == NULL || !field_parts_is_rtp(&s->media[m - 1]) ||
		!field_parts_find_value(s, m, "fingerprint", &value)))
		put_said(a, s, m, b);
}

/* RFC 4145 4: holdconn fits itself, and actpass nothing. */
PUT(SETUPS)
{
	struct str value;

	if (field_parts_find_value(s, m, "setup", &value) &&
	    !str_is(value, "holdconn") && !str_is(value, "actpass"))
		field_parts_put_line(b, m, value);
}

PUT(ENDS)
{
	struct str setup, print, user = STR_NULL;

	if (!field_parts_find_value(s, m, "fingerprint", &print) ||
	    !field_parts_find_value(s, m, "setup", &setup) ||
	    (!str_is(setup, "active") && !str_is(setup, "passive")))
		return;
	(void)field_parts_find_value(s, m, "ice-ufrag", &user);
	buf_printf(b, "%u %u %.*s %.*s\t%.*s\n", m,
	    (unsigned)s->media[m - 1].port, STR_ARG(user), STR_ARG(print),
	    STR_ARG(setup));
}

/* "1 AES_CM_128_HMAC_SHA1_80 inline:KEY|2^20|1:4 …" */
struct crypto {
	struct str tag, suite, key;
};

static bool
next_crypto(const struct msg_sdp *s, unsigned m, size_t *i, struct crypto *c)
{
	struct str value, rest;

	if (!field_parts_next_value(s, m, "crypto", i, &value))
		return false;
	c->tag = str_cut(value, ' ', &value);
	c->suite = str_cut(str_trim(value), ' ', &value);
	c->key = str_cut(str_trim(value), ' ', &rest);
	c->key = str_cut(str_cut(c->key, ';', &rest), '|', &rest);
	return true;
}

PUT(CRYPTO)
{
	struct crypto c;

	for (size_t i = 0; next_crypto(s, m, &i, &c);)
		buf_printf(
		    b, "%u %.*s %.*s\n", m, STR_ARG(c.tag), STR_ARG(c.suite));
}

PUT(KEYS)
{
	struct crypto c;

	for (size_t i = 0; next_crypto(s, m, &i, &c);)
		field_parts_put_line(b, m, c.key);
}

PUT(KEY_SIZES)
{
	struct crypto c;

	for (size_t i = 0; next_crypto(s, m, &i, &c);) {
		struct str key, bare;

		(void)str_cut(c.key, ':', &key);
		bare = str_cut(key, '=', &key);
		buf_printf(b, "%.*s\t%zu\n", STR_ARG(c.suite), bare.n * 3 / 4);
	}
}

PUT(SECURE)
{
	const char *proto = a->e->word != NULL ? a->e->word : "RTP/SAVP";

	if (str_istarts(s->media[m - 1].proto, proto))
		field_parts_put_line(b, m, STR_NULL);
}

PUT(KEYED)
{
	static const char *const names[] = { "crypto", "fingerprint",
		"key-mgmt", "zrtp-hash" };
	struct str value;

	for (size_t i = 0; i < COUNT_OF(names); i++)
		if (field_parts_find_value(s, m, names[i], &value))
			field_parts_put_line(b, m, STR_NULL);
}
