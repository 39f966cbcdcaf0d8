/*
 * What the nodes of one run share: the simulator, the network, the SIP engine,
 * the table of domains, and the watcher of the calls. */
#ifndef NODE_WORLD_H
#define NODE_WORLD_H

#include "base/connection_end.h"
#include "base/list.h"
#include "node/node.h"

/* Told of what scripts can wait for. Any may be NULL. */
struct world_watch {
	/* OBJECT (a call's name, or a node's) entered STATE. */
	void (*changed)(const char *object, const char *state, void *arg);
	/* OBJECT, a request of a script's own (node/script_request.h), was
	 * answered with STATUS, 0: not at all. */
	void (*answered)(const char *object, unsigned status, void *arg);
	/* NODE's screen shows something else. */
	void (*screen)(const char *node, void *arg);
	/* A call came in at NODE; true when the watcher takes care of it. */
	bool (*incoming)(const char *node, const char *call, void *arg);
	/* A re-INVITE came for CALL of NODE; true when the watcher answers it.
	 */
	bool (*reinvited)(const char *node, const char *call, void *arg);
	/* CALL of NODE was redirected to URI, and waits for
	 * agent_call_follow. */
	void (*redirected)(
	    const char *node, const char *call, const char *uri, void *arg);
	void *arg;
};

/* Told, before NODE closes its connection with FAR, which is outside, why it
 * does; what follows has the record of that as its cause.  FN NULL: the run has
 * no outside. */
struct world_ending {
	void (*fn)(const struct addr *node, const struct addr *far,
	    enum connection_end why, void *arg);
	void *arg;
};

/* What time 0 is. */
struct world_date {
	int64_t epoch_s; /* seconds since 1970, UTC */
	int64_t ahead_s; /* of UTC is the time of day by which people live */
};

struct accounts;
struct phones;
struct node_locator;

/* Bytes kept by a reference, and their view. */
struct world_view {
	struct sip_bytes *of; /* NULL: unused */
	struct msg m;
};

/* A request, its response, and the same of the branch next to it. */
#define WORLD_VIEWS 4

struct world {
	struct sim *sim;
	struct net *net;
	struct sip_engine *engine;
	const struct node_role *const *roles; /* ended by NULL */
	struct map *nodes;                    /* name → struct node * */
	struct map *domains;    /* domain → struct node *, its entry */
	struct map *registrars; /* domain → struct node *, the first */
	bool outside;           /* real programs play nodes */
	struct node *name_servers, *last_name_server; /* as they came */
	struct map *texts; /* name of a file → char *, borrowed: of files that
			    * attributes name and nodes read (zone=FILE) */
	struct accounts *accounts;          /* NULL: not yet asked for */
	struct phones *phones;              /* node/phones.h; NULL: as above */
	const struct node_locator *locator; /* node/locate.h */
	struct diag lost; /* of a request of the act under way: why no address
			     is known for it; no error: none was so */
	struct world_date date;
	struct world_watch watch;
	struct world_ending ending;
	unsigned next_view; /* the oldest */
	/* State shared by all speakers (rtp/voice.h), and its destructor; NULL:
	 * no media have flowed yet. */
	struct {
		void *state;
		void (*destroy)(void *state);
	} sound;
	void *losses; /* of media (rtp/media_records.c); NULL: no media have
			 flowed */
	/* The subscribers of home networks (roles/hss/hss_in.h), likewise. */
	struct {
		void *state;
		void (*destroy)(void *state);
	} subscribers;
	struct list boards;     /* of struct handset (roles/handset) */
	sim_event boards_event; /* when the next of them has to go on */
	int64_t boards_at;
	uint64_t boards_effort; /* what emulating them has cost so far */
	/* From here on nothing is cleared at first but `of`. */
	struct world_view views[WORLD_VIEWS]; /* world_read */
	struct msg framed; /* head of a message in a stream */
};

static inline struct sim *
node_sim(const struct node *n)
{
	return n->world->sim;
}

/* Now, in seconds since 1970, UTC. */
static inline int64_t
world_date_now(const struct world *w)
{
	return w->date.epoch_s + sim_now(w->sim) / SIM_S;
}

/* FN(ARG) in N's name after DELAY_NS. */
static inline sim_event
node_after(const struct node *n, int64_t delay_ns, sim_fn *fn, void *arg)
{
	return sim_after(n->world->sim, delay_ns, n->name, fn, arg);
}

/* What nodes can be: ROLES, ended by NULL (roles/roles.h); borrowed, as is
 * WRITER.  Its date is TRACE_EPOCH_S, until another is set.  0 or ERR_NOMEM. */
int world_create(struct world **w, const struct node_role *const *roles,
    uint64_t seed, struct trace_writer *writer);
/* The role that a topology calls WORD, or NULL. */
const struct node_role *world_role(const struct world *w, struct str word);
void world_destroy(struct world *w);

/* Reads B (sip/recent_messages.h); valid until the next call. */
const struct msg *world_read(struct world *w, struct sip_bytes *b);

/* One of a node's addresses (struct node_face). */
struct world_face {
	const char *name; /* borrowed for as long as the node lives */
	struct addr addr; /* port 0: the usual one */
	unsigned listens; /* bits of enum addr_transport; 0: all */
};

struct world_node {
	const char *name, *roles, *domain;
	struct addr addr; /* where there are no faces; port 0: the usual one */
	const struct world_face *faces; /* at most NODE_FACES */
	size_t nfaces;
	const struct node_arg *attrs;
	size_t nattrs;
	struct str firmware; /* of a handset, borrowed; empty: rung's own */
	bool forwards;       /* passes other nodes' packets */
	bool outside;        /* a real program plays its roles */
};

/* 0, ERR_NOMEM, ERR_EXISTS, ERR_NOTFOUND (no such role). */
int
world_add_node(struct world *w, const struct world_node *spec, struct node **n);
int world_add_domain(struct world *w, const char *domain, struct node *entry);
struct node *world_find(const struct world *w, const char *name);
/* The registrar of a domain, or NULL. */
struct node *world_registrar(const struct world *w, struct str domain);
/* The accounts, made when this is first called: world_warm does when a run
 * begins.  NULL when out of memory. */
const struct accounts *world_accounts(struct world *w);

/* The place of a URI by the table of domains: its own address, else the entry
 * of its domain; and by which transport (RFC 3263 4.1, 4.2): its parameter,
 * else UDP, except for a domain without a port its entry's preference.  For
 * servers of the domain; senders use node_locate.  0 or ERR_NOTFOUND. */
int world_locate(const struct world *w, struct str uri, struct addr *dst);
/* ASKER has noted where requests for URI go (node_alias_keep): *DST. */
bool world_is_noted(const struct node *asker, struct str uri, struct addr *dst);
/* The same as ASKER sees it: of an entry with several faces the one that faces
 * ASKER; by LIKED, if that is not ADDR_DEFAULT, rather than as the entry
 * prefers.
 */
int world_locate_by(const struct world *w, const struct node *asker,
    struct str uri, enum addr_transport liked, struct addr *dst);
int world_locate_for(const struct world *w, const struct node *asker,
    struct str uri, struct addr *dst);

/* Finds NAME among the verbs of N's roles and those of any node; a verb of the
 * node is found before one of its calls.  *ROLE: the state of the role that has
 * it.  NULL: there is none. */
const struct node_verb *
world_verb(struct node *n, struct str name, void **role);
/* The same among verbs of the node only, or where CALL is not NULL, of that
 * call or subscription: those of the role that has it, else of any. */
const struct node_verb *
world_verb_on(struct node *n, struct str name, const char *call, void **role);

#endif
