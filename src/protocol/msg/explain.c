/*
 * What header fields say, in sentences: the table of explainers, and those
 * whose value is a number or a word.  RFC 3261 section 20 and the extensions.
 */
#include "msg/explain_in.h"

#include "isup/q850.h"
#include "msg/chars.h"
#include "msg/bodies.h"
#include "msg/header_names.h"
#include "msg/packages.h"
#include "msg/parts.h"

#include <inttypes.h>
#include <stdio.h>

/* ---- challenges and credentials: RFC 3261 22, RFC 7616, 8760 ---- */

/* The parameter NAME of "Digest a=1, b="2"": its value without quotes. */
static bool
auth_param(struct str params, const char *name, struct str *value)
{
	while (params.n > 0) {
		struct str v, one = msg_cut_value(&params);
		struct str n = str_trim(str_cut(one, '=', &v));

		if (!str_iis(n, name))
			continue;
		v = str_trim(v);
		if (v.n >= 2 && v.p[0] == '"' && v.p[v.n - 1] == '"')
			v = str_slice(v, 1, v.n - 1);
		*value = v;
		return true;
	}
	*value = STR_NULL;
	return false;
}

/* Cuts the scheme off; true for Digest, with a word about others. */
static bool
is_digest(struct explain *e, struct str *params)
{
	struct str value = e->f->value;
	size_t at = chars_skip_token(value, 0);
	struct str scheme = str_slice(value, 0, at);

	*params = str_slice(value, at, value.n);
	if (str_iis(scheme, "Digest"))
		return true;
	if (str_iis(scheme, "Basic"))
		/* 22: servers must not, clients must not */
		explain_say(&e->note->history,
		    _("Basic sends the password unencrypted; RFC 3261 no "
		      "longer allows it in SIP."));
	else
		explain_say(&e->note->says,
		    _("rung does not know the scheme %.*s."), STR_ARG(scheme));
	return false;
}

static void
explain_algorithm(struct explain *e, struct str params)
{
	struct str algorithm, qop;

	if (!auth_param(params, "algorithm", &algorithm))
		algorithm = STR("MD5");
	/* RFC 8760 2.1 */
	if (str_iis(algorithm, "MD5") || str_iis(algorithm, "MD5-sess"))
		explain_say(&e->note->history,
		    _("The hash is MD5, as in RFC 2617, which RFC 7616 has "
		      "replaced. RFC 8760 adds SHA-256 to SIP."));
	else
		explain_say(&e->note->says, _("The hash is %.*s (RFC 8760)."),
		    STR_ARG(algorithm));
	if (!auth_param(params, "qop", &qop))
		explain_say(&e->note->history,
		    _("There is no qop. This is the form of RFC 2069, which "
		      "RFC 2617 and then RFC 7616 replaced."));
	else if (str_find(qop, "auth-int") >= 0)
		explain_say(&e->note->says,
		    _("qop=auth-int: the response also protects the body."));
}

static void
explain_challenge(struct explain *e)
{
	struct buf *says = &e->note->says;
	struct str params, v;

	if (!is_digest(e, &params))
		return;
	auth_param(params, "realm", &v);
	explain_say(says,
	    _("The server asks for the password of the realm “%.*s”."),
	    STR_ARG(v));
	if (auth_param(params, "nonce", &v))
		explain_say(says,
		    _("The nonce is an input to the hash, so that a response "
		      "is valid only once or for a short time."));
	if (auth_param(params, "stale", &v) && str_iis(v, "true"))
		explain_say(says, _("stale: the password was right, but the "
				    "nonce was too old."));
	explain_algorithm(e, params);
}

static void
explain_credentials(struct explain *e)
{
	struct buf *says = &e->note->says;
	struct str params, user, realm, v;

	if (!is_digest(e, &params))
		return;
	auth_param(params, "username", &user);
	auth_param(params, "realm", &realm);
	explain_say(says,
	    _("The user %.*s proves knowledge of the password for the realm "
	      "“%.*s”; the password itself is not sent."),
	    STR_ARG(user), STR_ARG(realm));
	if (auth_param(params, "response", &v))
		explain_say(says,
		    _("response: the hash of user, realm, password, nonce, "
		      "method and URI."));
	if (auth_param(params, "nc", &v))
		explain_say(says,
		    _("nc: how often this nonce has been used, %.*s "
		      "(hexadecimal)."),
		    STR_ARG(v));
	explain_algorithm(e, params);
}

