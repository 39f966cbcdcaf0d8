/*
 * Registering: RFC 3261 10.2, RFC 3608.  One Call-ID for all REGISTERs of a
 * node, CSeq growing; refreshed when nine tenths of the time granted have
 * passed.
 */
#include "nodes/timer.h"
#include "nodes/ua.h"

#include "base/err.h"
#include "base/mem.h"
#include "msg/parts.h"
#include "sip/defaults.h"

#include <string.h>

/* ---- the refresh ---- */

static void refresh(void *arg);

static const struct node_timer refresh_timer = { "refresh",
	RULE_REGISTER_REFRESH, refresh, NULL };

static void
refresh(void *arg)
{
	struct ua *ua = arg;

	node_timer_fired(ua->node, &ua->reg.refresh, &refresh_timer, ua->aor);
	if (ua_register(ua, ua->reg.expires_s, true) == ERR_NOMEM)
		ua_fail_memory(ua);
}

static void
arm_refresh(struct ua *ua, int64_t granted_s)
{
	int64_t due = sim_now(ua_sim(ua)) + granted_s * SIM_S / 10 * 9;

	node_timer_set(
	    ua->node, &ua->reg.refresh, &refresh_timer, ua->aor, due, ua);
}

static void
stop_refresh(struct ua *ua)
{
	node_timer_stop(ua->node, &ua->reg.refresh, &refresh_timer, ua->aor);
}

/* ---- the answer ---- */

static int send_register(struct ua *ua, int64_t expires_s, enum trace_rule why);

/* The REGISTER is about the own Contact of the own address-of-record. */
static bool
is_own(const struct ua *ua)
{
	return ua->reg.contact == NULL && ua->reg.aor == NULL;
}

/* 10.2.4: what the 200 grants to our Contact. */
static int64_t
granted(const struct ua *ua, const struct msg *m)
{
	struct msg_values it = { 0 };
	struct msg_addr mine, a;
	struct str v, text;
	uint32_t s;

	if (ua->reg.expires_s == 0 ||
	    msg_addr_read(str_of(ua->contact), &mine) != 0)
		return ua->reg.expires_s;
	while (msg_next_value(m, MSG_H_CONTACT, &it, &v))
		if (msg_addr_read(v, &a) == 0 &&
		    msg_uri_equal(a.uri, mine.uri) &&
		    msg_param(a.params, "expires", &text) &&
		    str_u32(text, &s) == 0)
			return s;
	if (str_u32(msg_value(m, MSG_H_EXPIRES), &s) == 0)
		return s;
	return ua->reg.expires_s;
}

/* The answer to the REGISTER is there, or will never come. */
static void
settled(struct ua *ua)
{
	if (!ua->reg.again)
		return;
	ua->reg.again = false;
	if (ua_register(ua, ua->reg.next_s, false) == ERR_NOMEM)
		ua_fail_memory(ua);
}

/* 10.2.8: 423 says how long it must be at least; asked again with that. */
static bool
asks_for_more(struct ua *ua, const struct msg *m)
{
	uint32_t least;

	if (m->status != 423 || ua->reg.expires_s == 0 || ua->reg.again ||
	    str_u32(msg_value(m, MSG_H_MIN_EXPIRES), &least) != 0 ||
	    least <= ua->reg.expires_s)
		return false;
	if (send_register(ua, least, RULE_REGISTER_SEND) == ERR_NOMEM)
		ua_fail_memory(ua);
	return true;
}

static void
tell_state(struct ua *ua, const char *state, bool registered)
{
	/* What is done for others says nothing of oneself. */
	if (ua->reg.aor == NULL)
		ua->reg.registered = registered;
	ua_tell(ua, state);
}

static void
on_response(struct ua_client *q, const struct sip_in *in, void *arg)
{
	struct ua *ua = arg;
	unsigned status = in->m->status;
	int64_t s;

	if (status < 200)
		return;
	ua->reg.realms = q->realms;
	if (asks_for_more(ua, in->m))
		return;
	s = status < 300 ? granted(ua, in->m) : 0;
	/* RFC 3608 6.1: that of the last 2xx counts, and none of a refusal. */
	if (is_own(ua))
		ua_take_service_route(ua, s > 0 ? in->m : NULL);
	tell_state(ua,
	    status >= 300 ? "failed"
	    : s > 0       ? "registered"
			  : "unregistered",
	    s > 0);
	if (s > 0 && is_own(ua))
		arm_refresh(ua, s);
	settled(ua);
}

static void
on_failed(struct ua_client *q, unsigned status, void *arg)
{
	struct ua *ua = arg;

	(void)q;
	(void)status;
	tell_state(ua, "failed", false);
	settled(ua);
}

