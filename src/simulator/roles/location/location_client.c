/*
 * Asking the location service: the one on this node at once, unless it thinks;
 * another by datagrams, three times 500 ms apart.  An answer that can't be read
 * may have been damaged on its way, so the tries go on; if no other comes, it
 * is remembered that there was one.
 */
#include "roles/location/location.h"

#include "base/err.h"
#include "base/list.h"
#include "base/map.h"
#include "base/mem.h"
#include "msg/parts.h"
#include "node/uri.h"
#include "node/world.h"

struct question {
	struct list link;
	struct location_client *client;
	int64_t id;
	unsigned tries;
	uint64_t first;   /* seq of the first send */
	uint64_t garbled; /* record of an answer that can't be read, or 0 */
	bool store;
	const struct location_words *words;
	struct buf datagram;
	char *aor;
	sim_event timer;
	location_fn *fn;
	void *arg;
};

struct location_client {
	struct node *node;
	struct net_sock *sock; /* opened with the first question by net */
	struct list questions;
	struct map *by_id;
};

int
location_client_create(struct location_client **cp, struct node *n)
{
	struct location_client *c = mem_zalloc(1, sizeof(*c));

	*cp = c;
	if (c == NULL)
		return ERR_NOMEM;
	c->node = n;
	list_init(&c->questions);
	if (map_create(&c->by_id) != 0) {
		mem_free(c);
		*cp = NULL;
		return ERR_NOMEM;
	}
	return 0;
}

static struct str
id_key(const int64_t *id)
{
	return (struct str){ (const char *)id, sizeof(*id) };
}

static void
location_client_question_free(struct question *q)
{
	struct sim *sim = node_sim(q->client->node);

	sim_cancel(sim, q->timer);
	list_remove(&q->link);
	map_remove(q->client->by_id, id_key(&q->id));
	buf_free(&q->datagram);
	mem_free(q->aor);
	mem_free(q);
	sim_release(sim);
}

void
location_client_destroy(struct location_client *c)
{
	if (c == NULL)
		return;
	list_each (struct question, q, &c->questions, link)
		location_client_question_free(q);
	if (c->sock != NULL)
		net_udp_close(c->sock);
	map_destroy(c->by_id);
	mem_free(c);
}

/* OP is what the record says was done. */
static void
location_client_finish_question(struct question *q, const char *op,
    enum location_status status, const struct location_contacts *bindings)
{
	location_fn *fn = q->fn;
	void *arg = q->arg;

	location_record(q->client->node, op, str_of(q->aor), status, bindings,
	    q->words->why);
	location_client_question_free(q);
	fn(status, bindings, arg);
}

/* The node that is to be asked; NULL where there is none. */
static struct node *
service(const struct location_client *c)
{
	return world_find(c->node->world, node_attr(c->node, "location", ""));
}

/* No answer came, or none that is of use. */
static void
give_question_up(struct question *q)
{
	struct location_contacts none = { NULL, 0 };

	if (q->garbled != 0)
		sim_set_cause(node_sim(q->client->node), q->garbled);
	location_client_finish_question(q, q->words->answered,
	    q->garbled != 0 ? LOCATION_GARBLED : LOCATION_SILENT, &none);
}

static void
location_client_send_question(void *arg)
{
	struct question *q = arg;
	struct location_client *c = q->client;
	struct trace_message m = { .proto = TRACE_PROTO_LOCATION,
		.method = q->store ? STR("store") : STR("query"),
		.retx = q->first };
	const struct node *n = service(c);
	struct addr dst;
	uint64_t seq;

	q->timer = 0;
	if (q->tries == LOCATION_TRIES || n == NULL) {
		give_question_up(q);
		return;
	}
	q->tries++;
	dst = node_face_for(n, c->node)->addr;
	dst.port = TRACE_PORT_LOCATION;
	seq = net_udp_send(
	    c->sock, &dst, buf_view(&q->datagram), &m, q->words->why);
	if (q->first == 0)
		q->first = seq;
	q->timer = node_after(
	    c->node, LOCATION_RETRY_NS, location_client_send_question, q);
}

/* Only the service may answer. */
static bool
is_service(const struct location_client *c, const struct addr *src)
{
	const struct node *n = service(c);

	return n != NULL && node_has_addr(n, src) &&
	       src->port == TRACE_PORT_LOCATION;
}

/* The service said something that is not an answer: to the question with ID,
 * or, where that can't be read either, to any. */
static void
note_garbled(struct location_client *c, int64_t id)
{
	uint64_t bad =
	    location_note_bad(c->node, "an answer that can't be read");
	struct question *one = map_get(c->by_id, id_key(&id));

	list_each (struct question, q, &c->questions, link)
		if (one == NULL || one == q)
			q->garbled = bad;
}

