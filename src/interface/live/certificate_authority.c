/* An authority and its certificates: see live/certificate_authority.h. */
#include "live/certificate_authority.h"

#include "base/err.h"
#include "base/folder.h"
#include "base/library.h"
#include "base/map.h"
#include "base/mem.h"
#include "cert/cert.h"

#include <errno.h>
#include <fcntl.h>
#include <gnutls/gnutls.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define AUTHORITY_DAYS 3650
#define NODE_DAYS      90
/* Addresses that a certificate is for, at most. */
#define HOSTS 32

#define GNUTLS_FUNCTIONS(X)                        \
	X(gnutls_certificate_allocate_credentials) \
	X(gnutls_certificate_free_credentials)     \
	X(gnutls_certificate_set_x509_key_mem)     \
	X(gnutls_certificate_set_x509_trust_mem)

static struct {
	GNUTLS_FUNCTIONS(LIBRARY_POINTER)
} tls;

struct certificate_authority {
	const struct topology *graph;
	const char *folder; /* that the user has named, or OWN; NULL: not yet */
	struct temp_folder own;
	bool lasts; /* it is the user's */
	bool open;  /* all is there */
	struct cert authority;
	struct map *by_node; /* of credentials */
	uint64_t strange;
};

/* ---- certificates ---- */

/* N's, of K's authority. */
static int
issue(const struct certificate_authority *k, const struct topology_node *n,
    struct cert *c, struct diag *d)
{
	char texts[HOSTS][64], uri[300];
	const char *hosts[HOSTS + 3];
	struct cert_spec spec = { .name = n->name,
		.issuer = &k->authority,
		.hosts = hosts,
		.now_s = (int64_t)time(NULL),
		.days = NODE_DAYS };

	snprintf(uri, sizeof(uri), "sip:%s", n->domain);
	hosts[spec.nhosts++] = n->name;
	hosts[spec.nhosts++] = n->domain;
	hosts[spec.nhosts++] = n->domain[0] != '\0' ? uri : "";
	for (size_t i = 0; i < HOSTS && (i == 0 || i < n->nfaces); i++) {
		LOCAL_BUF text = BUF_INIT;

		addr_write_host(
		    n->nfaces > 0 ? &n->faces[i].addr : &n->addr, &text);
		snprintf(texts[i], sizeof(texts[i]), "%s", buf_cstr(&text));
		hosts[spec.nhosts++] = texts[i];
	}
	return cert_make(c, &spec, d);
}

/* ---- the folder ---- */

static char *
path_in(
    const struct certificate_authority *k, const char *name, const char *ending)
{
	LOCAL_BUF path = BUF_INIT;

	buf_printf(&path, "%s/%s%s", k->folder, name, ending);
	return path.err == 0 ? mem_strdup(buf_cstr(&path)) : NULL;
}

/* A and B, one behind the other, for their owner alone. */
static int
write_file(const struct certificate_authority *k, const char *name,
    const char *ending, struct str a, struct str b, struct diag *d)
{
	LOCAL_MEM char *path = path_in(k, name, ending);
	int fd =
	    path != NULL
		? open(path,
		      O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC,
		      0600)
		: -1;
	bool good = fd >= 0 && write(fd, a.p, a.n) == (ssize_t)a.n &&
		    (b.n == 0 || write(fd, b.p, b.n) == (ssize_t)b.n);

	if (!good)
		diag_set(d, ERR_IO, path, 0, _("can't be written: %s"),
		    err_system(errno));
	if (fd >= 0)
		close(fd);
	return good ? 0 : ERR_IO;
}

static int
make_folder(struct certificate_authority *k, struct diag *d)
{
	int err = 0;

	if (k->folder == NULL)
		err = temp_folder_make(&k->own, "rung-certs", d);
	else if (mkdir(k->folder, 0700) != 0 && errno != EEXIST)
		err = diag_set(d, ERR_IO, k->folder, 0,
		    _("can't be written: %s"), err_system(errno));
	if (err == 0 && k->folder == NULL)
		k->folder = buf_cstr(&k->own.path);
	return err;
}

/* The authority of an earlier run in the folder, whose key is at KEY. */
static int
read_authority(struct certificate_authority *k, const char *key, struct diag *d)
{
	LOCAL_MEM char *path = path_in(k, "ca", ".pem");
	LOCAL(cert_free) struct cert with = CERT_INIT;
	int err = path != NULL ? cert_read(&k->authority, path, d) : ERR_NOMEM;

	if (err == 0)
		err = cert_read(&with, key, d);
	buf_free(&k->authority.key);
	buf_move(&k->authority.key, &with.key);
	return err;
}

