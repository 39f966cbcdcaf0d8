/* Overload control between neighbours; see node/overload.h. */
#include "node/overload.h"

#include "base/err.h"
#include "base/mem.h"
#include "msg/header_names.h"
#include "msg/parts.h"
#include "node/world.h"
#include "rules/rule_names.h"
#include "sim/rng.h"

/* How long it counts before it says another word, and how long that holds. */
#define WINDOW_NS  (SIM_S / 2)
#define VALID_MS   1000
#define DEFAULT_MS 500 /* 4.3 */
/* Some requests must come, or the end of the overload would not be noticed. */
#define OC_MOST    95
#define NEIGHBOURS 1000

/* 9: oc-seq has 12 digits at most, and a fraction of 5. */
#define SEQ_WHOLE    UINT64_C(1000000000000)
#define SEQ_FRACTION 100000
/* 7.2: the mix is sampled again from time to time. */
#define MIX_MOST 1000

/* 7.2: requests, and how many of them were of category 1. */
struct mix {
	uint64_t all, first;
};

/* A server that has said how much is too much. */
struct neighbour {
	struct list link;
	struct addr addr;
	uint64_t seq;  /* oc-seq, in parts of SEQ_FRACTION */
	unsigned oc;   /* percent */
	int64_t until; /* 5.4: after that it is as if nothing was said */
	struct mix mix;
};

struct overload {
	struct node *node;
	uint32_t rate;
	bool says;
	/* As a server. */
	int64_t begun;  /* the window */
	uint64_t came;  /* requests in it of those who obey … */
	uint64_t deaf;  /* … and of others … */
	uint64_t taken; /* … of which so many were not too many */
	unsigned oc;
	int64_t said;   /* 4.4: when it was found */
	struct mix mix; /* of those who do not obey */
	struct rng refusals;
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
	rng_init(&o->refusals, sim_seed(node_sim(n)), n->name, "oc refusals");
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
overload_now_of(const struct overload *o)
{
	return sim_now(node_sim(o->node));
}

/* ---- 7.2: whom chance keeps back ---- */

/* RFC 4412 12.6: a value that its namespace calls ordinary has no
 * precedence. */
static bool
has_rank(const struct msg *m)
{
	static const char *const ordinary[] = { "dsn.routine", "drsn.routine",
		"q735.4" };
	struct msg_values it = { 0 };
	struct str v;

	while (msg_next_value(m, MSG_H_RESOURCE_PRIORITY, &it, &v)) {
		size_t i = 0;

		while (i < COUNT_OF(ordinary) && !str_iis(v, ordinary[i]))
			i++;
		if (i == COUNT_OF(ordinary))
			return true;
	}
	return false;
}

/* RFC 5031 4.2, RFC 6881 9.2: it is for urn:service:sos, or a kind of that
 * (sos.fire). */
static bool
is_emergency(const struct msg *m)
{
	static const char sos[] = "urn:service:sos";
	struct str uri = msg_addr_uri(msg_value(m, MSG_H_TO)), rest;

	rest = str_slice(uri, sizeof(sos) - 1, uri.n);
	return str_iis(str_slice(uri, 0, sizeof(sos) - 1), sos) &&
	       (rest.n == 0 || rest.p[0] == '.');
}

/* Category 1.  5.10.1: what belongs to a call that there is, has a rank or is
 * for an emergency goes first. */
static bool
is_candidate(const struct msg *m)
{
	return msg_tag_of(m, MSG_H_TO).n == 0 && !has_rank(m) &&
	       !is_emergency(m);
}

/* Of all requests OC percent are to be kept back.  Those of category 1 are
 * enough for that, or else all of them and some of the others. */
static bool
overload_is_kept_back(
    struct mix *mix, unsigned oc, const struct msg *m, struct rng *rng)
{
	bool candidate = is_candidate(m);
	uint64_t first, percent;

