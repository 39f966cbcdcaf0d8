/*
 * A registrar that tells others whom it has (third_party=NODE …): by a REGISTER
 * of its own for each who registers, RFC 3261 10.2, TS 24.229 5.4.1.7.  To is
 * the user, From and Contact are the registrar, so that its reader learns
 * nothing of the phone; Expires is that of the user's bindings, 0 where none is
 * left.  Nothing comes of the answer.
 */
#include "roles/registrar/registrar_home.h"

#include "base/err.h"
#include "base/map.h"
#include "base/mem.h"
#include "node/world.h"
#include "rules/rule_names.h"

/* A user whose bindings are being taken away. */
struct leaving {
	struct list link;
	struct registrar *registrar;
	const char *event; /* RFC 3680 5.2 */
	char *aor;
};

/* A user who is registered here, by all of his identities at once (TS 24.229
 * 5.4.1.2.2: the implicitly registered set). */
struct profile {
	struct registrar *registrar;
	char *aor;   /* the first of them, under which his bindings are kept */
	char *named; /* the one that he has registered */
	char *identities; /* values of P-Associated-URI */
	sim_event expire; /* of all his bindings */
};

/* The profiles that list an identity: the first of them, and how many. */
struct listing {
	struct profile *first;
	int n;
};

static void
free_profile(struct profile *p)
{
	if (p == NULL)
		return;
	sim_cancel(node_sim(p->registrar->agent.node), p->expire);
	mem_free(p->aor);
	mem_free(p->named);
	mem_free(p->identities);
	mem_free(p);
}

static void
free_leaving(struct leaving *l)
{
	list_remove(&l->link);
	mem_free(l->aor);
	mem_free(l);
}

void
registrar_push_stop(struct registrar_home *h)
{
	size_t at = 0;
	void *value;

	list_each (struct leaving, l, &h->leaving, link)
		free_leaving(l);
	while (
	    h->associated != NULL && map_next(h->associated, &at, NULL, &value))
		free_profile(value);
	map_destroy(h->associated);
	map_destroy_all(h->listings);
}

/* ---- profiles ---- */

/* The next of REST, values of P-Associated-URI. */
static struct str
cut_identity(struct str *rest)
{
	struct str one = msg_cut_value(rest);

	return str_slice(one, 1, one.n - 1);
}

bool
registrar_home_lists(const char *identities, struct str aor)
{
	struct str rest = str_of(identities);

	while (rest.n > 0)
		if (str_eq(cut_identity(&rest), aor))
			return true;
	return false;
}

/* Of him who has AOR among his identities; NULL: he is not registered here. */
static struct profile *
find_profile(const struct registrar_home *h, struct str aor)
{
	struct profile *p = map_get(h->associated, aor);
	const struct listing *l = p == NULL ? map_get(h->listings, aor) : NULL;

	return l != NULL ? l->first : p;
}

/* The first of H's profiles that lists ONE, or NULL. */
static struct profile *
find_first_profile(const struct registrar_home *h, struct str one)
{
	struct profile *p = NULL;
	size_t at = 0;
	void *value;

	while (p == NULL && map_next(h->associated, &at, NULL, &value))
		if (registrar_home_lists(
			((struct profile *)value)->identities, one))
			p = value;
	return p;
}

/* P lists IDENTITIES (BY is 1), or does so no longer (-1); others may list the
 * same.  H and P have what they have afterwards.  0 or ERR_NOMEM. */
static int
list_identities(
    struct registrar_home *h, struct profile *p, const char *identities, int by)
{
	struct str rest = str_of(identities);

	while (rest.n > 0) {
		struct str one = cut_identity(&rest);
		struct listing *l = map_get(h->listings, one);

		if (l == NULL && by > 0) {
			l = mem_zalloc(1, sizeof(*l));
			if (l == NULL || map_put(h->listings, one, l) != 0) {
				mem_free(l);
				return ERR_NOMEM;
			}
		}
		if (l == NULL)
			continue;
		l->n += by;
		if (l->n == 0)
			mem_free(map_remove(h->listings, one));
		else if (by > 0 && l->n == 1)
			l->first = p;
		else
			l->first = find_first_profile(h, one);
	}
	return 0;
}

