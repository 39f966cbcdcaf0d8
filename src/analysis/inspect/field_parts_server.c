/* Parts of messages that servers are asked about: credentials, several fields
 * at once, bodies of NOTIFYs (inspect/field_parts.h). */
#include "inspect/field_parts.h"

#include <string.h>

#include "base/err.h"
#include "msg/header_names.h"
#include "msg/headers.h"

/* ---- digest ---- */

/* "Digest realm="x", nonce="y"": each parameter behind a comma or the
 * scheme. */
static bool
next_digest(struct str *rest, struct str *name, struct str *value)
{
	if (rest->n == 0)
		return false;
	*name = str_trim(str_cut(str_trim(msg_cut_value(rest)), '=', value));
	*value = str_trim(*value);
	return true;
}

static struct str
cut_scheme(struct str value)
{
	struct str rest;

	return str_iis(str_cut(str_trim(value), ' ', &rest), "Digest")
		   ? rest
		   : STR_NULL;
}

static bool
find_digest(struct str rest, const char *word, struct str *value)
{
	struct str name;

	while (next_digest(&rest, &name, value))
		if (str_iis(name, word))
			return true;
	return false;
}

static struct str
cut_quotes(struct str text)
{
	return text.n >= 2 && text.p[0] == '"' && text.p[text.n - 1] == '"'
		   ? str_slice(text, 1, text.n - 1)
		   : text;
}

bool
relate_has_digest(const struct msg *m)
{
	return m->request ? msg_may_have(m, MSG_H_AUTHORIZATION) ||
				msg_may_have(m, MSG_H_PROXY_AUTHORIZATION)
			  : m->status == 401 || m->status == 407;
}

/* F of M is the field ID; of none, any challenge or credentials. */
static bool
is_digest_field(
    const struct msg *m, enum msg_header id, const struct msg_field *f)
{
	if (id != MSG_H_OTHER)
		return f->id == id;
	return m->request ? f->id == MSG_H_AUTHORIZATION ||
				f->id == MSG_H_PROXY_AUTHORIZATION
			  : f->id == MSG_H_WWW_AUTHENTICATE ||
				f->id == MSG_H_PROXY_AUTHENTICATE;
}

/* RFC 7616 3.3: without an algorithm it is MD5. */
static struct str
find_credential(struct str params, const char *word)
{
	struct str value;

	if (find_digest(params, word, &value))
		return cut_quotes(value);
	return strcmp(word, "algorithm") == 0 ? STR("MD5") : STR_NULL;
}

/* The first challenge or credentials; of NONCE's message the challenge with
 * that nonce, and if it has several, with that algorithm. */
static bool
find_credentials(const struct asked *a, struct str *params)
{
	bool answered = a->e->message == OTHER_MESSAGE_NONCE;
	struct asked own = { a->l, NULL, a->l->msg,
		&(const struct end)SIDE_NO_SIDE, NULL };
	struct str mine, one;

	*params = STR_NULL;
	if (answered && !find_credentials(&own, &mine))
		return false;
	for (size_t i = 0; i < a->m->nfields; i++) {
		if (!is_digest_field(a->m, a->e->header, &a->m->fields[i]))
			continue;
		one = cut_scheme(a->m->fields[i].value);
		if (one.n == 0 ||
		    (answered && !str_eq(find_credential(one, "nonce"),
				     find_credential(mine, "nonce"))))
			continue;
		if (params->n == 0)
			*params = one;
		if (!answered || str_ieq(find_credential(one, "algorithm"),
				     find_credential(mine, "algorithm"))) {
			*params = one;
			break;
		}
	}
	return params->n > 0;
}

bool
part_DIGEST_RAW(const struct asked *a, struct str *text)
{
	struct str params;

	return find_credentials(a, &params) &&
	       find_digest(params, a->e->word, text);
}

bool
part_DIGEST(const struct asked *a, struct str *text)
{
	struct str params;

	if (!find_credentials(a, &params))
		return false;
	*text = find_credential(params, a->e->word);
	return text->p != NULL;
}

bool
part_DIGEST_SIZE(const struct asked *a, struct str *text)
{
	struct str params;
	unsigned n = 0;

	if (!part_DIGEST(a, text) || !find_credentials(a, &params))
		return false;
	for (size_t i = 0; i < text->n; i++)
		n += strchr("0123456789abcdef", text->p[i]) != NULL;
	/* 3GPP's IMS says who asks by credentials without a nonce first. */
	return (n > 0 || find_credential(params, "nonce").n > 0) &&
	       field_parts_put_number(a, n, text);
}

/* Names of parameters: bit 0 those without quotes, bit 1 with. */
static bool
put_digest_names(const struct asked *a, unsigned which, struct str *text)
{
	struct str rest, name, value;

	if (!find_credentials(a, &rest))
		return false;
	while (next_digest(&rest, &name, &value))
		if (which >> (value.n > 0 && value.p[0] == '"') & 1)
			buf_printf(a->room, "%.*s\n", STR_ARG(name));
	return field_parts_take_lines(a, text);
}

