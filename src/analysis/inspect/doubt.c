/* Doubts, clause by clause; see inspect/doubt.h. */
#include "inspect/doubt.h"

#include "base/addr.h"
#include "base/err.h"
#include "base/mem.h"
#include "inspect/check.h"
#include "inspect/locate.h"
#include "msg/header_names.h"
#include "rules/rule_names.h"

#include <string.h>

/* ---- what of a request comes back in its responses, or goes on unchanged ----
 */

/* From, and To without its tag. */
static uint64_t
hash_parties(const struct look *l)
{
	static const enum msg_header fields[] = { MSG_H_FROM, MSG_H_TO };
	uint64_t h = STR_HASH_START;
	struct msg_addr a;

	for (size_t i = 0; i < 2; i++) {
		struct str value = msg_value(l->msg, fields[i]);

		if (msg_addr_read(value, &a) == 0) {
			h = str_hash_words(a.display, h);
			value = a.uri;
		}
		h = str_hash_words(STR("\n"), str_hash_add(h, value));
	}
	return str_hash_end(h);
}

/* Proxies change these, or may (RFC 3261 16.6, RFC 3325, RFC 7044, RFC 3326).
 */
static bool
is_of_hops(enum msg_header id)
{
	static const enum msg_header ids[] = { MSG_H_VIA, MSG_H_MAX_FORWARDS,
		MSG_H_ROUTE, MSG_H_RECORD_ROUTE, MSG_H_PROXY_REQUIRE,
		MSG_H_PROXY_AUTHORIZATION, MSG_H_CONTENT_LENGTH,
		MSG_H_HISTORY_INFO, MSG_H_P_ASSERTED_IDENTITY,
		MSG_H_P_PREFERRED_IDENTITY, MSG_H_PRIVACY, MSG_H_PATH,
		MSG_H_REASON, MSG_H_MAX_BREADTH };

	for (size_t i = 0; i < COUNT_OF(ids); i++)
		if (id == ids[i])
			return true;
	return false;
}

/* The other fields, in whatever order and form of their names; a response takes
 * its Record-Routes back (16.7). */
static uint64_t
hash_fields(const struct msg *m)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < m->nfields; i++) {
		const struct msg_field *f = &m->fields[i];
		uint64_t h = STR_HASH_START + (uint64_t)f->id;

		if (is_of_hops(f->id) &&
		    (m->request || f->id != MSG_H_RECORD_ROUTE))
			continue;
		if (f->id == MSG_H_OTHER)
			h = str_hash_words(f->name, h);
		sum += str_hash_end(str_hash_words(f->value, h));
	}
	return sum;
}

uint64_t
inspect_hash_ends(const struct look *l)
{
	return str_hash_words(msg_addr_uri(msg_value(l->msg, MSG_H_FROM)), 0) +
	       str_hash_words(msg_addr_uri(msg_value(l->msg, MSG_H_TO)), 0);
}

void
inspect_note_request(struct look *l, struct tx_facts *x)
{
	x->parties = hash_parties(l);
	x->ends = inspect_hash_ends(l);
}

static bool
doubt_forward(struct look *l)
{
	uint32_t hops = 0;

	(void)str_u32(msg_value(l->msg, MSG_H_MAX_FORWARDS), &hops);
	return look_has_old_branch(l) ||
	       str_hash_words(l->msg->body, 0) != tx_facts(l, l->came)->body ||
	       (tx_facts(l, l->came)->hops >= 0 &&
		   (int)hops != tx_facts(l, l->came)->hops - 1);
}

static bool
doubt_unchanged(struct look *l)
{
	return hash_parties(l) != tx_facts(l, l->came)->parties ||
	       str_hash_words(l->msg->body, 0) != tx_facts(l, l->came)->body;
}

