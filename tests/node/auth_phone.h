/* For tests of who asks: a registrar and proxy, and a phone that computes what
 * it answers to challenges. */
#ifndef AUTH_PHONE_H
#define AUTH_PHONE_H

#include "fixtures/stage.h"

#include "msg/header_names.h"
#include "sip/digest.h"

static struct stage asked;
static struct tester phone;
static unsigned asked_branch;

/* How a tester answers a challenge; 0 and NULL: as it should. */
struct answer {
	const char *user, *password; /* alice, "wonder land" */
	const char *method, *uri, *body;
	unsigned nc;
	unsigned field; /* which of the challenges */
	bool no_qop, integrity, no_response;
	enum digest_algorithm session; /* instead of the challenge's */
};

static inline void
start(const char *attrs)
{
	stage_open(&asked);
	tester_open(&asked, &phone, "phone", 9);
	stage_node(
	    &asked, "srv", "proxy registrar location", "B.example", 2, attrs);
	CU_ASSERT_EQUAL_FATAL(
	    node_set_attr(stage_add(&asked, "alice", "ua", "b.example", 3,
			      "aor=sip:alice@b.example"),
		"password", "wonder land"),
	    0);
}

static inline void
stop(void)
{
	STAGE_STOP(&asked, 40000);
	tester_close(&phone);
}

static inline const char *
or_else(const char *text, const char *fallback)
{
	return text != NULL ? text : fallback;
}

/* The credentials that answer the challenge in the I-th message. */
static inline const char *
answer(size_t i, const struct answer *k)
{
	static struct buf line;
	bool proxy = tester_status(&phone, i) == 407;
	const struct msg_field *f = msg_field(tester_at(&phone, i),
	    proxy ? MSG_H_PROXY_AUTHENTICATE : MSG_H_WWW_AUTHENTICATE,
	    k->field);
	struct digest_challenge ch = { 0 };
	struct digest_credentials c = { 0 };
	char hex[DIGEST_HEX] = "";

	buf_clear(&line);
	CU_ASSERT_PTR_NOT_NULL_FATAL(f);
	CU_ASSERT_EQUAL(digest_challenge_read(f->value, &ch), 0);
	c.username = str_of(or_else(k->user, "alice"));
	c.realm = ch.realm;
	c.nonce = ch.nonce;
	c.uri = str_of(or_else(k->uri, "sip:b.example"));
	c.cnonce = STR("c\\nonce");
	c.algorithm = k->session != 0 ? k->session : ch.algorithm;
	c.has_algorithm = true;
	c.qop = k->no_qop      ? DIGEST_QOP_NONE
		: k->integrity ? DIGEST_QOP_AUTH_INT
			       : DIGEST_QOP_AUTH;
	c.nc = k->nc != 0 ? k->nc : 1;
	digest_response(&c, str_of(or_else(k->password, "wonder land")),
	    str_of(or_else(k->method, "REGISTER")), str_of(k->body), hex);
	c.response = str_of(k->no_response ? "" : hex);
	buf_puts(&line, proxy ? "Proxy-Authorization: " : "Authorization: ");
	digest_credentials_write(&c, &line);
	buf_putc(&line, '\n');
	return buf_cstr(&line);
}

/* Sends a REGISTER and gives the index of what comes back. */
static inline size_t
ask(const char *extra)
{
	char b[20];
	size_t n = phone.n;

	snprintf(b, sizeof(b), "%u", ++asked_branch);
	tester_ask(&phone, 2, "REGISTER", "sip:b.example",
	    "<sip:alice@b.example>", "r", asked_branch, b, extra);
	stage_run(&asked, 100);
	CU_ASSERT_EQUAL(phone.n, n + 1);
	return phone.n - 1;
}

static inline unsigned
ask_status(const char *extra)
{
	return tester_status(&phone, ask(extra));
}

/* Lines of kind auth with that op, and with MORE (may be NULL) in them. */
static inline size_t
noted(const char *op, const char *more)
{
	char text[40];

	snprintf(text, sizeof(text), "\"op\":\"%s\"", op);
	return stage_count(&asked, KIND("auth"), text, more);
}

#define REASON(text) "\"reason\":\"" text "\""

#endif
