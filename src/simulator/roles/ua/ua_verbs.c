/* What a user agent and its calls can be told to do; see roles/ua/ua_verbs.h.
 */
#include "roles/ua/ua_verbs.h"

#include "agent/watchers.h"
#include "base/err.h"
#include "msg/header_names.h"
#include "msg/methods.h"
#include "msg/parts.h"
#include "node/fields.h"
#include "node/script_request.h"
#include "role/verb.h"
#include "roles/ua/ua_place.h"
#include "rules/rule_names.h"

#include <stdio.h>
#include <string.h>

bool
ua_is_uri(struct str text)
{
	struct msg_uri u;

	for (size_t i = 0; i < text.n; i++)
		if (strchr("<>,\" \t\r\n", text.p[i]) != NULL)
			return false;
	return msg_uri_read(text, &u) == 0;
}

/* Contacts as whole values: URIs with commas or spaces between, or values with
 * parameters, "<sip:a@192.0.2.1>;q=0.5". */
static int
write_contact_values(const char *text, struct buf *out)
{
	struct str rest = str_of(text);
	struct msg_addr a;

	while (rest.n > 0) {
		struct str v = msg_cut_value(&rest);

		if (str_chr(v, '<') < 0)
			for (struct str uris = v; uris.n > 0;) {
				struct str uri =
				    str_cut(str_trim(uris), ' ', &uris);

				if (!ua_is_uri(uri))
					return ERR_SYNTAX;
				buf_printf(out, "%s<%.*s>",
				    out->n > 0 ? ", " : "", STR_ARG(uri));
			}
		else if (msg_addr_read(v, &a) != 0 || a.star ||
			 !ua_is_uri(a.uri))
			return ERR_SYNTAX;
		else
			buf_printf(
			    out, "%s%.*s", out->n > 0 ? ", " : "", STR_ARG(v));
	}
	return out->err;
}

static int
register_other(struct ua *ua, const char *contact, const char *aor, int64_t s,
    bool told, struct diag *d)
{
	LOCAL_BUF list = BUF_INIT;
	int err = 0;

	/* 10.2.2: all are only taken away. */
	if (contact != NULL && strcmp(contact, "*") == 0) {
		buf_puts(&list, contact);
		s = 0;
	} else if (contact != NULL) {
		err = write_contact_values(contact, &list);
	}
	if (err == ERR_SYNTAX)
		diag_set(d, err, NULL, 0, _("“%s” is not a URI for Contact"),
		    contact);
	else if (list.err != 0)
		err = ERR_NOMEM;
	else
		err = agent_register_other(&ua->reg,
		    contact != NULL ? buf_cstr(&list) : NULL, aor, s, told, d);
	return err;
}

/* A REGISTER of UA would come to UA itself. */
static bool
is_own_registrar(const struct ua *ua)
{
	const struct node *n = ua->agent.node;
	struct addr dst;

	return node_attr(n, "outbound", "")[0] == '\0' &&
	       world_locate(n->world, str_of(ua->agent.aor), &dst) == 0 &&
	       node_has_addr(n, &dst);
}

int
ua_verb_register(const struct node_act *a)
{
	const char *contact = node_arg(a->args, "contact");
	const char *aor = node_arg(a->args, "aor");
	struct ua *ua = a->role;
	int64_t s = ua_register_expires(ua);
	int err = node_arg_seconds(a->args, "expires", &s, a->d);

	if (err != 0)
		return err;
	if (aor != NULL &&
	    (!ua_is_uri(str_of(aor)) || str_find(str_of(aor), "@") < 0))
		return diag_set(a->d, ERR_SYNTAX, NULL, 0,
		    _("“%s” is not an address-of-record"), aor);
	if (aor == NULL && is_own_registrar(ua))
		return diag_set(a->d, ERR_STATE, NULL, 0,
		    _("%s can't register: it has no domain; put it into a "
		      "domain with a node that has role=\"proxy registrar "
		      "location\""),
		    ua->agent.node->name);
	if (contact == NULL && aor == NULL)
		return agent_register(&ua->reg, s, false);
	return register_other(
	    ua, contact, aor, s, node_arg(a->args, "expires") != NULL, a->d);
}

