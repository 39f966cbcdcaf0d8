/*
 * The zones of a name server: those of its files; or of the domains of the
 * topology, made of what the topology says: which servers a domain has, by
 * NAPTR and SRV (RFC 3263 4), where its hosts are, who its name servers are;
 * and a name for each address (RFC 1035 3.5, RFC 3596 2.5).
 */
#include "roles/dns/dns_in.h"

#include "base/err.h"
#include "base/mem.h"

#define ZONE_TTL_S   3600
#define NEGATIVE_S   300 /* at most: RFC 2308 5 */
#define NAPTR_STEP   10
#define SRV_PRIORITY 10 /* of an entry that says nothing */

/* That of the domain APEX itself, or NULL. */
static struct dns_zone *
zone_of(const struct dns *s, const struct dns_name *apex)
{
	struct dns_name key = *apex;

	dns_name_fold(&key);
	return map_get(s->zones, dns_name_view(&key));
}

struct dns_zone *
dns_zone_for(const struct dns *s, const struct dns_name *name)
{
	struct dns_name above = *name;
	struct dns_zone *z = zone_of(s, &above);

	while (z == NULL && above.n > 1) {
		dns_name_cut(&above, 1, &above);
		z = zone_of(s, &above);
	}
	return z;
}

void
dns_free_zones(struct dns *s)
{
	size_t at = 0;
	void *z;

	while (s->zones != NULL && map_next(s->zones, &at, NULL, &z))
		dns_zone_destroy(z);
	map_destroy(s->zones);
}

/* S has Z, unless it has another one of that domain. */
static int
keep_zone(struct dns *s, struct dns_zone *z)
{
	struct dns_name apex = *dns_zone_apex(z);
	int err = 0;

	dns_name_fold(&apex);
	if (zone_of(s, &apex) == NULL)
		err = map_put(s->zones, dns_name_view(&apex), z);
	if (zone_of(s, &apex) != z)
		dns_zone_destroy(z);
	return err;
}

/* ---- files ---- */

static int
read_files(struct dns *s, struct str files)
{
	int err = 0;

	while (err == 0 && files.n > 0) {
		struct str file = str_cut(files, ' ', &files);
		const char *text = map_get(s->node->world->texts, file);
		struct dns_zone *z;

		if (file.n == 0 || text == NULL)
			continue;
		err = dns_zone_read(&z, str_of(text), "", NULL, NULL);
		if (err == 0)
			err = keep_zone(s, z);
	}
	return err;
}

/* ---- the topology ---- */

/* A node, and the next one of its domain, of which the first knows the last. */
struct host {
	const struct node *node;
	struct host *next, *last;
};

struct making {
	struct dns *s;
	struct host *all;  /* of the world, as they came */
	struct map *hosts; /* domain in small letters → struct host, the first
			    */
	struct dns_zone *z;
	const char *domain;
	struct dns_name apex;
	uint32_t ttl;
	int err;
};

static void
dns_zone_put_small(struct buf *out, const char *domain)
{
	for (; *domain != '\0'; domain++)
		buf_putc(out, chr_lower(*domain));
}

/* The first of M's domain, or NULL. */
static const struct host *
hosts_of_domain(struct making *m)
{
	LOCAL_BUF key = BUF_INIT;

	dns_zone_put_small(&key, m->domain);
	m->err = m->err != 0 ? m->err : key.err;
	return map_get(m->hosts, buf_view(&key));
}

/* Each of the world's nodes with a domain. */
static int
index_hosts(struct making *m)
{
	const struct map *nodes = m->s->node->world->nodes;
	LOCAL_BUF key = BUF_INIT;
	size_t at = 0;
	void *value;
	int err = map_create(&m->hosts);
	struct host *h = mem_zalloc(map_count(nodes), sizeof(*h)), *first;

	m->all = h;
	if (h == NULL)
		err = ERR_NOMEM;
	for (; err == 0 && map_next(nodes, &at, NULL, &value); h++) {
		h->node = value;
		buf_clear(&key);
		dns_zone_put_small(&key, h->node->domain);
		first = map_get(m->hosts, buf_view(&key));
		h->last = h;
		if (first == NULL)
			err = map_put(m->hosts, buf_view(&key), h);
		else
			first->last = first->last->next = h;
		err = key.err != 0 ? key.err : err;
	}
	return err;
}

