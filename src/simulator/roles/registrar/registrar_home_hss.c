/*
 * The registrar of an IMS network, its S-CSCF (hss=NODE): it challenges by
 * vectors that the home subscriber server makes, and tells it whom it has.  TS
 * 24.229 5.4.1, RFC 3310, TS 29.228 6.1.2, 6.3.
 */
#include "roles/registrar/registrar_home.h"

#include "base/err.h"
#include "base/map.h"
#include "base/mem.h"
#include "msg/header_names.h"
#include "node/node_auth.h"
#include "node/program.h"
#include "node/world.h"
#include "rules/rule_names.h"
#include "sip/aka.h"
#include "sip/digest.h"
#include "text/json.h"

/* Characters of a nonce: 124 bits; digits of H(A1), by MD5. */
#define NONCE_CHARS 24
#define HA1_DIGITS  32

/* A challenge that was sent. */
struct vector {
	struct registrar_home *home;
	struct list link; /* in order of age */
	int64_t since;
	struct buf nonce, impi;
	struct buf res, rand; /* by the SIM … */
	struct buf ha1;       /* … or else by the password */
};

/* A REGISTER that waits for the server. */
struct waiting {
	struct list link;
	struct registrar *registrar;
	struct sip_transaction *tr; /* NULL once it has ended */
	struct buf impi, impu;
};

static enum digest_algorithm
algorithm_of(const struct vector *v)
{
	return v != NULL && v->ha1.n > 0 ? DIGEST_MD5 : DIGEST_AKAV1_MD5;
}

static void
free_vector(struct vector *v)
{
	list_remove(&v->link);
	map_drop(v->home->by_nonce, buf_view(&v->nonce), v);
	buf_free(&v->nonce);
	buf_free(&v->impi);
	buf_free(&v->res);
	buf_free(&v->rand);
	buf_free(&v->ha1);
	mem_free(v);
}

static void
free_waiting(struct waiting *w)
{
	if (w->tr != NULL)
		sip_transaction_set_user(w->tr, NULL, NULL);
	list_remove(&w->link);
	buf_free(&w->impi);
	buf_free(&w->impu);
	mem_free(w);
}

static struct str
associated(void *r, struct str aor)
{
	return registrar_home_associated(r, aor);
}

static void tell_unregistered(void *role, struct str aor);

/* The program of a proxy that it is as well, may ask whom R has, while R is UP.
 */
static void
serve_program(struct registrar *r, bool up)
{
	struct program *p = node_program(r->agent.node, "proxy");

	if (p == NULL)
		return;
	p->near.associated = up ? associated : NULL;
	p->near.unregistered = up ? tell_unregistered : NULL;
	p->near.registrar = r;
}

void
registrar_home_stop(struct registrar *r)
{
	struct registrar_home *h = r->home;

	if (h == NULL)
		return;
	serve_program(r, false);
	cx_client_destroy(h->cx);
	list_each (struct waiting, w, &h->waiting, link)
		free_waiting(w);
	list_each (struct vector, v, &h->vectors, link)
		free_vector(v);
	map_destroy(h->by_nonce);
	registrar_push_stop(h);
	mem_free(h);
}

int
registrar_home_start(struct registrar *r)
{
	struct registrar_home *h;

	if (node_attr(r->agent.node, "hss", NULL) == NULL)
		return 0;
	h = r->home = mem_zalloc(1, sizeof(*h));
	if (h == NULL)
		return ERR_NOMEM;
	list_init(&h->vectors);
	list_init(&h->waiting);
	list_init(&h->leaving);
	if (map_create(&h->associated) != 0 || map_create(&h->listings) != 0 ||
	    map_create(&h->by_nonce) != 0)
		return ERR_NOMEM;
	serve_program(r, true);
	return cx_client_create(&h->cx, r->agent.node, registrar_push_serve, r);
}

/* Its own name, by which the server knows who has a user. */
static void
put_server_name(const struct node *n, struct buf *out)
{
	size_t at = diameter_open(out, DIAMETER_AVP_SERVER_NAME);

	node_write_uri(&n->faces[0], ADDR_DEFAULT, out);
	diameter_close(out, at);
}

static void
record_home(struct node *n, enum digest_algorithm algorithm, const char *op,
    struct str user, const char *reason, unsigned status, enum rule_id why)
{
	struct trace_writer *w = node_record(n, TRACE_AUTH, why);