	if (mix->all >= MIX_MOST) {
		mix->all /= 2;
		mix->first /= 2;
	}
	mix->all++;
	mix->first += candidate;
	if (oc == 0)
		return false;
	first = mix->first * 100 / mix->all;
	if (candidate)
		percent = first > oc ? oc * 100 / first : 100;
	else
		percent = first < oc ? (oc - first) * 100 / (100 - first) : 0;
	return rng_below(rng, 100) < percent;
}

/* ---- as a server ---- */

/* 5.2: what was found now, by which a client tells it from what was found
 * before, and by which its validity begins again (5.4). */
static void
set_oc(struct overload *o, unsigned oc)
{
	struct trace_writer *w;

	o->said = overload_now_of(o);
	if (oc == o->oc)
		return;
	o->oc = oc;
	o->mix = (struct mix){ 0, 0 };
	if (!o->says)
		return;
	w = node_record(o->node, TRACE_ROUTE, RULE_OVERLOAD_ASKS);
	trace_put_cstr(w, "how", "overload");
	trace_put_int(w, "oc", oc);
	trace_close(w);
}

/*
 * 5.3 leaves to the server how it finds its word.  Requests in the window from
 * neighbours that obey are the ones that they have let pass: without the last
 * value there had been more.  The excess of all these is asked to be kept back.
 */
static void
close_window(struct overload *o)
{
	int64_t now = overload_now_of(o);
	int64_t windows = (now - o->begun) / WINDOW_NS;
	uint64_t could, offered, percent;

	if (windows == 0 || o->rate == 0)
		return;
	could = (uint64_t)o->rate * (uint64_t)windows;
	/* Both for a second, times 100. */
	could *= 100;
	offered = o->came * 10000 / (100 - o->oc) + o->deaf * 100;
	offered *= (uint64_t)(SIM_S / WINDOW_NS);
	o->begun += windows * WINDOW_NS;
	o->came = o->deaf = o->taken = 0;
	percent = offered > could ? (offered - could) * 100 / offered : 0;
	set_oc(o, percent < OC_MOST ? (unsigned)percent : OC_MOST);
}

/* 5.1: the client that has sent M takes part. */
static bool
obeys(const struct msg *m)
{
	struct msg_via via;
	struct str value;

	return msg_top_via(m, &via) == 0 &&
	       msg_param(via.params, "oc", &value) &&
	       msg_param(via.params, "oc-algo", &value);
}

enum rule_id
overload_refuses(struct overload *o, const struct msg *m)
{
	uint64_t most = o->rate / (uint64_t)(SIM_S / WINDOW_NS);

	if (o->rate == 0)
		return RULE_NONE;
	close_window(o);
	if (o->says && obeys(m)) {
		o->came++;
	} else {
		o->deaf++;
		/* 5.10.2: who does not take part fares no better. */
		if (o->says && o->oc > 0 &&
		    overload_is_kept_back(&o->mix, o->oc, m, &o->refusals))
			return RULE_OVERLOAD_DEAF;
	}
	/* At least one at a time. */
	if (o->taken >= (most > 0 ? most : 1))
		return RULE_PROXY_RATE;
	o->taken++;
	return RULE_NONE;
}

unsigned
overload_tell(struct overload *o, struct buf *params)
{
	close_window(o);
	/* 5.7: 0 says that it is over, or never was.  9: oc-seq has a
	 * fraction; of a time it is its milliseconds. */
	buf_printf(params, ";oc-validity=%d;oc-seq=%lld.%03lld",
	    o->oc > 0 ? VALID_MS : 0, (long long)(o->said / SIM_S),
	    (long long)(o->said % SIM_S / SIM_MS));
	return o->oc;
}

/* ---- as a client ---- */

static struct neighbour *
overload_find_neighbour(const struct overload *o, const struct addr *addr)
{
	list_each (struct neighbour, b, &o->servers, link)
		if (addr_eq(&b->addr, addr))
			return b;
	return NULL;
}

/* The number that PARAMS give to NAME; false where there is none. */
static bool
overload_read_number(const struct msg_via *via, const char *name, uint64_t *n)
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

/* 9: "1282321615.782", also without a fraction, as 4.4 has it; false where it
 * is neither. */
static bool
read_seq(const struct msg_via *via, uint64_t *seq)
{
	struct str value, fraction;
	uint64_t whole, part = 0;

	if (!msg_param(via->params, "oc-seq", &value))
		return false;
	value = str_cut(value, '.', &fraction);
	if (value.n == 0 || str_u64(value, &whole) != 0 || whole >= SEQ_WHOLE ||
	    fraction.n > 5 || (fraction.n > 0 && str_u64(fraction, &part) != 0))
		return false;
	for (size_t i = fraction.n; i < 5; i++)
		part *= 10;
	*seq = whole * SEQ_FRACTION + part;
	return true;
}

/* 4.4: SEQ is of a later word than LAST.  One that is less by more than half of
 * all that there are has gone over the end. */
static bool
overload_is_later(uint64_t seq, uint64_t last)
{
	return seq > last || last - seq > SEQ_WHOLE * SEQ_FRACTION / 2;
}

/* Room for another: those whose time is over go. */
static void
forget_expired(struct overload *o)
{
	list_each (struct neighbour, b, &o->servers, link)
		if (overload_now_of(o) >= b->until)
			neighbour_free(o, b);
}

static struct neighbour *
add_neighbour(struct overload *o, const struct addr *addr)
{
	struct neighbour *b;

	if (o->nservers == NEIGHBOURS)
		forget_expired(o);
	if (o->nservers == NEIGHBOURS)
		return NULL;
	b = mem_zalloc(1, sizeof(*b));
	if (b == NULL) {
		node_fail_memory(o->node);
		return NULL;
	}
	b->addr = *addr;
	list_append(&o->servers, &b->link);
	o->nservers++;
	return b;
}

void
overload_hear(
    struct overload *o, const struct addr *dst, const struct msg_via *via)
{
	struct neighbour *b = overload_find_neighbour(o, dst);
	uint64_t oc = 0, valid = DEFAULT_MS, seq;
	int64_t until;

