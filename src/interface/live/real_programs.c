/* The real programs, their nodes and addresses: see live/real_programs.h. */
#include "live/real_programs.h"

#include "base/err.h"

#include <errno.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* 127.64.0.0/10, of the loopback and used by nothing else: a network for each
 * run of this machine, whose last address says that it is taken. */
#define NETWORK 64
/* In a third octet's range. */
#define HOSTS 254
/* Where a run holds its network; programs seldom wait there at all addresses.
 */
#define LOCK_PORT 5059

/* ATTR of node NAME is VALUE. */
static int
set(struct inputs *in, const char *name, const char *attr, struct str value)
{
	LOCAL_BUF text = BUF_INIT;
	struct topology_setting s = { 0 };

	buf_printf(&text, "%s.%s=%.*s", name, attr, STR_ARG(value));
	s.text = buf_cstr(&text);
	return text.err != 0 ? text.err : inputs_add_setting(in, &s);
}

int
real_programs_take_network(struct real_programs *c)
{
	struct sockaddr_in s = { .sin_family = AF_INET,
		.sin_port = htons(LOCK_PORT) };

	c->lock = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	while (c->lock >= 0 && c->tried < REAL_PROGRAMS_NETWORKS) {
		c->network = (uint8_t)(NETWORK + c->tried++);
		s.sin_addr.s_addr =
		    htonl(127u << 24 | (uint32_t)c->network << 16 | 0xfffe);
		if (bind(c->lock, (struct sockaddr *)(void *)&s, sizeof(s)) ==
		    0)
			return 0;
	}
	return ERR_EXISTS;
}

void
real_programs_leave_network(struct real_programs *c)
{
	if (c->lock >= 0)
		close(c->lock);
	c->lock = -1;
}

static struct addr
make_address(const struct real_programs *c, size_t i)
{
	struct addr a = { .len = 4, .ip = { 127, c->network } };

	a.ip[2] = (uint8_t)(i / HOSTS % 256);
	a.ip[3] = (uint8_t)(i % HOSTS + 1);
	return a;
}

/* Node I keeps the port that it has. */
static int
give_address(const struct real_programs *c, struct inputs *in,
    const struct topology_node *n, size_t i)
{
	struct addr a = make_address(c, i);
	LOCAL_BUF text = BUF_INIT;

	a.port = n->addr.port;
	addr_write(&a, &text);
	return text.err != 0 ? text.err
			     : set(in, n->name, "addr", buf_view(&text));
}

/* ---- faces to other machines ---- */

/* Interface I has A; *THERE: it has any address. */
static bool
has_address(const struct ifaddrs *i, const char *name, const struct addr *a,
    bool *there)
{
	struct sockaddr_in s;

	if (i->ifa_addr == NULL || i->ifa_addr->sa_family != AF_INET ||
	    strcmp(i->ifa_name, name) != 0)
		return false;
	*there = true;
	memcpy(&s, i->ifa_addr, sizeof(s));
	/* All of 127.0.0.0/8 is the loopback's (RFC 1122 3.2.1.3). */
	return memcmp(&s.sin_addr, a->ip, 4) == 0 ||
	       ((i->ifa_flags & IFF_LOOPBACK) != 0 && a->ip[0] == 127);
}

static int
check_interface(
    const struct real_program_face *f, struct str word, struct diag *d)
{
	struct ifaddrs *all = NULL;
	bool has = false, there = false;

	if (getifaddrs(&all) != 0)
		return diag_set(
		    d, ERR_IO, NULL, 0, "--face: %s", err_system(errno));
	for (const struct ifaddrs *i = all; i != NULL && !has; i = i->ifa_next)
		has = has_address(i, f->interface, &f->at, &there);
	freeifaddrs(all);
	if (has)
		return 0;
	return diag_set(d, ERR_NOTFOUND, NULL, 0,
	    there ? _("--face=%.*s: the interface has no such address")
		  : _("--face=%.*s: there is no such interface with IPv4"),
	    STR_ARG(word));
}

/* An address of this machine that is one, and none that runs have. */
static bool
is_one(const struct addr *a)
{
	static const uint8_t any[4];

	return a->len == 4 && memcmp(a->ip, any, 4) != 0 && a->ip[0] < 224 &&
	       !(a->ip[0] == 127 && a->ip[1] >> 6 == NETWORK >> 6);
}

