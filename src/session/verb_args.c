/* Arguments of verbs: judged while they are typed, before anything is done. */
#include "session/verb_rows.h"

#include "base/err.h"
#include "base/param.h"
#include "msg/chars.h"
#include "msg/parts.h"
#include "node/fields.h"
#include "scenario/run.h"
#include "sip/sdp_codecs.h"

#include <string.h>

typedef bool suits_fn(struct str value);

static bool
is_one_word(struct str value)
{
	for (size_t i = 0; i < value.n; i++)
		if (strchr("<>,\" \t\r\n", value.p[i]) != NULL)
			return false;
	return value.n > 0;
}

static bool
is_uri(struct str value)
{
	struct msg_uri u;

	return is_one_word(value) && msg_uri_read(value, &u) == 0;
}

/* A bare word is a node, or a user of the own domain. */
static bool
is_target(struct str value)
{
	return str_chr(value, ':') >= 0 ? is_uri(value) : is_one_word(value);
}

static bool
is_time(struct str value)
{
	int64_t ns;

	return param_time(value, &ns) == 0;
}

static bool
is_share(struct str value)
{
	double share;

	return param_share(value, &share) == 0;
}

static bool
is_streams(struct str v)
{
	struct str rest = v;

	while (rest.n > 0)
		if (sip_sdp_kind_find(str_trim(str_cut(rest, ',', &rest))) ==
		    SIP_SDP_KINDS)
			return false;
	return true;
}

static bool
is_hold(struct str v)
{
	return str_is(v, "sendonly") || str_is(v, "inactive") ||
	       str_is(v, "zero");
}

static bool
is_bool(struct str value)
{
	bool on;

	return param_bool(value, &on) == 0;
}

static bool
is_q(struct str value)
{
	double q;

	return param_decimal(value, &q) == 0 && q >= 0 && q <= 1;
}

static bool
is_code(struct str value, uint32_t low, uint32_t high)
{
	uint32_t code;

	return str_u32(value, &code) == 0 && code >= low && code <= high;
}

static bool
is_ring(struct str value)
{
	return is_code(value, 180, 183);
}

static bool
is_refusal(struct str value)
{
	return is_code(value, 300, 699);
}

/* Keys by their letter, or by their name in braces. */
static bool
is_keys(struct str value)
{
	static const char *const names[] = { "call", "end", "ok", "clear", "up",
		"down", "soft1", "soft2" };

	while (value.n > 0) {
		struct str rest = str_slice(value, 1, value.n), name;
		bool known = chr_is_digit(value.p[0]) || value.p[0] == '*' ||
			     value.p[0] == '#';

		if (value.p[0] == '{' && str_chr(value, '}') > 0) {
			name = str_cut(rest, '}', &rest);
			for (size_t i = 0; i < 8; i++)
				known |= str_is(name, names[i]);
		}
		if (!known)
			return false;
		value = rest;
	}
	return true;
}

static bool
is_digits(struct str value)
{
	for (size_t i = 0; i < value.n; i++)
		if (!chr_is_digit(value.p[i]) && value.p[i] != '*')
			return false;
	return value.n > 0;
}

/* As an INFO of application/dtmf-relay has them. */
static bool
is_dtmf(struct str value)
{
	for (size_t i = 0; i < value.n; i++)
		if (!chr_is_digit(value.p[i]) &&
		    strchr("*#ABCD", value.p[i]) == NULL)
			return false;
	return value.n > 0;
}

/* RFC 3863 4.1.4 */
static bool
is_open(struct str value)
{
	return str_is(value, "open") || str_is(value, "closed");
}

static bool
is_reliable(struct str value)
{
	return str_is(value, "no") || str_is(value, "supported") ||
	       str_is(value, "required");
}

/* RFC 3261 25.1: a token. */
static bool
is_token(struct str value)
{
	for (size_t i = 0; i < value.n; i++)
		if (!chars_are(value.p[i], CHARS_TOKEN))
			return false;
	return value.n > 0;
}

static bool
is_type(struct str value)
{
	struct str sub, rest,
	    type = str_cut(msg_cut_params(value, &rest), '/', &sub);

	return is_token(type) && is_token(str_trim(sub));
}

static bool
is_headers(struct str value)
{
	struct node_fields f;
	int err = node_fields_read(&f, value, NULL);

	if (err == 0)
		err = node_fields_check(&f, NULL);
	node_fields_free(&f);
	return err == 0;
}

static bool
is_line(struct str value)
{
	return str_chr(value, '\r') < 0 && str_chr(value, '\n') < 0;
}

