/*
 * A node: a host with an address, a SIP stack, and the roles it plays.  Each
 * role is a row of role/rows.h and a room in roles/; the world is made with a
 * table of them (roles/roles.c).
 *
 * Several roles may share a node, as on real servers.  One rule says who takes
 * what arrives: a response, an ACK for a rejection and a CANCEL whose
 * transaction it is; a request whose dialog it is; then whom or what its
 * Request-URI names, as the attribute `serves` tells (node/node_serves.h); then
 * who claims it most strongly (enum node_claim), by its method and event
 * package or as a proxy, which passes on requests that no other role takes; of
 * two equal claims the first.
 */
#ifndef NODE_NODE_H
#define NODE_NODE_H

#include "base/err.h"
#include "base/list.h"
#include "base/map.h"
#include "net/net.h"
#include "node/face.h"
#include "role/role.h"
#include "sip/build.h"
#include "sip/sdp_ports.h"
#include "sip/transaction.h"

struct auth;
struct nonces;
struct program;
struct resolver;
struct node_race;
struct world;
struct node;
struct verb;

/* What messages say that they were made by (RFC 3261 20.35, 20.41).  Without a
 * version: traces of two versions compare. */
#define NODE_PRODUCT "rung"

/* How strongly a role claims a request. */
enum node_claim {
	NODE_PASS,     /* not for this role */
	NODE_FALLBACK, /* better than no answer at all */
	NODE_FOREIGN,  /* redirect server: it can but reject it */
	NODE_FORWARD,  /* proxy: requests that no other role claims */
	NODE_DOMAIN,   /* the Request-URI names a domain that it answers for */
	NODE_ANYBODY,  /* a box that decides how to answer for any user named */
	NODE_UNSERVED, /* as NODE_NAMED, but the role has no service for it */
	NODE_NAMED,    /* the Request-URI names this node or its user */
	NODE_METHOD,   /* and it has the service that method or package ask for,
			  as a registrar for REGISTER */
	NODE_DIALOG,   /* it belongs to a dialog of this role */
};

/* An argument of a verb; all are text, as a script or a person wrote them. */
struct node_arg {
	const char *key;
	const char *value;
	size_t n; /* of value, where NULs may be in it; 0: up to its NUL */
};

struct node_args {
	const struct node_arg *args;
	size_t n;
};

/* The value of KEY, or NULL. */
const char *node_arg(const struct node_args *a, const char *key);
/* The same with NULs and all; p is NULL where there is none. */
struct str node_arg_str(const struct node_args *a, const char *key);
/* KEY is true or false, or a time in seconds, whole ones (20.19: rounded up, at
 * most 2^32 - 1).  The value stays as it is where there is none.  0, or an
 * error with its sentence in D. */
int node_arg_bool(
    const struct node_args *a, const char *key, bool *value, struct diag *d);
int node_arg_seconds(const struct node_args *a, const char *key,
    int64_t *seconds, struct diag *d);

/* What a verb gives back. */
struct node_result {
	char object[96]; /* name of a call that was made, "" if none */
	bool value;
	bool refused; /* it has failed, too late or for the other side */
};

/* A verb as it is said. */
struct node_act {
	void *role;         /* the state of the role that has the verb */
	const char *object; /* the call's name, or NULL */
	const struct node_args *args;
	struct node_result *result; /* all zero before */
	struct diag *d;
};

/* What does a verb: 0, or an error with its sentence in A->d. */
typedef int node_verb_fn(const struct node_act *a);

/* Something a node, or one of its calls, can be told to do. */
struct node_verb {
	const struct verb *row; /* role/verb.h */
	node_verb_fn *fn;
};

/* The row of a table of these that is made of one of role/verbs_table.h, for
 * who includes role/verb.h. */