/* WORD, "sbc:eth0=192.0.2.7". */
static int
take_face(struct real_program_face *f, struct str word, struct diag *d)
{
	struct str at, interface, node = str_cut(word, '=', &at);

	node = str_cut(node, ':', &interface);
	if (node.n == 0 || node.n >= sizeof(f->node) || interface.n == 0 ||
	    interface.n >= sizeof(f->interface) || at.n == 0)
		return diag_set(d, ERR_SYNTAX, NULL, 0,
		    _("--face=%.*s: write NODE:INTERFACE=ADDRESS, such as "
		      "sbc:eth0=192.0.2.7"),
		    STR_ARG(word));
	if (addr_parse(at, &f->at) != 0 || !is_one(&f->at))
		return diag_set(d, ERR_SYNTAX, NULL, 0,
		    _("--face=%.*s: the address must be an IPv4 address of "
		      "this machine outside 127.64.0.0/10"),
		    STR_ARG(word));
	snprintf(f->node, sizeof(f->node), "%.*s", STR_ARG(node));
	snprintf(
	    f->interface, sizeof(f->interface), "%.*s", STR_ARG(interface));
	return check_interface(f, word, d);
}

int
real_programs_take_faces(
    struct real_programs *c, const char *words, struct diag *d)
{
	struct str rest = str_of(words != NULL ? words : "");
	int err = 0;

	while (err == 0 && rest.n > 0) {
		struct str word = str_cut(rest, ',', &rest);

		if (c->nfaces == REAL_PROGRAMS_FACES)
			return diag_set(d, ERR_LIMIT, NULL, 0,
			    _("--face: at most %d faces are possible"),
			    REAL_PROGRAMS_FACES);
		err = take_face(&c->faces[c->nfaces++], word, d);
	}
	return err;
}

bool
real_programs_has_face(const struct real_programs *c, const struct addr *a)
{
	for (size_t i = 0; i < c->nfaces; i++)
		if (addr_same_ip(&c->faces[i].at, a))
			return true;
	return false;
}

static bool
has_role(const struct topology_node *n, const char *role)
{
	struct str rest = str_of(n->role);

	while (rest.n > 0)
		if (str_is(str_cut(rest, ' ', &rest), role))
			return true;
	return false;
}

/* Node I of T is F's: its face “outside” has F's address, the others are of
 * this machine alone. */
static int
open_face(const struct real_programs *c, struct inputs *in,
    const struct topology *t, const struct real_program_face *f, struct diag *d)
{
	const struct topology_node *n = topology_find(t, f->node, NULL);
	LOCAL_BUF faces = BUF_INIT, text = BUF_INIT;
	bool outside = false;

	if (n == NULL || !has_role(n, "sbc"))
		return diag_set(d, n != NULL ? ERR_UNSUPPORTED : ERR_NOTFOUND,
		    NULL, 0,
		    n != NULL ? _("--face: %s does not have the role sbc; only "
				  "an sbc can be open to other machines")
			      : _("--face: there is no node “%s”"),
		    f->node);
	for (size_t k = 0; k < n->nfaces; k++) {
		struct addr a = make_address(c, (size_t)(n - t->nodes));
		bool this = strcmp(n->faces[k].name, "outside") == 0;

		a.ip[2] = (uint8_t)(a.ip[2] + 8 * (k + 1));
		a.port = n->faces[k].addr.port;
		buf_clear(&text);
		addr_write(this ? &f->at : &a, &text);
		buf_printf(&faces, "%s%s=%s", k > 0 ? " " : "",
		    n->faces[k].name, buf_cstr(&text));
		outside |= this;
	}
	return !outside ? diag_set(d, ERR_NOTFOUND, NULL, 0,
			      _("--face: %s has no face “outside”, which would "
				"get the address (faces=)"),
			      n->name)
			: set(in, n->name, "faces", buf_view(&faces));
}

/* ---- programs ---- */

/* N, a program, is at A, of ::1, of which this machine has but one: the node
 * that it talks to, its outbound, has a face there as well, at its own port. */