static void
dns_zone_add_record(struct making *m, const struct dns_name *name,
    unsigned type, struct buf *data)
{
	if (m->err == 0)
		m->err = data->err;
	if (m->err == 0)
		m->err = dns_zone_add(m->z, name, type, m->ttl, buf_view(data));
	/* What does not fit in a zone is not there. */
	if (m->err == ERR_SYNTAX)
		m->err = 0;
	buf_free(data);
}

/* N's name: a label before its domain, else before DOMAIN; ERR_SYNTAX: it can
 * have none. */
static int
dns_zone_name_of(
    const struct node *n, const struct dns_name *domain, struct dns_name *name)
{
	struct dns_name own = *domain, label = { 0 };
	size_t size = strlen(n->name);

	if (n->domain[0] != '\0' &&
	    dns_name_read(str_of(n->domain), NULL, &own) != 0)
		return ERR_SYNTAX;
	if (size > DNS_LABEL_MAX || size + 1 + own.n > DNS_NAME_MAX)
		return ERR_SYNTAX;
	label.b[0] = (uint8_t)size;
	memcpy(label.b + 1, n->name, size);
	memcpy(label.b + 1 + size, own.b, own.n);
	label.n = (uint8_t)(size + 1 + own.n);
	*name = label;
	return 0;
}

/* Where N is, as the name server sees it: of each family the address that faces
 * it, else the first. */
static size_t
find_addrs(const struct making *m, const struct node *n, struct addr out[2])
{
	const struct node_face *face = node_face_for(n, m->s->node);
	size_t k = 1;

	out[0] = face->addr;
	for (size_t i = 0; i < n->nfaces && k < 2; i++)
		if (n->faces[i].addr.len != face->addr.len)
			out[k++] = n->faces[i].addr;
	return k;
}

static void
add_addrs(struct making *m, const struct node *n, const struct dns_name *name)
{
	struct addr a[2];
	size_t k = find_addrs(m, n, a);

	for (size_t i = 0; i < k; i++) {
		struct buf data = BUF_INIT;

		dns_put_addr(&a[i], &data);
		dns_zone_add_record(
		    m, name, a[i].len == 4 ? DNS_TYPE_A : DNS_TYPE_AAAA, &data);
	}
}

/* N serves DOMAIN with a zone that the topology makes: no other name server's
 * domain is nearer, or it has none and knows all. */
static bool
serves_domain(const struct node *n, const struct dns_name *domain)
{
	unsigned own = resolver_nearness(n, domain);
	const struct node *o = n->world->name_servers;

	if (node_attr(n, "zone", NULL) != NULL)
		return false;
	if (own <= 1)
		return own == 1;
	while (o != NULL && resolver_nearness(o, domain) <= own)
		o = o->next_server;
	return o == NULL;
}

/* RFC 1034 4.2.1: who serves APEX, with their addresses where these are within
 * the zone. */
static void
add_name_servers(struct making *m, const struct dns_name *apex)
{
	const struct node *n = m->s->node->world->name_servers;

	for (; n != NULL; n = n->next_server) {
		struct dns_name name;
		struct buf data = BUF_INIT;

		if (!serves_domain(n, apex) ||
		    dns_zone_name_of(n, apex, &name) != 0)
			continue;
		dns_put_target(&name, &data);
		dns_zone_add_record(m, apex, DNS_TYPE_NS, &data);
		add_addrs(m, n, &name);
	}
}

static void
dns_zone_add_soa(struct making *m)
{
	struct dns_soa soa = { .serial = 1,
		.refresh = 7200,
		.retry = 900,
		.expire = 1209600,
		.minimum = m->ttl < NEGATIVE_S ? m->ttl : NEGATIVE_S };
	struct buf data = BUF_INIT;

	if (dns_zone_name_of(m->s->node, &m->apex, &soa.server) != 0)
		soa.server = m->apex;
	if (dns_name_join("hostmaster", &m->apex, &soa.mailbox) != 0)
		soa.mailbox = m->apex;
	dns_put_soa(&soa, &data);
	dns_zone_add_record(m, &m->apex, DNS_TYPE_SOA, &data);
}

