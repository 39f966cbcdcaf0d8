/*
 * What a REGISTER asks for: RFC 3261 10.3 steps 6 and 7, RFC 3327 5.3.  It is
 * judged whole before anything is stored.
 */
#include "roles/registrar/registrar_in.h"

#include "msg/header_names.h"
#include "msg/parts.h"
#include "node/uri.h"
#include "node/flow.h"
#include "rules/rule_names.h"

const struct registrar_verdict registrar_accepted = { .why = RULE_REGISTER_OK };

/* Bytes of a response that are copied from its request, at most.  With the
 * Contacts (LOCATION_URI_BYTES, and less than 50 bytes around each of
 * LOCATION_CONTACTS) the head of a 200 stays below MSG_MAX_HEAD. */
#define COPIED_BYTES 8192

/* 10.2: what does not fit 32 bits is malformed, and counts as 3600. */
static int64_t
registrar_read_seconds(struct str text)
{
	uint32_t s;

	return str_u32(text, &s) == 0 ? s : SIP_EXPIRES_S;
}

/* How long this Contact asks for (step 7). */
static int64_t
asked_expires(
    const struct node *n, const struct msg *m, const struct msg_addr *a)
{
	struct str text;
	struct msg_uri u;

	if (msg_param(a->params, "expires", &text))
		return registrar_read_seconds(text);
	if (msg_field(m, MSG_H_EXPIRES, 0) != NULL)
		return registrar_read_seconds(msg_value(m, MSG_H_EXPIRES));
	/* As in RFC 3665 2.2: who is reached by mail need not come again. */
	if (msg_uri_read(a->uri, &u) == 0 && !u.sip)
		return LOCATION_FOREVER_S;
	return node_attr_seconds(n, "default_expires", SIP_EXPIRES_S);
}

int64_t
registrar_least_expires(const struct node *n)
{
	return node_attr_seconds(n, "min_expires", 60);
}

/* Step 7: too brief, and less than an hour. */
static bool
is_brief(const struct node *n, int64_t expires)
{
	return expires > 0 && expires < registrar_least_expires(n) &&
	       expires < SIP_EXPIRES_S;
}

/* ---- flows and instances: RFC 5626 6, RFC 5627 5.1 ---- */

/* The URN in A's +sip.instance, "<urn:…>" in quotes; empty: there is none. */
static struct str
read_instance(const struct msg_addr *a)
{
	struct str urn;
	struct msg_uri u;

	if (!msg_param(a->params, "+sip.instance", &urn) || urn.n < 5 ||
	    !str_starts(urn, "\"<") || !str_ends(urn, ">\""))
		return STR_NULL;
	urn = str_slice(urn, 2, urn.n - 2);
	for (size_t i = 0; i < urn.n; i++)
		if (urn.p[i] <= ' ' || urn.p[i] > '~' || urn.p[i] == '"' ||
		    urn.p[i] == '<' || urn.p[i] == '>' || urn.p[i] == '\\')
			return STR_NULL;
	return msg_uri_read(urn, &u) == 0 ? urn : STR_NULL;
}

/* The number of the flow that A, a Contact of M, is to be reached by; 0: it
 * has none, or nothing can be made of it. */
static unsigned
read_reg_id(const struct msg *m, const struct msg_addr *a)
{
	struct str text;
	uint32_t n;

	if (!msg_lists(m, MSG_H_SUPPORTED, "outbound") ||
	    read_instance(a).n == 0 || !msg_param(a->params, "reg-id", &text) ||
	    str_u32(text, &n) != 0 || n > INT32_MAX)
		return 0;
	return n;
}

bool
registrar_has_flow(const struct msg *m)
{
	struct msg_values it = { 0 };
	struct msg_addr a;
	struct str value;

	if (!msg_lists(m, MSG_H_SUPPORTED, "outbound"))
		return false;
	while (msg_next_value(m, MSG_H_CONTACT, &it, &value))
		if (msg_addr_read(value, &a) == 0 && read_reg_id(m, &a) > 0)
			return true;
	return false;
}

