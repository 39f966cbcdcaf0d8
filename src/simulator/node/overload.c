#include "node/overload.h"

#include "base/err.h"
#include "base/mem.h"
#include "msg/parts.h"
#include "node/world.h"
#include "rules/rule_names.h"
#include "sim/rng.h"

/* How long it counts before it says another word, and how long that holds. */
#define WINDOW_NS  (SIM_S / 2)
#define VALID_MS   1000
#define DEFAULT_MS 500 /* 4.3 */
/* Some requests must come, or nobody learns that it is over. */
#define OC_MOST    95
#define NEIGHBOURS 1000

/* A server that has asked for less. */
struct neighbour {
	struct list link;
	struct addr addr;
	uint64_t seq;
	unsigned oc;       /* percent */
	int64_t until;     /* 5.4: after that it is as if nothing was said */
	uint64_t all, new; /* requests for it since; 7.2: category 1 */
};

struct overload {
	struct node *node;
	uint32_t rate;
	bool says;
	/* As a server. */
	int64_t begun;  /* the window */
	uint64_t came;  /* requests in it … */
	uint64_t taken; /* … of which so many were not too many */
	unsigned oc;
	uint64_t seq; /* 4.4: a time, in ms */
	/* As a client. */
	struct list servers;
	size_t nservers;
	struct rng rng;
};

int
overload_create(struct overload **op, struct node *n, uint32_t rate, bool says)
{
	struct overload *o = *op = mem_zalloc(1, sizeof(*o));

	if (o == NULL)
		return ERR_NOMEM;
	o->node = n;
	o->rate = rate;
	o->says = says;
	list_init(&o->servers);
	rng_init(&o->rng, sim_seed(node_sim(n)), n->name, "oc");
	return 0;
}

static void
neighbour_free(struct overload *o, struct neighbour *b)
{
	list_remove(&b->link);
	mem_free(b);
	o->nservers--;
}

void
overload_destroy(struct overload *o)
{
	if (o == NULL)
		return;
	list_each (struct neighbour, b, &o->servers, link)
		neighbour_free(o, b);
	mem_free(o);
}

bool
overload_says(const struct overload *o)
{
	return o->says;
}

static int64_t
now_of(const struct overload *o)
{
	return sim_now(node_sim(o->node));
}

/* ---- as a server ---- */

/* 5.2: another word, with a later number. */
static void
set_oc(struct overload *o, unsigned oc)
{
	struct trace_writer *w;

	if (oc == o->oc)
		return;
	o->oc = oc;
	o->seq = (uint64_t)(now_of(o) / SIM_MS);
	if (!o->says)
		return;
	w = node_record(o->node, TRACE_ROUTE, RULE_OVERLOAD_ASKS);
	trace_put_cstr(w, "how", "overload");
	trace_put_int(w, "oc", oc);
	trace_close(w);
}

/*
 * 5.3 leaves to the server how it finds its word.  What came in the window is
 * what the clients have let pass: without the last word it had been more.  Of
 * that as much is asked to be kept back as is too much.
 */
static void
close_window(struct overload *o)
{
	int64_t now = now_of(o);
	int64_t windows = (now - o->begun) / WINDOW_NS;
	uint64_t could, offered;

	if (windows == 0)
		return;
	could = (uint64_t)o->rate * (uint64_t)windows;
	/* Both for a second, times 100. */
	could *= 100;
	offered =
	    o->came * (uint64_t)(SIM_S / WINDOW_NS) * 10000 / (100 - o->oc);
	o->begun += windows * WINDOW_NS;
	o->came = o->taken = 0;
	if (offered <= could)
		set_oc(o, 0);
	else
		set_oc(
		    o, (unsigned)((offered - could) * 100 / offered) < OC_MOST
			   ? (unsigned)((offered - could) * 100 / offered)
			   : OC_MOST);
}