PART(DIGEST_NAMES, put_digest_names(a, 3, text))
PART(DIGEST_QUOTED, put_digest_names(a, 2, text))
PART(DIGEST_PLAIN, put_digest_names(a, 1, text))

bool
relate_next_credentials(const struct msg *m, size_t *at, struct str *value)
{
	const struct msg_field *f;

	while (*at < m->nfields) {
		f = &m->fields[(*at)++];
		*value = f->value;
		if (is_digest_field(m, MSG_H_OTHER, f))
			return true;
	}
	return false;
}

struct str
relate_credential(struct str value, const char *word)
{
	return find_credential(cut_scheme(value), word);
}

bool
relate_next_nonce(const struct msg *m, size_t *at, struct str *nonce)
{
	struct str value;

	do {
		if (!relate_next_credentials(m, at, &value))
			return false;
		*nonce = relate_credential(value, "nonce");
	} while (nonce->p == NULL);
	return nonce->n > 0;
}

/* The pair of realm and algorithm that two of M's challenges have. */
bool
part_CHALLENGE_TWICE(const struct asked *a, struct str *text)
{
	const struct msg *m = a->m;
	struct str one, other;

	for (size_t i = 0; i < m->nfields; i++)
		for (size_t k = 0; k < i; k++) {
			if (m->fields[i].id != m->fields[k].id ||
			    !is_digest_field(m, MSG_H_OTHER, &m->fields[i]))
				continue;
			one = cut_scheme(m->fields[i].value);
			other = cut_scheme(m->fields[k].value);
			if (one.n > 0 && other.n > 0 &&
			    str_eq(find_credential(one, "realm"),
				find_credential(other, "realm")) &&
			    str_ieq(find_credential(one, "algorithm"),
				find_credential(other, "algorithm"))) {
				*text = find_credential(one, "algorithm");
				return true;
			}
		}
	return false;
}

/* WORD of all challenges or credentials. */
static bool
put_all(const struct asked *a, const char *word, struct str *text)
{
	const struct msg_field *f = a->m->fields;
	struct str params, value;

	for (size_t n = a->m->nfields; n-- > 0; f++) {
		params = is_digest_field(a->m, a->e->header, f)
			     ? cut_scheme(f->value)
			     : STR_NULL;
		value = params.n > 0 ? find_credential(params, word) : STR_NULL;
		if (value.n > 0)
			buf_printf(a->room, "%.*s\n", STR_ARG(value));
	}
	return field_parts_take_lines(a, text);
}

PART(NONCES, put_all(a, "nonce", text))
PART(ALGORITHMS, put_all(a, "algorithm", text))

/* ---- several fields ---- */

/* A proxy may take these off, or change them (RFC 3261 16.6, 22.3); so may who
 * speaks for a network (RFC 3325, RFC 3329, RFC 7315), counts (RFC 4028) or
 * tells what became of a request (RFC 7044, RFC 3326). */
static bool
may_hops_change(const struct msg_field *f)
{
	static const bool ids[MSG_H_COUNT] = {
		[MSG_H_VIA] = true,
		[MSG_H_MAX_FORWARDS] = true,
		[MSG_H_ROUTE] = true,
		[MSG_H_RECORD_ROUTE] = true,
		[MSG_H_PROXY_REQUIRE] = true,
		[MSG_H_AUTHORIZATION] = true,
		[MSG_H_PROXY_AUTHORIZATION] = true,
		[MSG_H_CONTENT_LENGTH] = true,
		[MSG_H_CONTACT] = true,
		[MSG_H_FROM] = true,
		[MSG_H_TO] = true,
		[MSG_H_CALL_ID] = true,
		[MSG_H_CSEQ] = true,
		[MSG_H_HISTORY_INFO] = true,
		[MSG_H_PRIVACY] = true,
		[MSG_H_PATH] = true,
		[MSG_H_REASON] = true,
		[MSG_H_MAX_BREADTH] = true,
		[MSG_H_SESSION_EXPIRES] = true,
		[MSG_H_MIN_SE] = true,
		[MSG_H_WWW_AUTHENTICATE] = true,
		[MSG_H_PROXY_AUTHENTICATE] = true,
	};

	return ids[f->id] || str_istarts(f->name, "P-") ||
	       str_istarts(f->name, "X-") || str_istarts(f->name, "Security-");
}

static bool
is_named_as(const struct msg_field *a, const struct msg_field *b)
{
	return a->id == b->id &&
	       (a->id != MSG_H_OTHER || str_ieq(a->name, b->name));
}

/* The next value of F's list; all of F where it is not a list. */
static struct str
cut_field(const struct msg_field *f, struct str *rest)
{
	const struct msg_header_info *info = msg_header_info(f->id);
	struct str all = *rest;

	if (info != NULL && (info->flags & MSG_HF_LIST) != 0)
		return str_trim(msg_cut_value(rest));
	*rest = STR_NULL;
	return str_trim(all);
}

