/* Rows of fields that are in a relation to each other: which of them are
 * asked of a message, and what they say (inspect/relation.h). */
#include "inspect/relation.h"

#include <string.h>

#include "base/err.h"
#include "base/mem.h"
#include "inspect/relating.h"
#include "msg/header_names.h"
#include "msg/headers.h"

/* A finding shows so many bytes of a value. */
#define SHOWN 80

/* ---- where ---- */

static bool
is_initial(const struct inspected_message *l)
{
	return l->msg->request ? l->to_tag.n == 0
			       : l->tx != NULL && l->tx->initial;
}

static bool
is_own(const struct inspected_message *l)
{
	return l->msg->request ? is_own_request(l)
			       : !l->forwarded && l->tx != NULL;
}

static bool
is_offer(struct inspected_message *l)
{
	return l->has_sdp && !l->forwarded &&
	       relate_place(l, OTHER_MESSAGE_OFFER)->msg == NULL;
}

/* In a capture a PRACK shows that there was a reliable response, though that is
 * missing; it may come before the dialog is known. */
static bool
is_undescribed(const struct inspected_message *l)
{
	const struct followed_tx *tx = l->tx;

	return tx != NULL && !l->msg->request && !tx->sdp &&
	       !tx->reliable_sdp && !tx_facts(l, tx)->closed &&
	       (l->in->whole || !tx_facts(l, tx)->may_be_reliable ||
		   (l->dialog != NULL && l->dialog->rack_came == 0));
}

/* It says what this side has said last, except for o=. */
static bool
is_same(struct inspected_message *l)
{
	static const struct end here = SIDE_HERE(SESSION, OTHER);
	static const struct end last = SIDE_OF(LAST, SESSION, OTHER);
	struct relating *x = l->in->relating;
	struct str one, other;

	return relate_part(l, &here, &x->left, &one) &&
	       relate_part(l, &last, &x->right, &other) && str_eq(one, other);
}

/* No reliable provisional response has had a description, or a capture lacks
 * it.
 */
static bool
is_unsaid(const struct inspected_message *l)
{
	return !l->msg->request && l->tx != NULL && !l->tx->reliable_sdp &&
	       (l->in->whole || !tx_facts(l, l->tx)->may_be_reliable);
}

static bool
is_recorded(const struct inspected_message *l)
{
	size_t came =
	    l->came->routes.n > 0 ? str_count(l->came->routes, '\n') : 0;

	return msg_count_values(l->msg, MSG_H_RECORD_ROUTE) > came;
}

/* The Request-URI that has come has a user at an address that is not the
 * proxy's; a Route has led it here.  A URI without a user may be the proxy's
 * own name for a phone. */
static bool
is_foreign(const struct inspected_message *l)
{
	struct addr uri, own;
	struct msg_uri u;

	return l->to_tag.n > 0 && tx_facts(l, l->came)->nroutes > 0 &&
	       msg_uri_read(l->came->uri, &u) == 0 && u.user.n > 0 &&
	       inspected_read_uri_place(l->came->uri, &uri) &&
	       addr_parse(l->came->dst_addr, &own) == 0 &&
	       !addr_same_ip(&uri, &own);
}

static unsigned
find_passed(const struct inspected_message *l)
{
	if (!inspected_is_forwarded(l, l->msg->request))
		return 0;
	if (!l->msg->request)
		return WHERE_PASSED | (l->nvias > 1 ? WHERE_FAR : 0);
	return WHERE_PASSED | (l->came->nvias > 1 ? WHERE_FAR : 0) |
	       (is_recorded(l) ? WHERE_RECORDED : 0) |
	       (is_foreign(l) ? WHERE_FOREIGN : 0);
}