bool
inspect_copies_amiss(const struct look *l, const struct story_tx *invite)
{
	struct str route = msg_value(l->msg, MSG_H_ROUTE);

	return !str_eq(l->msg->uri, invite->uri) ||
	       hash_parties(l) != tx_facts(l, invite)->parties ||
	       l->nvias != 1 ||
	       msg_count_values(l->msg, MSG_H_ROUTE) !=
		   tx_facts(l, invite)->nroutes ||
	       !str_eq(msg_addr_uri(route), tx_facts(l, invite)->route);
}

/* CANCEL and ACK copy the INVITE's. */
static bool
doubt_copied(struct look *l)
{
	const struct story_tx *tx = inspect_find_tx(l, STR("INVITE"));

	return tx == NULL || inspect_copies_amiss(l, tx);
}

static bool
doubt_acked(struct look *l)
{
	return tx_facts(l, l->tx)->ack_amiss;
}

static bool
doubt_ok_acked(struct look *l)
{
	return dialog_facts(l, l->dialog)->ack_astray;
}

/* 13.2.2.4 */
static bool
doubt_ack_credentials(struct look *l)
{
	const struct story_tx *invite = inspect_find_invite(l);

	return invite != NULL && tx_facts(l, invite)->credentials &&
	       msg_field(l->msg, MSG_H_AUTHORIZATION, 0) == NULL &&
	       msg_field(l->msg, MSG_H_PROXY_AUTHORIZATION, 0) == NULL;
}

static bool
doubt_response_tag(struct look *l)
{
	const struct story_tx *tx = l->tx;

	if (tx == NULL || (tx->to_tag.n > 0 && !str_eq(tx->to_tag, l->to_tag)))
		return tx != NULL;
	/* A capture may lack the request that a fork has brought twice; who
	 * sends it on passes on the tags of several. */
	return !tx->passed && tx->own_tag.n > 0 &&
	       !str_eq(tx->own_tag, l->to_tag);
}

/* RFC 3263 4.3: the request to the next server is the same. */
static bool
doubt_next_place(struct look *l)
{
	const struct story_tx *before = l->hop->before;

	const struct msg *m = look_other(l, before->request);

	return m == NULL || hash_fields(m) != hash_fields(l->msg) ||
	       tx_facts(l, before)->parties != tx_facts(l, l->tx)->parties ||
	       tx_facts(l, before)->body != tx_facts(l, l->tx)->body;
}

/* ---- what a capture can't tell ---- */

/* Timers B, F and H have ended it; in Proceeding Timer E is T2 once it has
 * fired (17.1.2.2). */
static bool
doubt_is_over(const struct look *l, int64_t begun)
{
	return l->time - begun > SIP_64T1_NS;
}

/* What the sender waits for was there when it sent again: it may have been lost
 * on its way. */
static bool
doubt_request_again(struct look *l)
{
	const struct story_tx *tx = l->tx;
	bool proceeding =
	    tx->provisional != 0 && tx->t_provisional < tx->repeats.last;

	return doubt_is_over(l, tx->t) ||
	       (proceeding && l->time - tx->repeats.last < SIP_T2_NS / 2) ||
	       (!l->in->whole &&
		   (tx->final_came != 0 ||
		       (tx->method == MSG_INVITE && tx->provisional != 0)));
}

static bool
doubt_refusal_again(struct look *l)
{
	return doubt_is_over(l, l->tx->t_final) ||
	       (!l->in->whole && l->tx->ack_came != 0);
}

static bool
doubt_2xx_again(struct look *l)
{
	return doubt_is_over(l, l->tx->t_final) ||
	       (!l->in->whole && l->dialog != NULL && l->dialog->ack != 0);
}

/* ---- numbers that go up by one ---- */

/* 12.2.1.1: the requests between may not have been seen.  The first one of a
 * side may have any number. */
static bool
doubt_cseq(struct look *l)
{
	const struct story_dialog *d = l->dialog;

	return d == NULL || (d->has_cseq && l->cseq.number != d->cseq + 1) ||
	       (d->tx != NULL &&
		   inspect_hash_ends(l) != tx_facts(l, d->tx)->ends) ||
	       check_dialog_target(l) == BROKEN ||
	       check_dialog_route(l) == BROKEN;
}

