/*
 * The location service: which Contacts an address-of-record has (RFC 3261
 * 10.3, 16.5).  It sits on a registrar's node, and is then asked by a call, or
 * on its own, and is then asked by datagrams of one JSON object each:
 *
 *	{"op":"query","id":1,"aor":"sip:bob@b.example"}
 *	{"op":"store","id":2,"aor":…,"call_id":…,"cseq":7,"star":0,
 *	    "contacts":[{"uri":"sip:bob@192.0.2.3","expires":3600,"q":1000,
 *	    "path":"<sip:192.0.2.9;lr>","instance":"urn:uuid:…","reg_id":1}]}
 *	{"op":"answer","id":1,"status":"ok","contacts":[…]}
 *
 * "star":1 takes all bindings away; "path", "instance" and "reg_id" may be
 * missing.  Either way the answer comes through a function, at once or later.
 */
#ifndef ROLES_LOCATION_LOCATION_H
#define ROLES_LOCATION_LOCATION_H

#include "node/node.h"
#include "sip/defaults.h"

/* Tries and patience of the service's clients. */
#define LOCATION_TRIES    3
#define LOCATION_RETRY_NS (500 * SIM_MS)
/* How long a store is remembered, so that its repetition, sent because the
 * answer was lost, gets that answer again: the tries, and the time that the
 * last of them may be under way. */
#define LOCATION_KEEP_NS (LOCATION_TRIES * LOCATION_RETRY_NS + SIP_T4_NS)
/* Of one address-of-record, at most: contacts, the bytes of their URIs, the
 * bytes of their paths.  So all of them go into one 200 and one datagram. */
#define LOCATION_CONTACTS   64
#define LOCATION_URI_BYTES  4096
#define LOCATION_PATH_BYTES 24576
/* The life of a binding that does not end: the longest that there is (RFC 3261
 * 10.2, RFC 3665 2.2). */
#define LOCATION_FOREVER_S UINT32_MAX

/* X(ID, name in datagrams) */
#define LOCATION_STATUSES(X)                                                  \
	X(OK, "ok")                                                           \
	X(UNKNOWN, "unknown")    /* the address-of-record was never stored */ \
	X(ORDER, "out-of-order") /* Call-ID same, CSeq not higher */          \
	X(FULL, "full")                                                       \
	X(GONE, "gone")             /* has left for good */                   \
	X(AMBIGUOUS, "ambiguous")   /* the contacts are whom it may mean */   \
	X(INCOMPLETE, "incomplete") /* a number with too few digits */        \
	X(REFUSED, "refused")                                                 \
	X(SILENT, "silent")   /* no answer came */                            \
	X(GARBLED, "garbled") /* an answer came that can't be read */

enum location_status {
#define X(id, name) LOCATION_##id,
	LOCATION_STATUSES(X)
#undef X
};

struct location_contact {
	char *uri;
	int64_t expires_s; /* asked for, or remaining (rounded up, so that a
			    * live binding never has 0); 0: remove */
	unsigned q;        /* 0 to 1000 */
	char *path;        /* Route values that lead there (RFC 3327), with
			      commas between; NULL: none */
	char *instance;    /* +sip.instance, a URN; NULL: not known */
	unsigned reg_id;   /* of the flow to it (RFC 5626); 0: none */
	char *temp; /* the user part of its temporary GRUU (RFC 5627), as the
		       service has given it; or NULL */
};

struct location_contacts {
	struct location_contact *list;
	size_t n;
};

void location_contacts_free(struct location_contacts *c);
/* Copies URI. 0, ERR_NOMEM, ERR_LIMIT. */
int location_contacts_add(
    struct location_contacts *c, struct str uri, int64_t expires_s, unsigned q);
/* Gives the last one its path (copied; empty: none). 0, ERR_NOMEM. */
int location_contacts_set_path(struct location_contacts *c, struct str path);
/* The last one is of INSTANCE (copied; empty: none), over the flow REG_ID, with
 * the temporary GRUU TEMP (copied; empty: none).  0, ERR_NOMEM. */
int location_contacts_set_instance(struct location_contacts *c,
    struct str instance, unsigned reg_id, struct str temp);
/* As values of a Contact field, with what each has left and its q. */
void
location_contacts_write(const struct location_contacts *c, struct buf *out);
/* The same as their owner gets them, with instance and flow; with the GRUUs of
 * AOR, where that is not empty (RFC 5627 5.3). */
void location_contacts_write_own(
    const struct location_contacts *c, struct str aor, struct buf *out);
/* A path can be kept: Route values of printable characters.  Empty is fine. */
bool location_path_is_valid(struct str path);

struct location_update {
	struct str aor; /* canonical */
	struct str call_id;
	uint32_t cseq;
	bool star;                         /* take all away */
	struct location_contacts contacts; /* may be empty: fetch */
};

typedef void location_fn(enum location_status status,
    const struct location_contacts *bindings, void *arg);

struct location_client;

int location_client_create(struct location_client **c, struct node *n);
/* Questions still open are forgotten; their functions are not called. */
void location_client_destroy(struct location_client *c);
/* For the address-of-record, or the GRUU, that URI is.  FN is called exactly
 * once unless the client goes before.  0, ERR_NOMEM, ERR_SYNTAX. */
int location_query(
    struct location_client *c, struct str uri, location_fn *fn, void *arg);
int location_store(struct location_client *c, const struct location_update *u,
    location_fn *fn, void *arg);

/* ---- the service itself, for a client on the same node ---- */
struct location;
enum location_status location_do_query(
    struct location *l, struct str aor, struct location_contacts *bindings);
enum location_status location_do_store(struct location *l,
    const struct location_update *u, struct location_contacts *bindings);
/* How long it takes to answer (attribute `think`). */
int64_t location_think(const struct location *l);
/* The binding of a phone that was registered before the run begins: its Contact
 * for as long as it asks for; any REGISTER may change it.  0, ERR_NOMEM. */
int location_warm(struct location *l, const struct node *ua_node);

/* ---- datagrams ---- */
void location_write_query(struct buf *b, int64_t id, struct str aor);
void location_write_store(
    struct buf *b, int64_t id, const struct location_update *u);
void location_write_answer(struct buf *b, int64_t id,
    enum location_status status, const struct location_contacts *bindings);

struct location_packet {
	enum { LOCATION_QUERY, LOCATION_STORE, LOCATION_ANSWER } op;
	int64_t id;
	enum location_status status;
	struct location_update update; /* its strings lie in `text` */
	struct buf text;               /* aor and call_id */
};
/* 0, ERR_SYNTAX, ERR_NOMEM, ERR_LIMIT; free also after a failure. */
int location_packet_read(struct location_packet *p, struct str bytes);
void location_packet_free(struct location_packet *p);

/* The records of what a service is asked and what it answers. */
struct location_words {
	const char *asked, *answered;
	enum rule_id why;
};
/* The words for a query (U is NULL), a store, or a store that changes nothing
 * (10.2.3). */
const struct location_words *location_words_of(const struct location_update *u);

/* Writes a lookup record at N, which causes what follows. */
void location_record(struct node *n, const char *op, struct str aor,
    enum location_status status, const struct location_contacts *targets,
    enum rule_id why);
/* Records that a datagram can't be read, or that its sender may not ask; the
 * record's seq. */
uint64_t location_note_bad(struct node *n, const char *reason);

#endif
