/* Rows of fields that stand in a relation to each other: which of them are
 * asked of a message, and what they say (inspect/relation.h). */
#include "inspect/relation.h"

#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/mem.h"
#include "inspect/relating.h"
#include "msg/header_names.h"
#include "msg/headers.h"

/* A finding shows so many bytes of a value. */
#define SHOWN 80

/* ---- relations ---- */

typedef bool relation_fn(struct str left, struct str right);

static bool
holds_DIFFERENT(struct str a, struct str b)
{
	return !str_eq(a, b);
}

/* WORD is a line of LIST. */
static bool
has_line(struct str list, struct str word)
{
	while (list.n > 0)
		if (str_ieq(str_cut(list, '\n', &list), word))
			return true;
	return false;
}

static bool
holds_ONE_OF(struct str a, struct str b)
{
	if (has_line(b, a) || str_has_word(b, a))
		return true;
	while (str_chr(b, ',') >= 0 && b.n > 0)
		if (str_ieq(str_trim(str_cut(b, ',', &b)), a))
			return true;
	return str_ieq(str_trim(b), a);
}

static bool
holds_NONE_OF(struct str a, struct str b)
{
	return !holds_ONE_OF(a, b);
}

/* The first line of A that B has (IS), or has not; NULL: there is none. */
static struct str
find_list_line(relation_fn *has, bool is, struct str a, struct str b)
{
	struct str line;

	while (a.n > 0) {
		line = str_cut(a, '\n', &a);
		if (has(b, line) == is)
			return line;
	}
	return STR_NULL;
}

static bool
holds_SUBSET(struct str a, struct str b)
{
	return str_eq(a, b) || find_list_line(has_line, false, a, b).p == NULL;
}

static bool
holds_APART(struct str a, struct str b)
{
	return find_list_line(has_line, true, a, b).p == NULL;
}

static bool
holds_MEETS(struct str a, struct str b)
{
	return !holds_APART(a, b);
}

static bool
has_uri(struct str list, struct str uri)
{
	while (list.n > 0)
		if (uri_is_same(str_cut(list, '\n', &list), uri))
			return true;
	return false;
}

static bool
holds_DISTINCT(struct str a, struct str b)
{
	struct str line;

	(void)b;
	while (a.n > 0) {
		line = str_cut(a, '\n', &a);
		if (line.n > 0 && has_line(a, line))
			return false;
	}
	return true;
}

/* RFC 3261 20.1: a type, its kind with any, or any. */
static bool
holds_TYPE_OF(struct str a, struct str b)
{
	struct str one, rest, kind = str_cut(a, '/', &rest);

	while (b.n > 0) {
		one = str_trim(str_cut(str_cut(b, '\n', &b), ';', &rest));
		if (str_ieq(one, a) || str_is(one, "*/*") || str_is(one, "*") ||
		    (str_ends(one, "/*") &&
			str_ieq(str_cut(one, '/', &rest), kind)))
			return true;
	}
	return false;
}

static bool
holds_URIS_OF(struct str a, struct str b)
{
	return find_list_line(has_uri, false, a, b).p == NULL;
}

static bool
holds_NO_URI_OF(struct str a, struct str b)
{
	return find_list_line(has_uri, true, a, b).p == NULL;
}

/* A text that is no address proves nothing. */
static bool
holds_SAME_HOST(struct str a, struct str b)
{
	struct addr x, y;

	return addr_parse(a, &x) != 0 || addr_parse(b, &y) != 0 ||
	       addr_same_ip(&x, &y);
}

static bool
holds_OTHER_HOST(struct str a, struct str b)
{
	struct addr x, y;

	return addr_parse(a, &x) != 0 || addr_parse(b, &y) != 0 ||
	       !addr_same_ip(&x, &y);
}

static bool
holds_BEGINS(struct str a, struct str b)
{
	return str_eq(str_slice(a, 0, b.n), b);
}

static bool
holds_ENDS(struct str a, struct str b)
{
	return a.n >= b.n && str_eq(str_slice(a, a.n - b.n, a.n), b);
}

static bool
read_both(struct str a, struct str b, uint64_t *x, uint64_t *y)
{
	return str_u64(a, x) == 0 && str_u64(b, y) == 0;
}

static bool
holds_ONE_MORE(struct str a, struct str b)
{
	uint64_t x, y;

	return read_both(a, b, &x, &y) && x == y + 1;
}

static bool
holds_AT_MOST(struct str a, struct str b)
{
	uint64_t x, y;

	return read_both(a, b, &x, &y) && x <= y;
}

