/*
 * The users whom an S-CSCF has, by their profiles, and what the home subscriber
 * server says of them by itself: a registration ends (RTR, TS 29.228 6.1.3, TS
 * 24.229 5.4.1.5), a profile is another (PPR, 6.2).
 */
#include "roles/registrar/registrar_home.h"

#include "base/err.h"
#include "base/map.h"
#include "base/mem.h"
#include "rules/rule_names.h"

/* A user whose bindings are being taken away. */
struct leaving {
	struct list link;
	struct registrar *registrar;
	const char *event; /* RFC 3680 5.2 */
	char *aor;
};

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
		mem_free(value);
	map_destroy(h->associated);
}

/* ---- profiles ---- */

void
registrar_forget_associated(struct registrar_home *h, struct str aor)
{
	char *old = map_get(h->associated, aor);

	if (old != NULL)
		map_remove(h->associated, aor);
	mem_free(old);
}

void
registrar_keep_associated(
    struct registrar *r, struct str aor, struct str profile)
{
	struct registrar_home *h = r->home;
	struct buf all = BUF_INIT;
	char *copy = NULL;
	int err = cx_read_profile(profile, &all);

	registrar_forget_associated(h, aor);
	if (err == ERR_SYNTAX)
		node_note_bad(r->agent.node, RULE_CX_FAILED,
		    TRACE_REFUSAL_DIAMETER, STR("User-Data"));
	copy = mem_dup(all.p, all.n);
	if (err == ERR_NOMEM || copy == NULL ||
	    map_put(h->associated, aor, copy) != 0) {
		mem_free(copy);
		node_fail_memory(r->agent.node);
	}
	buf_free(&all);
}

struct str
registrar_home_associated(const struct registrar *r, struct str aor)
{
	const char *all =
	    r->home != NULL ? map_get(r->home->associated, aor) : NULL;

	return str_of(all != NULL ? all : "");
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
	if (err == ERR_NOMEM)
		node_fail_memory(r->agent.node);
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

/* Of PROFILE's identities those that are registered here have it. */
static enum diameter_value
change_profile(struct registrar *r, struct str profile)
{
	enum diameter_value v = DIAMETER_VALUE_USER_UNKNOWN;
	struct buf all = BUF_INIT;
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
	buf_free(&all);
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