/* Whatever white space and case: a hop may unfold a line (7.3.1). */
static bool
has_same_words(struct str a, struct str b)
{
	struct str x, y;

	while (a.n > 0 || b.n > 0) {
		x = str_cut(a, ' ', &a);
		y = str_cut(b, ' ', &b);
		if (!str_ieq(str_trim(x), str_trim(y)))
			return false;
		a = str_trim(a);
		b = str_trim(b);
	}
	return true;
}

static bool
has_value(const struct msg *m, const struct msg_field *f, struct str value)
{
	struct str rest;

	for (size_t i = 0; i < m->nfields; i++) {
		rest = is_named_as(&m->fields[i], f) ? m->fields[i].value
						     : STR_NULL;
		while (rest.n > 0)
			if (has_same_words(cut_field(f, &rest), value))
				return true;
	}
	return false;
}

/* The values of F, a field of another message, that M lacks, with its name. */
static void
put_lost(const struct msg *m, const struct msg_field *f, struct buf *b)
{
	struct str rest = f->value, value;

	while (rest.n > 0) {
		value = cut_field(f, &rest);
		/* RFC 3329 2.3.1: a proxy takes that off. */
		if (!has_value(m, f, value) && !str_iis(value, "sec-agree"))
			buf_printf(b, "%.*s: %.*s\n", STR_ARG(f->name),
			    STR_ARG(value));
	}
}

void
relate_put_lost(const struct msg *from, const struct msg *m, struct buf *b)
{
	size_t at = 0;

	for (size_t i = 0; i < from->nfields; i++) {
		const struct msg_field *f = &from->fields[i];

		if (may_hops_change(f))
			continue;
		/* Mostly it is the next one. */
		while (at < m->nfields && may_hops_change(&m->fields[at]))
			at++;
		if (at < m->nfields && is_named_as(&m->fields[at], f) &&
		    str_eq(m->fields[at].value, f->value))
			at++;
		else
			put_lost(m, f, b);
	}
}

bool
part_LOST(const struct asked *a, struct str *text)
{
	relate_put_lost(a->m, a->l->msg, a->room);
	return field_parts_take_lines(a, text);
}

/* A list of resources comes in several parts (RFC 4662). */
bool
part_BODY_TYPES(const struct asked *a, struct str *text)
{
	struct msg_values iter = { 0 };
	struct str value;

	if (a->m->method != MSG_SUBSCRIBE)
		return false;
	while (msg_next_value(a->m, MSG_H_ACCEPT, &iter, &value))
		buf_printf(a->room, "%.*s\n", STR_ARG(value));
	if (a->room->n > 0 && msg_lists(a->m, MSG_H_SUPPORTED, "eventlist"))
		buf_puts(a->room, "multipart/related\n");
	return field_parts_take_lines(a, text);
}

/* RFC 6665 4.2.2 */
bool
part_DEFAULT_TYPE(const struct asked *a, struct str *text)
{
	static const struct {
		const char *package, *type;
	} rows[] = {
		{ "presence", "application/pidf+xml" },
		{ "presence.winfo", "application/watcherinfo+xml" },
		{ "dialog", "application/dialog-info+xml" },
		{ "message-summary", "application/simple-message-summary" },
		{ "reg", "application/reginfo+xml" },
		{ "conference", "application/conference-info+xml" },
	};
	struct str params,
	    package =
		str_trim(msg_cut_params(msg_value(a->m, MSG_H_EVENT), &params));

	if (a->m->method != MSG_SUBSCRIBE ||
	    msg_field(a->m, MSG_H_ACCEPT, 0) != NULL ||
	    msg_lists(a->m, MSG_H_SUPPORTED, "eventlist"))
		return false;
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		if (str_is(package, rows[i].package)) {
			*text = str_of(rows[i].type);
			return true;
		}
	return false;
}

bool
part_BODY_NAME(const struct asked *a, struct str *text)
{
	struct str rest;

	*text = str_trim(str_cut(str_cut(a->m->body, '\n', &rest), ':', &rest));
	return a->m->body.n > 0;
}

/* version="2" of its first element, behind the declaration. */
bool
part_BODY_VERSION(const struct asked *a, struct str *text)
{
	static const char *const types[] = { "application/dialog-info+xml",
		"application/conference-info+xml", "application/reginfo+xml",
		"application/watcherinfo+xml" };
	struct str body = str_trim(a->m->body), rest, params;
	struct str type = str_trim(
	    msg_cut_params(msg_value(a->m, MSG_H_CONTENT_TYPE), &params));
	size_t i = 0;
	ptrdiff_t at;

	while (i < COUNT_OF(types) && !str_iis(type, types[i]))
		i++;
	if (i == COUNT_OF(types))
		return false;
	if (str_starts(body, "<?"))
		(void)str_cut(body, '>', &body);
	body = str_cut(body, '>', &rest);
	at = str_find(body, " version=");
	if (at < 0)
		return false;
	body = str_slice(body, (size_t)at + strlen(" version="), body.n);
	if (body.n < 2)
		return false;
	*text = str_cut(str_slice(body, 1, body.n), body.p[0], &rest);
	return true;
}
