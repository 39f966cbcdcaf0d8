/* PUBLISH at the compositor: RFC 3903 6, its steps in order. */
#include "roles/presence/presence_in.h"

#include "base/err.h"
#include "base/ref.h"
#include "msg/header_names.h"
#include "msg/parts.h"
#include "msg/bodies.h"
#include "rules/rule_names.h"

/* What becomes of one. */
struct publish {
	struct presence_user *user;
	struct presence_publication *old; /* that it names by its tag */
	uint32_t seconds;
	unsigned status; /* 0: accepted */
	enum rule_id why;
	const char *name; /* of a header field of the rejection, or "" */
};

static void
refuse_publish(
    struct publish *q, unsigned status, enum rule_id why, const char *name)
{
	q->status = status;
	q->why = why;
	q->name = name;
}

/* Step 1: whose it is, and who may publish that. */
static void
judge_user(struct presence *p, const struct msg *m, struct publish *q)
{
	int err = presence_user_get(p, m->uri, &q->user);

	agent_fail_nomem(&p->agent, err);
	if (err != 0)
		refuse_publish(q,
		    err == ERR_LIMIT   ? 503
		    : err == ERR_NOMEM ? 500
				       : 404,
		    err == ERR_LIMIT ? RULE_PUBLISH_LIMIT : RULE_UAS_URI, "");
	else if (p->user.n > 0 && !str_is(p->user, q->user->aor))
		refuse_publish(q, 403, RULE_PUBLISH_FORBIDDEN, "");
}

/* Step 2. */
static void
publish_judge_event(const struct msg *m, struct publish *q)
{
	struct str params;

	if (agent_package_of(m, &params) !=
	    &agent_packages[AGENT_PACKAGE_PRESENCE])
		refuse_publish(q, 489, RULE_PUBLISH_EVENT, "Allow-Events");
}

/* Step 3: the entity tag. */
static void
judge_match(const struct presence *p, const struct msg *m, struct publish *q)
{
	struct str tag = msg_value(m, MSG_H_SIP_IF_MATCH);

	if (msg_field(m, MSG_H_SIP_IF_MATCH, 0) == NULL)
		return;
	q->old = map_get(p->by_tag, tag);
	if (q->old == NULL || q->old->user != q->user)
		refuse_publish(q, 412, RULE_PUBLISH_MATCH, "");
}

static uint32_t
least_publication(const struct presence *p)
{
	return node_attr_seconds(p->agent.node, "min_expires", 60);
}

/* Step 4. */
static void
judge_expires(const struct presence *p, const struct msg *m, struct publish *q)
{
	struct str text = msg_value(m, MSG_H_EXPIRES);

	q->seconds = PRESENCE_EXPIRES_S;
	if (text.n > 0 && str_u32(text, &q->seconds) != 0)
		refuse_publish(q, 400, RULE_BAD_REQUEST, "");
	else if (q->seconds > 0 && q->seconds < least_publication(p))
		refuse_publish(q, 423, RULE_PUBLISH_BRIEF, "Min-Expires");
	else if (q->seconds > PRESENCE_MOST_S)
		q->seconds = PRESENCE_MOST_S;
}

/* Of what USER has published beside BUT. */
static size_t
publish_count_bytes(
    const struct presence_user *user, const struct presence_publication *but)
{
	size_t n = 0;

	list_each (
	    const struct presence_publication, p, &user->publications, link)
		if (p != but && p->body != NULL)
			n += strlen(p->body);
	return n;
}