	trace_put_cstr(w, "op", op);
	trace_put_cstr(w, "scheme", "Digest");
	trace_put_cstr(w, "realm", n->domain);
	trace_put_str(w, "user", user);
	trace_put_cstr(w, "algorithm", digest_algorithm_name(algorithm));
	if (reason != NULL)
		trace_put_cstr(w, "reason", reason);
	if (status != 0)
		trace_put_int(w, "status", status);
	node_record_cause(n);
}

void
registrar_forget_vectors(struct registrar_home *h, struct str impi)
{
	list_each (struct vector, v, &h->vectors, link)
		if (str_eq(impi, buf_view(&v->impi)))
			free_vector(v);
}

/* ---- waiting ---- */

static void
on_waiting_ended(struct sip_transaction *tr, void *arg)
{
	(void)tr;
	((struct waiting *)arg)->tr = NULL;
}

static const struct sip_transaction_ops registrar_hss_ops = {
	.ended = on_waiting_ended
};

/* Takes IMPI and IMPU; NULL when out of memory. */
static struct waiting *
begin_waiting(struct registrar *r, const struct sip_in *in, struct buf *impi,
    struct buf *impu)
{
	struct waiting *w = mem_zalloc(1, sizeof(*w));

	if (w == NULL)
		return NULL;
	w->registrar = r;
	w->tr = in->tr;
	w->impi = *impi;
	w->impu = *impu;
	*impi = *impu = BUF_INIT;
	list_append(&r->home->waiting, &w->link);
	sip_transaction_set_user(in->tr, &registrar_hss_ops, w);
	return w;
}

/* Sends QUESTION for W. */
static void
ask_hss(struct waiting *w, struct buf *question, cx_fn *fn)
{
	if (cx_ask(w->registrar->home->cx, buf_view(&w->impu), question, fn,
		w) != 0) {
		node_fail_memory(w->registrar->agent.node);
		free_waiting(w);
	}
}

/* W's REGISTER is rejected, or has ended: true. */
static bool
is_over(struct waiting *w, enum diameter_command command,
    const struct diameter *answer)
{
	struct node *n = w->registrar->agent.node;
	struct cx_outcome o = cx_judge(command, answer);
	struct sip_in in;

	if (w->tr != NULL && o.status != 0) {
		in = node_request_of(n, w->tr);
		node_answer(n, &in, o.status, o.why);
	}
	return w->tr == NULL || o.status != 0;
}

/* ---- the challenge ---- */

static void
put_hex(struct str bytes, struct buf *out)
{
	for (size_t i = 0; i < bytes.n; i++)
		buf_hex(out, (uint8_t)bytes.p[i], 2);
}

/* TS 24.229 5.4.1.2.1: CK and IK are for the P-CSCF, which takes them out. */
static void
send_challenge(struct registrar *r, const struct sip_in *in, struct str item,
    struct vector *v)
{
	struct node *n = r->agent.node;
	struct buf ck = BUF_INIT, ik = BUF_INIT, value = BUF_INIT;
	struct digest_challenge c = {
		.realm = auth_realm(r->auth),
		.nonce = buf_view(&v->nonce),
		.algorithm = algorithm_of(v),
		.has_algorithm = true,
		.qop_auth = true,
	};
	enum rule_id why = v->ha1.n > 0 ? RULE_AUTH_401 : RULE_AKA_CHALLENGE;
	int err = 0;

	put_hex(diameter_find(item, DIAMETER_AVP_CONFIDENTIALITY_KEY), &ck);
	put_hex(diameter_find(item, DIAMETER_AVP_INTEGRITY_KEY), &ik);
	c.ck = buf_view(&ck);
	c.ik = buf_view(&ik);
	digest_challenge_write(&c, &value);
	record_home(n, c.algorithm, "challenge", buf_view(&v->impi), "vector",
	    401, why);
	buf_end(&ck, &err);
	buf_end(&ik, &err);
	if (err != 0)
		node_fail_memory(n);
	node_reply_field(n, in, 401, "WWW-Authenticate", &value, why);
}

/* Removes vectors that are too old to be answered. */
static void
sweep_vectors(struct registrar_home *h, int64_t now)
{
	struct list *first;

	while ((first = list_first(&h->vectors)) != NULL &&
	       now - LIST_ENTRY(first, struct vector, link)->since >=
		   NONCES_LIFE_NS)
		free_vector(LIST_ENTRY(first, struct vector, link));
}