static bool
holds_AT_LEAST(struct str a, struct str b)
{
	return holds_AT_MOST(b, a);
}

static bool
holds_MORE(struct str a, struct str b)
{
	uint64_t x, y;

	return read_both(a, b, &x, &y) && x > y;
}

/* A line of LIST begins with KEY; *WHOLE: LINE is one. */
static bool
has_key(struct str list, struct str key, struct str line, bool *whole)
{
	bool any = false;

	*whole = false;
	while (list.n > 0 && !*whole) {
		struct str one = str_cut(list, '\n', &list);

		*whole = str_ieq(one, line);
		any |= str_ieq(str_slice(one, 0, key.n), key);
	}
	return any;
}

static bool
holds_KEYED(struct str a, struct str b)
{
	while (a.n > 0) {
		struct str line = str_cut(a, '\n', &a);
		ptrdiff_t tab = str_chr(line, '\t');
		bool whole;

		if (tab >= 0 &&
		    has_key(
			b, str_slice(line, 0, (size_t)tab + 1), line, &whole) &&
		    !whole)
			return false;
	}
	return true;
}

/* A line of A that begins with KEY is one of B. */
static bool
has_shared(struct str a, struct str key, struct str b)
{
	while (a.n > 0) {
		struct str line = str_cut(a, '\n', &a);

		if (str_eq(str_slice(line, 0, key.n), key) && has_line(b, line))
			return true;
	}
	return false;
}

static bool
holds_SHARES(struct str a, struct str b)
{
	struct str rest = a;

	while (rest.n > 0) {
		struct str line = str_cut(rest, '\n', &rest);
		struct str key =
		    str_slice(line, 0, (size_t)str_chr(line, '\t') + 1);
		bool whole;

		if (has_key(b, key, line, &whole) && !whole &&
		    !has_shared(a, key, b))
			return false;
	}
	return true;
}

/* A letter that is not in B may stand anywhere. */
static bool
holds_ORDERED(struct str a, struct str b)
{
	ptrdiff_t last = -1;

	for (size_t i = 0; i < a.n; i++) {
		ptrdiff_t at = str_chr(b, a.p[i]);

		if (a.p[i] == '\n')
			last = -1;
		else if (at >= 0 && at < last)
			return false;
		else if (at >= 0)
			last = at;
	}
	return true;
}

/* PRESENT and ABSENT have no right side, and are told without these. */
static relation_fn *const relations[RELATION_COUNT] = {
	[RELATION_EQUAL] = str_eq,
	[RELATION_ALIKE] = str_ieq,
	[RELATION_DIFFERENT] = holds_DIFFERENT,
	[RELATION_SAME_URI] = uri_is_same,
	[RELATION_SAME_URIS] = routes_are_equal,
	[RELATION_URIS_OF] = holds_URIS_OF,
	[RELATION_NO_URI_OF] = holds_NO_URI_OF,
	[RELATION_SAME_HOST] = holds_SAME_HOST,
	[RELATION_OTHER_HOST] = holds_OTHER_HOST,
	[RELATION_ONE_OF] = holds_ONE_OF,
	[RELATION_NONE_OF] = holds_NONE_OF,
	[RELATION_SUBSET] = holds_SUBSET,
	[RELATION_APART] = holds_APART,
	[RELATION_DISTINCT] = holds_DISTINCT,
	[RELATION_TYPE_OF] = holds_TYPE_OF,
	[RELATION_MEETS] = holds_MEETS,
	[RELATION_SHARES] = holds_SHARES,
	[RELATION_BEGINS] = holds_BEGINS,
	[RELATION_ENDS] = holds_ENDS,
	[RELATION_ONE_MORE] = holds_ONE_MORE,
	[RELATION_AT_MOST] = holds_AT_MOST,
	[RELATION_AT_LEAST] = holds_AT_LEAST,
	[RELATION_MORE] = holds_MORE,
	[RELATION_KEYED] = holds_KEYED,
	[RELATION_ORDERED] = holds_ORDERED,
};

/* ---- where ---- */

static bool
is_initial(const struct look *l)
{
	return l->msg->request ? l->to_tag.n == 0
			       : l->tx != NULL && l->tx->initial;
}

static bool
is_own(const struct look *l)
{
	return l->msg->request ? is_own_request(l)
			       : !l->forwarded && l->tx != NULL;
}

static bool
is_offer(struct look *l)
{
	return l->has_sdp && !l->forwarded &&
	       relate_place(l, PLACE_OFFER)->msg == NULL;
}