/* ---- words from a registry: option tags, methods, event packages ---- */

/* clang-format off */
static const struct msg_word option_tags[] = {
	{ "100rel", 3262, N_("provisional responses are sent reliably and acknowledged with PRACK") },
	{ "199", 6228, N_("199 reports the end of one branch of a forked call") },
	{ "answermode", 5373, N_("Answer-Mode is understood") },
	{ "early-session", 3959, N_("a separate session for early media") },
	{ "eventlist", 4662, N_("one subscription for a list of resources") },
	{ "from-change", 4916, N_("From may change during the dialog") },
	{ "geolocation-http", 6442, N_("the caller's location is available over HTTP") },
	{ "geolocation-sip", 6442, N_("the caller's location is available by subscription") },
	{ "gruu", 5627, N_("URIs that identify one device (GRUU)") },
	{ "histinfo", 7044, N_("History-Info is requested") },
	{ "ice", 5768, N_("ICE is needed so that media pass NATs") },
	{ "join", 3911, N_("Join is understood") },
	{ "multiple-refer", 5368, N_("one REFER for several targets") },
	{ "norefersub", 4488, N_("REFER without a subscription to its result") },
	{ "nosub", 7614, N_("no REFER creates a subscription") },
	{ "outbound", 5626, N_("the client keeps its connections open and receives calls over them") },
	{ "path", 3327, N_("Path is understood") },
	{ "policy", 6794, N_("session policies are understood") },
	{ "precondition", 3312, N_("resources are reserved before the phone rings") },
	{ "pref", 3840, N_("the caller's preferences are understood") },
	{ "privacy", 3323, N_("a privacy service is requested") },
	{ "recipient-list-invite", 5366, N_("one INVITE for several people") },
	{ "replaces", 3891, N_("Replaces is understood; attended transfer needs it") },
	{ "resource-priority", 4412, N_("Resource-Priority is understood") },
	{ "sdp-anat", 4091, N_("alternative IPv4 and IPv6 addresses; replaced by ICE") },
	{ "sec-agree", 3329, N_("client and server agree on a security mechanism") },
	{ "siprec", 7866, N_("the call is a recording session") },
	{ "tdialog", 4538, N_("Target-Dialog is understood") },
	{ "timer", 4028, N_("session timers: the session is refreshed at intervals") },
	{ "trickle-ice", 8840, N_("ICE candidates may follow one by one") },
	{ "uui", 7433, N_("User-to-User is understood") },
};
/* clang-format on */

const struct msg_word msg_packages[MSG_PACKAGE_COUNT] = {
#define X(id, name, rfc, text) { name, rfc, text },
	MSG_PACKAGES(X)
#undef X
};

static const struct msg_word *
explanation_find_word(const struct msg_word *words, size_t n, struct str name)
{
	for (size_t i = 0; i < n; i++)
		if (str_iis(name, words[i].name))
			return &words[i];
	return NULL;
}

#define FIND(words, name) explanation_find_word(words, COUNT_OF(words), name)

static void
explain_registry_words(
    struct explain *e, const struct msg_word *words, size_t count)
{
	struct str rest = e->f->value, name;
	const struct msg_word *w;

	if (rest.n == 0)
		explain_say(&e->note->says, _("The list is empty."));
	for (size_t n = 0; rest.n > 0 && n < EXPLAIN_VALUES; n++) {
		name = msg_cut_value(&rest);
		if (name.n == 0)
			continue;
		w = explanation_find_word(words, count, name);
		if (w != NULL)
			explain_say(&e->note->says, _("%s: %s (RFC %u)."),
			    w->name, _(w->text), w->rfc);
		else
			explain_say(&e->note->says,
			    _("%.*s: rung does not know it."), STR_ARG(name));
	}
}

static void
explain_tags(struct explain *e)
{
	explain_registry_words(e, option_tags, COUNT_OF(option_tags));
}