static int
make_authority(struct certificate_authority *k, const char *key, struct diag *d)
{
	const struct cert_spec spec = { .name = "rung live",
		.authority = true,
		.now_s = (int64_t)time(NULL),
		.days = AUTHORITY_DAYS };
	int err;

	if (access(key, F_OK) == 0)
		return read_authority(k, key, d);
	err = cert_make(&k->authority, &spec, d);
	if (err == 0)
		err = write_file(
		    k, "ca", ".pem", buf_view(&k->authority.cert), STR_NULL, d);
	if (err == 0 && k->lasts)
		err = write_file(k, "ca-key", ".pem",
		    buf_view(&k->authority.key), STR_NULL, d);
	return err;
}

static int
write_program(const struct certificate_authority *k,
    const struct topology_node *n, struct diag *d)
{
	LOCAL(cert_free) struct cert c = CERT_INIT;
	int err = issue(k, n, &c, d);

	if (err == 0)
		err = write_file(
		    k, n->name, ".pem", buf_view(&c.cert), buf_view(&c.key), d);
	return err;
}

int
certificate_authority_open(struct certificate_authority *k, struct diag *d)
{
	char *key = NULL;
	int err;

	if (k->open)
		return 0;
	err = LIBRARY_LOAD(RUNG_LIBGNUTLS, GNUTLS_FUNCTIONS, tls, d);
	if (err == 0)
		err = make_folder(k, d);
	if (err == 0 && (key = path_in(k, "ca-key", ".pem")) == NULL)
		err = ERR_NOMEM;
	if (err == 0)
		err = make_authority(k, key, d);
	mem_free(key);
	for (size_t i = 0; err == 0 && i < k->graph->nnodes; i++) {
		const struct topology_node *n = &k->graph->nodes[i];
		const struct topology_attr *a = topology_attr(n, "outside");

		if (a != NULL && strcmp(a->value, "true") == 0 &&
		    n->name[0] != '.')
			err = write_program(k, n, d);
	}
	k->open = err == 0;
	return err;
}

const char *
certificate_authority_folder(const struct certificate_authority *k)
{
	return k->open ? k->folder : NULL;
}

/* ---- credentials ---- */

/* C as GnuTLS has it; NULL: it can't. */
static gnutls_certificate_credentials_t
make_credentials(const struct certificate_authority *k, const struct cert *c)
{
	gnutls_certificate_credentials_t made = NULL;
	const gnutls_datum_t cert = { (unsigned char *)c->cert.p,
		(unsigned)c->cert.n };
	const gnutls_datum_t key = { (unsigned char *)c->key.p,
		(unsigned)c->key.n };
	const gnutls_datum_t root = { (unsigned char *)k->authority.cert.p,
		(unsigned)k->authority.cert.n };

	if (tls.gnutls_certificate_allocate_credentials(&made) != 0)
		return NULL;
	if (tls.gnutls_certificate_set_x509_key_mem(
		made, &cert, &key, GNUTLS_X509_FMT_PEM) == 0 &&
	    tls.gnutls_certificate_set_x509_trust_mem(
		made, &root, GNUTLS_X509_FMT_PEM) >= 0)
		return made;
	tls.gnutls_certificate_free_credentials(made);
	return NULL;
}

gnutls_certificate_credentials_t
certificate_authority_credentials(
    struct certificate_authority *k, const char *node, struct diag *d)
{
	const struct topology_node *n = topology_find(k->graph, node, NULL);
	gnutls_certificate_credentials_t made =
	    map_get(k->by_node, str_of(node));
	struct cert c = CERT_INIT;
	int err;

	if (made != NULL || n == NULL)
		return made;
	err = certificate_authority_open(k, d);
	if (err == 0)
		err = issue(k, n, &c, d);
	if (err == 0)
		made = make_credentials(k, &c);
	cert_free(&c);
	if (made != NULL && map_put(k->by_node, str_of(n->name), made) != 0) {
		tls.gnutls_certificate_free_credentials(made);
		made = NULL;
	}
	return made;
}

void
certificate_authority_note(struct certificate_authority *k, bool good)
{
	k->strange += !good;
}

uint64_t
certificate_authority_strange(const struct certificate_authority *k)
{
	return k->strange;
}

/* ---- life ---- */

int
certificate_authority_create(struct certificate_authority **kp,
    const struct topology *t, const char *folder)
{
	struct certificate_authority *k = mem_zalloc(1, sizeof(*k));

	*kp = k;
	if (k == NULL)
		return ERR_NOMEM;
	k->graph = t;
	k->folder = folder;
	k->lasts = folder != NULL;
	k->own = TEMP_FOLDER_INIT;
	k->authority = CERT_INIT;
	return map_create(&k->by_node);
}

void
certificate_authority_destroy(struct certificate_authority *k)
{
	if (k == NULL)
		return;
	for (size_t i = 0; i < k->graph->nnodes; i++) {
		void *made =
		    map_get(k->by_node, str_of(k->graph->nodes[i].name));

		if (made != NULL)
			tls.gnutls_certificate_free_credentials(made);
	}
	map_destroy(k->by_node);
	cert_free(&k->authority);
	temp_folder_remove(&k->own);
	mem_free(k);
}