/* In a capture a PRACK shows that there was a reliable response, though that is
 * missing; it may come before the dialog is known. */
static bool
is_undescribed(const struct look *l)
{
	const struct story_tx *tx = l->tx;

	return tx != NULL && !l->msg->request && !tx->sdp &&
	       !tx->reliable_sdp && !tx_facts(l, tx)->closed &&
	       (l->in->whole || !tx_facts(l, tx)->may_be_reliable ||
		   (l->dialog != NULL && l->dialog->rack_came == 0));
}

/* It says what this side has said last, but for o=. */
static bool
is_same(struct look *l)
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
is_unsaid(const struct look *l)
{
	return !l->msg->request && l->tx != NULL && !l->tx->reliable_sdp &&
	       (l->in->whole || !tx_facts(l, l->tx)->may_be_reliable);
}

static bool
is_recorded(const struct look *l)
{
	size_t came =
	    l->came->routes.n > 0 ? str_count(l->came->routes, '\n') : 0;

	return msg_count_values(l->msg, MSG_H_RECORD_ROUTE) > came;
}

/* The Request-URI that has come has a user at an address that is not the
 * proxy's; a Route has led it here.  A URI without a user may be the proxy's
 * own name for a phone. */
static bool
is_foreign(const struct look *l)
{
	struct addr uri, own;
	struct msg_uri u;

	return l->to_tag.n > 0 && tx_facts(l, l->came)->nroutes > 0 &&
	       msg_uri_read(l->came->uri, &u) == 0 && u.user.n > 0 &&
	       look_read_uri_place(l->came->uri, &uri) &&
	       addr_parse(l->came->dst_addr, &own) == 0 &&
	       !addr_same_ip(&uri, &own);
}

static unsigned
find_passed(const struct look *l)
{
	if (!look_is_forwarded(l, l->msg->request))
		return 0;
	if (!l->msg->request)
		return WHERE_PASSED | (l->nvias > 1 ? WHERE_FAR : 0);
	return WHERE_PASSED | (l->came->nvias > 1 ? WHERE_FAR : 0) |
	       (is_recorded(l) ? WHERE_RECORDED : 0) |
	       (is_foreign(l) ? WHERE_FOREIGN : 0);
}

static unsigned
find_where(struct look *l)
{
	const struct story_dialog *d = l->forwarded ? NULL : l->dialog;
	unsigned where = 0;

	where |= is_own(l) ? WHERE_OWN : 0;
	where |= find_passed(l);
	where |= is_initial(l) ? WHERE_OUTSIDE : d != NULL ? WHERE_INSIDE : 0;
	where |= l->to_tag.n > 0 ? WHERE_TAGGED : 0;
	where |= addr_word_is_udp(l->via.transport) ? WHERE_DATAGRAM : 0;
	if (d != NULL)
		where |= d->uac ? WHERE_CALLER : WHERE_CALLED;
	where |= look_has_old_branch(l) ? 0 : WHERE_COOKIE;
	where |= look_may_lack_tags(l) ? 0 : WHERE_TAGS;
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
		PLACES(X)
#undef X
	    }[e->place]));
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

