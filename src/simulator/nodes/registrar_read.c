/*
 * What a REGISTER asks for: RFC 3261 10.3 steps 6 and 7, RFC 3327 5.3.  It is
 * judged whole before anything is stored.
 */
#include "nodes/registrar_in.h"

#include "base/err.h"
#include "msg/parts.h"
#include "rules/rule_names.h"

/* Bytes of a response that are copied from its request, at most.  With the
 * Contacts (LOCATION_URI_BYTES, and less than 50 bytes around each of
 * LOCATION_CONTACTS) the head of a 200 stays below MSG_MAX_HEAD. */
#define COPIED_BYTES 8192

/* 10.2: what does not fit 32 bits is malformed, and counts as 3600. */
static int64_t
seconds(struct str text)
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
		return seconds(text);
	if (msg_field(m, MSG_H_EXPIRES, 0) != NULL)
		return seconds(msg_value(m, MSG_H_EXPIRES));
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

/* Adds one Contact to U. */
static struct registrar_verdict
take_contact(const struct node *n, const struct msg *m, struct str value,
    struct str path, struct location_update *u)
{
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
	if (is_brief(n, expires))
		return registrar_refusal(423, RULE_REGISTER_BRIEF, 0);
	err = location_contacts_add(&u->contacts, a.uri, expires, q);
	if (err == 0)
		err = location_contacts_set_path(&u->contacts, path);
	if (err == ERR_NOMEM)
		node_fail_memory(n);
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

	for (size_t i = 0; i < sizeof(copied) / sizeof(copied[0]); i++)
		for (size_t k = 0; (f = msg_field(m, copied[i], k)) != NULL;
		     k++)
			n += f->line.n;
	return n > COPIED_BYTES;
}

struct registrar_verdict
registrar_read(
    const struct node *n, const struct msg *m, struct location_update *u)
{
	struct registrar_verdict v = registrar_accepted;
	struct msg_values it = { 0 };
	struct buf path = BUF_INIT;
	struct str value;

	if (is_register_too_large(m))
		return registrar_refusal(513, RULE_REGISTER_LARGE, 0);
	registrar_write_path(m, &path);
	if (path.err != 0)
		node_fail_memory(n);
	if (!location_path_is_valid(buf_view(&path)))
		v = registrar_refusal(400, RULE_BAD_REQUEST, MSG_H_PATH);
	while (v.status == 0 && msg_next_value(m, MSG_H_CONTACT, &it, &value))
		v = take_contact(n, m, value, buf_view(&path), u);
	/* All of them are read first: a * may come last. */
	if (v.status == 0 && is_bad_star(m, u))
		v = registrar_refusal(400, RULE_REGISTER_STAR, MSG_H_CONTACT);
	buf_free(&path);
	return v;
}
