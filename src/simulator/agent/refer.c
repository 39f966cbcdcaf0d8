/*
 * Transferring a call: RFC 3515, RFC 5589 6.2.  A REFER within the dialog asks
 * the other side to call a third party; its NOTIFYs report the outcome.  When
 * the target has taken the call this side hangs up, else it goes on with the
 * call it has.
 */
#include "agent/refer.h"

#include "agent/replaces.h"
#include "agent/requests.h"
#include "base/addr.h"
#include "base/err.h"
#include "msg/chars.h"
#include "msg/header_names.h"
#include "msg/parts.h"
#include "msg/usages.h"
#include "node/uri.h"
#include "rules/rule_names.h"

#include <string.h>

const struct sip_header agent_refer_sub_fields[AGENT_REFER_SUB_FIELDS] = {
	{ "Refer-Sub", STR_INIT("false") },
	{ "Supported", STR_INIT("norefersub") },
};

static const char *
setting(const struct agent *agent)
{
	return node_attr(agent->node, "norefersub", "yes");
}

bool
agent_refer_sub_knows(const struct agent *agent)
{
	return agent->ops->refer != NULL && strcmp(setting(agent), "no") != 0;
}

bool
agent_refer_sub_tells(const struct agent *agent)
{
	return agent->ops->refer != NULL &&
	       strcmp(setting(agent), "supported") == 0;
}

bool
agent_refer_sub_is_off(const struct msg *m)
{
	struct str rest;

	return str_iis(
	    msg_cut_params(msg_value(m, MSG_H_REFER_SUB), &rest), "false");
}

bool
agent_refer_sub_is_sure(struct str uri)
{
	struct msg_uri u;
	struct addr a;
	struct str gr;

	return msg_uri_read(uri, &u) == 0 && u.sip &&
	       (addr_parse(u.host, &a) == 0 || msg_param(u.params, "gr", &gr));
}

/* ---- outcome ---- */

/* The transfer of C has failed by STATUS, which has come or counts as if it
 * had: C goes on as before. */
static void
refer_fail_transfer(struct agent_call *c, unsigned status)
{
	sim_set_cause(agent_sim(c->agent),
	    agent_call_step(c, EVENT_TRANSFER, RULE_TRANSFER_FAILED, status));
	c->ops->transferred(c, status);
}

/* The REFER itself was not answered, or by what says that nothing in its dialog
 * will be.  RFC 5057 5.1: that it could not be sent says nothing of that. */
static bool
is_lost(unsigned status, enum rule_id why)
{
	return why == RULE_UAC_408 ||
	       (why == RULE_REFER_REFUSED &&
		   (status == 408 || status == 481 ||
		       msg_usage_effect(status) == MSG_ENDS_DIALOG));
}

static bool
is_talking(const struct agent_call *c)
{
	return c != NULL && c->machine.state == STATE_CONFIRMED;
}

static void
refer_failed(struct agent_subscriber *s, unsigned status, enum rule_id why)
{
	struct agent_call *c = s->arg;

	if (!is_talking(c))
		return;
	/* RFC 4488 4: it is being done; the call is left as it is. */
	if (why == RULE_REFER_UNHEARD)
		agent_call_step(c, EVENT_TRANSFER, why, status);
	else if (is_lost(status, why))
		agent_call_bye_lost(c, EVENT_TRANSFER, status);
	else
		refer_fail_transfer(c, status);
}

static unsigned
refer_judge(
    struct agent_subscriber *s, const struct sip_in *in, struct str *reason)
{
	struct str rest;

	(void)s;
	*reason = STR("Bad Body of message/sipfrag");
	return msg_sipfrag_status(in->m->body, &rest) == 0 ? 400 : 0;
}