int
ua_verb_unregister(const struct node_act *a)
{
	return agent_register(&((struct ua *)a->role)->reg, 0, false);
}

int
ua_verb_discover_nat(const struct node_act *a)
{
	return ua_discover(a->role, a->d);
}

/* reliable="no", "supported" or "required": in place of the attribute. */
static int
read_reliable(
    const struct node_args *args, struct ua_invite *what, struct diag *d)
{
	enum agent_reliable_use use;

	what->reliable = node_arg(args, "reliable");
	if (what->reliable == NULL ||
	    agent_reliable_find(what->reliable, &use) == 0)
		return 0;
	return diag_set(d, ERR_SYNTAX, NULL, 0,
	    _("reliable must be no, supported or required, not “%s”"),
	    what->reliable);
}

int
ua_verb_invite(const struct node_act *a)
{
	struct ua_invite what = { .target = node_arg(a->args, "target"),
		.why = RULE_INVITE_SEND };
	struct ua_place place;
	struct agent_call *c;
	bool sdp = true; /* 13.2.1: else the other side is to make the offer */
	int err = node_arg_bool(a->args, "sdp", &sdp, a->d);

	if (err == 0)
		err = read_reliable(a->args, &what, a->d);
	if (err != 0)
		return err;
	err = ua_place_read(a->role, a->args, &place, a->d);
	/* RFC 3891 4: best at the very place where the call is. */
	if (what.target == NULL && place.target.n > 0)
		what.target = buf_cstr(&place.target);
	if (place.header != NULL) {
		what.place = &place;
		what.why = place.why;
	}
	what.late = !sdp;
	what.headers = node_arg_str(a->args, "headers");
	what.body = node_arg_str(a->args, "body");
	if (err == 0 && what.target == NULL)
		err = diag_set(a->d, ERR_SYNTAX, NULL, 0,
		    _("invite needs the URI to call"));
	if (err == 0)
		err = ua_invite(a->role, &what, &c, a->d);
	if (err == 0)
		snprintf(a->result->object, sizeof(a->result->object), "%s",
		    c->name);
	ua_place_free(&place);
	return err;
}

/* ---- The verb send of a call: RFC 3261 12.2.1.1 ---- */

/* A request of the script's own making within the call's dialog, with the
 * dialog's tags, target and route set.  Its answer arrives, is recorded, and
 * changes nothing; a script may wait for it (node/script_request.h). */
static int
ua_verb_make_and_send(struct agent_call *c, struct node_fields *f,
    struct str method, struct str body, const struct node_act *a)
{
	struct sip_request_spec spec = { .method = method, .body = body };
	struct node_request l = { .why = RULE_DIALOG_REQUEST,
		.ack = str_is(method, "ACK"),
		.liked = node_transport(c->agent->node),
		.named = a->result };
	struct agent_request r = { 0 };
	struct diag *d = a->d;
	int err;

	/* An ACK has its INVITE's number (13.2.2.4). */
	spec.cseq = l.ack ? c->invite_cseq : 0;
	err = node_fields_take_cseq(f, method, &spec.cseq, d);
	spec.content_type = node_fields_take(f, MSG_H_CONTENT_TYPE);
	spec.contact = node_fields_take(f, MSG_H_CONTACT);
	if (spec.contact.n == 0 &&
	    msg_method_is(msg_method_find(method), MSG_CONTACT))
		spec.contact = agent_call_contact(c);
	spec.headers = f->list;
	spec.nheaders = f->n;
	if (err == 0)
		err = node_fields_check(f, d);
	if (err != 0)
		return err;
	err = agent_dialog_request(c->dialog, &spec, &r);
	if (err == 0) {
		l.bytes = r.bytes;
		l.uri = agent_request_next(c->agent, &r);
		err = node_request_send(c->agent->node, &l);
	}
	sip_bytes_unref(r.bytes);
	if (err == 0 || err == ERR_NOMEM)
		return err;
	if (err == ERR_SYNTAX)
		node_fields_blame(f, d);
	return diag_set(d, err, NULL, 0,
	    err == ERR_NOTFOUND
		? _("%s can't send: the peer's Contact has no address")
		: _("%s can't send this: the values do not make a request"),
	    c->name);
}

/* A request within C's dialog as a script writes it: method=, headers=, body=.
 * Its answer changes nothing. */