static unsigned
find_where(struct inspected_message *l)
{
	const struct followed_dialog *d = l->forwarded ? NULL : l->dialog;
	unsigned where = 0;

	where |= is_own(l) ? WHERE_OWN : 0;
	where |= find_passed(l);
	where |= is_initial(l) ? WHERE_OUTSIDE : d != NULL ? WHERE_INSIDE : 0;
	where |= l->to_tag.n > 0 ? WHERE_TAGGED : 0;
	where |= addr_word_is_udp(l->via.transport) ? WHERE_DATAGRAM : 0;
	if (d != NULL)
		where |= d->uac ? WHERE_CALLER : WHERE_CALLED;
	where |= inspected_has_old_branch(l) ||
			 (!l->msg->request && l->tx == NULL && l->like != NULL)
		     ? 0
		     : WHERE_COOKIE;
	where |= inspected_may_lack_tags(l) ? 0 : WHERE_TAGS;
	where |= l->tx == NULL ? WHERE_LOST : 0;
	where |= l->msg->request
		     ? (l->via.has_rport ? WHERE_RPORT : 0)
		     : (l->tx != NULL && tx_facts(l, l->tx)->rport_asked
			       ? WHERE_RPORT
			       : 0);
	where |= l->via.received.n > 0 ? WHERE_RECEIVED : 0;
	if (l->msg->method == MSG_INVITE && is_undescribed(l))
		where |= WHERE_UNDESCRIBED;
	if (l->has_sdp && d != NULL && l->msg->request &&
	    msg_may_have(l->msg, MSG_H_SESSION_EXPIRES) && is_same(l))
		where |= WHERE_SAME;
	where |= is_unsaid(l) ? WHERE_UNSAID : 0;
	where |= relate_has_digest(l->msg) ? WHERE_DIGEST : 0;
	where |= l->tx != NULL && l->tx->came_status >= 300 &&
			 l->tx->method == MSG_INVITE
		     ? WHERE_REFUSED
		     : 0;
	if (l->has_sdp && !l->forwarded)
		where |= WHERE_SDP | (is_offer(l) ? WHERE_OFFER : WHERE_ANSWER);
	return where;
}

/* ---- a row ---- */

/* "in its request: 2": the part is named by the row's sentence. */
static void
put_value(struct buf *b, const struct end *e, bool there, struct str text)
{
	buf_printf(b, _("%s: "),
	    i18n_text((const char *[]){
#define X(id, text) text,
		OTHER_MESSAGES(X)
#undef X
	    }[e->message]));
	text = str_trim(text);
	if (!there)
		buf_puts(b, _("nothing"));
	else if (text.n == 0)
		buf_puts(b, _("no value"));
	for (size_t i = 0; i < text.n && i < SHOWN; i++)
		buf_putc(b, text.p[i] == '\n'   ? ','
			    : text.p[i] == '\t' ? ' '
						: text.p[i]);
	if (text.n > SHOWN)
		buf_puts(b, "…");
}

/* TEXT without the dot at its end. */
static struct str
cut_dot(struct str text)
{
	static const char *const dots[] = { ".", "。" };

	for (size_t i = 0; i < COUNT_OF(dots); i++)
		if (str_ends(text, dots[i]))
			return str_slice(text, 0, text.n - strlen(dots[i]));
	return text;
}

/* The line of a list that breaks R; LEFT where that is not a single one. */
static struct str
find_culprit(const struct relation *r, struct str left, struct str right)
{
	bool lists = r->kind == RELATION_SUBSET || r->kind == RELATION_APART ||
		     r->kind == RELATION_KEYED || r->kind == RELATION_ORDERED;

	for (struct str rest = left; lists && rest.n > 0;) {
		struct str line = str_cut(rest, '\n', &rest);

		if (!relation_holds(r->kind, line, right))
			return line;
	}
	return left;
}

/* The first line of LIST that is about the same as LINE. */
static struct str
find_namesake(struct str list, struct str line)
{
	ptrdiff_t tab = str_chr(line, '\t');

	while (tab >= 0 && list.n > 0) {
		struct str one = str_cut(list, '\n', &list);

		if (str_ieq(str_slice(one, 0, (size_t)tab + 1),
			str_slice(line, 0, (size_t)tab + 1)))
			return one;
	}
	return list;
}

/* Of two long texts the words that both begin with are left out. */
static void
skip_alike(struct str *a, struct str *b)
{
	size_t same = 0, from = 0;

	if (a->n <= SHOWN && b->n <= SHOWN)
		return;
	while (same < a->n && same < b->n && a->p[same] == b->p[same])
		if (strchr(" \n\t", a->p[same++]) != NULL)
			from = same;
	*a = str_slice(*a, from, a->n);
	*b = str_slice(*b, from, b->n);
}

/* The row's sentence, and what stands on its sides. */
static void
say_sides(struct inspected_message *l, bool has_left, struct str left,
    struct str right)
{
	const struct relation *r = &l->check->relation;

