/*
 * What a proxy makes of a request: its branches and what becomes of them,
 * what it leaves as it is, the routes. RFC 3261 16.4, 16.6, 16.7, 16.10.
 */
#include "base/addr.h"
#include "inspect/check.h"
#include "msg/header_names.h"
#include "msg/headers.h"

/* ---- branches, 16.7 and 16.10 ---- */

enum verdict
check_2xx_forwarded(struct inspected_message *l)
{
	const struct followed_tx *tx = l->tx;

	if (tx->method != MSG_INVITE || !tx->relayed || tx->final_came == 0 ||
	    tx->came_status / 100 != 2)
		return SILENT;
	if (tx->returned)
		return KEPT;
	if (!l->in->whole ||
	    !inspect_goes_on(l->in, tx->t_final_came, SIP_T1_NS) ||
	    inspected_node_is_down(l, tx->client))
		return SEEN;
	l->at = tx->final_came;
	l->as = ROLE_CLASS_PROXY;
	inspected_say(l, _("the 2xx was not forwarded"));
	return BROKEN;
}

/* 16.10: where a branch rings, and its INVITE was cancelled. */
enum verdict
check_branch_cancelled(struct inspected_message *l)
{
	const struct followed_tx *tx = l->tx, *up = tx->up;

	if (tx->method != MSG_INVITE || !tx->relayed || up == NULL ||
	    up->cancel == 0 ||
	    (tx->final_came != 0 && tx->t_final_came < up->t_cancel))
		return SILENT;
	l->as = ROLE_CLASS_PROXY;
	if (tx->cancel_sent != 0)
		return KEPT;
	inspected_say(l, _("the INVITE was cancelled, this branch was not"));
	return judge_missing(l, l->in->whole && tx->provisional != 0,
	    tx->client, up->t_cancel, SIP_64T1_NS, up->cancel);
}

/* ---- the best response ---- */

/* The final responses of a request's branches, 2xx left out. */
struct harvest {
	unsigned n, least;     /* how many, and their lowest class */
	bool all, again;       /* a 6xx is among them, one that tells more */
	bool moved;            /* a 3xx is, which may have been followed */
	unsigned nchallenging; /* 401 and 407, and what they ask */
	size_t challenges;
};

/* 16.7 step 6: these say how to ask again. */
static bool
asks_again(unsigned status)
{
	return status == 401 || status == 407 || status == 415 ||
	       status == 420 || status == 484;
}

/* The proxy has had B's final response: in a run its arrival is there; in a
 * capture the ACK shows that it was not lost behind it, and did not cross. */
static bool
forwarding_has_come(
    const struct inspected_message *l, const struct followed_tx *b)
{
	return b->final_came != 0 && (l->in->whole || b->ack != 0);
}

static struct harvest
forwarding_read_branches(const struct inspected_message *l)
{
	struct harvest h = { .least = 6 };

	for (const struct followed_tx *b = l->tx->branches; b != NULL;
	     b = b->beside) {
		/* RFC 4320 4.2: such a 408 is not an answer. */
		if (!forwarding_has_come(l, b) || b->status / 100 == 2 ||
		    (b->status == 408 && b->method != MSG_INVITE))
			continue;
		h.n++;
		h.all |= b->status >= 600;
		h.moved |= b->status / 100 == 3;
		h.again |= asks_again(b->status);
		if (b->status / 100 < h.least)
			h.least = b->status / 100;
		if (b->status == 401 || b->status == 407) {
			h.nchallenging++;
			h.challenges += tx_facts(l, b)->challenges;
		}
	}
	return h;
}

/* L forwards a rejection, and there was a choice. */
static bool
chooses(const struct inspected_message *l, struct harvest *h)
{
	if (!l->forwarded || l->msg->request || l->msg->status < 300 ||
	    l->tx == NULL || l->came == NULL || l->came->up != l->tx)
		return false;
	*h = forwarding_read_branches(l);
	return h->n > 1;
}

