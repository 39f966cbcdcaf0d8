/* Shared by the follower's files: follower.c, follower_tables.c,
 * follower_apply.c. */
#ifndef FOLLOWER_FOLLOWER_IN_H
#define FOLLOWER_FOLLOWER_IN_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/map.h"
#include "follower/follower.h"
#include "follower/sent_message.h"

struct follower {
	bool whole;
	struct arena *arena; /* transactions, dialogs */
	struct map *numbers; /* texts to their numbers */
	/* By the keys of follower_tables.c. */
	struct map *txs;      /* struct followed_tx */
	struct map *invites;  /* the same, by who calls whom */
	struct map *dialogs;  /* struct followed_dialog */
	struct map *sides;    /* records: a side has had a dialog */
	struct map *notices;  /* records: a NOTIFY that found no dialog yet */
	struct map *sessions; /* struct followed_session */
	struct followed_tx *first_tx, **last_tx;
	struct followed_dialog *first_dialog, **last_dialog;
	uint32_t ntxs, ndialogs;
	struct followed_tx **tx_of; /* by record: of sends and arrivals */
	size_t tx_of_n, tx_of_cap;
	struct sent_message read; /* follower_read's */
	struct buf own, scratch;
	int err;
};

/* ---- follower_tables.c ---- */

int follower_make_tables(struct follower *f);
void follower_free_tables(struct follower *f);
/* The follower's own copy of TEXT; empty where there is no memory. */
struct str follower_keep(struct follower *f, struct str text);
/* The numbers of what S says. */
void follower_name(struct follower *f, struct followed_message *s);
/* A place for the transaction of S's request; NULL: no memory. */
struct followed_tx *
follower_put_tx(struct follower *f, const struct followed_message *s);
/* TX is S's as well, by what S says of itself. */
void follower_lead_to_tx(struct follower *f, const struct followed_message *s,
    struct followed_tx *tx);
/* S's INVITE begins TX. */
void follower_put_invite(struct follower *f, const struct followed_message *s,
    struct followed_tx *tx);
/* A place for the dialog of S's node and Call-ID with these tags. */
struct followed_dialog *follower_put_dialog(struct follower *f,
    const struct followed_message *s, struct str local, struct str remote);
/* The NOTIFY of S's call whose subscriber has the tag; 0: there was none. */
uint64_t follower_notice(
    const struct follower *f, const struct followed_message *s, struct str tag);
void follower_put_notice(
    struct follower *f, const struct followed_message *s, struct str tag);
/* The offers and answers of S's call between these tags, made where there are
 * none; NULL: no memory. */
struct followed_session *follower_session(struct follower *f,
    const struct followed_message *s, struct str a, struct str b);
/* Record SEQ is of TX. */
void
follower_put_record(struct follower *f, uint64_t seq, struct followed_tx *tx);

/* ---- follower_offer.c ---- */

/* S, sent for the first time and not forwarded, may have an offer or answer. */
void follower_apply_offer(struct follower *f, struct followed_message *s);

#endif