static void
refer_news(struct agent_subscriber *s, const struct sip_in *in, bool ends)
{
	struct agent_call *c = s->arg;
	struct str rest;
	unsigned status = msg_sipfrag_status(in->m->body, &rest);

	if (!ends || !is_talking(c))
		return;
	if (status < 200 || status >= 300) {
		refer_fail_transfer(c, status);
		return;
	}
	sim_set_cause(agent_sim(c->agent),
	    agent_call_step(c, EVENT_TRANSFER, RULE_TRANSFER_DONE, status));
	c->ops->transferred(c, status);
}

static void
refer_ended(struct agent_subscriber *s)
{
	struct agent_call *c = s->arg;

	if (c != NULL && c->refer.asked == s)
		c->refer.asked = NULL;
}

static const struct agent_subscriber_ops refer_ops = {
	.judge = refer_judge,
	.news = refer_news,
	.failed = refer_failed,
	.ended = refer_ended,
};

void
agent_refer_leave(struct agent_call *c)
{
	if (c->refer.asked != NULL)
		c->refer.asked->arg = NULL;
	if (c->refer.told != NULL)
		c->refer.told->within = NULL;
	if (c->refer.made_by != NULL)
		c->refer.made_by->made = NULL;
	c->refer.asked = NULL;
	c->refer.told = NULL;
	c->refer.made_by = NULL;
}

/* ---- REFER ---- */

/* The fields of a REFER, one that wants SILENCE with two more: */
#define FIELDS (2 + AGENT_REFER_SUB_FIELDS)

/* The header fields of a REFER to URI on behalf of SELF, into LIST, which
 * points into TARGET.  Their number, 0 when out of memory. */
static size_t
refer_write_fields(const struct agent_identity *self, struct str uri,
    bool silent, struct buf *target, struct sip_header *list)
{
	buf_printf(target, "<%.*s>", STR_ARG(uri));
	if (target->err != 0)
		return 0;
	list[0] = (struct sip_header){ "Refer-To", buf_view(target) };
	list[1] = (struct sip_header){ "Referred-By", str_of(self->identity) };
	for (size_t i = 0; silent && i < AGENT_REFER_SUB_FIELDS; i++)
		list[2 + i] = agent_refer_sub_fields[i];
	return silent ? FIELDS : 2;
}

static int
refer_may_transfer(const struct agent_call *c, struct diag *d)
{
	if (!agent_call_talks(c))
		return diag_set(d, ERR_STATE, NULL, 0,
		    _("%s can't be transferred: it is not answered yet, or it "
		      "has ended"),
		    c->name);
	if (c->refer.asked != NULL || c->refer.told != NULL)
		return diag_set(d, ERR_STATE, NULL, 0,
		    _("%s is already being transferred"), c->name);
	return 0;
}

static int
refer_send(struct agent_subscriber *s, struct str uri)
{
	LOCAL_BUF target = BUF_INIT;
	struct sip_header headers[FIELDS];
	struct sip_request_spec spec = {
		.method = STR("REFER"),
		.uri = str_of(s->uri),
		.headers = headers,
		.nheaders = refer_write_fields(
		    s->self, uri, s->silent, &target, headers),
	};

	return spec.nheaders == 0
		   ? ERR_NOMEM
		   : agent_subscriber_send(s, &spec, RULE_REFER_SEND);
}

/* Asks whom WHAT says, or the other side of C, to call URI.  Outside of calls
 * (C is NULL) the first NOTIFY makes the dialog (RFC 3515 2.4.1, RFC 6665
 * 4.4.1).  *ASKED (may be NULL): what waits for its news. */
static int
ask_to_call(struct agent *agent, struct agent_call *c,
    struct agent_subscribe *what, struct str uri, bool silent,
    struct agent_subscriber **asked)
{
	struct agent_subscriber *s;
	int err;