bool
registrar_home_has(const struct registrar_home *h, struct str aor)
{
	return find_profile(h, aor) != NULL;
}

static void
forget_profile(struct registrar_home *h, struct profile *old)
{
	if (old == NULL)
		return;
	map_remove(h->associated, str_of(old->aor));
	list_identities(h, old, old->identities, -1);
	free_profile(old);
}

void
registrar_forget_associated(struct registrar_home *h, struct str aor)
{
	forget_profile(h, find_profile(h, aor));
}

/* NAMED has registered, whose bindings are kept under AOR.  Takes IDENTITIES,
 * NULL when out of memory; 0 or ERR_NOMEM. */
static int
put_profile(
    struct registrar *r, struct str aor, struct str named, char *identities)
{
	struct profile *p = mem_zalloc(1, sizeof(*p));

	if (p == NULL) {
		mem_free(identities);
		return ERR_NOMEM;
	}
	p->registrar = r;
	p->aor = mem_dup(aor.p, aor.n);
	p->named = mem_dup(named.p, named.n);
	p->identities = identities;
	/* One with the same first identity is replaced; one that only lists
	 * AOR stays. */
	forget_profile(r->home, map_get(r->home->associated, aor));
	if (p->aor != NULL && p->named != NULL && identities != NULL &&
	    map_put(r->home->associated, str_of(p->aor), p) == 0)
		return list_identities(r->home, p, identities, 1);
	free_profile(p);
	return ERR_NOMEM;
}

void
registrar_keep_associated(
    struct registrar *r, struct str aor, struct str profile)
{
	struct profile *old = find_profile(r->home, aor);
	LOCAL_BUF all = BUF_INIT;
	struct str first;
	char *copy;
	int err = cx_read_profile(profile, &all);

	if (err == ERR_SYNTAX)
		node_note_bad(r->agent.node, RULE_CX_FAILED,
		    TRACE_REFUSAL_DIAMETER, STR("User-Data"));
	copy = err == ERR_NOMEM ? NULL : mem_dup(all.p, all.n);
	if (old != NULL && copy != NULL) {
		char *former = old->identities;

		old->identities = copy;
		list_identities(r->home, old, former, -1);
		mem_free(former);
		if (list_identities(r->home, old, copy, 1) != 0)
			node_fail_memory(r->agent.node);
	} else {
		str_cut(str_cut(buf_view(&all), '>', &first), '<', &first);
		if (put_profile(r,
			registrar_home_lists(copy != NULL ? copy : "", aor)
			    ? first
			    : aor,
			aor, copy) != 0)
			node_fail_memory(r->agent.node);
	}
}

/* No REGISTER has ended it: the bindings have expired. */
static void
profile_expired(void *arg)
{
	struct profile *p = arg;

	p->expire = 0;
	registrar_home_lapsed(p->registrar, str_of(p->aor));
	registrar_forget_associated(p->registrar->home, str_of(p->aor));
}

void
registrar_keep_until(struct registrar *r, struct str aor, int64_t seconds)
{
	struct profile *p = find_profile(r->home, aor);
	struct sim *sim = node_sim(r->agent.node);

	if (p == NULL)
		return;
	sim_cancel(sim, p->expire);
	p->expire =
	    node_after(r->agent.node, seconds * SIM_S, profile_expired, p);
}

struct str
registrar_home_associated(const struct registrar *r, struct str aor)
{
	const struct profile *p;

	if (r->home == NULL)
		return STR_NULL;
	p = find_profile(r->home, aor);
	return str_of(p != NULL ? p->identities : "");
}