enum verdict
check_best_6xx(struct inspected_message *l)
{
	struct harvest h;

	if (!chooses(l, &h) || !h.all)
		return SILENT;
	inspected_measured(l,
	    _("%u is forwarded, although a branch has received a "
	      "6xx"),
	    l->msg->status);
	return verdict_of(l->msg->status >= 600);
}

enum verdict
check_best_class(struct inspected_message *l)
{
	struct harvest h;

	if (!chooses(l, &h) || h.all)
		return SILENT;
	/* Step 4: a 3xx that was followed is not an answer any more. */
	if (h.moved && l->msg->status / 100 != 3)
		return SEEN;
	inspected_measured(l,
	    _("%u is forwarded, although a branch has received a "
	      "%uxx"),
	    l->msg->status, h.least);
	return verdict_of(l->msg->status / 100 <= h.least);
}

/* A caller who has cancelled has nothing to ask again. */
enum verdict
check_best_retry(struct inspected_message *l)
{
	struct harvest h;

	if (!chooses(l, &h) || h.all || !h.again || l->msg->status / 100 != 4 ||
	    l->tx->cancel != 0)
		return SILENT;
	inspected_measured(l,
	    _("%u is forwarded, although another branch has received a "
	      "response that tells how to try again"),
	    l->msg->status);
	return verdict_of(asks_again(l->msg->status));
}

/* Step 7 */
enum verdict
check_challenges(struct inspected_message *l)
{
	size_t n = msg_count_values(l->msg, MSG_H_WWW_AUTHENTICATE) +
		   msg_count_values(l->msg, MSG_H_PROXY_AUTHENTICATE);
	struct harvest h;

	if (!chooses(l, &h) || h.nchallenging < 2 ||
	    (l->msg->status != 401 && l->msg->status != 407))
		return SILENT;
	inspected_measured(l,
	    _("the branches have received %zu challenges, and %zu are "
	      "forwarded"),
	    h.challenges, n);
	return verdict_of(n >= h.challenges);
}

/* ---- branches that need not ring any more ---- */

/* A branch beside TX has brought a final response of CLASS; the first. */
static const struct followed_tx *
find_decided(const struct followed_tx *tx, unsigned class)
{
	const struct followed_tx *first = NULL;

	for (const struct followed_tx *b = tx->up->branches; b != NULL;
	     b = b->beside)
		if (b != tx && b->final_came != 0 && b->status / 100 == class &&
		    (first == NULL || b->final_came < first->final_came))
			first = b;
	return first;
}

/* RFC 3841 9.1: its caller may ask that nothing be cancelled. */
static bool
is_disposed(struct inspected_message *l, const struct followed_tx *tx)
{
	const struct msg *m = inspected_other(l, tx->request);

	return m == NULL || msg_field(m, MSG_H_REQUEST_DISPOSITION, 0) != NULL;
}

/* A branch that rings when another one brings CLASS. */
enum verdict
check_others(struct inspected_message *l)
{
	const struct followed_tx *tx = l->tx, *d;

	if (tx->method != MSG_INVITE || !tx->relayed || tx->up == NULL)
		return SILENT;
	d = find_decided(tx, l->check->status);
	if (d == NULL)
		return SILENT;
	l->as = ROLE_CLASS_PROXY;
	if (tx->cancel_sent != 0)
		return tx->cancel_sent > d->final_came ? KEPT : SILENT;
	if (tx->final_came != 0 &&
	    tx->t_final_came - d->t_final_came < SIP_T1_NS)
		return SILENT;
	inspected_measured(l,
	    _("another branch has received a %u, and this one was not "
	      "cancelled"),
	    d->status);
	return judge_missing(l,
	    l->in->whole && !is_disposed(l, tx->up) && tx->provisional != 0 &&
		tx->t_provisional <= d->t_final_came,
	    tx->client, d->t_final_came, SIP_64T1_NS, d->final_came);
}

