/* Shared by the files of the location service. */
#ifndef ROLES_LOCATION_LOCATION_IN_H
#define ROLES_LOCATION_LOCATION_IN_H

#include "base/list.h"
#include "roles/location/location.h"
#include "node/world.h"
#include "sim/rng.h"

struct binding {
	struct list link; /* in record->bindings, in order of arrival */
	struct record *record;
	char *uri, *path; /* PATH: NULL where there is none */
	/* RFC 5626, RFC 5627: NULL where they are not known. */
	char *instance, *temp;
	unsigned reg_id;
	char *call_id; /* empty: of no REGISTER, so any is newer */
	uint32_t cseq;
	int64_t expires; /* absolute, ns; -1: never */
	unsigned q;
	sim_event timer;
	uint64_t update; /* the last one that looked at it */
	size_t bytes;    /* that it takes of the run's memory */
};

/* All that an address-of-record has. */
struct record {
	struct location *location;
	char *aor;
	struct list bindings;
	size_t n, uri_bytes, path_bytes; /* of all bindings */
	size_t gruu_bytes;               /* of its public GRUUs */
};

struct location {
	struct node *node;
	struct net_sock *sock;
	struct map *records;   /* aor → record; kept when its bindings go */
	struct map *words;     /* part of a name, and host → struct word */
	struct map *temps;     /* user part of a temporary GRUU → binding */
	struct map *gruus;     /* public GRUU that was given → its record */
	struct rng draws;      /* of temporary GRUUs */
	struct map *exchanges; /* asker, and its id → struct exchange */
	uint64_t update;       /* number of the last update */
};

/* location_store.c: the bindings. */
void location_store_free(struct location *l);
/* Binds C to AOR without a REGISTER; LOCATION_FOREVER_S is without end.  0,
 * ERR_LIMIT (too many), ERR_NOMEM. */
int location_bind(struct location *l, struct str aor,
    const struct location_contact *c, enum rule_id why);
/* Takes CONTACT away, all where it is empty; how many there were. */
size_t location_unbind(struct location *l, struct str aor, struct str contact);

/* location_instance.c: bindings of one phone. */
/* C is B's: the instance is new, or the same with another Contact.  0,
 * ERR_NOMEM. */
int location_instance_set(
    struct binding *b, const struct location_contact *c, bool other_call_id);
/* URI is a GRUU: *R, whose it is (or NULL: it was never given, or is no longer
 * valid), and *INSTANCE, the only one that it leads to. */
bool location_gruu_find(struct location *l, struct str uri,
    const struct record **r, struct str *instance);
/* B's temporary GRUU, if it has one, is its no more; it goes on as that of its
 * instance, as long as that has another binding (RFC 5627 5.3). */
void location_instance_drop(struct binding *b);

/* location_names.c: addresses-of-record without bindings. */
/* R is new: notes the parts of its name by which a user may be looked up.  0,
 * ERR_NOMEM. */
int location_words_add(struct location *l, struct record *r);
void location_words_free(struct location *l);
/* What an address-of-record is that nothing was ever stored for: incomplete,
 * ambiguous (OUT: whom it may mean) or unknown. */
enum location_status location_judge_unknown(
    struct location *l, struct str aor, struct location_contacts *out);

/* location_directory.c: what a directory would be asked for P, which got FOUND;
 * nothing unless the service's source is one. */
void location_directory_note(const struct location *l,
    const struct location_packet *p, const struct location_contacts *found,
    enum rule_id why);

/* location_server.c: datagrams. */
void location_received(const struct net_datagram *d, void *arg);
void location_exchanges_free(struct location *l);

/* location_verbs.c */
extern const struct node_verb location_verbs[];

#endif
