/*
 * The REGISTER requests of a user agent: RFC 3261 10.2, RFC 3327.  One Call-ID
 * for all of a node, CSeq growing.
 */
#include "agent/registration.h"

#include "base/err.h"
#include "base/mem.h"
#include "msg/header_names.h"
#include "msg/parts.h"
#include "node/uri.h"
#include "text/xml.h"

#include <string.h>

/* ---- Its flow: RFC 5626 4; URIs of one phone alone: RFC 5627 4 ---- */

/* Each REGISTER over a flow names the phone (+sip.instance) and the flow
 * (reg-id).  One flow is kept alive, and replaced when it has failed. */
int
agent_registration_over(struct agent_registration *r, unsigned reg_id,
    struct agent_registration *first)
{
	struct buf id = BUF_INIT;

	r->reg_id = reg_id;
	buf_printf(&id, "%s;reg-id=%u", r->agent->aor, reg_id);
	r->id = buf_take(&id);
	while (first != NULL && first->next != NULL)
		first = first->next;
	if (first != NULL)
		first->next = r;
	return r->id != NULL ? 0 : ERR_NOMEM;
}

const char *
agent_registration_id(const struct agent_registration *r)
{
	return r->id != NULL ? r->id : r->agent->aor;
}

/* 4.1: a UUID that stays the same whenever the phone is started: made of its
 * name. */
static void
register_request_write_instance(const struct node *n, struct buf *out)
{
	const char *given = node_attr(n, "instance", NULL);
	uint64_t high, low;

	if (given != NULL) {
		buf_puts(out, given);
		return;
	}
	high = str_hash(str_of(n->name));
	low = str_hash_end(str_hash_add(high, STR("instance")));
	buf_puts(out, "urn:uuid:");
	buf_hex(out, high >> 32, 8);
	buf_putc(out, '-');
	buf_hex(out, high >> 16 & 0xFFFF, 4);
	buf_puts(out, "-5");
	buf_hex(out, high & 0xFFF, 3);
	buf_puts(out, "-a");
	buf_hex(out, low >> 48 & 0xFFF, 3);
	buf_putc(out, '-');
	buf_hex(out, low & 0xFFFFFFFFFFFF, 12);
}

static bool
wants_gruu(const struct node *n)
{
	return strcmp(node_attr(n, "gruu", "none"), "none") != 0;
}

/* What R's Contact has behind its URI: +sip.instance and reg-id. */
static void
agent_registration_params(const struct agent_registration *r, struct buf *out)
{
	const struct node *n = r->agent->node;

	/* 4.2.3: not for bindings of other users. */
	if (r->contact != NULL || r->aor != NULL ||
	    (r->reg_id == 0 && !wants_gruu(n)))
		return;
	buf_puts(out, ";+sip.instance=\"<");
	register_request_write_instance(n, out);
	buf_puts(out, ">\"");
	if (r->reg_id > 0 && !r->plain)
		buf_printf(out, ";reg-id=%u", r->reg_id);
}

/* What its REGISTER supports. */
static const char *
agent_registration_supports(const struct agent_registration *r)
{
	bool flow = r->reg_id > 0 && !r->plain;

	if (wants_gruu(r->agent->node))
		return flow ? AGENT_SUPPORTED ", outbound, gruu"
			    : AGENT_SUPPORTED ", gruu";
	return flow ? AGENT_SUPPORTED ", outbound" : AGENT_SUPPORTED;
}

/* ---- the agent's other requests ---- */

struct agent_registration *
agent_registration_note(const struct agent_registration *r)
{
	struct agent *agent = r->agent;
	struct agent_registration *first = agent->flows;

	if (first == NULL)
		return (struct agent_registration *)(uintptr_t)r;
	/* 4.3: they go over the first flow that stands. */
	agent->proxy = 0;
	for (const struct agent_registration *f = first; f != NULL; f = f->next)
		if (machine_run_is(&f->machine, STATE_REGISTERED) ||
		    machine_run_is(&f->machine, STATE_REFRESHING)) {
			agent->proxy = f->reg_id - 1;
			break;
		}
	return first;
}