/* What ITEM, of an answer, has for a password: 32 hex digits, else nothing. */
static struct str
ha1_of(struct str item)
{
	struct str digest =
	    diameter_find(item, DIAMETER_AVP_DIGEST_AUTHENTICATE);
	struct str ha1 = diameter_find(digest, DIAMETER_AVP_DIGEST_HA1);

	return ha1.n == HA1_DIGITS ? ha1 : STR_NULL;
}

static bool
has_vector(struct str item)
{
	return ha1_of(item).n > 0 ||
	       (diameter_find(item, DIAMETER_AVP_AUTHENTICATE).n == AKA_NONCE &&
		   diameter_find(item, DIAMETER_AVP_AUTHORIZATION).n > 0);
}

/* 0 or ERR_NOMEM. */
static int
keep_vector(
    struct registrar *r, struct str impi, struct str item, struct vector **out)
{
	struct str nonce = diameter_find(item, DIAMETER_AVP_AUTHENTICATE);
	struct str ha1 = ha1_of(item);
	int64_t now = sim_now(node_sim(r->agent.node));
	struct vector *v = mem_zalloc(1, sizeof(*v));

	*out = v;
	if (v == NULL)
		return ERR_NOMEM;
	sweep_vectors(r->home, now);
	v->home = r->home;
	v->since = now;
	list_append(&r->home->vectors, &v->link);
	buf_str(&v->ha1, ha1);
	if (ha1.n > 0)
		sip_stack_token(r->agent.node->stack, SIP_STREAM_NONCE,
		    NONCE_CHARS, &v->nonce);
	else
		json_put_base64(&v->nonce, nonce);
	buf_str(&v->rand, str_slice(nonce, 0, MILENAGE_KEY));
	buf_str(&v->res, diameter_find(item, DIAMETER_AVP_AUTHORIZATION));
	buf_str(&v->impi, impi);
	if (v->nonce.err != 0 || v->rand.err != 0 || v->res.err != 0 ||
	    v->impi.err != 0 || v->ha1.err != 0)
		return ERR_NOMEM;
	/* Of two alike the older counts. */
	if (map_get(r->home->by_nonce, buf_view(&v->nonce)) == NULL &&
	    map_put(r->home->by_nonce, buf_view(&v->nonce), v) != 0)
		return ERR_NOMEM;
	return nonces_add(r->agent.node->nonces, buf_view(&v->nonce), now);
}

static void
on_vector(const struct diameter *answer, void *arg)
{
	struct waiting *w = arg;
	struct registrar *r = w->registrar;
	struct vector *v;
	struct str item;
	struct sip_in in;

	if (!is_over(w, DIAMETER_MA, answer)) {
		in = node_request_of(r->agent.node, w->tr);
		item = diameter_find(answer->avps, DIAMETER_AVP_AUTH_ITEM);
		if (!has_vector(item))
			node_answer(r->agent.node, &in, 500, RULE_CX_FAILED);
		else if (keep_vector(r, buf_view(&w->impi), item, &v) != 0)
			node_fail_memory(r->agent.node);
		else
			send_challenge(r, &in, item, v);
	}
	free_waiting(w);
}

/* How who sends C (without a SIM: nothing, or a response by MD5) wants to prove
 * who he is (TS 29.229 6.3.9). */
static const char *
scheme_of(const struct digest_credentials *c)
{
	if (c->username.n == 0)
		return "Unknown";
	return c->response.n > 0 && c->algorithm == DIGEST_MD5
		   ? "SIP Digest"
		   : "Digest-AKAv1-MD5";
}

/* RAND and AUTS of V's answer go along where the SIM has counted further. */
static void
ask_vector(struct waiting *w, const struct vector *v, const char *scheme,
    struct str auts)
{
	struct registrar *r = w->registrar;
	struct buf q = BUF_INIT, sync = BUF_INIT;
	size_t at;