struct str
registrar_home_named(const struct registrar *r, struct str aor)
{
	const struct profile *p =
	    r->home != NULL ? find_profile(r->home, aor) : NULL;

	return str_of(p != NULL ? p->named : "");
}

struct str
registrar_home_first(const struct registrar *r, struct str aor)
{
	const struct profile *p =
	    r->home != NULL ? find_profile(r->home, aor) : NULL;

	return p != NULL ? str_of(p->aor) : aor;
}

/* ---- RTR ---- */

static void
on_left(enum location_status status, const struct location_contacts *bindings,
    void *arg)
{
	struct leaving *l = arg;
	struct registrar *r = l->registrar;

	(void)bindings;
	if (status == LOCATION_OK) {
		registrar_event_ended(r, str_of(l->aor), l->event);
		registrar_tell_ended(r, str_of(l->aor));
	}
	free_leaving(l);
}

/* TS 24.229 5.4.1.5: all of AOR's bindings go. */
static void
take_away(struct registrar *r, struct str aor, const struct diameter *m,
    const char *event)
{
	struct location_update u = { .aor = aor,
		.call_id = diameter_find(m->avps, DIAMETER_AVP_SESSION_ID),
		.cseq = 1,
		.star = true };
	struct leaving *l = mem_zalloc(1, sizeof(*l));
	int err = ERR_NOMEM;

	registrar_forget_associated(r->home, aor);
	registrar_forget_vectors(
	    r->home, diameter_find(m->avps, DIAMETER_AVP_USER_NAME));
	if (l != NULL) {
		l->registrar = r;
		l->event = event;
		list_append(&r->home->leaving, &l->link);
		l->aor = mem_dup(aor.p, aor.n);
		if (l->aor != NULL)
			err = location_store(r->location, &u, on_left, l);
		if (err != 0)
			free_leaving(l);
	}
	node_fail_nomem(r->agent.node, err);
}

static enum diameter_value
end_registrations(struct registrar *r, const struct diameter *m)
{
	struct str reason =
	    diameter_find(m->avps, DIAMETER_AVP_DEREGISTRATION_REASON);
	enum diameter_value v = DIAMETER_VALUE_USER_UNKNOWN;
	struct diameter_avp a;
	uint32_t code = 0;
	size_t at = 0;

	diameter_find_u32(reason, DIAMETER_AVP_REASON_CODE, &code);
	while (diameter_next(m->avps, &at, &a))
		if (a.id == DIAMETER_AVP_PUBLIC_IDENTITY &&
		    map_get(r->home->associated, a.value) != NULL) {
			/* 0: PERMANENT_TERMINATION; after all others the user
			 * may register again. */
			take_away(r, a.value, m,
			    code == 0 ? "rejected" : "deactivated");
			v = DIAMETER_VALUE_SUCCESS;
		}
	return v;
}

/* ---- PPR ---- */

/* The identities of PROFILE that are registered here get it. */
static enum diameter_value
change_profile(struct registrar *r, struct str profile)
{
	enum diameter_value v = DIAMETER_VALUE_USER_UNKNOWN;
	LOCAL_BUF all = BUF_INIT;
	struct str rest, one;
	int err = cx_read_profile(profile, &all);

	rest = buf_view(&all);
	while (err == 0 && rest.n > 0) {
		str_cut(str_cut(rest, '>', &rest), '<', &one);
		if (map_get(r->home->associated, one) == NULL)
			continue;
		registrar_keep_associated(r, one, profile);
		v = DIAMETER_VALUE_SUCCESS;
	}
	return err != 0 ? DIAMETER_VALUE_UNABLE_TO_COMPLY : v;
}

enum diameter_value
registrar_push_serve(const struct diameter *m, void *arg)
{
	if (m->command == DIAMETER_RT)
		return end_registrations(arg, m);
	if (m->command == DIAMETER_PP)
		return change_profile(
		    arg, diameter_find(m->avps, DIAMETER_AVP_USER_DATA));
	return DIAMETER_VALUE_COMMAND_UNSUPPORTED;
}