static void
on_ended(struct ua_client *q, void *arg)
{
	struct ua *ua = arg;

	if (ua->reg.client == q)
		ua->reg.client = NULL;
}

static const struct ua_client_ops ops = {
	.response = on_response,
	.failed = on_failed,
	.ended = on_ended,
};

void
ua_register_stop(struct ua *ua)
{
	sim_cancel(ua_sim(ua), ua->reg.refresh);
	ua_client_drop(ua->reg.client);
	mem_free(ua->reg.call_id);
	mem_free(ua->reg.from_tag);
	mem_free(ua->reg.contact);
	mem_free(ua->reg.aor);
	memset(&ua->reg, 0, sizeof(ua->reg));
}

/* ---- the request ---- */

/* 10.2: the same Call-ID for all of them. */
static int
prepare(struct ua *ua)
{
	struct buf b = BUF_INIT;

	if (ua->reg.call_id != NULL && ua->reg.from_tag != NULL)
		return 0;
	mem_free(ua->reg.call_id);
	sip_stack_token(ua->node->stack, SIP_STREAM_CALL_ID, 12, &b);
	buf_putc(&b, '@');
	addr_write_host(&ua->node->addr, &b);
	ua->reg.call_id = buf_take(&b);
	sip_stack_token(ua->node->stack, SIP_STREAM_TAG, 8, &b);
	ua->reg.from_tag = buf_take(&b);
	return ua->reg.call_id != NULL && ua->reg.from_tag != NULL ? 0
								   : ERR_NOMEM;
}

/* A Contact with its q, and how long it is to last, unless it says so: what is
 * no phone (RFC 3665 2.2: a mailbox) leaves that to the registrar (10.2.1.1).
 */
static void
write_contact(const struct ua *ua, struct str value, struct buf *out)
{
	const char *q = node_attr(ua->node, "q", NULL);
	struct msg_addr a = { 0 };
	struct msg_uri u = { .sip = true };
	struct str there;

	if (msg_addr_read(value, &a) == 0)
		msg_uri_read(a.uri, &u);
	buf_str(out, value);
	if (q != NULL && !msg_param(a.params, "q", &there))
		buf_printf(out, ";q=%s", q);
	if ((u.sip || ua->reg.told) && !msg_param(a.params, "expires", &there))
		buf_printf(out, ";expires=%lld", (long long)ua->reg.expires_s);
}

static void
write_contacts(const struct ua *ua, struct buf *out)
{
	const char *other = ua->reg.contact;
	struct str rest = str_of(other != NULL ? other : ua->contact);

	/* 10.2.2, 10.2.3: all of them; none, to ask what there is. */
	if (str_is(rest, "*")) {
		buf_str(out, rest);
		return;
	}
	while (rest.n > 0) {
		if (out->n > 0)
			buf_puts(out, ", ");
		write_contact(ua, msg_cut_value(&rest), out);
	}
}

/* 10.2: the Request-URI names the domain alone. */
static int
write_domain(const char *aor, struct buf *out)
{
	struct msg_uri u;

	if (msg_uri_read(str_of(aor), &u) != 0)
		return ERR_SYNTAX;
	buf_printf(out, strchr(aor, '[') != NULL ? "sip:[%.*s]" : "sip:%.*s",
	    STR_ARG(u.host));
	return out->err;
}

static int
build(struct ua *ua, struct ua_request *r)
{
	struct buf from = BUF_INIT, to = BUF_INIT, uri = BUF_INIT,
		   contact = BUF_INIT;
	/* RFC 3327 5.1: proxies on the way may put themselves into Path. */
	struct sip_header headers[] = { { "Supported", STR("path") },
		{ "Expires", STR("0") } };
	struct ua_routes routes;
	int err = ua_preload(ua, false, &routes);

	if (err == 0)
		err = write_domain(
		    ua->reg.aor != NULL ? ua->reg.aor : ua->aor, &uri);
	buf_printf(&from, "%s;tag=%s", ua->identity, ua->reg.from_tag);
	/* 10.2: another's registration has him in its To. */
	if (ua->reg.aor != NULL)
		buf_printf(&to, "<%s>", ua->reg.aor);
	else
		buf_puts(&to, ua->identity);
	write_contacts(ua, &contact);
	if (from.err != 0 || to.err != 0 || contact.err != 0)
		err = ERR_NOMEM;
	struct sip_request_spec spec = {
		.method = STR("REGISTER"),
		.uri = buf_view(&uri),
		.from = buf_view(&from),
		.to = buf_view(&to),
		.call_id = str_of(ua->reg.call_id),
		.cseq = ++ua->reg.cseq,
		.contact = buf_view(&contact),
		.routes = routes.list,
		.nroutes = routes.n,
		.headers = headers,
		.nheaders = str_is(buf_view(&contact), "*") ? 2 : 1,
	};
	if (err == 0)
		err = ua_next_hop(ua, spec.uri,
		    routes.n > 0 ? routes.list[0] : STR_NULL, &r->dst);
	if (err == 0)
		err = sip_build_request(ua->node->stack, &spec, &r->bytes);
	buf_free(&from);
	buf_free(&to);
	buf_free(&uri);
	buf_free(&contact);
	buf_free(&routes.text);
	return err;
}

