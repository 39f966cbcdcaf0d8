/* Arguments of verbs: judged while they are typed, before anything is done. */
#include "session/session_in.h"

#include "base/err.h"
#include "base/param.h"
#include "msg/chars.h"
#include "msg/parts.h"
#include "node/fields.h"
#include "runs/run.h"
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
verb_arg_is_uri(struct str value)
{
	struct msg_uri u;

	return is_one_word(value) && msg_uri_read(value, &u) == 0;
}

/* A bare word is a node, or a user of the own domain. */
static bool
is_target(struct str value)
{
	return str_chr(value, ':') >= 0 ? verb_arg_is_uri(value)
					: is_one_word(value);
}

static bool
verb_arg_is_time(struct str value)
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

/* Keys by their letter, or by their name in braces. */
static bool
is_keys(struct str value)
{
	while (value.n > 0) {
		struct str rest = str_slice(value, 1, value.n), name;
		bool known = chr_is_digit(value.p[0]) || value.p[0] == '*' ||
			     value.p[0] == '#';

		if (value.p[0] == '{' && str_chr(value, '}') > 0) {
			name = str_cut(rest, '}', &rest);
			known = str_has_word(
			    str_of("call end ok clear up down soft1 soft2"),
			    name);
		}
		if (!known)
			return false;
		value = rest;
	}
	return true;
}

static bool
is_type(struct str value)
{
	struct str sub, rest,
	    type = str_cut(msg_cut_params(value, &rest), '/', &sub);

	return chars_is_token(type) && chars_is_token(str_trim(sub));
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

/* The form of a value, by whichever of these a kind has, and the sentences
 * about a wrong one, which each sentence names once. */
static const struct {
	suits_fn *suits;
	const char *words;  /* one of them */
	const char *chars;  /* some of them, at least one */
	uint32_t low, high; /* a number in between */
	const char *sentence;
} kinds[] = {
	[KIND_TARGET] = { .suits = is_target,
	    .sentence = N_("“%s” is not known; expected a node, a user or a "
			   "URI such as sip:bob@example.com") },
	[KIND_URI] = { .suits = verb_arg_is_uri,
	    .sentence = N_("“%s” is not a URI; expected something like "
			   "sip:bob@example.com") },
	[KIND_TIME] = { .suits = verb_arg_is_time,
	    .sentence = N_("“%s” is not a time; expected something like 200ms, "
			   "5s or 2min") },
	[KIND_SHARE] = { .suits = is_share,
	    .sentence = N_("“%s” is not a share; expected something like 20%%, "
			   "or a number from 0 to 1") },
	[KIND_STREAMS] = { .suits = is_streams,
	    .sentence = N_("“%s” is not a stream; use audio or video") },
	[KIND_HOLD] = { .words = "sendonly inactive zero",
	    .sentence =
		N_("how must be sendonly, inactive or zero, not “%s”") },
	[KIND_BOOL] = { .suits = is_bool,
	    .sentence = N_("“%s” is neither true nor false") },
	[KIND_RING] = { .low = 180,
	    .high = 183,
	    .sentence = N_("“%s” is not a ringing status; expected a status "
			   "code from 180 to 183") },
	[KIND_REFUSE] = { .low = 300,
	    .high = 699,
	    .sentence = N_("“%s” is not a rejection; expected a status code "
			   "from 300 to 699") },
	[KIND_RELIABLE] = { .words = "no supported required",
	    .sentence =
		N_("reliable must be no, supported or required, not “%s”") },
	[KIND_HEADERS] = { .suits = is_headers,
	    .sentence = N_("“%s” is not a header field that can be added; "
			   "expected something like Subject: lunch") },
	[KIND_TYPE] = { .suits = is_type,
	    .sentence = N_("“%s” is not a content type; expected something "
			   "like text/plain") },
	[KIND_METHOD] = { .suits = chars_is_token,
	    .sentence =
		N_("“%s” is not a method; expected a word such as OPTIONS") },
	[KIND_Q] = { .suits = is_q,
	    .sentence =
		N_("“%s” is not a q value; expected a number from 0 to 1") },
	[KIND_KEYS] = { .suits = is_keys,
	    .sentence = N_("“%s” contains something other than keys; expected "
			   "0 to 9, *, #, {call}, {end}, {ok}, {clear}, {up}, "
			   "{down}, {soft1}, {soft2}") },
	[KIND_DIGITS] = { .chars = "0123456789*",
	    .sentence =
		N_("“%s” is not a number; expected digits such as 1001") },
	/* As an INFO of application/dtmf-relay has them. */
	[KIND_DTMF] = { .chars = "0123456789*#ABCD",
	    .sentence = N_("“%s” can't be pressed; expected 0 to 9, *, # "
			   "and A to D") },
	/* RFC 3863 4.1.4 */
	[KIND_OPEN] = { .words = "open closed",
	    .sentence = N_("a user must be open or closed, not “%s”") },
	[KIND_LINE] = { .suits = chars_is_line,
	    .sentence = N_("“%s” is more than one line of text") },
	[KIND_BODY] = { .suits = chars_is_line,
	    .sentence = N_("“%s” is more than one line of text") },
};

static bool
verb_arg_suits(enum verb_kind kind, struct str value)
{
	uint32_t number;

	if (kind >= COUNT_OF(kinds) || kinds[kind].sentence == NULL)
		return true;
	if (kinds[kind].suits != NULL)
		return kinds[kind].suits(value);
	if (kinds[kind].words != NULL)
		return str_has_word(str_of(kinds[kind].words), value);
	if (kinds[kind].chars != NULL)
		return strspn(value.p, kinds[kind].chars) == value.n;
	return str_u32(value, &number) == 0 && number >= kinds[kind].low &&
	       number <= kinds[kind].high;
}

/* "answer=5s" */
static int
check_setting_text(
    enum verb_kind kind, const char *on, struct str text, struct diag *d)
{
	struct str value, name = str_cut(text, '=', &value);
	LOCAL_BUF key = BUF_INIT, given = BUF_INIT;
	int err;

	name = str_trim(name);
	/* Without a value nothing would change. */
	if (name.n == 0 || str_trim(value).n == 0)
		return diag_set(d, ERR_SYNTAX, NULL, 0, "%s",
		    _("write a setting as name=value"));
	buf_str(&key, name);
	buf_str(&given, str_trim(value));
	err = (key.err | given.err) != 0 ? ERR_NOMEM
	      : kind == KIND_NODE_SETTING
		  ? run_check_setting(on, buf_cstr(&key), buf_cstr(&given), d)
		  : run_check_link(buf_cstr(&key), buf_cstr(&given), d);
	return diag_fail(d, err);
}

int
verb_arg_check(const char *verb, const struct verb_arg *arg, bool needed,
    const char *on, const char *value, struct diag *d)
{
	struct str text = str_of(value);

	if (text.n == 0 && !needed)
		return 0;
	if (text.n == 0)
		return diag_set(d, ERR_SYNTAX, NULL, 0,
		    _("%s: “%s” is missing; expected something like %s"), verb,
		    arg->key[0] == '*' ? _("name=value") : arg->key,
		    arg->example != NULL ? arg->example : "…");
	if (arg->kind == KIND_NODE_SETTING || arg->kind == KIND_LINK_SETTING)
		return check_setting_text(arg->kind, on, text, d);
	if (verb_arg_suits(arg->kind, text))
		return 0;
	return diag_set(d, ERR_SYNTAX, NULL, 0,
	    i18n_text(kinds[arg->kind].sentence), value);
}