/* What is said of a wrong value; each names it once. */
static const struct {
	suits_fn *suits;
	const char *sentence;
} kinds[] = {
	[KIND_TARGET] = { is_target,
	    N_("\"%s\" is nobody; expected a node, a user or a URI such as "
	       "sip:bob@example.com") },
	[KIND_URI] = { is_uri, N_("\"%s\" is no URI; expected something like "
				  "sip:bob@example.com") },
	[KIND_TIME] = { is_time,
	    N_("\"%s\" is no time; expected something like 200ms, 5s or "
	       "2min") },
	[KIND_SHARE] = { is_share,
	    N_("\"%s\" is no share; expected something like 20%%, or a "
	       "number from 0 to 1") },
	[KIND_STREAMS] = { is_streams,
	    N_("\"%s\" is no stream; there are audio and video") },
	[KIND_HOLD] = { is_hold,
	    N_("how is sendonly, inactive or zero, not \"%s\"") },
	[KIND_BOOL] = { is_bool, N_("\"%s\" is neither true nor false") },
	[KIND_RING] = { is_ring,
	    N_("\"%s\" is nothing to ring with; expected a status from 180 "
	       "to 183") },
	[KIND_REFUSE] = { is_refusal,
	    N_("\"%s\" is no refusal; expected a status from 300 to 699") },
	[KIND_RELIABLE] = { is_reliable,
	    N_("reliable is no, supported or required, not \"%s\"") },
	[KIND_HEADERS] = { is_headers,
	    N_("\"%s\" is no header field that can be added; expected "
	       "something like Subject: lunch") },
	[KIND_TYPE] = { is_type,
	    N_("\"%s\" is no type of a body; expected something like "
	       "text/plain") },
	[KIND_METHOD] = { is_token, N_("\"%s\" is no method; expected a word "
				       "such as OPTIONS") },
	[KIND_Q] = { is_q,
	    N_("\"%s\" is no q; expected a number from 0 to 1") },
	[KIND_KEYS] = { is_keys,
	    N_("\"%s\" is not all keys; expected 0 to 9, *, #, {call}, {end}, "
	       "{ok}, {clear}, {up}, {down}, {soft1}, {soft2}") },
	[KIND_DIGITS] = { is_digits,
	    N_("\"%s\" is no number; expected digits such as 1001") },
	[KIND_DTMF] = { is_dtmf,
	    N_("\"%s\" can't be pressed; expected 0 to 9, *, # and A to D") },
	[KIND_OPEN] = { is_open, N_("a user is open or closed, not \"%s\"") },
	[KIND_LINE] = { is_line, N_("\"%s\" is more than one line of text") },
};

#define NKINDS (sizeof(kinds) / sizeof(kinds[0]))

/* "answer=5s" */
static int
check_setting(
    enum verb_kind kind, const char *on, struct str text, struct diag *d)
{
	struct str value, name = str_cut(text, '=', &value);
	struct buf key = BUF_INIT, given = BUF_INIT;
	int err;

	name = str_trim(name);
	if (name.n == 0 || str_chr(text, '=') < 0)
		return diag_set(d, ERR_SYNTAX, NULL, 0, "%s",
		    _("a setting is written as name=value"));
	buf_str(&key, name);
	buf_str(&given, str_trim(value));
	err = (key.err | given.err) != 0 ? ERR_NOMEM
	      : kind == KIND_NODE_SETTING
		  ? run_check_setting(on, buf_cstr(&key), buf_cstr(&given), d)
		  : run_check_link(buf_cstr(&key), buf_cstr(&given), d);
	buf_free(&key);
	buf_free(&given);
	return err == 0 ? 0 : diag_set(d, err, NULL, 0, "%s", err_text(err));
}

int
verb_arg_check(const struct verb_row *row, const struct verb_arg *arg,
    const char *on, const char *value, struct diag *d)
{
	struct str text = str_of(value);

	if (text.n == 0 && !arg->needed)
		return 0;
	if (text.n == 0)
		return diag_set(d, ERR_SYNTAX, NULL, 0,
		    _("%s: \"%s\" is missing; expected something like %s"),
		    row->name, arg->key[0] == '*' ? _("name=value") : arg->key,
		    arg->hint != NULL ? arg->hint : "…");
	if (arg->kind == KIND_NODE_SETTING || arg->kind == KIND_LINK_SETTING)
		return check_setting(arg->kind, on, text, d);
	if (arg->kind >= NKINDS || kinds[arg->kind].suits == NULL ||
	    kinds[arg->kind].suits(text))
		return 0;
	return diag_set(d, ERR_SYNTAX, NULL, 0,
	    i18n_text(kinds[arg->kind].sentence), value);
}