static int
send_in_dialog(struct agent_call *c, const struct node_act *a)
{
	const struct node_args *args = a->args;
	struct diag *d = a->d;
	struct str method = node_arg_str(args, "method");
	struct node_fields f;
	int err;

	if (method.n == 0)
		return diag_set(d, ERR_SYNTAX, NULL, 0,
		    _("send needs the request's method="));
	if (c->dialog == NULL)
		return diag_set(d, ERR_STATE, NULL, 0,
		    _("%s can't send: it has no dialog yet"), c->name);
	err = node_fields_read(&f, node_arg_str(args, "headers"), d);
	if (err == 0)
		err = ua_verb_make_and_send(
		    c, &f, method, node_arg_str(args, "body"), a);
	node_fields_free(&f);
	return err;
}

static int
no_call(const struct ua *ua, const char *object, struct diag *d)
{
	const char *slash = strchr(object, '/');
	uint32_t number = ua_call_number(object);
	const struct ua_failed *failed = &ua->failed[number % UA_FAILED_MOST];

	if (slash != NULL && !chr_is_digit(slash[1]))
		return diag_set(d, ERR_NOTFOUND, NULL, 0,
		    _("%s is not a call; a subscription can be refreshed and "
		      "ended (unsubscribe)"),
		    object);
	/* Calls are numbered as they come. */
	if (number > ua->agent.node->ncalls)
		return diag_set(d, ERR_NOTFOUND, NULL, 0,
		    ua->agent.node->ncalls == 0
			? _("%s has no call yet, so there is no %s")
			: _("%s has fewer calls; there is no %s"),
		    ua->agent.node->name, object);
	if (number > 0 && failed->call == number)
		return diag_set(d, ERR_NOTFOUND, NULL, 0,
		    /* TRANSLATORS: alice/1, 486, Busy Here */
		    _("the call %s has failed with %u %s, so it can't be "
		      "changed or hung up (a script can test for the state "
		      "“terminated”)"),
		    object, failed->status, msg_status_phrase(failed->status));
	return diag_set(d, ERR_NOTFOUND, NULL, 0,
	    _("the call %s has ended (a script can test for the state "
	      "“terminated”)"),
	    object);
}

/* The verbs of a call: find it, do it. */
#define CALL_VERB(verb, action)                                               \
	static int call_verb_##verb(const struct node_act *a)                 \
	{                                                                     \
		const struct node_args *args = a->args;                       \
		struct agent_call *c = agent_call_find(a->role, a->object);   \
		struct diag *d = a->d;                                        \
                                                                              \
		(void)args;                                                   \
		return c == NULL ? no_call(a->role, a->object, d) : (action); \
	}

static int
not_now(const struct agent_call *c, const char *verb, struct diag *d)
{
	return c->caller ? diag_set(d, ERR_UNSUPPORTED, NULL, 0,
			       _("%s can't %s: it is an outgoing call"),
			       c->name, verb)
			 : diag_set(d, ERR_STATE, NULL, 0,
			       _("%s can't %s now: the call is answered or has "
				 "ended"),
			       c->name, verb);
}

/* The argument `code`, within LOW and HIGH; 0 or an error. */
static int
ua_verb_read_code(const struct node_args *args, uint32_t low, uint32_t high,
    const char *sentence, uint32_t *code, struct diag *d)
{
	const char *text = node_arg(args, "code");

	if (text == NULL ||
	    (str_u32(str_of(text), code) == 0 && *code >= low && *code <= high))
		return 0;
	return diag_set(d, ERR_RANGE, NULL, 0, "%s", sentence);
}

/* The arguments `reliable` (RFC 3262) and `sdp` (RFC 3261 13.2.1), where there
 * are such. */
static int
ask_progress(struct agent_call *c, const struct node_args *args, struct diag *d)
{
	bool reliable = false;
	int err = node_arg_bool(args, "sdp", &c->in.answers_early, d);

	if (err == 0)
		err = node_arg_bool(args, "reliable", &reliable, d);
	if (err != 0 || node_arg(args, "reliable") == NULL)
		return err;
	return agent_reliable_ask(c, reliable, d);
}