static int
set_face_beside(struct inputs *in, const struct topology *t,
    const struct topology_node *n, const struct addr *a, struct diag *d)
{
	const struct topology_attr *by = topology_attr(n, "outbound");
	const struct topology_node *to =
	    by != NULL ? topology_find(t, by->value, NULL) : NULL;
	struct addr at = *a;
	LOCAL_BUF face = BUF_INIT;

	if (to == NULL || to->nfaces > 0)
		return diag_set(d, ERR_UNSUPPORTED, NULL, 0,
		    _("%s: at ::1 a program can talk only to the node that is "
		      "its outbound, which has one address"),
		    n->name);
	at.port = to->addr.port != 0 ? to->addr.port : ADDR_PORT_SIP;
	if (a->port == 0 || a->port == at.port)
		return diag_set(d, ERR_SYNTAX, NULL, 0,
		    _("%s: ::1 also belongs to %s, which has port %u there; "
		      "give another address, such as [::1]:5080"),
		    n->name, to->name, (unsigned)at.port);
	buf_puts(&face, "six=");
	addr_write(&at, &face);
	return set(in, to->name, "faces", buf_view(&face));
}

/* WORD, "bob" or "bob=127.0.0.1:5070". */
static int
set_program(const struct real_programs *c, struct inputs *in,
    const struct topology *t, struct str word, struct diag *d)
{
	struct str value, name = str_cut(word, '=', &value);
	const struct topology_node *n = NULL;
	struct addr a = { 0 };
	int err;

	for (size_t i = 0; i < t->nnodes && n == NULL; i++)
		if (str_eq(name, str_of(t->nodes[i].name)) &&
		    t->nodes[i].role[0] != '\0')
			n = &t->nodes[i];
	if (n == NULL)
		return diag_set(d, ERR_NOTFOUND, NULL, 0,
		    _("there is no node “%.*s” that a program could replace"),
		    STR_ARG(name));
	if (addr_parse(value, &a) == 0 && a.len == 16 && addr_is_loopback(&a)) {
		err = set_face_beside(in, t, n, &a, d);
		if (err != 0)
			return err;
	} else if (value.n > 0 &&
		   (addr_parse(value, &a) != 0 || a.len != 4 ||
		       (a.ip[0] != 127 && (c->nfaces == 0 || a.ip[0] >= 224))))
		return diag_set(d, ERR_SYNTAX, NULL, 0,
		    _("%s: “%.*s” is not an address of this machine only; use "
		      "127.0.0.1:5070, for example"),
		    n->name, STR_ARG(value));
	err = set(in, n->name, "outside", STR("true"));
	return err == 0 && value.n > 0 ? set(in, n->name, "addr", value) : err;
}

struct addr
real_programs_program_at(const struct topology_node *n)
{
	const struct topology_attr *by = topology_attr(n, "transport");
	struct addr at = n->addr;

	if (by != NULL)
		addr_transport_find(str_of(by->value), &at.transport);
	at.port = at.port != 0 ? at.port : addr_transports[at.transport].port;
	return at;
}

bool
real_programs_is_program(const struct topology_node *n)
{
	const struct topology_attr *a = topology_attr(n, "outside");

	return a != NULL && strcmp(a->value, "true") == 0;
}

int
real_programs_set(const struct real_programs *c, struct inputs *in,
    const char *outside, struct diag *d)
{
	struct topology *t = topology_keep(in->graph);
	struct str rest = str_of(outside != NULL ? outside : "");
	int err = 0;

	for (size_t i = 0; err == 0 && i < t->nnodes; i++)
		if (t->nodes[i].nfaces == 0 && t->nodes[i].role[0] != '\0')
			err = give_address(c, in, &t->nodes[i], i);
	while (err == 0 && rest.n > 0) {
		struct str word = str_cut(rest, ',', &rest);

		if (word.n > 0)
			err = set_program(c, in, t, word, d);
	}
	for (size_t i = 0; err == 0 && i < c->nfaces; i++)
		err = open_face(c, in, t, &c->faces[i], d);
	topology_drop(t);
	/* It is read again, with the settings. */
	topology_drop(in->graph);
	in->graph = NULL;
	return diag_fail(d, err);
}