/* ---- servers of a domain ---- */

/* The attribute `srv`: priority and weight. */
static bool
read_srv(const struct node *n, struct dns_srv *srv)
{
	struct str weight;
	struct str priority =
	    str_cut(str_of(node_attr(n, "srv", "")), ' ', &weight);
	uint32_t p = 0, w = 0;

	if (str_u32(priority, &p) != 0 || str_u32(weight, &w) != 0)
		return false;
	srv->priority = (uint16_t)p;
	srv->weight = (uint16_t)w;
	return true;
}

/* F is reached by BY, and the domain says so: WebSocket is for browsers, which
 * have a URI of their own, unless its server likes nothing else (RFC 7118). */
static bool
dns_zone_is_told(const struct node_face *f, enum addr_transport by)
{
	return (f->listens >> by & 1) != 0 &&
	       (addr_transports[by].framing != ADDR_WEBSOCKET ||
		   node_transport(f->node) == by);
}

/* N's SRV records, for each transport by which it is reached: they are noted in
 * *HAS. */
static void
dns_zone_add_server(
    struct making *m, const struct node *n, struct dns_srv srv, unsigned *has)
{
	const struct node_face *face = node_face_for(n, m->s->node);

	if (dns_zone_name_of(n, &m->apex, &srv.target) != 0)
		return;
	add_addrs(m, n, &srv.target);
	for (unsigned by = 0; by < ADDR_TRANSPORTS; by++) {
		struct buf data = BUF_INIT;
		struct dns_name name;

		if (!dns_zone_is_told(face, by) ||
		    dns_name_join(addr_transports[by].srv, &m->apex, &name) !=
			0)
			continue;
		srv.port = node_face_addr(face, by).port;
		dns_put_srv(&srv, &data);
		dns_zone_add_record(m, &name, DNS_TYPE_SRV, &data);
		*has |= 1u << by;
	}
}

static void
add_naptr(struct making *m, enum addr_transport by, uint16_t order)
{
	struct dns_naptr naptr = { .order = order,
		.preference = 10,
		.flags = STR("s"),
		.service = str_of(addr_transports[by].naptr) };
	struct buf data = BUF_INIT;

	if (dns_name_join(
		addr_transports[by].srv, &m->apex, &naptr.replacement) != 0)
		return;
	dns_put_naptr(&naptr, &data);
	dns_zone_add_record(m, &m->apex, DNS_TYPE_NAPTR, &data);
}

/* The nodes with `srv`, else the domain's entry alone; first the transport that
 * the entry prefers. */
static void
add_servers(struct making *m, const struct node *entry)
{
	struct dns_srv srv = { .priority = SRV_PRIORITY };
	unsigned has = 0, liked = node_transport(entry);
	uint16_t order = NAPTR_STEP;
	const struct host *h = hosts_of_domain(m), *first = m->all;
	/* Of another domain, it has its place among them. */
	bool waits = node_attr(entry, "srv", NULL) != NULL &&
		     !str_iis(str_of(entry->domain), m->domain);

	while (waits && first->node != entry)
		first++;
	while (h != NULL || waits) {
		bool now = waits && (h == NULL || first < h);
		const struct node *n = now ? entry : h->node;

		if (read_srv(n, &srv))
			dns_zone_add_server(m, n, srv, &has);
		waits = waits && !now;
		h = now ? h : h->next;
	}
	if (has == 0)
		dns_zone_add_server(m, entry, srv, &has);
	for (unsigned i = 0; i <= ADDR_TRANSPORTS; i++) {
		unsigned by = i == 0 ? liked : i - 1;

		if ((has >> by & 1) == 0 || (i > 0 && by == liked))
			continue;
		add_naptr(m, by, order);
		order = (uint16_t)(order + NAPTR_STEP);
	}
}