static int
ring_call(struct agent_call *c, const struct node_args *args, struct diag *d)
{
	uint32_t code = 180;
	int err = ua_verb_read_code(args, 180, 183,
	    _("a phone rings with a status code from 180 to 183"), &code, d);

	if (!agent_call_is_ringing(c))
		return not_now(c, "ring", d);
	if (err == 0)
		err = ask_progress(c, args, d);
	return err != 0 ? err : agent_call_ring(c, code);
}

/* The INVITE that rings, or the re-INVITE that waits, with what the script
 * adds.
 */
static int
refuse_as_told(struct agent_call *c, unsigned code,
    const struct node_args *args, struct diag *d)
{
	struct sip_response_spec spec = {
		.status = code,
		.reason = str_of(node_arg(args, "reason")),
		.body = node_arg_str(args, "body"),
	};
	LOCAL(node_fields_free) struct node_fields f;
	int err = node_fields_read(&f, node_arg_str(args, "headers"), d);

	spec.content_type = node_fields_take(&f, MSG_H_CONTENT_TYPE);
	spec.contact = node_fields_take(&f, MSG_H_CONTACT);
	spec.headers = f.list;
	spec.nheaders = f.n;
	if (err == 0)
		err = node_fields_check(&f, d);
	if (err == 0)
		err = c->reinvite.change != NULL
			  ? agent_call_change_refuse(
				c, &spec, RULE_REINVITE_REJECT)
			  : agent_call_refuse(c, &spec, RULE_INVITE_REJECT);
	return err;
}

static int
reject_call(struct agent_call *c, const struct node_args *args, struct diag *d)
{
	const char *reason = node_arg(args, "reason");
	uint32_t code = agent_refusal_status(c->agent, 486);
	int err = ua_verb_read_code(args, 300, 699,
	    _("a call is rejected with a status code from 300 to 699"), &code,
	    d);

	if (!agent_call_is_ringing(c) && c->reinvite.change == NULL)
		return not_now(c, "reject", d);
	if (err == 0 && reason != NULL &&
	    reason[strcspn(reason, "\r\n")] != '\0')
		err = diag_set(d, ERR_SYNTAX, NULL, 0,
		    _("a reason must be one line of text"));
	return err != 0 ? err : refuse_as_told(c, code, args, d);
}

static int
answer_call(struct agent_call *c, struct diag *d)
{
	if (agent_call_is_ringing(c))
		return agent_call_answer(c);
	return c->reinvite.change != NULL ? agent_call_change_accept(c)
					  : not_now(c, "answer", d);
}

/* RFC 3326: why the call is ended or taken back. */
static int
ua_verb_give_reason(
    struct agent_call *c, const struct node_args *args, struct diag *d)
{
	const char *text = node_arg(args, "reason");

	if (text == NULL)
		return 0;
	for (const char *p = text; *p != '\0'; p++)
		if ((unsigned char)*p < ' ' || *p == '\177')
			return diag_set(d, ERR_SYNTAX, NULL, 0,
			    _("a reason must be one line of text"));
	return agent_call_give_reason(c, text);
}

static int
ua_verb_end_call(
    struct agent_call *c, const struct node_args *args, struct diag *d)
{
	bool now = false;
	int err = node_arg_bool(args, "now", &now, d);

	if (err == 0)
		err = ua_verb_give_reason(c, args, d);
	if (err != 0)
		return err;
	return now ? agent_call_bye_now(c, d) : agent_call_bye(c, d);
}

static int
cancel_call(struct agent_call *c, const struct node_args *args, struct diag *d)
{
	int err = ua_verb_give_reason(c, args, d);

	return err != 0 ? err : agent_call_cancel(c, d);
}

static int
redirect_call(
    struct agent_call *c, const struct node_args *args, struct diag *d)
{
	const char *uri = node_arg(args, "uri");

	if (!agent_call_is_ringing(c))
		return not_now(c, "redirect", d);
	if (uri == NULL || !ua_is_uri(str_of(uri)))
		return diag_set(d, ERR_SYNTAX, NULL, 0,
		    _("redirect needs the URI to which the call is to go"));
	return agent_call_redirect(c, uri);
}

static int
reinvite_call(
    struct agent_call *c, const struct node_args *args, struct diag *d)
{
	const char *add = node_arg(args, "add");
	const char *remove = node_arg(args, "remove");
	bool sdp = true;
	int err = node_arg_bool(args, "sdp", &sdp, d);