/* Step 5: no new branch after a 6xx. */
enum verdict
check_branch_late(struct inspected_message *l)
{
	if (!inspected_is_forwarded(l, true) || l->came->branches == NULL)
		return SILENT;
	inspected_say(
	    l, _("a branch is started after another one has received a "
		 "6xx"));
	for (const struct followed_tx *b = l->came->branches; b != NULL;
	     b = b->beside)
		if (b != l->tx && forwarding_has_come(l, b) && b->status >= 600)
			return BROKEN;
	return KEPT;
}

/* 17.1.1.3: who acknowledges a rejection of its branch has it acknowledged by
 * the hop before as well; that ACK goes no further.  The proxy's own shows that
 * it is not a stateless one. */
enum verdict
check_ack_absorbed(struct inspected_message *l)
{
	const struct followed_tx *came = l->came;

	if (!l->forwarded || !l->msg->request || l->msg->method != MSG_ACK ||
	    l->nvias < 2 || came == NULL || came->method != MSG_INVITE ||
	    came->final == 0 || came->status < 300)
		return SILENT;
	inspected_measured(l, _("the ACK for a %u is forwarded"), came->status);
	for (const struct followed_tx *b = came->branches; b != NULL;
	     b = b->beside)
		if (b->acked_here)
			return BROKEN;
	return SEEN;
}

/* ---- parts left unchanged, 16.6 step 1, 16.7 steps 3 and 9 ---- */

/* How two of a kind differ, of the message received, which is read again, and
 * of the forwarded one.  PLACE: as a gateway between networks makes them
 * differ, which a capture may have on the way to the proxy. */
enum difference { SAME, PLACE, OTHER };

/* ---- From, To ---- */

static bool
forwarding_is_address(struct str host)
{
	struct addr a;

	return addr_parse(host, &a) == 0;
}

static enum difference
compare_uris(struct str a, struct str b)
{
	struct msg_uri x, y;

	if (str_eq(a, b) || msg_uri_equal(a, b))
		return SAME;
	if (msg_uri_read(a, &x) != 0 || msg_uri_read(b, &y) != 0 || !x.sip ||
	    !y.sip || !str_eq(x.user, y.user) || !str_ieq(x.scheme, y.scheme))
		return OTHER;
	return forwarding_is_address(x.host) || forwarding_is_address(y.host)
		   ? PLACE
		   : OTHER;
}

/* Which of several tags would be taken can't be told (7.3.1: a parameter stands
 * once). */
static bool
has_two_tags(struct str params)
{
	struct str name, value;
	unsigned n = 0;

	while (msg_next_param(&params, &name, &value))
		n += str_iis(name, "tag");
	return n > 1;
}

/* Says how field ID, a From or To, of L differs from that of FROM. */
static enum difference
compare_field(
    struct inspected_message *l, const struct msg *from, enum msg_header id)
{
	const char *name = msg_header_info(id)->name;
	struct msg_addr a, b;
	enum difference uris;

	if (msg_addr_read(msg_value(from, id), &a) != 0 ||
	    msg_addr_read(msg_value(l->msg, id), &b) != 0 ||
	    has_two_tags(a.params))
		return SAME;
	uris = compare_uris(a.uri, b.uri);
	if (!str_eq(a.tag, b.tag))
		inspected_say(l, _("another tag in %s"), name);
	else if (!str_eq(a.display, b.display))
		inspected_say(l, _("another name in %s"), name);
	else if (uris != SAME)
		inspected_say(l, _("another URI in %s"), name);
	else
		return SAME;
	return str_eq(a.tag, b.tag) && str_eq(a.display, b.display) ? uris
								    : OTHER;
}

/* ---- bodies ---- */

/* Words 1 … N of TEXT into H. */
static uint64_t
hash_words(uint64_t h, struct str text, int n)
{
	while (n-- > 0)
		h = str_hash_words(str_cut(text, ' ', &text), h);
	return h;
}

