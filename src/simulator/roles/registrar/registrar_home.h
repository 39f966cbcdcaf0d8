/* What a registrar has of its home subscriber server (hss=NODE). */
#ifndef ROLES_REGISTRAR_REGISTRAR_HOME_H
#define ROLES_REGISTRAR_REGISTRAR_HOME_H

#include "roles/hss/cx.h"
#include "roles/registrar/registrar_in.h"

struct registrar_home {
	struct cx_client *cx;
	struct list vectors, waiting; /* registrar_hss.c */
	struct list leaving;          /* registrar_push.c */
	struct map *associated; /* address-of-record → its identities, char *,
				   of those that are registered here */
};

/* ---- registrar_push.c: the profiles that it was given, and what the server
 * says by itself: RTR, PPR.  TS 29.228 6.1.3, 6.2 ---- */

cx_serve_fn registrar_push_serve;
void registrar_push_stop(struct registrar_home *h);
/* RFC 7315 4.1: which identities AOR's user has, by his PROFILE. */
void registrar_keep_associated(
    struct registrar *r, struct str aor, struct str profile);
void registrar_forget_associated(struct registrar_home *h, struct str aor);

#endif