	if (err == 0 && !sdp && (add != NULL || remove != NULL))
		err = diag_set(d, ERR_SYNTAX, NULL, 0,
		    _("adding or removing a stream needs an offer: omit "
		      "sdp=false"));
	if (err == 0 && (add != NULL || remove != NULL))
		return agent_call_change_streams(c, add, remove, d);
	return err != 0 ? err : agent_call_reinvite(c, !sdp, d);
}

static int
update_call(struct agent_call *c, const struct node_args *args, struct diag *d)
{
	bool sdp = true;
	int err = node_arg_bool(args, "sdp", &sdp, d);

	return err != 0 ? err : agent_call_update(c, sdp, d);
}

static int
hold_call(struct agent_call *c, const struct node_args *args, struct diag *d)
{
	static const char *const words[] = {
#define X(id, word) [AGENT_HOLD_##id] = word,
		AGENT_HOLDS(X)
#undef X
	};
	const char *how = node_arg(args, "how");
	unsigned i = 0;

	while (
	    how != NULL && i < AGENT_HOLD_COUNT && strcmp(how, words[i]) != 0)
		i++;
	if (i == AGENT_HOLD_COUNT)
		return diag_set(d, ERR_SYNTAX, NULL, 0,
		    _("how must be sendonly, inactive or zero, not “%s”"), how);
	return agent_call_hold_as(c, true, (enum agent_hold)i, d);
}

static int
transfer_call(
    struct agent_call *c, const struct node_args *args, struct diag *d)
{
	const char *to = node_arg(args, "to");
	struct ua_place place;
	bool sub = true;
	int err = ua_place_read(ua_of(c), args, &place, d);

	if (err == 0)
		err = node_arg_bool(args, "sub", &sub, d);
	if (to == NULL && place.target.n > 0)
		to = buf_cstr(&place.target);
	if (err == 0 && (to == NULL || to[0] == '\0' ||
			    to[strcspn(to, "<>,\" \t\r\n")] != '\0'))
		err = diag_set(d, ERR_SYNTAX, NULL, 0,
		    _("transfer needs the URI of the transfer target"));
	if (err == 0)
		err = ua_call_transfer(c, to, &place, !sub, d);
	ua_place_free(&place);
	return err;
}

CALL_VERB(ring, ring_call(c, args, d))
CALL_VERB(answer, answer_call(c, d))
CALL_VERB(reject, reject_call(c, args, d))
CALL_VERB(redirect, redirect_call(c, args, d))
CALL_VERB(follow, agent_call_follow(c, d))
CALL_VERB(reinvite, reinvite_call(c, args, d))
CALL_VERB(update, update_call(c, args, d))
CALL_VERB(hold, hold_call(c, args, d))
CALL_VERB(resume, agent_call_hold(c, false, d))
CALL_VERB(mute, agent_call_mute(c, true, d))
CALL_VERB(unmute, agent_call_mute(c, false, d))
CALL_VERB(join, ua_call_join(c, args, d))
CALL_VERB(swap, ua_call_swap(c, args, d))
CALL_VERB(transfer, transfer_call(c, args, d))
CALL_VERB(cancel, cancel_call(c, args, d))
CALL_VERB(bye, ua_verb_end_call(c, args, d))
CALL_VERB(message, ua_call_message(c, args, d))
CALL_VERB(send, send_in_dialog(c, a))
CALL_VERB(options, ua_call_options(c, d))
CALL_VERB(info, ua_call_info(c, args, d))
CALL_VERB(dtmf, ua_call_dtmf(c, args, d))

static int
call_verb_refresh(const struct node_act *a)
{
	struct agent_call *c = agent_call_find(a->role, a->object);

	if (agent_subscriber_find(a->role, str_of(a->object)) != NULL)
		return ua_resubscribe(a);
	return c == NULL ? no_call(a->role, a->object, a->d)
			 : agent_call_refresh(c, a->d);
}

const struct node_verb ua_verbs[] = {
	/* clang-format off */
	UA_VERBS(NODE_VERB)
	WATCHERS_VERBS(NODE_VERB)
	CALL_VERBS(NODE_VERB)
	{ 0 },
	/* clang-format on */
};