/* LINE of a session description without what says where media go. */
static uint64_t
hash_line(uint64_t h, struct str line)
{
	if (str_starts(line, "a=rtcp:") || str_starts(line, "a=candidate:"))
		return h;
	if (str_starts(line, "c="))
		return hash_words(h, line, 2);
	if (str_starts(line, "o="))
		return hash_words(h, line, 5);
	if (!str_starts(line, "m="))
		return str_hash_words(line, h);
	h = hash_words(h, line, 1);
	str_cut(line, ' ', &line);
	str_cut(line, ' ', &line);
	return str_hash_words(line, h);
}

static uint64_t
hash_without_places(struct str body)
{
	uint64_t h = STR_HASH_START;

	while (body.n > 0)
		h = hash_line(h, str_trim(str_cut(body, '\n', &body)));
	return str_hash_end(h);
}

static enum difference
forwarding_compare_bodies(struct inspected_message *l, const struct msg *from)
{
	if (str_eq(l->msg->body, from->body))
		return SAME;
	inspected_say(l, _("another body"));
	return hash_without_places(l->msg->body) ==
		       hash_without_places(from->body)
		   ? PLACE
		   : OTHER;
}

/* ---- the clauses ---- */

static enum difference
forwarding_compare_numbers(struct inspected_message *l, const struct msg *from)
{
	struct msg_cseq cseq;

	if (!str_eq(msg_value(l->msg, MSG_H_CALL_ID),
		msg_value(from, MSG_H_CALL_ID)))
		inspected_say(l, _("another Call-ID"));
	else if (msg_cseq_read(msg_value(from, MSG_H_CSEQ), &cseq) == 0 &&
		 (cseq.number != l->cseq.number ||
		     !str_eq(cseq.method, l->cseq.method)))
		inspected_say(l, _("another CSeq"));
	else
		return SAME;
	return OTHER;
}

static enum verdict
judge_unchanged(struct inspected_message *l)
{
	const struct msg *from = inspected_source(l);
	enum difference d;

	if (from == NULL)
		return SEEN;
	d = compare_field(l, from, MSG_H_FROM);
	if (d == SAME)
		d = compare_field(l, from, MSG_H_TO);
	if (d == SAME)
		d = forwarding_compare_numbers(l, from);
	if (d == SAME)
		d = forwarding_compare_bodies(l, from);
	if (d == SAME)
		return KEPT;
	return d == OTHER || l->in->whole ? BROKEN : SEEN;
}

enum verdict
check_unchanged(struct inspected_message *l)
{
	return inspected_is_forwarded(l, true) ? judge_unchanged(l) : SILENT;
}

/* A capture does not say which one of several provisional responses, of one
 * branch or of several, goes on. */
enum verdict
check_response_unchanged(struct inspected_message *l)
{
	const struct msg *from = inspected_source(l);

	if (!inspected_is_forwarded(l, false))
		return SILENT;
	if (!l->in->whole && from != NULL &&
	    (l->msg->status < 200 ||
		!str_eq(l->to_tag, msg_tag(msg_value(from, MSG_H_TO)))))
		return SEEN;
	return judge_unchanged(l);
}

/* L's top Via is of the address that sends L. */
static bool
is_own_via(const struct inspected_message *l)
{
	struct addr via, src;

	if (addr_parse(l->via.host, &via) != 0 ||
	    addr_parse(l->send.src_addr, &src) != 0)
		return false;
	via.port = msg_via_port(&l->via);
	return addr_same_ip(&via, &src) && via.port == src.port && l->nvias > 1;
}

/* The client of a request forwards a response to it with its own Via on top:
 * the receiver has not sent such a request. */
bool
is_own_via_left(const struct inspected_message *l)
{
	if (l->msg->request || l->other == l->node)
		return false;
	return l->tx != NULL
		   ? l->tx->client == l->node && l->tx->server != l->node &&
			 l->node < l->in->node_n
		   : is_own_via(l);
}