/* Allow: which of the known methods are missing tells more than the list. */
static void
explain_methods(struct explain *e)
{
	struct str rest = e->f->value, name;
	bool there[MSG_METHOD_COUNT] = { false };
	enum msg_method method;

	for (size_t n = 0; rest.n > 0 && n < EXPLAIN_VALUES; n++) {
		name = msg_cut_value(&rest);
		method = msg_method_find(name);
		if (method != MSG_OTHER)
			there[method] = true;
		else if (name.n > 0)
			explain_say(&e->note->says,
			    _("%.*s: rung does not know it."), STR_ARG(name));
	}
	if (!there[MSG_PRACK])
		explain_say(&e->note->says,
		    _("No PRACK: provisional responses are not acknowledged."));
	if (!there[MSG_UPDATE])
		explain_say(&e->note->says,
		    _("No UPDATE: only a new INVITE can change the session."));
	if (!there[MSG_REFER])
		explain_say(&e->note->says,
		    _("No REFER: nobody can transfer the sender."));
}

static void
explain_state(struct explain *e, struct str state, struct str params)
{
	struct buf *says = &e->note->says;
	char text[EXPLAIN_TIME];
	struct str v;
	uint64_t n;

	if (str_iis(state, "active"))
		explain_say(says, _("The subscription is accepted."));
	else if (str_iis(state, "pending"))
		explain_say(says,
		    _("There is no decision about the subscription yet."));
	else if (str_iis(state, "terminated"))
		explain_say(says, _("The subscription has ended."));
	if (msg_param(params, "expires", &v) && str_u64(v, &n) == 0)
		explain_say(
		    says, _("It expires in %s."), explain_time(text, n));
	if (msg_param(params, "reason", &v))
		explain_say(says, _("Reason: %.*s."), STR_ARG(v));
}

/* Event, Allow-Events, Subscription-State */
static void
explain_event(struct explain *e)
{
	struct str rest, name = str_trim(str_cut(e->f->value, ';', &rest));
	struct str params = str_slice(e->f->value, name.n, e->f->value.n);
	const struct msg_word *w;
	struct str id;

	if (e->f->id == MSG_H_ALLOW_EVENTS) {
		explain_registry_words(e, msg_packages, MSG_PACKAGE_COUNT);
		return;
	}
	if (e->f->id == MSG_H_SUBSCRIPTION_STATE) {
		explain_state(e, name, params);
		return;
	}
	w = FIND(msg_packages, name);
	if (w != NULL)
		explain_say(&e->note->says, _("%s: %s (RFC %u)."), w->name,
		    _(w->text), w->rfc);
	if (msg_param(params, "id", &id))
		explain_say(&e->note->says,
		    _("id %.*s distinguishes it from other subscriptions in "
		      "the same dialog."),
		    STR_ARG(id));
}

void
explain_say(struct buf *b, const char *fmt, ...)
{
	size_t begin = b->n;
	va_list ap;

	va_start(ap, fmt);
	buf_vprintf(b, fmt, ap);
	va_end(ap);
	/* folds in what was quoted: a sentence is one line */
	for (size_t i = begin; i < b->n; i++)
		if (b->p[i] == '\r' || b->p[i] == '\n')
			b->p[i] = ' ';
	buf_putc(b, '\n');
}

const char *
explain_time(char text[EXPLAIN_TIME], uint64_t s)
{
	uint64_t h = s / 3600, min = s / 60 % 60;

	if (s % 60 != 0 || s == 0)
		snprintf(text, EXPLAIN_TIME, "%" PRIu64 " s", s);
	else if (h == 0)
		snprintf(text, EXPLAIN_TIME, "%" PRIu64 " min", min);
	else if (min == 0)
		snprintf(text, EXPLAIN_TIME, "%" PRIu64 " h", h);
	else
		snprintf(text, EXPLAIN_TIME, "%" PRIu64 " h %" PRIu64 " min", h,
		    min);
	return text;
}

static void
explain_call_id(struct explain *e)
{
	explain_say(&e->note->says,
	    _("It is compared byte by byte; upper and lower case differ."));
}

