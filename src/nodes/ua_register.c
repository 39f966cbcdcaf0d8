/*
 * Registering: RFC 3261 10.2.  One Call-ID for all REGISTERs of a node, CSeq
 * growing; refreshed when nine tenths of the time granted have passed.
 */
#include "nodes/ua.h"

#include "base/err.h"
#include "base/mem.h"
#include "msg/parts.h"
#include "sip/defaults.h"

#include <string.h>

/* ---- the refresh ---- */

static uint64_t
record_refresh(struct ua *ua, const char *op, int64_t due)
{
	struct sim *sim = ua_sim(ua);
	struct trace_writer *w = sim_trace(sim);

	sim_open(sim, TRACE_TIMER, ua->node->name, RULE_REGISTER_REFRESH);
	trace_put_cstr(w, "op", op);
	trace_put_cstr(w, "name", "refresh");
	trace_put_cstr(w, "id", ua->aor);
	if (due >= 0) {
		trace_put_int(w, "due", due);
		trace_put_int(w, "length", due - sim_now(sim));
	}
	return trace_close(w);
}

static void
refresh(void *arg)
{
	struct ua *ua = arg;

	ua->reg.refresh = 0;
	sim_set_cause(ua_sim(ua), record_refresh(ua, "fire", -1));
	if (ua_register(ua, ua->reg.expires_s, true) == ERR_NOMEM)
		ua_fail_memory(ua);
}

static void
arm_refresh(struct ua *ua, int64_t granted_s)
{
	struct sim *sim = ua_sim(ua);
	int64_t due = sim_now(sim) + granted_s * SIM_S / 10 * 9;
	uint64_t old = sim_set_cause(sim, record_refresh(ua, "set", due));

	ua->reg.refresh = sim_at(sim, due, ua->node->name, refresh, ua);
	sim_set_cause(sim, old);
}

static void
stop_refresh(struct ua *ua)
{
	if (ua->reg.refresh == 0)
		return;
	sim_cancel(ua_sim(ua), ua->reg.refresh);
	ua->reg.refresh = 0;
	record_refresh(ua, "stop", -1);
}

/* ---- the answer ---- */

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
	ua->reg.pending = false;
	if (!ua->reg.again)
		return;
	ua->reg.again = false;
	if (ua_register(ua, ua->reg.next_s, false) == ERR_NOMEM)
		ua_fail_memory(ua);
}

/* 10.2.8: 423 says how long it must be at least; ask again with that. */
static bool
asks_for_more(struct ua *ua, const struct msg *m)
{
	uint32_t least;

	if (m->status != 423 || ua->reg.expires_s == 0 || ua->reg.again ||
	    str_u32(msg_value(m, MSG_H_MIN_EXPIRES), &least) != 0 ||
	    least <= ua->reg.expires_s)
		return false;
	ua->reg.again = true;
	ua->reg.next_s = least;
	return true;
}

static void
on_response(struct sip_transaction *tr, const struct sip_in *in, void *arg)
{
	struct ua *ua = arg;
	unsigned status = in->m->status;
	int64_t s;

	(void)tr;
	if (status < 200)
		return;
	if (!asks_for_more(ua, in->m)) {
		s = status < 300 ? granted(ua, in->m) : 0;
		ua->reg.registered = s > 0;
		ua_tell(ua, status >= 300 ? "failed"
			    : s > 0       ? "registered"
					  : "unregistered");
		if (s > 0 && ua->reg.contact == NULL)
			arm_refresh(ua, s);
	}
	settled(ua);
}

static void
on_failed(struct sip_transaction *tr, enum sip_failure why, void *arg)
{
	struct ua *ua = arg;

	(void)tr;
	(void)why;
	ua->reg.registered = false;
	ua_tell(ua, "failed");
	settled(ua);
}

static void
on_ended(struct sip_transaction *tr, void *arg)
{
	struct ua *ua = arg;

	if (ua->reg.tr == tr)
		ua->reg.tr = NULL;
}

static const struct sip_transaction_ops ops = {
	.response = on_response,
	.failed = on_failed,
	.ended = on_ended,
};

void
ua_register_stop(struct ua *ua)
{
	sim_cancel(ua_sim(ua), ua->reg.refresh);
	if (ua->reg.tr != NULL)
		sip_transaction_set_user(ua->reg.tr, NULL, NULL);
	mem_free(ua->reg.call_id);
	mem_free(ua->reg.from_tag);
	mem_free(ua->reg.contact);
	memset(&ua->reg, 0, sizeof(ua->reg));
}

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

