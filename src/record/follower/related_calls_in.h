/* Shared by the files of follower/related_calls.h. */
#ifndef FOLLOWER_RELATED_CALLS_IN_H
#define FOLLOWER_RELATED_CALLS_IN_H

#include "follower/related_calls.h"

#include "base/arena.h"
#include "base/map.h"
#include "follower/sent_message.h"

/* Requests that came to a host, and are looked at. */
#define REQUESTS 8

struct served {
	struct str id;
	uint32_t counts[TRACE_PROTO_COUNT];
};

/* A message that waits for its call. */
struct waiting {
	struct waiting *next;
	uint64_t seq;
	enum trace_proto proto;
};

struct group {
	struct served *call; /* NULL: not known yet */
	struct waiting *waiting;
	uint64_t asker; /* of names: the first asker, hash of its name */
	bool names, made;
};

/* The requests that came to a host, the last at [n - 1 modulo REQUESTS]. */
struct host {
	uint64_t requests[REQUESTS];
	size_t n;
};

struct related_calls {
	struct arena *arena; /* groups, calls, hosts */
	struct map *groups;  /* by key */
	struct map *calls;   /* by Call-ID */
	struct map *hosts;   /* by name */
	struct map *ties;    /* seq → struct served */
	bool active;         /* there was something but SIP */
	size_t unclaimed;    /* groups of names */
	size_t made;         /* … of what SIP may be made of */
	uint64_t read;       /* records, by related_calls_read */
	uint64_t taken;      /* the last one that counted */
	struct sent_message m;
	struct buf key, bytes, name;
	int err;
};

/* ---- related_calls.c ---- */

/* SEQ as a key, while it lives. */
struct str related_calls_bytes_of(const uint64_t *seq);
/* A key of KIND, borrowed until the next one; B whatever its case. */
struct str related_calls_join_key(
    struct related_calls *s, char kind, struct str a, struct str b);
/* G (NULL: there was no memory) is found by KEY from now on. */
void related_calls_put_group(
    struct related_calls *s, struct str key, struct group *g);
/* An empty one; NULL without memory. */
struct group *related_calls_new_group(struct related_calls *s);
/* The call with this Call-ID; NULL without memory. */
struct served *related_calls_call_of(struct related_calls *s, struct str id);
/* The message of record SEQ serves C. */
void related_calls_tie(struct related_calls *s, struct served *c, uint64_t seq,
    enum trace_proto proto);
/* The message just read is one of G. */
void related_calls_join_group(struct related_calls *s, struct group *g);
/* G (NULL: none), unless it has a call, has that with CALL_ID. */
void related_calls_claim(
    struct related_calls *s, struct group *g, struct str call_id);

/* ---- related_calls_made.c ---- */

/* The message just read is one of DNS. */
void related_calls_note_dns(struct related_calls *s, const struct trace *t);
/* What its sender has asked for is of the request just read. */
void related_calls_claim_names(struct related_calls *s);

/* ---- related_calls_made.c ---- */

/* The message just read is one of ISUP, of H.248, a question to a server. */
void related_calls_note_isup(struct related_calls *s, const struct trace *t);
void related_calls_note_megaco(struct related_calls *s, const struct trace *t);
void related_calls_note_made(struct related_calls *s, const struct trace *t);
/* The request just read was sent because of what waits for its call. */
void related_calls_claim_made(struct related_calls *s, const struct trace *t);

#endif