#define NODE_VERB(owner, name, ...) \
	{ &verb_rows[VERB_##owner##_##name], owner##_verb_##name },

struct node_role {
	const char *word;  /* of its row in role/rows.h */
	const char *allow; /* the methods it answers; NULL: no SIP */
	/* 20.37: the extensions it knows, with commas; NULL: none. */
	const char *supported;
	size_t size; /* bytes of its state, which is zero before its start */
	/* 0, or an error, behind which STOP is called as well. */
	int (*start)(struct node *n, void *role);
	void (*stop)(void *role); /* frees all that it has but ROLE itself */
	/* The node has another address now.  0 or ERR_NOMEM; NULL: it does not
	 * care. */
	int (*moved)(void *role);
	/* Attributes of the node are others now.  0 or ERR_NOMEM; NULL: it
	 * looks at them when it needs them. */
	int (*set)(void *role);
	enum node_claim (*claim)(void *role, const struct sip_in *in);
	void (*request)(void *role, const struct sip_in *in);
	/* Takes a request that it would get without a transaction (16.11), or
	 * says false. */
	bool (*stateless)(void *role, const struct sip_in *in);
	/* IN, a CANCEL, means an INVITE whose server transaction has USER. */
	void (*cancel)(void *role, void *user, const struct sip_in *in);
	bool (*stray)(void *role, const struct sip_in *in);
	/* Appends what it shows, line by line; 0 or ERR_NOMEM.  NULL: it has no
	 * screen. */
	int (*screen)(void *role, struct buf *out);
	/* OBJECT, a call or a subscription, is one of its own; NULL: it has
	 * none. */
	bool (*knows)(void *role, const char *object);
	/* A person has changed AOR's bindings at the location service of this
	 * node.  NULL: it does not care. */
	void (*rebound)(void *role, struct str aor);
	/* What asks for passwords for it (node/node_auth.h); NULL: nothing
	 * does. */
	struct auth *(*auth)(void *role);
	const struct node_verb *verbs; /* ended by one without a row */
};

/* Defines what plays the role of that word; only roles/roles.c and the files of
 * the role know it. */
#define NODE_ROLE(word)                            \
	extern const struct node_role role_##word; \
	const struct node_role role_##word

/*
 * The first member of the user of an INVITE's server transaction: a CANCEL goes
 * to this role (RFC 3261 9.2).
 */
struct node_owner {
	const struct node_role *role;
};

struct node {
	struct world *world;
	char *name;
	char *stack_name;         /* the same, for the stack */
	char *roles;              /* words, "" for a router */
	uint64_t is;              /* … and as a set */
	unsigned traits;          /* of all of them: enum role_trait */
	char *domain;             /* "" where it has none */
	struct node *next_server; /* world->name_servers */
	struct str firmware; /* of a handset, borrowed; empty: rung's own */
	struct map *attrs;   /* name → char *, as written */
	struct node_security
	    *security;      /* node/security.h; NULL: not asked for */
	struct map *sought; /* … likewise: address → char * */
	uint64_t attr_bits; /* of the names that are or were among them */
	/* The name in place of its address in its messages, where it is in a
	 * browser (RFC 7118 B.1: "df7jal23ls0d.invalid"); else empty. */
	char nameless[sizeof("0123456789ab.invalid")];
	struct net_host *host;
	struct node_face faces[NODE_FACES]; /* its addresses (node/face.h) */
	size_t nfaces;                      /* at least one */
	struct sip_stack *stack; /* NULL for a router, or while it is down */
	struct nonces *nonces;   /* what its roles gave out; NULL: none asks */
	struct resolver *resolver; /* of names (node/resolver.h); NULL: nothing
				      was asked yet */
	struct map *resting; /* servers that asked for it (node/locate.h), until
				when; NULL: none has */
	struct map *noted;   /* addresses of phones registered by it: URI
				of a Contact → struct addr (node/flow.h) */
	struct node_race *races; /* connections that it tries beside each
				    other (node/race.h) */
	struct program *program; /* what decides for its roles, borrowed: the
				    first of a chain (node/program.h) */
	size_t nroles;           /* in `role` */
	/* What its user agents name their calls and subscriptions by, and the
	 * ports that their media have: no two of them the same. */
	unsigned ncalls, nsubscriptions;
	unsigned nrequests; /* of a script's own (node/script_request.h) */
	struct sip_sdp_ports rtp;
	struct list script_requests; /* what a script sends, not yet located or
			  answered (node/script_request.h) */
	struct list
	    stuns; /* its questions to STUN servers (node/node_stun.h) */
	struct list flows; /* that are kept alive (node/flow.h) */
	bool up;           /* false while it crashes as well */
	bool outside;   /* a real program plays its roles, nothing here does */
	unsigned lives; /* how often it was started */
	uint64_t sim_sqn; /* its SIM has counted so far (sip/aka.h) */
	/* While it is up; with room for as many as `roles` has words. */
	struct {
		const struct node_role *ops;
		void *state;
	} role[];
};

/* An attribute as written, or FALLBACK. */
const char *
node_attr_named(const struct node *n, struct str name, const char *fallback);
/* Inline, so that the length of a literal is known when compiling. */
static inline const char *
node_attr(const struct node *n, const char *name, const char *fallback)
{
	return node_attr_named(n, str_of(name), fallback);
}
bool node_attr_bool(const struct node *n, const char *name, bool fallback);
int64_t
node_attr_time(const struct node *n, const char *name, int64_t fallback_ns);
/* The same in whole seconds: rounded up, at most 2^32 - 1. */
uint32_t
node_attr_seconds(const struct node *n, const char *name, uint32_t fallback_s);
/* The attribute `transport`: how it wants to be reached, and what carries the
 * requests that it originates. */
enum addr_transport node_transport(const struct node *n);
/* The attribute `browser`, of a client that connects by WebSocket: it listens
 * on no port and does not know its address. */
bool node_is_browser(const struct node *n);
/* It has a name of .invalid in place of an address. */
static inline bool
node_is_nameless(const struct node *n)
{
	return n->nameless[0] != '\0';
}
/* The address-of-record of its user (node/node_uri.c), also while it is down;
 * the caller frees.  NULL when out of memory. */
char *node_aor(const struct node *n);
/* The same as a user agent that F, one of N's faces, faces calls it: where it
 * has no domain, at F's address. */
char *node_aor_at(const struct node *n, const struct node_face *f);
/* F as a URI that asks for BY, as RFC 3263 resolves it: appended to OUT. */
void node_write_uri(
    const struct node_face *f, enum addr_transport by, struct buf *out);
/* The same as a name-addr, PARAMS (";lr") after it; and by the transport by
 * which F's node wants to be reached. */
void node_write_address_by(const struct node_face *f, enum addr_transport by,
    const char *params, struct buf *out);
void node_write_address(
    const struct node_face *f, const char *params, struct buf *out);
/* 0 or ERR_NOMEM. */
int node_set_attr(struct node *n, const char *name, const char *value);
void node_drop_attr(struct node *n, const char *name);

/* One of its roles is that of WORD, whether it is up or not. */
static inline bool
node_plays(const struct node *n, const char *word)
{
	return role_plays(str_of(n->roles), word);
}
/* The same of a role with TRAIT. */
static inline bool
node_has_trait(const struct node *n, enum role_trait trait)
{
	return (n->traits & trait) != 0;
}
/* The state of its role of that WORD, or NULL. */
void *node_role_state(const struct node *n, const char *word);

/* What N's screen shows, a line each: 0, ERR_NOMEM, or ERR_NOTFOUND where it
 * has none, or is down. */
int node_screen(const struct node *n, struct buf *out);

/* Brings it up (at the start, after a crash) and down.  A node that can't start
 * is down. */
int node_start(struct node *n);
void node_crash(struct node *n);
void node_destroy(struct node *n);

/* ---- answers (node/node_reply.c): running out of memory stops the run; one
 * that can't be built becomes a 500 ---- */
void node_fail_memory(const struct node *n);
/* The same where ERR is ERR_NOMEM. */
static inline void
node_fail_nomem(const struct node *n, int err)
{
	if (err == ERR_NOMEM)
		node_fail_memory(n);
}
void node_reply(struct node *n, const struct sip_in *in,
    const struct sip_response_spec *spec, enum rule_id why);
/* The same with a status alone. */
void node_answer(
    struct node *n, const struct sip_in *in, unsigned status, enum rule_id why);
/* STATUS with a field NAME, whose VALUE is freed; without it where that is
 * empty. */
void node_reply_field(struct node *n, const struct sip_in *in, unsigned status,
    const char *name, struct buf *value, enum rule_id why);
/* The value of a Warning (20.43) of N's, appended. */
void node_write_warning(
    const struct node *n, unsigned code, const char *text, struct buf *out);
/* 400, which says that the field with ID is missing or bad (21.4.1). */
void node_answer_bad(struct node *n, const struct sip_in *in,
    enum msg_header id, enum rule_id why);
/* The same where IN lacks what the definition of its method asks for
 * (msg_check_method_first); false: it lacks nothing. */
bool node_refuse_malformed(struct node *n, const struct sip_in *in);
/* 9.2: 200 to IN, a CANCEL of TR's request, with the To tag of TR's last
 * response, if it has one. */
void node_answer_cancel(
    struct node *n, struct sip_transaction *tr, const struct sip_in *in);
/* 405 (8.2.1) with what all roles of the node allow. */
void node_answer_405(struct node *n, const struct sip_in *in);
/* 405, or 501 for a method that is unknown (21.5.2). */
void node_refuse_method(struct node *n, const struct sip_in *in);
/* 200 to an OPTIONS for a server, with what the node is capable of (11.2). */
void node_answer_options(struct node *n, const struct sip_in *in);
/* Where a field with ID (Require, Proxy-Require) asks for more than KNOWN (with
 * commas, NULL for nothing), 420 with all it asks for (8.2.2.3, 16.3). */
bool node_refuse_extensions(struct node *n, const struct sip_in *in,
    enum msg_header id, const char *known, enum rule_id why);
/* The request that server transaction TR has to answer; valid until the next
 * message is read. */
struct sip_in node_request_of(const struct node *n, struct sip_transaction *tr);

/* ---- records of N's ---- */

/* Opens a record of KIND; its writer, for the fields. */
struct trace_writer *
node_record(const struct node *n, enum trace_kind kind, enum rule_id why);
/* Closes the open record, which causes what follows. */
void node_record_cause(const struct node *n);
/* A remark; TEXT is freed. */
void node_note(const struct node *n, enum rule_id why, struct buf *text);
/* Writes a drop record: an ACK that goes no further, a late answer. */
void node_note_drop(
    struct node *n, uint64_t recv, enum trace_drop reason, enum rule_id why);
/* Records that AT, a URI or a header field, is not used, and why; the record
 * causes what follows. */
void node_note_bad(struct node *n, enum rule_id why, enum trace_refusal refusal,
    struct str at);

/* The URI's host is the address (and port) of one of this node's faces, or the
 * name of its own that the DNS has: "px1.a.example". */
bool node_is_uri(const struct node *n, struct str uri);
/* The URI's host is this node's domain. */
bool node_is_domain(const struct node *n, struct str uri);
/* Either of the two. */
bool node_is_own(const struct node *n, struct str uri);
/* M, an OPTIONS, asks what N itself can do (11): its Request-URI is N's host or
 * domain, without a user. */
bool node_is_asked(const struct node *n, const struct msg *m);

#endif
