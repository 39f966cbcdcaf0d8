/*
 * The path of a response whose destination is a name (RFC 3263 5): the name in
 * the Via's sent-by, once neither the connection of the request nor its source
 * can be reached, or the name in its maddr.  The node looks up the servers of
 * the name; each is tried when the one before could not be reached.
 */
#include "sip/transaction_in.h"

#include "base/err.h"
#include "base/mem.h"
#include "base/ref.h"
#include "rules/rule_names.h"

struct sip_response_path {
	struct list link; /* in stack->ways_back; of a transaction in none */
	struct sip_stack *stack;
	struct sip_transaction *tr; /* whose responses go there … */
	struct sip_bytes *response; /* … NULL: this one does, which … */
	struct addr from;           /* … is sent from here … */
	uint64_t sent;              /* … and was first by this record, or 0 */
	struct sip_origin why;      /* of what waits for a server */
	struct addr to;             /* tried last; len 0: nothing was */
	char *uri;                  /* the name looked up */
	void *search;               /* the node's; NULL: not begun */
	sim_event asking;           /* its question is put */
	bool seeking;               /* it is, and has no answer yet */
	const char *how;            /* how TO failed; static */
	int64_t t;                  /* made then */
};

/* ---- names to look up ---- */

/* Letters, digits, dots and hyphens: nothing that means more in a URI. */
static bool
is_name(struct str host)
{
	struct addr numeric;

	for (size_t i = 0; i < host.n; i++)
		if (!chr_is_alnum(host.p[i]) && host.p[i] != '.' &&
		    host.p[i] != '-')
			return false;
	return host.n > 0 && addr_parse(host, &numeric) != 0;
}

bool
sip_seeks_maddr(const struct sip_stack *s, const struct msg_via *via)
{
	return s->config.search != NULL && via->has_maddr &&
	       is_name(via->maddr);
}

/* As a URI: SRV records are for a name without a port, and maddr has the port
 * that the sent-by has or could have (RFC 3261 18.2.2). */
static int
write_uri(const struct sip_stack *s, const struct msg_via *via,
    enum addr_transport transport, struct buf *uri)
{
	const struct addr_transport_row *by = &addr_transports[transport];
	bool other = !by->stream && sip_seeks_maddr(s, via);
	uint16_t port = other ? msg_via_port(via) : via->port;
	struct str host = other ? via->maddr : via->host;

	/* RFC 7118 5.3: by WebSocket there is no other way back. */
	if (by->framing == ADDR_WEBSOCKET || !is_name(host))
		return ERR_NOTFOUND;
	buf_puts(uri, addr_scheme(transport));
	buf_str(uri, host);
	if (port != 0)
		buf_printf(uri, ":%u", port);
	buf_printf(uri, ";transport=%s", by->param);
	return uri->err;
}

/* ---- life ---- */

static void
free_path(struct sip_response_path *w)
{
	struct sim *sim = w->stack->config.engine->sim;

	if (w->asking != 0) {
		sim_cancel(sim, w->asking);
		sim_release(sim);
	}
	if (w->search != NULL)
		w->stack->config.search->end(w->search);
	if (w->tr != NULL && w->tr->back == w)
		w->tr->back = NULL;
	list_remove(&w->link);
	sip_bytes_unref(w->response);
	mem_free(w->uri);
	mem_free(w);
}

/* Forgets lookups of responses whose transaction no longer waits. */
static void
forget_old(struct sip_stack *s)
{
	int64_t now = sim_now(s->config.engine->sim);

	list_each (struct sip_response_path, w, &s->ways_back, link)
		if (now - w->t > SIP_64T1_NS)
			free_path(w);
}

/* TR's response goes on without it. */
static void
part(struct sip_response_path *w, const struct sip_transaction *tr)
{
	forget_old(w->stack);
	w->tr = NULL;
	w->response = sip_bytes_ref(tr->response);
	w->from = tr->local;
	w->sent = tr->response_sent;
	list_append(&w->stack->ways_back, &w->link);
}

/* By a stream Timer J is 0: a transaction may be over before it is known that
 * its response did not get through. */
void
sip_response_path_end(struct sip_transaction *tr)
{
	struct sip_response_path *w = tr->back;

	tr->back = NULL;
	if (w != NULL && tr->machine == SIP_NIST && tr->response != NULL &&
	    addr_is_stream(&tr->peer))
		part(w, tr);
	else if (w != NULL)
		free_path(w);
}

void
sip_response_paths_end(struct sip_stack *s)
{
	list_each (struct sip_response_path, w, &s->ways_back, link)
		free_path(w);
}

/* For responses with VIA, by TO's transport; NULL when memory is out, where VIA
 * has no name, or the node resolves no names. */
