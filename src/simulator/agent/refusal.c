/*
 * What a user agent rejects whatever its user wants, and how it says so: RFC
 * 3261 8.2 in the order of its sections, 13.3.1.3, and the status codes of
 * section 21. What its settings say of a call is its role's
 * (roles/ua/ua_callee.c).
 */
#include "agent/refusal.h"

#include "agent/call.h"
#include "agent/requests.h"
#include "agent/session_timer.h"
#include "msg/bodies.h"
#include "msg/header_names.h"
#include "msg/parts.h"
#include "rules/rule_names.h"

#include <string.h>

/* 21.6: who speaks for all phones of the user says so. */
unsigned
agent_refusal_status(const struct agent *agent, unsigned status)
{
	static const struct {
		unsigned here, everywhere;
	} rows[] = { { 486, 600 }, { 480, 603 }, { 404, 604 }, { 488, 606 } };

	if (!node_attr_bool(agent->node, "global", false))
		return status;
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		if (rows[i].here == status)
			return rows[i].everywhere;
	return status;
}

/* 20.11: a body that may be left aside. */
static bool
says_optional(struct str v)
{
	ptrdiff_t params = str_chr(v, ';');
	struct str handling;

	return params >= 0 &&
	       msg_param(
		   str_slice(v, (size_t)params, v.n), "handling", &handling) &&
	       str_iis(handling, "optional");
}

static bool
is_optional(const struct msg *m)
{
	return says_optional(msg_value(m, MSG_H_CONTENT_DISPOSITION));
}

/* ---- the request itself ---- */

/* Each gives 0, or the status to reject with. */
typedef unsigned check_fn(struct agent *agent, const struct msg *m);

/* RFC 3262 3: it has something to say reliably, to whom it is new. */
static bool
wants_reliable(struct agent *agent, const struct msg *m)
{
	return m->method == MSG_INVITE && msg_tag_of(m, MSG_H_TO).n == 0 &&
	       !msg_lists(m, MSG_H_REQUIRE, "100rel") &&
	       strcmp(node_attr(agent->node, "reliable", ""), "required") == 0;
}

/* 8.2.4: the extension that callers must support, or NULL. */
static const char *
find_required(struct agent *agent, const struct msg *m)
{
	const char *wanted = node_attr(agent->node, "require", NULL);

	return wanted == NULL && wants_reliable(agent, m) ? "100rel" : wanted;
}

static unsigned
lacks_extension(struct agent *agent, const struct msg *m)
{
	const char *wanted = find_required(agent, m);

	return wanted != NULL && !msg_lists(m, MSG_H_SUPPORTED, wanted) ? 421
									: 0;
}

static unsigned
is_body_too_large(struct agent *agent, const struct msg *m)
{
	const char *text = node_attr(agent->node, "max_body", NULL);
	uint32_t max;

	return text != NULL && str_u32(str_of(text), &max) == 0 &&
		       m->body.n > max
		   ? 413
		   : 0;
}

/* 8.2.3 */
static unsigned
has_encoding(struct agent *agent, const struct msg *m)
{
	(void)agent;
	return m->body.n > 0 && agent_call_is_encoded(m) && !is_optional(m)
		   ? 415
		   : 0;
}

/* 21.4.28: no key of this phone opens it. */
static unsigned
is_secret(struct agent *agent, const struct msg *m)
{
	(void)agent;
	return m->body.n > 0 &&
		       str_iis(agent_call_type_of(m), "application/pkcs7-mime")
		   ? 493
		   : 0;
}

/* The type of the bodies that requests like M have. */
static const char *
refusal_read_type(const struct msg *m)
{
	return m->method == MSG_MESSAGE ? AGENT_TEXT : AGENT_SDP;
}

/* RFC 3428 7: a text that is not in UTF-8 (RFC 3261 7.4.1) can't be shown. */
static bool
has_other_charset(const struct msg *m)
{
	struct str v = msg_value(m, MSG_H_CONTENT_TYPE), charset;
	ptrdiff_t params = str_chr(v, ';');

	return m->method == MSG_MESSAGE && params >= 0 &&
	       msg_param(
		   str_slice(v, (size_t)params, v.n), "charset", &charset) &&
	       !str_iis(charset, "utf-8") && !str_iis(charset, "us-ascii");
}

/* RFC 5621 8.2, RFC 3372 6: each part of M is one that AGENT reads, or may be
 * left aside.  ISUP is for a gateway that has the attribute. */