/* RFC 5627 4.2: the GRUU that M gives the own Contact. */
static struct str
find_gruu(const struct agent_registration *r, const struct msg *m)
{
	bool temporary =
	    strcmp(node_attr(r->agent->node, "gruu", ""), "temporary") == 0;
	LOCAL_BUF params = BUF_INIT;
	struct msg_values it = { 0 };
	struct str v, own, said, gruu = STR_NULL;
	struct msg_addr a;

	agent_registration_params(r, &params);
	if (msg_param(buf_view(&params), "+sip.instance", &own))
		while (msg_next_value(m, MSG_H_CONTACT, &it, &v))
			if (msg_addr_read(v, &a) == 0 &&
			    msg_param(a.params, "+sip.instance", &said) &&
			    str_eq(said, own) &&
			    msg_param(a.params,
				temporary ? "temp-gruu" : "pub-gruu", &gruu))
				break;
	return gruu.n > 2 && gruu.p[0] == '"' ? str_slice(gruu, 1, gruu.n - 1)
					      : STR_NULL;
}

static void
take_gruu(struct agent_registration *r, const struct msg *m)
{
	struct str gruu;
	int err;

	if (!wants_gruu(r->agent->node))
		return;
	gruu = find_gruu(r, m);
	if (gruu.n == 0)
		return;
	err = agent_identity_call(r->agent->self, r->agent->node, gruu);
	if (err != 0)
		agent_fail_memory(r->agent);
}

/* ---- keep-alive ---- */

/* How the phone was seen last is in its Contact, where it is by STUN. */
static void
take_mapped(struct agent *agent, const struct addr *mapped)
{
	struct addr *known = &agent->node->faces[0].mapped;

	if (known->len == 0 || mapped->len == 0 || addr_eq(known, mapped))
		return;
	*known = *mapped;
	if (agent_moved(agent) != 0)
		agent_fail_memory(agent);
}

static void
on_flow_failed(struct node_keepalive *k, void *arg)
{
	struct agent_registration *r = arg;

	take_mapped(r->agent, &k->mapped);
	agent_registration_again(r);
}

/* 4.2.1, 8: no keep-alive goes to a server that does not confirm support of
 * flows, by M, unless the phone is configured to. */
static bool
may_keep(const struct agent_registration *r, const struct msg *m)
{
	const struct node *n = r->agent->node;

	return node_keepalive_wanted(n) &&
	       (node_attr(n, "keepalive", NULL) != NULL ||
		   msg_lists(m, MSG_H_REQUIRE, "outbound"));
}

void
agent_registration_keep(
    struct agent_registration *r, const struct addr *dst, const struct msg *m)
{
	struct node_keepalive *k = &r->alive;
	uint32_t within = 0;

	take_gruu(r, m);
	if (!may_keep(r, m)) {
		node_keepalive_end(k);
		r->failures = 0;
		return;
	}
	/* 4.4: how often the server wants to hear something. */
	str_u32(msg_value(m, MSG_H_FLOW_TIMER), &within);
	if (k->on && addr_eq(&k->dst, dst) &&
	    k->dst.transport == dst->transport) {
		node_keepalive_within(k, within);
		return;
	}
	node_keepalive_end(k);
	*k = (struct node_keepalive){ .node = r->agent->node,
		.id = agent_registration_id(r),
		.dst = *dst,
		.failed = on_flow_failed,
		.arg = r };
	node_keepalive_begin(k, within);
}

static const struct node_face *
register_request_face_of(const struct agent_registration *r)
{
	return r->face != NULL
		   ? r->face
		   : agent_face_toward(r->agent, str_of(r->agent->aor), false);
}

const char *
agent_registration_contact(const struct agent_registration *r)
{
	return r->bare != NULL
		   ? r->bare
		   : agent_contact(r->agent, register_request_face_of(r));
}

/* RFC 5626 4.3, RFC 5627 4.4.1: the agent's other Contacts have ob, or are
 * GRUUs; RFC 5630 5.1.1.1: they are not of sips.  A bound Contact is an
 * address, of its user's scheme. */
static int
write_bare(struct agent_registration *r)
{
	const struct node *n = r->agent->node;

	if (r->reg_id == 0 && r->agent->self->gruu == NULL &&
	    !node_is_sips(str_of(r->agent->aor)))
		return 0;
	mem_free(r->bare);
	r->bare = agent_identity_write(
	    register_request_face_of(r), r->agent->aor, node_transport(n));
	return r->bare != NULL ? 0 : ERR_NOMEM;
}