static int
send_register(struct ua *ua, int64_t expires_s, enum trace_rule why)
{
	struct ua_request r = { .cseq = &ua->reg.cseq,
		.realms = ua->reg.realms };
	int err;

	stop_refresh(ua);
	ua->reg.expires_s = expires_s;
	err = prepare(ua);
	if (err == 0)
		err = build(ua, &r);
	if (err == ERR_NOTFOUND) {
		ua_note_bad(ua, RULE_UAC_NO_TARGET, TRACE_REFUSAL_NO_REGISTRAR,
		    str_of(ua->reg.aor != NULL ? ua->reg.aor : ua->aor));
		ua_tell(ua, "failed");
		return 0;
	}
	if (err != 0)
		return err;
	ua_client_drop(ua->reg.client);
	ua->reg.client = NULL;
	err = ua_client_start(ua, &r, why, &ops, ua, &ua->reg.client);
	sip_bytes_unref(r.bytes);
	return err;
}

int
ua_register(struct ua *ua, int64_t expires_s, bool again)
{
	enum trace_rule why = expires_s == 0 ? RULE_REGISTER_REMOVE
			      : again        ? RULE_REGISTER_REFRESH
					     : RULE_REGISTER_SEND;

	if (ua_client_is_pending(ua->reg.client)) {
		/* 10.2: not before the last one is answered. */
		ua->reg.again = true;
		ua->reg.next_s = expires_s;
		return 0;
	}
	mem_free(ua->reg.contact);
	mem_free(ua->reg.aor);
	ua->reg.contact = NULL;
	ua->reg.aor = NULL;
	return send_register(ua, expires_s, why);
}

/* Copies that may be left out; 0 or ERR_NOMEM. */
static int
replace(char **to, const char *text)
{
	char *copy = text != NULL ? mem_strdup(text) : NULL;

	if (text != NULL && copy == NULL)
		return ERR_NOMEM;
	mem_free(*to);
	*to = copy;
	return 0;
}

int
ua_register_other(struct ua *ua, const char *contact, const char *aor,
    int64_t expires_s, bool told, struct diag *d)
{
	bool asks = contact != NULL && contact[0] == '\0';

	if (ua_client_is_pending(ua->reg.client))
		return diag_set(d, ERR_STATE, NULL, 0,
		    _("%s is registering; wait for its answer first"),
		    ua->node->name);
	if (replace(&ua->reg.contact, contact) != 0 ||
	    replace(&ua->reg.aor, aor) != 0)
		return ERR_NOMEM;
	ua->reg.told = told;
	return send_register(ua, expires_s,
	    asks             ? RULE_REGISTER_FETCH
	    : expires_s == 0 ? RULE_REGISTER_REMOVE
	    : aor != NULL    ? RULE_REGISTER_THIRD
			     : RULE_REGISTER_SEND);
}

/* ---- by itself ---- */

int64_t
ua_register_expires(const struct ua *ua)
{
	int64_t ns = node_attr_time(ua->node, "expires", SIP_EXPIRES_S * SIM_S);
	int64_t s = ns / SIM_S + (ns % SIM_S != 0);

	return s < UINT32_MAX ? s : UINT32_MAX;
}

static void
register_now(void *arg)
{
	struct ua *ua = arg;
	int err;

	ua->reg.refresh = 0;
	ua_note_act(ua, "register", ua->node->name);
	err = ua_register(ua, ua_register_expires(ua), false);
	if (err == ERR_NOMEM)
		ua_fail_memory(ua);
}

void
ua_register_at_once(struct ua *ua)
{
	ua->reg.refresh =
	    sim_after(ua_sim(ua), 0, ua->node->name, register_now, ua);
}

void
ua_warm(struct ua *ua)
{
	if (prepare(ua) != 0) {
		ua_fail_memory(ua);
		return;
	}
	ua->reg.expires_s = ua_register_expires(ua);
	ua->reg.registered = true;
	ua_tell(ua, "registered");
	arm_refresh(ua, ua->reg.expires_s);
}
