/*
 * The user agent: a phone.  This file is its life and what it is called: its
 * address-of-record, its Contact (RFC 3261 8.1.1, 10.2.1).
 */
#include "nodes/ua.h"

#include "base/err.h"
#include "base/mem.h"
#include "msg/parts.h"
#include "nodes/roles.h"

struct sim *
ua_sim(const struct ua *ua)
{
	return ua->node->world->sim;
}

void
ua_fail_memory(const struct ua *ua)
{
	node_fail_memory(ua->node);
}

void
ua_tell(struct ua *ua, const char *state)
{
	const struct world_watch *watch = &ua->node->world->watch;

	if (watch->changed != NULL)
		watch->changed(ua->node->name, state, watch->arg);
}

void
ua_note_bad(
    struct ua *ua, enum rule_id why, enum trace_refusal refusal, struct str at)
{
	struct trace_writer *w = sim_trace(ua_sim(ua));

	sim_open(ua_sim(ua), TRACE_BAD, ua->node->name, why);
	trace_put_cstr(w, "fault", trace_refusal_name(refusal));
	trace_put_str(w, "at", str_slice(at, 0, 200));
	sim_set_cause(ua_sim(ua), trace_close(w));
}

void
ua_note_act(struct ua *ua, const char *verb, const char *object)
{
	struct sim *sim = ua_sim(ua);
	struct trace_writer *w = sim_trace(sim);

	sim_open(sim, TRACE_ACT, ua->node->name, RULE_NONE);
	trace_put_cstr(w, "by", "config");
	trace_put_cstr(w, "verb", verb);
	trace_put_cstr(w, "on", object);
	sim_set_cause(sim, trace_close(w));
}

int
ua_send(struct ua *ua, struct sip_bytes *request, const struct addr *dst,
    enum rule_id why, const struct sip_transaction_ops *ops, void *arg,
    struct sip_transaction **tr)
{
	struct sip_origin origin = { why, 0 };
	int err = sip_client_create(
	    ua->node->stack, request, dst, &origin, ops, arg, tr);

	if (err == ERR_NOMEM)
		ua_fail_memory(ua);
	else if (err != 0)
		ua_note_bad(ua, why, TRACE_REFUSAL_REQUEST,
		    world_read(ua->node->world, request)->uri);
	return err;
}

/* ---- names ---- */

static char *
make_canonical(const char *aor)
{
	struct buf b = BUF_INIT;

	if (msg_uri_aor(str_of(aor), &b) != 0) {
		buf_clear(&b);
		buf_puts(&b, aor);
	}
	return buf_take(&b);
}

/* 20.20: `"Alice" <sip:…>`, the label being the display name. */
static char *
make_identity(const struct node *n, const char *aor)
{
	const char *label = node_attr(n, "label", "");
	struct buf b = BUF_INIT;

	if (label[0] != '\0') {
		buf_putc(&b, '"');
		for (const char *p = label; *p != '\0'; p++) {
			bool control = (unsigned char)*p < ' ' || *p == '\177';

			if (*p == '"' || *p == '\\')
				buf_putc(&b, '\\');
			buf_putc(&b, control ? ' ' : *p);
		}
		buf_puts(&b, "\" ");
	}
	buf_printf(&b, "<%s>", aor);
	return buf_take(&b);
}

/* TCP: requests to it shall go by that (RFC 3263 4.1). */
static char *
make_contact(const struct node *n, const char *aor, bool tcp)
{
	const char *given = node_attr(n, "contact", NULL);
	struct buf b = BUF_INIT;
	struct msg_uri u;

	if (given != NULL) {
		buf_printf(&b, "<%s>", given);
		return buf_take(&b);
	}
	buf_puts(&b, "<sip:");
	if (msg_uri_read(str_of(aor), &u) == 0 && u.user.n > 0) {
		buf_str(&b, u.user);
		buf_putc(&b, '@');
	}
	addr_write(&n->addr, &b);
	if (tcp)
		buf_puts(&b, ";transport=tcp");
	buf_putc(&b, '>');
	return buf_take(&b);
}

