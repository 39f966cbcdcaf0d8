/*
 * What a proxy leaves as it is in what it forwards: RFC 3261 16.6 step 1, 16.7
 * steps 3 and 9.  What came is read again beside what goes on.
 */
#include "inspect/checks.h"

#include "base/addr.h"

/* How two of a kind differ.  PLACE: as a gateway between networks makes them
 * differ, which a capture may have on the way to the proxy. */
enum difference { SAME, PLACE, OTHER };

/* ---- From, To ---- */

static bool
is_address(struct str host)
{
	struct addr a;

	return addr_parse(host, &a) == 0;
}

static enum difference
compare_uris(struct str a, struct str b)
{
	struct msg_uri x, y;

	if (str_eq(a, b) || msg_uri_equal(a, b))
		return SAME;
	if (msg_uri_read(a, &x) != 0 || msg_uri_read(b, &y) != 0 || !x.sip ||
	    !y.sip || !str_eq(x.user, y.user) || !str_ieq(x.scheme, y.scheme))
		return OTHER;
	return is_address(x.host) || is_address(y.host) ? PLACE : OTHER;
}

/* Which of several tags would be taken over nobody can tell (7.3.1: a parameter
 * stands once). */
static bool
has_two_tags(struct str params)
{
	struct str name, value;
	unsigned n = 0;

	while (msg_next_param(&params, &name, &value))
		n += str_iis(name, "tag");
	return n > 1;
}

/* Says how field ID, a From or To, of L differs from that of FROM. */
static enum difference
compare_field(struct look *l, const struct msg *from, enum msg_header id)
{
	const char *name = msg_header_info(id)->name;
	struct msg_addr a, b;
	enum difference uris;

	if (msg_addr_read(msg_value(from, id), &a) != 0 ||
	    msg_addr_read(msg_value(l->msg, id), &b) != 0 ||
	    has_two_tags(a.params))
		return SAME;
	uris = compare_uris(a.uri, b.uri);
	if (!str_eq(a.tag, b.tag))
		look_say(l, _("another tag in %s"), name);
	else if (!str_eq(a.display, b.display))
		look_say(l, _("another name in %s"), name);
	else if (uris != SAME)
		look_say(l, _("another URI in %s"), name);
	else
		return SAME;
	return str_eq(a.tag, b.tag) && str_eq(a.display, b.display) ? uris
								    : OTHER;
}

/* ---- bodies ---- */

/* Words 1 … N of TEXT into H. */
static uint64_t
hash_words(uint64_t h, struct str text, int n)
{
	while (n-- > 0)
		h = str_hash_add(h, str_cut(text, ' ', &text));
	return h;
}

/* LINE of a session description without what says where media go. */
static uint64_t
hash_line(uint64_t h, struct str line)
{
	if (str_starts(line, "a=rtcp:") || str_starts(line, "a=candidate:"))
		return h;
	if (str_starts(line, "c="))
		return hash_words(h, line, 2);
	if (str_starts(line, "o="))
		return hash_words(h, line, 5);
	if (!str_starts(line, "m="))
		return str_hash_add(h, line);
	h = hash_words(h, line, 1);
	str_cut(line, ' ', &line);
	str_cut(line, ' ', &line);
	return str_hash_add(h, line);
}

static uint64_t
hash_without_places(struct str body)
{
	uint64_t h = STR_HASH_START;

	while (body.n > 0)
		h = hash_line(h, str_trim(str_cut(body, '\n', &body)));
	return str_hash_end(h);
}

static enum difference
compare_bodies(struct look *l, const struct msg *from)
{
	if (str_eq(l->msg->body, from->body))
		return SAME;
	look_say(l, _("another body"));
	return hash_without_places(l->msg->body) ==
		       hash_without_places(from->body)
		   ? PLACE
		   : OTHER;
}

/* ---- the clauses ---- */

static enum difference
compare_numbers(struct look *l, const struct msg *from)
{
	struct msg_cseq cseq;

	if (!str_eq(msg_value(l->msg, MSG_H_CALL_ID),
		msg_value(from, MSG_H_CALL_ID)))
		look_say(l, _("another Call-ID"));
	else if (msg_cseq_read(msg_value(from, MSG_H_CSEQ), &cseq) == 0 &&
		 (cseq.number != l->cseq.number ||
		     !str_eq(cseq.method, l->cseq.method)))
		look_say(l, _("another CSeq"));
	else
		return SAME;
	return OTHER;
}

static enum verdict
judge_unchanged(struct look *l)
{
	const struct msg *from = look_source(l);
	enum difference d;

	if (from == NULL)
		return SEEN;
	d = compare_field(l, from, MSG_H_FROM);
	if (d == SAME)
		d = compare_field(l, from, MSG_H_TO);
	if (d == SAME)
		d = compare_numbers(l, from);
	if (d == SAME)
		d = compare_bodies(l, from);
	if (d == SAME)
		return KEPT;
	return d == OTHER || l->in->whole ? BROKEN : SEEN;
}

enum verdict
check_unchanged(struct look *l)
{
	return is_forwarded(l, true) ? judge_unchanged(l) : SILENT;
}

/* A capture does not say which one of several provisional responses, of one
 * branch or of several, goes on. */
enum verdict
check_response_unchanged(struct look *l)
{
	const struct msg *from = look_source(l);

	if (!is_forwarded(l, false))
		return SILENT;
	if (!l->in->whole && from != NULL &&
	    (l->msg->status < 200 ||
		!str_eq(l->to_tag, msg_tag(msg_value(from, MSG_H_TO)))))
		return SEEN;
	return judge_unchanged(l);
}

/* L's top Via is of the address that sends L. */
static bool
is_own_via(const struct look *l)
{
	struct addr via, src;

	if (addr_parse(l->via.host, &via) != 0 ||
	    addr_parse(l->send.src_addr, &src) != 0)
		return false;
	via.port = msg_via_port(&l->via);
	return addr_same_ip(&via, &src) && via.port == src.port && l->nvias > 1;
}

/* The client of a request sends a response to it on, with its own Via on top:
 * whoever gets that has not sent such a request. */
bool
is_own_via_left(const struct look *l)
{
	if (l->msg->request || l->other == l->node)
		return false;
	return l->tx != NULL
		   ? l->tx->client == l->node && l->tx->server != l->node &&
			 l->node < l->in->node_n
		   : is_own_via(l);
}

/* 16.7 step 3 */
enum verdict
check_response_via(struct look *l)
{
	const struct msg *from;
	size_t came;

	if (is_own_via_left(l)) {
		l->as = ROLE_CLASS_PROXY;
		look_say(l, _("its own Via is left on top"));
		return BROKEN;
	}
	if (!is_forwarded(l, false))
		return SILENT;
	from = look_source(l);
	if (from == NULL)
		return SEEN;
	came = msg_count_values(from, MSG_H_VIA);
	look_measured(l, _("it came with %u Vias and goes on with %u"),
	    (unsigned)came, l->nvias);
	return verdict_of(l->nvias + 1 == came);
}