static void
explain_cseq(struct explain *e)
{
	struct msg_cseq cseq;

	if (msg_cseq_read(e->f->value, &cseq) != 0) {
		/* 8.1.1.5 */
		explain_say(&e->note->problem,
		    _("This is not a number below 2147483648 and a method."));
		return;
	}
	if (!e->m->request)
		explain_say(&e->note->says,
		    _("This answers request number %u, method %.*s."),
		    (unsigned)cseq.number, STR_ARG(cseq.method));
	else
		explain_say(&e->note->says,
		    _("Request number %u from this side of the dialog, method "
		      "%.*s."),
		    (unsigned)cseq.number, STR_ARG(cseq.method));
	if (e->m->request && !str_eq(cseq.method, e->m->method_name))
		explain_say(&e->note->problem,
		    _("The method differs from the method in the start line."));
	else if (str_is(cseq.method, "ACK") || str_is(cseq.method, "CANCEL"))
		explain_say(
		    &e->note->says, _("The number is that of the INVITE to "
				      "which this request belongs."));
}

static void
explain_max_forwards(struct explain *e)
{
	uint64_t n;

	if (str_u64(e->f->value, &n) != 0)
		return;
	if (n == 0)
		explain_say(&e->note->says, _("A proxy must not forward it any "
					      "further; it answers 483."));
	else if (n == 1)
		explain_say(
		    &e->note->says, _("It may be forwarded once more."));
	else
		explain_say(&e->note->says,
		    _("It may be forwarded %llu more times; a client starts "
		      "with 70."),
		    (unsigned long long)n);
	/* 20.22: 0 to 255 */
	if (n > 255)
		explain_say(&e->note->problem,
		    _("It is larger than 255, the maximum."));
}

static void
explain_content_length(struct explain *e)
{
	size_t have = (size_t)(e->m->bytes.p + e->m->bytes.n - e->m->body.p);
	uint64_t n;

	if (e->m->body.p == NULL || str_u64(e->f->value, &n) != 0)
		return;
	if (n == 0 && have == 0)
		explain_say(&e->note->says, _("There is no body."));
	else if (n == have)
		explain_say(
		    &e->note->says, _("This is the length of the body."));
	else if (n < have)
		/* 18.3 */
		explain_say(&e->note->says,
		    _("%zu bytes follow the empty line; the excess bytes do "
		      "not belong to the message."),
		    have);
	else
		explain_say(&e->note->problem,
		    _("Only %zu bytes follow the empty line."), have);
}

static void
explain_content_type(struct explain *e)
{
	static const struct {
		const char *type, *text;
	} rows[] = {
		{ "application/sdp",
		    N_("A session description: an offer or an answer.") },
		{ "message/sipfrag", N_("Parts of another SIP message, for "
					"example in a report on a REFER.") },
		{ "text/plain", N_("Text for a person.") },
		{ "application/pidf+xml", N_("The presence of a user.") },
		{ "application/reginfo+xml",
		    N_("The registrations of a user.") },
		{ "application/3gpp-ims+xml",
		    N_("Further instructions for a phone from a server of an "
		       "IMS network.") },
		{ "application/dialog-info+xml",
		    N_("The dialogs of a user's phones.") },
		{ "application/simple-message-summary",
		    N_("How many voice messages are waiting.") },
		{ MSG_DTMF_RELAY, N_("A key that the user pressed.") },
		{ "application/conference-info+xml",
		    N_("The participants of a conference.") },
		{ MANSCDP_TYPE, N_("Queries, commands and reports between a "
				   "camera and its platform (GB/T 28181).") },
		{ MANSRTSP_TYPE,
		    N_("Playback control of a recording (GB/T 28181).") },
		{ "multipart/mixed",
		    N_("Several body parts of different types.") },
		{ "application/isup", N_("An ISUP message, from the signalling "
					 "of the telephone network.") },
	};
	struct str rest, type = str_trim(str_cut(e->f->value, ';', &rest));

	for (size_t i = 0; i < COUNT_OF(rows); i++)
		if (str_iis(type, rows[i].type))
			explain_say(&e->note->says, "%s", _(rows[i].text));
}

