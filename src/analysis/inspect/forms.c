/* Faults of a header field that can be read all the same; see
 * inspect/forms.h. */
#include "inspect/forms.h"

#include "msg/chars.h"
#include "msg/header_names.h"

/* ---- forms ---- */

enum form {
	ANY,
	NUMBER,  /* 120 (in a meeting);duration=60 */
	TOKEN,   /* a list of them */
	WORD,    /* a token with parameters */
	TYPE,    /* a list of types, text/plain */
	ADDRESS, /* a list of URIs in <> */
	VERSION, /* 1.0 */
	STAMP,   /* 54.21 0.5 */
	WARNING  /* a list of 399 host "text" */
};

static const enum form forms[MSG_H_COUNT] = {
	[MSG_H_EXPIRES] = NUMBER,
	[MSG_H_MIN_EXPIRES] = NUMBER,
	[MSG_H_RETRY_AFTER] = NUMBER,
	[MSG_H_SESSION_EXPIRES] = NUMBER,
	[MSG_H_MIN_SE] = NUMBER,
	[MSG_H_RSEQ] = NUMBER,
	[MSG_H_FLOW_TIMER] = NUMBER,
	[MSG_H_ALLOW] = TOKEN,
	[MSG_H_SUPPORTED] = TOKEN,
	[MSG_H_REQUIRE] = TOKEN,
	[MSG_H_PROXY_REQUIRE] = TOKEN,
	[MSG_H_UNSUPPORTED] = TOKEN,
	[MSG_H_ALLOW_EVENTS] = TOKEN,
	[MSG_H_CONTENT_ENCODING] = TOKEN,
	[MSG_H_PRIORITY] = TOKEN,
	[MSG_H_SIP_ETAG] = TOKEN,
	[MSG_H_SIP_IF_MATCH] = TOKEN,
	[MSG_H_EVENT] = WORD,
	[MSG_H_SUBSCRIPTION_STATE] = WORD,
	[MSG_H_CONTENT_DISPOSITION] = WORD,
	[MSG_H_INFO_PACKAGE] = WORD,
	[MSG_H_REASON] = WORD,
	[MSG_H_CONTENT_TYPE] = TYPE,
	[MSG_H_ACCEPT] = TYPE,
	[MSG_H_ROUTE] = ADDRESS,
	[MSG_H_RECORD_ROUTE] = ADDRESS,
	[MSG_H_PATH] = ADDRESS,
	[MSG_H_SERVICE_ROUTE] = ADDRESS,
	[MSG_H_MIME_VERSION] = VERSION,
	[MSG_H_TIMESTAMP] = STAMP,
	[MSG_H_WARNING] = WARNING,
};

static bool
has_digits(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
	return true;
}

/* "54", "54.21" or, with DOT, only the latter. */
static bool
is_decimal(struct str s, bool dot)
{
	struct str whole, part;

	whole = str_cut(s, '.', &part);
	return whole.n > 0 && has_digits(whole) && has_digits(part) &&
	       (!dot || part.n > 0);
}

static bool
is_stamp(struct str value)
{
	struct str delay, stamp = str_cut(value, ' ', &delay);

	return is_decimal(stamp, false) &&
	       (delay.n == 0 || is_decimal(str_trim(delay), false));
}

static bool
is_warning(struct str value)
{
	struct str rest, text, code = str_cut(value, ' ', &rest);
	struct str agent = str_cut(str_trim(rest), ' ', &text);

	text = str_trim(text);
	return code.n == 3 && has_digits(code) && agent.n > 0 && text.n >= 2 &&
	       text.p[0] == '"' && text.p[text.n - 1] == '"';
}

static bool
has_form(enum form form, struct str value)
{
	struct str params, bare = str_trim(msg_cut_params(value, &params)), sub;
	struct msg_addr a;
	uint32_t n;

	switch (form) {
	case NUMBER:
		return str_u32(str_trim(str_cut(bare, '(', &sub)), &n) == 0;
	case TOKEN:
	case WORD:
		return chars_is_token(form == WORD ? bare : value);
	case TYPE:
		return chars_is_token(str_cut(bare, '/', &sub)) &&
		       chars_is_token(sub);
	case ADDRESS:
		return msg_addr_read(value, &a) == 0 &&
		       str_chr(value, '<') >= 0;
	case VERSION:
		return is_decimal(value, true);
	case STAMP:
		return is_stamp(value);
	case WARNING:
		return is_warning(value);
	case ANY:
		break;
	}
	return true;
}

/* "INVITE, ACK" as it mostly stands: such a list of plain words is not cut into
 * values. */
static bool
is_plain(enum form form, struct str s)
{
	size_t at = 0;

	if (form == NUMBER)
		return s.n > 0 && s.n < 10 && has_digits(s);
	if (form == ADDRESS)
		return s.n > 0 && s.p[0] == '<' && s.p[s.n - 1] == '>' &&
		       str_count(s, ',') == 0;
	if (form != TOKEN)
		return false;
	while (at < s.n) {
		at = chars_skip_token(s, at);
		if (at < s.n && s.p[at++] != ',')
			return false;
		if (at < s.n && s.p[at] == ' ')
			at++;
	}
	return true;
}

static bool
is_single(enum form form)
{
	return form == WORD || form == STAMP || form == VERSION;
}

static bool
is_field_formed(const struct msg_field *f)
{
	enum form form = forms[f->id];
	struct str rest = f->value, value;

	if (form == ANY || is_plain(form, rest))
		return true;
	while (rest.n > 0) {
		value = str_trim(is_single(form) ? str_cut(rest, '\n', &rest)
						 : msg_cut_value(&rest));
		if (value.n > 0 && !has_form(form, value))
			return false;
	}
	return true;
}