/* 10.2: the same Call-ID for all of them. */
int
agent_registration_prepare(struct agent_registration *r)
{
	struct buf b = BUF_INIT;
	int err = write_bare(r);

	if (err != 0)
		return err;
	if (r->call_id != NULL && r->from_tag != NULL)
		return 0;
	mem_free(r->call_id);
	sip_stack_token(r->agent->node->stack, SIP_STREAM_CALL_ID, 12, &b);
	buf_putc(&b, '@');
	node_face_write_host(r->agent->node->faces, &b);
	r->call_id = buf_take(&b);
	r->from_tag =
	    sip_stack_new_token(r->agent->node->stack, SIP_STREAM_TAG, 8);
	return r->call_id != NULL && r->from_tag != NULL ? 0 : ERR_NOMEM;
}

/* A Contact with its q, and how long it is to last, unless it says so: a
 * Contact other than a phone's (RFC 3665 2.2: a mailbox) leaves that to the
 * registrar (10.2.1.1).
 */
static void
register_request_write_contact(
    const struct agent_registration *r, struct str value, struct buf *out)
{
	const char *q = node_attr(r->agent->node, "q", NULL);
	struct msg_addr a = { 0 };
	struct msg_uri u = { .sip = true };
	struct str there;

	if (msg_addr_read(value, &a) == 0)
		msg_uri_read(a.uri, &u);
	buf_str(out, value);
	if (q != NULL && !msg_param(a.params, "q", &there))
		buf_printf(out, ";q=%s", q);
	if ((u.sip || r->told) && !msg_param(a.params, "expires", &there))
		buf_printf(out, ";expires=%lld", (long long)r->expires_s);
	agent_registration_params(r, out);
}

static void
register_request_write_contacts(
    const struct agent_registration *r, struct buf *out)
{
	const char *other = r->contact;
	struct str rest =
	    str_of(other != NULL ? other : agent_registration_contact(r));

	/* 10.2.2, 10.2.3: all of them; none, to ask what there is. */
	if (str_is(rest, "*")) {
		buf_str(out, rest);
		return;
	}
	while (rest.n > 0) {
		if (out->n > 0)
			buf_puts(out, ", ");
		register_request_write_contact(r, msg_cut_value(&rest), out);
	}
}

/* RFC 5630 5.1.1.1, 5.2: all that R binds is of sips, and so are its
 * Request-URI, From and To. */
static bool
binds_sips(const struct agent_registration *r)
{
	struct str rest = str_of(
	    r->contact != NULL ? r->contact : agent_registration_contact(r));

	if (rest.n == 0 || str_is(rest, "*"))
		return node_is_sips(str_of(r->agent->aor));
	while (rest.n > 0)
		if (!node_is_sips(msg_addr_uri(msg_cut_value(&rest))))
			return false;
	return true;
}

/* 10.2: the Request-URI names the domain alone. */
static int
write_domain(const char *aor, bool sips, struct buf *out)
{
	struct msg_uri u;

	if (msg_uri_read(str_of(aor), &u) != 0)
		return ERR_SYNTAX;
	buf_printf(out,
	    strchr(aor, '[') != NULL ? "sip%s:[%.*s]" : "sip%s:%.*s",
	    sips ? "s" : "", STR_ARG(u.host));
	return out->err;
}

/* WHO, a From or To value, of sips where all is. */
static void
write_who(const char *who, bool sips, struct buf *out)
{
	ptrdiff_t uri = str_find(str_of(who), "<sip:");
	size_t at = out->n;

	buf_puts(out, who);
	if (sips && uri >= 0)
		node_make_sips(out, at + (size_t)uri + 1);
}

int
agent_registration_build(
    struct agent_registration *r, struct agent_request *request)
{
	LOCAL_BUF from = BUF_INIT, to = BUF_INIT, uri = BUF_INIT,
		  contact = BUF_INIT;
	/* RFC 3327 5.1: proxies on the way may put themselves into Path. */
	struct sip_header headers[] = {
		{ "Supported", str_of(agent_registration_supports(r)) },
		{ "Expires", STR("0") }
	};
	struct agent_routes routes = { .n = 0 };
	bool sips = binds_sips(r);
	int err =
	    write_domain(r->aor != NULL ? r->aor : r->agent->aor, sips, &uri);