static bool
has_good_parts(const struct agent *agent, const struct msg *m)
{
	bool isup = strcmp(node_attr(agent->node, "isup", "none"), "none") != 0;
	struct msg_parts parts;
	struct msg_part p;
	struct str params,
	    type = msg_cut_params(msg_value(m, MSG_H_CONTENT_TYPE), &params);
	bool good = str_iis(type, "multipart/mixed") &&
		    m->method != MSG_MESSAGE &&
		    msg_parts_begin(params, m->body, &parts);

	while (good && msg_parts_next(&parts, &p))
		good = str_iis(p.type, AGENT_SDP) ||
		       (isup && str_iis(p.type, "application/isup")) ||
		       says_optional(p.disposition);
	return good;
}

/* 8.2.3: bodies of one type only.  What has no type at all matters only where
 * it would be an offer or is to be read. */
static unsigned
has_other_type(struct agent *agent, const struct msg *m)
{
	if (has_other_charset(m))
		return 415;
	if (agent_call_type_of(m).n == 0 && m->method == MSG_OPTIONS)
		return 0;
	return m->body.n > 0 &&
		       !str_iis(agent_call_type_of(m), refusal_read_type(m)) &&
		       !is_optional(m) && !has_good_parts(agent, m)
		   ? 415
		   : 0;
}

/* 20.1, 21.4.7: the default is application/sdp; an empty Accept takes
 * nothing. */
bool
agent_takes_sdp(const struct msg *m)
{
	struct msg_values it = { 0 };
	struct str v, rest;

	if (msg_field(m, MSG_H_ACCEPT, 0) == NULL)
		return true;
	while (msg_next_value(m, MSG_H_ACCEPT, &it, &v)) {
		struct str type = str_trim(str_cut(v, ';', &rest));

		if (str_iis(type, AGENT_SDP) ||
		    str_iis(type, "application/*") || str_is(type, "*/*"))
			return true;
	}
	return false;
}

static unsigned
accepts_nothing(struct agent *agent, const struct msg *m)
{
	(void)agent;
	return agent_takes_sdp(m) ? 0 : 406;
}

/* 13.3.1.3: what M offers to a session that there is, or a new one; 0, or the
 * code of a Warning. */
static unsigned
judge_offer(struct agent *agent, const struct msg *m, const char **text)
{
	return agent_call_judge_offer(agent, node_face_before(agent->node, m),
	    agent_call_usage_in(agent_dialog_of(agent, m)),
	    agent_call_sdp_of(m), text);
}

/* RFC 4568: why M's offer is rejected has to do with keys, or with their
 * absence.
 */
static bool
is_about_secrecy(struct agent *agent, const struct msg *m)
{
	const char *text;
	unsigned code = judge_offer(agent, m, &text);

	return code == SIP_SDP_WARNING_KEY ||
	       (code == SIP_SDP_WARNING_PROTO &&
		   node_attr(agent->node, "srtp", NULL) != NULL);
}

static unsigned
offers_nothing(struct agent *agent, const struct msg *m)
{
	const char *text;

	return judge_offer(agent, m, &text) != 0
		   ? agent_refusal_status(agent, 488)
		   : 0;
}

/* RFC 4028 4 */
static unsigned
has_bad_interval(struct agent *agent, const struct msg *m)
{
	return agent_session_judge(agent, m) == 400 ? 400 : 0;
}

/* RFC 4028 9 */
static unsigned
expires_too_soon(struct agent *agent, const struct msg *m)
{
	return agent_session_judge(agent, m);
}

enum checked {
	ALWAYS,
	INVITES,   /* within a dialog as well */
	REFRESHES, /* the same, and UPDATEs: RFC 4028 4 */
};

static const struct {
	check_fn *fn;
	enum checked when;
	enum rule_id why;
	const char *header, *value; /* what the response adds; NULL: below */
	enum msg_header bad;        /* that a 400 is about */
} checks[] = {
	{ lacks_extension, ALWAYS, RULE_UAS_EXTENSION, "Require", NULL,
	    MSG_H_OTHER },
	{ is_body_too_large, ALWAYS, RULE_UAS_LARGE, NULL, NULL, MSG_H_OTHER },
	{ has_encoding, ALWAYS, RULE_UAS_ENCODING, "Accept-Encoding",
	    "identity", MSG_H_OTHER },
	{ is_secret, ALWAYS, RULE_UAS_SECRET, NULL, NULL, MSG_H_OTHER },
	{ has_other_type, ALWAYS, RULE_UAS_TYPE, "Accept", NULL, MSG_H_OTHER },
	{ accepts_nothing, INVITES, RULE_UAS_ACCEPT, NULL, NULL, MSG_H_OTHER },
	{ offers_nothing, INVITES, RULE_INVITE_UNFIT, "Warning", NULL,
	    MSG_H_OTHER },
	{ has_bad_interval, REFRESHES, RULE_BAD_REQUEST, NULL, NULL,
	    MSG_H_SESSION_EXPIRES },
	{ expires_too_soon, REFRESHES, RULE_SESSION_TOO_SMALL, "Min-SE", NULL,
	    MSG_H_OTHER },
};