/* RFC 4028 4: uac and uas are those of the request */
static void
explain_refresher(struct explain *e, struct str params)
{
	struct str who;

	if (!msg_param(params, "refresher", &who))
		explain_say(&e->note->says,
		    _("It does not say yet which side refreshes the session."));
	else if (str_iis(who, "uac"))
		explain_say(&e->note->says,
		    _("The UAC of this request refreshes the session."));
	else
		explain_say(&e->note->says,
		    _("The UAS of this request refreshes the session."));
}

/* Seconds, perhaps with parameters; Retry-After may carry a comment too. */
static void
explain_seconds(struct explain *e)
{
	struct str value = e->f->value, params;
	char text[EXPLAIN_TIME];
	size_t digits = 0;
	uint64_t n;

	while (digits < value.n && chr_is_digit(value.p[digits]))
		digits++;
	if (str_u64(str_slice(value, 0, digits), &n) != 0)
		return;
	if (n == 0 && e->f->id == MSG_H_EXPIRES)
		explain_say(&e->note->says, _("0: it ends now."));
	else
		explain_say(
		    &e->note->says, _("That is %s."), explain_time(text, n));
	params = str_slice(value, digits, value.n);
	if (e->f->id == MSG_H_SESSION_EXPIRES)
		explain_refresher(e, params);
}

static void
explain_rack(struct explain *e)
{
	struct str rest, rseq = str_cut(e->f->value, ' ', &rest), cseq;

	cseq = str_cut(str_trim(rest), ' ', &rest);
	rest = str_trim(rest);
	if (rseq.n == 0 || cseq.n == 0 || rest.n == 0) {
		explain_say(
		    &e->note->problem, _("This is not an RSeq number, a CSeq "
					 "number and a method."));
		return;
	}
	explain_say(&e->note->says,
	    _("It acknowledges the response with RSeq %.*s to request number "
	      "%.*s, %.*s."),
	    STR_ARG(rseq), STR_ARG(cseq), STR_ARG(rest));
}

/* Replaces, Join, Target-Dialog: callid;to-tag=...;from-tag=... */
static void
explain_dialog(struct explain *e)
{
	struct str rest, id = str_trim(str_cut(e->f->value, ';', &rest));
	struct str params = str_slice(e->f->value, id.n, e->f->value.n);
	struct str a, b, early;

	if (e->f->id == MSG_H_TARGET_DIALOG) {
		msg_param(params, "local-tag", &a);
		msg_param(params, "remote-tag", &b);
	} else {
		msg_param(params, "to-tag", &a);
		msg_param(params, "from-tag", &b);
	}
	explain_say(&e->note->says,
	    _("The dialog with Call-ID %.*s and the tags %.*s and %.*s."),
	    STR_ARG(id), STR_ARG(a), STR_ARG(b));
	if (msg_param(params, "early-only", &early))
		explain_say(
		    &e->note->says, _("It applies only while that dialog is "
				      "early (not answered)."));
}

/* RFC 3326 2, RFC 8606 */
static void
explain_cause(struct explain *e, uint32_t cause, struct str params)
{
	unsigned location = Q850_NO_LOCATION;
	struct str name;

	if (cause > Q850_MOST)
		return;
	if (msg_param(params, "location", &name))
		location = q850_location_named(name);
	q850_say(cause, location, false, &e->note->says);
}

static void
explain_reason(struct explain *e)
{
	struct str rest, protocol = str_trim(str_cut(e->f->value, ';', &rest));
	struct str params = str_slice(e->f->value, protocol.n, e->f->value.n);
	const struct msg_status_info *row;
	struct str cause;
	uint32_t code;

	if (!msg_param(params, "cause", &cause) || str_u32(cause, &code) != 0)
		return;
	row = str_iis(protocol, "SIP") ? msg_status(code) : NULL;
	if (row != NULL)
		explain_say(&e->note->says, _("Status %u, %s: %s."),
		    (unsigned)code, row->phrase, _(row->text));
	else if (str_iis(protocol, "Q.850"))
		explain_cause(e, code, params);
}

