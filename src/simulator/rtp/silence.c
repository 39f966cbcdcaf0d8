/*
 * Sources that fall silent: where half a second nothing comes of one that is
 * to be heard a record says so, with the reason for which the network has lost
 * its last packet, and another one when it comes again.  Who has sent comfort
 * noise is silent of its own accord (RFC 3389 4), and so is who has said BYE.
 */
#include "rtp/rtp_in.h"

#include "base/err.h"
#include "base/mem.h"

#define SILENCE_NS (500 * SIM_MS)
/* Sources whose last loss is known; a run has more of them only where so many
 * lose packets within half a second. */
#define LOSSES 256

struct loss {
	uint32_t ssrc;
	int64_t t; /* 0: none */
	enum trace_drop reason;
	const char *where; /* a name of the network's; may be NULL */
	uint64_t record;
};

struct losses {
	const struct sim *sim;
	struct loss of[LOSSES]; /* by SSRC */
};

static void
on_lost(struct str bytes, enum trace_drop reason, const char *where,
    uint64_t record, void *arg)
{
	const uint8_t *octets = (const uint8_t *)bytes.p;
	struct losses *all = arg;
	struct rtp_packet p;

	if (!rtp_is_control(octets, bytes.n) && rtp_read(octets, bytes.n, &p))
		all->of[p.head.ssrc % LOSSES] = (struct loss){ p.head.ssrc,
			sim_now(all->sim), reason, where, record };
}

int
rtp_watch_losses(struct world *w)
{
	struct losses *all = w->losses;

	if (all != NULL)
		return 0;
	w->losses = all = mem_zalloc(1, sizeof(*all));
	if (all == NULL)
		return ERR_NOMEM;
	all->sim = w->sim;
	net_watch_losses(w->net, on_lost, all);
	return 0;
}

/* Why nothing comes of SRC; NULL: the network has lost nothing of it. */
static const struct loss *
find_loss(const struct rtp_source *src)
{
	const struct world *w = src->leg->session->node->world;
	const struct losses *all = w->losses;
	const struct loss *l = &all->of[src->ssrc % LOSSES];

	return l->t > src->stats.at_ns && l->ssrc == src->ssrc ? l : NULL;
}

static void on_watch(void *arg);

static void
arm_silence_watch(struct rtp_source *src, int64_t ns)
{
	src->watch = node_after(src->leg->session->node, ns, on_watch, src);
}

static void
fall_silent(struct rtp_source *src)
{
	struct sim *sim = rtp_sim(src->leg);
	const struct loss *l = find_loss(src);
	uint64_t old = sim_cause(sim);

	if (l != NULL && l->record != 0)
		sim_set_cause(sim, l->record);
	src->silent = true;
	rtp_record_still(src->leg, src,
	    l != NULL ? l->reason : TRACE_DROP_COUNT,
	    l != NULL ? l->where : NULL);
	sim_set_cause(sim, old);
}

static void
on_watch(void *arg)
{
	struct rtp_source *src = arg;
	int64_t last =
	    src->stats.at_ns > src->due_ns ? src->stats.at_ns : src->due_ns;
	int64_t left = last + SILENCE_NS - sim_now(rtp_sim(src->leg));

	src->watch = 0;
	if (!src->leg->hears || src->comforted || src->leaves != 0)
		return;
	if (left > 0)
		arm_silence_watch(src, left);
	else
		fall_silent(src);
}

void
rtp_silence_watch(struct rtp_source *src)
{
	if (src->silent)
		rtp_record_again(src->leg, src);
	src->silent = false;
	arm_silence_watch(src, SILENCE_NS);
}

void
rtp_silence_follow(struct rtp_leg *leg)
{
	list_each (struct rtp_source, src, &leg->sources, link) {
		if (!leg->hears || src->watch != 0 || src->silent)
			continue;
		src->due_ns = sim_now(rtp_sim(leg));
		arm_silence_watch(src, SILENCE_NS);
	}
}