	if (err == 0)
		err = agent_preload(r->agent,
		    r->reg_id > 0 ? agent_proxy_at(r->agent, r->reg_id - 1)
				  : agent_outbound(r->agent, 0),
		    buf_view(&uri), false, &routes);
	write_who(r->agent->self->identity, sips, &from);
	buf_printf(&from, ";tag=%s", r->from_tag);
	/* 10.2: another's registration has him in its To. */
	if (r->aor != NULL)
		buf_printf(&to, "<%s>", r->aor);
	else
		write_who(r->agent->self->identity, sips, &to);
	register_request_write_contacts(r, &contact);
	if (from.err != 0 || to.err != 0 || contact.err != 0)
		err = ERR_NOMEM;
	struct sip_request_spec spec = {
		.method = STR("REGISTER"),
		.uri = buf_view(&uri),
		.from = buf_view(&from),
		.to = buf_view(&to),
		.call_id = str_of(r->call_id),
		.cseq = ++r->cseq,
		.contact = buf_view(&contact),
		.routes = routes.list,
		.nroutes = routes.n,
		.headers = headers,
		.nheaders = str_is(buf_view(&contact), "*") ? 2 : 1,
	};
	request->self = r->agent->self;
	request->flow = r->reg_id > 0;
	/* 10.2.2: what was bound is taken away, whichever way leads there. */
	if (r->contact == NULL && r->bare == NULL &&
	    (r->expires_s > 0 || r->face == NULL))
		request->contact = AGENT_CONTACT_FACE;
	if (err == 0)
		err = sip_build_request(
		    r->agent->node->stack, &spec, &request->bytes);
	buf_free(&routes.text);
	return err;
}

/* 10.2.4 */
int64_t
agent_registration_granted(
    const struct agent_registration *r, const struct msg *m)
{
	struct msg_values it = { 0 };
	struct msg_addr mine, a;
	struct str v, text;
	uint32_t s;

	if (r->expires_s == 0 ||
	    msg_addr_read(str_of(agent_registration_contact(r)), &mine) != 0)
		return r->expires_s;
	while (msg_next_value(m, MSG_H_CONTACT, &it, &v))
		if (msg_addr_read(v, &a) == 0 &&
		    msg_uri_equal(a.uri, mine.uri) &&
		    msg_param(a.params, "expires", &text) &&
		    str_u32(text, &s) == 0)
			return s;
	if (str_u32(msg_value(m, MSG_H_EXPIRES), &s) == 0)
		return s;
	return r->expires_s;
}

/* 7.6: the alternative service is a restoration, by an initial registration. */
static bool
wants_registration(struct str body)
{
	bool restores = false, registers = false;
	const struct xml_item *e;
	LOCAL(xml_free) struct xml x;
	int err = xml_read(&x, body);

	while (err == 0 && (e = xml_next(&x))->kind != XML_DONE) {
		if (e->kind != XML_TEXT || x.depth != 3 ||
		    !xml_is_within(&x, 0, "ims-3gpp") ||
		    !xml_is_within(&x, 1, "alternative-service"))
			continue;
		if (xml_is_within(&x, 2, "type"))
			restores = str_is(str_trim(e->text), "restoration");
		if (xml_is_within(&x, 2, "action"))
			registers =
			    str_is(str_trim(e->text), "initial-registration");
	}
	return err == 0 && restores && registers;
}

/* The S-CSCF of AGENT's Service-Route has sent M. */
static bool
is_of_service_route(const struct agent *agent, const struct msg *m)
{
	struct str rest = str_of(agent->service_route);
	struct msg_addr who, hop;

	if (msg_addr_read(msg_value(m, MSG_H_P_ASSERTED_IDENTITY), &who) != 0)
		return false;
	while (rest.n > 0)
		if (msg_addr_read(msg_cut_value(&rest), &hop) == 0 &&
		    msg_uri_equal(hop.uri, who.uri))
			return true;
	return false;
}

bool
restoration_is_wanted(const struct agent *agent, const struct msg *m)
{
	return m->status == 504 &&
	       str_is(msg_value(m, MSG_H_CONTENT_TYPE), RESTORATION_TYPE) &&
	       is_of_service_route(agent, m) && wants_registration(m->body);
}