/* The Contact with its q, and how long it is to last. */
static void
write_contact(const struct ua *ua, struct buf *out)
{
	const char *q = node_attr(ua->node, "q", NULL);
	const char *other = ua->reg.contact;

	/* 10.2.2, 10.2.3: all of them; none, to ask what there is. */
	if (other != NULL && (other[0] == '\0' || strcmp(other, "*") == 0)) {
		buf_puts(out, other);
		return;
	}
	if (other != NULL)
		buf_printf(out, "<%s>", other);
	else
		buf_puts(out, ua->contact);
	if (q != NULL)
		buf_printf(out, ";q=%s", q);
	buf_printf(out, ";expires=%lld", (long long)ua->reg.expires_s);
}

static int
build(struct ua *ua, struct sip_bytes **request, struct addr *dst)
{
	struct buf from = BUF_INIT, uri = BUF_INIT, contact = BUF_INIT,
		   route = BUF_INIT;
	struct str r = ua_route(ua, &route);
	struct sip_header all = { "Expires", STR("0") };
	struct msg_uri u;
	int err = msg_uri_read(str_of(ua->aor), &u);

	/* 10.2: the Request-URI names the domain alone. */
	buf_printf(&uri,
	    strchr(ua->aor, '[') != NULL ? "sip:[%.*s]" : "sip:%.*s",
	    STR_ARG(u.host));
	buf_printf(&from, "%s;tag=%s", ua->identity, ua->reg.from_tag);
	write_contact(ua, &contact);
	if (from.err != 0 || uri.err != 0 || contact.err != 0 || route.err != 0)
		err = ERR_NOMEM;
	struct sip_request_spec spec = {
		.method = STR("REGISTER"),
		.uri = buf_view(&uri),
		.from = buf_view(&from),
		.to = str_of(ua->identity),
		.call_id = str_of(ua->reg.call_id),
		.cseq = ++ua->reg.cseq,
		.contact = buf_view(&contact),
		.routes = &r,
		.nroutes = r.n > 0,
		.headers = &all,
		.nheaders = str_is(buf_view(&contact), "*"),
	};
	if (err == 0)
		err = ua_next_hop(ua, spec.uri, r, dst);
	if (err == 0)
		err = sip_build_request(ua->node->stack, &spec, request);
	buf_free(&from);
	buf_free(&uri);
	buf_free(&contact);
	buf_free(&route);
	return err;
}

static int
send_register(struct ua *ua, int64_t expires_s, enum trace_rule why)
{
	struct sip_bytes *request = NULL;
	struct addr dst;
	int err;

	stop_refresh(ua);
	ua->reg.expires_s = expires_s;
	err = prepare(ua);
	if (err == 0)
		err = build(ua, &request, &dst);
	if (err == ERR_NOTFOUND) {
		ua_note_bad(ua, RULE_UAC_NO_TARGET, ua->aor);
		ua_tell(ua, "failed");
		return 0;
	}
	if (err != 0)
		return err;
	if (ua->reg.tr != NULL)
		sip_transaction_set_user(ua->reg.tr, NULL, NULL);
	ua->reg.tr = NULL;
	err = ua_send(ua, request, &dst, why, &ops, ua, &ua->reg.tr);
	ua->reg.pending = err == 0;
	sip_bytes_unref(request);
	return err;
}

int
ua_register(struct ua *ua, int64_t expires_s, bool again)
{
	enum trace_rule why = expires_s == 0 ? RULE_REGISTER_REMOVE
			      : again        ? RULE_REGISTER_REFRESH
					     : RULE_REGISTER_SEND;

	if (ua->reg.pending) {
		/* 10.2: not before the last one is answered. */
		ua->reg.again = true;
		ua->reg.next_s = expires_s;
		return 0;
	}
	mem_free(ua->reg.contact);
	ua->reg.contact = NULL;
	return send_register(ua, expires_s, why);
}

int
ua_register_contact(
    struct ua *ua, const char *contact, int64_t expires_s, struct diag *d)
{
	char *copy;

	if (ua->reg.pending)
		return diag_set(d, ERR_STATE, NULL, 0,
		    _("%s is registering; wait for its answer first"),
		    ua->node->name);
	copy = mem_strdup(contact);
	if (copy == NULL)
		return ERR_NOMEM;
	mem_free(ua->reg.contact);
	ua->reg.contact = copy;
	return send_register(ua, expires_s,
	    contact[0] == '\0' ? RULE_REGISTER_FETCH
	    : expires_s == 0   ? RULE_REGISTER_REMOVE
			       : RULE_REGISTER_SEND);
}

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