/* A list of more parameters is looked at no further. */
#define PARAMS_MOST 16

/* 7.3.1: a parameter is in a value once. */
static bool
has_param_twice(struct str params)
{
	struct str names[PARAMS_MOST], value;
	size_t n = 0;

	if (str_count(params, ';') < 2)
		return false;

	while (n < PARAMS_MOST && msg_next_param(&params, &names[n], &value)) {
		for (size_t i = 0; i < n; i++)
			if (str_ieq(names[i], names[n]))
				return true;
		n++;
	}
	return false;
}

/* 20.10: q is at most 1, and expires a number, where they count. */
static bool
is_contact_formed(struct str rest)
{
	struct str expires;
	struct msg_addr a;
	uint32_t seconds;
	unsigned q;

	while (rest.n > 0)
		if (msg_addr_read(msg_cut_value(&rest), &a) == 0 &&
		    (!msg_q_read(a.params, &q) || has_param_twice(a.params) ||
			(msg_param(a.params, "expires", &expires) &&
			    str_u32(expires, &seconds) != 0)))
			return false;
	return true;
}

static bool
is_party_formed(struct str value)
{
	struct msg_addr a;

	return str_count(value, ';') < 2 || msg_addr_read(value, &a) != 0 ||
	       !has_param_twice(a.params);
}

/* 20.42 */
static bool
is_via_formed(const struct msg_via *via)
{
	struct str ttl;
	uint32_t n;

	/* It has no other parameters than the known ones, each once. */
	if (str_count(via->params, ';') == (size_t)(via->branch.n > 0) +
					       (via->received.n > 0) +
					       via->has_rport + via->has_maddr)
		return true;
	return !has_param_twice(via->params) &&
	       (str_find(via->params, "ttl") < 0 ||
		   !msg_param(via->params, "ttl", &ttl) ||
		   (str_u32(ttl, &n) == 0 && n <= 255));
}

/* 20.22 */
static bool
is_hops(struct str value)
{
	uint32_t hops;

	return str_u32(value, &hops) == 0 && hops <= 255;
}

const struct msg_field *
forms_find_malformed(const struct msg *m, const struct msg_via *via)
{
	bool asks =
	    m->method == MSG_REGISTER || (!m->request && m->status / 100 == 3);
	bool good;

	if (!is_via_formed(via))
		return msg_field(m, MSG_H_VIA, 0);
	for (size_t i = 0; i < m->nfields; i++) {
		const struct msg_field *f = &m->fields[i];

		switch ((unsigned)f->id) {
		case MSG_H_FROM:
		case MSG_H_TO:
			good = is_party_formed(f->value);
			break;
		case MSG_H_CONTACT:
			good = !asks || is_contact_formed(f->value);
			break;
		case MSG_H_MAX_FORWARDS:
			good = is_hops(f->value);
			break;
		default:
			good = is_field_formed(f);
		}
		if (!good)
			return f;
	}
	return NULL;
}

/* ---- places ---- */

/* Tables 2 and 3, and those of the RFCs that define the fields: what belongs
 * into requests alone, or into responses from a status to another one. */
static const struct place_row {
	bool requests;
	uint16_t least, most;
} other_message_rows[MSG_H_COUNT] = {
	[MSG_H_MAX_FORWARDS] = { true, 0, 0 },
	[MSG_H_ROUTE] = { true, 0, 0 },
	[MSG_H_AUTHORIZATION] = { true, 0, 0 },
	[MSG_H_PROXY_AUTHORIZATION] = { true, 0, 0 },
	[MSG_H_PROXY_REQUIRE] = { true, 0, 0 },
	[MSG_H_PRIORITY] = { true, 0, 0 },
	[MSG_H_IN_REPLY_TO] = { true, 0, 0 },
	[MSG_H_RACK] = { true, 0, 0 },
	[MSG_H_REFER_TO] = { true, 0, 0 },
	[MSG_H_REPLACES] = { true, 0, 0 },
	[MSG_H_SUBSCRIPTION_STATE] = { true, 0, 0 },
	[MSG_H_SERVER] = { false, 100, 699 },
	[MSG_H_WARNING] = { false, 100, 699 },
	[MSG_H_RETRY_AFTER] = { false, 300, 699 },
	[MSG_H_ERROR_INFO] = { false, 300, 699 },
	[MSG_H_RSEQ] = { false, 101, 199 },
	[MSG_H_AUTHENTICATION_INFO] = { false, 200, 299 },
	[MSG_H_SERVICE_ROUTE] = { false, 200, 299 },
	[MSG_H_UNSUPPORTED] = { false, 420, 420 },
	[MSG_H_MIN_EXPIRES] = { false, 423, 423 },
	[MSG_H_WWW_AUTHENTICATE] = { false, 401, 407 },
	[MSG_H_PROXY_AUTHENTICATE] = { false, 401, 407 },
};

static bool
is_placed(const struct place_row *row, const struct msg *m)
{
	if (!row->requests && row->most == 0)
		return true;
	return m->request ? row->requests
			  : m->status >= row->least && m->status <= row->most;
}

const struct msg_field *
forms_find_misplaced(const struct msg *m)
{
	for (size_t i = 0; i < m->nfields; i++)
		if (!is_placed(&other_message_rows[m->fields[i].id], m))
			return &m->fields[i];
	return NULL;
}
