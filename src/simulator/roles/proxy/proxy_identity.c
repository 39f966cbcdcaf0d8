/*
 * The sender of a message, as far as the network knows: RFC 3325, with the
 * values of RFC 3323 that it needs.  Done by a proxy that says whom it trusts
 * (`trust`: names of nodes and domains, the Spec(T) of its network, cut short).
 *
 * A sender that is not trusted may assert nothing: its P-Asserted-Identity is
 * taken out, and the user proved by a password is put in instead.  Receivers
 * that are not trusted learn nothing of a user who has asked for that (Privacy:
 * id).
 */
#include "roles/proxy/proxy_in.h"

#include "msg/header_names.h"
#include "msg/parts.h"
#include "node/phones.h"
#include "node/trust.h"
#include "rules/rule_names.h"

#include <string.h>

/* ---- the phone of a user ---- */

/* An attribute, and its value or NULL for any. */
struct wanted {
	const char *attr, *value;
};

static bool
has_wanted(const struct node *n, const void *arg)
{
	const struct wanted *k = arg;
	const char *own = node_attr(n, k->attr, NULL);

	return own != NULL && (k->value == NULL || strcmp(own, k->value) == 0);
}

const struct node *
proxy_find_user(
    const struct proxy *p, struct str uri, const char *attr, const char *value)
{
	const struct wanted wanted = { attr, value };
	const struct node *found;

	if (phones_find(p->node->world, uri, has_wanted, &wanted, &found) != 0)
		node_fail_memory(p->node);
	return found;
}

/* ---- remarks ---- */

void
proxy_note(
    const struct proxy *p, const char *text, struct str value, enum rule_id why)
{
	struct buf said = BUF_INIT;

	buf_puts(&said, text);
	buf_str(&said, value);
	node_note(p->node, why, &said);
}

/* ---- Privacy: RFC 3323 4.2 ---- */

/* Cuts the next value of a Privacy off *REST. */
static bool
next_privacy(struct str *rest, struct str *value)
{
	while (rest->n > 0) {
		*value = str_trim(str_cut(*rest, ';', rest));
		if (value->n > 0)
			return true;
	}
	return false;
}

bool
proxy_wants_privacy(const struct msg *m, const char *what)
{
	struct str rest = msg_value(m, MSG_H_PRIVACY), v;

	while (next_privacy(&rest, &v))
		if (str_iis(v, what))
			return true;
	return false;
}

/* RFC 3323 5: "id" is obeyed here, "history" by a proxy that has one (RFC 7044
 * 10.1.2), and "none" by doing nothing; no other value is. */
static bool
identity_is_offered(const struct proxy *p, struct str v)
{
	return str_iis(v, "id") || str_iis(v, "none") ||
	       str_iis(v, "critical") ||
	       (str_iis(v, "history") &&
		   node_attr_bool(p->node, "history", false));
}

/* Appends the values of M that are not in OUT; their number. */
static size_t
list_unknown(const struct proxy *p, const struct msg *m, struct buf *out)
{
	struct str rest = msg_value(m, MSG_H_PRIVACY), v;
	size_t n = 0;

	while (next_privacy(&rest, &v)) {
		if (identity_is_offered(p, v))
			continue;
		buf_puts(out, n++ > 0 ? ", " : "");
		/* What a start line can't have has been rejected before (25.1),
		 * but it need not be a token. */
		for (size_t i = 0; i < v.n && i < 40; i++)
			buf_putc(out, chr_is_alnum(v.p[i]) || v.p[i] == '-'
					  ? v.p[i]
					  : '?');
	}
	return n;
}

/* What becomes of the Privacy of a request that is passed on: it stays as it
 * is, for a privacy service behind this proxy. */
static void
note_privacy(const struct proxy *p, const struct msg *m)
{
	LOCAL_BUF left = BUF_INIT;

	if (proxy_wants_privacy(m, "none"))
		proxy_note(p, "Privacy: none", STR_NULL, RULE_PRIVACY_NONE);
	else if (list_unknown(p, m, &left) > 0)
		proxy_note(p, "Privacy: ", buf_view(&left), RULE_PRIVACY_LEFT);
	node_fail_nomem(p->node, left.err);
}

bool
proxy_identity_refuse(struct proxy *p, const struct sip_in *in)
{
	struct sip_response_spec spec = { .status = 500 };
	LOCAL_BUF unknown = BUF_INIT;
	bool refused = false;

	if (!node_has_trust(p->node) ||
	    !proxy_wants_privacy(in->m, "critical") ||
	    proxy_wants_privacy(in->m, "none"))
		return false;
	buf_puts(&unknown, "Privacy Failure: ");
	refused = list_unknown(p, in->m, &unknown) > 0;
	if (unknown.err != 0) {
		node_fail_memory(p->node);
	} else if (refused) {
		spec.reason = buf_view(&unknown);
		node_reply(p->node, in, &spec, RULE_PRIVACY_CRITICAL);
	}
	return refused;
}