bool
overload_takes(struct overload *o)
{
	uint64_t most = o->rate / (uint64_t)(SIM_S / WINDOW_NS);

	if (o->rate == 0)
		return true;
	close_window(o);
	o->came++;
	/* At least one at a time. */
	if (o->taken >= (most > 0 ? most : 1))
		return false;
	o->taken++;
	return true;
}

unsigned
overload_tell(struct overload *o, struct buf *params)
{
	/* 5.7: 0 says that it is over, or never was. */
	buf_printf(params, ";oc-validity=%d;oc-seq=%llu",
	    o->oc > 0 ? VALID_MS : 0, (unsigned long long)o->seq);
	return o->oc;
}

/* ---- as a client ---- */

static struct neighbour *
find_neighbour(const struct overload *o, const struct addr *addr)
{
	list_each (struct neighbour, b, &o->servers, link)
		if (addr_eq(&b->addr, addr))
			return b;
	return NULL;
}

/* The number that PARAMS give to NAME; false where there is none. */
static bool
read_number(const struct msg_via *via, const char *name, uint64_t *n)
{
	struct str value;

	return msg_param(via->params, name, &value) && value.n > 0 &&
	       str_u64(value, n) == 0;
}

/* 5.1: of the one algorithm that there is here. */
static bool
is_loss(const struct msg_via *via)
{
	struct str value;

	return msg_param(via->params, "oc-algo", &value) &&
	       (str_iis(value, "\"loss\"") || str_iis(value, "loss"));
}

void
overload_hear(
    struct overload *o, const struct addr *dst, const struct msg_via *via)
{
	struct neighbour *b = find_neighbour(o, dst);
	uint64_t oc, valid = DEFAULT_MS, seq = 0;

	/* 4.3, 7.1: nothing holds without a value from 0 to 100. */
	if (!o->says || !read_number(via, "oc", &oc) || oc > 100 ||
	    !is_loss(via))
		return;
	read_number(via, "oc-validity", &valid);
	read_number(via, "oc-seq", &seq);
	if (b == NULL && (oc == 0 || valid == 0 || o->nservers == NEIGHBOURS))
		return;
	/* 5.4: the same word again, or one that came late. */
	if (b != NULL && seq <= b->seq && now_of(o) < b->until)
		return;
	if (b == NULL) {
		b = mem_zalloc(1, sizeof(*b));
		if (b == NULL) {
			node_fail_memory(o->node);
			return;
		}
		b->addr = *dst;
		list_append(&o->servers, &b->link);
		o->nservers++;
	}
	b->seq = seq;
	b->oc = valid == 0 ? 0 : (unsigned)oc;
	b->until =
	    now_of(o) + (int64_t)(valid < 3600000 ? valid : 3600000) * SIM_MS;
}

/* 5.10.1: what belongs to a call that there is, or has a rank, goes first. */
static bool
is_candidate(const struct msg *m)
{
	return msg_tag_of(m, MSG_H_TO).n == 0 &&
	       !msg_may_have(m, MSG_H_RESOURCE_PRIORITY);
}

bool
overload_lets_pass(
    struct overload *o, const struct addr *dst, const struct msg *m)
{
	struct neighbour *b = o->says ? find_neighbour(o, dst) : NULL;
	bool candidate = is_candidate(m);
	uint64_t first, percent;

	if (b == NULL)
		return true;
	if (now_of(o) >= b->until || b->oc == 0) {
		neighbour_free(o, b);
		return true;
	}
	b->all++;
	b->new += candidate;
	/* 7.2: the share of those that are candidates, and of them those that
	 * are kept back; of the others only where that is not enough. */
	first = b->new * 100 / b->all;
	if (candidate)
		percent = first > b->oc ? b->oc * 100 / first : 100;
	else
		percent =
		    first < b->oc ? (b->oc - first) * 100 / (100 - first) : 0;
	return rng_below(&o->rng, 100) >= percent;
}