	what->package = &agent_packages[AGENT_PACKAGE_REFER];
	what->self = c != NULL ? c->self : what->self;
	s = agent_subscriber_new(agent, what, c != NULL ? c->name : NULL);
	if (s == NULL)
		return ERR_NOMEM;
	if (asked != NULL)
		*asked = s;
	s->refers = true;
	s->silent = silent;
	s->first = c == NULL || c->refer.sent == 0;
	if (c != NULL)
		agent_dialog_join(
		    c->dialog, &s->usage, &agent_subscriber_usage);
	err = refer_send(s, uri);
	if (err != 0) {
		agent_subscriber_end(s, EVENT_NOT_SENT, RULE_UAC_NO_TARGET, 0);
	} else if (c != NULL) {
		c->refer.sent++;
		c->refer.asked = s;
	}
	return err;
}

int
agent_call_transfer(
    struct agent_call *c, struct str uri, bool silent, struct diag *d)
{
	struct agent_subscribe what = {
		.uri = uri, .ops = &refer_ops, .arg = c
	};
	int err = refer_may_transfer(c, d);

	if (err != 0)
		return err;
	err = ask_to_call(c->agent, c, &what, uri, silent, NULL);
	if (err != 0 && err != ERR_NOMEM)
		diag_set(d, err, NULL, 0,
		    _("%s can't be transferred: the peer's Contact has no "
		      "address"),
		    c->name);
	return err;
}

int
agent_refer(struct agent *agent, struct str whom, struct str uri, bool silent)
{
	struct agent_subscribe what = { .uri = whom, .ops = &refer_ops };

	return ask_to_call(agent, NULL, &what, uri, silent, NULL);
}

/* ---- a REFER forwarded for another user agent ---- */

static void
passed_accepted(struct agent_subscriber *s, unsigned status)
{
	if (s->arg != NULL)
		agent_referral_done(s->arg, status);
}

static void
refer_passed_failed(
    struct agent_subscriber *s, unsigned status, enum rule_id why)
{
	(void)why;
	if (s->arg != NULL)
		agent_referral_done(s->arg, status);
}

static void
refer_passed_ended(struct agent_subscriber *s)
{
	struct agent_referral *r = s->arg;

	if (r != NULL)
		r->asked = NULL;
}

static const struct agent_subscriber_ops passed_ops = {
	.judge = refer_judge,
	.failed = refer_passed_failed,
	.accepted = passed_accepted,
	.ended = refer_passed_ended,
};

int
agent_refer_on(struct agent *agent, const struct agent_refer_target *to,
    struct agent_referral *r)
{
	struct agent_subscribe what = {
		.self = agent_identity_for(agent, buf_view(&to->at)),
		.uri = buf_view(&to->uri),
		.ops = &passed_ops,
		.arg = r,
	};

	return ask_to_call(agent, NULL, &what, buf_view(&to->headers), false,
	    r != NULL ? &r->asked : NULL);
}

/* ---- Whom a REFER names ---- */

/* ---- written ---- */

/* RFC 3261 25.1: hvalue, where nothing is left to be misread. */
static void
escape(struct str s, struct buf *out)
{
	for (size_t i = 0; i < s.n; i++)
		if (chars_are(s.p[i], CHARS_UNRESERVED))
			buf_putc(out, s.p[i]);
		else
			buf_printf(out, "%%%02X", (unsigned char)s.p[i]);
}

int
agent_refer_target_add(struct buf *out, const char *name, struct str value)
{
	struct msg_uri u;
	bool first = msg_uri_read(buf_view(out), &u) != 0 || u.headers.n == 0;

	buf_printf(out, "%c%s=", first ? '?' : '&', name);
	escape(value, out);
	return out->err;
}

/* ---- read ---- */

bool
agent_unescape_line(struct str s, struct buf *out)
{
	for (size_t i = 0; i < s.n; i++) {
		int high = i + 2 < s.n ? chr_hex(s.p[i + 1]) : -1;
		int low = i + 2 < s.n ? chr_hex(s.p[i + 2]) : -1;
		bool escaped = s.p[i] == '%' && high >= 0 && low >= 0;
		char c = escaped ? (char)(high * 16 + low) : s.p[i];

		if ((unsigned char)c < ' ' || c == '\177')
			return false;
		buf_putc(out, c);
		i += escaped ? 2 : 0;
	}
	return true;
}

