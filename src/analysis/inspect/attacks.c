/*
 * Attacks, by what a trace shows of them (RFC 3261 26.1): who, since when, and
 * how often.  When the trace is over, its transactions are counted for the node
 * that has begun each; what no honest use comes to is a finding.  The
 * thresholds are those of ATTACKS.
 */
#include "inspect/attacks.h"

#include "inspect/check.h"
#include "inspect/relate.h"
#include "msg/header_names.h"
#include "msg/headers.h"
#include "msg/parts.h"
#include "rules/rule_names.h"

#define SECOND INT64_C(1000000000)
/* Digits of a number whose prefixes vary. */
#define NUMBER_DIGITS 9
/* A call that is neither answered nor cancelled for so long is left alone. */
#define LEFT_NS (3 * SECOND)
#define RECENT  20

/* X(kind, least, within seconds): so many make one; 0: however long it takes.
 */
#define ATTACKS(X)           \
	X(SCAN, 10, 0)       \
	X(PREFIX, 5, 0)      \
	X(GUESS, 4, 60)      \
	X(FLOOD, RECENT, 10) \
	X(TAKEOVER, 1, 0)    \
	X(BYE, 1, 0)

static const struct {
	enum rule_id rule;
	unsigned least;
	int64_t within;
} attack_kinds[] = {
#define X(kind, least, within) \
	[ATTACK_##kind] = { RULE_ATTACK_##kind, least, (within)*SECOND },
	ATTACKS(X)
#undef X
};

/* What node does to WHOM, counted. */
struct attack {
	struct attack *next;
	enum attack_kind kind;
	uint32_t node;
	struct str whom;
	unsigned n;     /* what the kind counts */
	unsigned other; /* what else its sentence tells */
	bool fast;      /* so many within the time of its kind */
	uint64_t at;    /* the first record */
	int64_t t, t_last, recent[RECENT];
};

struct attacks {
	struct inspected_message *l;
	struct attack *first, **last;
};

/* ---- counting ---- */

static struct attack *
attack_of(
    struct attacks *a, enum attack_kind kind, uint32_t node, struct str whom)
{
	struct inspect *in = a->l->in;
	char room[2][24];
	struct str key = inspect_key(in, inspect_digits(kind, room[0]),
	    inspect_digits(node, room[1]), whom);
	struct attack *k = kept_attack(in, key);

	if (k != NULL)
		return k;
	k = inspect_put_new(
	    in, in->tables[INSPECT_TABLE_ATTACK], key, sizeof(*k));
	if (k == NULL)
		return NULL;
	k->kind = kind;
	k->node = node;
	k->whom = inspect_keep(in, whom);
	*a->last = k;
	a->last = &k->next;
	return k;
}

/* One more, of the transaction TX. */
static void
attack_count(struct attack *k, const struct followed_tx *tx)
{
	unsigned least;

	if (k == NULL)
		return;
	least = attack_kinds[k->kind].least;
	if (k->n == 0) {
		k->at = tx->request;
		k->t = tx->t;
	}
	k->t_last = tx->t;
	k->recent[k->n % least] = tx->t;
	k->n++;
	k->fast |= k->n >= least && tx->t - k->recent[k->n % least] <=
					attack_kinds[k->kind].within;
}

/* MARK, NODE, A and B have been met for the first time. */
static bool
is_first(struct inspect *in, unsigned mark, uint32_t node, struct str a,
    struct str b)
{
	char room[24];
	struct str key =
	    inspect_mark(in, mark, inspect_digits(node, room), a, b);

	return inspect_note_number(in, key, 1) == 0;
}

/* ---- a scan, a prefix that is looked for, a flood ---- */

/* USER exists: he has registered, or a call for him was answered, or has rung.
 * A registrar that has lost its bindings also says 404 for him. */
static void
note_user(struct attacks *a, const struct followed_tx *tx, struct str user)
{
	if (tx->status / 100 == 2 || tx->provisional_status >= 180)
		inspect_put_number(a->l->in,
		    inspect_mark(a->l->in, MARK_ATTACK_THERE, user), 1);
}

static void
count_user(struct attacks *a, const struct followed_tx *tx, struct str user)
{
	struct inspect *in = a->l->in;
	bool missing =
	    (tx->status == 404 || tx->status == 410 || tx->status == 604) &&
	    inspect_number(in, inspect_mark(in, MARK_ATTACK_THERE, user)) == 0;
	struct attack *k = attack_of(a, ATTACK_SCAN, tx->client, STR_NULL);

	if (k != NULL &&
	    is_first(in, MARK_ATTACK_ASKED, tx->client, user, STR_NULL))
		k->other++;
	if (missing &&
	    is_first(in, MARK_ATTACK_MISSED, tx->client, user, STR_NULL))
		attack_count(k, tx);
}

static bool
is_number(struct str user)
{
	size_t i = user.n > 0 && user.p[0] == '+';

	for (; i < user.n; i++)
		if (user.p[i] < '0' || user.p[i] > '9')
			return false;
	return user.n >= NUMBER_DIGITS;
}

static void
count_number(struct attacks *a, const struct followed_tx *tx, struct str user)
{
	struct str number = { user.p + user.n - NUMBER_DIGITS, NUMBER_DIGITS };
	struct attack *k = attack_of(a, ATTACK_PREFIX, tx->client, number);

	if (k == NULL)
		return;
	k->other += tx->status / 100 == 2;
	if (is_first(a->l->in, MARK_ATTACK_DIALLED, tx->client, user, number))
		attack_count(k, tx);
}

static void
count_invite(struct attacks *a, const struct followed_tx *tx, struct str user)
{
	if (is_number(user))
		count_number(a, tx, user);
	if (tx->status / 100 != 2 && tx->status != 401 && tx->status != 407 &&
	    tx->cancel_sent == 0 &&
	    (tx->status != 0 || inspect_goes_on(a->l->in, tx->t, LEFT_NS)))
		attack_count(attack_of(a, ATTACK_FLOOD, tx->client, user), tx);
}

/* ---- passwords, registrations ---- */

static struct str
credentials_of(const struct msg *m)
{
	struct str value = msg_value(m, MSG_H_AUTHORIZATION);

	return value.n > 0 ? value : msg_value(m, MSG_H_PROXY_AUTHORIZATION);
}

/* The challenge of the final response says that only the nonce was too old. */
static bool
is_stale(struct inspected_message *l, const struct followed_tx *tx)
{
	const struct msg *m = inspected_other(l, tx->final);
	struct str value;

	if (m == NULL)
		return true;
	value = msg_value(m, MSG_H_WWW_AUTHENTICATE);
	if (value.n == 0)
		value = msg_value(m, MSG_H_PROXY_AUTHENTICATE);
	return str_iis(relate_credential(value, "stale"), "true");
}

/* Credentials with NONCE are wrong: it is one that was given in this trace, and
 * that never was good before, as it may have been before a restart. */
static bool
is_wrong_guess(
    struct inspected_message *l, const struct followed_tx *tx, struct str nonce)
{
	struct inspect *in = l->in;

	return (tx->status == 401 || tx->status == 407 || tx->status == 403) &&
	       inspect_number(in, inspect_mark(in, MARK_NONCE, nonce)) != 0 &&
	       inspect_number(in, inspect_mark(in, MARK_ATTACK_GOOD, nonce)) ==
		   0 &&
	       !is_stale(l, tx);
}

/* A response that has come before tries no other password: its phone sends the
 * credentials again that were rejected (RFC 3261 22.1).
 */
static void
count_password(
    struct attacks *a, const struct followed_tx *tx, struct str value)
{
	struct inspect *in = a->l->in;
	struct str nonce = relate_credential(value, "nonce");
	struct str user = relate_credential(value, "username");
	struct str response = relate_credential(value, "response");
	struct attack *k = attack_of(a, ATTACK_GUESS, tx->client, user);

	if (k == NULL)
		return;
	if (tx->status / 100 == 2) {
		inspect_put_number(
		    in, inspect_mark(in, MARK_ATTACK_GOOD, nonce), 1);
		k->other = k->n;
	} else if (is_wrong_guess(a->l, tx, nonce) &&
		   is_first(in, MARK_ATTACK_TRIED, tx->client, user, response))
		attack_count(k, tx);
}

/* A Contact of a REGISTER that was accepted: it is bound, or ended. */
static void
count_binding(struct attacks *a, const struct followed_tx *tx, struct str aor,
    struct str uri, bool ends)
{
	struct inspect *in = a->l->in;
	uint64_t me = UINT64_C(1) + tx->client, owner;
	struct attack *k = attack_of(a, ATTACK_TAKEOVER, tx->client, aor);
	struct str key = inspect_mark(in, MARK_ATTACK_OWNER, aor, uri);

	owner = inspect_number(in, key);
	if (k == NULL)
		return;
	if (!ends) {
		inspect_put_number(in, key, me);
		k->other = 1; /* it has a binding of its own */
	} else if (owner != 0 && owner != me && k->other > 0)
		attack_count(k, tx);
}

static void
count_bindings(struct attacks *a, const struct followed_tx *tx,
    const struct msg *m, struct str aor)
{
	struct str all = msg_value(m, MSG_H_EXPIRES), value, expires;
	struct msg_values iter = { 0 };
	struct msg_addr addr;

	while (msg_next_value(m, MSG_H_CONTACT, &iter, &value)) {
		if (msg_addr_read(value, &addr) != 0 || addr.star)
			continue;
		if (!msg_param(addr.params, "expires", &expires))
			expires = all;
		count_binding(a, tx, aor, addr.uri, str_is(expires, "0"));
	}
}

/* What only the message itself says; USER is whom it is about. */
static void
count_message(struct attacks *a, const struct followed_tx *tx, struct str *user)
{
	const struct msg *m;
	struct str value, to;
	struct msg_uri uri;

	if (tx->method != MSG_REGISTER && tx->status / 100 != 4)
		return;
	m = inspected_other(a->l, tx->request);
	if (m == NULL)
		return;
	value = credentials_of(m);
	to = msg_addr_uri(msg_value(m, MSG_H_TO));
	if (tx->method == MSG_REGISTER) {
		*user = msg_uri_read(to, &uri) == 0 ? uri.user : STR_NULL;
		if (value.n == 0 && tx->status / 100 == 2)
			count_bindings(a, tx, m, to);
	}
	if (value.n > 0)
		count_password(a, tx, value);
}

/* ---- a BYE of a node that takes no part ---- */

static struct str
take_part(struct attacks *a, const struct call *call, struct str who)
{
	char room[24];

	return inspect_mark(a->l->in, MARK_ATTACK_PART,
	    inspect_digits((uint64_t)(uintptr_t)call, room), who);
}

static void
note_part(struct attacks *a, const struct call *call, uint32_t node)
{
	inspect_put_number(
	    a->l->in, take_part(a, call, trace_name(a->l->t, node)), 1);
}

static void
note_contact(struct attacks *a, const struct call *call, struct str contact)
{
	struct msg_uri uri;

	if (contact.n > 0 && msg_uri_read(contact, &uri) == 0)
		inspect_put_number(a->l->in, take_part(a, call, uri.host), 1);
}

/* The parties of a call are those between whom its INVITEs go, and whom their
 * Contacts name. */
static void
note_parties(
    struct attacks *a, const struct call *call, const struct followed_tx *tx)
{
	const struct msg *m;

	note_part(a, call, tx->client);
	note_part(a, call, tx->server);
	note_contact(a, call, tx->contact);
	if (tx->status / 100 != 2)
		return;
	inspect_put_number(a->l->in, take_part(a, call, STR("2xx")), 1);
	m = inspected_other(a->l, tx->final);
	if (m != NULL)
		note_contact(
		    a, call, msg_addr_uri(msg_value(m, MSG_H_CONTACT)));
}

static bool
is_party(
    struct attacks *a, const struct call *call, const struct followed_tx *tx)
{
	struct inspect *in = a->l->in;
	struct str host = tx->src_addr;
	uint16_t port;

	(void)host_read(tx->src_addr, 0, false, &host, &port);
	return inspect_number(in, take_part(a, call, host)) != 0 ||
	       inspect_number(in,
		   take_part(a, call, trace_name(a->l->t, tx->client))) != 0;
}

/* The party in whose name a BYE from outside has come sends TX afterwards,
 * as it did before: it has not moved. */
static void
confirm_bye(
    struct attacks *a, const struct call *call, const struct followed_tx *tx)
{
	struct inspect *in = a->l->in;
	char room[24];
	struct str of = inspect_digits((uint64_t)(uintptr_t)call, room);
	const struct followed_tx *bye =
	    (const struct followed_tx *)(uintptr_t)inspect_number(
		in, inspect_mark(in, MARK_ATTACK_BYE, of, tx->from_tag));
	struct attack *k;

	if (bye == NULL)
		return;
	inspect_forget_number(
	    in, inspect_mark(in, MARK_ATTACK_BYE, of, tx->from_tag));
	k = attack_of(a, ATTACK_BYE, bye->client, STR_NULL);
	attack_count(k, bye);
	if (k != NULL)
		k->other += bye->status / 100 == 2;
}

/* A BYE from another address may be that of a phone that has moved.  It is not,
 * if the party in whose name it comes sends from its own address afterwards. */
static void
count_bye(
    struct attacks *a, const struct call *call, const struct followed_tx *tx)
{
	struct inspect *in = a->l->in;
	char room[24];
	struct str of = inspect_digits((uint64_t)(uintptr_t)call, room);

	if (inspect_number(in, take_part(a, call, STR("2xx"))) == 0)
		return;
	if (!is_party(a, call, tx)) {
		if (tx->method == MSG_BYE)
			inspect_put_number(in,
			    inspect_mark(in, MARK_ATTACK_BYE, of, tx->from_tag),
			    (uintptr_t)tx);
		return;
	}
	(void)attack_of(a, ATTACK_BYE, tx->client, STR_NULL);
	confirm_bye(a, call, tx);
}

/* ---- all of it ---- */

static void
count_tx(struct attacks *a, const struct followed_tx *tx)
{
	const struct call *call = tx_facts(a->l, tx)->call;
	struct msg_uri uri;
	struct str user = STR_NULL;

	if (call != NULL && call->left_out)
		return;
	if (tx->method == MSG_INVITE)
		note_parties(a, call, tx);
	/* On the line of one side a party may send by its proxy alone. */
	if (!tx->relayed && !tx->origin && !tx->initial && call != NULL &&
	    is_party(a, call, tx))
		confirm_bye(a, call, tx);
	if (tx->relayed || !tx->origin)
		return;
	if (!tx->initial)
		count_bye(a, call, tx);
	if (!tx->initial || tx->method == MSG_ACK || tx->method == MSG_CANCEL)
		return;
	if (msg_uri_read(tx->uri, &uri) == 0)
		user = uri.user;
	count_message(a, tx, &user);
	note_user(a, tx, user);
	if (tx->method == MSG_INVITE)
		count_invite(a, tx, user);
}

/* Who does not exist is known when all has been counted. */
static void
count_asked(struct attacks *a, const struct followed_tx *tx)
{
	const struct call *call = tx_facts(a->l, tx)->call;
	struct msg_uri uri;

	if (tx->relayed || !tx->origin || !tx->initial ||
	    tx->method == MSG_ACK || tx->method == MSG_CANCEL ||
	    (call != NULL && call->left_out))
		return;
	if (msg_uri_read(tx->uri, &uri) == 0 && uri.user.n > 0)
		count_user(a, tx, uri.user);
}

void
attacks_ended(struct inspected_message *l)
{
	struct attacks a = { .l = l, .last = &a.first };
	uint64_t seq = l->seq;

	for (struct followed_tx *tx = follower_first_tx(l->in->follower);
	     tx != NULL && l->in->err == 0; tx = tx->next) {
		l->seq = tx->request;
		count_tx(&a, tx);
	}
	for (struct followed_tx *tx = follower_first_tx(l->in->follower);
	     tx != NULL && l->in->err == 0; tx = tx->next)
		count_asked(&a, tx);
	l->seq = seq;
	for (struct attack *k = a.first; k != NULL; k = k->next) {
		l->attack = k;
		l->node = k->node;
		inspect_look(l, AT_ATTACK);
	}
	l->attack = NULL;
}

static double
attack_seconds(const struct attack *k)
{
	return (double)(k->t_last - k->t) / 1e9;
}

static void
attack_tell(struct inspected_message *l, const struct attack *k)
{
	switch (k->kind) {
	case ATTACK_SCAN:
		inspected_measured(l,
		    _("a scan: it asks for %u users in %.1f s, and %u of them "
		      "do not exist"),
		    k->other, attack_seconds(k), k->n);
		break;
	case ATTACK_PREFIX:
		inspected_measured(l,
		    _("a search for an outside line: it dials a number that "
		      "ends with %.*s with %u prefixes in %.1f s; answered "
		      "calls: %u"),
		    STR_ARG(k->whom), k->n, attack_seconds(k), k->other);
		break;
	case ATTACK_GUESS:
		inspected_measured(l,
		    k->other > 0
			? _("password guessing: it tries %u wrong passwords "
			    "for %.*s in %.1f s, and then the right one")
			: _("password guessing: it tries %u wrong passwords "
			    "for %.*s in %.1f s"),
		    k->n, STR_ARG(k->whom), attack_seconds(k));
		break;
	case ATTACK_FLOOD:
		inspected_measured(l,
		    _("a flood: it sends %u INVITEs for %.*s in %.1f s, none "
		      "of which is answered or cancelled"),
		    k->n, STR_ARG(k->whom), attack_seconds(k));
		break;
	case ATTACK_TAKEOVER:
		inspected_measured(l,
		    _("a takeover: it registers for %.*s without a password, "
		      "and ends bindings that others have made: %u"),
		    STR_ARG(k->whom), k->n);
		break;
	case ATTACK_BYE:
		inspected_measured(l,
		    _("BYEs within calls in which it takes no part: %u; calls "
		      "that end by them: %u"),
		    k->n, k->other);
		break;
	}
}

enum verdict
check_attack(struct inspected_message *l)
{
	const struct attack *k = l->attack;

	if (attack_kinds[k->kind].rule != l->check->clause.rule)
		return SILENT;
	l->at = k->at;
	if (k->n < attack_kinds[k->kind].least ||
	    (attack_kinds[k->kind].within != 0 && !k->fast) ||
	    (k->kind == ATTACK_SCAN && k->n * 3 < k->other * 2))
		return KEPT;
	attack_tell(l, k);
	return BROKEN;
}