static struct sip_response_path *
make_way(struct sip_stack *s, const struct msg_via *via, const struct addr *to)
{
	struct sip_response_path *w = NULL;
	LOCAL_BUF uri = BUF_INIT;
	int err = ERR_NOTFOUND;

	if (s->config.search != NULL)
		err = write_uri(s, via, to->transport, &uri);
	if (err == 0)
		w = mem_zalloc(1, sizeof(*w));
	if (w != NULL) {
		w->stack = s;
		w->to = *to;
		w->uri = buf_take(&uri);
		w->why.why = RULE_TRANSPORT_SENT_BY_NAME;
		w->t = sim_now(s->config.engine->sim);
		list_init(&w->link);
	} else if (err != ERR_NOTFOUND) {
		sip_no_memory(s->config.engine);
	}
	return w;
}

void
sip_response_path_of(struct sip_transaction *tr, const struct msg_via *via,
    const struct addr *to)
{
	if (tr->back != NULL)
		free_path(tr->back);
	tr->back = make_way(tr->stack, via, to);
	if (tr->back != NULL)
		tr->back->tr = tr;
}

/* ---- the next server ---- */

/* There is no other server to ask. */
static void
fail_way(struct sip_response_path *w)
{
	struct sip_transaction *tr = w->tr;
	const char *how = w->how;

	free_path(w);
	/* HOW is NULL for a datagram: its loss is not noticed. */
	if (tr != NULL && how != NULL)
		sip_step_trouble(tr, how);
}

static void ask_next(void *arg);

/* In an event of its own: the step of a transaction may be under way. */
static void
seek_next(struct sip_response_path *w)
{
	struct sip_stack *s = w->stack;

	w->seeking = true;
	sim_hold(s->config.engine->sim);
	w->asking =
	    sim_after(s->config.engine->sim, 0, s->config.node, ask_next, w);
}

/* The node's search tells a server's address, or that there is none. */
static void
on_found(int err, const struct addr *dst, void *arg)
{
	struct sip_response_path *w = arg;
	struct sip_stack *s = w->stack;
	struct sim *sim = s->config.engine->sim;
	uint64_t cause = sim_cause(sim);

	w->seeking = false;
	ref_keep(s);
	if (err == 0 && addr_eq(&w->to, dst)) {
		/* It is the one that has just failed. */
		seek_next(w);
	} else if (err == 0) {
		w->to = *dst;
		sip_record_detour(
		    s, str_of(w->uri), dst, RULE_TRANSPORT_SENT_BY_NAME);
		if (w->tr != NULL)
			sip_step_back(w->tr, dst, w->why.why);
		else
			sip_send_fit(
			    s, w->response, &w->from, dst, &w->why, w->sent);
	} else {
		fail_way(w);
	}
	sim_set_cause(sim, cause);
	ref_drop(s);
}

/* The search may tell at once, and W be gone. */
static void
ask_next(void *arg)
{
	struct sip_response_path *w = arg;
	const struct sip_search_ops *ops = w->stack->config.search;
	struct sim *sim = w->stack->config.engine->sim;

	w->asking = 0;
	sim_release(sim);
	if (w->search == NULL)
		w->search =
		    ops->begin(w->uri, on_found, w, w->stack->config.arg);
	if (w->search == NULL)
		sip_no_memory(w->stack->config.engine);
	if (w->search == NULL || !ops->next(w->search))
		fail_way(w);
}

bool
sip_response_path_holds(struct sip_transaction *tr, enum rule_id why)
{
	struct sip_response_path *w = tr->back;

	if (w == NULL || (w->to.len != 0 && !w->seeking))
		return false;
	w->why.why = why;
	if (!w->seeking)
		seek_next(w);
	return true;
}

bool
sip_response_path_is_found(const struct sip_transaction *tr)
{
	return tr->back != NULL && tr->back->search != NULL;
}

bool
sip_response_path_goes_on(struct sip_transaction *tr, const char *how)
{
	struct sip_response_path *w = tr->back;

	if (w == NULL)
		return false;
	w->how = how;
	if (!w->seeking)
		seek_next(w);
	return true;
}

/* ---- without a transaction ---- */

void
sip_response_path_keep(struct sip_stack *s, struct str bytes,
    const struct addr *from, const struct addr *to,
    const struct sip_origin *why, uint64_t sent)
{
	struct sip_engine *e = s->config.engine;
	struct sip_bytes *response = sip_shared_bytes(e, bytes);
	struct sip_response_path *w = NULL;
	struct msg_via via;

	forget_old(s);
	if (response == NULL)
		sip_no_memory(e);
	else if (sip_own_read(e, response) == MSG_FAULT_NONE &&
		 msg_top_via(&e->own, &via) == 0)
		w = make_way(s, &via, to);
	if (w == NULL) {
		sip_bytes_unref(response);
		return;
	}
	w->response = response;
	w->from = *from;
	w->why = *why;
	w->sent = sent;
	list_append(&s->ways_back, &w->link);
	if (to->len == 0)
		seek_next(w);
}

void
sip_response_paths_fail(
    struct sip_stack *s, const struct addr *dst, const char *how)
{
	list_each (struct sip_response_path, w, &s->ways_back, link)
		if (!w->seeking && addr_eq(&w->to, dst)) {
			w->how = how;
			seek_next(w);
		}
}
