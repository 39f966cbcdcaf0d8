/* Who plays whom, at which address: see live/cast.h. */
#include "live/cast.h"

#include "base/err.h"

#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* 127.64.0.0/10, of the loopback and used by nothing else: a network for each
 * run of this machine, whose last address says that it is taken. */
#define NETWORK 64
/* In a third octet's range. */
#define HOSTS 254

/* ATTR of node NAME is VALUE. */
static int
set(struct inputs *in, const char *name, const char *attr, struct str value)
{
	struct buf text = BUF_INIT;
	struct topology_setting s = { 0 };
	int err;

	buf_printf(&text, "%s.%s=%.*s", name, attr, STR_ARG(value));
	s.text = buf_cstr(&text);
	err = text.err != 0 ? text.err : inputs_add_setting(in, &s);
	buf_free(&text);
	return err;
}

int
cast_take_network(struct cast *c)
{
	struct sockaddr_in s = { .sin_family = AF_INET,
		.sin_port = htons(ADDR_PORT_SIP) };

	c->lock = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	while (c->lock >= 0 && c->tried < CAST_NETWORKS) {
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
cast_leave_network(struct cast *c)
{
	if (c->lock >= 0)
		close(c->lock);
	c->lock = -1;
}

static struct addr
make_address(const struct cast *c, size_t i)
{
	struct addr a = { .len = 4, .ip = { 127, c->network } };

	a.ip[2] = (uint8_t)(i / HOSTS % 256);
	a.ip[3] = (uint8_t)(i % HOSTS + 1);
	return a;
}

/* Node I keeps the port that it has. */
static int
give_address(const struct cast *c, struct inputs *in,
    const struct topology_node *n, size_t i)
{
	struct addr a = make_address(c, i);
	struct buf text = BUF_INIT;
	int err;

	a.port = n->addr.port;
	addr_write(&a, &text);
	err = text.err != 0 ? text.err
			    : set(in, n->name, "addr", buf_view(&text));
	buf_free(&text);
	return err;
}

/* WORD, "bob" or "bob=127.0.0.1:5070". */
static int
cast_one(struct inputs *in, const struct topology *t, struct str word,
    struct diag *d)
{
	struct str value, name = str_cut(word, '=', &value);
	const struct topology_node *n = NULL;
	struct addr a;
	int err;

	for (size_t i = 0; i < t->nnodes && n == NULL; i++)
		if (str_eq(name, str_of(t->nodes[i].name)))
			n = &t->nodes[i];
	if (n == NULL)
		return diag_set(d, ERR_NOTFOUND, NULL, 0,
		    _("there is no node “%.*s” that a program could be"),
		    STR_ARG(name));
	if (value.n > 0 &&
	    (addr_parse(value, &a) != 0 || a.len != 4 || a.ip[0] != 127))
		return diag_set(d, ERR_SYNTAX, NULL, 0,
		    _("%s: “%.*s” is no address of this machine alone, such as "
		      "127.0.0.1:5070"),
		    n->name, STR_ARG(value));
	err = set(in, n->name, "outside", STR("true"));
	return err == 0 && value.n > 0 ? set(in, n->name, "addr", value) : err;
}

bool
cast_is_program(const struct topology_node *n)
{
	const struct topology_attr *a = topology_attr(n, "outside");

	return a != NULL && strcmp(a->value, "true") == 0;
}

int
cast_set(const struct cast *c, struct inputs *in, const char *outside,
    struct diag *d)
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
			err = cast_one(in, t, word, d);
	}
	topology_drop(t);
	/* It is read anew, with the settings. */
	topology_drop(in->graph);
	in->graph = NULL;
	return err == 0 ? 0 : diag_set(d, err, NULL, 0, "%s", err_text(err));
}