	left = find_culprit(r, left, right);
	if (r->kind == RELATION_KEYED)
		right = find_namesake(right, left);
	if (r->kind == RELATION_KEYED || r->kind == RELATION_EQUAL)
		skip_alike(&left, &right);
	l->same = l->check->clause.when;
	buf_clear(l->why);
	buf_str(l->why, cut_dot(str_of(i18n_text(l->check->clause.when))));
	buf_puts(l->why, " (");
	put_value(l->why, &r->left, has_left, left);
	if (right.n > 0 && r->right.part != PART_CONSTANT) {
		buf_puts(l->why, _("; "));
		put_value(l->why, &r->right, true, right);
	}
	buf_putc(l->why, ')');
}

static bool
is_given(struct inspected_message *l, const struct relation *r)
{
	struct str text;

	if (r->given.part == PART_NOTHING)
		return true;
	if (!relate_part(l, &r->given, &l->in->relating->given, &text))
		return false;
	return r->is == NULL || str_iis(text, r->is);
}

static bool
is_sure(const struct inspected_message *l, const struct relation *r)
{
	const struct placed_message *at = l->in->relating->at;

	return (r->doubt & DOUBT_ALWAYS) == 0 &&
	       ((r->doubt & DOUBT_CAPTURE) == 0 || l->in->whole) &&
	       (l->tx == NULL || !l->tx->twice || is_via_below(l)) &&
	       at[r->left.message].sure &&
	       (r->given.part == PART_NOTHING || at[r->given.message].sure) &&
	       (r->right.part == PART_NOTHING || at[r->right.message].sure);
}

static bool
is_same_end(const struct end *a, const struct end *b)
{
	return a->message == b->message && a->part == b->part &&
	       a->header == b->header &&
	       (a->word == b->word || (a->word != NULL && b->word != NULL &&
					  strcmp(a->word, b->word) == 0));
}

/* Several rows that follow each other are about the same. */
static bool
read_left(struct inspected_message *l, const struct end *e, struct str *text)
{
	struct relating *x = l->in->relating;

	if (x->last == NULL || !is_same_end(x->last, e))
		x->there = relate_part(l, e, &x->left, &x->said);
	x->last = e;
	*text = x->said;
	return x->there;
}

/* How a message is sent is each hop's own. */
static bool
is_of_sending(enum part part)
{
	return part == PART_ENCRYPTED || part == PART_TRANSPORT;
}

/* E, which is TEXT or not there, was so when the message came to its proxy. */
static bool
came_so(struct inspected_message *l, const struct end *e, bool there,
    struct str text)
{
	struct end came = *e;
	struct str before;

	if (e->message != OTHER_MESSAGE_HERE)
		return true;
	came.message = OTHER_MESSAGE_CAME;
	return !is_of_sending(e->part) &&
	       relate_part(l, &came, &l->in->relating->given, &before) ==
		   there &&
	       str_eq(text, before);
}

/* L's proxy passes on what breaks R; the fault is that of who has made it. What
 * a request is next to may be of this hop alone: a CSeq that the proxy has
 * changed. */
static bool
row_is_passed_on(struct inspected_message *l, const struct relation *r,
    bool has, struct str left, struct str right)
{
	return l->forwarded && (r->where & WHERE_PASSED) == 0 &&
	       (!l->msg->request || r->right.message == OTHER_MESSAGE_HERE) &&
	       relate_place(l, OTHER_MESSAGE_CAME)->msg != NULL &&
	       came_so(l, &r->left, has, left) &&
	       came_so(l, &r->right, right.n > 0, right);
}

enum verdict
check_relation(struct inspected_message *l)
{
	const struct relation *r = &l->check->relation;
	struct relating *x = l->in->relating;
	struct str left, right = STR_NULL;
	bool lacks = (r->doubt & AS_NOTHING) != 0, has, holds;

	if (!is_given(l, r) || relate_place(l, r->left.message)->msg == NULL)
		return SILENT;
	has = read_left(l, &r->left, &left);
	if (!has && (r->doubt & MAY_LACK) != 0)
		return SILENT;
	if (r->right.part != PART_NOTHING &&
	    !relate_part(l, &r->right, &x->right, &right) &&
	    (!lacks || relate_place(l, r->right.message)->msg == NULL) &&
	    ((r->doubt & MAY_BE_NONE) == 0 ||
		relate_sdp(l, r->right.message) == NULL))
		return SILENT;
	if (r->kind == RELATION_PRESENT || r->kind == RELATION_ABSENT)
		holds = has == (r->kind == RELATION_PRESENT);
	else
		holds = (has || lacks) && relation_holds(r->kind, left, right);
	if (holds)
		return KEPT;
	if (row_is_passed_on(l, r, has, left, right))
		return SILENT;
	say_sides(l, has, left, right);
	if (!is_sure(l, r))
		return DOUBTED;
	x->told = l->check;
	return BROKEN;
}