static void
add_hosts(struct making *m)
{
	const struct host *h = hosts_of_domain(m);
	struct dns_name name;

	for (; h != NULL; h = h->next)
		if (h->node->roles[0] != '\0' &&
		    dns_zone_name_of(h->node, &m->apex, &name) == 0)
			add_addrs(m, h->node, &name);
}

/* Domains below its own that other name servers have. */
static void
add_delegations(struct making *m)
{
	const struct node *n = m->s->node->world->name_servers;
	struct dns_name sub;

	for (; n != NULL; n = n->next_server) {
		if (n->domain[0] == '\0' ||
		    dns_name_read(str_of(n->domain), NULL, &sub) != 0)
			continue;
		m->z = dns_zone_for(m->s, &sub);
		if (m->z == NULL || dns_name_eq(&sub, dns_zone_apex(m->z)))
			continue;
		m->apex = *dns_zone_apex(m->z);
		add_name_servers(m, &sub);
	}
}

static int
begin_zone(struct making *m)
{
	m->err = dns_zone_create(&m->z, &m->apex);
	if (m->err == 0)
		m->err = keep_zone(m->s, m->z);
	if (m->err == 0)
		dns_zone_add_soa(m);
	return m->err;
}

static int
make_domain(struct making *m, const char *domain, const struct node *entry)
{
	m->domain = domain;
	if (dns_name_read(str_of(domain), NULL, &m->apex) != 0 ||
	    !serves_domain(m->s->node, &m->apex) ||
	    zone_of(m->s, &m->apex) != NULL)
		return 0;
	if (begin_zone(m) != 0)
		return m->err;
	add_name_servers(m, &m->apex);
	if (entry != NULL)
		add_servers(m, entry);
	add_hosts(m);
	return m->err;
}

/* Names of addresses: of all hosts that have one. */
static int
make_reverse(struct making *m, const char *apex)
{
	size_t at = 0;
	void *value;

	if (dns_name_read(str_of(apex), NULL, &m->apex) != 0 ||
	    zone_of(m->s, &m->apex) != NULL || begin_zone(m) != 0)
		return m->err;
	while (map_next(m->s->node->world->nodes, &at, NULL, &value)) {
		const struct node *n = value;
		struct dns_name name, own;

		for (size_t i = 0; n->domain[0] != '\0' && i < n->nfaces; i++) {
			struct buf data = BUF_INIT;

			dns_name_of_addr(&n->faces[i].addr, &name);
			if (!dns_name_is_below(&name, &m->apex) ||
			    dns_zone_name_of(n, &m->apex, &own) != 0)
				continue;
			dns_put_target(&own, &data);
			dns_zone_add_record(m, &name, DNS_TYPE_PTR, &data);
		}
	}
	return m->err;
}

int
dns_make_zones(struct dns *s)
{
	const char *files = node_attr(s->node, "zone", NULL);
	struct making m = { .s = s,
		.ttl = node_attr_seconds(s->node, "ttl", ZONE_TTL_S) };
	size_t at = 0;
	struct str domain;
	void *entry;
	int err = map_create(&s->zones);

	if (err != 0)
		return err;
	if (files != NULL)
		return read_files(s, str_of(files));
	if (m.ttl > DNS_TTL_MAX)
		m.ttl = DNS_TTL_MAX;
	err = index_hosts(&m);
	while (err == 0 &&
	       map_next(s->node->world->domains, &at, &domain, &entry)) {
		LOCAL_BUF text = BUF_INIT;

		buf_str(&text, domain);
		err = make_domain(&m, buf_cstr(&text), entry);
	}
	if (err == 0 && s->node->domain[0] != '\0')
		err = make_domain(&m, s->node->domain, NULL);
	if (err == 0)
		add_delegations(&m);
	err = err != 0 ? err : m.err;
	if (err == 0)
		err = make_reverse(&m, "in-addr.arpa.");
	if (err == 0)
		err = make_reverse(&m, "ip6.arpa.");
	map_destroy(m.hosts);
	mem_free(m.all);
	return err;
}