static bool
doubt_rseq(struct look *l)
{
	const struct story_dialog *d = l->dialog;
	uint32_t rseq = 0;

	(void)msg_rseq_read(msg_value(l->msg, MSG_H_RSEQ), &rseq);
	return l->tx == NULL || !tx_facts(l, l->tx)->may_be_reliable ||
	       (d != NULL && l->tx->reliable != 0 &&
		   (rseq != d->rseq + 1 || d->rack_came < d->rseq));
}

static bool
doubt_rack(struct look *l)
{
	const struct story_dialog *d = l->dialog;
	struct msg_rack rack;

	return msg_rack_read(msg_value(l->msg, MSG_H_RACK), &rack) != 0 ||
	       !str_is(rack.cseq.method, "INVITE") ||
	       (d != NULL && rack.cseq.number != d->rseq_cseq);
}

/* A capture may lack one, and branches of a call share their versions. */
static bool
doubt_version(struct look *l)
{
	struct description now;

	look_description(l, &now);
	return now.version > dialog_facts(l, l->dialog)->sdp.version + 1;
}

/* ---- what a value says ---- */

static bool
doubt_length(struct look *l)
{
	const struct msg *m = l->msg;

	return m->body.p != NULL &&
	       m->body.p + m->body.n != m->bytes.p + m->bytes.n;
}

/* RFC 3903 6: a tag is that of one publication. */
static bool
doubt_etag(struct look *l)
{
	uint64_t own = l->tx != NULL ? l->tx->request : 0, before;

	before = inspect_note_number(l->in,
	    inspect_mark(l->in, MARK_ETAG, trace_name(l->t, l->node),
		msg_value(l->msg, MSG_H_SIP_ETAG)),
	    own);
	return own == 0 || (before != 0 && before != own);
}

static bool
has_several(struct look *l, const struct msg *request)
{
	(void)l;
	return msg_count_values(request, MSG_H_CONTACT) > 1;
}

static bool
doubt_several(struct look *l)
{
	return doubt_by_request(l, has_several);
}

/* 9.2: a final response that was on its way already may be any. */
static bool
doubt_487(struct look *l)
{
	return l->tx->final > l->tx->cancel && l->tx->status != 487;
}

/* ---- of which both messages are read again ---- */

/* The request that L answers, into M.  False where it can't be read; BYTES is
 * the caller's, and lives as long as M is used. */
static bool
doubt_read_request(const struct look *l, struct msg *m, struct buf *bytes)
{
	struct trace_rec rec;
	struct str at;

	if (l->tx == NULL || l->tx->request == 0)
		return false;
	trace_get(l->t, l->tx->request, &rec);
	return msg_read(m, trace_bytes(&rec, bytes), &at) == MSG_FAULT_NONE;
}

bool
doubt_by_request(
    struct look *l, bool (*doubt)(struct look *l, const struct msg *request))
{
	struct msg *m = mem_alloc(sizeof(*m));
	struct buf bytes = BUF_INIT;
	bool doubts = true;

	if (m != NULL && doubt_read_request(l, m, &bytes))
		doubts = doubt(l, m);
	else if (m == NULL)
		l->in->err = ERR_NOMEM;
	buf_end(&bytes, &l->in->err);
	mem_free(m);
	return doubts;
}

static bool
read_interval(const struct msg *m, uint32_t *seconds, struct str *params)
{
	return str_u32(str_trim(msg_cut_params(
			   msg_value(m, MSG_H_SESSION_EXPIRES), params)),
		   seconds) == 0;
}

/* RFC 4028 9: not longer than was asked, and the caller refreshes only if it
 * can. */
static bool
differs_in_session(struct look *l, const struct msg *request)
{
	uint32_t given, asked;
	struct str params, refresher = STR_NULL;

	if (!read_interval(l->msg, &given, &params))
		return true;
	(void)msg_param(params, "refresher", &refresher);
	if (str_iis(refresher, "uac") &&
	    !msg_lists(request, MSG_H_SUPPORTED, "timer"))
		return true;
	if (!str_iis(refresher, "uac") && !str_iis(refresher, "uas"))
		return true;
	return read_interval(request, &asked, &params) && given > asked;
}