/* 6: the first hop has said that it keeps the flow. */
static bool
has_ob(struct str path)
{
	struct msg_addr a;
	struct msg_uri u;
	struct str none;

	while (path.n > 0)
		if (msg_addr_read(msg_cut_value(&path), &a) == 0 &&
		    msg_uri_read(a.uri, &u) == 0 &&
		    msg_param(u.params, "ob", &none))
			return true;
	return false;
}

/* 6: the requested flow is granted, with this PATH. */
static struct registrar_verdict
judge_flow(const struct msg *m, struct str path)
{
	if (!registrar_has_flow(m))
		return registrar_accepted;
	if (!node_flow_begins(m) && !has_ob(path))
		return registrar_refusal(439, RULE_FLOW_HOP, 0);
	return msg_count_values(m, MSG_H_CONTACT) > 1
		   ? registrar_refusal(400, RULE_FLOW_CONTACTS, MSG_H_CONTACT)
		   : registrar_accepted;
}

static bool
are_sips(struct str path)
{
	while (path.n > 0)
		if (!node_is_sips(msg_addr_uri(msg_cut_value(&path))))
			return false;
	return true;
}

/* RFC 5630 5.2: sips Contacts of M, by PATH. */
static struct registrar_verdict
judge_scheme(const struct msg *m, struct str path)
{
	struct msg_values it = { 0 };
	size_t n = 0, sips = 0;
	struct str v;

	while (msg_next_value(m, MSG_H_CONTACT, &it, &v)) {
		n++;
		sips += node_is_sips(msg_addr_uri(v));
	}
	return sips == 0 ||
		       (sips == n && node_is_sips(m->uri) && are_sips(path))
		   ? registrar_accepted
		   : registrar_refusal(400, RULE_SIPS_BIND, MSG_H_CONTACT);
}

/* The Path of M; a registrar that is the first hop, and a proxy as well, adds
 * the flow itself (6). */
static void
write_way(const struct node *n, const struct sip_in *in, struct buf *out)
{
	registrar_write_path(in->m, out);
	if (out->n == 0 && node_flow_begins(in->m) &&
	    registrar_has_flow(in->m) && node_plays(n, "proxy"))
		node_flow_write(n, &in->at, &in->src, node_is_sips(in->m->uri),
		    ";lr;ob", out);
}

/* ---- Contacts ---- */

/* The sender of M knows the use of an instance. */
static bool
knows_instances(const struct msg *m)
{
	return msg_lists(m, MSG_H_SUPPORTED, "outbound") ||
	       msg_lists(m, MSG_H_SUPPORTED, "gruu");
}

/* Adds the Contact A of IN; with the attribute `alias` its source address is
 * noted in it, unless a proxy on the way has done so. */
static int
add_asked_contact(const struct node *n, const struct sip_in *in,
    const struct msg_addr *a, int64_t expires, unsigned q,
    struct location_update *u)
{
	struct str instance = read_instance(a);
	LOCAL_BUF uri = BUF_INIT;
	int err;

	buf_str(&uri, a->uri);
	if (node_flow_begins(in->m) && node_attr_bool(n, "alias", false))
		node_alias_write(a->uri, &in->src, &uri);
	err = uri.err != 0 ? uri.err
			   : location_contacts_add(
				 &u->contacts, buf_view(&uri), expires, q);
	if (err == 0 && instance.n > 0 && knows_instances(in->m))
		err = location_contacts_set_instance(
		    &u->contacts, instance, read_reg_id(in->m, a), STR_NULL);
	return err;
}

/* RFC 5627 5.1: A, of an instance, is what it is to be bound to; a GRUU is
 * equal to its address-of-record. */
static bool
leads_to_itself(const struct msg *m, const struct msg_addr *a)
{
	struct msg_addr to;

	return knows_instances(m) && read_instance(a).n > 0 &&
	       msg_addr_read(msg_value(m, MSG_H_TO), &to) == 0 &&
	       msg_uri_equal(a->uri, to.uri);
}