char *
ua_contact_of(const struct node *n)
{
	char *aor = node_aor(n);
	char *contact =
	    aor != NULL ? make_contact(n, aor, node_prefers_tcp(n)) : NULL;

	mem_free(aor);
	return contact;
}

/* Its Contact is another, with the node's address.  A re-INVITE tells those it
 * talks to, a REGISTER its registrar. */
static int
ua_moved(void *role)
{
	struct ua *ua = role;
	bool tcp = node_prefers_tcp(ua->node);
	char *contact = make_contact(ua->node, ua->aor, tcp);
	char *by_tcp = make_contact(ua->node, ua->aor, true);

	if (contact == NULL || by_tcp == NULL) {
		mem_free(contact);
		mem_free(by_tcp);
		return ERR_NOMEM;
	}
	mem_free(ua->contact);
	mem_free(ua->contact_tcp);
	ua->contact = contact;
	ua->contact_tcp = by_tcp;
	return 0;
}

struct str
ua_call_contact(const struct ua_call *c)
{
	return str_of(c->tcp ? c->ua->contact_tcp : c->ua->contact);
}

/* ---- life ---- */

static void
ua_stop(void *role)
{
	struct ua *ua = role;
	bool registered;

	if (ua == NULL)
		return;
	registered = ua_registered(ua);
	ua_register_stop(ua);
	list_foreach (node, &ua->calls) {
		struct ua_call *c = LIST_ENTRY(node, struct ua_call, link);

		/* A crash is the end of a call; that of the run is not. */
		if (!ua->node->up)
			ua_call_enter(c, UA_TERMINATED, RULE_NONE, 0);
		ua_call_free(c);
	}
	list_foreach (node, &ua->over) {
		ua_call_free(LIST_ENTRY(node, struct ua_call, link));
	}
	list_foreach (node, &ua->clients) {
		ua_client_drop(LIST_ENTRY(node, struct ua_client, link));
	}
	if (!ua->node->up && registered)
		ua_tell(ua, "unregistered");
	ua_auth_stop(ua);
	sip_sdp_ports_free(&ua->rtp);
	map_destroy(ua->by_name);
	map_destroy(ua->by_dialog);
	map_destroy(ua->by_request);
	buf_free(&ua->key);
	mem_free(ua->aor);
	mem_free(ua->canonical);
	mem_free(ua->identity);
	mem_free(ua->contact);
	mem_free(ua->contact_tcp);
	mem_free(ua->service_route);
	mem_free(ua);
}

static int
ua_start(struct node *n, void **role)
{
	struct ua *ua = mem_zalloc(1, sizeof(*ua));

	*role = NULL;
	if (ua == NULL)
		return ERR_NOMEM;
	ua->node = n;
	list_init(&ua->calls);
	list_init(&ua->over);
	list_init(&ua->clients);
	ua->aor = node_aor(n);
	if (ua->aor != NULL) {
		ua->canonical = make_canonical(ua->aor);
		ua->identity = make_identity(n, ua->aor);
	}
	if (ua->aor == NULL || ua_moved(ua) != 0 || ua->identity == NULL ||
	    ua->canonical == NULL || map_create(&ua->by_name) != 0 ||
	    map_create(&ua->by_dialog) != 0 ||
	    map_create(&ua->by_request) != 0) {
		ua_stop(ua);
		return ERR_NOMEM;
	}
	*role = ua;
	if (n->lives > 1 && node_attr_bool(n, "register", false))
		ua_register_at_once(ua);
	return 0;
}

static void
ua_cancel(void *role, void *user, const struct sip_in *in)
{
	(void)role;
	ua_call_cancelled(user, in);
}

static bool
ua_stray(void *role, const struct sip_in *in)
{
	return ua_call_2xx_again(role, in);
}

const struct node_role role_ua = {
	.word = "ua",
	.text = N_("user agent: a phone that calls, is called and registers"),
	.allow = UA_ALLOW,
	.supported = UA_SUPPORTED,
	.start = ua_start,
	.stop = ua_stop,
	.moved = ua_moved,
	.claim = ua_claim,
	.request = ua_request,
	.cancel = ua_cancel,
	.stray = ua_stray,
	.verbs = ua_verbs,
};
