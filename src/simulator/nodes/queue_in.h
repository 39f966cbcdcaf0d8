/* What the files of a queue share. */
#ifndef NODES_QUEUE_IN_H
#define NODES_QUEUE_IN_H

#include "agent/requests.h"
#include "node/world.h"
#include "pair/pair.h"

struct auth;
struct queue_call;

/* Somebody who takes calls, from his logging on until he logs off. */
struct queue_agent {
	struct list link; /* in queue->agents, in the order of logging on */
	struct queue *queue;
	char *aor;    /* canonical */
	char *uri;    /* where he is called */
	char *skills; /* words with commas between; NULL: he can do all */
	/* For which he is called, which he has, or writes down; NULL: none. */
	struct queue_call *call;
	unsigned calls; /* of the queue's to him, not over yet */
	int64_t since;  /* he has had no call since then */
	uint64_t turn;  /* which of the queue's choices he was last; 0: none */
	bool leaving;   /* he has logged off, and still has a call */
	/* Of his REGISTER (10.3 step 7); NULL: a verb has logged him on. */
	char *call_id;
	uint32_t cseq;
	int64_t until; /* with that his registration expires */
	sim_event rest, expire;
};

/* Somebody who calls the queue. */
struct queue_call {
	struct list link; /* in queue->calls, as they came */
	struct queue *queue;
	struct pair *pair; /* NULL: it has parted */
	char *name;        /* "queue/caller-1" */
	char *skill;       /* that its agent needs; NULL: any will do */
	struct machine_run machine;
	int64_t answered; /* when */
	char *said;       /* the last reason phrase … */
	int64_t told;     /* … and when; negative: never */
	sim_event ring, place, wrap_up;
};

struct queue {
	struct pairs pairs; /* first */
	struct auth *auth;
	struct list agents, calls;
	uint64_t turns; /* how often an agent was chosen */
	unsigned next;  /* the number of the last call */
	/* Calls that are done with, and how long they took their agents. */
	int64_t handled_ns;
	int64_t handled;
	sim_event serve;
	bool stopping;
};

/* ---- queue.c ---- */

struct queue *queue_of(const struct agent *agent);

static inline struct node *
queue_node(const struct queue *q)
{
	return q->pairs.agent.node;
}

static inline int64_t
queue_now(const struct queue *q)
{
	return sim_now(node_sim(queue_node(q)));
}

/* ---- queue_calls.c: who waits ---- */

extern const struct pair_wait queue_waits;

void queue_call_free(struct queue_call *c);
/* The user that M calls, where the strategy goes by that: what its agent must
 * know about; the caller frees.  NULL: it does not, or no memory. */
char *queue_read_skill(struct queue *q, const struct msg *m);
/* Who waits is served as soon as what happens now is done. */
void queue_serve_soon(struct queue *q);

/* ---- queue_agents.c: who takes calls ---- */

void queue_agent_free(struct queue_agent *a);
/* He who has AOR, canonical, or NULL. */
struct queue_agent *queue_agent_find(const struct queue *q, struct str aor);
/* AOR may log on: the attribute `staff` has him, or is not there. */
bool queue_agent_may(const struct queue *q, struct str aor);
/* He is on duty from now on, and called at URI; SKILLS: those that a verb
 * gives, or NULL.  NULL: no memory. */
struct queue_agent *queue_agent_add(
    struct queue *q, struct str aor, struct str uri, const char *skills);
/* He has no call from now on, or gets none after the one that he has; he may
 * be freed by that. */
void queue_agent_remove(struct queue_agent *a);
/* He has no call any more; LATER: and gets none for a while, since he
 * did not answer.  He may be freed by that. */
void queue_agent_release(struct queue_agent *a, bool later);
/* How many are on duty who have SKILL (NULL: any); WITHOUT_CALL: and are free
 * for one. */
unsigned
queue_agents_count(const struct queue *q, const char *skill, bool without_call);
/* The strategy needs the skills of agents. */
bool queue_needs_skills(const struct queue *q);
/* The strategy has a call ring at all who are free. */
bool queue_rings_all(const struct queue *q);
/* Whom the strategy gives the next call that needs SKILL, or NULL: none of
 * those is free. */
struct queue_agent *queue_agent_choose(struct queue *q, const char *skill);
/* His registration lasts so long from now on. */
void queue_agent_expire(struct queue_agent *a, int64_t seconds);

/* One of the queue's calls to him is over.  He may be freed by that. */
void queue_agent_call_over(struct queue_agent *a);

/* ---- queue_register.c ---- */

/* REGISTER: an agent logs on or off. */
void queue_registered(struct agent *agent, const struct sip_in *in);

#define X(owner, name, ...) node_verb_fn owner##_verb_##name;
QUEUE_VERBS(X)
#undef X

#endif