/* ---- which rows ---- */

static size_t
list_of(bool request, unsigned status, enum msg_method m)
{
	unsigned class = request ? 0 : status / 100;

	return (class < RELATE_CLASSES ? class : 0) * MSG_METHOD_COUNT +
	       (size_t)m;
}

/* R is asked of messages of list I. */
static bool
is_of_list(const struct relation *r, size_t i)
{
	unsigned class = (unsigned)(i / MSG_METHOD_COUNT);

	return (r->methods >> (i % MSG_METHOD_COUNT) & 1) != 0 &&
	       (class == 0 ? r->request
			   : class >= r->least / 100 && class <= r->most / 100);
}

int
relate_create(struct inspect *in)
{
	in->relating = mem_zalloc(1, sizeof(*in->relating));
	return in->relating != NULL ? 0 : ERR_NOMEM;
}

/* Makes list I.  0 or ERR_NOMEM. */
static int
make_list(struct inspect *in, size_t i)
{
	size_t first = in->moments[AT_RELATION];
	size_t end = in->moments[AT_RELATION + 1];
	const struct check **rows =
	    mem_alloc((end - first + 1) * sizeof(struct check *));
	size_t n = 0;

	if (rows == NULL)
		return ERR_NOMEM;
	for (size_t k = first; k < end; k++)
		if (is_of_list(&in->checks[k]->relation, i))
			rows[n++] = in->checks[k];
	in->relating->lists[i].rows = rows;
	in->relating->lists[i].n = n;
	return 0;
}

void
relate_destroy(struct inspect *in)
{
	struct relating *x = in->relating;

	if (x == NULL)
		return;
	buf_free(&x->left);
	buf_free(&x->right);
	buf_free(&x->given);
	for (size_t i = 0; i < RELATE_LISTS; i++)
		mem_free(x->lists[i].rows);
	mem_free(x);
}

/* E is of a field of L's message that is not there. */
static bool
lacks_field(const struct inspected_message *l, const struct end *e)
{
	return e->part != PART_NOTHING && e->message == OTHER_MESSAGE_HERE &&
	       e->header != MSG_H_OTHER && !msg_may_have(l->msg, e->header);
}

/* The row that was broken last, of the same rule, stands these two against each
 * other as well. */
static bool
is_told(const struct relating *x, const struct check *c)
{
	return x->told != NULL && x->told->clause.rule == c->clause.rule &&
	       c->relation.right.part != PART_NOTHING &&
	       is_same_end(&x->told->relation.left, &c->relation.left) &&
	       is_same_end(&x->told->relation.right, &c->relation.right);
}

/* R says nothing of L's message, as is seen at once. */
static bool
is_silent(const struct inspected_message *l, const struct relation *r)
{
	return (r->where & ~l->in->relating->where) != 0 ||
	       (l->seen->repeated && (r->doubt & ALSO_AGAIN) == 0) ||
	       (!r->request &&
		   (l->msg->status < r->least || l->msg->status > r->most)) ||
	       lacks_field(l, &r->given) ||
	       ((r->doubt & MAY_LACK) != 0 && lacks_field(l, &r->left)) ||
	       ((r->doubt & AS_NOTHING) == 0 && lacks_field(l, &r->right));
}

void
relate_look(struct inspected_message *l)
{
	struct relating *x = l->in->relating;
	size_t i = list_of(l->msg->request, l->msg->status, l->msg->method);

	if (!l->read || l->fault != MSG_FAULT_NONE)
		return;
	if (x->lists[i].rows == NULL && make_list(l->in, i) != 0)
		l->in->err = ERR_NOMEM;
	if (x->lists[i].n == 0)
		return;
	for (size_t k = 0; k < OTHER_MESSAGE_COUNT; k++)
		x->at[k].asked = false;
	x->described.of = NULL;
	x->last = NULL;
	x->told = NULL;
	x->looked = false;
	x->where = find_where(l);
	for (size_t k = 0; k < x->lists[i].n && l->in->err == 0; k++) {
		const struct check *row = x->lists[i].rows[k];

		if (!is_silent(l, &row->relation) && !is_told(x, row))
			inspect_ask(l, row);
	}
	if (x->left.err != 0 || x->right.err != 0 || x->given.err != 0)
		l->in->err = ERR_NOMEM;
}