/* The values that depend on the phone, or on the request. */
static struct str
write_refusal_value(
    struct agent *agent, const struct msg *m, enum rule_id why, struct buf *out)
{
	const char *text;
	unsigned code;

	if (why == RULE_UAS_TYPE)
		return str_of(refusal_read_type(m));
	if (why == RULE_UAS_EXTENSION)
		return str_of(find_required(agent, m));
	if (why == RULE_SESSION_TOO_SMALL) {
		buf_u64(out, agent_session_least(agent));
		return buf_view(out);
	}
	code = judge_offer(agent, m, &text);
	node_write_warning(agent->node, code, text, out);
	return buf_view(out);
}

/* The fault of the request itself; INTERVAL: of its session interval alone.
 * Free R->text either way. */
static void
refusal_judge_request(struct agent *agent, const struct msg *m, bool interval,
    struct agent_refusal *r)
{
	bool invite = m->method == MSG_INVITE || m->method == MSG_UPDATE;

	*r = (struct agent_refusal){ .text = BUF_INIT };
	for (size_t i = 0; i < COUNT_OF(checks) && r->status == 0; i++) {
		if ((interval && checks[i].when != REFRESHES) ||
		    (checks[i].when == INVITES && !invite) ||
		    (checks[i].when == REFRESHES && !invite &&
			m->method != MSG_UPDATE))
			continue;
		r->status = checks[i].fn(agent, m);
		if (r->status == 0)
			continue;
		r->why =
		    r->status >= 600 ? RULE_INVITE_EVERYWHERE : checks[i].why;
		if (r->why == RULE_INVITE_UNFIT && is_about_secrecy(agent, m))
			r->why = RULE_SECRET_OFFER;
		if (r->status == 400) {
			/* 21.4.1: the field that it is about. */
			msg_field_phrase(m, checks[i].bad, &r->text);
			r->reason = buf_view(&r->text);
		}
		if (checks[i].header == NULL)
			continue;
		r->headers[r->nheaders].name = checks[i].header;
		r->headers[r->nheaders++].value =
		    checks[i].value != NULL ? str_of(checks[i].value)
					    : write_refusal_value(agent, m,
						  checks[i].why, &r->text);
	}
}

void
agent_refuse(const struct agent *agent, const struct sip_in *in,
    const struct agent_refusal *r)
{
	struct sip_response_spec spec = {
		.status = r->status,
		.reason = r->reason,
		.contact = r->contact,
		.headers = r->headers,
		.nheaders = r->nheaders,
		.content_type = r->content_type,
		.body = r->body,
	};

	if (r->text.err != 0)
		agent_fail_memory(agent);
	else
		node_reply(agent->node, in, &spec, r->why);
}

static bool
refuse_judged(struct agent *agent, const struct sip_in *in, bool interval)
{
	struct agent_refusal r;
	bool refused;

	refusal_judge_request(agent, in->m, interval, &r);
	refused = r.status != 0;
	if (refused)
		agent_refuse(agent, in, &r);
	buf_free(&r.text);
	return refused;
}

bool
agent_refuse_request(struct agent *agent, const struct sip_in *in)
{
	return refuse_judged(agent, in, false);
}

bool
agent_refuse_interval(struct agent *agent, const struct sip_in *in)
{
	return refuse_judged(agent, in, true);
}

/* RFC 3261 14.2, RFC 3311 5.2: its user takes no change (`refuse_changes`). */
static bool
refuse_as_set(struct agent_call *c, const struct sip_in *in)
{
	bool update = in->m->method == MSG_UPDATE;
	uint32_t status;

	if (str_u32(str_of(node_attr(c->agent->node, "refuse_changes", "")),
		&status) != 0 ||
	    (update && agent_call_sdp_of(in->m).n == 0))
		return false;
	node_answer(c->agent->node, in, agent_refusal_status(c->agent, status),
	    update ? RULE_UPDATE_REJECT : RULE_REINVITE_REJECT);
	return true;
}

bool
agent_refuse_change(struct agent_call *c, const struct sip_in *in)
{
	return agent_refuse_request(c->agent, in) || refuse_as_set(c, in);
}