static void
explain_date(struct explain *e)
{
	/* 20.17, 25.1: only GMT */
	if (explain_is_local_time(e->f->value))
		explain_say(
		    &e->note->says, _("There is no time zone: the time is that "
				      "of Beijing, as in GB/T 28181 9.10."));
	else if (!str_ends(e->f->value, "GMT"))
		explain_say(
		    &e->note->problem, _("The time zone of a Date can only be "
					 "GMT; most receivers accept others."));
}

static void
explain_warning(struct explain *e)
{
	struct str rest, code = str_cut(e->f->value, ' ', &rest);
	struct str agent = str_cut(str_trim(rest), ' ', &rest);

	if (code.n == 3 && chr_is_digit(code.p[0]))
		explain_say(&e->note->says,
		    _("Code %.*s from %.*s. SIP uses the codes 300 to 399; 300 "
		      "to 329 are about keywords in the session description."),
		    STR_ARG(code), STR_ARG(agent));
}

/* clang-format off */
static const struct {
	enum msg_header id;
	void (*fn)(struct explain *e);
} explainers[] = {
	{ MSG_H_VIA, explain_via },
	{ MSG_H_FROM, explain_party },
	{ MSG_H_TO, explain_party },
	{ MSG_H_REPLY_TO, explain_party },
	{ MSG_H_REFER_TO, explain_party },
	{ MSG_H_REFERRED_BY, explain_party },
	{ MSG_H_P_ASSERTED_IDENTITY, explain_party },
	{ MSG_H_P_PREFERRED_IDENTITY, explain_party },
	{ MSG_H_HISTORY_INFO, explain_party },
	{ MSG_H_DIVERSION, explain_party },
	{ MSG_H_CALL_ID, explain_call_id },
	{ MSG_H_CSEQ, explain_cseq },
	{ MSG_H_MAX_FORWARDS, explain_max_forwards },
	{ MSG_H_CONTACT, explain_contact },
	{ MSG_H_ROUTE, explain_route },
	{ MSG_H_RECORD_ROUTE, explain_route },
	{ MSG_H_PATH, explain_route },
	{ MSG_H_SERVICE_ROUTE, explain_route },
	{ MSG_H_CONTENT_LENGTH, explain_content_length },
	{ MSG_H_CONTENT_TYPE, explain_content_type },
	{ MSG_H_EXPIRES, explain_seconds },
	{ MSG_H_MIN_EXPIRES, explain_seconds },
	{ MSG_H_SESSION_EXPIRES, explain_seconds },
	{ MSG_H_MIN_SE, explain_seconds },
	{ MSG_H_RETRY_AFTER, explain_seconds },
	{ MSG_H_FLOW_TIMER, explain_seconds },
	{ MSG_H_SUPPORTED, explain_tags },
	{ MSG_H_REQUIRE, explain_tags },
	{ MSG_H_PROXY_REQUIRE, explain_tags },
	{ MSG_H_UNSUPPORTED, explain_tags },
	{ MSG_H_ALLOW, explain_methods },
	{ MSG_H_EVENT, explain_event },
	{ MSG_H_ALLOW_EVENTS, explain_event },
	{ MSG_H_SUBSCRIPTION_STATE, explain_event },
	{ MSG_H_WWW_AUTHENTICATE, explain_challenge },
	{ MSG_H_PROXY_AUTHENTICATE, explain_challenge },
	{ MSG_H_AUTHORIZATION, explain_credentials },
	{ MSG_H_PROXY_AUTHORIZATION, explain_credentials },
	{ MSG_H_RACK, explain_rack },
	{ MSG_H_REPLACES, explain_dialog },
	{ MSG_H_JOIN, explain_dialog },
	{ MSG_H_TARGET_DIALOG, explain_dialog },
	{ MSG_H_REASON, explain_reason },
	{ MSG_H_DATE, explain_date },
	{ MSG_H_SUBJECT, explain_subject },
	{ MSG_H_WARNING, explain_warning },
};
/* clang-format on */

void
explain_field(struct explain *e)
{
	for (size_t i = 0; i < COUNT_OF(explainers); i++)
		if (explainers[i].id == e->f->id)
			explainers[i].fn(e);
}