/* ---- identities ---- */

void
proxy_identity_take(struct proxy_context *c, struct str user)
{
	const struct proxy *p = c->proxy;
	LOCAL_BUF aor = BUF_INIT;
	struct str said;

	if (user.n > 0) {
		buf_str(&aor, user);
	} else if (node_has_trust(p->node) && node_trusts(p->node, &c->src)) {
		/* RFC 3325 5: as if it had been asked for here. */
		said = node_asserted_in(proxy_context_request(c));
		if (said.n > 0 && msg_uri_aor(said, &aor) != 0) {
			buf_clear(&aor);
			buf_str(&aor, said); /* tel */
		}
	}
	if (aor.n > 0)
		c->who = buf_take(&aor);
	if (aor.err != 0 || (aor.n > 0 && c->who == NULL))
		node_fail_memory(p->node);
}

/* URI is one of C's sender's: his address-of-record, or another that his phone
 * says he has (`identities`). */
static bool
is_his(const struct proxy_context *c, struct str uri)
{
	const struct node *n;
	struct str rest;

	if (msg_uri_equal(uri, str_of(c->who)))
		return true;
	n = proxy_find_user(c->proxy, str_of(c->who), "identities", NULL);
	rest = str_of(n != NULL ? node_attr(n, "identities", "") : "");
	while (rest.n > 0)
		if (str_eq(str_cut(rest, ' ', &rest), uri))
			return true;
	return false;
}

/* RFC 3325 6: the one of his that he would like. */
static void
identity_write(
    const struct proxy_context *c, const struct msg *m, struct buf *out)
{
	struct msg_values it = { 0 };
	struct msg_addr a;
	struct str v;

	while (msg_next_value(m, MSG_H_P_PREFERRED_IDENTITY, &it, &v)) {
		if (msg_addr_read(v, &a) != 0 || a.star || !is_his(c, a.uri))
			continue;
		buf_str(out, v);
		return;
	}
	buf_printf(out, "<%s>", c->who);
}

static void
identity_drop(struct sip_change *change, enum msg_header id)
{
	if (change->ndrop < SIP_CHANGE_DROPS)
		change->drop[change->ndrop++] = id;
}

static void
assert_identity(
    const struct proxy_context *c, const struct msg *m, struct buf *text)
{
	LOCAL_BUF value = BUF_INIT;

	identity_write(c, m, &value);
	buf_puts(text, "P-Asserted-Identity: ");
	buf_str(text, buf_view(&value));
	buf_puts(text, "\r\n");
	proxy_note(c->proxy, "+ P-Asserted-Identity: ", buf_view(&value),
	    RULE_IDENTITY_ASSERTED);
	if (value.err != 0)
		text->err = value.err;
}

void
proxy_identity_change(const struct proxy_context *c, const struct msg *m,
    const struct addr *from, const struct addr *to, struct sip_change *change,
    struct buf *text)
{
	const struct proxy *p = c->proxy;
	bool has = msg_field(m, MSG_H_P_ASSERTED_IDENTITY, 0) != NULL;
	bool known, hide;

	if (!node_has_trust(p->node))
		return;
	if (m->request)
		note_privacy(p, m);
	/* RFC 3325 6: the hint is for the first proxy alone. */
	if (msg_field(m, MSG_H_P_PREFERRED_IDENTITY, 0) != NULL)
		identity_drop(change, MSG_H_P_PREFERRED_IDENTITY);
	known = has && node_trusts(p->node, from) && node_asserted_in(m).n > 0;
	hide = proxy_wants_privacy(m, "id") &&
	       !proxy_wants_privacy(m, "none") && !node_trusts(p->node, to);
	if (has && !known) {
		identity_drop(change, MSG_H_P_ASSERTED_IDENTITY);
		proxy_note(p, "- P-Asserted-Identity", STR_NULL,
		    RULE_IDENTITY_UNTRUSTED);
	} else if (has && hide) {
		identity_drop(change, MSG_H_P_ASSERTED_IDENTITY);
	}
	if (hide && (known || c->who != NULL))
		proxy_note(p, "- P-Asserted-Identity", STR_NULL,
		    RULE_IDENTITY_PRIVATE);
	else if (m->request && !known && c->who != NULL)
		assert_identity(c, m, text);
}