static bool
doubt_session(struct look *l)
{
	return doubt_by_request(l, differs_in_session);
}

/* A check that says KEPT, or nothing. */
static bool
is_content(enum verdict v)
{
	return v == KEPT || v == SILENT;
}

/* RFC 3264 6: a stream that is taken has a codec in common; told of one row. */
static bool
doubt_answer(struct look *l)
{
	if (l->check->relation.left.part != PART_KINDS)
		return false;
	return !is_content(check_answer_formats(l)) ||
	       !is_content(check_answer_direction(l));
}

/* Of a rule with several checks a doubt is that of one of them; NULL: of all.
 */
static const struct {
	check_fn *check;
	doubt_fn *doubt;
} doubts[RULE_COUNT] = {
	[RULE_PUBLISH_SEND] = { check_publish, doubt_publish },
	[RULE_SESSION_TOO_SMALL] = { check_status, doubt_least },
	[RULE_OPTIONS_RECV] = { check_options_ok, doubt_options },
	[RULE_ICT_ACK] = { check_refusal_acked, doubt_acked },
	[RULE_ACK_2XX_CSEQ] = { check_ack_cseq, doubt_ack_credentials },
	[RULE_SESSION_LEAST] = { check_relation, doubt_min_se },
	[RULE_REGISTER_SHORTER] = { check_prolonged, doubt_several },
	[RULE_INVITE_ACK] = { check_ok_acked, doubt_ok_acked },
	[RULE_FORM_LENGTH] = { check_length, doubt_length },
	[RULE_RESPONSE_TAG] = { check_response_tag, doubt_response_tag },
	[RULE_ICT_TIMER_A] = { check_request_again, doubt_request_again },
	[RULE_NICT_TIMER_E] = { check_request_again, doubt_request_again },
	[RULE_IST_TIMER_G] = { check_timer_g, doubt_refusal_again },
	[RULE_INVITE_2XX_AGAIN] = { check_2xx_again, doubt_2xx_again },
	[RULE_CANCEL_SEND] = { check_cancel_late, doubt_copied },
	[RULE_CANCEL_487] = { check_cancel_ends, doubt_487 },
	[RULE_DIALOG_REQUEST] = { check_dialog_cseq, doubt_cseq },
	[RULE_INVITE_ACCEPT] = { check_invite_ok, doubt_accept },
	[RULE_SESSION_AGREED] = { check_relation, doubt_session },
	[RULE_RELIABLE_SEND] = { check_relation, doubt_rseq },
	[RULE_PRACK_SEND] = { check_relation, doubt_rack },
	[RULE_SDP_FORM] = { check_sdp, doubt_sdp },
	[RULE_OFFER_VERSION] = { check_version, doubt_version },
	[RULE_OFFER_ANSWER] = { NULL, doubt_answer },
	[RULE_PROXY_FORWARD] = { check_forward, doubt_forward },
	[RULE_PROXY_UNCHANGED] = { check_unchanged, doubt_unchanged },
	[RULE_PUBLISH_ACCEPT] = { check_relation, doubt_etag },
	[RULE_UAC_FAILOVER] = { check_place_again, doubt_next_place },
	[RULE_AUTH_SCHEME] = { check_credentials, doubt_credentials },
	[RULE_AUTH_URI] = { check_authorization, doubt_credentials },
	[RULE_AUTH_REPLAY] = { check_authorization, doubt_credentials },
};

bool
inspect_doubts(struct look *l)
{
	enum rule_id rule = l->check->clause.rule;
	check_fn *check = doubts[rule].check;

	return doubts[rule].doubt != NULL &&
	       (check == NULL || check == l->check->fn) &&
	       doubts[rule].doubt(l);
}