/* The line of a list that breaks R; LEFT where that is no single one. */
static struct str
find_culprit(const struct relation *r, struct str left, struct str right)
{
	bool lists = r->kind == RELATION_SUBSET || r->kind == RELATION_APART ||
		     r->kind == RELATION_KEYED || r->kind == RELATION_ORDERED;

	for (struct str rest = left; lists && rest.n > 0;) {
		struct str line = str_cut(rest, '\n', &rest);

		if (!relations[r->kind](line, right))
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
say_sides(struct look *l, bool has_left, struct str left, struct str right)
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
is_given(struct look *l, const struct relation *r)
{
	struct str text;

	if (r->given.part == PART_NOTHING)
		return true;
	if (!relate_part(l, &r->given, &l->in->relating->given, &text))
		return false;
	return r->is == NULL || str_iis(text, r->is);
}

static bool
is_sure(const struct look *l, const struct relation *r)
{
	const struct placed *at = l->in->relating->at;

	return (r->doubt & DOUBT_ALWAYS) == 0 &&
	       ((r->doubt & DOUBT_CAPTURE) == 0 || l->in->whole) &&
	       (l->tx == NULL || !l->tx->twice || is_via_below(l)) &&
	       at[r->left.place].sure &&
	       (r->given.part == PART_NOTHING || at[r->given.place].sure) &&
	       (r->right.part == PART_NOTHING || at[r->right.place].sure);
}

static bool
is_same_end(const struct end *a, const struct end *b)
{
	return a->place == b->place && a->part == b->part &&
	       a->header == b->header &&
	       (a->word == b->word || (a->word != NULL && b->word != NULL &&
					  strcmp(a->word, b->word) == 0));
}

/* Several rows that follow each other are about the same. */
static bool
read_left(struct look *l, const struct end *e, struct str *text)
{
	struct relating *x = l->in->relating;

	if (x->last == NULL || !is_same_end(x->last, e))
		x->there = relate_part(l, e, &x->left, &x->said);
	x->last = e;
	*text = x->said;
	return x->there;
}

enum verdict
check_relation(struct look *l)
{
	const struct relation *r = &l->check->relation;
	struct relating *x = l->in->relating;
	struct str left, right = STR_NULL;
	bool lacks = (r->doubt & AS_NOTHING) != 0, has, holds;

	if (!is_given(l, r) || relate_place(l, r->left.place)->msg == NULL)
		return SILENT;
	has = read_left(l, &r->left, &left);
	if (!has && (r->doubt & MAY_LACK) != 0)
		return SILENT;
	if (r->right.part != PART_NOTHING &&
	    !relate_part(l, &r->right, &x->right, &right) &&
	    (!lacks || relate_place(l, r->right.place)->msg == NULL) &&
	    ((r->doubt & MAY_BE_NONE) == 0 ||
		relate_sdp(l, r->right.place) == NULL))
		return SILENT;
	if (r->kind == RELATION_PRESENT || r->kind == RELATION_ABSENT)
		holds = has == (r->kind == RELATION_PRESENT);
	else
		holds = (has || lacks) && relations[r->kind](left, right);
	if (holds)
		return KEPT;
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
	struct relating *x = mem_zalloc(1, sizeof(*x));
	size_t n = 0;

	in->relating = x;
	if (x == NULL)
		return ERR_NOMEM;
	for (size_t i = 0; i < RELATE_LISTS; i++)
		for (size_t k = in->moments[AT_RELATION];
		     k < in->moments[AT_RELATION + 1]; k++)
			n += is_of_list(&in->checks[k]->relation, i);
	x->rows = mem_zalloc(n + 1, sizeof(struct check *));
	if (x->rows == NULL)
		return ERR_NOMEM;
	n = 0;
	for (size_t i = 0; i < RELATE_LISTS; i++) {
		x->first[i] = n;
		for (size_t k = in->moments[AT_RELATION];
		     k < in->moments[AT_RELATION + 1]; k++)
			if (is_of_list(&in->checks[k]->relation, i))
				x->rows[n++] = in->checks[k];
	}
	x->first[RELATE_LISTS] = n;
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
	mem_free(x->rows);
	mem_free(x);
}

/* E is of a field of L's message that is not there. */
static bool
lacks_field(const struct look *l, const struct end *e)
{
	return e->part != PART_NOTHING && e->place == PLACE_HERE &&
	       e->header != MSG_H_OTHER && !msg_may_have(l->msg, e->header);
}

/* The row that was broken last, of the same rule, stands these two against each
 * other, too. */
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
is_silent(const struct look *l, const struct relation *r)
{
	return (r->where & ~l->in->relating->where) != 0 ||
	       (!r->request &&
		   (l->msg->status < r->least || l->msg->status > r->most)) ||
	       lacks_field(l, &r->given) ||
	       ((r->doubt & MAY_LACK) != 0 && lacks_field(l, &r->left)) ||
	       ((r->doubt & AS_NOTHING) == 0 && lacks_field(l, &r->right));
}

void
relate_look(struct look *l)
{
	struct relating *x = l->in->relating;
	size_t i = list_of(l->msg->request, l->msg->status, l->msg->method);

	if (!l->read || l->fault != MSG_FAULT_NONE ||
	    x->first[i] == x->first[i + 1])
		return;
	for (size_t k = 0; k < PLACE_COUNT; k++)
		x->at[k].asked = false;
	x->described.of = NULL;
	x->last = NULL;
	x->told = NULL;
	x->looked = false;
	x->where = find_where(l);
	for (size_t k = x->first[i]; k < x->first[i + 1] && l->in->err == 0;
	     k++)
		if (!is_silent(l, &x->rows[k]->relation) &&
		    !is_told(x, x->rows[k]))
			inspect_ask(l, x->rows[k]);
	if (x->left.err != 0 || x->right.err != 0 || x->given.err != 0)
		l->in->err = ERR_NOMEM;
}
