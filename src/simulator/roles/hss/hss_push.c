/*
 * What a home subscriber server says by itself to the S-CSCF that has a user:
 * his registration ends (RTR, TS 29.228 6.1.3), his profile is another (PPR,
 * 6.2).  It goes where that server's last question came from.
 */
#include "roles/hss/hss_in.h"

#include "base/diag.h"
#include "base/err.h"
#include "base/mem.h"
#include "node/uri.h"
#include "node/world.h"
#include "role/verb.h"

/* The user whom the argument `user` names: a node, a name, an identity. */
static int
read_user(const struct node_act *a, struct subscriber **s)
{
	const struct hss *h = a->role;
	const char *given = node_arg(a->args, "user");
	const struct node *n =
	    given != NULL ? world_find(h->node->world, given) : NULL;
	char *own = n != NULL ? node_aor(n) : NULL;
	struct buf aor = BUF_INIT;

	*s = NULL;
	if (given != NULL && node_write_aor(str_of(own != NULL ? own : given),
				 h->node->domain, &aor) == 0)
		*s = subscribers_find(h->node, STR_NULL, buf_view(&aor));
	mem_free(own);
	buf_free(&aor);
	return *s != NULL ? 0
			  : diag_set(a->d, ERR_NOTFOUND, NULL, 0,
				_("%s has no subscriber “%s”"), h->node->name,
				given != NULL ? given : "");
}

static void
begin_push(struct hss *h, const struct subscriber *s,
    enum diameter_command command, struct buf *q)
{
	cx_begin(h->asks, command, str_of(s->impi), STR_NULL, q);
	diameter_put(q, DIAMETER_AVP_DESTINATION_HOST, str_of(s->host));
}

static int
hss_verb_deregister(const struct node_act *a)
{
	bool for_good = false;
	struct hss *h = a->role;
	struct buf q = BUF_INIT;
	struct subscriber *s;
	struct str rest;
	size_t at;
	int err = node_arg_bool(a->args, "for_good", &for_good, a->d);

	if (err == 0)
		err = read_user(a, &s);
	if (err != 0)
		return err;
	if (s->server == NULL) {
		if (for_good)
			subscriber_step(h, s, EVENT_REMOVE);
		return 0;
	}
	begin_push(h, s, DIAMETER_RT, &q);
	rest = str_of(s->identities);
	while (rest.n > 0)
		diameter_put(&q, DIAMETER_AVP_PUBLIC_IDENTITY,
		    str_cut(rest, ' ', &rest));
	at = diameter_open(&q, DIAMETER_AVP_DEREGISTRATION_REASON);
	diameter_put_value(&q, for_good ? DIAMETER_VALUE_REASON_PERMANENT
					: DIAMETER_VALUE_REASON_CHANGE);
	diameter_close(&q, at);
	subscriber_step(h, s, for_good ? EVENT_REMOVE : EVENT_DEREGISTER);
	return cx_ask_at(h->asks, &s->at, subscriber_name(s), &q);
}

/* His identities are others, but for the first. */
static int
hss_verb_profile(const struct node_act *a)
{
	const char *given = node_arg(a->args, "identities");
	struct buf all = BUF_INIT, q = BUF_INIT, profile = BUF_INIT;
	struct hss *h = a->role;
	struct subscriber *s;
	char *own;
	int err = read_user(a, &s);

	if (err != 0)
		return err;
	buf_str(&all, subscriber_name(s));
	subscriber_add_identities(str_of(given != NULL ? given : ""), &all);
	own = all.err == 0 ? buf_take(&all) : NULL;
	buf_free(&all);
	if (own == NULL)
		return ERR_NOMEM;
	mem_free(s->identities);
	s->identities = own;
	if (!subscriber_is_registered(s) || s->server == NULL)
		return 0;
	subscriber_write_profile(s, &profile);
	begin_push(h, s, DIAMETER_PP, &q);
	diameter_put(&q, DIAMETER_AVP_USER_DATA, buf_view(&profile));
	buf_end(&profile, &q.err);
	return cx_ask_at(h->asks, &s->at, subscriber_name(s), &q);
}

const struct node_verb hss_verbs[] = {
	/* clang-format off */
	HSS_VERBS(NODE_VERB)
	{ 0 },
	/* clang-format on */
};
