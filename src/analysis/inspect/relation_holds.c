/* How the two sides of a row stand to each other (inspect/relation.h). */
#include "base/addr.h"
#include "inspect/check.h"

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
holds_LEADS(struct str a, struct str b)
{
	return find_list_line(uri_leads_to, true, b, a).p != NULL;
}

static bool
holds_SAME_URIS(struct str a, struct str b)
{
	return holds_URIS_OF(a, b) && holds_URIS_OF(b, a);
}

static bool
holds_NO_URI_OF(struct str a, struct str b)
{
	return find_list_line(has_uri, true, a, b).p == NULL;
}

/* A text that is not an address proves nothing. */
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
holds_ALONE(struct str a, struct str b)
{
	return !has_line(a, b) || str_ieq(str_trim(a), b);
}

static bool
holds_REACHED(struct str a, struct str b)
{
	struct addr x, y;

	return !inspected_read_uri_place(a, &x) || addr_parse(b, &y) != 0 ||
	       addr_private(&x) == NULL || addr_private(&y) != NULL;
}

static bool
holds_BEGINS(struct str a, struct str b)
{
	return str_eq(str_slice(a, 0, b.n), b);
}

/* As routes: proxies have put theirs before. */
static bool
holds_ENDS(struct str a, struct str b)
{
	size_t lines = str_count(a, '\n'), n = str_count(b, '\n');

	for (; lines > n; lines--)
		str_cut(a, '\n', &a);
	return routes_are_equal(a, b);
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
	[RELATION_SAME_URIS] = holds_SAME_URIS,
	[RELATION_SAME_ROUTES] = routes_are_equal,
	[RELATION_URIS_OF] = holds_URIS_OF,
	[RELATION_LEADS] = holds_LEADS,
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
	[RELATION_ALONE] = holds_ALONE,
	[RELATION_REACHED] = holds_REACHED,
	[RELATION_BEGINS] = holds_BEGINS,
	[RELATION_ENDS] = holds_ENDS,
	[RELATION_ONE_MORE] = holds_ONE_MORE,
	[RELATION_AT_MOST] = holds_AT_MOST,
	[RELATION_AT_LEAST] = holds_AT_LEAST,
	[RELATION_MORE] = holds_MORE,
	[RELATION_KEYED] = holds_KEYED,
	[RELATION_ORDERED] = holds_ORDERED,
};

bool
relation_holds(enum relation_kind kind, struct str left, struct str right)
{
	return relations[kind](left, right);
}