/* 16.7 step 3 */
enum verdict
check_response_via(struct inspected_message *l)
{
	const struct msg *from;
	size_t came;

	if (is_own_via_left(l)) {
		l->as = ROLE_CLASS_PROXY;
		inspected_say(l, _("its own Via is still the topmost one"));
		return BROKEN;
	}
	if (!inspected_is_forwarded(l, false))
		return SILENT;
	from = inspected_source(l);
	if (from == NULL)
		return SEEN;
	came = msg_count_values(from, MSG_H_VIA);
	if (l->nvias + 1 == came)
		return KEPT;
	inspected_measured(l,
	    _("it arrived with %u Vias and is forwarded with %u"),
	    (unsigned)came, l->nvias);
	return BROKEN;
}

/* ---- routes, 12.1.1, 16.4 and 16.6 ---- */

static bool
read_router(struct str uri, struct addr *a)
{
	return !routes_begin_strict(uri) && inspected_read_uri_place(uri, a);
}

/* A stream may have been opened by the other end, from any port. */
static bool
forwarding_is_place(const struct inspected_message *l,
    const struct addr *router, struct str place)
{
	struct addr a;

	return addr_parse(place, &a) == 0 && addr_same_ip(router, &a) &&
	       (!addr_word_is_udp(l->send.transport) || router->port == a.port);
}

static struct str
forwarding_first_route(struct inspected_message *l)
{
	struct str rest;

	return str_cut(inspected_routes(l, MSG_H_ROUTE, false), '\n', &rest);
}

/* For a strict router its URI has become the Request-URI (16.6 step 6), and the
 * first Route is that of the hop behind it. */
static bool
may_be_rewritten(const struct inspected_message *l)
{
	const struct followed_dialog *d = l->dialog;
	struct addr target;

	if (inspected_read_uri_place(l->msg->uri, &target) &&
	    !forwarding_is_place(l, &target, l->send.dst_addr))
		return false;
	if (l->forwarded)
		return l->came == NULL || !str_eq(l->came->uri, l->msg->uri);
	return d == NULL || !d->routes_known || routes_begin_strict(d->routes);
}

/* Of a capture the address may be that of a NAT, or of one of several hosts
 * behind it. */
static enum verdict
judge_way(struct inspected_message *l)
{
	struct str route = forwarding_first_route(l);
	struct addr router;

	if (!read_router(route, &router))
		return SILENT;
	if (forwarding_is_place(l, &router, l->send.dst_addr))
		return KEPT;
	inspected_measured(l, _("its first Route is %.*s, and it goes to %.*s"),
	    STR_ARG(str_slice(route, 0, 80)), STR_ARG(l->send.dst_addr));
	return l->in->whole && !may_be_rewritten(l) ? BROKEN : SEEN;
}

/* 8.1.2: who goes another way leaves proxies out that want to stay on it. */
enum verdict
check_route_taken(struct inspected_message *l)
{
	return is_own_request(l) ? judge_way(l) : SILENT;
}

/* 16.6 step 7 */
enum verdict
check_next_hop(struct inspected_message *l)
{
	return l->msg->request && l->forwarded ? judge_way(l) : SILENT;
}

/* 16.4 */
enum verdict
check_route_removed(struct inspected_message *l)
{
	const struct followed_tx *came = l->came;
	struct addr router;

	if (!inspected_is_forwarded(l, true) ||
	    tx_facts(l, came)->nroutes == 0 ||
	    !read_router(tx_facts(l, came)->route, &router) ||
	    !forwarding_is_place(l, &router, came->dst_addr))
		return SILENT;
	if (msg_count_values(l->msg, MSG_H_ROUTE) <
		tx_facts(l, came)->nroutes ||
	    !msg_uri_equal(forwarding_first_route(l), tx_facts(l, came)->route))
		return KEPT;
	inspected_measured(l,
	    _("the Route %.*s, which names this proxy, is still in it"),
	    STR_ARG(str_slice(tx_facts(l, came)->route, 0, 80)));
	return BROKEN;
}