/* Step 5: the document. */
static void
publish_judge_body(struct presence *p, const struct msg *m, struct publish *q)
{
	struct str rest,
	    type = msg_cut_params(msg_value(m, MSG_H_CONTENT_TYPE), &rest);
	struct pidf doc;
	int err;

	if (m->body.n == 0) {
		/* New state has some. */
		if (q->old == NULL)
			refuse_publish(q, 400, RULE_PUBLISH_BODY, "");
	} else if (!str_iis(type, PIDF_TYPE) ||
		   msg_field(m, MSG_H_CONTENT_ENCODING, 0) != NULL) {
		refuse_publish(q, 415, RULE_PUBLISH_TYPE, "Accept");
	} else if (m->body.n > PRESENCE_BYTES ||
		   m->body.n + publish_count_bytes(q->user, q->old) >
		       PRESENCE_ALL_BYTES) {
		refuse_publish(q, 413, RULE_PUBLISH_LIMIT, "");
	} else if ((err = pidf_read(&doc, m->body)) != 0) {
		agent_fail_nomem(&p->agent, err);
		refuse_publish(
		    q, err == ERR_NOMEM ? 500 : 400, RULE_PUBLISH_BODY, "");
	} else {
		pidf_free(&doc);
		if (q->old == NULL &&
		    q->user->npublications >= PRESENCE_PUBLICATIONS)
			refuse_publish(q, 503, RULE_PUBLISH_LIMIT, "");
	}
}

static void
judge_publish(struct presence *p, const struct msg *m, struct publish *q)
{
	judge_user(p, m, q);
	if (q->status == 0)
		publish_judge_event(m, q);
	if (q->status == 0)
		judge_match(p, m, q);
	if (q->status == 0)
		judge_expires(p, m, q);
	if (q->status == 0)
		publish_judge_body(p, m, q);
}

/* ---- answers ---- */

static void
answer_refused(
    struct presence *p, const struct sip_in *in, const struct publish *q)
{
	static const struct sip_response_spec bad = { .status = 400,
		.reason = STR_INIT("Bad Presence Document") };
	struct buf text = BUF_INIT;

	if (q->why == RULE_PUBLISH_BODY) {
		node_reply(p->agent.node, in, &bad, q->why);
		return;
	}
	if (q->status == 489)
		buf_puts(&text, "presence");
	else if (q->status == 423)
		buf_u64(&text, least_publication(p));
	else if (q->status == 415)
		buf_puts(&text, PIDF_TYPE);
	node_reply_field(p->agent.node, in, q->status, q->name, &text, q->why);
}

/* The tag may be that of what was taken away: it names nothing any more. */
static void
answer_accepted(struct presence *p, const struct sip_in *in, struct str tag,
    uint32_t seconds)
{
	LOCAL_BUF text = BUF_INIT;
	struct sip_header headers[] = { { "SIP-ETag", tag },
		{ "Expires", STR_NULL } };
	struct sip_response_spec spec = {
		.status = 200, .headers = headers, .nheaders = 2
	};

	buf_u64(&text, seconds);
	headers[1].value = buf_view(&text);
	if (text.err != 0)
		agent_fail_memory(&p->agent);
	else
		node_reply(p->agent.node, in, &spec, RULE_PUBLISH_ACCEPT);
}

/* Steps 5 and 6: it is kept, under a new tag. */
static void
keep_publication(struct presence *p, const struct sip_in *in, struct publish *q)
{
	struct presence_publication *pub = q->old;
	bool brings = in->m->body.n > 0 && q->seconds > 0;

	if (pub == NULL)
		pub = presence_publication_new(q->user);
	if (pub == NULL ||
	    presence_publication_set(pub, brings ? &in->m->body : NULL) != 0) {
		agent_fail_memory(&p->agent);
		if (pub != NULL && q->old == NULL)
			presence_publication_end(pub);
		return;
	}
	answer_accepted(p, in, str_of(pub->tag), q->seconds);
	if (q->seconds == 0) {
		presence_publication_end(pub);
		return;
	}
	presence_publication_keep(pub, q->seconds);
	if (brings)
		presence_user_changed(q->user);
}

void
presence_published(struct agent *agent, const struct sip_in *in)
{
	struct presence *p = (struct presence *)(void *)agent;
	struct publish q = { 0 };

	judge_publish(p, in->m, &q);
	if (q.status == 0)
		keep_publication(p, in, &q);
	else
		answer_refused(p, in, &q);
	ref_drop(q.user);
}