	cx_begin(r->home->cx, DIAMETER_MA, buf_view(&w->impi),
	    buf_view(&w->impu), &q);
	diameter_put_u32(&q, DIAMETER_AVP_NUMBER_AUTH_ITEMS, 1);
	at = diameter_open(&q, DIAMETER_AVP_AUTH_ITEM);
	diameter_put(&q, DIAMETER_AVP_AUTH_SCHEME, str_of(scheme));
	if (auts.n > 0) {
		buf_str(&sync, buf_view(&v->rand));
		json_base64(auts, &sync);
		diameter_put(&q, DIAMETER_AVP_AUTHORIZATION, buf_view(&sync));
	}
	diameter_close(&q, at);
	put_server_name(r->agent.node, &q);
	buf_end(&sync, &q.err);
	ask_hss(w, &q, on_vector);
}

/* ---- the assignment ---- */

static void
begin_assignment(struct registrar *r, struct str impi, struct str impu,
    enum diameter_value type, struct buf *q)
{
	cx_begin(r->home->cx, DIAMETER_SA, impi, impu, q);
	put_server_name(r->agent.node, q);
	diameter_put_value(q, type);
	diameter_put_value(q, DIAMETER_VALUE_DATA_THERE_NOT);
}

/* The same without waiting for the answer. */
static void
tell_assignment(struct registrar *r, struct str impi, struct str impu,
    enum diameter_value type)
{
	struct buf q = BUF_INIT;

	begin_assignment(r, impi, impu, type, &q);
	if (cx_ask(r->home->cx, impu, &q, NULL, NULL) != 0)
		node_fail_memory(r->agent.node);
}

static void
on_assigned(const struct diameter *answer, void *arg)
{
	struct waiting *w = arg;
	struct registrar *r = w->registrar;
	struct sip_transaction *tr = w->tr;
	struct sip_in in;
	bool over = is_over(w, DIAMETER_SA, answer);

	if (!over)
		registrar_keep_associated(r, buf_view(&w->impu),
		    diameter_find(answer->avps, DIAMETER_AVP_USER_DATA));
	free_waiting(w);
	if (over)
		return;
	in = node_request_of(r->agent.node, tr);
	registrar_proved(r, &in, STR_NULL);
}

/* He is called, and R does not have him: it may have begun again. */
static void
tell_unregistered(void *role, struct str aor)
{
	struct registrar *r = role;

	tell_assignment(r, STR_NULL, aor, DIAMETER_VALUE_ASSIGN_UNREGISTERED);
}

void
registrar_home_lapsed(struct registrar *r, struct str aor)
{
	tell_assignment(r, STR_NULL, aor, DIAMETER_VALUE_ASSIGN_TIMEOUT);
}

void
registrar_home_stored(struct registrar *r, const struct msg *m, int64_t seconds)
{
	LOCAL_BUF impi = BUF_INIT, impu = BUF_INIT;
	bool known = r->home != NULL && cx_identities(m, &impi, &impu) == 0 &&
		     registrar_home_has(r->home, buf_view(&impu));

	if (known && seconds > 0) {
		registrar_keep_until(r, buf_view(&impu), seconds);
	} else if (known) {
		tell_assignment(r, buf_view(&impi), buf_view(&impu),
		    DIAMETER_VALUE_ASSIGN_END);
		registrar_forget_associated(r->home, buf_view(&impu));
	}
}

/* ---- the request ---- */

/* X(ID, op in the trace, reason there, rule by a SIM, by a password, status; 0:
 * it goes on) */
#define ANSWERS(X)                                                             \
	X(NEW, NULL, NULL, NONE, NONE, 0)                                      \
	X(OLD, "stale", "nonce", AUTH_STALE, AUTH_STALE, 0)                    \
	X(STEP, "challenge", "auts", AKA_RESYNC, AKA_RESYNC, 0)                \
	X(MAC, "refuse", "mac", AKA_WRONG_MAC_HEARD, AKA_WRONG_MAC_HEARD, 403) \
	X(WRONG, "refuse", "password", AKA_WRONG, AUTH_WRONG, 403)             \
	X(GOOD, "accept", NULL, AKA_ACCEPT, AUTH_ACCEPT, 0)

enum answer {
#define X(id, op, reason, why, plain, status) ANSWER_##id,
	ANSWERS(X)
#undef X
};