	/* 4.4, 5.2: a word has its number. */
	if (!o->says || !is_loss(via) || !read_seq(via, &seq))
		return;
	overload_read_number(via, "oc-validity", &valid);
	/* 4.3, 7.1: nothing holds without a value from 0 to 100; 5.7: it is of
	 * no account in what says that it is over. */
	if (valid != 0 && (!overload_read_number(via, "oc", &oc) || oc > 100))
		return;
	/* 5.4: the same word again, or one that came late. */
	if (b != NULL && overload_now_of(o) < b->until &&
	    !overload_is_later(seq, b->seq))
		return;
	if (b == NULL && (b = add_neighbour(o, dst)) == NULL)
		return;
	until = overload_now_of(o) + (int64_t)(valid == 0        ? DEFAULT_MS
					       : valid < 3600000 ? valid
								 : 3600000) *
					 SIM_MS;
	/* An ended restriction is kept for as long as the one that it replaced
	 * would have held: until then an older word may come late. */
	b->until = valid == 0 && b->until > until ? b->until : until;
	b->seq = seq;
	b->oc = (unsigned)oc;
}

bool
overload_is_asked(const struct overload *o, const struct addr *dst)
{
	const struct neighbour *b =
	    o->says ? overload_find_neighbour(o, dst) : NULL;

	return b != NULL && overload_now_of(o) < b->until && b->oc > 0;
}

bool
overload_lets_pass(
    struct overload *o, const struct addr *dst, const struct msg *m)
{
	struct neighbour *b = o->says ? overload_find_neighbour(o, dst) : NULL;

	if (b == NULL)
		return true;
	if (overload_now_of(o) >= b->until) {
		neighbour_free(o, b);
		return true;
	}
	return !overload_is_kept_back(&b->mix, b->oc, m, &o->rng);
}