/* RFC 3261 19.1.5: of the fields that a URI may ask for those are honoured that
 * do no harm: Replaces, Join, and a Require of them, which goes without saying.
 */
static bool
refer_take_field(struct str name, struct str value, struct buf *headers)
{
	bool replaces = str_iis(name, "Replaces");
	struct agent_place_name place;

	if (str_iis(name, "Require"))
		return str_iis(value, AGENT_REPLACES) ||
		       str_iis(value, AGENT_JOIN);
	if ((!replaces && !str_iis(name, "Join")) || headers->n > 0 ||
	    agent_place_read(value, &place) != 0)
		return false;
	buf_printf(headers, "Require: %s\n%s: %.*s",
	    replaces ? AGENT_REPLACES : AGENT_JOIN,
	    replaces ? "Replaces" : "Join", STR_ARG(value));
	return true;
}

/* RFC 4579 5.7: the one field of a REFER's URI is the Refer-To of that. */
static int
read_next_target(struct str fields, struct buf *to)
{
	struct str text, name = str_cut(fields, '=', &text);
	bool good = str_iis(name, "Refer-To") && str_chr(text, '&') < 0 &&
		    agent_unescape_line(text, to);

	if (to->err != 0)
		return ERR_NOMEM;
	return good && to->n > 0 ? 0 : ERR_SYNTAX;
}

static int
refer_read_fields(struct str fields, struct buf *headers)
{
	LOCAL_BUF value = BUF_INIT;
	bool good = true;
	int err;

	while (fields.n > 0 && good) {
		struct str text, one = str_cut(fields, '&', &fields);
		struct str name = str_cut(one, '=', &text);

		buf_clear(&value);
		good = agent_unescape_line(text, &value) &&
		       refer_take_field(name, buf_view(&value), headers);
	}
	err = value.err | headers->err;
	return err != 0 ? ERR_NOMEM : good ? 0 : ERR_SYNTAX;
}

int
agent_refer_target_read(
    const struct node *n, struct str uri, struct agent_refer_target *t)
{
	struct str name, value, rest;
	struct msg_uri u;

	*t = (struct agent_refer_target)AGENT_REFER_TARGET_INIT;
	if (msg_uri_read(uri, &u) != 0 || !node_speaks(n, &u))
		return ERR_SYNTAX;
	if (msg_param(u.params, "method", &value))
		t->method = msg_method_find(value);
	if (t->method != MSG_INVITE && t->method != MSG_BYE &&
	    t->method != MSG_REFER)
		return ERR_SYNTAX;
	rest = u.headers.n > 0
		   ? str_slice(uri, 0, (size_t)(u.headers.p - uri.p) - 1)
		   : uri;
	if (u.params.n > 0)
		rest = str_slice(uri, 0, (size_t)(u.params.p - uri.p));
	buf_str(&t->uri, rest);
	for (rest = u.params; msg_next_param(&rest, &name, &value);)
		if (!str_iis(name, "method"))
			buf_printf(&t->uri,
			    value.n > 0 ? ";%.*s=%.*s" : ";%.*s", STR_ARG(name),
			    STR_ARG(value));
	if (t->uri.err != 0)
		return ERR_NOMEM;
	if (t->method == MSG_REFER)
		return read_next_target(u.headers, &t->headers);
	return t->method == MSG_INVITE
		   ? refer_read_fields(u.headers, &t->headers)
	       : u.headers.n > 0 ? ERR_SYNTAX
				 : 0;
}

void
agent_refer_target_free(struct agent_refer_target *t)
{
	buf_free(&t->uri);
	buf_free(&t->headers);
	buf_free(&t->at);
}