static const struct {
	const char *op, *reason;
	enum rule_id why[2];
	unsigned status;
} answers[] = {
#define X(id, op, reason, why, plain, status) \
	{ op, reason, { RULE_##why, RULE_##plain }, status },
	ANSWERS(X)
#undef X
};

static const struct vector *
find_vector(
    const struct registrar_home *h, struct str nonce, const struct buf *impi)
{
	const struct vector *v = map_get(h->by_nonce, nonce);

	return v != NULL && str_eq(buf_view(impi), buf_view(&v->impi)) ? v
								       : NULL;
}

/* The right response to V. */
static int
compute_response(const struct vector *v, const struct digest_credentials *c,
    const struct msg *m, char hex[DIGEST_HEX])
{
	if (c->algorithm != algorithm_of(v))
		return ERR_UNSUPPORTED;
	if (v->ha1.n > 0)
		return digest_response_of(
		    c, buf_view(&v->ha1), m->method_name, m->body, hex);
	return digest_response(c, c->auts.n > 0 ? STR_NULL : buf_view(&v->res),
	    m->method_name, m->body, hex);
}

/* RFC 3310 3.2 to 3.4: what a phone makes of the challenge V. */
static enum answer
judge_answer(struct registrar *r, const struct msg *m,
    const struct digest_credentials *c, const struct vector *v)
{
	struct node *n = r->agent.node;
	char hex[DIGEST_HEX];

	if (v == NULL)
		return ANSWER_NEW;
	if (c->response.n == 0)
		return v->ha1.n > 0 ? ANSWER_NEW : ANSWER_MAC;
	if (compute_response(v, c, m, hex) != 0 || !str_is(c->response, hex))
		return ANSWER_WRONG;
	if (nonces_use(n->nonces, c->nonce,
		c->qop == DIGEST_QOP_NONE ? UINT32_MAX : c->nc,
		sim_now(node_sim(n))) != NONCES_GOOD)
		return ANSWER_OLD;
	return c->auts.n > 0 ? ANSWER_STEP : ANSWER_GOOD;
}

/* What follows of ANSWER; W has IN's request. */
static void
follow_answer(struct registrar *r, const struct sip_in *in, struct waiting *w,
    enum answer answer, const struct digest_credentials *c,
    const struct vector *v)
{
	enum rule_id why =
	    answers[answer].why[algorithm_of(v) != DIGEST_AKAV1_MD5];
	struct str impu = buf_view(&w->impu);
	struct buf q = BUF_INIT;

	if (answers[answer].op != NULL)
		record_home(r->agent.node, algorithm_of(v), answers[answer].op,
		    buf_view(&w->impi), answers[answer].reason,
		    answers[answer].status, why);

	if (answers[answer].status != 0) {
		/* TS 24.229 5.4.1.2.3: it may forget who has tried. */
		tell_assignment(
		    r, buf_view(&w->impi), impu, DIAMETER_VALUE_ASSIGN_FAILED);
		free_waiting(w);
		node_answer(r->agent.node, in, answers[answer].status, why);
	} else if (answer != ANSWER_GOOD) {
		ask_vector(w, v, scheme_of(c),
		    answer == ANSWER_STEP ? c->auts : STR_NULL);
	} else if (cx_ends(in->m) ||
		   msg_field(in->m, MSG_H_CONTACT, 0) == NULL) {
		free_waiting(w);
		registrar_proved(r, in, STR_NULL);
	} else {
		begin_assignment(r, buf_view(&w->impi), impu,
		    registrar_home_has(r->home, impu)
			? DIAMETER_VALUE_ASSIGN_AGAIN
			: DIAMETER_VALUE_ASSIGN,
		    &q);
		ask_hss(w, &q, on_assigned);
	}
}

void
registrar_home_request(struct registrar *r, const struct sip_in *in)
{
	struct node *n = r->agent.node;
	LOCAL_BUF impi = BUF_INIT, impu = BUF_INIT;
	struct digest_credentials c;
	const struct vector *v;
	enum answer answer;
	struct waiting *w;
	int err = cx_identities(in->m, &impi, &impu);

	/* A request without credentials has none that could be right. */
	memset(&c, 0, sizeof(c));
	digest_credentials_read(msg_value(in->m, MSG_H_AUTHORIZATION), &c);
	v = find_vector(r->home, c.nonce, &impi);
	answer = judge_answer(r, in->m, &c, v);
	if (err == ERR_SYNTAX) {
		node_answer_bad(n, in, MSG_H_TO, RULE_BAD_REQUEST);
	} else if (err != 0 ||
		   (w = begin_waiting(r, in, &impi, &impu)) == NULL) {
		node_fail_memory(n);
	} else {
		follow_answer(r, in, w, answer, &c, v);
	}
}
