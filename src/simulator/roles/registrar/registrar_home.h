/* What a registrar has of its home subscriber server (hss=NODE). */
#ifndef ROLES_REGISTRAR_REGISTRAR_HOME_H
#define ROLES_REGISTRAR_REGISTRAR_HOME_H

#include "roles/hss/cx.h"
#include "roles/registrar/registrar_in.h"

struct registrar_home {
	struct cx_client *cx;
	struct list vectors, waiting; /* registrar_home_hss.c */
	struct map *by_nonce;         /* the vectors */
	struct list leaving;          /* registrar_home_push.c */
	struct map *associated; /* address-of-record → the profile of a user
				 * registered here (registrar_home_push.c) */
	struct map *listings;   /* identity → the profiles that list it */
};

/* ---- registrar_home_push.c: the profiles that it was given, and what the
 * server says by itself: RTR, PPR.  TS 29.228 6.1.3, 6.2 ---- */

cx_serve_fn registrar_push_serve;
void registrar_push_stop(struct registrar_home *h);
/* RFC 7315 4.1: which identities AOR's user has, by his PROFILE. */
void registrar_keep_associated(
    struct registrar *r, struct str aor, struct str profile);
/* AOR is one of IDENTITIES, "<sip:alice@home.example>, <tel:+1555>". */
bool registrar_home_lists(const char *identities, struct str aor);
/* The one of the identities of AOR's user that a REGISTER has named; the others
 * are registered with it.  Empty: he is not registered. */
struct str registrar_home_named(const struct registrar *r, struct str aor);
/* A user with AOR among its identities is registered here. */
bool registrar_home_has(const struct registrar_home *h, struct str aor);
void registrar_forget_associated(struct registrar_home *h, struct str aor);
/* AOR's last binding ends in so many SECONDS, and his profile with it. */
void registrar_keep_until(struct registrar *r, struct str aor, int64_t seconds);

/* ---- registrar_home_hss.c ---- */

/* The next request of the user with IMPI is challenged again. */
void registrar_forget_vectors(struct registrar_home *h, struct str impi);
/* The server hears that AOR's bindings have run out (TS 29.228 6.1.2). */
void registrar_home_lapsed(struct registrar *r, struct str aor);

#endif