/* Adds one Contact to U. */
static struct registrar_verdict
take_contact(const struct node *n, const struct sip_in *in, struct str value,
    struct str path, struct location_update *u)
{
	const struct msg *m = in->m;
	struct msg_addr a;
	int64_t expires;
	unsigned q;
	int err;

	if (msg_addr_read(value, &a) != 0 || !msg_q_read(a.params, &q))
		return registrar_refusal(400, RULE_BAD_REQUEST, MSG_H_CONTACT);
	if (a.star) {
		u->star = true;
		return registrar_accepted;
	}
	expires = asked_expires(n, m, &a);
	if (expires > 0 && leads_to_itself(m, &a))
		return registrar_refusal(403, RULE_GRUU_LOOP, 0);
	if (is_brief(n, expires))
		return registrar_refusal(423, RULE_REGISTER_BRIEF, 0);
	err = add_asked_contact(n, in, &a, expires, q, u);
	if (err == 0)
		err = location_contacts_set_path(&u->contacts, path);
	node_fail_nomem(n, err);
	if (err != 0)
		return registrar_refusal(500, RULE_REGISTER_CROWD, 0);
	return registrar_accepted;
}

/* Step 6: * stands alone, and with Expires: 0. */
static bool
is_bad_star(const struct msg *m, const struct location_update *u)
{
	uint32_t s;

	return u->star &&
	       (msg_count_values(m, MSG_H_CONTACT) > 1 ||
		   str_u32(msg_value(m, MSG_H_EXPIRES), &s) != 0 || s != 0);
}

void
registrar_write_path(const struct msg *m, struct buf *out)
{
	struct msg_values it = { 0 };
	struct str v;

	while (msg_next_value(m, MSG_H_PATH, &it, &v)) {
		buf_puts(out, it.started && out->n > 0 ? ", " : "");
		/* 7.3.1: a fold is a space. */
		for (size_t i = 0; i < v.n; i++)
			buf_putc(out, chr_is_space(v.p[i]) ? ' ' : v.p[i]);
	}
}

/* The answer repeats these. */
static bool
is_register_too_large(const struct msg *m)
{
	static const enum msg_header copied[] = { MSG_H_VIA, MSG_H_FROM,
		MSG_H_TO, MSG_H_CALL_ID, MSG_H_PATH };
	const struct msg_field *f;
	size_t n = 0;

	for (size_t i = 0; i < COUNT_OF(copied); i++)
		for (size_t k = 0; (f = msg_field(m, copied[i], k)) != NULL;
		     k++)
			n += f->line.n;
	return n > COPIED_BYTES;
}

struct registrar_verdict
registrar_read(
    const struct node *n, const struct sip_in *in, struct location_update *u)
{
	const struct msg *m = in->m;
	struct registrar_verdict v = registrar_accepted;
	struct msg_values it = { 0 };
	LOCAL_BUF path = BUF_INIT;
	struct str value;

	if (is_register_too_large(m))
		return registrar_refusal(513, RULE_REGISTER_LARGE, 0);
	write_way(n, in, &path);
	node_fail_nomem(n, path.err);
	if (!location_path_is_valid(buf_view(&path)))
		v = registrar_refusal(400, RULE_BAD_REQUEST, MSG_H_PATH);
	else
		v = judge_flow(m, buf_view(&path));
	if (v.status == 0)
		v = judge_scheme(m, buf_view(&path));
	while (v.status == 0 && msg_next_value(m, MSG_H_CONTACT, &it, &value))
		v = take_contact(n, in, value, buf_view(&path), u);
	/* All of them are read first: a * may come last. */
	if (v.status == 0 && is_bad_star(m, u))
		v = registrar_refusal(400, RULE_REGISTER_STAR, MSG_H_CONTACT);
	return v;
}