static void
on_location_answer(const struct net_datagram *d, void *arg)
{
	struct location_client *c = arg;
	struct location_packet p;
	struct question *q;
	int err = location_packet_read(&p, d->bytes);

	if (err == ERR_NOMEM) {
		node_fail_memory(c->node);
	} else if (!is_service(c, &d->src)) {
		location_note_bad(c->node, "not from the location service");
	} else if (err != 0 || p.op != LOCATION_ANSWER) {
		note_garbled(c, p.id);
	} else {
		q = map_get(c->by_id, id_key(&p.id));
		if (q != NULL)
			location_client_finish_question(q, q->words->answered,
			    p.status, &p.update.contacts);
		else /* late, or a second one */
			node_note_drop(
			    c->node, d->recv, TRACE_DROP_UNMATCHED, RULE_NONE);
	}
	location_packet_free(&p);
}

/* An id that neither this life of the node nor one before has used. */
static int64_t
new_id(struct location_client *c)
{
	LOCAL_BUF b = BUF_INIT;
	int64_t id;

	do {
		buf_clear(&b);
		sip_stack_token(c->node->stack, SIP_STREAM_QUERY, 8, &b);
		id = (int64_t)(str_hash(buf_view(&b)) & INT32_MAX);
	} while (b.err == 0 && map_get(c->by_id, id_key(&id)) != NULL);
	return id;
}

/* The service on this very node, unless another is named. */
static struct location *
local(const struct location_client *c)
{
	const char *name = node_attr(c->node, "location", NULL);

	if (name != NULL && world_find(c->node->world, name) != c->node)
		return NULL;
	return node_role_state(c->node, "location");
}

/* The service on this node has thought. */
static void
answer_locally(void *arg)
{
	struct question *q = arg;
	struct location *l = local(q->client);
	struct location_contacts found = { NULL, 0 };
	enum location_status s = LOCATION_SILENT;
	LOCAL(location_packet_free) struct location_packet p;
	int err = location_packet_read(&p, buf_view(&q->datagram));

	q->timer = 0;
	if (err == ERR_NOMEM)
		node_fail_memory(q->client->node);
	else if (err == 0 && l != NULL)
		s = q->store ? location_do_store(l, &p.update, &found)
			     : location_do_query(l, p.update.aor, &found);
	location_client_finish_question(q, q->words->asked, s, &found);
	location_contacts_free(&found);
}

/* Asks L, the service on this node, or where that is NULL by datagrams. */
static int
ask_later(struct location_client *c, const struct location *l,
    const struct location_update *u, struct str aor, location_fn *fn, void *arg)
{
	struct question *q = mem_zalloc(1, sizeof(*q));
	int err = 0;

	if (q == NULL)
		return ERR_NOMEM;
	q->client = c;
	q->id = new_id(c);
	q->store = u != NULL;
	q->words = location_words_of(u);
	q->fn = fn;
	q->arg = arg;
	q->aor = mem_dup(aor.p, aor.n);
	if (u != NULL)
		location_write_store(&q->datagram, q->id, u);
	else
		location_write_query(&q->datagram, q->id, aor);
	list_append(&c->questions, &q->link);
	sim_hold(node_sim(c->node));
	if (q->aor == NULL || q->datagram.err != 0 ||
	    map_put(c->by_id, id_key(&q->id), q) != 0)
		err = ERR_NOMEM;
	if (err == 0 && l == NULL && c->sock == NULL)
		err = net_udp_open(
		    c->node->host, 0, on_location_answer, c, &c->sock);
	if (err != 0)
		location_client_question_free(q);
	else if (l == NULL)
		location_client_send_question(q);
	else
		q->timer =
		    node_after(c->node, location_think(l), answer_locally, q);
	return err;
}

/* U, or where that is NULL a query for AOR. */
static int
ask_service(struct location_client *c, const struct location_update *u,
    struct str aor, location_fn *fn, void *arg)
{
	const struct location_words *words = location_words_of(u);
	struct location_contacts found = { NULL, 0 };
	enum location_status s = LOCATION_UNKNOWN;
	struct location *l = local(c);

	if (l != NULL ? location_think(l) > 0 : service(c) != NULL)
		return ask_later(c, l, u, aor, fn, arg);
	if (u != NULL)
		s = l != NULL ? location_do_store(l, u, &found)
			      : LOCATION_SILENT;
	else if (l != NULL)
		s = location_do_query(l, aor, &found);
	location_record(c->node, words->asked, aor, s, &found, words->why);
	fn(s, &found, arg);
	location_contacts_free(&found);
	return 0;
}

int
location_query(
    struct location_client *c, struct str uri, location_fn *fn, void *arg)
{
	LOCAL_BUF aor = BUF_INIT;
	struct str gr;
	struct msg_uri u;
	int err = msg_uri_aor(uri, &aor);

	node_own_aor(c->node, &aor);
	/* RFC 5627 6.1: what makes it a GRUU stays. */
	if (err == 0 && msg_uri_read(uri, &u) == 0 &&
	    msg_param(u.params, "gr", &gr)) {
		buf_puts(&aor, gr.n > 0 ? ";gr=" : ";gr");
		buf_str(&aor, gr);
	}
	if (err == 0)
		err = aor.err;
	return err != 0 ? err : ask_service(c, NULL, buf_view(&aor), fn, arg);
}

int
location_store(struct location_client *c, const struct location_update *u,
    location_fn *fn, void *arg)
{
	return ask_service(c, u, u->aor, fn, arg);
}
