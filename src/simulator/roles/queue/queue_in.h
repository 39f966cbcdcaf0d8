/* Shared by the files of a queue. */
#ifndef ROLES_QUEUE_QUEUE_IN_H
#define ROLES_QUEUE_QUEUE_IN_H

#include "agent/requests.h"
#include "node/world.h"
#include "pair/pair.h"
#include "role/verbs_table.h"

struct auth;
struct map;
struct queue_call;
struct queue_strategy;

/* An agent who takes calls, from logging on until logging off. */
struct queue_agent {
	struct list link; /* in queue->agents, in the order of logging on */
	struct list free; /* in queue->free, as long as he is */
	struct list busy; /* in call->agents, as long as he has one */
	struct queue *queue;
	uint64_t number; /* in that order */
	char *aor;       /* canonical */
	char *uri;       /* where he is called */
	char *skills;    /* words with commas between; NULL: he can do all */
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

/* What an agent must know about for some calls, from the first of these on. */
struct queue_skill {
	struct str word;  /* the map's; NULL: nothing, any will do */
	unsigned agents;  /* on duty who have it, … */
	uint64_t counted; /* … when queue->staff was that */
	unsigned waiting; /* calls that need it, … */
	uint64_t ranked;  /* … when queue->ranked was that */
};

/* A caller of the queue. */
struct queue_call {
	struct list link;   /* in queue->calls, as they came */
	struct list open;   /* in queue->open, until it is answered */
	struct list agents; /* whom it occupies, as they logged on */
	struct queue *queue;
	struct pair *pair;         /* NULL: it has parted */
	char *name;                /* "queue/caller-1" */
	struct queue_skill *skill; /* that its agent needs */
	struct machine_run machine;
	int64_t answered; /* when */
	unsigned ahead;   /* how many wait before it for the same agents */
	struct {
		bool is; /* he knows */
		unsigned ahead;
		int64_t wait; /* in seconds; 0: nothing is known of it */
	} said;               /* what he was told last … */
	int64_t told;         /* … and when; negative: never */
	sim_event ring, place, wrap_up;
};

struct queue {
	struct pairs pairs; /* first */
	struct auth *auth;
	struct list agents, calls;
	uint64_t logons;  /* how many agents there were */
	struct list free; /* agents who get the next calls, the first first */
	unsigned nfree;
	const struct queue_strategy *strategy; /* by which they are in order */
	struct list open; /* calls that wait or ring, as they came */
	struct queue_skill any;
	struct map *skills; /* word → struct queue_skill */
	uint64_t staff;     /* counts changes of the agents on duty, and of
			     * their skills */
	/* Counts how often calls were ranked; how many waited then; their ranks
	 * hold no more. */
	uint64_t ranked;
	unsigned waiting;
	bool unranked;
	bool look;      /* a call may ring at no agent, or have none left */
	bool tell;      /* a caller's place may have changed */
	uint64_t turns; /* how often an agent was chosen */
	unsigned next;  /* the number of the last call */
	/* Calls that are done with, and how long they took their agents. */
	int64_t handled_ns;
	int64_t handled;
	sim_event serve;
	bool stopping;
};

/* ---- queue_role.c ---- */

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

/* ---- queue_calls.c: waiting callers ---- */

extern const struct pair_wait queue_waits;

void queue_call_free(struct queue_call *c);
/* The user that M calls, where the strategy goes by that: what its agent must
 * know about.  Else Q->any, as without memory. */
struct queue_skill *queue_read_skill(struct queue *q, const struct msg *m);
/* How many wait. */
unsigned queue_calls_waiting(struct queue *q);
/* Waiting callers are served as soon as the present events are done. */
void queue_serve_soon(struct queue *q);

/* ---- queue_agents.c: who takes calls ---- */

void queue_agent_free(struct queue_agent *a);
/* The agent with AOR, canonical, or NULL. */
struct queue_agent *queue_agent_find(const struct queue *q, struct str aor);
/* AOR may log on: the attribute `staff` has him, or is not there. */
bool queue_agent_may(const struct queue *q, struct str aor);
/* Logs an agent on, who is called at URI; SKILLS: a verb's argument, or NULL.
 * NULL: no memory. */
struct queue_agent *queue_agent_add(
    struct queue *q, struct str aor, struct str uri, const char *skills);
/* He has no call from now on, or gets none after the one that he has; he may
 * be freed by that. */
void queue_agent_remove(struct queue_agent *a);
/* He has no call any more; LATER: and gets none for a while, since he
 * did not answer.  He may be freed by that. */
void queue_agent_release(struct queue_agent *a, bool later);
/* How many are on duty who have SKILL; or free for a call. */
unsigned queue_agents_count(struct queue *q, struct queue_skill *skill);
unsigned
queue_agents_free(const struct queue *q, const struct queue_skill *skill);
/* A has C from now on. */
void queue_agent_occupy(struct queue_agent *a, struct queue_call *c);
/* The strategy needs the skills of agents. */
bool queue_needs_skills(const struct queue *q);
/* The strategy has a call ring at all free agents. */
bool queue_rings_all(const struct queue *q);
/* Whom the strategy gives the next call that needs SKILL, or NULL: none of
 * those is free. */
struct queue_agent *
queue_agent_choose(struct queue *q, const struct queue_skill *skill);
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
